// SPDX-License-Identifier: Apache-2.0
// sched/run.c - the run loop of one sandbox.
#include "sched/run.h"

#include "base/clock.h"
#include "proc/signal.h"
#include "proc/timer.h"

enum { TIMERS_PER_TURN = 1000 };

// A process has ended by itself: those who watch the sandbox are told why, then its links
// and monitors.
static void finish(Exec *e, Isolate *iso, Process *p)
{
    if (p->pending_kill) {
        proc_exit_pending(iso, p);
        return;
    }
    if (p->uncaught == EXC_ERROR && iso->crashed != NULL) iso->crashed(iso, p, p->exc.value);
    if (p->watched && iso->host.returned != NULL && p->uncaught == 0 && p->exc.value == AM_normal) {
        iso->host.returned(iso->host.host, p, e->x[0]);
    }
    proc_exit(iso, p, p->exc.value);
}

static void run_process(Exec *e, Isolate *iso, Process *p)
{
    iso->current = p;
    iso->context_switches++;
    if (p->needs_gc) {
        bool full = p->gc_full;
        p->needs_gc = p->gc_full = false;
        // A refusal leaves the heap as it was: the process meets it when it allocates.
        (void)!process_collect(p, full);
        if (p->pending_kill) {
            iso->current = NULL;
            proc_exit_pending(iso, p);
            return;
        }
    }
    ExecOutcome outcome = exec_run(e, p, SLICE_REDUCTIONS);
    int64_t used = SLICE_REDUCTIONS - p->reds;
    p->reductions += (uint64_t)used;
    iso->reductions += (uint64_t)used;
    iso->current = NULL;
    if (outcome == EXEC_EXITED || p->pending_kill) finish(e, iso, p);
    else proc_park(iso, p, outcome == EXEC_WAITING);
}

static void stop_by_limit(Isolate *iso, Verdict v, LimitKind k)
{
    iso->verdict = v;
    iso->limit_hit = k;
    iso->stopping = true;
    if (iso->host.event != NULL) iso->host.event(iso->host.host, "limit", limit_text(k));
}

static void check_limits(Isolate *iso)
{
    if (iso->deadline != INT64_MAX && clock_monotonic_ns() >= iso->deadline) {
        stop_by_limit(iso, VERDICT_DEADLINE, LIMIT_DEADLINE);
    }
    uint64_t reductions = iso->limits.of[LIMIT_REDUCTIONS].allowed;
    if (reductions != 0 && iso->reductions >= reductions) stop_by_limit(iso, VERDICT_LIMIT, LIMIT_REDUCTIONS);
}

RunResult run_isolate(Exec *e, Isolate *iso, int64_t reductions)
{
    uint64_t end = iso->reductions + (uint64_t)reductions;
    bool timers_done = true, exits_done = true;
    if (timer_next_due(iso) != INT64_MAX) timers_done = timer_fire(iso, clock_monotonic_ns(), TIMERS_PER_TURN);
    check_limits(iso);
    while (!iso->stopping && iso->reductions < end) {
        if (iso->exit_first != NULL) {
            int64_t budget = SLICE_REDUCTIONS;
            exits_done = proc_exit_continue(iso, &budget);
            iso->reductions += (uint64_t)(SLICE_REDUCTIONS - budget);
            if (!exits_done) continue;
        }
        Process *p = proc_dequeue(iso);
        if (p == NULL) return timers_done ? RUN_IDLE : RUN_MORE;
        run_process(e, iso, p);
        check_limits(iso);
    }
    return iso->stopping ? RUN_STOPPING : RUN_MORE;
}
