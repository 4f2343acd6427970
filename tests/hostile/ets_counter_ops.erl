% SPDX-License-Identifier: Apache-2.0
%% One update_counter with a million operations.
% hostile: 51
% verdict: done or deadline or killed
% limits: deadline=3s
-module(ets_counter_ops).
-export([main/0]).

main() ->
    T = ets:new(t, []),
    ets:insert(T, {k, 0}),
    Ops = lists:duplicate(1000000, {2, 1}),
    _ = ets:update_counter(T, k, Ops),
    1000000 = ets:lookup_element(T, k, 2),
    ok.
