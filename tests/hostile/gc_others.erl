% SPDX-License-Identifier: Apache-2.0
%% Others are collected for ever, by many.
% hostile: 50
% verdict: deadline
% limits: deadline=1s
-module(gc_others).
-export([main/0]).

main() ->
    Others = [spawn(fun() -> L = lists:seq(1, 3000), receive x -> L end end) || _ <- lists:seq(1, 200)],
    [spawn(fun() -> gc(Others) end) || _ <- lists:seq(1, 5)],
    gc(Others).
gc(Others) -> [erlang:garbage_collect(P, [{async, P}]) || P <- Others], [erlang:garbage_collect(P) || P <- Others], gc(Others).
