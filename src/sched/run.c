// SPDX-License-Identifier: Apache-2.0
// sched/run.c - the run loop of one sandbox.
#include "sched/run.h"

#include "base/clock.h"
#include "base/fiber.h"
#include "proc/mailbox.h"
#include "proc/signal.h"
#include "proc/timer.h"
#include "term/stack.h"

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
    uint64_t steps = iso->limits.of[LIMIT_BUILTIN_WORK].allowed;
    term_steps_set(steps != 0 ? steps : TERM_STEPS_ENDLESS - 1);
    ExecOutcome outcome = exec_run(e, p, SLICE_REDUCTIONS);
    int64_t used = SLICE_REDUCTIONS - exec_left(e, p);
    p->reductions -= (uint64_t)p->reds;
    iso->reductions += (uint64_t)used;
    if (UNLIKELY(term_gave_up()) && !p->pending_kill && !iso->stopping) {
        limit_refuse(&iso->limits, LIMIT_BUILTIN_WORK);
        proc_kill(iso, p, AM_killed);
    }
    term_steps_set(TERM_STEPS_ENDLESS);  // what is done for it from here on must not give up
    if (!p->pending_kill) mailbox_fetch(p);
    iso->current = NULL;
    if (outcome == EXEC_EXITED || p->pending_kill) finish(e, iso, p);
    else proc_park(iso, p, outcome == EXEC_WAITING);
}

void run_stop(Isolate *iso, Verdict v, LimitKind k)
{
    iso->verdict = v;
    iso->limit_hit = k;
    iso->stopping = true;
    iso->limits.of[k].told = false;  // that it ends it is news
    limit_refuse(&iso->limits, k);
}

// A process was refused memory and is gone. When that has freed next to nothing the
// sandbox cannot get back under its limit, and the next process would be the next to die.
static void check_memory(Isolate *iso)
{
    Arena *a = &iso->space.arena;
    iso->memory_refused = false;
    arena_trim(a);
    if (a->used > a->limit - a->limit / 16) run_stop(iso, VERDICT_LIMIT, LIMIT_MEMORY);
}

static void check_limits(Isolate *iso, int64_t now)
{
    if (now >= iso->deadline) run_stop(iso, VERDICT_DEADLINE, LIMIT_DEADLINE);
    uint64_t reductions = iso->limits.of[LIMIT_REDUCTIONS].allowed;
    if (reductions != 0 && iso->reductions >= reductions)
        run_stop(iso, VERDICT_LIMIT, LIMIT_REDUCTIONS);
}

// Work between two looks at the clock: reductions, of which a switch counts as some.
enum { LOOK_REDUCTIONS = 400, SWITCH_REDUCTIONS = 20 };

RunResult run_isolate(Exec *e, Isolate *iso, int64_t reductions, int64_t now)
{
    uint64_t end = iso->reductions + (uint64_t)reductions, look = 0;
    bool timers_done = true;
    int64_t turn_end = now + TURN_NS;
    if (timer_next_due(iso) <= now) timers_done = timer_fire(iso, now, TIMERS_PER_TURN);
    check_limits(iso, now);
    for (uint64_t before; !iso->stopping && iso->reductions < end && now < turn_end;) {
        before = iso->reductions;
        if (iso->exit_first != NULL) {
            int64_t budget = SLICE_REDUCTIONS;
            (void)proc_exit_continue(iso, &budget);
            iso->reductions += (uint64_t)(SLICE_REDUCTIONS - budget);
        } else if (UNLIKELY(iso->memory_refused)) {
            check_memory(iso);
        } else {
            Process *p = proc_dequeue(iso);
            if (p == NULL) return timers_done ? RUN_IDLE : RUN_MORE;
            run_process(e, iso, p);
            // The process was to be stopped in the middle. Others are not to be: walks of theirs
            // would give up on this stack.
            if (UNLIKELY(fiber_is_abandoned())) return RUN_MORE;
        }
        look += iso->reductions - before + SWITCH_REDUCTIONS;
        if (look < LOOK_REDUCTIONS) continue;
        look = 0;
        now = clock_monotonic_ns();
        check_limits(iso, now);
    }
    return iso->stopping ? RUN_STOPPING : RUN_MORE;
}
