-module(hamt).
-export([run/1]).
run(N) -> M = grow(N, #{}), maps:fold(fun(K, V, S) -> K + V + S end, 0, M) + look(N, M, 0).
grow(0, M) -> M;
grow(N, M) -> grow(N - 1, M#{N => N * 2}).
look(0, _, S) -> S;
look(N, M, S) -> look(N - 1, M, S + maps:get(N, M)).
