%% SPDX-License-Identifier: Apache-2.0
%% Digits, gcd, powers, primes and roots with big integers.
-module(integer_functions).
-export([main/0]).

main() ->
    io:format("~p~n", [powmod(7, 1 bsl 200, (1 bsl 127) - 1)]),
    io:format("~p~n", [gcd(fact(40), pow(6, 50))]),
    io:format("~p~n", [isqrt(pow(10, 60))]),
    io:format("~p~n", [lists:sum([C - $0 || C <- integer_to_list(pow(2, 1000))])]),
    io:format("~p~n", [[P || P <- lists:seq(2, 60), (pow(2, P) - 1) rem 3 =/= 0, powmod(2, P - 1, P) =:= 1]]),
    io:format("~p~n", [byte_size(binary:encode_unsigned(fact(100)))]),
    io:format("~p~n", [binary:decode_unsigned(binary:encode_unsigned(fact(25), little), little) =:= fact(25)]),
    io:format("~p~n", [e(60)]),
    io:format("~p~n", [pi(50)]).

fact(0) -> 1;
fact(N) -> N * fact(N - 1).
pow(X, N) -> pow(X, N, 1).
pow(_, 0, A) -> A;
pow(X, N, A) when N band 1 =:= 1 -> pow(X * X, N bsr 1, A * X);
pow(X, N, A) -> pow(X * X, N bsr 1, A).
powmod(_, 0, _) -> 1;
powmod(X, N, M) when N band 1 =:= 1 -> X * powmod(X * X rem M, N bsr 1, M) rem M;
powmod(X, N, M) -> powmod(X * X rem M, N bsr 1, M).
gcd(A, 0) -> A;
gcd(A, B) -> gcd(B, A rem B).
isqrt(N) -> isqrt(N, N).
isqrt(N, X) ->
    case (X + N div X) div 2 of
        Y when Y >= X -> X;
        Y -> isqrt(N, Y)
    end.
e(Digits) -> e(pow(10, Digits), 1, 0).
e(0, _, S) -> S;
e(T, N, S) -> e(T div N, N + 1, S + T).
pi(D) -> One = pow(10, D + 5), (4 * (4 * atan(5, One) - atan(239, One))) div 100000.
atan(X, One) -> atan(One div X, X * X, 1, 0, 1).
atan(0, _, _, S, _) -> S;
atan(P, X2, N, S, Sign) -> atan(P div X2, X2, N + 2, S + Sign * (P div N), -Sign).
