% SPDX-License-Identifier: Apache-2.0
%% The well-behaved sandbox beside the hostile ones: an echo server.
-module(neighbour).
-export([ping/0]).

ping() ->
    Server = server(),
    Ref = make_ref(),
    Server ! {self(), Ref},
    receive Ref -> ok end.

server() ->
    case whereis(echo) of
        undefined ->
            Pid = spawn(fun loop/0),
            register(echo, Pid),
            Pid;
        Pid -> Pid
    end.

loop() ->
    receive {From, Ref} -> From ! Ref, loop() end.
