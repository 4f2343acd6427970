%% SPDX-License-Identifier: Apache-2.0
%% Fifty thousand processes alive at once, each with a small state.
%% skip-stress: fifty thousand heaps
-module(many_processes).
-export([main/0]).

main() ->
    N = 50000,
    S = self(),
    Ps = [spawn(fun() -> receive {add, X} -> S ! {sum, X + I} end end) || I <- lists:seq(1, N)],
    io:format("~p~n", [length(Ps)]),
    io:format("~p~n", [erlang:system_info(process_count) >= N]),
    [P ! {add, 1} || P <- Ps],
    io:format("~p~n", [sum(N, 0)]),
    io:format("~p~n", [length(lists:usort(Ps))]),
    Q = [spawn_monitor(fun() -> ok end) || _ <- lists:seq(1, 5000)],
    io:format("~p~n", [length([receive {'DOWN', R, _, P, normal} -> x end || {P, R} <- Q])]).

sum(0, A) -> A;
sum(N, A) -> receive {sum, X} -> sum(N - 1, A + X) end.
