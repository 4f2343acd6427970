%% SPDX-License-Identifier: Apache-2.0
%% A dying process: links, monitors, names and tables are gone when its exit is seen.
-module(exit_order).
-export([main/0]).

main() ->
    process_flag(trap_exit, true),
    S = self(),
    P = spawn_link(fun() ->
        register(eo_name, self()),
        ets:new(eo_table, [named_table, public]),
        S ! ready,
        receive die -> exit(gone) end
    end),
    receive ready -> ok end,
    R = monitor(process, P),
    P ! die,
    receive {'DOWN', R, process, P, A} -> ok end,
    receive {'EXIT', P, B} -> ok end,
    io:format("~p~n", [{A, B, whereis(eo_name), ets:whereis(eo_table), is_process_alive(P)}]),
    C = [spawn_link(fun() -> receive N -> exit(N) end end) || _ <- lists:seq(1, 50)],
    [Q ! N || {Q, N} <- lists:zip(C, lists:seq(1, 50))],
    io:format("~w~n", [[receive {'EXIT', Q, N} -> N end || Q <- C]]),
    Killer = spawn(fun() -> process_flag(trap_exit, true), receive go -> ok end, receive {'EXIT', _, X} -> S ! {saw, X} end end),
    V = spawn(fun() -> link(Killer), S ! linked, receive x -> x end end),
    receive linked -> ok end,
    Killer ! go, exit(V, kill),
    receive {saw, X} -> io:format("~p~n", [X]) end.
