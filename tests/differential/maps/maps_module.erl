%% SPDX-License-Identifier: Apache-2.0
%% All functions of maps on small maps.
-module(maps_module).
-export([main/0]).

main() ->
    M = #{a => 1, b => 2, c => 3},
    io:format("~p~n", [maps:filter(fun(_, V) -> V > 1 end, M)]),
    io:format("~p~n", [maps:filtermap(fun(K, V) when V > 1 -> {true, {K, V}}; (_, _) -> false end, M)]),
    io:format("~p~n", [maps:filtermap(fun(_, V) -> V =:= 1 end, M)]),
    io:format("~p~n", [maps:fold(fun(K, V, A) -> [{K, V} | A] end, [], M)]),
    io:format("~p~n", [maps:foreach(fun(K, V) -> io:format("~p=~p~n", [K, V]) end, M)]),
    io:format("~p~n", [maps:from_keys([x, y, x], 0)]),
    io:format("~p~n", [maps:from_list([{k, 1}, {l, 2}, {k, 3}])]),
    io:format("~p~n", [maps:groups_from_list(fun(X) -> X rem 3 end, lists:seq(1, 10))]),
    io:format("~p~n", [maps:groups_from_list(fun(X) -> X rem 3 end, fun(X) -> X * 10 end, lists:seq(1, 10))]),
    io:format("~p~n", [[maps:get(a, M), maps:get(z, M, default), maps:find(a, M), maps:find(z, M)]]),
    io:format("~p~n", [maps:intersect(M, #{b => x, c => y, d => z})]),
    io:format("~p~n", [maps:intersect_with(fun(K, A, B) -> {K, A, B} end, M, #{b => x, d => z})]),
    io:format("~p~n", [maps:map(fun(K, V) -> {V, K} end, M)]),
    io:format("~p~n", [maps:merge(M, #{c => x, d => y})]),
    io:format("~p~n", [maps:merge_with(fun(_, A, B) -> [A, B] end, M, #{c => x, d => y})]),
    io:format("~p~n", [[maps:new(), maps:put(d, 4, M), maps:remove(a, M), maps:size(M), maps:take(b, M), maps:take(z, M)]]),
    io:format("~p~n", [[maps:update(a, 9, M), maps:update_with(a, fun(V) -> V + 1 end, M), maps:update_with(z, fun(V) -> V end, 0, M)]]),
    io:format("~p~n", [[maps:with([a, z, c], M), maps:without([a, z], M), maps:values(M)]]),
    io:format("~p~n", [t(fun() -> maps:update_with(z, fun(V) -> V end, M) end)]),
    io:format("~p~n", [maps:next(maps:iterator(#{}))]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
