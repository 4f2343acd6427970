% SPDX-License-Identifier: Apache-2.0
%% Timers are set and cancelled for ever.
% hostile: 57 13
% verdict: deadline
% limits: deadline=1s
-module(timer_cancel_storm).
-export([main/0]).

main() -> T = erlang:start_timer(1000, self(), x), erlang:cancel_timer(T, [{async, true}, {info, false}]), main().
