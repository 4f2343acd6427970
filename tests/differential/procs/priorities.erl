%% SPDX-License-Identifier: Apache-2.0
%% Processes of different priorities all get their work done.
-module(priorities).
-export([main/0]).

main() ->
    S = self(),
    [spawn_opt(fun() -> S ! {P, work(20000, 0)} end, [{priority, P}]) || P <- [low, normal, high, max]],
    io:format("~p~n", [lists:sort([receive {P, R} -> {P, R} end || _ <- [1, 2, 3, 4]])]),
    io:format("~p~n", [process_flag(priority, low)]),
    io:format("~p~n", [process_info(self(), priority)]),
    erlang:yield(),
    io:format("~p~n", [erlang:yield()]).

work(0, A) -> A;
work(N, A) -> work(N - 1, (A * 31 + N) rem 1000003).
