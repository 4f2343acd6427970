% SPDX-License-Identifier: Apache-2.0
%% Large objects in one table.
% hostile: 8
% verdict: killed or error system_limit
-module(ets_large_objects_bomb).
-export([main/0]).

main() -> fill(ets:new(t, [ordered_set]), lists:seq(1, 10000), 0).
fill(T, L, N) -> ets:insert(T, {N, L}), fill(T, L, N + 1).
