%% SPDX-License-Identifier: Apache-2.0
%% Large maps against a list of pairs, with random operations.
-module(large_semantics).
-export([main/0]).

main() ->
    {M, L} = lists:foldl(fun step/2, {#{}, []}, rnd(12345, 1200)),
    io:format("~p ~p~n", [map_size(M), length(L)]),
    io:format("~p~n", [lists:sort(maps:to_list(M)) =:= lists:sort(L)]),
    io:format("~p~n", [erlang:phash2(M)]),
    io:format("~p~n", [M =:= maps:from_list(L)]),
    io:format("~p~n", [M =:= maps:from_list(lists:reverse(L))]),
    io:format("~p~n", [lists:all(fun({K, V}) -> map_get(K, M) =:= V end, L)]).

step(R, {M, L}) ->
    K = case R rem 5 of 0 -> R rem 997; 1 -> {R rem 499}; 2 -> <<(R rem 499):16>>; 3 -> R rem 101 / 2; 4 -> [R rem 331] end,
    case (R div 7) rem 4 of
        0 -> {maps:remove(K, M), lists:keydelete(K, 1, L)};
        _ -> {M#{K => R}, lists:keystore(K, 1, L, {K, R})}
    end.

rnd(_, 0) -> [];
rnd(X, N) ->
    Y = (X * 1103515245 + 12345) band 16#7fffffff,
    [Y bsr 3 | rnd(Y, N - 1)].
