%% SPDX-License-Identifier: Apache-2.0
%% Chains of setelement and updates of wide records, which the compiler turns into
%% destructive updates of a fresh copy.
-module(set_tuple_element).
-export([main/0, id/1]).
-record(wide, {a, b, c, d, e, f, g, h, i, j, k, l}).

main() ->
    T = id({1, 2, 3, 4, 5}),
    io:format("~p~n", [setelement(1, setelement(3, setelement(5, T, e), c), a)]),
    io:format("~p~n", [setelement(5, setelement(3, setelement(1, T, a), c), e)]),
    io:format("~p~n", [T]),
    W = #wide{a = 1, l = 12},
    W2 = W#wide{b = 2, d = 4, f = 6, h = 8},
    W3 = W2#wide{a = x, l = {y, W2#wide.a}},
    io:format("~p~n~p~n~p~n", [W, W2, W3]),
    io:format("~p~n", [t(fun() -> setelement(1, setelement(6, T, x), y) end)]),
    L = [W#wide{c = N, e = [N], g = {N}} || N <- lists:seq(1, 300)],
    erlang:garbage_collect(),
    io:format("~p~n", [erlang:phash2(L)]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
