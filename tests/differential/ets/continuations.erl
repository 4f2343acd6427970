%% SPDX-License-Identifier: Apache-2.0
%% Chunks of selections: what they hold together, how they end, what survives.
-module(continuations).
-export([main/0]).

p(X) -> io:format("~p~n", [X]).
c(F) -> try F() catch C:R -> {C, R} end.

main() ->
    [kind(K) || K <- [set, bag, duplicate_bag, ordered_set]],
    shapes(),
    compiled().

kind(Kind) ->
    T = ets:new(t, [Kind]),
    ets:insert(T, [{I, I rem 7} || I <- lists:seq(1, 500)]),
    [begin
         L = all(ets:select(T, [{{'$1', '$2'}, [{'<', '$2', 3}], ['$1']}], N)),
         p({Kind, N, length(L), lists:sort(lists:append(L)) =:= [I || I <- lists:seq(1, 500), I rem 7 < 3]})
     end || N <- [1, 2, 10, 499, 500, 1000]],
    L2 = all(ets:match(T, {'$1', 4}, 9)),
    p({Kind, length(lists:append(L2)), lists:all(fun(X) -> length(X) =< 9 end, L2)}),
    p(ets:select(T, [{{'$1', 99}, [], ['$1']}], 5)),
    p(ets:match_object(T, {17, '_'}, 5)),
    p(ets:match_object(T, {1700, '_'}, 5)),
    p(ets:select(T, [], 5)),
    {_, C} = ets:select(T, [{'_', [], ['$_']}], 5),
    ets:delete(T),
    p(c(fun() -> ets:select(C) end)).

all('$end_of_table') -> [];
all({L, '$end_of_table'}) -> [L];
all({L, C}) -> [L | all(ets:select(C))].

%% A continuation is a tuple of a known shape; a forged one is refused.
shapes() ->
    O = ets:new(o, [ordered_set]),
    S = ets:new(s, []),
    [ets:insert(T, [{I} || I <- lists:seq(1, 30)]) || T <- [O, S]],
    Spec = [{{'$1'}, [], ['$1']}],
    {L1, {O, 4, [], 4, M1, [], 0, 0}} = ets:select(O, Spec, 4),
    {L2, {O, 27, [], 4, M2, [], 1, 0}} = ets:select_reverse(O, Spec, 4),
    {L3, {S, Slot, 4, M3, Rest, N}} = ets:select(S, Spec, 4),
    p({L1, L2, L3, Slot, Rest, N, [ets:is_compiled_ms(M) || M <- [M1, M2, M3]]}),
    p(element(1, ets:select({O, 4, [], 4, M1, [], 0, 0}))),
    [p(c(fun() -> element(1, ets:select(X)) end))
     || X <- [{O}, {O, 4}, {S, Slot, 4, foo, Rest, N}, {S, Slot, 4, make_ref(), Rest, N},
              {S, 100000, 4, M3, Rest, N}, {S, a, 4, M3, Rest, N}, {S, Slot, a, M3, Rest, N},
              {S, Slot, 4, M3, foo, N}, {S, Slot, 4, M3, Rest, a}, {S, Slot, -4, M3, Rest, N},
              {O, 4, [], 4, foo, [], 0, 0}, {O, 4, [], a, M1, [], 0, 0}, {foo, 1}, {1, 2}]],
    {R, _} = ets:select(ets:repair_continuation({S, Slot, 4, M3, Rest, N}, Spec)),
    p(R).

compiled() ->
    M = ets:match_spec_compile([{{'$1', '$2'}, [{'>', '$2', 2}], ['$1']}]),
    p({ets:is_compiled_ms(M), ets:is_compiled_ms(make_ref()), is_reference(M)}),
    p(ets:match_spec_run([{a, 1}, {b, 3}, {c, 4}, d, {e, 5, 6}], M)),
    p(ets:match_spec_run_r([{a, 9}, {b, 3}], M, [tail])),
    p(c(fun() -> ets:match_spec_run_r([{a, 9} | x], M, []) end)),
    p(length(ets:match_spec_run([{I, I} || I <- lists:seq(1, 50000)], M))).
