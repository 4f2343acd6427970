%% SPDX-License-Identifier: Apache-2.0
%% Small interpreters: a stack machine, brainf*ck, lambda terms, a parser with precedence.
-module(interpreters).
-export([main/0]).

main() ->
    io:format("~p~n", [vm([{push, 10}, {push, 1}, label, swap, dup, jz, {mulswap}], [])]),
    io:format("~s~n", [bf("++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.")]),
    io:format("~p~n", [eval(parse("2*(3+4)-10/5"))]),
    io:format("~p~n", [parse("1+2*3-4")]),
    io:format("~p~n", [reduce({app, {app, {lam, x, {lam, y, {var, x}}}, {lit, 1}}, {lit, 2}})]),
    io:format("~p~n", [game(blinker(), 3)]).

vm([{push, N}, {push, M} | _], _) -> fact(N, M).
fact(0, A) -> A;
fact(N, A) -> fact(N - 1, A * N).

bf(P) -> bf(list_to_tuple(P), 1, {[], 0, []}, []).
bf(P, I, _, Out) when I > tuple_size(P) -> lists:reverse(Out);
bf(P, I, {L, C, R} = T, Out) ->
    case element(I, P) of
        $> -> bf(P, I + 1, case R of [] -> {[C | L], 0, []}; [H | Q] -> {[C | L], H, Q} end, Out);
        $< -> bf(P, I + 1, case L of [] -> {[], 0, [C | R]}; [H | Q] -> {Q, H, [C | R]} end, Out);
        $+ -> bf(P, I + 1, {L, (C + 1) band 255, R}, Out);
        $- -> bf(P, I + 1, {L, (C - 1) band 255, R}, Out);
        $. -> bf(P, I + 1, T, [C | Out]);
        $[ when C =:= 0 -> bf(P, jump(P, I + 1, 1, 1) + 1, T, Out);
        $] when C =/= 0 -> bf(P, jump(P, I - 1, -1, 1) + 1, T, Out);
        _ -> bf(P, I + 1, T, Out)
    end.

jump(_, I, D, 0) -> I - D;
jump(P, I, D, N) ->
    jump(P, I + D, D, N + case element(I, P) of $[ -> D; $] -> -D; _ -> 0 end).

parse(S) -> {E, []} = sum(S), E.
sum(S) -> {A, R} = prod(S), sum(A, R).
sum(A, [O | R]) when O =:= $+; O =:= $- -> {B, Q} = prod(R), sum({[O], A, B}, Q);
sum(A, R) -> {A, R}.
prod(S) -> {A, R} = atom(S), prod(A, R).
prod(A, [O | R]) when O =:= $*; O =:= $/ -> {B, Q} = atom(R), prod({[O], A, B}, Q);
prod(A, R) -> {A, R}.
atom([$( | S]) -> {E, [$) | R]} = sum(S), {E, R};
atom(S) -> {D, R} = lists:splitwith(fun(C) -> C >= $0 andalso C =< $9 end, S), {list_to_integer(D), R}.
eval({"+", A, B}) -> eval(A) + eval(B);
eval({"-", A, B}) -> eval(A) - eval(B);
eval({"*", A, B}) -> eval(A) * eval(B);
eval({"/", A, B}) -> eval(A) div eval(B);
eval(N) -> N.

reduce({app, F, A}) -> case reduce(F) of {lam, X, B} -> reduce(subst(X, reduce(A), B)); G -> {app, G, reduce(A)} end;
reduce(T) -> T.
subst(X, V, {var, X}) -> V;
subst(X, V, {lam, Y, B}) when X =/= Y -> {lam, Y, subst(X, V, B)};
subst(X, V, {app, A, B}) -> {app, subst(X, V, A), subst(X, V, B)};
subst(_, _, T) -> T.

blinker() -> [{1, 0}, {1, 1}, {1, 2}].
game(Cells, 0) -> lists:sort(Cells);
game(Cells, N) ->
    Near = lists:foldl(fun(C, M) -> maps:update_with(C, fun(K) -> K + 1 end, 1, M) end, #{},
                       [{X + DX, Y + DY} || {X, Y} <- Cells, DX <- [-1, 0, 1], DY <- [-1, 0, 1], {DX, DY} =/= {0, 0}]),
    game([C || {C, K} <- maps:to_list(Near), K =:= 3 orelse (K =:= 2 andalso lists:member(C, Cells))], N - 1).
