%% SPDX-License-Identifier: Apache-2.0
%% Clauses over values of all types, in an order that matters.
-module(select_mixed_types).
-export([main/0]).

main() ->
    [io:format("~w -> ~w~n", [X, f(X)])
     || X <- [1, 1.0, one, [], [1], [1, 2], [1 | 2], {}, {1}, {one, 1}, {two, 1}, <<>>, <<1>>,
              <<1:1>>, <<"abc">>, #{}, #{a => 1}, #{a => 2}, #{b => 1}, 1 bsl 64, "str"]].

f(1) -> int_one;
f(1.0) -> float_one;
f(one) -> atom_one;
f([]) -> nil;
f([1]) -> list_one;
f([1, 2 | T]) -> {list_two, T};
f([1 | T]) -> {list_from_one, T};
f("str") -> string;
f({}) -> tuple0;
f({X}) -> {tuple1, X};
f({one, X}) -> {tagged, X};
f({_, X}) -> {untagged, X};
f(<<>>) -> bin0;
f(<<X>>) -> {byte, X};
f(<<X:1>>) -> {bit, X};
f(<<X, R/binary>>) -> {bytes, X, R};
f(#{a := 1}) -> map_a_one;
f(#{a := X}) -> {map_a, X};
f(M) when is_map(M), map_size(M) =:= 0 -> map_empty;
f(M) when is_map(M) -> map;
f(18446744073709551616) -> big.
