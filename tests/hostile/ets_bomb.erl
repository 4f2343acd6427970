% SPDX-License-Identifier: Apache-2.0
%% Objects without end in one table.
% hostile: 8
% verdict: killed or error system_limit
-module(ets_bomb).
-export([main/0]).

main() -> fill(ets:new(t, [public]), 0).
fill(T, N) -> ets:insert(T, {N, N}), fill(T, N + 1).
