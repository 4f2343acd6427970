%% SPDX-License-Identifier: Apache-2.0
%% system_limit where the machine's limits are fixed.
-module(system_limit).
-export([main/0, id/1]).

main() ->
    trace(fun() -> id(1) bsl id(1 bsl 40) end),
    trace(fun() -> list_to_atom(lists:duplicate(256, $a)) end),
    trace(fun() -> binary_to_atom(binary:copy(<<"a">>, 256)) end),
    trace(fun() -> length(atom_to_list(list_to_atom(lists:duplicate(255, $b)))) end),
    trace(fun() -> erlang:make_tuple(id(1 bsl 24), a), ok end),
    trace(fun() -> erlang:make_tuple(id(1 bsl 70), a) end),
    trace(fun() -> F = id(fun(X) -> X end), apply(F, lists:seq(1, 300)), ok end).

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
