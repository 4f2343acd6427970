%% SPDX-License-Identifier: Apache-2.0
%% Pairs that run as one instruction: results and errors when either half leaves the small
%% integers, and what lists, tuples, frames and funs become part of.
-module(fused_instructions).
-export([main/0, sum3/4, sum_const/2, add_up/1, down/2, value/2, arith/2, first/1, tagged/1, apply_to/3, sums/1]).

sum3(A, B, C, D) -> A + B + C + D.
sum_const(A, B) -> {A + B + 1, A + B - 1}.

%% Addition before the frame goes.
add_up([H | T]) -> S = add_up(T), H + S;
add_up([]) -> 0.

%% Subtraction, moves, call.
down(N, X) when N > 0 -> down(N - 1, X) ++ [down_one(N - X, N)];
down(_, _) -> [].
down_one(A, B) -> {A, B}.

value(A, B) -> {A =:= B, A =/= B, A == B, A /= B, A < B, A >= B, A > B, A =< B}.

arith(A, B) ->
    [catch F(A, B) || F <- [fun(X, Y) -> X * Y end, fun(X, Y) -> X div Y end, fun(X, Y) -> X rem Y end,
                            fun(X, Y) -> X band Y end, fun(X, Y) -> X bor Y end, fun(X, Y) -> X bxor Y end,
                            fun(X, Y) -> X bsl Y end, fun(X, Y) -> X bsr Y end,
                            fun(X, _) -> X * 7 end, fun(X, _) -> X div -3 end, fun(X, _) -> X rem 1000 end,
                            fun(X, _) -> X band 255 end, fun(X, _) -> X bsl 3 end, fun(X, _) -> X bsr 2 end,
                            fun(X, _) -> X bsl -2 end]].

first({A, _}) -> {pair, A};
first({A}) -> {one, A};
first(X) -> {other, X}.

tagged(M) -> case M of #{key := V} -> {found, V}; #{} -> none; _ -> no_map end.

apply_to(F, [H | T], Acc) -> apply_to(F, T, [F(H) | Acc]);
apply_to(_, [], Acc) -> Acc.

sums(L) -> [element(1, T) + element(2, T) || T <- L].

show(F) ->
    R = try F() catch C:E:S -> {C, E, [{M, Fn, A} || {M, Fn, A, _} <- S, M =/= erl_eval]} end,
    io:format("~p~n", [R]).

main() ->
    Big = (1 bsl 59) - 1,
    Numbers = [0, 1, -1, 7, -8, Big, -Big - 1, Big + 1, 1 bsl 70, 1.5, a, [x]],
    [show(fun() -> sum3(A, B, A, 1) end) || A <- Numbers, B <- Numbers],
    [show(fun() -> sum_const(A, B) end) || A <- Numbers, B <- Numbers],
    [show(fun() -> add_up(L) end) || L <- [[1, 2, 3], [Big, Big, Big], [1.5, 2], [1, a, 2], [1 | x]]],
    [show(fun() -> down(N, X) end) || N <- [3, 0, 2.5, -1], X <- [1, Big, -Big - 1, 1 bsl 64, a]],
    [show(fun() -> value(A, B) end) || A <- [1, 1.0, a, "x", {}], B <- [1, 1.0, a, "x", {}]],
    [show(fun() -> arith(A, B) end) || A <- lists:sublist(Numbers, 9), B <- [0, 1, -1, 3, -62, 70, Big, x]],
    [show(fun() -> first(X) end) || X <- [{1, 2}, {1}, {}, x, [1], {1, 2, 3}]],
    [show(fun() -> tagged(X) end) || X <- [#{key => 1}, #{}, #{other => 2}, 5,
                                           maps:from_list([{I, I} || I <- lists:seq(1, 40)]),
                                           maps:from_list([{key, v} | [{I, I} || I <- lists:seq(1, 40)]])]],
    [show(fun() -> apply_to(F, L, []) end) || F <- [fun(X) -> X * 2 end, fun erlang:abs/1, fun(_, _) -> 2 end, no_fun],
                                              L <- [[1, 2, 3], [a], [], [1 | 2]]],
    [show(fun() -> sums(L) end) || L <- [[{1, 2}, {Big, 1}], [{1}], [x], [{1.5, 2}]]].
