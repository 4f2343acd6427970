% SPDX-License-Identifier: Apache-2.0
%% Eight processes of priority max.
% hostile: 40 55
% verdict: deadline
% limits: deadline=1s
-module(max_priority).
-export([main/0]).

main() ->
    [spawn(fun() -> process_flag(priority, max), spin() end) || _ <- lists:seq(1, 8)],
    spin().
spin() -> spin().
