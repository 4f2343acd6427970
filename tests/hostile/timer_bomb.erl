% SPDX-License-Identifier: Apache-2.0
%% Timers without end.
% hostile: 13
% verdict: error system_limit or killed
-module(timer_bomb).
-export([main/0]).

main() -> erlang:send_after(1000000, self(), hello), main().
