% SPDX-License-Identifier: Apache-2.0
%% Huge numbers as keys of maps, tables and dictionaries.
% hostile: 41
% verdict: done or killed or deadline
% limits: deadline=3s
-module(big_in_tables).
-export([main/0]).

main() ->
    Ns = [(1 bsl 200000) + N || N <- lists:seq(1, 200)],
    M = maps:from_list([{N, N} || N <- Ns]), T = ets:new(t, [ordered_set]), [ets:insert(T, {N}) || N <- Ns], [put(N, 1) || N <- Ns],
    _ = lists:usort(Ns ++ [float(N) || N <- lists:seq(1, 100)]), _ = maps:keys(M), ok.
