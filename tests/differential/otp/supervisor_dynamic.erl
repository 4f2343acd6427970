%% SPDX-License-Identifier: Apache-2.0
%% simple_one_for_one and a tree of supervisors that shuts down in order.
-module(supervisor_dynamic).
-export([main/0]).
-behaviour(supervisor).
-export([init/1, worker/2, sub/2]).

main() ->
    process_flag(trap_exit, true),
    {ok, S} = supervisor:start_link({local, dyn_sup}, ?MODULE, simple),
    Ps = [begin {ok, P} = supervisor:start_child(dyn_sup, [N]), P end || N <- lists:seq(1, 5)],
    io:format("~p~n", [supervisor:count_children(S)]),
    [P ! {self(), who} || P <- Ps],
    io:format("~p~n", [[receive {who, P, N} -> N end || P <- Ps]]),
    io:format("~p~n", [supervisor:terminate_child(S, hd(Ps))]),
    io:format("~p~n", [length(supervisor:which_children(S))]),
    unlink(S), M = monitor(process, S), exit(S, shutdown),
    receive {'DOWN', M, _, _, R} -> io:format("~p~n", [R]) end,
    io:format("~p~n", [[is_process_alive(P) || P <- Ps]]),
    {ok, Top} = supervisor:start_link(?MODULE, {tree, self()}),
    io:format("~p~n", [log([])]),
    io:format("~p~n", [[{I, T} || {I, _, T, _} <- supervisor:which_children(Top)]]),
    exit(Top, shutdown),
    receive {'EXIT', Top, R2} -> io:format("~p~n", [R2]) end,
    io:format("~p~n", [log([])]).

log(L) -> receive {log, X} -> log([X | L]) after 20 -> lists:reverse(L) end.

init(simple) -> {ok, {#{strategy => simple_one_for_one}, [#{id => w, start => {?MODULE, worker, [dyn]}}]}};
init({tree, P}) ->
    {ok, {#{strategy => rest_for_one}, [w(a, P), #{id => sub, type => supervisor, start => {?MODULE, sub, [P, 1]}}, w(z, P)]}};
init({sub, P}) -> {ok, {#{}, [w(b, P), w(c, P)]}}.

w(N, P) -> #{id => N, start => {?MODULE, worker, [P, N]}}.
sub(P, _) -> supervisor:start_link(?MODULE, {sub, P}).

worker(dyn, N) -> {ok, spawn_link(fun() -> receive {F, who} -> F ! {who, self(), N} end, receive x -> x end end)};
worker(P, N) ->
    proc_lib:start_link(erlang, apply, [fun() ->
        process_flag(trap_exit, true), P ! {log, {up, N}}, proc_lib:init_ack({ok, self()}),
        receive {'EXIT', _, R} -> P ! {log, {down, N, R}}, exit(R) end
    end, []]).
