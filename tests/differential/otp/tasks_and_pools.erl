%% SPDX-License-Identifier: Apache-2.0
%% A worker pool of gen_servers behind a dispatcher with a queue.
-module(tasks_and_pools).
-export([main/0]).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

main() ->
    {ok, D} = gen_server:start_link(?MODULE, {dispatcher, 3}, []),
    S = self(),
    [spawn(fun() -> S ! {N, gen_server:call(D, {job, fun() -> N * N end}, 5000)} end) || N <- lists:seq(1, 40)],
    io:format("~w~n", [[receive {N, R} -> R end || N <- lists:seq(1, 40)]]),
    io:format("~p~n", [gen_server:call(D, {job, fun() -> exit(bad_job) end})]),
    io:format("~p~n", [gen_server:call(D, {job, fun() -> still_working end})]),
    io:format("~p~n", [gen_server:call(D, stats)]).

init({dispatcher, N}) ->
    process_flag(trap_exit, true),
    {ok, {dispatcher, [start_worker() || _ <- lists:seq(1, N)], queue:new(), #{}, 0}};
init(worker) -> {ok, worker}.

start_worker() -> {ok, P} = gen_server:start_link(?MODULE, worker, []), P.

handle_call({job, F}, From, {dispatcher, W, Q, B, N}) -> {noreply, assign({dispatcher, W, queue:in({F, From}, Q), B, N})};
handle_call(stats, _, {dispatcher, W, Q, B, N} = S) -> {reply, {length(W), queue:len(Q), map_size(B), N}, S}.

handle_cast({done, P, R}, {dispatcher, W, Q, B, N}) ->
    {From, B2} = maps:take(P, B),
    gen_server:reply(From, {ok, R}),
    {noreply, assign({dispatcher, [P | W], Q, B2, N + 1})};
handle_cast({run, F, D}, worker) -> gen_server:cast(D, {done, self(), F()}), {noreply, worker}.

handle_info({'EXIT', P, R}, {dispatcher, W, Q, B, N}) ->
    {From, B2} = maps:take(P, B),
    gen_server:reply(From, {error, R}),
    {noreply, assign({dispatcher, [start_worker() | W], Q, B2, N})}.

assign({dispatcher, [P | W], Q, B, N} = S) ->
    case queue:out(Q) of
        {{value, {F, From}}, Q2} -> gen_server:cast(P, {run, F, self()}), assign({dispatcher, W, Q2, B#{P => From}, N});
        {empty, _} -> S
    end;
assign(S) -> S.
