%% SPDX-License-Identifier: Apache-2.0
%% Multiplication, division and remainder of big integers.
-module(big_arithmetic).
-export([main/0]).

main() ->
    A = fact(50), B = fact(30), C = -(1 bsl 200) + 12345,
    io:format("~p~n~p~n~p~n", [A, B, C]),
    io:format("~p~n", [[A + B, A - B, A * B, A div B, A rem B, A rem (B + 1), C div B, C rem B, B div C, B rem C]]),
    io:format("~p~n", [[A div -B, A rem -B, -A div B, -A rem B, -A div -B, -A rem -B]]),
    io:format("~p~n", [[X =:= (X div Y) * Y + X rem Y || X <- [A, B, C, -A, 7, -7, 1 bsl 64], Y <- [A, B, C, 3, -3, 1 bsl 64]]]),
    io:format("~p~n", [fact(200)]),
    io:format("~p~n", [fact(100) div fact(98)]),
    io:format("~p~n", [pow(3, 300) - pow(2, 300)]),
    io:format("~p~n", [fib(1000)]).

fact(0) -> 1;
fact(N) -> N * fact(N - 1).

pow(_, 0) -> 1;
pow(X, N) when N rem 2 =:= 0 -> pow(X * X, N div 2);
pow(X, N) -> X * pow(X, N - 1).

fib(N) -> fib(N, 0, 1).
fib(0, A, _) -> A;
fib(N, A, B) -> fib(N - 1, B, A + B).
