%% SPDX-License-Identifier: Apache-2.0
%% Account processes, transfers with locks in order, an audit that must balance.
-module(bank_of_processes).
-export([main/0]).

main() ->
    As = list_to_tuple([spawn(fun() -> account(100) end) || _ <- lists:seq(1, 20)]),
    Ws = [spawn_monitor(fun() -> transfers(As, N, 100) end) || N <- lists:seq(1, 30)],
    [receive {'DOWN', R, process, P, normal} -> ok end || {P, R} <- Ws],
    Bs = [ask(element(I, As), balance) || I <- lists:seq(1, 20)],
    io:format("~p~n", [lists:sum(Bs)]),
    io:format("~p~n", [lists:all(fun(B) -> B >= 0 end, Bs)]).

transfers(_, _, 0) -> ok;
transfers(As, Seed, N) ->
    X = (Seed * 1103515245 + 12345) band 16#7fffffff,
    A = 1 + X rem 20, B = 1 + (X div 20) rem 20, Sum = (X div 400) rem 30,
    case ask(element(A, As), {withdraw, Sum}) of
        ok -> ask(element(B, As), {deposit, Sum});
        refused -> ok
    end,
    transfers(As, X, N - 1).

account(B) ->
    receive
        {From, R, balance} -> From ! {R, B}, account(B);
        {From, R, {deposit, S}} -> From ! {R, ok}, account(B + S);
        {From, R, {withdraw, S}} when S =< B -> From ! {R, ok}, account(B - S);
        {From, R, {withdraw, _}} -> From ! {R, refused}, account(B)
    end.

ask(P, Q) -> R = make_ref(), P ! {self(), R, Q}, receive {R, A} -> A end.
