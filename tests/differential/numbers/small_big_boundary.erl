%% SPDX-License-Identifier: Apache-2.0
%% Arithmetic around the edge between small and big integers.
-module(small_big_boundary).
-export([main/0]).

main() ->
    Edges = [1 bsl 59 - 1, 1 bsl 59, -(1 bsl 59), -(1 bsl 59) - 1, 1 bsl 60, 1 bsl 63 - 1, 1 bsl 63, -(1 bsl 63),
             1 bsl 64 - 1, 1 bsl 64, -(1 bsl 64)],
    [io:format("~p ~p~n", [E, [E + 1, E - 1, -E, E * 2, E * -1, E div 2, E rem 1000, E div -1, abs(E), E band 255,
                              E bor 1, E bxor -1, bnot E, E bsl 1, E bsr 1]]) || E <- Edges],
    io:format("~p~n", [[{A + B, A - B, A * B} || A <- Edges, B <- [1, -1, 1 bsl 59]]]),
    io:format("~p~n", [[is_integer(E - E) andalso E - E =:= 0 || E <- Edges]]),
    io:format("~p~n", [[(E + 1) - 1 =:= E || E <- Edges]]).
