%% SPDX-License-Identifier: Apache-2.0
%% badrecord.
-module(badrecord_trace).
-export([main/0, id/1]).
-record(r, {a, b = 2}).
-record(s, {a}).

main() ->
    trace(fun() -> (id(x))#r.a end),
    trace(fun() -> (id(#s{}))#r.b end),
    trace(fun() -> (id({r, 1}))#r{a = 2} end),
    trace(fun() -> (id({s, 1, 2}))#r{a = 2, b = 3} end),
    trace(fun() -> get_b(id({r, 1, 2, 3})) end),
    trace(fun() -> get_b(id(#r{})) end).

get_b(R) -> R#r.b.

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
