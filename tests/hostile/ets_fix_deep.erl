% SPDX-License-Identifier: Apache-2.0
%% A table is fixed a million times and never let go.
% hostile: 51
% verdict: done or killed
-module(ets_fix_deep).
-export([main/0]).

main() -> T = ets:new(t, []), fix(T, 1000000).
fix(_, 0) -> ok;
fix(T, N) -> ets:safe_fixtable(T, true), fix(T, N - 1).
