% SPDX-License-Identifier: Apache-2.0
%% A bag in which each insertion compares with all objects of its key.
% hostile: 48 51
% verdict: deadline or killed
% limits: deadline=1s
-module(ets_bag_bomb).
-export([main/0]).

main() -> fill(ets:new(t, [bag]), 0).
fill(T, N) -> ets:insert(T, {same, N, [N]}), fill(T, N + 1).
