%% SPDX-License-Identifier: Apache-2.0
%% badmatch in its forms.
-module(badmatch_trace).
-export([main/0, id/1]).

main() ->
    trace(fun() -> {ok, X} = id(error), X end),
    trace(fun() -> [A, A] = id([1, 2]), A end),
    trace(fun() -> 1 = id(1.0) end),
    trace(fun() -> <<X:16, _/binary>> = id(<<1>>), X end),
    trace(fun() -> #{a := V} = id(#{b => 1}), V end),
    trace(fun() -> #{a := V} = id([]), V end),
    trace(fun() -> f(id([1])) end),
    trace(fun() -> "abc" ++ R = id("abx"), R end),
    trace(fun() -> X = id(1), {X, Y} = id({2, 3}), Y end),
    trace(fun() -> {_, _} = {_, _} = id({1}) end).

f(L) ->
    [H | T] = id(L),
    [H2 | _] = T,
    {H, H2}.

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
