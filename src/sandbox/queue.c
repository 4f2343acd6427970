// SPDX-License-Identifier: Apache-2.0
// sandbox/queue.c - who runs next: shares and rates of CPU time, timers of idle sandboxes.
//
// Weighted fair queueing by virtual time, as the schedulers of operating systems do it. Each
// sandbox has a virtual time: the CPU time that it has used, divided by its share. The one whose
// virtual time is least runs next, so over time each of those that want to run gets CPU time in
// proportion to its share, whatever the length of its turns. The engine's own virtual time is
// that of the sandbox that was taken last; it never goes back.
//
//   - Who was idle comes back with no more than the engine's virtual time less one turn: it is
//     served before those that use the processors all the time, but the time that it did not use
//     is not saved up, and many short sleeps gain no more than one long one.
//   - A sandbox runs on one thread. One with a large share on a machine with many processors
//     cannot use all of it and would fall behind for ever, and with it the engine's virtual time;
//     then a newcomer would shut out everybody else. So when a sandbox is put back it keeps at
//     most two turns of the others as a lead (forfeit).
//   - While nobody waits, the engine's virtual time follows those that run (queue_charge):
//     what was used when nobody else wanted it is not held against anybody later.
//
// A rate (permille of one processor) is a bucket that fills at that rate and holds RATE_BURST:
// paid_until is the time at which what was used will have been paid for. A sandbox that is
// more than the burst ahead of the clock stays in `timers` until it is not, deadlines excepted.
#include "base/clock.h"
#include "sandbox/sandbox_int.h"
#include "sched/run.h"

enum { SHARE_DEFAULT = 100 };
#define RATE_BURST (20 * NS_PER_MS)
// The end of a sandbox goes before everything.
#define FIRST_OF_ALL INT64_MIN

static int64_t share_of(const Sandbox *s)
{
    uint64_t share = s->iso.limits.of[LIMIT_CPU_SHARE].allowed;
    if (share == 0) return SHARE_DEFAULT;
    return share > CPU_SHARE_MAX ? CPU_SHARE_MAX : (int64_t)share;
}

// CPU time as virtual time of s.
static int64_t virtual_ns(const Sandbox *s, int64_t ns) { return ns * SHARE_DEFAULT / share_of(s); }

static Sandbox *of_turn(PqItem *i) { return container_of(i, Sandbox, turn); }
static Sandbox *of_timer(PqItem *i) { return container_of(i, Sandbox, timer); }

Status queue_reserve(Engine *e, size_t n)
{
    TRY(pqueue_reserve(&e->runnable, n));
    return pqueue_reserve(&e->timers, n);
}

void queue_clear(Engine *e)
{
    pqueue_clear(&e->runnable);
    pqueue_clear(&e->timers);
}

// ---- virtual time -----------------------------------------------------------------------
// Never back.
static void advance(Engine *e, int64_t to)
{
    int64_t now = atomic_load_explicit(&e->vtime, memory_order_relaxed);
    while (now < to && !atomic_compare_exchange_weak(&e->vtime, &now, to)) continue;
}

void queue_join(Engine *e, Sandbox *s)
{
    int64_t least = atomic_load_explicit(&e->vtime, memory_order_relaxed) - virtual_ns(s, TURN_NS);
    if (s->vtime < least) s->vtime = least;
}

static void forfeit(Engine *e, Sandbox *s)
{
    const PqItem *first = pqueue_first(&e->runnable);
    if (first == NULL || first->key == FIRST_OF_ALL) return;
    int64_t lead = 2 * (virtual_ns(s, TURN_NS) + virtual_ns(of_turn((PqItem *)first), TURN_NS));
    if (s->vtime < first->key - lead) s->vtime = first->key - lead;
}

