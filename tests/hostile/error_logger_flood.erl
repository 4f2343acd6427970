% SPDX-License-Identifier: Apache-2.0
%% The old error logger gets messages without end.
% hostile: 12
% verdict: deadline or killed or limit memory
% limits: deadline=1s, output=1M
-module(error_logger_flood).
-export([main/0]).

main() -> error_logger:error_msg("~p failed~n", [self()]), main().
