%% SPDX-License-Identifier: Apache-2.0
%% register, unregister, whereis, sending to names.
-module(registered_names).
-export([main/0, id/1]).

main() ->
    P = spawn(fun Loop() -> receive {F, X} -> F ! {got, X}, Loop(); stop -> ok end end),
    io:format("~p~n", [register(my_proc, P)]),
    io:format("~p~n", [whereis(my_proc) =:= P]),
    my_proc ! {self(), 1},
    receive {got, X} -> io:format("~p~n", [X]) end,
    {my_proc, node()} ! {self(), 2},
    receive {got, X2} -> io:format("~p~n", [X2]) end,
    io:format("~p~n", [t(fun() -> register(my_proc, self()) end)]),
    io:format("~p~n", [t(fun() -> register(other, P) end)]),
    io:format("~p~n", [t(fun() -> register(undefined, self()) end)]),
    io:format("~p~n", [t(fun() -> register(bad, spawn(fun() -> ok end)), unregister(bad) end) =/= none]),
    io:format("~p~n", [lists:member(my_proc, registered())]),
    io:format("~p~n", [process_info(P, registered_name)]),
    io:format("~p~n", [process_info(self(), registered_name)]),
    io:format("~p~n", [unregister(my_proc)]),
    io:format("~p~n", [t(fun() -> unregister(my_proc) end)]),
    io:format("~p~n", [t(fun() -> my_proc ! x end)]),
    io:format("~p~n", [t(fun() -> {my_proc, node()} ! x end)]),
    io:format("~p~n", [whereis(my_proc)]),
    register(my_proc, P),
    M = monitor(process, P),
    P ! stop,
    receive {'DOWN', M, _, _, _} -> ok end,
    io:format("~p~n", [whereis(my_proc)]),
    io:format("~p~n", [[t(fun() -> whereis(id(W)) end) || W <- ["x", 1, self]]]),
    io:format("~p~n", [[t(fun() -> register(id(W), self()) end) || W <- ["x", 1]]]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
