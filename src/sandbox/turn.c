// SPDX-License-Identifier: Apache-2.0
// sandbox/turn.c - a turn of a sandbox, on a stack of its own.
//
// Whatever a turn does, a builtin's loop or a collection, can be put aside at a pause point
// (base/fiber.h) while other sandboxes have the thread. Nothing of the sandbox runs before
// that turn has gone on, so nobody finds it half changed; its commands wait as well.
#include <stdatomic.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/fiber.h"
#include "sandbox/sandbox_int.h"
#include "sched/run.h"
#include "term/stack.h"

// A stack and the registers of what runs on it.
struct Strand {
    Strand *next;
    Fiber *fiber;
    Exec *exec;
    Sandbox *sandbox;
    uint64_t steps;  // term_steps() while it waits
    bool more;       // the turn is over: the sandbox wants another one
};

// Idle ones, of all engines. A slot is emptied and filled by exchange, so that a turn takes no
// lock for it.
enum { IDLE_MAX = 32 };
static _Atomic(Strand *) idle[IDLE_MAX];

static void strand_free(Strand *t)
{
    if (t == NULL) return;
    fiber_free(t->fiber);
    if (t->exec != NULL) exec_free(t->exec);
    free(t);
}

static Strand *strand_new(void)
{
    Strand *t = calloc(1, sizeof *t);
    if (t == NULL) return NULL;
    t->fiber = fiber_new();
    t->exec = exec_new();
    if (t->fiber != NULL && t->exec != NULL) return t;
    strand_free(t);
    return NULL;
}

static Strand *strand_take(void)
{
    for (size_t i = 0; i < IDLE_MAX; i++) {
        if (atomic_load_explicit(&idle[i], memory_order_relaxed) == NULL) continue;
        Strand *t = atomic_exchange(&idle[i], NULL);
        if (t != NULL) return t;
    }
    return strand_new();
}

static void strand_give(Strand *t)
{
    t->sandbox = NULL;
    for (size_t i = 0; i < IDLE_MAX; i++) {
        if (atomic_load_explicit(&idle[i], memory_order_relaxed) != NULL) continue;
        Strand *none = NULL;
        if (atomic_compare_exchange_strong(&idle[i], &none, t)) return;
    }
    strand_free(t);
}

void turn_free_idle(void)
{
    for (size_t i = 0; i < IDLE_MAX; i++) strand_free(atomic_exchange(&idle[i], NULL));
}

static void run_strand(void *arg)
{
    Strand *t = arg;
    t->more = sandbox_whole_turn(t->sandbox, t->exec);
}

// A turn stands in the middle and somebody wants the sandbox gone, or its time is over, or
// that of the call which is at it: walks give up, and that guest does not run on. False: it
// goes on as if nothing had been.
static bool gives_up(Sandbox *s, int64_t now)
{
    if (atomic_load(&s->ending)) {
        s->iso.stopping = true;
        return true;
    }
    if (now >= s->iso.deadline) {
        if (!s->iso.stopping) run_stop(&s->iso, VERDICT_DEADLINE, LIMIT_DEADLINE);
        return true;
    }
    return calls_expire_current(s, now);
}

static bool go_on(Sandbox *s, Strand *t)
{
    if (gives_up(s, s->turn_began)) {
        fiber_abandon(t->fiber);
        t->steps = 0;
    }
    term_steps_set(t->steps);
    return fiber_resume(t->fiber, s->turn_began);
}

// The end of a part of a turn. (Its body does the same at its own end.)
static void put_aside(Sandbox *s, Strand *t, int64_t began)
{
    t->steps = term_steps();
    s->strand = t;
    if (s->turn_began == 0) s->turn_began = began;  // its end has been accounted for already
    int64_t now = clock_monotonic_ns();
    queue_charge(s->engine, s, account_end(s, now), now);
    s->turn_began = 0;
    sandbox_publish(s);
}

bool sandbox_turn(Sandbox *s, Exec *x)
{
    account_begin(s);
    int64_t began = s->turn_began;
    Strand *t = s->strand;
    bool resumed = t != NULL;
    if (!resumed) t = strand_take();
    if (t == NULL) return sandbox_whole_turn(s, x);  // no memory: it cannot be put aside
    t->sandbox = s;
    // Who wants its end need not wait for the rest of this part.
    if (!resumed) fiber_hurry(t->fiber, atomic_load(&s->ending) ? NULL : &s->ending);
    if (!(resumed ? go_on(s, t) : fiber_run(t->fiber, run_strand, t, began))) {
        put_aside(s, t, began);
        return true;
    }
    // What came in while it stood in the middle has not been looked at.
    bool more = t->more || resumed;
    s->strand = NULL;
    strand_give(t);
    return more;
}
