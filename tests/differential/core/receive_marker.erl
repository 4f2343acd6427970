%% SPDX-License-Identifier: Apache-2.0
%% Calls to servers with a full mailbox: the receive marker skips what came before.
-module(receive_marker).
-export([main/0]).

main() ->
    [self() ! {old, N} || N <- lists:seq(1, 20000)],
    Server = spawn(fun server/0),
    io:format("~p~n", [lists:sum([call(Server, N) || N <- lists:seq(1, 500)])]),
    io:format("~p~n", [monitored()]),
    io:format("~p~n", [process_info(self(), message_queue_len)]),
    io:format("~p~n", [lists:sum([receive {old, N} -> N end || N <- lists:seq(1, 20000)])]).

call(Server, N) ->
    Ref = make_ref(),
    Server ! {self(), Ref, N},
    receive {Ref, Reply} -> Reply end.

server() ->
    receive {From, Ref, N} -> From ! {Ref, N * 2} end,
    server().

monitored() ->
    {Pid, Ref} = spawn_monitor(fun() -> exit(done) end),
    receive {'DOWN', Ref, process, Pid, Reason} -> Reason end.
