% SPDX-License-Identifier: Apache-2.0
%% Deep terms are compared without recursion in C.
% hostile: 19
% verdict: done
% limits: memory=200M
-module(deep_compare).
-export([main/0]).

main() ->
    A = deep(1000000, {}), B = deep(1000000, {}),
    true = A =:= B, true = A == B, false = A < B,
    LA = wide(1000000, []), LB = wide(1000000, []),
    true = LA =:= LB, ok.
deep(0, T) -> T;
deep(N, T) -> deep(N - 1, {T}).
wide(0, T) -> T;
wide(N, T) -> wide(N - 1, [[T]]).
