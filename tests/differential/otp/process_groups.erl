%% SPDX-License-Identifier: Apache-2.0
%% A supervised pub-sub: gen_event bridge, subscribers that come and go.
-module(process_groups).
-export([main/0]).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

main() ->
    {ok, B} = gen_server:start_link(?MODULE, [], []),
    S = self(),
    Subs = [spawn(fun() -> ok = gen_server:call(B, {subscribe, T}), S ! {ready, N}, sub(S, N) end) || {N, T} <- [{1, x}, {2, x}, {3, y}]],
    [receive {ready, N} -> ok end || N <- [1, 2, 3]],
    gen_server:cast(B, {publish, x, hello}),
    io:format("~p~n", [lists:sort([receive {got, N, M} -> {N, M} end || _ <- [1, 2]])]),
    exit(hd(Subs), kill),
    timer:sleep(5),
    gen_server:cast(B, {publish, x, again}),
    gen_server:cast(B, {publish, y, other}),
    io:format("~p~n", [lists:sort([receive {got, N, M} -> {N, M} end || _ <- [1, 2]])]),
    io:format("~p~n", [gen_server:call(B, count)]).

sub(S, N) -> receive {event, M} -> S ! {got, N, M}, sub(S, N) end.

init([]) -> {ok, #{}}.
handle_call({subscribe, T}, {P, _}, S) -> monitor(process, P), {reply, ok, S#{P => T}};
handle_call(count, _, S) -> {reply, map_size(S), S}.
handle_cast({publish, T, M}, S) -> [P ! {event, M} || {P, T1} <- maps:to_list(S), T1 =:= T], {noreply, S}.
handle_info({'DOWN', _, process, P, _}, S) -> {noreply, maps:remove(P, S)}.
