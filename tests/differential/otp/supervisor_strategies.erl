%% SPDX-License-Identifier: Apache-2.0
%% Supervisors: one_for_one, one_for_all, rest_for_one, restart types and intensity.
%% skip-stress: waits for as long as a server takes at full speed
-module(supervisor_strategies).
-export([main/0]).
-behaviour(supervisor).
-export([init/1, start_worker/2]).

main() ->
    process_flag(trap_exit, true),
    [io:format("~p ~p~n", [S, run(S, N)]) || {S, N} <- [{one_for_one, 1}, {one_for_all, 3}, {rest_for_one, 2}]],
    {ok, Sup} = supervisor:start_link(?MODULE, {#{strategy => one_for_one, intensity => 2, period => 10}, [child(x, self(), permanent)]}),
    receive {started, x, _} -> ok end,
    [begin kill_child(Sup, x), receive {started, x, _} -> ok after 10000 -> none end end || _ <- [1, 2]],
    kill_child(Sup, x),
    receive {'EXIT', Sup, R} -> io:format("~p~n", [R]) end,
    {ok, S2} = supervisor:start_link(?MODULE, {#{strategy => one_for_one}, [child(p, self(), permanent), child(tr, self(), transient), child(te, self(), temporary)]}),
    [receive {started, _, _} -> ok end || _ <- [1, 2, 3]],
    io:format("~p~n", [supervisor:count_children(S2)]),
    kill_child(S2, te), timer:sleep(10),
    io:format("~p~n", [[element(1, C) || C <- supervisor:which_children(S2)]]),
    stop_child(S2, tr), timer:sleep(10),
    io:format("~p~n", [[{element(1, C), element(2, C) =:= undefined} || C <- supervisor:which_children(S2)]]),
    io:format("~p~n", [supervisor:terminate_child(S2, p)]),
    io:format("~p~n", [element(1, supervisor:restart_child(S2, p))]),
    io:format("~p~n", [[supervisor:restart_child(S2, p), supervisor:restart_child(S2, zz)]]),
    io:format("~p~n", [[supervisor:delete_child(S2, p), supervisor:terminate_child(S2, zz), supervisor:delete_child(S2, tr)]]),
    io:format("~p~n", [maps:remove(start, element(2, supervisor:get_childspec(S2, p)))]),
    exit(S2, shutdown),
    receive {'EXIT', S2, R2} -> io:format("~p~n", [R2]) end,
    io:format("~p~n", [supervisor:start_link(?MODULE, {#{}, [bad]})]),
    io:format("~p~n", [supervisor:start_link(?MODULE, bad_init)]),
    io:format("~p~n", [supervisor:check_childspecs([child(a, self(), permanent)])]).

run(Strategy, Restarts) ->
    {ok, Sup} = supervisor:start_link(?MODULE, {#{strategy => Strategy, intensity => 10}, [child(N, self(), permanent) || N <- [a, b, c]]}),
    First = [receive {started, N, P} -> {N, P} end || _ <- [1, 2, 3]],
    kill_child(Sup, b),
    Again = lists:sort(collect(Restarts, [])),
    Order = [N || {N, _} <- First],
    unlink(Sup), exit(Sup, shutdown),
    {Order, Again}.

collect(0, L) -> receive {started, N, _} -> [N | L] after 20 -> L end;
collect(K, L) -> receive {started, N, _} -> collect(K - 1, [N | L]) after 10000 -> L end.
child(N, P, R) -> #{id => N, start => {?MODULE, start_worker, [N, P]}, restart => R, shutdown => 100}.
kill_child(S, N) -> {N, P, _, _} = lists:keyfind(N, 1, supervisor:which_children(S)), exit(P, kill).
stop_child(S, N) -> {N, P, _, _} = lists:keyfind(N, 1, supervisor:which_children(S)), P ! stop.
start_worker(N, P) -> {ok, spawn_link(fun() -> P ! {started, N, self()}, receive stop -> ok end end)}.
init(X) when is_tuple(X) -> {ok, X};
init(X) -> X.
