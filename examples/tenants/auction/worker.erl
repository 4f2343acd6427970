%% SPDX-License-Identifier: Apache-2.0
%% A client of the exchange: sends its orders one after another and counts them.
-module(worker).
-export([start/3, wait/1]).

start(Id, Symbols, Orders) ->
    spawn_monitor(fun() ->
        rand:seed(exsss, {Id, 7, 11}),
        exit({sent, trade(Id, list_to_tuple(Symbols), Orders, 0)})
    end).

wait({Pid, Ref}) ->
    receive {'DOWN', Ref, process, Pid, {sent, N}} -> N end.

trade(_, _, 0, Sent) -> Sent;
trade(Id, Symbols, Left, Sent) ->
    Symbol = element(rand:uniform(tuple_size(Symbols)), Symbols),
    Side = lists:nth(rand:uniform(2), [buy, sell]),
    Price = 100 + rand:uniform(21) - case Side of buy -> 11; sell -> 9 end,
    Fills = store:order(Symbol, Id, Side, {Price, rand:uniform(50)}),
    true = lists:all(fun({P, Q}) -> P > 0 andalso Q > 0 end, Fills),
    trade(Id, Symbols, Left - 1, Sent + 1).
