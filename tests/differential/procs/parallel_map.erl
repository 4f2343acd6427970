%% SPDX-License-Identifier: Apache-2.0
%% A parallel map with monitors, one of whose workers fails.
-module(parallel_map).
-export([main/0]).

main() ->
    io:format("~p~n", [pmap(fun(X) -> X * X end, lists:seq(1, 50))]),
    io:format("~p~n", [pmap(fun(X) -> 10 div X end, [1, 2, 0, 5])]),
    io:format("~p~n", [pmap(fun(X) -> exit({x, X}) end, [a, b])]),
    io:format("~p~n", [lists:sum([V || {ok, V} <- pmap(fun fib/1, lists:seq(1, 18))])]).

pmap(F, L) ->
    Ws = [{spawn_monitor(fun() -> exit({pmap, F(X)}) end), X} || X <- L],
    [receive
         {'DOWN', R, process, P, {pmap, V}} -> {ok, V};
         {'DOWN', R, process, P, {Why, St}} when is_list(St) -> {error, X, Why};
         {'DOWN', R, process, P, Why} -> {error, X, Why}
     end || {{P, R}, X} <- Ws].

fib(N) when N < 2 -> N;
fib(N) -> fib(N - 1) + fib(N - 2).
