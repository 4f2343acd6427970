%% SPDX-License-Identifier: Apache-2.0
%% Frames of comprehensions, funs in funs, and binary comprehensions.
-module(trace_in_comprehensions).
-export([main/0, id/1]).

main() ->
    trace(fun() -> [X + 1 || X <- [1, a]] end),
    trace(fun() -> [[Y || Y <- X] || X <- [[1], id(b)]] end),
    trace(fun() -> << <<(X + 1)>> || X <- [1, a] >> end),
    trace(fun() -> [X || <<X>> <= id(c)] end),
    trace(fun() -> [fun() -> Y = X, {Y + z} end() || X <- [1]] end),
    trace(fun() -> [element(X, {a}) || X <- [1, 2], X > 0] end),
    trace(fun() -> #{k => [hd(X) || X <- [[1], []]]} end),
    trace(fun() -> lists:foldl(fun(X, F) -> fun() -> {F(), X} end end, fun() -> error(inner) end, [1, 2]) end),
    trace(fun() -> G = lists:foldl(fun(X, F) -> fun() -> {F(), X} end end, fun() -> error(inner) end, [1, 2]), G() end).

%% Hides a value from the compiler.
id(X) -> X.

%% Prints how F ends, with the whole stack trace of a process of its own.
trace(F) ->
    {_, Ref} = spawn_monitor(fun() -> exit({trace, outcome(F)}) end),
    receive {'DOWN', Ref, process, _, {trace, T}} -> io:format("~p~n", [T]) end.

outcome(F) ->
    try F() of
        V -> {returned, V}
    catch
        C:R:S -> {C, R, S}
    end.
