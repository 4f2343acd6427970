% SPDX-License-Identifier: Apache-2.0
%% Sums of the largest integers.
% hostile: 41 43
% verdict: error system_limit or deadline or killed
% limits: deadline=2s
-module(big_shift_sum).
-export([main/0]).

main() -> N = 1 bsl 4000000, add(N, N).
add(A, B) -> add(A + B, B).
