% SPDX-License-Identifier: Apache-2.0
%% A list that never stops growing.
% hostile: 1
% verdict: killed
-module(heap_list_bomb).
-export([main/0]).

main() -> grow([]).
grow(L) -> grow([L, L | L]).
