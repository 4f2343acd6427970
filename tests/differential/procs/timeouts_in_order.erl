%% SPDX-License-Identifier: Apache-2.0
%% Several timers and receive timeouts run out in the order of their times.
-module(timeouts_in_order).
-export([main/0]).

main() ->
    S = self(),
    [spawn(fun() -> receive after T -> S ! {t, T} end end) || T <- [40, 10, 30, 20, 0]],
    io:format("~p~n", [[receive {t, T} -> T end || _ <- lists:seq(1, 5)]]),
    [erlang:send_after(T, S, {s, T}) || T <- [25, 5, 15]],
    io:format("~p~n", [[receive {s, T} -> T end || _ <- lists:seq(1, 3)]]),
    io:format("~p~n", [receive nothing -> x after 10 -> first end]),
    T0 = erlang:monotonic_time(millisecond),
    receive after 20 -> ok end,
    D = erlang:monotonic_time(millisecond) - T0,
    io:format("~p~n", [D >= 20 andalso D < 2000]),
    self() ! early,
    io:format("~p~n", [receive early -> now after 5000 -> late end]),
    P = spawn(fun() -> receive {go, F} -> F ! went after 5000 -> late end end),
    P ! {go, S},
    io:format("~p~n", [receive went -> went after 5000 -> late end]).
