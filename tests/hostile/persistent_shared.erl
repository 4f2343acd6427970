% SPDX-License-Identifier: Apache-2.0
%% The same as a persistent term.
% hostile: 23
% verdict: killed or error system_limit or deadline
% limits: deadline=3s
-module(persistent_shared).
-export([main/0]).

main() -> persistent_term:put(key, double(35, [])).
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
