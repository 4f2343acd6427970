%% SPDX-License-Identifier: Apache-2.0
%% Calls that permute their arguments: swap and move sequences.
-module(swaps_and_moves).
-export([main/0]).

main() ->
    io:format("~p~n", [swap2(5, a, b)]),
    io:format("~p~n", [rot(7, 1, 2, 3)]),
    io:format("~p~n", [rot8(11, 1, 2, 3, 4, 5, 6, 7, 8)]),
    io:format("~p~n", [gcd(1071, 462)]),
    io:format("~p~n", [perm([1, 2, 3, 4])]).

swap2(0, A, B) -> {A, B};
swap2(N, A, B) -> swap2(N - 1, B, A).

rot(0, A, B, C) -> {A, B, C};
rot(N, A, B, C) -> rot(N - 1, C, A, B).

rot8(0, A, B, C, D, E, F, G, H) -> {A, B, C, D, E, F, G, H};
rot8(N, A, B, C, D, E, F, G, H) when N rem 3 =:= 0 -> rot8(N - 1, H, G, F, E, D, C, B, A);
rot8(N, A, B, C, D, E, F, G, H) -> rot8(N - 1, B, C, D, E, F, G, H, A).

gcd(A, 0) -> A;
gcd(A, B) -> gcd(B, A rem B).

perm([]) -> [[]];
perm(L) -> [[H | T] || H <- L, T <- perm(L -- [H])].
