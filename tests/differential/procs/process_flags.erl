%% SPDX-License-Identifier: Apache-2.0
%% process_flag: old values returned, errors for bad ones.
-module(process_flags).
-export([main/0]).

main() ->
    [io:format("~p ~p ~p~n", [F, process_flag(F, V), process_flag(F, V)])
     || {F, V} <- [{trap_exit, true}, {priority, high}, {priority, normal}, {min_heap_size, 10000}, {fullsweep_after, 5}, {message_queue_data, off_heap}, {error_handler, my_handler}, {sensitive, true}]],
    io:format("~p~n", [process_flag(save_calls, 0)]),
    io:format("~p~n", [process_flag(max_heap_size, 0)]),
    io:format("~p~n", [process_info(self(), trap_exit)]),
    io:format("~p~n", [[t(fun() -> process_flag(F, V) end) || {F, V} <- [{trap_exit, 1}, {priority, x}, {nothing, 1}, {min_heap_size, -1}, {fullsweep_after, a}]]]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
