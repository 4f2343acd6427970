%% SPDX-License-Identifier: Apache-2.0
%% Messages between two processes keep their order, with other senders mixed in.
-module(message_order).
-export([main/0]).

main() ->
    S = self(),
    Ps = [spawn(fun() -> [S ! {K, N} || N <- lists:seq(1, 500)] end) || K <- lists:seq(1, 5)],
    Got = [receive {K, N} -> {K, N} end || _ <- lists:seq(1, 2500)],
    io:format("~p~n", [[[N || {K, N} <- Got, K =:= P] =:= lists:seq(1, 500) || P <- [1, 2, 3, 4, 5]]]),
    io:format("~p~n", [length(Ps)]),
    Rly = spawn(fun L() -> receive {X, To} -> To ! X, L() end end),
    [Rly ! {X, S} || X <- lists:seq(1, 100)],
    io:format("~p~n", [[receive X when is_integer(X) -> X end || _ <- lists:seq(1, 100)] =:= lists:seq(1, 100)]),
    P = spawn(fun() -> receive go -> ok end, S ! last_words, exit(bye) end),
    R = monitor(process, P),
    P ! go,
    io:format("~p~n", [[receive Y -> case Y of {'DOWN', R, _, _, W} -> W; _ -> Y end end || _ <- [1, 2]]]),
    P2 = spawn(fun() -> process_flag(trap_exit, true), S ! ready, collect(S, []) end),
    receive ready -> ok end,
    P2 ! 1, exit(P2, sig1), P2 ! 2, exit(P2, sig2), P2 ! finish,
    receive {all, L} -> io:format("~p~n", [[case E of {'EXIT', S, Z} -> Z; _ -> E end || E <- L]]) end.

collect(S, Acc) -> receive finish -> S ! {all, lists:reverse(Acc)}; X -> collect(S, [X | Acc]) end.
