% SPDX-License-Identifier: Apache-2.0
%% Small persistent terms of one size: their memory must be there for others afterwards.
% hostile: 10
% verdict: limit memory or killed
% limits: deadline=5s
-module(persistent_small_blocks).
-export([main/0]).

main() -> fill(0).
fill(N) -> persistent_term:put(N, {N, N, N, N, N, N, N}), fill(N + 1).
