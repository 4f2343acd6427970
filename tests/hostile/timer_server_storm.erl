% SPDX-License-Identifier: Apache-2.0
%% The timer server is asked for timers without end.
% hostile: 57 12
% verdict: deadline or killed or limit memory
% limits: deadline=1s
-module(timer_server_storm).
-export([main/0]).

main() -> {ok, _} = timer:send_interval(1, x), flush(), main().
flush() -> receive x -> flush() after 0 -> ok end.
