%% SPDX-License-Identifier: Apache-2.0
%% Building and taking lists apart; improper lists; nested list patterns.
-module(list_instructions).
-export([main/0, id/1]).

main() ->
    L = [id(1), id(2) | id([3, 4])],
    io:format("~p ~p ~p~n", [L, hd(L), tl(L)]),
    io:format("~p~n", [[a | id(b)]]),
    io:format("~p~n", [[nest(X) || X <- [[], [[]], [[1]], [[1 | 2] | 3], [[1, 2], 3], 1, [1 | 2]]]]),
    [A, B | C] = L,
    io:format("~p~n", [{A, B, C}]),
    io:format("~p~n", [[length(X) || X <- [[], [1], L]]]),
    io:format("~p~n", [lists:foldl(fun(X, Acc) -> [X | Acc] end, [], lists:seq(1, 10))]),
    io:format("~p~n", [L ++ [x] ++ y]),
    io:format("~p~n", [[1, 2, 3, 2, 1, a] -- [2, 1, b]]),
    io:format("~p~n", [tails([1, 2, 3])]).

nest([]) -> nil;
nest([[] | T]) -> {first_nil, T};
nest([[X | Y] | Z]) -> {X, Y, Z};
nest([H | T]) -> {H, T};
nest(_) -> no_list.

tails([]) -> [[]];
tails([_ | T] = L) -> [L | tails(T)].

%% Hides a value from the compiler.
id(X) -> X.