void queue_charge(Engine *e, Sandbox *s, uint64_t ns, int64_t now)
{
    int64_t used = ns > (uint64_t)NS_PER_S * 3600 ? NS_PER_S * 3600 : (int64_t)ns;
    s->vtime += virtual_ns(s, used);
    uint64_t rate = s->iso.limits.of[LIMIT_CPU_RATE].allowed;
    if (rate != 0) {
        if (s->paid_until < now) s->paid_until = now;
        s->paid_until += used * 1000 / (int64_t)(rate > CPU_RATE_MAX ? CPU_RATE_MAX : rate);
    }
    // A look now and then is enough, and leaves the line alone that all threads share.
    int64_t behind = s->vtime - atomic_load_explicit(&e->vtime, memory_order_relaxed);
    if (behind > TURN_NS / 4 && atomic_load_explicit(&e->num_runnable, memory_order_relaxed) == 0)
        advance(e, s->vtime);
}

bool queue_over_rate(const Sandbox *s, int64_t now)
{
    return s->iso.limits.of[LIMIT_CPU_RATE].allowed != 0 && s->paid_until - now > RATE_BURST;
}

bool queue_must_wait(const Engine *e, const Sandbox *s)
{
    if (s->iso.limits.of[LIMIT_CPU_RATE].allowed != 0 && queue_over_rate(s, clock_monotonic_ns()))
        return true;
    return atomic_load_explicit(&e->num_runnable, memory_order_relaxed) > 0 &&
           s->vtime > atomic_load_explicit(&e->vtime, memory_order_relaxed);
}

// ---- the queue ------------------------------------------------------------------------------
static void note_length(Engine *e)
{
    atomic_store_explicit(&e->num_runnable, e->runnable.len, memory_order_relaxed);
}

static void put_runnable(Engine *e, Sandbox *s)
{
    pqueue_put(&e->runnable, &s->turn, atomic_load(&s->ending) ? FIRST_OF_ALL : s->vtime);
    note_length(e);
    pthread_cond_signal(e->num_idle > 0 ? &e->work : &e->starving);
}

void queue_set_timer(Engine *e, Sandbox *s, int64_t due)
{
    if (due == INT64_MAX) pqueue_remove(&e->timers, &s->timer);
    else pqueue_put(&e->timers, &s->timer, due);
    atomic_store_explicit(&s->timed, due != INT64_MAX, memory_order_relaxed);
    // Whoever sleeps until the next timer must look again.
    if (due == INT64_MAX || pqueue_first(&e->timers) != &s->timer) return;
    if (e->num_idle > 0) pthread_cond_signal(&e->work);
    else if (e->watchdog_sleeps) pthread_cond_signal(&e->starving);
}

void queue_put(Engine *e, Sandbox *s)
{
    if (!atomic_load(&s->ending) && queue_over_rate(s, clock_monotonic_ns())) {
        int64_t allowed = s->paid_until - RATE_BURST;
        s->throttled = true;
        queue_set_timer(e, s, s->stop_due < allowed ? s->stop_due : allowed);
        return;
    }
    forfeit(e, s);
    put_runnable(e, s);
}

Sandbox *queue_take(Engine *e)
{
    PqItem *first = pqueue_first(&e->runnable);
    if (first == NULL) return NULL;
    if (first->key != FIRST_OF_ALL) advance(e, first->key);
    pqueue_remove(&e->runnable, first);
    note_length(e);
    return of_turn(first);
}

static void release_throttled(Engine *e, Sandbox *s)
{
    s->throttled = false;
    queue_join(e, s);
    put_runnable(e, s);
}

int64_t queue_fire(Engine *e)
{
    for (PqItem *first; (first = pqueue_first(&e->timers)) != NULL;) {
        if (first->key > clock_monotonic_ns()) return first->key;
        Sandbox *s = of_timer(first);
        queue_set_timer(e, s, INT64_MAX);
        if (s->throttled) {
            release_throttled(e, s);
            continue;
        }
        int idle = TURN_IDLE;
        if (!atomic_compare_exchange_strong(&s->sched, &idle, TURN_QUEUED)) continue;
        queue_join(e, s);
        queue_put(e, s);
    }
    return INT64_MAX;
}

void queue_hasten(Engine *e, Sandbox *s)
{
    if (s->throttled) {
        queue_set_timer(e, s, INT64_MAX);
        release_throttled(e, s);
    } else if (s->turn.place != 0) {
        pqueue_put(&e->runnable, &s->turn, FIRST_OF_ALL);
    }
}
