%% SPDX-License-Identifier: Apache-2.0
%% Shifts by all kinds of amounts, masks, two's complement fields, rotations, popcounts.
-module(shifts_and_masks).
-export([main/0]).

main() ->
    Xs = [1, -1, 255, -256, 16#123456789, -16#123456789, 1 bsl 64, -(1 bsl 64)],
    io:format("~p~n", [[X bsl S || X <- Xs, S <- [0, 1, 31, 32, 58, 59, 60, 63, 64, 65, 128]]]),
    io:format("~p~n", [[X bsr S || X <- Xs, S <- [0, 1, 31, 32, 58, 59, 60, 63, 64, 65, 128, 1 bsl 70]]]),
    io:format("~p~n", [[X band ((1 bsl N) - 1) || X <- Xs, N <- [1, 8, 32, 59, 60, 64]]]),
    io:format("~p~n", [[signed(X, N) || X <- [127, 128, 255, 256], N <- [8, 9]]]),
    io:format("~p~n", [[rotate(16#80000001, N, 32) || N <- [0, 1, 4, 31]]]),
    io:format("~p~n", [[popcount(X) || X <- [0, 1, 255, (1 bsl 100) - 1]]]),
    io:format("~p~n", [fnv(<<"hello world">>)]),
    io:format("~p~n", [xorshift(16#123456789abcdef, 20)]),
    io:format("~p~n", [[t(fun() -> X bsl S end) || {X, S} <- [{1, a}, {a, 1}, {1.0, 1}, {1, 1.0}, {0, 1 bsl 100}]]]).

signed(X, N) -> <<Y:N/signed>> = <<X:N>>, Y.
rotate(X, N, W) -> ((X bsl N) bor (X bsr (W - N))) band ((1 bsl W) - 1).
popcount(0) -> 0;
popcount(X) -> (X band 1) + popcount(X bsr 1).
fnv(B) -> lists:foldl(fun(C, H) -> ((H bxor C) * 16#100000001b3) band 16#ffffffffffffffff end, 16#cbf29ce484222325, binary_to_list(B)).
xorshift(X, 0) -> X;
xorshift(X, N) ->
    A = X bxor (X bsl 13) band 16#ffffffffffffffff,
    B = A bxor (A bsr 7),
    xorshift(B bxor (B bsl 17) band 16#ffffffffffffffff, N - 1).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
