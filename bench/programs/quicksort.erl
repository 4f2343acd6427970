-module(quicksort).
-export([run/1]).
run(N) -> L = numbers(2000, 42, []), loop(N, L).
loop(0, L) -> length(L);
loop(N, L) -> qsort(L), loop(N - 1, L).
numbers(0, _, Acc) -> Acc;
numbers(N, S, Acc) -> numbers(N - 1, (S * 1103515245 + 12345) rem 2147483648, [S | Acc]).
qsort([]) -> [];
qsort([P | T]) -> {A, B} = split(P, T, [], []), qsort(A) ++ [P | qsort(B)].
split(P, [H | T], A, B) when H < P -> split(P, T, [H | A], B);
split(P, [H | T], A, B) -> split(P, T, A, [H | B]);
split(_, [], A, B) -> {A, B}.
