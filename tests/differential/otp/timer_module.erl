%% SPDX-License-Identifier: Apache-2.0
%% timer functions that need no server, and conversions.
-module(timer_module).
-export([main/0]).

main() ->
    io:format("~p~n", [timer:sleep(1)]),
    {T, V} = timer:tc(fun() -> lists:sum(lists:seq(1, 1000)) end),
    io:format("~p ~p~n", [is_integer(T) andalso T >= 0, V]),
    {T2, V2} = timer:tc(lists, reverse, [[1, 2]]),
    io:format("~p ~p~n", [is_integer(T2), V2]),
    io:format("~p~n", [[timer:seconds(2), timer:minutes(1), timer:hours(1), timer:hms(1, 2, 3)]]),
    io:format("~p~n", [timer:now_diff({1, 2, 3}, {1, 1, 2})]),
    {ok, R} = timer:send_after(1, tick),
    receive tick -> io:format("tick~n") after 1000 -> io:format("late~n") end,
    io:format("~p~n", [element(1, timer:cancel(R))]).
