%% SPDX-License-Identifier: Apache-2.0
%% Iterators that maps:iterator/1 has not made: which paths are taken for one.
-module(forged_iterators).
-export([main/0]).

main() ->
    Maps = [#{}, #{a => 1}, maps:from_list([{N, N} || N <- lists:seq(1, 32)]),
            maps:from_list([{N, N} || N <- lists:seq(1, 100)])],
    Paths = [-1, 0, 1, 2, 31, 32, 33, 100, 16#ffff, 1 bsl 59, -(1 bsl 59), 1 bsl 63, 1 bsl 64, 1 bsl 200, -(1 bsl 200), 1.0, a],
    [io:format("~p ~p: ~p~n", [map_size(M), P, tried(fun() -> shown(maps:next([P | M])) end)]) || M <- Maps, P <- Paths],
    [io:format("~p ~p: ~p~n", [map_size(M), P, tried(fun() -> length(maps:to_list([P | M])) end)])
     || M <- lists:droplast(Maps), P <- Paths],
    [io:format("~p ~p: ~p~n", [map_size(M), P, tried(fun() -> shown(erts_internal:map_next(P, M, A)) end)])
     || M <- lists:droplast(Maps), P <- Paths, A <- [iterator, [], [x], b]].

shown(none) -> none;
shown({K, V, Next}) when is_integer(K) -> {K, V, element(1, shown({next, Next}))};
shown({next, Next}) -> {if is_tuple(Next) -> tuple; is_list(Next) -> list; true -> Next end};
shown(T) when is_tuple(T) -> tuple;
shown(L) when is_list(L) -> erlang:phash2(L);
shown(T) -> T.

tried(F) -> try F() catch C:R -> {C, R} end.
