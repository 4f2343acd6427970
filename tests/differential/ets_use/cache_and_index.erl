%% SPDX-License-Identifier: Apache-2.0
%% A cache with eviction and a secondary index in two tables.
-module(cache_and_index).
-export([main/0]).

main() ->
    C = ets:new(cache, [set]), I = ets:new(index, [ordered_set]),
    [put_item(C, I, K, K * K, 10) || K <- [3, 1, 4, 15, 9, 2, 6, 5, 35, 8, 97, 93, 23, 84]],
    io:format("~p~n", [ets:info(C, size)]),
    io:format("~p~n", [lists:sort(ets:tab2list(C))]),
    io:format("~p~n", [ets:tab2list(I)]),
    [get_item(C, I, K) || K <- [8, 9, 8, 97]],
    put_item(C, I, 1000, x, 10),
    io:format("~p~n", [[V || {_, V} <- ets:tab2list(I)]]),
    io:format("~p~n", [[ets:first(I) =/= '$end_of_table', ets:member(C, 8), ets:member(C, 3)]]).

put_item(C, I, K, V, Max) ->
    T = ets:update_counter(C, clock, {2, 1}, {clock, 0}),
    ets:insert(C, {K, V, T}),
    ets:insert(I, {T, K}),
    case ets:info(I, size) > Max of
        true -> O = ets:first(I), [{_, OK}] = ets:lookup(I, O), ets:delete(I, O), ets:delete(C, OK);
        false -> ok
    end.

get_item(C, I, K) ->
    [{K, V, T}] = ets:lookup(C, K),
    ets:delete(I, T),
    T2 = ets:update_counter(C, clock, 1),
    ets:update_element(C, K, {3, T2}),
    ets:insert(I, {T2, K}),
    V.
