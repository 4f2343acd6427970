%% SPDX-License-Identifier: Apache-2.0
%% Many processes update counters in a public table.
-module(shared_counters).
-export([main/0]).

main() ->
    T = ets:new(t, [public, {write_concurrency, true}]),
    ets:insert(T, [{N, 0} || N <- lists:seq(1, 10)]),
    Ps = [spawn_monitor(fun() -> [ets:update_counter(T, 1 + (N + K) rem 10, K) || K <- lists:seq(1, 200)] end) || N <- lists:seq(1, 20)],
    [receive {'DOWN', R, _, P, normal} -> ok end || {P, R} <- Ps],
    io:format("~p~n", [lists:sort(ets:tab2list(T))]),
    io:format("~p~n", [ets:foldl(fun({_, V}, A) -> A + V end, 0, T)]),
    io:format("~p~n", [ets:update_counter(T, 1, [{2, 5}, {2, -100000, 0, 0}])]),
    io:format("~p~n", [[t(fun() -> ets:update_counter(T, K, I) end) || {K, I} <- [{99, 1}, {1, {3, 1}}, {1, {1, 1}}, {1, a}]]]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
