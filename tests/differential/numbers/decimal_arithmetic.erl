%% SPDX-License-Identifier: Apache-2.0
%% Rationals, decimals and matrices in exact arithmetic.
-module(decimal_arithmetic).
-export([main/0]).

main() ->
    io:format("~p~n", [lists:foldl(fun(N, A) -> add(A, {1, N}) end, {0, 1}, lists:seq(1, 30))]),
    io:format("~s~n", [decimal({1, 7}, 50)]),
    io:format("~p~n", [power([[1, 1], [1, 0]], 300)]),
    io:format("~p~n", [det([[2, -1, 0, 3], [1, 0, 5, -2], [4, 4, 1, 1], [0, 7, 2, 6]])]),
    io:format("~p~n", [binomial(60, 30)]),
    io:format("~p~n", [[bernoulli(N) || N <- [0, 1, 2, 4, 10, 20]]]),
    io:format("~p~n", [catalan(40)]),
    io:format("~p~n", [perfect(10000)]),
    io:format("~p~n", [[factor(N) || N <- [360, 1001, 600851475143, 18014398509481983]]]).

add({A, B}, {C, D}) -> norm(A * D + C * B, B * D).
mul({A, B}, {C, D}) -> norm(A * C, B * D).
norm(0, _) -> {0, 1};
norm(A, B) -> G = gcd(abs(A), abs(B)), {A div G, B div G}.
gcd(A, 0) -> A;
gcd(A, B) -> gcd(B, A rem B).
decimal({A, B}, N) -> io_lib:format("~b.~*..0b", [A div B, N, (A rem B) * pow(10, N) div B]).
pow(_, 0) -> 1;
pow(X, N) -> X * pow(X, N - 1).
power(M, 1) -> M;
power(M, N) when N rem 2 =:= 0 -> H = power(M, N div 2), times(H, H);
power(M, N) -> times(M, power(M, N - 1)).
times(A, B) -> [[lists:sum([X * Y || {X, Y} <- lists:zip(R, C)]) || C <- transpose(B)] || R <- A].
transpose([[] | _]) -> [];
transpose(M) -> [[hd(R) || R <- M] | transpose([tl(R) || R <- M])].
det([[X]]) -> X;
det([R | Rs]) -> lists:sum([sign(I) * X * det([drop(I, Q) || Q <- Rs]) || {I, X} <- lists:zip(lists:seq(1, length(R)), R), X =/= 0]).
sign(I) -> 1 - 2 * ((I - 1) rem 2).
drop(I, L) -> {A, [_ | B]} = lists:split(I - 1, L), A ++ B.
binomial(N, K) -> lists:foldl(fun(I, A) -> A * (N - I + 1) div I end, 1, lists:seq(1, K)).
bernoulli(N) -> hd(lists:foldl(fun(M, Bs) -> step(M, Bs) end, [], lists:seq(0, N))).
step(M, Bs) ->
    B = case M of
        0 -> {1, 1};
        _ ->
            S = lists:foldl(fun({K, Bk}, A) -> add(A, mul({binomial(M + 1, K), 1}, Bk)) end, {0, 1}, lists:zip(lists:seq(0, M - 1), lists:reverse(Bs))),
            mul({-1, M + 1}, S)
    end,
    [B | Bs].
catalan(N) -> binomial(2 * N, N) div (N + 1).
perfect(M) -> [N || N <- lists:seq(2, M, 2), lists:sum([D + N div D || D <- lists:seq(2, isqrt(N)), N rem D =:= 0]) + 1 =:= N].
isqrt(N) -> trunc(math:sqrt(N)).
factor(N) -> factor(N, 2).
factor(1, _) -> [];
factor(N, P) when P * P > N -> [N];
factor(N, P) when N rem P =:= 0 -> [P | factor(N div P, P)];
factor(N, P) -> factor(N, P + 1).
