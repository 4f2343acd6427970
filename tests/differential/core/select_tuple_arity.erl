%% SPDX-License-Identifier: Apache-2.0
%% A case over the arity of tuples.
-module(select_tuple_arity).
-export([main/0]).

main() ->
    [io:format("~p ~p~n", [size_of(T), f(T)])
     || T <- [{}, {a}, {a, b}, {a, b, c}, {a, b, c, d}, list_to_tuple(lists:seq(1, 5)),
              list_to_tuple(lists:seq(1, 300)), erlang:make_tuple(299, x), [], a, #{a => b}]].

size_of(T) when is_tuple(T) -> tuple_size(T);
size_of(T) -> T.

f({}) -> empty;
f({A}) -> [A];
f({A, B}) -> [A, B];
f({A, _, C}) -> {A, C};
f({_, _, _, D}) -> D;
f({_, _, _, _, 5}) -> five;
f(T) when tuple_size(T) =:= 300 -> element(300, T);
f(T) when tuple_size(T) > 100 -> many;
f(_) -> other.
