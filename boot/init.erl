%% SPDX-License-Identifier: Apache-2.0
%% The module `init' of a sandbox. A sandbox has no boot script, no command line and
%% no init process; it has started when its first process runs.
-module(init).
-export([get_configfd/1, set_configfd/2, get_arguments/0, get_plain_arguments/0,
         get_argument/1, script_id/0, script_name/0, get_status/0, fetch_loaded/0,
         ensure_loaded/1, make_permanent/2, notify_when_started/1, wait_until_started/0,
         restart/0, restart/1, reboot/0, stop/0, stop/1, boot/1, code_path_choice/0,
         objfile_extension/0, archive_extension/0, run_on_load_handlers/0]).

get_arguments() ->
    [{root, [code:root_dir()]}, {progname, ["erl"]}, {home, ["/"]}, {noshell, []}].

get_argument(Flag) ->
    case [Values || {F, Values} <- get_arguments(), F =:= Flag] of
        [] -> error;
        Values -> {ok, Values}
    end.

get_plain_arguments() -> [].

script_id() -> {"Erlang/OTP", erlang:system_info(otp_release)}.
script_name() -> [].
get_status() -> {started, started}.
fetch_loaded() -> [].
get_configfd(_) -> error.
set_configfd(_, _) -> ok.
ensure_loaded(Module) when is_atom(Module) -> code:ensure_loaded(Module).
make_permanent(_Boot, _Config) -> {error, enotsup}.
notify_when_started(Pid) when is_pid(Pid) -> started.
wait_until_started() -> ok.
code_path_choice() -> strict.
objfile_extension() -> ".beam".
archive_extension() -> ".ez".
run_on_load_handlers() -> ok.

%% The caller goes on until the sandbox has been stopped.
stop() -> stop(0).

stop(Status) when is_integer(Status), Status >= 0 ->
    stop_with(Status);
stop(Status) when is_list(Status) ->
    case is_bytes(Status) of
        true -> stop_with(Status);
        false -> error(badarg)
    end;
stop(_) ->
    error(badarg).

is_bytes([B | Bs]) when is_integer(B), B >= 0, B =< 255 -> is_bytes(Bs);
is_bytes(Rest) -> Rest =:= [].

stop_with(Status) ->
    _ = spawn(erlang, halt, [Status]),
    ok.

%% A sandbox cannot begin again: its host makes a new one.
restart() -> stop().
restart(_Options) -> stop().
reboot() -> stop().
boot(_Arguments) -> stop().
