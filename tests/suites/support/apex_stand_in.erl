%% SPDX-License-Identifier: Apache-2.0
%% A parse transform for suites: calls of facilities that a sandbox does not have, and that
%% only prepare a case, go through this module. On stock Erlang they are what they were.
%%
%% The emulator's switches that make its builtins yield sooner are ignored: a sandbox yields
%% as it does. A file that a case writes is kept in memory; it can be read, deleted, compiled
%% and loaded. A source file of the suite's data counts as compiled when the runner has
%% compiled it. Whatever else is asked for fails as before.
-module(apex_stand_in).
-export([parse_transform/2, set_internal_state/2, get_internal_state/1, compile_file/1, compile_file/2, write_file/2,
         read_file/1, delete/1, parse_file/2, load_abs/1, load_abs/2]).

%% What is replaced: {Module, Function, Arity, Function of this module}.
replaced() ->
    [{erts_debug, set_internal_state, 2, set_internal_state},
     {erts_debug, get_internal_state, 1, get_internal_state}, {compile, file, 1, compile_file},
     {compile, file, 2, compile_file}, {file, write_file, 2, write_file},
     {file, read_file, 1, read_file}, {file, delete, 1, delete},
     {epp, parse_file, 2, parse_file}, {code, load_abs, 1, load_abs}, {code, load_abs, 2, load_abs}].

parse_transform(Forms, _Options) -> walk(Forms).

walk({call, A, {remote, B, {atom, C, M}, {atom, D, F}} = Called, Args}) ->
    case [To || {M1, F1, N, To} <- replaced(), M1 =:= M, F1 =:= F, N =:= length(Args)] of
        [To] -> {call, A, {remote, B, {atom, C, ?MODULE}, {atom, D, To}}, walk(Args)};
        [] -> {call, A, Called, walk(Args)}
    end;
walk(Form) when is_tuple(Form) -> list_to_tuple(walk(tuple_to_list(Form)));
walk([Head | Tail]) -> [walk(Head) | walk(Tail)];
walk(Other) -> Other.

is_sandbox() -> erlang:module_loaded(apex_io).

%% Switches

set_internal_state(What, Value) ->
    case is_sandbox() andalso stand_in(What) of
        {ok, Old} -> Old;
        false -> erts_debug:set_internal_state(What, Value)
    end.

stand_in(available_internal_state) -> {ok, false};
stand_in(binary_loop_limit) -> {ok, default};
stand_in(re_loop_limit) -> {ok, default};
stand_in(unicode_loop_limit) -> {ok, default};
stand_in(ets_force_trap) -> {ok, ok};
stand_in(ets_debug_random_split_join) -> {ok, ok};
stand_in(wait) -> {ok, ok};
stand_in(_) -> false.

get_internal_state(What) ->
    case {is_sandbox(), What} of
        {true, {process_status, Pid}} ->
            case is_process_alive(Pid) of true -> running; false -> undefined end;
        {true, flxctr_memory_usage} -> error(badarg, [What]);
        _ -> erts_debug:get_internal_state(What)
    end.

%% Files

key(Name) -> {?MODULE, unicode:characters_to_binary(filename:absname(Name, "/"))}.

kept(Name) ->
    case is_sandbox() of
        true -> persistent_term:get(key(Name), none);
        false -> none
    end.

keep(Name, Bytes) -> persistent_term:put(key(Name), Bytes).

write_file(Name, Bytes) ->
    case is_sandbox() of
        true -> keep(Name, iolist_to_binary(Bytes));
        false -> file:write_file(Name, Bytes)
    end.

read_file(Name) ->
    case kept(Name) of
        none -> file:read_file(Name);
        Bytes -> {ok, Bytes}
    end.

delete(Name) ->
    case kept(Name) of
        none -> file:delete(Name);
        _ -> persistent_term:erase(key(Name)), ok
    end.

%% Compiling and loading

compile_file(File) -> compile_file(File, [verbose, report_errors, report_warnings]).

compile_file(File, Options) ->
    Module = list_to_atom(filename:basename(File, ".erl")),
    case kept(File) of
        none ->
            case is_sandbox() andalso lists:all(fun is_harmless/1, Options)
                 andalso code:ensure_loaded(Module) of
                {module, Module} -> {ok, Module};
                _ -> compile:file(File, Options)
            end;
        Source ->
            {ok, Forms} = forms(File, Source, [{location, {1, 1}}]),
            compiled(compile:forms(Forms, [{source, File} | Options]), File, Options)
    end.

is_harmless({outdir, _}) -> true;
is_harmless({i, _}) -> true;
is_harmless(Option) ->
    lists:member(Option, [verbose, report, report_errors, report_warnings, debug_info]).

