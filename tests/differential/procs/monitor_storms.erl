%% SPDX-License-Identifier: Apache-2.0
%% Thousands of monitors and links on one process, all delivered.
-module(monitor_storms).
-export([main/0]).

main() ->
    P = spawn(fun() -> receive stop -> exit(stopped) end end),
    Rs = [monitor(process, P) || _ <- lists:seq(1, 3000)],
    [demonitor(R) || {R, N} <- lists:zip(Rs, lists:seq(1, 3000)), N rem 2 =:= 0],
    S = self(),
    Qs = [spawn(fun() -> process_flag(trap_exit, true), link(P), S ! linked, receive {'EXIT', P, R} -> S ! {q, R} end end) || _ <- lists:seq(1, 500)],
    [receive linked -> ok end || _ <- Qs],
    P ! stop,
    io:format("~p~n", [length([receive {'DOWN', R, process, P, stopped} -> 1 end || {R, N} <- lists:zip(Rs, lists:seq(1, 3000)), N rem 2 =:= 1])]),
    io:format("~p~n", [lists:usort([receive {q, R} -> R end || _ <- Qs])]),
    io:format("~p~n", [receive X -> X after 0 -> empty end]).
