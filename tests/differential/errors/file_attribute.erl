%% SPDX-License-Identifier: Apache-2.0
%% -file attributes change the file and line in traces.
-module(file_attribute).
-export([main/0]).

main() ->
    trace(fun() -> one() end),
    trace(fun() -> two() end),
    trace(fun() -> three() end).

one() -> [error(one)].

-file("generated/by_hand.yrl", 100).
two() -> [error(two)].

-file("other/résumé.erl", 7).
three() ->
    X = two(),
    X.

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
