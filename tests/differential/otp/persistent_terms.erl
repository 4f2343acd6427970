%% SPDX-License-Identifier: Apache-2.0
%% persistent_term: put, get, erase, info, replaced values stay valid.
-module(persistent_terms).
-export([main/0]).

main() ->
    K = {?MODULE, key},
    io:format("~p~n", [persistent_term:put(K, {value, [1, 2, 3]})]),
    V = persistent_term:get(K),
    io:format("~p~n", [V]),
    io:format("~p~n", [persistent_term:put(K, #{new => "value"})]),
    io:format("~p ~p~n", [V, persistent_term:get(K)]),
    S = self(),
    spawn(fun() -> S ! {pt, persistent_term:get(K), V} end),
    receive {pt, A, B} -> io:format("~p ~p~n", [A, B]) end,
    io:format("~p~n", [persistent_term:get(none, default)]),
    io:format("~p~n", [t(fun() -> persistent_term:get({?MODULE, none}) end)]),
    io:format("~p~n", [[persistent_term:erase(K), persistent_term:erase(K)]]),
    io:format("~p~n", [V]),
    [persistent_term:put({?MODULE, N}, lists:seq(1, N)) || N <- lists:seq(1, 100)],
    io:format("~p~n", [lists:sum([length(persistent_term:get({?MODULE, N})) || N <- lists:seq(1, 100)])]),
    io:format("~p~n", [length([1 || {{?MODULE, _}, _} <- persistent_term:get()])]),
    [persistent_term:erase({?MODULE, N}) || N <- lists:seq(1, 100)],
    io:format("~p~n", [length([1 || {{?MODULE, _}, _} <- persistent_term:get()])]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
