%% SPDX-License-Identifier: Apache-2.0
%% A key-value store over an append-only log of checksummed binary records, used by
%% a pool of workers; then the log is damaged, recovered and compacted.
-module(kvstore).
-export([main/0]).

-define(WORKERS, 8).
-define(OPERATIONS, 2000).

main() ->
    {ok, Store} = store:start_link(),
    Pool = [worker:start_link(Store, N) || N <- lists:seq(1, ?WORKERS)],
    Jobs = [{N, job(N)} || N <- lists:seq(1, ?OPERATIONS)],
    Results = spread(Pool, Jobs),
    io:format("kvstore: ~b operations by ~b workers~n", [length(Results), ?WORKERS]),
    Count = fun(K) -> length([R || R <- Results, element(1, R) =:= K]) end,
    io:format("  put ~b, found ~b, missing ~b, deleted ~b~n",
              [Count(put), Count(found), Count(missing), Count(deleted)]),
    {Log, State} = store:snapshot(Store),
    io:format("  log ~b bytes, ~b live keys, state hash ~8.16.0b~n",
              [byte_size(Log), map_size(State), erlang:phash2(State)]),
    {State, clean} = store:replay(Log),
    damaged(Log),
    Compact = store:compact(State),
    {State, clean} = store:replay(Compact),
    io:format("  compacted to ~b bytes (~.1f %), replays to the same state~n",
              [byte_size(Compact), 100 * byte_size(Compact) / byte_size(Log)]),
    [worker:stop(W) || W <- Pool],
    gen_server:stop(Store).

%% What operation N is; keys come back so that values are overwritten and deleted.
job(N) ->
    Key = <<"key-", (integer_to_binary((N * N) rem 311))/binary>>,
    case N rem 5 of
        0 -> {delete, Key};
        1 -> {get, Key};
        _ -> {put, Key, binary:copy(<<N:16>>, 1 + N rem 40)}
    end.

%% Deals the jobs out; a key is always served by the same worker, so the result is
%% the same however the workers run.
spread(Pool, Jobs) ->
    Workers = list_to_tuple(Pool),
    [worker:run(element(1 + erlang:phash2(element(2, Job), ?WORKERS), Workers), N, Job)
     || {N, Job} <- Jobs],
    [worker:result(N) || {N, _} <- Jobs].

%% One flipped bit in the middle: everything before it is recovered.
damaged(Log) ->
    At = byte_size(Log) div 2,
    <<Before:At/binary, Byte, After/binary>> = Log,
    {State, {corrupt, Offset}} = store:replay(<<Before/binary, (Byte bxor 16), After/binary>>),
    io:format("  with a flipped bit in the middle: stopped at ~p % of the log, ~b keys recovered~n",
              [100 * Offset div byte_size(Log), map_size(State)]).
