%% SPDX-License-Identifier: Apache-2.0
%% Merging maps of all sizes; equality and order.
-module(merge_and_compare).
-export([main/0]).

main() ->
    Ms = [maps:from_list([{X * Step, X} || X <- lists:seq(1, N)]) || N <- [0, 1, 5, 31, 32, 33, 100], Step <- [1, 2]],
    io:format("~w~n", [[map_size(maps:merge(A, B)) || A <- Ms, B <- Ms]]),
    io:format("~w~n", [[erlang:phash2(maps:merge(A, B)) rem 97 || A <- Ms, B <- Ms]]),
    io:format("~w~n", [[if A =:= B -> 0; A < B -> 1; true -> 2 end || A <- Ms, B <- Ms]]),
    io:format("~p~n", [#{1 => a} == #{1.0 => a}]),
    io:format("~p~n", [#{a => 1} == #{a => 1.0}]),
    io:format("~p~n", [#{a => 1} =:= #{a => 1.0}]),
    io:format("~p~n", [lists:sort([#{b => 1}, #{a => 2}, #{a => 1}, #{}, #{a => 1, b => 0}, #{1 => z}, #{1.5 => y}])]),
    L = maps:from_list([{N, N} || N <- lists:seq(1, 40)]),
    io:format("~p~n", [[L < L#{40 := 41}, L < L#{1 := 0}, L#{1 := 0} < L, L == L#{5 := 5.0}, L =:= L#{5 := 5.0}]]),
    F = maps:from_list([{N * 1.0, N} || N <- lists:seq(1, 40)]),
    io:format("~p~n", [[L == F, L < F, F < L]]).
