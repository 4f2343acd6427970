%% SPDX-License-Identifier: Apache-2.0
%% Messages that a process sends through its own alias, which ends before they are received.
%% skip-stress: what it shows depends on the length of a slice
-module(own_alias_dropped).
-export([main/0]).

main() ->
    [show(Name, Case) || {Name, Case} <- cases()].

show(Name, Case) ->
    {Pid, M} = spawn_monitor(fun() -> exit({value, Case()}) end),
    receive {'DOWN', M, process, Pid, Why} -> io:format("~p: ~p~n", [Name, Why]) end.

cases() ->
    [{dropped, fun() -> A = alias(), A ! one, true = unalias(A), flush() end},
     {order, fun() -> A = alias(), self() ! a, A ! b, self() ! c, A ! d, flush() end},
     {mixed, fun() -> A = alias(), self() ! a, A ! b, self() ! c, A ! d, unalias(A), flush() end},
     {two_aliases, fun() ->
         A = alias(), B = alias(), [A ! {a, N} || N <- [1, 2]], [B ! {b, N} || N <- [1, 2]],
         A ! {a, 3}, unalias(A), flush() end},
     {received_before, fun() ->
         A = alias(), A ! one, self() ! two, receive two -> ok end, unalias(A), flush() end},
     {from_inner_queue, fun() ->
         self() ! one, self() ! two, receive two -> ok end,
         A = alias(), A ! three, receive one -> ok end, unalias(A), flush() end},
     {poll, fun() -> A = alias(), A ! one, receive nothing -> ok after 0 -> ok end, unalias(A), flush() end},
     {pause, fun() -> A = alias(), A ! one, receive after 1 -> ok end, unalias(A), flush() end},
     {yield, fun() -> A = alias(), A ! one, erlang:yield(), unalias(A), flush() end},
     {queue_len, fun() ->
         A = alias(), A ! one,
         N = process_info(self(), message_queue_len), unalias(A), {N, flush()} end},
     {messages, fun() ->
         A = alias(), A ! one,
         N = process_info(self(), messages), unalias(A), {N, flush()} end},
     {monitor_alias, fun() ->
         P = spawn(fun() -> receive stop -> ok end end),
         M = monitor(process, P, [{alias, demonitor}]),
         M ! {M, one}, demonitor(M), flush_of(M) end},
     {monitor_flush, fun() ->
         P = spawn(fun() -> receive stop -> ok end end),
         M = monitor(process, P, [{alias, explicit_unalias}]),
         M ! one, demonitor(M, [flush]), unalias(M), flush() end},
     {explicit_survives, fun() ->
         P = spawn(fun() -> receive stop -> ok end end),
         M = monitor(process, P, [{alias, explicit_unalias}]),
         M ! one, demonitor(M), flush() end},
     {reply_once, fun() -> A = alias([reply]), A ! one, A ! two, R = flush(), {R, unalias(A)} end},
     {reply_unalias, fun() -> A = alias([reply]), A ! one, R = unalias(A), {R, flush()} end},
     {reply_demonitor, fun() ->
         P = spawn(fun() -> receive stop -> ok end end),
         M = monitor(process, P, [{alias, reply_demonitor}]),
         M ! one, N = length(element(2, process_info(self(), monitors))),
         R = flush(), N2 = length(element(2, process_info(self(), monitors))),
         {N, R, N2, demonitor(M, [info])} end},
     {send_3, fun() -> A = alias(), ok = erlang:send(A, one, [nosuspend]), unalias(A), flush() end},
     {noise, fun() ->
         A = alias(), A ! lists:seq(1, 100), [self() ! {N, lists:seq(1, N)} || N <- lists:seq(1, 100)],
         erlang:garbage_collect(), A ! {last, "term"}, unalias(A),
         [length(L) || {_, L} <- flush()] end},
     {kept_over_collection, fun() ->
         A = alias(), [A ! {N, lists:seq(1, N)} || N <- lists:seq(1, 100)],
         _ = [lists:seq(1, N) || N <- lists:seq(1, 300)],
         [length(L) || {_, L} <- flush()] end},
     {exit_message, fun() ->
         process_flag(trap_exit, true), A = alias(), A ! one,
         exit(self(), why), A ! two, unalias(A), [E || {'EXIT', _, E} <- flush()] end},
     {down_message, fun() ->
         A = alias(), P = spawn(fun() -> ok end), receive after 20 -> ok end, A ! one,
         monitor(process, P), unalias(A), [E || {'DOWN', _, _, _, E} <- flush()] end},
     {hibernate, fun() ->
         A = alias(), put(alias, A), A ! one, erlang:hibernate(erlang, apply, [fun woken/0, []]) end}].

woken() -> exit({unaliased, unalias(get(alias)), flush()}).

flush() -> receive M -> [M | flush()] after 20 -> [] end.

flush_of(M) -> receive {M, X} -> [X | flush_of(M)] after 20 -> [] end.
