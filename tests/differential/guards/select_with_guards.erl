%% SPDX-License-Identifier: Apache-2.0
%% Clauses that mix patterns, ranges and guards so that the compiler builds decision trees.
-module(select_with_guards).
-export([main/0]).

main() ->
    io:format("~p~n", [[f(X) || X <- lists:seq(-3, 12) ++ [1.5, a, b, {1}, {a, 1}, [], [1], [a], "z", <<>>, <<5>>, 1 bsl 64]]]),
    io:format("~p~n", [[g(X, Y) || X <- [a, b, c], Y <- [1, 2, a]]]),
    io:format("~p~n", [[h(X) || X <- [{ok, 1}, {ok, a}, {error, 1}, {error, x, y}, {ok}, ok, [ok | 1], #{ok => 1}]]]).

f(0) -> zero;
f(N) when is_integer(N), N < 0 -> {negative, -N};
f(1) -> one;
f(N) when is_integer(N), N >= 2, N =< 4 -> two_to_four;
f(7) -> seven;
f(N) when is_integer(N), N rem 2 =:= 0 -> even;
f(N) when is_integer(N), N < 10 -> odd_digit;
f(a) -> atom_a;
f(A) when is_atom(A) -> atom;
f({X}) when is_integer(X) -> {int, X};
f({a, X}) -> {tagged, X};
f([]) -> nil;
f([H | _]) when H > 1000; H =:= a -> a_list;
f([H]) when is_integer(H), H < 50 -> small_list;
f(L) when is_list(L) -> list;
f(<<X>>) when X > 3 -> byte;
f(B) when is_binary(B) -> binary;
f(F) when is_float(F) -> float;
f(N) when is_integer(N) -> other_int.

g(a, 1) -> a1;
g(a, X) when is_atom(X) -> aa;
g(X, X) -> same;
g(b, _) -> b;
g(_, 2) -> two;
g(X, Y) -> {X, Y}.

h({ok, X}) when is_integer(X) -> int;
h({ok, _}) -> any;
h({error, X}) -> {e, X};
h({error, X, Y}) -> {e, X, Y};
h({_}) -> single;
h([ok | T]) -> {list, T};
h(#{ok := V}) -> {map, V};
h(_) -> other.
