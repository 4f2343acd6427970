% SPDX-License-Identifier: Apache-2.0
%% processes/0, registered/0, ets:all/0 and the like over ten thousand processes, for ever.
% hostile: more 74
% verdict: deadline or error system_limit
% limits: deadline=1s
-module(list_processes_storm).
-export([main/0]).

main() -> [spawn(fun() -> ets:new(t, []), receive x -> ok end end) || _ <- lists:seq(1, 5000)], list().
list() -> _ = processes(), _ = registered(), _ = ets:all(), _ = code:all_loaded(), _ = erlang:memory(), _ = erlang:statistics(run_queue_lengths), list().
