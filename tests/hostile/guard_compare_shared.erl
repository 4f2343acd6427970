% SPDX-License-Identifier: Apache-2.0
%% Comparison in a guard.
% hostile: 23
% verdict: killed or deadline
% limits: deadline=2s
-module(guard_compare_shared).
-export([main/0]).

main() -> same(double(40, []), double(40, [])).
same(A, B) when A == B -> true;
same(_, _) -> false.
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
