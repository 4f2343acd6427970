%% SPDX-License-Identifier: Apache-2.0
%% What suites call of test_server, for runs without Common Test. There are no other
%% nodes: a case that starts one fails, on stock Erlang as in a sandbox.
-module(test_server).
-export([lookup_config/2, messages_get/0, do_times/2, do_times/4, m_out_of_n/3, timecall/3,
         fail/0, fail/1, sleep/1, adjusted_sleep/1, seconds/1, minutes/1, hours/1, comment/1,
         format/1, format/2, format/3, timetrap/1, timetrap_cancel/0, timetrap_cancel/1,
         timetrap_scale_factor/0, is_cover/0, is_debug/0, is_native/1, is_valgrind/0, is_asan/0,
         memory_checker/0, is_commercial/0, os_type/0, temp_name/1, is_release_available/1,
         run_on_shielded_node/2, start_node/3, stop_node/1, wait_for_node/1, peer_name/2,
         start_peer/2, start_peer/3, start_peer/5, app_test/1, app_test/2, appup_test/1,
         capture_start/0, capture_stop/0, capture_get/0, call_crash/3, call_crash/4,
         call_crash/5, break/1, continue/0]).

lookup_config(Key, Config) -> proplists:get_value(Key, Config).

messages_get() ->
    receive Message -> [Message | messages_get()] after 0 -> [] end.

do_times(0, _Fun) -> ok;
do_times(N, Fun) when N > 0 -> _ = Fun(), do_times(N - 1, Fun).

do_times(N, Module, Function, Args) ->
    do_times(N, fun() -> apply(Module, Function, Args) end).

%% Fun must return without an exception Least times of Most tries.
m_out_of_n(0, _Most, _Fun) -> ok;
m_out_of_n(Least, 0, _Fun) -> exit({m_out_of_n_failed, {Least, left_to_do}});
m_out_of_n(Least, Most, Fun) ->
    Worked = try Fun() of _ -> 1 catch _:_ -> 0 end,
    m_out_of_n(Least - Worked, Most - 1, Fun).

timecall(Module, Function, Args) ->
    {Microseconds, Value} = timer:tc(Module, Function, Args),
    {Microseconds / 1000000, Value}.

-spec fail() -> no_return().
fail() -> exit(suite_failed).

-spec fail(term()) -> no_return().
fail(Reason) -> exit({suite_failed, Reason}).

sleep(Time) -> ct:sleep(Time).
adjusted_sleep(Time) -> ct:sleep(Time).
seconds(N) -> trunc(N * 1000).
minutes(N) -> trunc(N * 60000).
hours(N) -> trunc(N * 3600000).
comment(_) -> ok.

format(Format) -> format(Format, []).
format(Format, Args) -> io:format(Format, Args).
format(_Detail, Format, Args) -> format(Format, Args).

timetrap(_) -> make_ref().
timetrap_cancel() -> ok.
timetrap_cancel(_) -> ok.
timetrap_scale_factor() -> 1.

is_cover() -> false.
is_debug() -> false.
is_native(_) -> false.
is_valgrind() -> false.
is_asan() -> false.
memory_checker() -> none.
is_commercial() -> false.
os_type() -> os:type().

temp_name(Stem) ->
    Stem ++ integer_to_list(erlang:unique_integer([positive])).

is_release_available(_) -> false.

%% The node is not shielded; what runs there does not need to be, here.
run_on_shielded_node(Fun, _Arguments) -> Fun().

-spec no_nodes() -> no_return().
no_nodes() -> exit({test_case_failed, no_other_nodes}).

start_node(_, _, _) -> no_nodes().
stop_node(_) -> ok.
wait_for_node(_) -> no_nodes().
peer_name(Module, Case) -> lists:concat([Module, "-", Case]).
start_peer(_, _) -> no_nodes().
start_peer(_, _, _) -> no_nodes().
start_peer(_, _, _, _, _) -> no_nodes().

app_test(_) -> exit({test_case_skipped, no_applications}).
app_test(_, _) -> exit({test_case_skipped, no_applications}).
appup_test(_) -> exit({test_case_skipped, no_applications}).

capture_start() -> ct:capture_start().
capture_stop() -> ct:capture_stop().
capture_get() -> ct:capture_get().

%% Applies the function in a process that must end with the given reason.
call_crash(Module, Function, Args) -> call_crash(60000, any, Module, Function, Args).
call_crash(Limit, Module, Function, Args) -> call_crash(Limit, any, Module, Function, Args).
call_crash(Limit, Wanted, Module, Function, Args) ->
    {Pid, Monitor} = spawn_monitor(Module, Function, Args),
    receive
        {'DOWN', Monitor, process, Pid, Wanted} -> ok;
        {'DOWN', Monitor, process, Pid, {Wanted, _}} -> ok;
        {'DOWN', Monitor, process, Pid, _} when Wanted =:= any -> ok;
        {'DOWN', Monitor, process, Pid, Other} -> exit({wrong_crash_reason, Other})
    after Limit ->
        exit(call_crash_timeout)
    end.

break(_) -> ok.
continue() -> ok.
