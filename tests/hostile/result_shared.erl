% SPDX-License-Identifier: Apache-2.0
%% The same as the result of the call.
% hostile: 23
% verdict: host a limit was reached
% limits: deadline=3s
-module(result_shared).
-export([main/0]).

main() -> double(35, []).
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
