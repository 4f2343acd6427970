% SPDX-License-Identifier: Apache-2.0
%% The same into a table.
% hostile: 23
% verdict: killed or error system_limit or deadline
% limits: deadline=3s
-module(ets_insert_shared).
-export([main/0]).

main() -> ets:insert(ets:new(t, []), {key, double(35, [])}).
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
