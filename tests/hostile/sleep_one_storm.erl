% SPDX-License-Identifier: Apache-2.0
%% Ten thousand processes that sleep a millisecond.
% hostile: 57
% verdict: deadline
% limits: deadline=1s, memory=256M
-module(sleep_one_storm).
-export([main/0]).

main() -> [spawn(fun spin/0) || _ <- lists:seq(1, 10000)], spin().
spin() -> receive after 1 -> spin() end.
