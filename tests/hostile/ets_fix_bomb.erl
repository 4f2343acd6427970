% SPDX-License-Identifier: Apache-2.0
%% A table that is fixed keeps its dead.
% hostile: 8 51
% verdict: killed or deadline
% limits: deadline=1s
-module(ets_fix_bomb).
-export([main/0]).

main() -> T = ets:new(t, []), ets:safe_fixtable(T, true), fill(T, 0).
fill(T, N) -> ets:insert(T, {N, N}), ets:delete(T, N), fill(T, N + 1).
