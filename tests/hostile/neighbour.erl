% SPDX-License-Identifier: Apache-2.0
%% The well-behaved sandbox beside the hostile ones: an echo server.
-module(neighbour).
-export([ping/0, warm/0]).

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

%% Uses what reports of failures, printing and compiling need of the library.
warm() ->
    {Pid, Ref} = spawn_monitor(fun() -> error({warm, [1.5, "text", #{a => self()}]}) end),
    receive {'DOWN', Ref, process, Pid, _} -> ok end,
    catch gen_server:call(no_such_server, request),
    _ = io_lib:format("~p ~s ~w ~ts", [{warm, up}, "text", 1.5, <<"text">>]),
    _ = erl_scan:string("f() -> 1."),
    catch lists:keyfind(1, 0, a),
    catch binary:copy(<<0:8000>>, 1 bsl 62),
    catch ets:new(t, [none]),
    catch list_to_atom(1),
    timer:sleep(20).
