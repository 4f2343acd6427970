%% SPDX-License-Identifier: Apache-2.0
%% erlang:send_after, start_timer, cancel_timer, read_timer.
-module(timers).
-export([main/0, id/1]).

main() ->
    S = self(),
    erlang:send_after(1, S, one),
    io:format("~p~n", [receive one -> one after 1000 -> late end]),
    R = erlang:start_timer(1, S, two),
    io:format("~p~n", [receive {timeout, R, two} -> two after 1000 -> late end]),
    R3 = erlang:send_after(100000, S, three),
    io:format("~p~n", [is_integer(erlang:read_timer(R3))]),
    Left = erlang:cancel_timer(R3),
    io:format("~p~n", [Left > 90000 andalso Left =< 100000]),
    io:format("~p~n", [erlang:cancel_timer(R3)]),
    io:format("~p~n", [erlang:read_timer(R3)]),
    io:format("~p~n", [receive three -> wrong after 0 -> none end]),
    [erlang:send_after(N, S, {n, N}) || N <- [30, 10, 20]],
    io:format("~p~n", [[receive {n, N} -> N end || _ <- [1, 2, 3]]]),
    register(timed, S),
    erlang:send_after(1, timed, by_name),
    io:format("~p~n", [receive by_name -> ok after 1000 -> late end]),
    erlang:send_after(1, nobody_there, x),
    R5 = erlang:send_after(1000, S, x),
    io:format("~p~n", [erlang:cancel_timer(R5, [{info, false}])]),
    R6 = erlang:send_after(1000, S, x),
    io:format("~p~n", [erlang:cancel_timer(R6, [{async, true}])]),
    receive {cancel_timer, R6, L6} -> io:format("~p~n", [is_integer(L6)]) end,
    R7 = erlang:start_timer(erlang:monotonic_time(millisecond) + 2, S, abs, [{abs, true}]),
    io:format("~p~n", [receive {timeout, R7, abs} -> abs after 1000 -> late end]),
    io:format("~p~n", [[t(fun() -> erlang:send_after(id(T), S, x) end) || T <- [-1, a, 1.0, 1 bsl 70]]]),
    io:format("~p~n", [t(fun() -> erlang:send_after(1, id("x"), x) end)]),
    io:format("~p~n", [t(fun() -> erlang:cancel_timer(id(x)) end)]),
    io:format("~p~n", [erlang:cancel_timer(make_ref())]),
    io:format("~p~n", [t(fun() -> erlang:start_timer(1, S, x, [y]) end)]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
