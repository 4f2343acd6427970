%% SPDX-License-Identifier: Apache-2.0
%% suspend_process and resume_process.
-module(suspend_and_resume).
-export([main/0, id/1]).

main() ->
    S = self(),
    P = spawn(fun L() -> receive X -> S ! {echo, X}, L() end end),
    io:format("~p~n", [erlang:suspend_process(P)]),
    P ! one,
    io:format("~p~n", [receive {echo, one} -> got after 20 -> none end]),
    io:format("~p~n", [process_info(P, status)]),
    io:format("~p~n", [process_info(self(), suspending) =:= {suspending, [{P, 1, 0}]}]),
    io:format("~p~n", [erlang:suspend_process(P, [unless_suspending])]),
    io:format("~p~n", [erlang:resume_process(P)]),
    io:format("~p~n", [receive {echo, one} -> got after 1000 -> none end]),
    io:format("~p~n", [t(fun() -> erlang:resume_process(P) end)]),
    io:format("~p~n", [t(fun() -> erlang:suspend_process(self()) end)]),
    io:format("~p~n", [t(fun() -> erlang:suspend_process(id(x)) end)]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
