%% SPDX-License-Identifier: Apache-2.0
%% Guards in funs, receive, case, if and comprehension filters.
-module(guards_in_funs_and_receive).
-export([main/0, id/1]).

main() ->
    F = fun(X) when X > 10 -> big; (X) when is_atom(X); X =:= 0 -> odd; (_) -> small end,
    io:format("~p~n", [[F(X) || X <- [11, a, 0, 5, -1.0]]]),
    [self() ! M || M <- [{n, 1}, {n, 20}, {s, "a"}, {n, 30}, skip]],
    io:format("~p~n", [receive {n, N} when N > 10, N < 25 -> N after 0 -> none end]),
    io:format("~p~n", [receive {n, K} when K + a > 10 -> K; {n, K} when K > 25 -> {second, K} after 0 -> none end]),
    io:format("~p~n", [receive {T, V} when T =:= s, hd(V) =:= $a -> V after 0 -> none end]),
    io:format("~p~n", [[X || X <- [1, a, [2], {3}], hd(X) =:= 2 orelse X =:= a]]),
    io:format("~p~n", [[X || X <- [1, a, [2], {3}], is_list(X), hd(X) =:= 2]]),
    io:format("~p~n", [t(fun() -> [X || X <- [a], element(1, id(X))] end)]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
