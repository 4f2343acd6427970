% SPDX-License-Identifier: Apache-2.0
%% Processes that ask for a scheduler of their own, and for the highest priority.
% hostile: 55 73
% verdict: deadline
% limits: deadline=1s
-module(scheduler_flags).
-export([main/0]).

main() ->
    [spawn_opt(fun() -> catch process_flag(scheduler, 1), spin() end, [{scheduler, 1}, {priority, max}]) || _ <- lists:seq(1, 20)],
    process_flag(priority, max), spin().
spin() -> spin().
