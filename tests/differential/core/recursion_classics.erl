%% SPDX-License-Identifier: Apache-2.0
%% Ackermann, fib, hanoi, queens, primes, collatz, tak.
-module(recursion_classics).
-export([main/0]).

main() ->
    io:format("~p~n", [ack(2, 9)]),
    io:format("~p~n", [fib(22)]),
    io:format("~p~n", [length(hanoi(10, a, b, c))]),
    io:format("~p~n", [length(queens(6))]),
    io:format("~p~n", [hd(queens(8))]),
    io:format("~p~n", [sieve(lists:seq(2, 100))]),
    io:format("~p~n", [lists:max([{collatz(N, 0), N} || N <- lists:seq(1, 3000)])]),
    io:format("~p~n", [tak(12, 8, 4)]).

ack(0, N) -> N + 1;
ack(M, 0) -> ack(M - 1, 1);
ack(M, N) -> ack(M - 1, ack(M, N - 1)).

fib(N) when N < 2 -> N;
fib(N) -> fib(N - 1) + fib(N - 2).

hanoi(0, _, _, _) -> [];
hanoi(N, A, B, C) -> hanoi(N - 1, A, C, B) ++ [{A, C}] ++ hanoi(N - 1, B, A, C).

queens(N) -> queens(N, N).
queens(0, _) -> [[]];
queens(K, N) -> [[Q | B] || B <- queens(K - 1, N), Q <- lists:seq(1, N), safe(Q, 1, B)].

safe(_, _, []) -> true;
safe(Q, D, [H | T]) -> Q =/= H andalso abs(Q - H) =/= D andalso safe(Q, D + 1, T).

sieve([]) -> [];
sieve([P | T]) -> [P | sieve([X || X <- T, X rem P =/= 0])].

collatz(1, Steps) -> Steps;
collatz(N, Steps) when N rem 2 =:= 0 -> collatz(N div 2, Steps + 1);
collatz(N, Steps) -> collatz(3 * N + 1, Steps + 1).

tak(X, Y, Z) when Y < X -> tak(tak(X - 1, Y, Z), tak(Y - 1, Z, X), tak(Z - 1, X, Y));
tak(_, _, Z) -> Z.
