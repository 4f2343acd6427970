% SPDX-License-Identifier: Apache-2.0
%% A loop of nothing but garbage of all kinds.
% hostile: more 24
% verdict: deadline
% limits: deadline=1s
-module(tail_garbage).
-export([main/0]).

main() -> garbage(1).
garbage(N) ->
    _ = {N, [N], #{N => N}, <<N:64>>, make_ref(), fun() -> N end, N * 1.5, N bsl 70, [integer_to_list(N)]}, garbage(N + 1).
