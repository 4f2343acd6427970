%% SPDX-License-Identifier: Apache-2.0
%% badarg and system_limit from binary construction: what the trace says.
-module(binary_construction_errors).
-export([main/0, id/1]).

main() ->
    trace(fun() -> <<(id(a))>> end),
    trace(fun() -> <<(id(1.5)):8>> end),
    trace(fun() -> <<(id(1)):(id(-1))>> end),
    trace(fun() -> <<(id(1)):(id(a))>> end),
    trace(fun() -> <<(id(1))/float, (id(b))/float>> end),
    trace(fun() -> <<(id(1)):17/float>> end),
    trace(fun() -> <<(id(1))/binary>> end),
    trace(fun() -> <<(id(<<1:1>>))/binary>> end),
    trace(fun() -> <<(id(<<1>>)):2/binary>> end),
    trace(fun() -> <<(id(16#d800))/utf8>> end),
    trace(fun() -> <<(id(-1))/utf16>> end),
    trace(fun() -> <<"x", (id(x))/utf32>> end),
    trace(fun() -> {<<1, (id([]))/bits>>} end).

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
