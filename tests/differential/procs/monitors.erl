%% SPDX-License-Identifier: Apache-2.0
%% Monitors: of processes, names, dead processes; demonitor with its options.
-module(monitors).
-export([main/0, id/1]).

main() ->
    {P, R} = spawn_monitor(fun() -> receive die -> exit(died) end end),
    R2 = monitor(process, P),
    true = demonitor(R),
    P ! die,
    receive {'DOWN', R2, process, P, X} -> io:format("~p~n", [X]) end,
    io:format("~p~n", [receive {'DOWN', R, _, _, _} -> wrong after 0 -> none end]),
    R3 = monitor(process, P),
    receive {'DOWN', R3, process, P, X3} -> io:format("~p~n", [X3]) end,
    R4 = monitor(process, nobody_of_that_name),
    receive {'DOWN', R4, process, Who, X4} -> io:format("~p ~p~n", [Who =:= {nobody_of_that_name, node()}, X4]) end,
    N = spawn(fun() -> receive die -> exit(named) end end),
    register(a_name, N),
    R5 = monitor(process, a_name),
    a_name ! die,
    receive {'DOWN', R5, process, {a_name, _}, X5} -> io:format("~p~n", [X5]) end,
    Q = spawn(fun() -> receive die -> ok end end),
    R6 = monitor(process, Q),
    Q ! die, timer:sleep(5),
    io:format("~p~n", [demonitor(R6, [flush])]),
    io:format("~p~n", [demonitor(R6, [info])]),
    io:format("~p~n", [demonitor(R6, [flush, info])]),
    L = spawn(fun() -> receive die -> ok end end),
    R7 = monitor(process, L),
    io:format("~p~n", [demonitor(R7, [info])]),
    io:format("~p~n", [demonitor(R7, [info])]),
    io:format("~p~n", [receive Z -> Z after 0 -> empty end]),
    io:format("~p~n", [[t(fun() -> monitor(id(W), self()) end) || W <- [processes, x]]]),
    io:format("~p~n", [t(fun() -> monitor(process, id({a})) end)]),
    io:format("~p~n", [t(fun() -> demonitor(id(x)) end)]),
    R8 = monitor(process, L, [{tag, {mine, 1}}]),
    exit(L, kill),
    receive {{mine, 1}, R8, process, L, X8} -> io:format("~p~n", [X8]) end,
    io:format("~p~n", [is_reference(monitor(process, self()))]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
