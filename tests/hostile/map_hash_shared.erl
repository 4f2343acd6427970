% SPDX-License-Identifier: Apache-2.0
%% The hash of such a key, in a large map.
% hostile: 23
% verdict: killed or deadline
% limits: deadline=2s
-module(map_hash_shared).
-export([main/0]).

main() ->
    M = maps:from_list([{N, N} || N <- lists:seq(1, 100)]),
    maps:put(double(40, []), 1, M).
double(0, T) -> T;
double(N, T) -> double(N - 1, {T, T}).