%% As compile:file/2 returns it, with the object file kept.
compiled(Result, File, Options) when is_tuple(Result), element(1, Result) =:= ok ->
    case lists:member(binary, Options) orelse not is_binary(element(3, Result)) of
        true -> Result;
        false ->
            Folder = proplists:get_value(outdir, Options, filename:dirname(File)),
            Object = lists:concat([element(2, Result), ".beam"]),
            keep(filename:join(Folder, Object), element(3, Result)),
            erlang:delete_element(3, Result)
    end;
compiled(Result, _File, _Options) ->
    Result.

parse_file(File, Options) ->
    case kept(File) of
        none -> epp:parse_file(File, Options);
        Source -> forms(File, Source, Options)
    end.

%% The headers that suites include say one line each.
forms(File, Source0, Options) ->
    Header = fun(Source, Name) ->
        Include = iolist_to_binary(["-include_lib(\"stdlib/include/", Name, ".hrl\")."]),
        Says = iolist_to_binary(["-compile({parse_transform,", Name, "})."]),
        Padded = string:pad(Says, byte_size(Include)),
        iolist_to_binary(string:replace(Source, Include, Padded, all))
    end,
    Source = Header(Header(Source0, "qlc"), "ms_transform"),
    Device = spawn_link(fun() -> device(Source, Source, latin1) end),
    {ok, Epp} = epp:open([{name, File}, {fd, Device} | Options]),
    Forms = epp:parse_file(Epp),
    epp:close(Epp),
    unlink(Device),
    exit(Device, kill),
    {ok, lists:flatmap(fun(Form) -> with_header(Form, File) end, Forms)}.

with_header({attribute, A, compile, {parse_transform, Name}} = Form, File)
  when Name =:= qlc; Name =:= ms_transform ->
    Header = filename:join([code:lib_dir(stdlib), "include", lists:concat([Name, ".hrl"])]),
    [{attribute, A, file, {Header, 1}}, Form, {attribute, A, file, {File, erl_anno:line(A)}}];
with_header(Form, _File) ->
    [Form].

%% A device that reads All, of which Rest is left.
device(All, Rest, Encoding) ->
    receive
        {file_request, From, Ref, {position, cur}} ->
            From ! {file_reply, Ref, {ok, byte_size(All) - byte_size(Rest)}},
            device(All, Rest, Encoding);
        {file_request, From, Ref, {position, At}} when is_integer(At) ->
            From ! {file_reply, Ref, {ok, At}},
            device(All, binary:part(All, At, byte_size(All) - At), Encoding);
        {file_request, From, Ref, close} ->
            From ! {file_reply, Ref, ok};
        {io_request, From, As, {setopts, Options}} ->
            From ! {io_reply, As, ok},
            device(All, Rest, proplists:get_value(encoding, Options, Encoding));
        {io_request, From, As, getopts} ->
            From ! {io_reply, As, [{binary, false}, {encoding, Encoding}]},
            device(All, Rest, Encoding);
        {io_request, From, As, {get_chars, latin1, _, N}} ->
            Size = min(N, byte_size(Rest)),
            From ! {io_reply, As, case Size of 0 -> eof; _ -> binary:part(Rest, 0, Size) end},
            device(All, binary:part(Rest, Size, byte_size(Rest) - Size), Encoding);
        {io_request, From, As, {get_until, _, _, M, F, More}} ->
            {Result, Left} = until(M, F, More, [], chars(Rest, Encoding)),
            From ! {io_reply, As, Result},
            device(All, unicode:characters_to_binary(Left, unicode, Encoding), Encoding)
    end.

chars(<<>>, _) -> eof;
chars(Bytes, Encoding) ->
    case unicode:characters_to_list(Bytes, Encoding) of
        Chars when is_list(Chars) -> Chars;
        _ -> binary_to_list(Bytes)
    end.

until(M, F, More, Continuation, Chars) ->
    case apply(M, F, [Continuation, Chars | More]) of
        {done, Result, Left} when is_list(Left) -> {Result, Left};
        {done, Result, eof} -> {Result, []};
        {more, Next} -> until(M, F, More, Next, eof)
    end.

load_abs(File) -> load_kept(File, list_to_atom(filename:basename(File)), [File]).

load_abs(File, Module) -> load_kept(File, Module, [File, Module]).

load_kept(File, Module, Args) ->
    Object = lists:concat([File, ".beam"]),
    case kept(Object) of
        none -> apply(code, load_abs, Args);
        Bytes -> code:load_binary(Module, Object, Bytes)
    end.
