% SPDX-License-Identifier: Apache-2.0
%% A map of a million keys, merged and taken apart.
% hostile: 20 29
% verdict: killed or done
% limits: deadline=8s
-module(map_huge).
-export([main/0]).

main() ->
    M = maps:from_list([{N, N} || N <- lists:seq(1, 200000)]),
    M2 = maps:from_list([{{N}, N} || N <- lists:seq(1, 200000)]),
    M3 = maps:merge(M, M2),
    _ = maps:keys(M3), _ = maps:values(M3), _ = maps:to_list(M3),
    _ = maps:map(fun(_, V) -> [V] end, M3),
    map_size(M3).
