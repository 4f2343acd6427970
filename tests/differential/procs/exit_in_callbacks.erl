%% SPDX-License-Identifier: Apache-2.0
%% Exits while waiting, in nested receives, with timeouts pending, while sending to oneself.
-module(exit_in_callbacks).
-export([main/0]).

main() ->
    process_flag(trap_exit, true),
    io:format("~p~n", [how(fun() -> receive after 10000 -> x end end, shutdown)]),
    io:format("~p~n", [how(fun() -> receive {a, X} -> receive {b, X} -> x end end end, {nested, 1})]),
    io:format("~p~n", [how(fun() -> spin(0) end, stop_spinning)]),
    io:format("~p~n", [how(fun() -> try receive x -> x end after self() ! never_seen end end, kill)]),
    io:format("~p~n", [how(fun() -> try spin(0) catch _:_ -> caught end end, killed)]),
    io:format("~p~n", [how(fun() -> lists:map(fun(_) -> receive y -> y end end, [1]) end, in_map)]).

how(F, Reason) ->
    P = spawn_link(F),
    timer:sleep(2),
    exit(P, Reason),
    receive {'EXIT', P, R} -> R after 2000 -> not_dead end.

spin(N) -> spin(N + 1).
