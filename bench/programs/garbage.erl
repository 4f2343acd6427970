-module(garbage).
-export([run/1]).
run(N) -> Long = make(14), {loop(N, 0), check(Long)}.
loop(0, S) -> S;
loop(N, S) -> loop(N - 1, S + check(make(10))).
make(0) -> {nil, nil};
make(D) -> {make(D - 1), make(D - 1)}.
check({nil, nil}) -> 1;
check({L, R}) -> 1 + check(L) + check(R).
