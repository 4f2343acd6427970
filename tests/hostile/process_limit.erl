% SPDX-License-Identifier: Apache-2.0
%% The number of processes has a limit.
% hostile: 17
% verdict: error system_limit
% limits: processes=100
-module(process_limit).
-export([main/0]).

main() -> spawn(fun() -> timer:sleep(infinity) end), main().
