%% SPDX-License-Identifier: Apache-2.0
%% Guards that build terms, read maps and compare parts.
-module(guard_variables_and_maps).
-export([main/0]).

main() ->
    [io:format("~p~n", [f(A, B)]) || A <- [1, #{k => 1}, {1, 2}], B <- [#{k => 1}, #{k => 2}, {1, 2}, [1, 2]]].

f(A, B) when A =:= map_get(k, B) -> value;
f(A, B) when A == B -> same;
f(A, B) when {element(1, A), element(2, A)} =:= {hd(B), 2} -> list_is_tuple;
f(A, B) when is_map(A), #{k => map_get(k, A)} =:= B -> rebuilt;
f(A, B) when is_map_key(k, A), is_map_key(k, B), map_get(k, A) < map_get(k, B) -> less;
f(A, #{k := V} = B) when map_size(B) =:= A, V > A -> size;
f(_, B) when [1 | [2]] =:= B -> list;
f(_, _) -> other.
