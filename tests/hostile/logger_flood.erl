% SPDX-License-Identifier: Apache-2.0
%% The logger gets reports without end.
% hostile: 12 32
% verdict: deadline or killed or limit memory
% limits: deadline=1s, output=1M
-module(logger_flood).
-export([main/0]).

main() -> logger:error("~p failed: ~s", [self(), "text"]), main().
