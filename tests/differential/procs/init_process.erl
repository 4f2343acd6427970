%% SPDX-License-Identifier: Apache-2.0
%% The process init: programs make it the group leader of what is to live on its own.
-module(init_process).
-export([main/0]).

main() ->
    Init = whereis(init),
    io:format("~p ~p~n", [is_pid(Init), is_process_alive(Init)]),
    io:format("~p~n", [Init =:= whereis(init)]),
    io:format("~p~n", [lists:member(init, registered())]),
    io:format("~p~n", [process_info(Init, [registered_name, trap_exit])]),
    {Pid, Ref} = spawn_monitor(fun() ->
                                   true = group_leader(Init, self()),
                                   exit({group_leader() =:= Init, io:put_chars("")})
                               end),
    receive {'DOWN', Ref, process, Pid, Why} -> io:format("~p~n", [Why]) end,
    io:format("~p~n", [try register(init, self()) catch C:R -> {C, R} end]),
    Parked = spawn(fun() -> receive after infinity -> ok end end),
    io:format("~p ~p~n", [group_leader(Init, Parked), process_info(Parked, group_leader) =:= {group_leader, Init}]),
    exit(Parked, kill),
    [io:format("~p~n", [try init:stop(X) catch C2:R2 -> {C2, R2} end])
     || X <- [[65, [66], 67], [65, 666], [65 | 66], abort, true, -1, 1.0, <<"a">>]].
