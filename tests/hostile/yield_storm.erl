% SPDX-License-Identifier: Apache-2.0
%% Processes that do nothing but yield.
% hostile: 61
% verdict: deadline
% limits: deadline=1s
-module(yield_storm).
-export([main/0]).

main() -> [spawn(fun spin/0) || _ <- lists:seq(1, 1000)], spin().
spin() -> erlang:yield(), spin().
