%% SPDX-License-Identifier: Apache-2.0
%% Two processes exchange many messages; a call to a silent process times out.
-module(pingpong_and_deadlock_timeout).
-export([main/0]).

main() ->
    S = self(),
    P = spawn(fun() -> pong(S) end),
    io:format("~p~n", [ping(P, 20000, 0)]),
    Silent = spawn(fun() -> receive never -> ok end end),
    Silent ! {S, ping},
    io:format("~p~n", [receive pong -> pong after 15 -> timeout end]).

ping(_, 0, A) -> A;
ping(P, N, A) -> P ! {self(), N}, receive {P, M} -> ping(P, N - 1, (A + M) rem 65521) end.

pong(S) -> receive {S, N} -> S ! {self(), N * 3}, pong(S) end.
