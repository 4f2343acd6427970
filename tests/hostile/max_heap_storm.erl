% SPDX-License-Identifier: Apache-2.0
%% Processes that are always over a max_heap_size that does not kill: each collection has a report.
% hostile: 32
% verdict: deadline or limit memory or killed
% limits: deadline=1s
-module(max_heap_storm).
-export([main/0]).

main() ->
    [spawn_opt(fun() -> collect(lists:seq(1, 1000)) end,
               [{max_heap_size, #{size => 300, kill => false, error_logger => true}}])
     || _ <- lists:seq(1, 50)],
    collect([]).

collect(Kept) -> erlang:garbage_collect(), collect(Kept).
