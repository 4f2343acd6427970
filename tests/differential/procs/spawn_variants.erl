%% SPDX-License-Identifier: Apache-2.0
%% spawn, spawn_link, spawn_monitor, spawn_opt with funs and module, function, arguments.
-module(spawn_variants).
-export([main/0]).
-export([say/2]).

main() ->
    S = self(),
    spawn(fun() -> S ! one end), w(),
    spawn(?MODULE, say, [S, two]), w(),
    spawn_link(fun() -> S ! three end), w(),
    spawn_link(?MODULE, say, [S, four]), w(),
    {P5, R5} = spawn_monitor(fun() -> exit(five) end),
    receive {'DOWN', R5, process, P5, X5} -> io:format("~p~n", [X5]) end,
    {P6, R6} = spawn_monitor(erlang, exit, [six]),
    receive {'DOWN', R6, process, P6, X6} -> io:format("~p~n", [X6]) end,
    spawn_opt(fun() -> S ! {seven, process_info(self(), priority)} end, [{priority, high}]), w(),
    {P8, R8} = spawn_opt(fun() -> exit(eight) end, [monitor, {min_heap_size, 1000}]),
    receive {'DOWN', R8, process, P8, X8} -> io:format("~p~n", [X8]) end,
    spawn_opt(?MODULE, say, [S, nine], [link, {fullsweep_after, 10}, {message_queue_data, off_heap}]), w(),
    {P10, R10} = spawn_opt(fun() -> exit(ten) end, [{monitor, [{tag, {my, tag}}]}]),
    receive {{my, tag}, R10, process, P10, X10} -> io:format("~p~n", [X10]) end,
    spawn(node(), fun() -> S ! eleven end), w(),
    spawn(node(), ?MODULE, say, [S, twelve]), w(),
    process_flag(trap_exit, true),
    P13 = spawn_link(fun() -> exit(thirteen) end),
    receive {'EXIT', P13, X13} -> io:format("~p~n", [X13]) end,
    {P14, R14} = spawn_opt(fun() -> exit(fourteen) end, [link, monitor]),
    io:format("~p~n", [lists:sort([receive {'EXIT', P14, A} -> {exit, A}; {'DOWN', R14, process, P14, A} -> {down, A} end || _ <- [1, 2]])]),
    io:format("~p~n", [[t(fun() -> spawn_opt(fun() -> ok end, O) end) || O <- [[x], x, [{priority, none}], [{min_heap_size, -1}], [link | monitor], [{monitor, x}]]]]).

w() -> receive X -> io:format("~p~n", [X]) after 1000 -> io:format("nothing~n") end.
say(P, X) -> P ! X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
