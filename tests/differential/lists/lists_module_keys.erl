%% SPDX-License-Identifier: Apache-2.0
%% lists: functions over tuples with keys.
-module(lists_module_keys).
-export([main/0]).

main() ->
    T = [{a, 1}, {b, 2}, {c, 3}, {a, 4}, not_tuple, {d}, {1.0, x}, {1, y}],
    io:format("~p~n", [[lists:keyfind(K, 1, T) || K <- [a, c, 1, 1.0, z]]]),
    io:format("~p~n", [[lists:keyfind(V, 2, T) || V <- [1, 4, y, 1.0]]]),
    io:format("~p~n", [[lists:keymember(K, 1, T) || K <- [a, z, d]]]),
    io:format("~p~n", [lists:keysearch(b, 1, T)]),
    io:format("~p~n", [lists:keydelete(a, 1, T)]),
    io:format("~p~n", [lists:keyreplace(a, 1, T, {new, 0})]),
    io:format("~p~n", [lists:keystore(zz, 1, T, {new, 0})]),
    io:format("~p~n", [lists:keytake(b, 1, T)]),
    io:format("~p~n", [lists:keytake(zz, 1, T)]),
    io:format("~p~n", [lists:keymap(fun(X) -> {X} end, 2, [{a, 1}, {b, 2}])]),
    io:format("~p~n", [[t(fun() -> lists:keyfind(a, P, L) end) || {P, L} <- [{0, []}, {1, x}, {1, [a | b]}, {-1, [{a}]}, {x, []}]]]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
