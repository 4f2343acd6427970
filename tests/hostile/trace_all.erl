% SPDX-License-Identifier: Apache-2.0
%% Tracing is refused, whatever is asked.
% hostile: 73
% verdict: done
-module(trace_all).
-export([main/0]).

main() ->
    [begin catch erlang:trace(W, true, [all]), catch erlang:trace(W, true, [call, {tracer, self()}]) end ||
        W <- [all, existing, new, self(), processes, ports]],
    [catch erlang:trace_pattern(P, true, [local]) || P <- [{'_', '_', '_'}, {lists, '_', '_'}, on_load, send]],
    [catch erlang:system_flag(F, V) || F <- [multi_scheduling, schedulers_online, time_offset, fullsweep_after, min_heap_size,
         max_heap_size, backtrace_depth, cpu_topology, scheduler_wall_time, trace_control_word, erts_alloc, dirty_cpu_schedulers_online],
         V <- [block, unblock, block_normal, 0, 1, 1 bsl 40, true, finalize]],
    [catch erlang:system_monitor(self(), [O]) || O <- [busy_port, busy_dist_port, {long_gc, 1}, {large_heap, 1}]],
    [catch erlang:system_profile(self(), [runnable_procs]) || _ <- [1]],
    ok.
