%% SPDX-License-Identifier: Apache-2.0
%% 1 and 1.0 are different keys; 0.0 and big numbers as keys; equality of found keys.
-module(mixed_number_keys).
-export([main/0]).

main() ->
    M = #{1 => int, 1.0 => float, (1 bsl 64) => big, 1.8446744073709552e19 => bigfloat},
    io:format("~p~n", [[maps:get(K, M, none) || K <- [1, 1.0, 1 bsl 64, float(1 bsl 64), 2]]]),
    io:format("~p~n", [map_size(M)]),
    L = maps:merge(M, maps:from_list([{N, N} || N <- lists:seq(10, 60)])),
    io:format("~p~n", [[maps:get(K, L, none) || K <- [1, 1.0, 1 bsl 64, float(1 bsl 64), 2, 10, 10.0]]]),
    io:format("~p~n", [maps:get(0.0, #{0.0 => zero})]),
    io:format("~p~n", [maps:get((1 bsl 64) * 1, M)]).
