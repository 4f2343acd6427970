%% SPDX-License-Identifier: Apache-2.0
%% timeout_value for bad receive timeouts, with trace.
-module(timeout_value).
-export([main/0, id/1]).

main() ->
    [trace(fun() -> wait(T) end) || T <- [-1, a, 1.5, 16#100000000, "5", -1 bsl 70]],
    trace(fun() -> receive after id(16#ffffffff + 1) -> x end end),
    trace(fun() -> {wait(0), wait(1)} end).

wait(T) ->
    receive
        never -> never
    after id(T) -> timeout
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
