-module(binary_match).
-export([run/1]).
run(N) -> B = << <<I:32, (I rem 200), 7:16/little>> || I <- lists:seq(1, 1000) >>, loop(N, B, 0).
loop(0, _, S) -> S;
loop(N, B, S) -> loop(N - 1, B, sum(B, S)).
sum(<<A:32, B, C:16/little, T/binary>>, S) -> sum(T, (S + A + B + C) band 16#ffffffff);
sum(<<>>, S) -> S.
