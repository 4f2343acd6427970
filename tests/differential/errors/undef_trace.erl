%% SPDX-License-Identifier: Apache-2.0
%% undef: missing modules, functions and arities, with the arguments in the trace.
-module(undef_trace).
-export([main/0, id/1]).

main() ->
    trace(fun() -> no_such_module:f(1, "two") end),
    trace(fun() -> lists:no_such_function(a) end),
    trace(fun() -> lists:reverse(1, 2, 3, 4) end),
    trace(fun() -> ?MODULE:local(1) end),
    trace(fun() -> (id(no_such_module)):g() end),
    trace(fun() -> apply(no_such_module, h, [1, [2]]) end),
    trace(fun() -> (fun no_such_module:x/1)(arg) end),
    trace(fun() -> {no_such_module:f(1), ok} end),
    trace(fun() -> erlang:no_such_bif(1) end),
    trace(fun() -> tail() end),
    io:format("~p~n", [local(2)]).

local(X) -> [X].
tail() -> no_such_module:tail_call().

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
