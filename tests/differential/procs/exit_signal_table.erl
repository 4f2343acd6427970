%% SPDX-License-Identifier: Apache-2.0
%% exit/2 with every reason against trapping and other processes.
-module(exit_signal_table).
-export([main/0]).

main() ->
    io:format("~p~n", [[{R, T, probe(R, T)} || R <- [normal, kill, killed, shutdown, {shutdown, x}, other, noproc], T <- [true, false]]]),
    io:format("~p~n", [[{R, T, linked(R, T)} || R <- [normal, kill, killed, shutdown, {bad, reason}], T <- [true, false]]]).

probe(Reason, Trap) ->
    S = self(),
    {P, M} = spawn_monitor(fun() -> process_flag(trap_exit, Trap), S ! {self(), ready}, loop(S) end),
    receive {P, ready} -> ok end,
    exit(P, Reason),
    P ! ping,
    receive
        {'DOWN', M, process, P, R} -> {died, R};
        {P, {'EXIT', S, R}} -> finish(P, M), {message, R};
        {P, ping} -> finish(P, M), ignored
    end.

linked(Reason, Trap) ->
    S = self(),
    {P, M} = spawn_monitor(fun() -> process_flag(trap_exit, Trap), C = spawn_link(fun() -> receive go -> exit(Reason) end end), S ! {self(), C}, loop(S) end),
    receive {P, C} -> ok end,
    CM = monitor(process, C),
    C ! go,
    receive {'DOWN', CM, process, C, _} -> ok end,
    P ! ping,
    receive
        {'DOWN', M, process, P, R} -> {died, R};
        {P, {'EXIT', _, R}} -> finish(P, M), {message, R};
        {P, ping} -> finish(P, M), ignored
    end.

finish(P, M) ->
    exit(P, kill),
    receive {'DOWN', M, _, _, _} -> ok end,
    flush().

flush() -> receive _ -> flush() after 0 -> ok end.
loop(S) -> receive X -> S ! {self(), X}, loop(S) end.
