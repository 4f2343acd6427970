%% SPDX-License-Identifier: Apache-2.0
%% A receive that only waits, as the compiler makes it without its optimisers: the wait goes back
%% to itself over a jump, messages do not end it.
-module(receives_without_clauses).
-compile([no_copt, no_bool_opt, no_share_opt, no_bsm_opt, no_fun_opt, no_ssa_opt, no_recv_opt, no_postopt]).
-export([main/0]).

main() ->
    self() ! one,
    Before = reductions(),
    io:format("~p~n", [[wait(id(20)), wait(a, id(20)), wait(a, b, c, id(20)), wait_always(a)]]),
    Self = self(),
    Sender = spawn(fun() -> send_often(Self) end),
    io:format("~p~n", [[wait(id(20)), wait(a, id(20)), wait(a, b, c, id(20)), wait_always(a)]]),
    exit(Sender, kill),
    io:format("~p~n", [[catch wait(a, b), catch wait(-1), wait(0)]]),
    io:format("~p~n", [reductions() - Before < 100000]),
    Waiting = spawn(fun() -> wait(a, id(infinity)) end),
    Waiting ! hello,
    timer:sleep(20),
    io:format("~p~n", [process_info(Waiting, [messages, status])]),
    exit(Waiting, kill),
    io:format("~p~n", [receive one -> got_one after 0 -> nothing end]).

wait(Time) -> receive after Time -> ok end.

wait(Value, Time) -> receive after Time -> Value end.

wait(_, Value, _, Time) -> receive after Time -> Value end.

wait_always(Value) -> receive after 30 -> Value end.

send_often(To) ->
    To ! again,
    timer:sleep(5),
    send_often(To).

reductions() ->
    {reductions, N} = process_info(self(), reductions),
    N.

id(X) -> X.
