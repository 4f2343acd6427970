% SPDX-License-Identifier: Apache-2.0
%% Comparison by lists:member.
% hostile: 23
% verdict: killed or deadline
% limits: deadline=2s
-module(member_shared).
-export([main/0]).

main() -> lists:member(double(40, []), [double(40, [])]).
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
