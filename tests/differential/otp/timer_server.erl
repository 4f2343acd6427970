%% SPDX-License-Identifier: Apache-2.0
%% timer: apply_after, send_interval, apply_interval, cancel.
-module(timer_server).
-export([main/0]).

main() ->
    S = self(),
    {ok, _} = timer:apply_after(5, erlang, send, [S, applied]),
    receive applied -> io:format("applied~n") after 2000 -> io:format("late~n") end,
    {ok, I} = timer:send_interval(5, beat),
    [receive beat -> ok after 2000 -> late end || _ <- [1, 2, 3]],
    io:format("~p~n", [timer:cancel(I)]),
    {ok, A} = timer:apply_interval(5, erlang, send, [S, again]),
    io:format("~p~n", [[receive again -> ok after 2000 -> late end || _ <- [1, 2, 3]]]),
    io:format("~p~n", [timer:cancel(A)]),
    {ok, E} = timer:exit_after(10000, S, never),
    io:format("~p~n", [timer:cancel(E)]),
    {P, M} = spawn_monitor(fun() -> timer:kill_after(5), receive x -> x end end),
    receive {'DOWN', M, _, P, R} -> io:format("~p~n", [R]) end.
