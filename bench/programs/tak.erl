-module(tak).
-export([run/1]).
run(N) -> repeat(N, 0).
repeat(0, R) -> R;
repeat(N, _) -> repeat(N - 1, tak(18, 12, 6)).
tak(X, Y, Z) when Y < X -> tak(tak(X - 1, Y, Z), tak(Y - 1, Z, X), tak(Z - 1, X, Y));
tak(_, _, Z) -> Z.
