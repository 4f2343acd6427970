% SPDX-License-Identifier: Apache-2.0
%% A shared term that expands to 2^40 words as a key.
% hostile: 23
% verdict: killed or deadline
% limits: deadline=2s
-module(map_key_shared).
-export([main/0]).

main() -> M = #{double(40, []) => 1}, maps:get(double(40, []), M).
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
