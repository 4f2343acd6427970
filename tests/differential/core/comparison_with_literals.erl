%% SPDX-License-Identifier: Apache-2.0
%% Comparisons of a variable with literals of all types, as the compiler specialises them.
-module(comparison_with_literals).
-export([main/0]).

main() ->
    [io:format("~w ~w~n", [X, [eq(X), ne(X), lt(X), bounds(X)]])
     || X <- [0, 1, 1.0, -1, 5, 5.0, 10, 11, a, b, [], {}, {1, 2}, [1], <<"x">>, #{}, 1 bsl 60, 1 bsl 59]].

eq(X) when X == 1 -> 'one';
eq(X) when X =:= 5.0 -> five_float;
eq(X) when X == {1, 2} -> tuple;
eq(X) when X =:= [1.0]; X == [1.0] -> list;
eq(X) when X =:= <<"x">> -> bin;
eq(X) when X =:= #{} -> map;
eq(X) when X == 1152921504606846976 -> big;
eq(_) -> none.

ne(X) when X =/= 1, X /= 5, X =/= a, X /= [] -> different;
ne(_) -> same.

lt(X) when X < 1 -> lt1;
lt(X) when 5 < X, X =< 10 -> five_to_ten;
lt(X) when X >= a, X < b -> a;
lt(X) when X > 576460752303423487 -> above_small;
lt(_) -> none.

bounds(X) when is_integer(X), 0 =< X, X < 10 -> digit;
bounds(X) when is_integer(X), X >= 1 bsl 59 -> big;
bounds(X) when is_float(X), X > 0.5 -> float;
bounds(_) -> out.
