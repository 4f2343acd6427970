%% SPDX-License-Identifier: Apache-2.0
%% Aliases, repeated variables, pinned variables, matching both ways.
-module(pattern_aliases).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [alias({a, [1, 2, 3]})]),
    io:format("~p~n", [[same(X) || X <- [{1, 1}, {1, 1.0}, {1, 2}, {[1], [1]}, {"ab", "ab", x}, {<<1>>, <<1>>}]]]),
    X = id(5),
    io:format("~p~n", [[case Y of X -> equal; {X, Z} -> Z; _ -> no end || Y <- [5, 5.0, {5, z}, {6, z}]]]),
    {A, B} = {C, _} = id({1, 2}),
    io:format("~p~n", [{A, B, C}]),
    [{K, V} | _] = L = id([{key, value}]),
    io:format("~p ~p ~p~n", [K, V, L]),
    #{a := P, b := [P | Q]} = id(#{a => 1, b => [1, 2, 3]}),
    io:format("~p ~p~n", [P, Q]),
    "pre" ++ Post = id("prefix"),
    io:format("~p~n", [Post]),
    <<N, S:N/binary, Rest/bits>> = id(<<3, "abcdef">>),
    io:format("~p~n", [{N, S, Rest}]),
    io:format("~p~n", [fun(Y, Y) -> eq; (_, _) -> ne end(id({1, [2]}), id({1, [2]}))]),
    io:format("~p~n", [[arith(Y) || Y <- [6, 7, -1, $a, 255]]]).

alias({T, [H | _] = L} = Whole) -> {T, H, L, Whole}.

same({X, X}) -> yes;
same({X, X, _}) -> three;
same({_, _}) -> no.

arith(2 + 4) -> six;
arith(16#ff) -> ff;
arith($a) -> a;
arith(-1) -> minus;
arith(_) -> other.

%% Hides a value from the compiler.
id(X) -> X.
