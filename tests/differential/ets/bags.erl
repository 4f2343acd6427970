%% SPDX-License-Identifier: Apache-2.0
%% bag and duplicate_bag: what is equal, in which order objects of a key come.
-module(bags).
-export([main/0]).

p(X) -> io:format("~p~n", [X]).
c(F) -> try F() catch C:R -> {C, R} end.

main() ->
    [kind(K) || K <- [bag, duplicate_bag]],
    ok.

kind(Kind) ->
    p(Kind),
    T = ets:new(t, [Kind]),
    p([ets:insert(T, X) || X <- [{a, 1}, {a, 2}, {b, 1}, {a, 1}, {a, 1.0}, {a, 3, x}]]),
    p({ets:info(T, size), ets:lookup(T, a), ets:lookup(T, b), ets:lookup(T, c)}),
    p({ets:lookup_element(T, a, 2), c(fun() -> ets:lookup_element(T, a, 3) end)}),
    p({ets:member(T, a), ets:member(T, c)}),
    p([ets:insert_new(T, X) || X <- [{a, 9}, {c, 1}, [{c, 2}, {d, 1}], [{d, 1}, {d, 1}, {d, 2}]]]),
    p({ets:lookup(T, c), ets:lookup(T, d), ets:info(T, size)}),
    p({ets:delete_object(T, {a, 1}), ets:lookup(T, a)}),
    p({ets:delete_object(T, {a, 17}), ets:lookup(T, a)}),
    p({ets:take(T, d), ets:lookup(T, d), ets:info(T, size)}),
    p({ets:delete(T, a), ets:lookup(T, a), ets:info(T, size)}),
    p(lists:sort(ets:tab2list(T))),
    p([c(fun() -> ets:update_counter(T, c, 1) end), c(fun() -> ets:update_element(T, c, {2, 1}) end)]),
    ets:insert(T, [{k, I rem 3} || I <- lists:seq(1, 6)]),
    p(ets:lookup(T, k)),
    p(lists:sort(ets:match(T, {k, '$1'}))),
    p(ets:select_delete(T, [{{k, 1}, [], [true]}])),
    p(ets:lookup(T, k)),
    p(ets:select_count(T, [{{k, '_'}, [], [true]}])),
    p(walk(T, ets:first(T))),
    p({ets:delete_all_objects(T), ets:info(T, size), ets:first(T)}).

walk(T, K) -> lists:sort(step(T, K)).
step(_, '$end_of_table') -> [];
step(T, K) -> [{K, length(ets:lookup(T, K))} | step(T, ets:next(T, K))].
