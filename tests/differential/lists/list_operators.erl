%% SPDX-License-Identifier: Apache-2.0
%% ++ and -- on long lists and improper ones.
-module(list_operators).
-export([main/0, id/1]).

main() ->
    A = lists:seq(1, 2000), B = lists:seq(2, 2000, 2),
    io:format("~p~n", [erlang:phash2(A -- B)]),
    io:format("~p~n", [length(A ++ B)]),
    io:format("~p~n", [[[1, 2, 3, 1] -- [1], [1, 1, 1] -- [1, 1], [1.0] -- [1], [] -- [a], [a] -- []]]),
    io:format("~p~n", [[[] ++ x, [1] ++ x, [1] ++ [2 | 3]]]),
    io:format("~p~n", [[t(fun() -> id(X) ++ id(Y) end) || {X, Y} <- [{a, []}, {[1 | 2], []}, {[], a}, {<<>>, []}]]]),
    io:format("~p~n", [[t(fun() -> id(X) -- id(Y) end) || {X, Y} <- [{a, []}, {[1 | 2], [1]}, {[], a}, {[1], [1 | 2]}]]]),
    io:format("~p~n", [lists:foldl(fun(X, Acc) -> Acc ++ [X] end, [], lists:seq(1, 20))]),
    io:format("~p~n", [lists:reverse(lists:seq(1, 10)) -- [X || X <- lists:seq(1, 10), X rem 3 =:= 0]]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
