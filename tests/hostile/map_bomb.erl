% SPDX-License-Identifier: Apache-2.0
%% A map that grows for ever.
% hostile: 20
% verdict: killed
-module(map_bomb).
-export([main/0]).

main() -> grow(#{}, 0).
grow(M, N) -> grow(M#{N => M}, N + 1).
