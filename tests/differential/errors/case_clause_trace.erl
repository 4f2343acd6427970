%% SPDX-License-Identifier: Apache-2.0
%% case_clause with values of several kinds, at several depths.
-module(case_clause_trace).
-export([main/0, id/1]).

main() ->
    [trace(fun() -> pick(V) end) || V <- [3, 3.5, x, [], [1, 2], "str", {a, b}, <<1, 2>>, #{a => 1}, 1 bsl 70]],
    trace(fun() -> nested(id(2)) end).

pick(V) ->
    case id(V) of
        1 -> one;
        two -> two
    end.

nested(X) ->
    R = case X of
        1 -> a;
        _ ->
            case {X, id(X)} of
                {1, _} -> b;
                {_, 1} -> c
            end
    end,
    {R}.

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
