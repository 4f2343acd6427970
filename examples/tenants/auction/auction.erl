%% SPDX-License-Identifier: Apache-2.0
%% An exchange: limit orders for a few instruments are matched by price and time.
%% A supervisor runs one `store` (order book) a symbol; a `worker` trades for each client.
-module(auction).
-behaviour(supervisor).
-export([main/0, init/1]).

-define(SYMBOLS, [copper, silver, tin, zinc]).
-define(CLIENTS, 40).
-define(ORDERS, 250).

main() ->
    {ok, Sup} = supervisor:start_link({local, exchange}, ?MODULE, ?SYMBOLS),
    io:format("auction: ~b books, ~b clients with ~b orders each~n",
              [length(?SYMBOLS), ?CLIENTS, ?ORDERS]),
    Clients = [worker:start(N, ?SYMBOLS, ?ORDERS) || N <- lists:seq(1, ?CLIENTS)],
    Sent = lists:sum([worker:wait(C) || C <- Clients]),
    Books = [{S, store:summary(S)} || S <- ?SYMBOLS],
    report(Sent, Books),
    recover(tin),
    unlink(Sup),
    exit(Sup, shutdown).

init(Symbols) ->
    Books = [#{id => S, start => {store, start_link, [S]}} || S <- Symbols],
    {ok, {#{strategy => one_for_one, intensity => 3, period => 5}, Books}}.

report(Sent, Books) ->
    io:format("  ~-8s ~7s ~7s ~9s ~9s~n", [symbol, orders, trades, volume, turnover]),
    [io:format("  ~-8s ~7b ~7b ~9b ~9b~n", [S, O, T, V, M])
     || {S, #{orders := O, trades := T, volume := V, turnover := M}} <- Books],
    Orders = lists:sum([maps:get(orders, B) || {_, B} <- Books]),
    Balanced = lists:all(fun({_, B}) -> maps:get(balanced, B) end, Books),
    io:format("  ~b of ~b orders arrived; books balanced: ~p~n", [Orders, Sent, Balanced]).

%% A book that dies is started again by its supervisor, empty.
recover(Symbol) ->
    Old = whereis(Symbol),
    exit(Old, kill),
    New = await(Symbol, Old),
    io:format("  the ~p book was killed and restarted: ~p, orders now ~b~n",
              [Symbol, New =/= Old, maps:get(orders, store:summary(Symbol))]).

await(Symbol, Old) ->
    case whereis(Symbol) of
        New when is_pid(New), New =/= Old -> New;
        _ -> timer:sleep(1), await(Symbol, Old)
    end.
