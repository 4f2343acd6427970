%% SPDX-License-Identifier: Apache-2.0
%% proc_lib: start, init_ack, initial_call, crash reasons, stop.
-module(proc_lib_processes).
-export([main/0]).
-export([good/1, bad/0, slow/0]).

main() ->
    process_flag(trap_exit, true),
    {ok, P} = proc_lib:start_link(?MODULE, good, [self()]),
    io:format("~p~n", [proc_lib:initial_call(P)]),
    io:format("~p~n", [proc_lib:translate_initial_call(P)]),
    P ! {self(), dict},
    receive {dict, D} -> io:format("~p~n", [D]) end,
    io:format("~p~n", [proc_lib:stop(P, stopped, 1000)]),
    receive {'EXIT', P, R} -> io:format("~p~n", [R]) end,
    io:format("~p~n", [proc_lib:start_link(?MODULE, bad, [])]),
    receive {'EXIT', _, R2} -> io:format("~p~n", [R2]) after 20 -> io:format("none~n") end,
    io:format("~p~n", [proc_lib:start(?MODULE, slow, [], 10)]),
    Q = proc_lib:spawn_link(fun() -> exit(normal) end),
    receive {'EXIT', Q, R3} -> io:format("~p~n", [R3]) end,
    Q2 = proc_lib:spawn_link(erlang, exit, [{shutdown, x}]),
    receive {'EXIT', Q2, R4} -> io:format("~p~n", [R4]) end,
    io:format("~p~n", [proc_lib:initial_call(Q)]),
    {E, M} = proc_lib:spawn_opt(fun() -> error(crash) end, [monitor]),
    receive {'DOWN', M, process, E, {R5, _}} -> io:format("~p~n", [R5]) end.

good(Parent) ->
    proc_lib:init_ack({ok, self()}),
    loop(Parent).

loop(Parent) ->
    receive
        {F, dict} -> F ! {dict, [{K, if K =:= '$ancestors' -> V =:= [Parent]; true -> V end} || {K, V} <- lists:sort(get())]}, loop(Parent);
        {system, From, {terminate, R}} -> gen:reply(From, ok), exit(R);
        {system, From, Req} -> sys:handle_system_msg(Req, From, Parent, ?MODULE, [], x)
    end.

bad() -> exit(bad_start).
slow() -> timer:sleep(1000).
