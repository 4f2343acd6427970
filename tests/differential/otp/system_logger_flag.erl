%% SPDX-License-Identifier: Apache-2.0
%% Who gets the reports that the emulator makes, and error_logger as a gen_event of its own.
-module(system_logger_flag).
-export([main/0]).
-export([init/1, handle_event/2, handle_call/2, handle_info/2, terminate/2]).

main() ->
    [io:format("~p~n", [tried(fun() -> erlang:system_flag(system_logger, V) end)])
     || V <- [a, 1, [], <<"x">>, make_ref(), "logger", {logger}]],
    Old = erlang:system_flag(system_logger, undefined),
    io:format("~p~n", [is_pid(Old) orelse Old =:= logger]),
    io:format("~p~n", [erlang:system_info(system_logger)]),
    io:format("~p~n", [erlang:system_flag(system_logger, self())]),
    io:format("~p~n", [erlang:system_info(system_logger) =:= self()]),
    Crashed = crash(first),
    receive
        {log, Level, Format, Args, Meta} ->
            io:format("~p ~p ~p~n", [Level, Format, length(Args)]),
            io:format("~p~n", [hd(Args) =:= Crashed]),
            io:format("~p~n", [element(1, lists:nth(2, Args))]),
            io:format("~p~n", [lists:sort(maps:keys(Meta))]),
            io:format("~p~n", [maps:get(error_logger, Meta)]),
            io:format("~p~n", [maps:get(pid, Meta) =:= Crashed])
    after 5000 -> io:format("none~n")
    end,
    io:format("~p~n", [erlang:system_flag(system_logger, undefined) =:= self()]),
    crash(second),
    io:format("~p~n", [receive M -> M after 100 -> none end]),
    io:format("~p~n", [erlang:system_flag(system_logger, logger)]),
    io:format("~p~n", [error_logger:add_report_handler(?MODULE, self())]),
    io:format("~p~n", [lists:member(?MODULE, gen_event:which_handlers(error_logger))]),
    error_logger:error_report([{a, b}]),
    error_logger:info_msg("text ~p", [1]),
    [io:format("~p~n", [receive {event, E} -> E after 5000 -> none end]) || _ <- [1, 2]],
    io:format("~p~n", [error_logger:delete_report_handler(?MODULE)]).

crash(Why) ->
    {Pid, M} = spawn_monitor(fun() -> error(Why) end),
    receive {'DOWN', M, process, Pid, _} -> Pid end.

tried(F) -> try F() catch C:R -> {C, R} end.

init(To) -> {ok, To}.
handle_event({Type, _, {_, Format, Args}}, To) -> To ! {event, {Type, Format, Args}}, {ok, To};
handle_event(_, To) -> {ok, To}.
handle_call(_, To) -> {ok, ok, To}.
handle_info(_, To) -> {ok, To}.
terminate(_, _) -> done.
