%% SPDX-License-Identifier: Apache-2.0
%% That a process has reached its max_heap_size is reported to logger, unless its flag error_logger
%% says no; the process is killed or goes on.
-module(max_heap_size_reported).
-export([main/0]).

main() ->
    Before = erlang:system_flag(system_logger, self()),
    [try_with(Options)
     || Options <- [1000, #{size => 1000}, #{size => 1000, kill => false},
                    #{size => 1000, error_logger => false},
                    #{size => 1000, kill => false, error_logger => false}]],
    Default = erlang:system_flag(max_heap_size, #{size => 0, kill => false, error_logger => false}),
    [try_with(Options)
     || Options <- [1000, #{size => 1000, kill => true}, #{size => 1000, error_logger => true},
                    #{size => 1000, kill => true, error_logger => true}]],
    erlang:system_flag(max_heap_size, Default),
    %% A process that sets its own limit, and one that another collects.
    show(run(fun() -> process_flag(max_heap_size, 1000), fill(), receive after infinity -> ok end end, [])),
    show(run(fun() -> Kept = seq(2000), process_flag(max_heap_size, 1000), erlang:garbage_collect(), Kept end, [])),
    erlang:system_flag(system_logger, undefined),
    show(run(fun fill/0, [{max_heap_size, 1000}])),
    erlang:system_flag(system_logger, Before).

try_with(Options) ->
    io:format("~p:~n", [Options]),
    show(run(fun fill/0, [{max_heap_size, Options}])).

fill() -> exit({has, length(seq(5000))}).

seq(0) -> [];
seq(N) -> [N | seq(N - 1)].

run(Fun, Options) ->
    {Pid, Monitor} = spawn_opt(Fun, [monitor | Options]),
    receive {'DOWN', Monitor, process, Pid, Reason} -> {Pid, Reason} end.

show({Pid, Reason}) ->
    io:format("  ended with ~p~n", [Reason]),
    receive
        {log, Level, Format, [Pid, Max, Total, Kill, Logger, Queue, Info], Meta} ->
            io:format("  ~0p ~s  ~0p~n",
                      [Level, Format, [Max, Total > Max, Kill, Logger, Queue, [Tag || {Tag, N} <- Info, is_integer(N)]]]),
            io:format("  ~0p~n", [[lists:sort(maps:keys(Meta)), maps:get(pid, Meta) =:= Pid,
                                  maps:get(gl, Meta) =:= group_leader(), maps:get(error_logger, Meta)]])
    after 50 ->
        io:format("  no report~n")
    end,
    flush().

%% One that is not killed may reach the limit often.
flush() ->
    receive _ -> flush() after 20 -> ok end.
