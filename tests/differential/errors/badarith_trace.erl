%% SPDX-License-Identifier: Apache-2.0
%% badarith: arithmetic instructions name the erlang function on top of the trace.
-module(badarith_trace).
-export([main/0, id/1]).

main() ->
    trace(fun() -> id(a) + 1 end),
    trace(fun() -> 1 + id([]) end),
    trace(fun() -> id(1) - id("x") end),
    trace(fun() -> id({}) * 2 end),
    trace(fun() -> id(1) / id(0) end),
    trace(fun() -> id(1.0) / id(0) end),
    trace(fun() -> id(1) div id(0) end),
    trace(fun() -> id(1.5) rem id(2) end),
    trace(fun() -> -id(x) end),
    trace(fun() -> bnot id(1.5) end),
    trace(fun() -> id(1) band id(b) end),
    trace(fun() -> id(1) bsl id(b) end),
    trace(fun() -> f(1.0e308) end),
    trace(fun() -> g(a, 1) end).

f(X) -> Y = X * 10.0, Y + 1.0.
g(A, B) when is_integer(B) -> B + 1 + h(A).
h(A) -> {A * 2}.

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
