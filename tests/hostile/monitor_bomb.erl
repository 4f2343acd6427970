% SPDX-License-Identifier: Apache-2.0
%% Monitors without end on one process.
% hostile: 14
% verdict: killed or error system_limit
-module(monitor_bomb).
-export([main/0]).

main() -> more(spawn(fun() -> timer:sleep(infinity) end)).
more(P) -> monitor(process, P), more(P).
