%% SPDX-License-Identifier: Apache-2.0
%% Funs with environments sent to workers that apply them.
-module(funs_between_processes).
-export([main/0, id/1]).

main() ->
    Ws = [spawn(fun worker/0) || _ <- lists:seq(1, 4)],
    Factor = id(3),
    Jobs = [{N, fun() -> lists:sum([X * Factor || X <- lists:seq(1, N)]) end} || N <- lists:seq(1, 40)],
    S = self(),
    [lists:nth(1 + N rem 4, Ws) ! {S, N, F} || {N, F} <- Jobs],
    io:format("~w~n", [[receive {done, N, R} -> R end || {N, _} <- Jobs]]),
    hd(Ws) ! {S, x, fun() -> fun(Y) -> {Y, Factor, self() =:= S} end end},
    receive {done, x, G} -> io:format("~p~n", [G(1)]) end,
    hd(Ws) ! {S, e, fun lists:reverse/1},
    receive {done, e, R} -> io:format("~p~n", [R]) end.

worker() ->
    receive
        {From, Tag, F} ->
            From ! {done, Tag, try F() catch C:R -> {C, element(1, R)} end},
            worker()
    end.

%% Hides a value from the compiler.
id(X) -> X.
