%% SPDX-License-Identifier: Apache-2.0
%% Accounts in a gen_server over ETS, transfers, concurrent clients, a ledger invariant.
-module(bank_with_ets).
-export([main/0]).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2]).

main() ->
    {ok, B} = gen_server:start_link({local, bank}, ?MODULE, [], []),
    [ok = gen_server:call(bank, {open, N, 100}) || N <- lists:seq(1, 10)],
    Ps = [spawn_monitor(fun() -> client(I, 50) end) || I <- lists:seq(1, 20)],
    [receive {'DOWN', R, _, P, normal} -> ok end || {P, R} <- Ps],
    io:format("~p~n", [gen_server:call(bank, total)]),
    io:format("~p~n", [gen_server:call(bank, {transfer, 1, 99, 5})]),
    io:format("~p~n", [gen_server:call(bank, {transfer, 1, 2, 100000})]),
    io:format("~p~n", [gen_server:call(bank, {open, 1, 5})]),
    io:format("~p~n", [gen_server:call(B, count)]).

client(_, 0) -> ok;
client(I, N) ->
    _ = gen_server:call(bank, {transfer, 1 + (I * N) rem 10, 1 + (I + N) rem 10, N rem 17}),
    client(I, N - 1).

init([]) -> {ok, {ets:new(accounts, [private]), 0}}.

handle_call({open, Id, Sum}, _, {T, N}) ->
    case ets:insert_new(T, {Id, Sum}) of true -> {reply, ok, {T, N + 1}}; false -> {reply, {error, exists}, {T, N}} end;
handle_call({transfer, A, B, Sum}, _, {T, N}) ->
    R = case {ets:lookup(T, A), ets:lookup(T, B)} of
        {[{_, SA}], [{_, _}]} when SA >= Sum -> ets:update_counter(T, A, -Sum), ets:update_counter(T, B, Sum), ok;
        {[_], [_]} -> {error, {insufficient, A}};
        _ -> {error, no_account}
    end,
    {reply, R, {T, N + 1}};
handle_call(total, _, {T, _} = S) -> {reply, ets:foldl(fun({_, X}, A) -> A + X end, 0, T), S};
handle_call(count, _, {_, N} = S) -> {reply, N, S}.
handle_cast(_, S) -> {noreply, S}.
