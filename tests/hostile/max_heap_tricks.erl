% SPDX-License-Identifier: Apache-2.0
%% max_heap_size is turned off, not enforced and set below what is in use.
% hostile: more 1
% verdict: killed or limit memory or deadline or error system_limit
% limits: deadline=2s
-module(max_heap_tricks).
-export([main/0]).

main() ->
    process_flag(max_heap_size, #{size => 300, kill => false, error_logger => true}),
    process_flag(max_heap_size, 0),
    [spawn_opt(fun() -> lists:seq(1, 100000) end, [{max_heap_size, #{size => 233, kill => K, error_logger => true}}]) || K <- [true, false], _ <- lists:seq(1, 100)],
    grow([]).
grow(L) -> catch process_flag(max_heap_size, #{size => 0, kill => false}), grow([L | L]).
