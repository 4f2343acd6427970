%% SPDX-License-Identifier: Apache-2.0
%% The crash reports of the emulator go to the process that the flag names, which logger's
%% proxy uses; error_logger's own handlers work.
-module(system_logger).
-export([main/0]).
-export([init/1, handle_event/2, handle_call/2, handle_info/2, terminate/2]).

main() ->
    logger:set_primary_config(level, none),
    Before = erlang:system_flag(system_logger, self()),
    io:format("~p ~p~n", [Before =:= logger orelse is_pid(Before),
                          erlang:system_flag(system_logger, self()) =:= self()]),
    Pid = crash(),
    receive
        {log, Level, Format, [Pid, Reason], Meta} ->
            io:format("~p ~p~n~p~n", [Level, is_list(Format), Reason]),
            io:format("~p~n", [[maps:get(pid, Meta) =:= Pid, maps:get(gl, Meta) =:= group_leader(),
                                maps:get(error_logger, Meta), is_integer(maps:get(time, Meta))]])
    after 5000 -> io:format("nothing~n")
    end,
    erlang:system_flag(system_logger, undefined),
    crash(),
    receive Other -> io:format("~p~n", [Other]) after 100 -> io:format("nothing~n") end,
    [io:format("~p~n", [catch erlang:system_flag(system_logger, X)]) || X <- [other, 1, "x", {}]],
    erlang:system_flag(system_logger, Before),
    logger:set_primary_config(level, notice),
    logger:remove_handler(default),
    io:format("~p~n", [error_logger:add_report_handler(?MODULE, self())]),
    Second = crash(),
    receive
        {error, _, {emulator, _, [Second | _]}} -> io:format("reported~n")
    after 5000 -> io:format("nothing~n")
    end.

crash() ->
    {Pid, Monitor} = spawn_monitor(fun() -> error(crash) end),
    receive {'DOWN', Monitor, process, Pid, _} -> Pid end.

init(To) -> {ok, To}.
handle_event(Event, To) -> To ! Event, {ok, To}.
handle_call(_, To) -> {ok, ok, To}.
handle_info(_, To) -> {ok, To}.
terminate(_, _) -> ok.
