% SPDX-License-Identifier: Apache-2.0
%% Ten thousand timers of a millisecond that are set again when they fire.
% hostile: 57
% verdict: deadline or killed
% limits: deadline=1s
-module(timers_one_ms).
-export([main/0]).

main() -> [erlang:send_after(1, self(), N) || N <- lists:seq(1, 10000)], again().
again() -> receive N -> erlang:send_after(1, self(), N), again() end.
