-module(spectral_norm).
-export([run/1]).
run(N) -> U = lists:duplicate(N, 1.0), loop(3, N, U, U).
loop(0, _, U, V) -> math:sqrt(dot(U, V) / dot(V, V));
loop(K, N, U, _) -> V = at_a(N, U), loop(K - 1, N, at_a(N, V), V).
dot(A, B) -> dot(A, B, 0.0).
dot([X | A], [Y | B], S) -> dot(A, B, S + X * Y);
dot([], [], S) -> S.
at_a(N, U) -> mul_at(N, mul_a(N, U)).
mul_a(N, U) -> [row(I, 0, U, 0.0) || I <- lists:seq(0, N - 1)].
mul_at(N, U) -> [col(I, 0, U, 0.0) || I <- lists:seq(0, N - 1)].
row(_, _, [], S) -> S;
row(I, J, [X | T], S) -> row(I, J + 1, T, S + X / ((I + J) * (I + J + 1) div 2 + I + 1)).
col(_, _, [], S) -> S;
col(I, J, [X | T], S) -> col(I, J + 1, T, S + X / ((I + J) * (I + J + 1) div 2 + J + 1)).
