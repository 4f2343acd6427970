% SPDX-License-Identifier: Apache-2.0
%% The same in a timer.
% hostile: 23
% verdict: killed or error system_limit or deadline
% limits: deadline=3s
-module(timer_shared).
-export([main/0]).

main() -> erlang:send_after(1000, self(), double(35, [])).
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
