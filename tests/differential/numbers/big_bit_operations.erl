%% SPDX-License-Identifier: Apache-2.0
%% band, bor, bxor, bnot and shifts on big integers of both signs.
-module(big_bit_operations).
-export([main/0]).

main() ->
    Xs = [0, 1, -1, 255, -256, 1 bsl 64, -(1 bsl 64), (1 bsl 100) - 1, -((1 bsl 100) - 1), 16#123456789abcdef0123456789, -16#fedcba98765432100000000],
    [io:format("~p ~p~n", [X, [{X band Y, X bor Y, X bxor Y} || Y <- Xs]]) || X <- Xs],
    io:format("~p~n", [[bnot X || X <- Xs]]),
    io:format("~p~n", [[{X bsl S, X bsr S} || X <- Xs, S <- [0, 1, 7, 63, 64, 65, 130, -1, -64, -130]]]).
