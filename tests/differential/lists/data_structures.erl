%% SPDX-License-Identifier: Apache-2.0
%% dict, orddict, gb_trees, gb_sets, sets, ordsets, queue, array, proplists, digraph-free.
-module(data_structures).
-export([main/0]).

main() ->
    Ks = [(X * 7919) rem 101 || X <- lists:seq(1, 80)],
    D = lists:foldl(fun(K, A) -> dict:update_counter(K rem 13, 1, A) end, dict:new(), Ks),
    io:format("~p~n", [lists:sort(dict:to_list(D))]),
    G = lists:foldl(fun(K, A) -> gb_trees:enter(K, K * 2, A) end, gb_trees:empty(), Ks),
    io:format("~p~n", [{gb_trees:size(G), gb_trees:smallest(G), gb_trees:largest(G), gb_trees:lookup(50, G)}]),
    io:format("~p~n", [erlang:phash2(gb_trees:balance(lists:foldl(fun gb_trees:delete_any/2, G, lists:seq(1, 50))))]),
    S = gb_sets:from_list(Ks),
    io:format("~p~n", [gb_sets:to_list(gb_sets:intersection(S, gb_sets:from_list(lists:seq(1, 20))))]),
    [io:format("~p~n", [lists:sort(sets:to_list(sets:subtract(sets:from_list(Ks, [{version, V}]), sets:from_list(lists:seq(10, 90), [{version, V}]))))]) || V <- [1, 2]],
    io:format("~p~n", [ordsets:union([1, 3, 5], [2, 3, 4])]),
    Q = lists:foldl(fun queue:in/2, queue:new(), lists:seq(1, 10)),
    {{value, X}, Q2} = queue:out(Q),
    io:format("~p~n", [{X, queue:len(Q2), queue:to_list(queue:reverse(Q2)), queue:peek_r(Q2)}]),
    A = array:set(50, x, array:from_list(lists:seq(1, 10))),
    io:format("~p~n", [{array:size(A), array:get(3, A), array:get(20, A), array:sparse_to_orddict(A)}]),
    io:format("~p~n", [[proplists:get_value(k, [{k, 1}, l]), proplists:get_bool(l, [{k, 1}, l]), proplists:delete(k, [{k, 1}, l]), proplists:compact([{a, true}])]]),
    io:format("~p~n", [orddict:fold(fun(K, V, Acc) -> [{K, V} | Acc] end, [], orddict:from_list([{b, 2}, {a, 1}]))]),
    R = sofs:relation([{1, a}, {2, b}, {1, c}]),
    io:format("~p~n", [sofs:to_external(sofs:relation_to_family(R))]).
