%% SPDX-License-Identifier: Apache-2.0
%% A process over its max_heap_size is killed; others see the reason.
-module(max_heap_size).
-export([main/0]).

main() ->
    {P, R} = spawn_opt(fun() -> eat([]) end, [monitor, {max_heap_size, #{size => 100000, kill => true, error_logger => false}}]),
    receive {'DOWN', R, process, P, Why} -> io:format("~p~n", [Why]) end,
    {P2, R2} = spawn_opt(fun() -> exit(length(lists:seq(1, 1000))) end, [monitor, {max_heap_size, 100000}]),
    receive {'DOWN', R2, process, P2, Why2} -> io:format("~p~n", [Why2]) end,
    io:format("~p~n", [process_flag(max_heap_size, #{size => 1000000, kill => true, error_logger => false})]),
    {_, M} = process_info(self(), max_heap_size),
    io:format("~p~n", [maps:with([size, kill, error_logger], M)]).

eat(L) -> eat([L, lists:seq(1, 100) | L]).
