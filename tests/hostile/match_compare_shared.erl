% SPDX-License-Identifier: Apache-2.0
%% Comparison by a pattern with the same variable twice.
% hostile: 23
% verdict: killed or deadline
% limits: deadline=2s
-module(match_compare_shared).
-export([main/0]).

main() -> same({double(40, []), double(40, [])}).
same({A, A}) -> true;
same(_) -> false.
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
