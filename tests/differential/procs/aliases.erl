%% SPDX-License-Identifier: Apache-2.0
%% Process aliases: explicit, reply, with monitors.
-module(aliases).
-export([main/0]).

main() ->
    A = alias(),
    A ! hello,
    io:format("~p~n", [receive hello -> got after 100 -> none end]),
    io:format("~p~n", [unalias(A)]),
    io:format("~p~n", [unalias(A)]),
    A ! lost,
    io:format("~p~n", [receive lost -> got after 10 -> none end]),
    B = alias([reply]),
    B ! first, B ! second,
    io:format("~p~n", [receive first -> got after 10 -> none end]),
    io:format("~p~n", [receive second -> got after 10 -> none end]),
    S = spawn(fun Loop() -> receive {req, R, X} -> R ! {R, X * 2}, Loop() end end),
    M = monitor(process, S, [{alias, reply_demonitor}]),
    S ! {req, M, 21},
    receive {M, V} -> io:format("~p~n", [V]) end,
    S ! {req, M, 22},
    io:format("~p~n", [receive {M, V2} -> V2 after 10 -> none end]),
    exit(S, kill),
    io:format("~p~n", [receive {'DOWN', M, _, _, _} -> down after 10 -> none end]),
    S2 = spawn(fun() -> receive {req, R, X} -> R ! {R, X}, R ! {R, X + 1}, exit(done) end end),
    M2 = monitor(process, S2, [{alias, demonitor}]),
    S2 ! {req, M2, 1},
    io:format("~p~n", [lists:sort([receive {M2, Y} -> Y; {'DOWN', M2, process, S2, R} -> R end || _ <- [1, 2, 3]])]),
    M2 ! gone,
    io:format("~p~n", [receive gone -> got after 10 -> none end]),
    C = alias([explicit_unalias]),
    [C ! N || N <- [1, 2, 3]],
    io:format("~p~n", [[receive X -> X after 10 -> none end || _ <- [1, 2, 3, 4]]]),
    io:format("~p~n", [[t(fun() -> alias(O) end) || O <- [[x], x]]]).

t(F) ->
    try F() of
        V -> {ok, V}
    catch
        C:R -> {C, R}
    end.
