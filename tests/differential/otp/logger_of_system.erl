%% SPDX-License-Identifier: Apache-2.0
%% The proxy of logger: its configuration, events that it is sent, reports of the emulator that
%% come to it.
-module(logger_of_system).
-export([main/0, log/2]).

main() ->
    show(logger:get_proxy_config()),
    show(logger:set_proxy_config(#{drop_mode_qlen => 700})),
    show(logger:get_proxy_config()),
    show(logger:update_proxy_config(#{sync_mode_qlen => 400})),
    show(logger:get_proxy_config()),
    show(logger:set_proxy_config(#{drop_mode_qlen => 0})),
    show(is_pid(whereis(logger_proxy))),
    show(erlang:system_flag(system_logger, whereis(logger_proxy)) =:= whereis(logger_proxy)),
    ok = logger:add_handler(mine, ?MODULE, #{config => self()}),
    logger:remove_handler(default),
    logger_proxy ! {log, notice, "sent ~p", [directly], #{pid => self(), gl => group_leader(), time => 1}},
    show(event()),
    {Pid, Monitor} = spawn_monitor(fun() -> exit(whereis(no_process)) end),
    receive {'DOWN', Monitor, process, Pid, _} -> ok end,
    {Failed, Monitor2} = spawn_monitor(fun() -> error(failed) end),
    receive {'DOWN', Monitor2, process, Failed, _} -> ok end,
    {error, {"Error in process ~p with exit value:~n~p~n", [Failed, {failed, [_ | _]}]}, Keys} = event(),
    show(Keys),
    {Large, Monitor3} = spawn_opt(fun() -> grow([]) end, [monitor, {max_heap_size, 1000}]),
    receive {'DOWN', Monitor3, process, Large, Reason} -> show(Reason) end,
    {error, {_, [Large, 1000 | _]}, Keys3} = event(),
    show(Keys3),
    show([Id || {Id, _, _, _} <- supervisor:which_children(logger_sup), Id =:= logger_proxy]).

grow(List) -> grow([List | lists:seq(1, 100)]).

log(#{level := Level, msg := Message, meta := Meta}, #{config := To}) ->
    To ! {event, Level, Message, lists:sort(maps:keys(Meta))}.

event() ->
    receive {event, Level, Message, Keys} -> {Level, Message, Keys}
    after 5000 -> none
    end.

show(Term) -> io:format("~p~n", [Term]).
