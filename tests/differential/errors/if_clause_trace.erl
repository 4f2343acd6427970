%% SPDX-License-Identifier: Apache-2.0
%% if_clause and try_clause.
-module(if_clause_trace).
-export([main/0, id/1]).

main() ->
    trace(fun() -> cond1(id(5)) end),
    trace(fun() -> {cond1(id(x)), ok} end),
    trace(fun() -> tryc(id(7)) end),
    trace(fun() -> [tryc(id({a, "b"}))] end).

cond1(X) ->
    if
        X =:= 1 -> one;
        X =:= 2, is_integer(X) -> two
    end.

tryc(X) ->
    try id(X) of
        1 -> one;
        2 -> two
    catch
        throw:_ -> thrown
    end.

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
