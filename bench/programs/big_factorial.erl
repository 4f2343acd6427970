-module(big_factorial).
-export([run/1]).
run(N) -> erlang:phash2(fac(N, 1)).
fac(0, R) -> R;
fac(N, R) -> fac(N - 1, R * N).
