% SPDX-License-Identifier: Apache-2.0
%% Processes fail as fast as they can be started: each has a report.
% hostile: 32 12
% verdict: deadline or limit memory or killed
% limits: deadline=1s
-module(crash_storm).
-export([main/0]).

main() -> spawn(fun() -> error({failed, self()}) end), main().
