% SPDX-License-Identifier: Apache-2.0
%% A map that grows for ever.
% verdict: killed
-module(map_bomb).
-export([main/0]).

main() -> grow(#{}, 0).
grow(M, N) -> grow(M#{N => M}, N + 1).
