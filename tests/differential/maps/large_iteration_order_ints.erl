%% SPDX-License-Identifier: Apache-2.0
%% The order of a large map with integer keys is that of the hash.
-module(large_iteration_order_ints).
-export([main/0]).

main() ->
    M = maps:from_list([{N, N * 2} || N <- lists:seq(1, 200)]),
    io:format("~w~n", [maps:keys(M)]),
    io:format("~w~n", [maps:values(M)]),
    io:format("~w~n", [maps:fold(fun(K, V, A) -> [{K, V} | A] end, [], maps:filter(fun(K, _) -> K < 60 end, M))]),
    I = maps:iterator(M),
    {K1, V1, I2} = maps:next(I),
    {K2, V2, _} = maps:next(I2),
    io:format("~p~n", [{K1, V1, K2, V2}]),
    Neg = maps:from_list([{-N * 7919, N} || N <- lists:seq(1, 50)]),
    io:format("~w~n", [maps:to_list(Neg)]).
