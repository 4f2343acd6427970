% SPDX-License-Identifier: Apache-2.0
%% The number of timers has a limit.
% hostile: 13
% verdict: error system_limit
% limits: timers=1000
-module(timer_limit).
-export([main/0]).

main() -> erlang:start_timer(1000000, self(), hello), main().
