% SPDX-License-Identifier: Apache-2.0
%% Processes that sleep for no time.
% hostile: 57
% verdict: deadline
% limits: deadline=1s
-module(sleep_zero_storm).
-export([main/0]).

main() -> [spawn(fun spin/0) || _ <- lists:seq(1, 1000)], spin().
spin() -> receive after 0 -> spin() end.
