-module(bitstrings).
-export([run/1]).
run(N) -> B = << <<(I rem 32):5, (I rem 2):1, I:11>> || I <- lists:seq(1, 1000) >>, loop(N, B, 0).
loop(0, _, S) -> S;
loop(N, B, S) -> loop(N - 1, B, sum(B, S)).
sum(<<A:5, B:1, C:11, T/bitstring>>, S) -> sum(T, S + A + B + C);
sum(_, S) -> S.
