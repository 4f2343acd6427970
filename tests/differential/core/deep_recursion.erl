%% SPDX-License-Identifier: Apache-2.0
%% A million frames on the stack, with lists, tuples and floats kept in them.
%% skip-stress: the stack is copied at each reserve
-module(deep_recursion).
-export([main/0]).

main() ->
    io:format("~p~n", [count(1000000)]),
    io:format("~p~n", [erlang:phash2(build(300000))]),
    io:format("~p~n", [sum_floats(500000)]),
    io:format("~p~n", [length(map(fun(X) -> X * 2 end, lists:seq(1, 400000)))]),
    io:format("~p~n", [depth(nest(200000, leaf), 0)]).

count(0) -> 0;
count(N) -> 1 + count(N - 1).

build(0) -> [];
build(N) -> [{N, N rem 7} | build(N - 1)].

sum_floats(0) -> 0.0;
sum_floats(N) -> N / 2 + sum_floats(N - 1).

map(_, []) -> [];
map(F, [H | T]) -> [F(H) | map(F, T)].

nest(0, T) -> T;
nest(N, T) -> nest(N - 1, {N, T}).

depth(leaf, N) -> N;
depth({_, T}, N) -> depth(T, N + 1).
