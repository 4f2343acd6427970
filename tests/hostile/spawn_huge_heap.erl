% SPDX-License-Identifier: Apache-2.0
%% Processes that ask for a first heap of terabytes.
% hostile: more 3
% verdict: error system_limit or killed or error badarg or done
-module(spawn_huge_heap).
-export([main/0]).

main() ->
    [catch spawn_opt(fun() -> ok end, [{min_heap_size, N}]) || N <- [1 bsl 30, 1 bsl 40, 1 bsl 58, 1 bsl 59, 1 bsl 70, -1]],
    [catch spawn_opt(fun() -> ok end, [{min_bin_vheap_size, N}, {fullsweep_after, N}]) || N <- [1 bsl 40, 1 bsl 59, -1]],
    [catch process_flag(F, N) || F <- [min_heap_size, min_bin_vheap_size, fullsweep_after, save_calls, max_heap_size], N <- [1 bsl 28, 1 bsl 40, 1 bsl 59, 1 bsl 70]],
    ok.
