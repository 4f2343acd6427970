%% SPDX-License-Identifier: Apache-2.0
%% Large tuples, lists, binaries and maps through the collector.
%% skip-stress: a collection at each reserve copies megabytes
-module(big_terms).
-export([main/0]).

main() ->
    T = erlang:make_tuple(100000, 0),
    T2 = lists:foldl(fun(N, A) -> setelement(N, A, N) end, T, lists:seq(1, 100000, 2000)),
    io:format("~p~n", [erlang:phash2(T2)]),
    L = lists:seq(1, 1000000),
    io:format("~p ~p~n", [lists:sum(L), length(lists:reverse(L))]),
    B = list_to_binary([X band 255 || X <- L]),
    io:format("~p ~p~n", [byte_size(B), erlang:crc32(B)]),
    M = maps:from_list([{X, X} || X <- lists:seq(1, 100000)]),
    io:format("~p ~p~n", [map_size(M), maps:fold(fun(_, V, A) -> A + V end, 0, M)]),
    io:format("~p~n", [length(lists:foldl(fun(_, A) -> [make_garbage(50) | A] end, [], lists:seq(1, 20000)))]),
    erlang:garbage_collect(),
    io:format("~p~n", [erlang:phash2(M)]).

make_garbage(N) -> {N, lists:seq(1, N)}.
