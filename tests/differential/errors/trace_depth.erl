%% SPDX-License-Identifier: Apache-2.0
%% The stack trace holds eight entries unless backtrace_depth says otherwise.
-module(trace_depth).
-export([main/0]).

main() ->
    io:format("~p~n", [depth(30)]),
    trace(fun() -> down(30) end),
    Old = erlang:system_flag(backtrace_depth, 3),
    io:format("~p~n", [Old]),
    io:format("~p~n", [depth(30)]),
    io:format("~p~n", [erlang:system_flag(backtrace_depth, Old)]),
    io:format("~p~n", [depth(2)]).

depth(N) ->
    {_, Ref} = spawn_monitor(fun() -> exit(try down(N) catch _:_:S -> length(S) end) end),
    receive {'DOWN', Ref, _, _, R} -> R end.

down(0) -> error(bottom);
down(N) -> 1 + down(N - 1).

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
