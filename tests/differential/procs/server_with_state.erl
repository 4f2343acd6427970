%% SPDX-License-Identifier: Apache-2.0
%% A hand-written server: calls, casts, state, hot swap of its loop fun, crash and restart.
-module(server_with_state).
-export([main/0]).

main() ->
    process_flag(trap_exit, true),
    P = start(0),
    [cast(P, {add, N}) || N <- lists:seq(1, 100)],
    io:format("~p~n", [call(P, get)]),
    io:format("~p~n", [call(P, {swap, fun(get, S) -> {{swapped, S}, S} end})]),
    io:format("~p~n", [call(P, get)]),
    cast(P, crash),
    receive {'EXIT', P, {R, _}} -> io:format("~p~n", [R]) end,
    io:format("~p~n", [call(P, get)]),
    P2 = start(7),
    io:format("~p~n", [call(P2, get)]).

start(S) -> spawn_link(fun() -> loop(fun handle/2, S) end).

loop(F, S) ->
    receive
        {call, From, Ref, {swap, G}} -> From ! {Ref, ok}, loop(G, S);
        {call, From, Ref, Q} -> {A, S2} = F(Q, S), From ! {Ref, A}, loop(F, S2);
        {cast, {add, N}} -> loop(F, S + N);
        {cast, crash} -> 1 = S
    end.

handle(get, S) -> {S, S}.

call(P, Q) ->
    R = monitor(process, P),
    P ! {call, self(), R, Q},
    receive
        {R, A} -> demonitor(R, [flush]), {ok, A};
        {'DOWN', R, _, _, W} -> {down, W}
    end.

cast(P, M) -> P ! {cast, M}.
