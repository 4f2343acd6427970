% SPDX-License-Identifier: Apache-2.0
%% The order of two shared terms that expand to 2^40 words.
% hostile: 23
% verdict: killed or deadline
% limits: deadline=2s
-module(order_shared).
-export([main/0]).

main() -> double(40, []) < double(40, []).
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
