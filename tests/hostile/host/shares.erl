% SPDX-License-Identifier: Apache-2.0
% tests/hostile/host/shares.erl - ways to want more CPU time than one's share.
-module(shares).
-export([run/1, answer/0]).

answer() -> ok.

% Returns at once: the work is done by processes of the sandbox.
run(spin) -> start(1, normal, fun spin/0);
run(many) -> start(50, normal, fun spin/0);
run(max_priority) -> start(8, max, fun spin/0);
run(yields) -> start(4, high, fun yields/0);
run(short_sleeps) -> start(4, normal, fun short_sleeps/0);
run(messages) -> start(4, max, fun() -> messages(spawn(fun echo/0)) end);
run(garbage) -> start(2, normal, fun() -> garbage([]) end);
run(builtins) -> start(2, normal, fun() -> builtins(lists:seq(1, 100000)) end).

start(N, Priority, F) ->
    [spawn_opt(F, [{priority, Priority}]) || _ <- lists:seq(1, N)],
    ok.

spin() -> spin().

yields() ->
    erlang:yield(),
    yields().

% Works for a few milliseconds, then sleeps as short as one can.
short_sleeps() ->
    count(200000),
    receive after 1 -> short_sleeps() end.

count(0) -> ok;
count(N) -> count(N - 1).

messages(Pid) ->
    Pid ! {self(), ping},
    receive pong -> messages(Pid) end.

echo() ->
    receive {From, ping} -> From ! pong end,
    echo().

garbage(L) when length(L) > 1000 -> garbage([]);
garbage(L) -> garbage([lists:seq(1, 10) | L]).

builtins(L) ->
    _ = lists:reverse(L),
    _ = list_to_binary([X band 255 || X <- L]),
    builtins(L).
