%% SPDX-License-Identifier: Apache-2.0
%% What suites call of Common Test, for runs without it. Time limits are the
%% runner's, so timetraps are accepted and ignored.
-module(ct).
-export([fail/1, fail/2, log/1, log/2, log/3, log/4, log/5, pal/1, pal/2, pal/3, pal/4, pal/5,
         print/1, print/2, print/3, print/4, comment/1, comment/2, error/1, error/2, notify/2,
         sleep/1, timetrap/1, get_timetrap_info/0, get_config/1, get_config/2, get_config/3,
         require/1, require/2, get_progname/0, get_status/0, abort_current_testcase/1,
         capture_start/0, capture_stop/0, capture_get/0, capture_get/1,
         make_priv_dir/0, get_target_name/1]).

-spec fail(term()) -> no_return().
fail(Reason) -> exit({test_case_failed, Reason}).

-spec fail(io:format(), [term()]) -> no_return().
fail(Format, Args) -> exit({test_case_failed, lists:flatten(io_lib:format(Format, Args))}).

log(Format) -> write(Format, []).
log(A, B) -> write_any([A, B]).
log(A, B, C) -> write_any([A, B, C]).
log(A, B, C, D) -> write_any([A, B, C, D]).
log(A, B, C, D, _) -> write_any([A, B, C, D]).

pal(Format) -> write(Format, []).
pal(A, B) -> write_any([A, B]).
pal(A, B, C) -> write_any([A, B, C]).
pal(A, B, C, D) -> write_any([A, B, C, D]).
pal(A, B, C, D, _) -> write_any([A, B, C, D]).

print(Format) -> write(Format, []).
print(A, B) -> write_any([A, B]).
print(A, B, C) -> write_any([A, B, C]).
print(A, B, C, D) -> write_any([A, B, C, D]).

error(Format) -> write(Format, []).
error(A, B) -> write_any([A, B]).

comment(_) -> ok.
comment(_, _) -> ok.
notify(_, _) -> ok.

%% A category or an importance may stand before the format.
write_any([Format, Args]) when is_list(Args), not is_atom(Format), not is_integer(Format) ->
    write(Format, Args);
write_any([_, Format]) -> write(Format, []);
write_any([_ | Rest]) -> write_any(Rest).

write(Format, Args) ->
    try io:format(Format ++ "~n", Args)
    catch _:_ -> io:format("~tp ~tp~n", [Format, Args])
    end,
    ok.

sleep({hours, N}) -> sleep(N * 3600000);
sleep({minutes, N}) -> sleep(N * 60000);
sleep({seconds, N}) -> sleep(N * 1000);
sleep(Time) -> timer:sleep(Time).

timetrap(_) -> ok.
get_timetrap_info() -> {infinity, {true, 1}}.

get_config(_) -> undefined.
get_config(_, Default) -> Default.
get_config(_, Default, _) -> Default.
require(_) -> {error, not_available}.
require(_, _) -> {error, not_available}.

get_progname() -> "erl".
get_status() -> no_tests_running.
abort_current_testcase(_) -> {error, no_testcase_running}.
make_priv_dir() -> ok.
get_target_name(_) -> {error, not_available}.

capture_start() -> capture(start).
capture_stop() -> capture(stop).
capture_get() -> capture(get).
capture_get(_) -> capture(get).

capture(What) ->
    Leader = group_leader(),
    Leader ! {apex_capture, self(), What},
    receive {apex_captured, Leader, Answer} -> Answer end.
