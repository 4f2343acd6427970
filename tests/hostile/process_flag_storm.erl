% SPDX-License-Identifier: Apache-2.0
%% Flags of processes are set back and forth.
% hostile: more 61
% verdict: deadline
% limits: deadline=1s
-module(process_flag_storm).
-export([main/0]).

main() ->
    [process_flag(F, V) || {F, V} <- [{priority, low}, {priority, max}, {trap_exit, true}, {trap_exit, false}, {message_queue_data, off_heap},
        {message_queue_data, on_heap}, {fullsweep_after, 0}, {min_heap_size, 100000}, {min_heap_size, 233}, {sensitive, true}, {sensitive, false}]], main().
