%% SPDX-License-Identifier: Apache-2.0
%% Tail calls leave no frame; non-tail calls do; lines are those of the calls.
-module(trace_of_tail_calls).
-export([main/0]).

main() ->
    trace(fun() -> a(1) end),
    trace(fun() -> b(1) end),
    trace(fun() -> c(1) end).

a(X) -> a2(X + 1).
a2(X) -> a3(X).
a3(X) -> error({tail, X}).

b(X) ->
    Y = b2(X + 1),
    Y + 1.
b2(X) ->
    Y = b3(X),
    [Y].
b3(X) ->
    Z = error({body, X}),
    {Z}.

c(X) ->
    case c2(X) of
        {ok, V} -> V
    end.
c2(X) -> {ok, (c3(X))(X)}.
c3(Y) ->
    fun(X) ->
        Z = X + Y,
        error({in_fun, Z}),
        Z
    end.

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
