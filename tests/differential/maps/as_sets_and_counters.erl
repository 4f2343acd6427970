%% SPDX-License-Identifier: Apache-2.0
%% Counting, grouping and inverting with maps of many entries.
-module(as_sets_and_counters).
-export([main/0]).

main() ->
    Words = words(2000, 7),
    Counts = lists:foldl(fun(W, M) -> maps:update_with(W, fun(N) -> N + 1 end, 1, M) end, #{}, Words),
    io:format("~p~n", [lists:sum(maps:values(Counts))]),
    Top = lists:sublist(lists:sort(fun({A, X}, {B, Y}) -> {Y, A} =< {X, B} end, maps:to_list(Counts)), 5),
    io:format("~p~n", [Top]),
    Inverse = maps:fold(fun(K, V, M) -> M#{V => [K | maps:get(V, M, [])]} end, #{}, Counts),
    io:format("~p~n", [lists:sort([{K, lists:sort(V)} || {K, V} <- maps:to_list(Inverse)])]),
    io:format("~p~n", [erlang:phash2(Counts)]).

words(0, _) -> [];
words(N, X) ->
    Y = (X * 48271) rem 2147483647,
    [<<"w", (integer_to_binary(Y rem 60))/binary>> | words(N - 1, Y)].
