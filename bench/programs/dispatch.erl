-module(dispatch).
-export([run/1]).
run(N) -> P = [{push, 3}, {push, 4}, add, dup, mul, {push, 7}, swap, sub, neg, {push, 2}, mul, drop], loop(N, P, 0).
loop(0, _, S) -> S;
loop(N, P, S) -> loop(N - 1, P, S + length(exec(P, []))).
exec([], St) -> St;
exec([{push, X} | P], St) -> exec(P, [X | St]);
exec([add | P], [A, B | St]) -> exec(P, [A + B | St]);
exec([sub | P], [A, B | St]) -> exec(P, [B - A | St]);
exec([mul | P], [A, B | St]) -> exec(P, [A * B | St]);
exec([dup | P], [A | St]) -> exec(P, [A, A | St]);
exec([swap | P], [A, B | St]) -> exec(P, [B, A | St]);
exec([neg | P], [A | St]) -> exec(P, [-A | St]);
exec([drop | P], [_ | St]) -> exec(P, St).
