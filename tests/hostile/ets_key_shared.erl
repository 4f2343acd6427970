% SPDX-License-Identifier: Apache-2.0
%% Such a key in a table.
% hostile: 23
% verdict: killed or done
% limits: deadline=2s
-module(ets_key_shared).
-export([main/0]).

main() -> T = ets:new(t, []), ets:insert(T, {1}), ets:lookup(T, double(40, [])).
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
