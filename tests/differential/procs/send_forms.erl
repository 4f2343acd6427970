%% SPDX-License-Identifier: Apache-2.0
%% erlang:send/2,3 and send_nosuspend, results and errors.
-module(send_forms).
-export([main/0, id/1]).

main() ->
    S = self(),
    io:format("~p~n", [[erlang:send(S, a), erlang:send(S, b, []), erlang:send(S, c, [nosuspend, noconnect]), erlang:send_nosuspend(S, d)]]),
    io:format("~p~n", [[receive X -> X end || _ <- [1, 2, 3, 4]]]),
    io:format("~p~n", [t(fun() -> erlang:send(nobody_here, x) end)]),
    io:format("~p~n", [t(fun() -> erlang:send(S, x, [y]) end)]),
    io:format("~p~n", [t(fun() -> id(17) ! x end)]),
    io:format("~p~n", [t(fun() -> id({a, b, c}) ! x end)]),
    io:format("~p~n", [t(fun() -> id({"a", node()}) ! x end)]),
    io:format("~p~n", [S ! (S ! twice)]),
    io:format("~p~n", [[receive X -> X end || _ <- [1, 2]]]),
    io:format("~p~n", [make_ref() ! nowhere =:= nowhere]).

%% Hides a value from the compiler.
id(X) -> X.

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
