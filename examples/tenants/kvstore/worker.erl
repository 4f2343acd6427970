%% SPDX-License-Identifier: Apache-2.0
%% A worker of the pool: runs the jobs of its queue in order, answers each caller.
-module(worker).
-export([start_link/2, run/3, result/1, stop/1]).

start_link(Store, Id) ->
    spawn_link(fun() -> put(id, Id), loop(Store, 0) end).

run(Worker, N, Job) -> Worker ! {job, self(), N, Job}, ok.

result(N) -> receive {result, N, Result} -> Result end.

stop(Worker) -> Worker ! {stop, self()}, receive {stopped, Done} -> Done end.

loop(Store, Done) ->
    receive
        {job, From, N, Job} ->
            From ! {result, N, do(Store, Job)},
            loop(Store, Done + 1);
        {stop, From} ->
            From ! {stopped, {get(id), Done}}
    end.

do(Store, {put, Key, Value}) -> {put, store:put(Store, Key, Value)};
do(Store, {get, Key}) ->
    case store:get(Store, Key) of
        {ok, Value} -> {found, byte_size(Value)};
        error -> {missing, Key}
    end;
do(Store, {delete, Key}) ->
    case store:delete(Store, Key) of
        ok -> {deleted, Key};
        error -> {missing, Key}
    end.
