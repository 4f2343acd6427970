%% SPDX-License-Identifier: Apache-2.0
%% args: --clock frozen
%% With a frozen clock time stands, also for libraries; timers and timeouts run on.
%% expect: stands
%% expect: slept
%% expect: [1,2,3]
-module(frozen_clocks_stand).
-export([main/0]).

times() -> {erlang:monotonic_time(), os:timestamp(), calendar:local_time(), statistics(runtime)}.

main() ->
    Before = times(),
    {Took, ok} = timer:tc(timer, sleep, [20]),
    io:format("~p~n", [case {times(), Took} of {Before, 0} -> stands; Other -> {Before, Other} end]),
    receive never -> ok after 10 -> io:format("slept~n") end,
    _ = [erlang:send_after(10 * N, self(), N) || N <- [3, 1, 2]],
    io:format("~p~n", [[receive N when is_integer(N) -> N end || _ <- [1, 2, 3]]]).
