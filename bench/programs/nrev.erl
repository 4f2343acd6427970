-module(nrev).
-export([run/1]).
run(N) -> L = lists:seq(1, 30), loop(N, L).
loop(0, L) -> length(L);
loop(N, L) -> nrev(L), loop(N - 1, L).
nrev([H | T]) -> append(nrev(T), [H]);
nrev([]) -> [].
append([H | T], L) -> [H | append(T, L)];
append([], L) -> L.
