-module(closures).
-export([run/1]).
run(N) -> L = lists:seq(1, 1000), loop(N, L, 0).
loop(0, _, S) -> S;
loop(N, L, S) -> loop(N - 1, L, lists:foldl(fun(X, A) -> X + A + N end, S, lists:map(fun(X) -> X * N end, lists:filter(fun(X) -> X rem 3 =/= 0 end, L)))).
