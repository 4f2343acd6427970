% SPDX-License-Identifier: Apache-2.0
%% Arrays of counters of impossible sizes, then as many as there is room for.
% hostile: 30
% verdict: killed or error system_limit or error badarg
-module(counters_huge).
-export([main/0]).

main() ->
    [{'EXIT', _} = (catch counters:new(N, [])) || N <- [1 bsl 40, 1 bsl 61, 1 bsl 70, 0, -1]],
    [{'EXIT', _} = (catch atomics:new(N, [])) || N <- [1 bsl 40, 1 bsl 61, 1 bsl 70, 0, -1]],
    more([]).
more(L) -> more([atomics:new(100000, []), counters:new(100000, [write_concurrency]) | L]).
