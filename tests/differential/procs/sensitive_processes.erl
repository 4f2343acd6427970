%% SPDX-License-Identifier: Apache-2.0
%% A process that is sensitive shows neither its dictionary nor its messages nor its stack.
-module(sensitive_processes).
-export([main/0]).

main() ->
    put(key, value),
    self() ! message,
    Other = spawn(fun() -> put(its, key), process_flag(sensitive, true), wait() end),
    Other ! message,
    timer:sleep(20),
    show(self()),
    show(Other),
    io:format("~p~n", [process_flag(sensitive, true)]),
    show(self()),
    io:format("~p ~p~n", [get(key), get()]),
    io:format("~p~n", [process_flag(sensitive, false)]),
    show(self()),
    exit(Other, kill).

wait() -> receive stop -> ok end.

show(Pid) ->
    [Dictionary, Messages, Length, Text, Stack] =
        [element(2, process_info(Pid, Item))
         || Item <- [dictionary, messages, message_queue_len, backtrace, current_stacktrace]],
    io:format("~p~n", [{Dictionary, Messages, Length, byte_size(Text) > 20, Text =:= <<>>, length(Stack) > 0}]),
    io:format("~p~n", [proplists:get_value(dictionary, process_info(Pid))]).
