-module(sorting).
-export([run/1]).
run(N) -> L = numbers(20000, 42, []), loop(N, L).
loop(0, L) -> length(L);
loop(N, L) -> lists:sort(L), loop(N - 1, L).
numbers(0, _, Acc) -> Acc;
numbers(N, S, Acc) -> numbers(N - 1, (S * 1103515245 + 12345) rem 2147483648, [S | Acc]).
