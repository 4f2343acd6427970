%% SPDX-License-Identifier: Apache-2.0
%% Processes whose first terms fill their heap to the last word, for every size in turn:
%% at the start, after hibernating, and when a message comes.
-module(starts_with_full_heaps).
-export([main/0, run/2, awake/2, wait/2]).

main() ->
    Sizes = lists:seq(0, 700),
    io:format("~p~n", [[N || N <- Sizes, spawned(N) =/= N]]),
    io:format("~p~n", [[N || N <- Sizes, applied(N) =/= N]]),
    io:format("~p~n", [[N || N <- Sizes, hibernated(N) =/= N]]),
    io:format("~p~n", [[N || N <- Sizes, received(N) =/= N]]).

result({Pid, Monitor}) ->
    receive {'DOWN', Monitor, process, Pid, Reason} -> Reason end.

spawned(N) ->
    T = erlang:make_tuple(N, []),
    result(spawn_monitor(fun() -> exit(tuple_size(id(T))) end)).

applied(N) ->
    result(spawn_monitor(?MODULE, run, [self(), lists:duplicate(N, a)])).

run(_Parent, List) -> exit(length(id(List))).

hibernated(N) ->
    {Pid, _} = Started = spawn_monitor(?MODULE, wait, [N, {}]),
    receive {'DOWN', _, process, Pid, _} -> ok after 0 -> ok end,
    Pid ! {go, erlang:make_tuple(3, b)},
    result(Started).

wait(N, _) -> erlang:hibernate(?MODULE, awake, [N, erlang:make_tuple(N, [])]).

awake(N, T) ->
    receive {go, {b, b, b}} -> N = tuple_size(id(T)), exit(N) end.

received(N) ->
    {Pid, _} = Started = spawn_monitor(fun() -> receive T -> exit(tuple_size(id(T))) end end),
    Pid ! erlang:make_tuple(N, []),
    result(Started).

id(X) -> X.
