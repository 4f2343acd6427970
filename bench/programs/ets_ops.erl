-module(ets_ops).
-export([run/1]).
run(N) -> T = ets:new(t, [set]), insert(N, T), R = lookup(N, T, 0), ets:delete(T), R.
insert(0, _) -> ok;
insert(N, T) -> ets:insert(T, {N, N * 2, foo}), insert(N - 1, T).
lookup(0, _, S) -> S;
lookup(N, T, S) -> [{_, V, _}] = ets:lookup(T, N), lookup(N - 1, T, S + V).
