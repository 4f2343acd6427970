% SPDX-License-Identifier: Apache-2.0
%% One byte of each large binary keeps all of it.
% hostile: 6
% verdict: killed or deadline
% limits: deadline=2s
-module(sub_binary_leak).
-export([main/0]).

main() -> keep([], 0).
keep(L, N) ->
    B = binary:copy(<<N:64>>, 12500),
    keep([binary:part(B, 5, 1) | L], N + 1).
