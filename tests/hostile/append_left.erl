% SPDX-License-Identifier: Apache-2.0
%% Lists are appended from the wrong side.
% hostile: 47
% verdict: deadline or killed
% limits: deadline=1s
-module(append_left).
-export([main/0]).

main() -> append([], 0).
append(L, N) -> append(L ++ [N], N + 1).
