// SPDX-License-Identifier: Apache-2.0
// sandbox/engine.c - worker threads, the queue of runnable sandboxes, their timers.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "proc/timer.h"
#include "sandbox/library_base.h"
#include "sandbox/sandbox_int.h"

// ---- the queue; under the engine's lock -----------------------------------------
static void enqueue(Engine *e, Sandbox *s)
{
    s->queue_next = NULL;
    if (e->last != NULL) e->last->queue_next = s;
    else e->first = s;
    e->last = s;
    pthread_cond_signal(e->num_idle > 0 ? &e->work : &e->starving);
}

static Sandbox *dequeue(Engine *e)
{
    Sandbox *s = e->first;
    if (s == NULL) return NULL;
    e->first = s->queue_next;
    if (e->first == NULL) e->last = NULL;
    return s;
}

void engine_wake(Engine *e, Sandbox *s)
{
    int state = atomic_load(&s->sched);
    for (;;) {
        int next = state == TURN_IDLE ? TURN_QUEUED : state == TURN_RUNNING ? TURN_RERUN : state;
        if (!atomic_compare_exchange_weak(&s->sched, &state, next)) continue;
        if (state != TURN_IDLE) return;
        pthread_mutex_lock(&e->lock);
        enqueue(e, s);
        pthread_mutex_unlock(&e->lock);
        return;
    }
}

// ---- timers: a binary heap of idle sandboxes by the time they are due --------------
static void place(Engine *e, size_t i, Sandbox *s)
{
    e->timers[i] = s;
    s->timer_place = i;
}

static void sift_up(Engine *e, size_t i, Sandbox *s)
{
    for (; i > 0 && e->timers[(i - 1) / 2]->timer_due > s->timer_due; i = (i - 1) / 2)
        place(e, i, e->timers[(i - 1) / 2]);
    place(e, i, s);
}

static void sift_down(Engine *e, size_t i, Sandbox *s)
{
    for (size_t child; (child = 2 * i + 1) < e->num_timers; i = child) {
        if (child + 1 < e->num_timers &&
            e->timers[child + 1]->timer_due < e->timers[child]->timer_due)
            child++;
        if (e->timers[child]->timer_due >= s->timer_due) break;
        place(e, i, e->timers[child]);
    }
    place(e, i, s);
}

static void timer_remove(Engine *e, Sandbox *s)
{
    size_t i = s->timer_place;
    if (i == SIZE_MAX) return;
    s->timer_place = SIZE_MAX;
    Sandbox *last = e->timers[--e->num_timers];
    if (last == s) return;
    sift_down(e, i, last);
    sift_up(e, last->timer_place, last);
}

static void timer_set(Engine *e, Sandbox *s, int64_t due)
{
    timer_remove(e, s);
    s->timer_due = due;
    if (due == INT64_MAX) return;
    sift_up(e, e->num_timers++, s);
}

// Sandboxes whose timer is due become runnable. Returns when the next one is.
static int64_t fire_timers(Engine *e)
{
    while (e->num_timers > 0) {
        Sandbox *s = e->timers[0];
        if (s->timer_due > clock_monotonic_ns()) return s->timer_due;
        timer_remove(e, s);
        int idle = TURN_IDLE;
        if (atomic_compare_exchange_strong(&s->sched, &idle, TURN_QUEUED)) enqueue(e, s);
    }
    return INT64_MAX;
}

// ---- workers -------------------------------------------------------------------------
static void wait_for_work(Engine *e, int64_t due)
{
    if (due == INT64_MAX) {
        pthread_cond_wait(&e->work, &e->lock);
        return;
    }
    struct timespec at = {.tv_sec = due / 1000000000, .tv_nsec = due % 1000000000};
    pthread_cond_timedwait(&e->work, &e->lock, &at);
}

// Takes the sandbox off this worker: back into the queue, or idle until a wake-up or its
// timer. Under the engine's lock.
static void put_back(Engine *e, Sandbox *s, bool more)
{
    int running = TURN_RUNNING;
    if (!more) timer_set(e, s, sandbox_due(s));
    if (!more && atomic_compare_exchange_strong(&s->sched, &running, TURN_IDLE)) return;
    atomic_store(&s->sched, TURN_QUEUED);
    enqueue(e, s);
}

static _Thread_local bool on_worker;
static _Thread_local const Sandbox *turning;

bool engine_on_worker(void) { return on_worker; }
const Sandbox *engine_turning(void) { return turning; }

// Nobody runs the sandbox any more; whoever waits for that may go on.
static void let_go(Engine *e, Sandbox *s)
{
    if (s->host.gone != NULL) s->host.gone(s->host.context);
    pthread_mutex_lock(&e->lock);
    sandbox_delist(e, s);
    pthread_mutex_unlock(&e->lock);
    pthread_mutex_lock(&s->lock);
    s->gone = true;
    s->status.end_ns = (uint64_t)(clock_monotonic_ns() - s->end_began);
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
    sandbox_release(s);
}

// One turn of the first sandbox in the queue. Under the engine's lock, which is not held
// during the turn.
static void take_turn(Engine *e, Worker *w, Sandbox *s, Exec *x)
{
    timer_remove(e, s);
    atomic_store(&s->sched, TURN_RUNNING);
    w->turn_start = clock_monotonic_ns();
    // While everybody is busy the timers of the others are the watchdog's.
    if (e->watchdog_sleeps && e->num_idle == 0 && e->num_timers > 0)
        pthread_cond_signal(&e->starving);
    pthread_mutex_unlock(&e->lock);
    turning = s;
    bool more = sandbox_turn(s, x);
    turning = NULL;
    pthread_mutex_lock(&e->lock);
    w->turn_start = 0;
    if (!s->ended) {
        put_back(e, s, more);
        return;
    }
    pthread_mutex_unlock(&e->lock);
    let_go(e, s);
    pthread_mutex_lock(&e->lock);
}

// ---- spare workers ------------------------------------------------------------------
// A turn ends after a millisecond, but for work that cannot be interrupted: a collection
// of a large heap, a copy of a large message. When all workers are held by such turns
// while others wait, one more worker is started: the operating system shares the
// processors between it and those. Afterwards a worker too many ends.
static size_t held_workers(const Engine *e, int64_t now)
{
    size_t n = 0;
    for (const Worker *w = e->workers; w != NULL; w = w->next)
        n += w->turn_start != 0 && now - w->turn_start > HELD_NS;
    return n;
}

static bool is_surplus(const Engine *e)
{
    return e->num_workers > e->num_threads &&
           e->num_workers - held_workers(e, clock_monotonic_ns()) > e->num_threads;
}

static void *worker(void *arg)
{
    Worker *w = arg;
    Engine *e = w->engine;
    Exec *x = exec_new();
    on_worker = true;
    pthread_mutex_lock(&e->lock);
    while (x != NULL && !e->stopping && !is_surplus(e)) {
        int64_t due = fire_timers(e);
        Sandbox *s = dequeue(e);
        if (s != NULL) {
            take_turn(e, w, s, x);
            continue;
        }
        e->num_idle++;
        wait_for_work(e, due);
        e->num_idle--;
    }
    for (Worker **at = &e->workers; *at != NULL; at = &(*at)->next) {
        if (*at != w) continue;
        *at = w->next;
        break;
    }
    e->num_workers--;
    pthread_cond_broadcast(&e->ended);
    pthread_mutex_unlock(&e->lock);
    exec_free(x);
    free(w);
    return NULL;
}

// Under the engine's lock.
static Status start_worker(Engine *e)
{
    Worker *w = calloc(1, sizeof *w);
    if (w == NULL) return ST_NOMEM;
    *w = (Worker){.next = e->workers, .engine = e};
    pthread_t thread;
    if (pthread_create(&thread, NULL, worker, w) != 0) {
        free(w);
        return ST_NOMEM;
    }
    pthread_detach(thread);
    e->workers = w;
    e->num_workers++;
    return ST_OK;
}

static void *watchdog(void *arg)
{
    Engine *e = arg;
    pthread_mutex_lock(&e->lock);
    while (!e->stopping) {
        if (e->num_idle > 0 || (e->first == NULL && e->num_timers == 0)) {
            e->watchdog_sleeps = true;
            pthread_cond_wait(&e->starving, &e->lock);
            e->watchdog_sleeps = false;
            continue;
        }
        (void)fire_timers(e);
        int64_t now = clock_monotonic_ns(), look = now + NS_PER_MS;
        if (e->first != NULL && held_workers(e, now) == e->num_workers &&
            e->num_workers < e->num_threads + MAX_SPARE_WORKERS)
            (void)!start_worker(e);  // refused: it is tried again
        struct timespec at = {.tv_sec = look / NS_PER_S, .tv_nsec = look % NS_PER_S};
        pthread_cond_timedwait(&e->starving, &e->lock, &at);
    }
    pthread_mutex_unlock(&e->lock);
    return NULL;
}

// ---- life -------------------------------------------------------------------------------
static unsigned processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : (unsigned)n;
}

static Status start_threads(Engine *e, unsigned n, Diag *d)
{
    Status st = ST_OK;
    pthread_mutex_lock(&e->lock);
    e->num_threads = n;
    while (st == ST_OK && e->num_workers < n) st = start_worker(e);
    pthread_mutex_unlock(&e->lock);
    if (st == ST_OK && pthread_create(&e->watchdog, NULL, watchdog, e) == 0) e->has_watchdog = true;
    if (e->has_watchdog) return ST_OK;
    diag_set(d, "cannot start a worker thread");
    return ST_NOMEM;
}

static void init_locks(Engine *e)
{
    pthread_mutex_init(&e->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&e->work, &monotonic);
    pthread_cond_init(&e->starving, &monotonic);
    pthread_cond_init(&e->ended, NULL);
    pthread_condattr_destroy(&monotonic);
}

Status engine_new(const EngineOptions *o, Engine **out, Diag *d)
{
    Engine *e = calloc(1, sizeof *e);
    if (e == NULL) return ST_NOMEM;
    init_locks(e);
    e->memory = o->memory;
    Status st = library_base_init(e, o, d);
    if (st == ST_OK) st = start_threads(e, o->threads == 0 ? processors() : o->threads, d);
    if (st != ST_OK) {
        engine_free(e);
        return st;
    }
    *out = e;
    return ST_OK;
}

size_t engine_num_sandboxes(Engine *e)
{
    pthread_mutex_lock(&e->lock);
    size_t n = e->num_sandboxes;
    pthread_mutex_unlock(&e->lock);
    return n;
}

// One sandbox that is left, retained; NULL: none.
static Sandbox *any_sandbox(Engine *e)
{
    pthread_mutex_lock(&e->lock);
    Sandbox *s = e->all;
    if (s != NULL) sandbox_retain(s);
    pthread_mutex_unlock(&e->lock);
    return s;
}

void engine_free(Engine *e)
{
    if (e == NULL) return;
    for (Sandbox *s; (s = any_sandbox(e)) != NULL;) sandbox_free(s);
    pthread_mutex_lock(&e->lock);
    e->stopping = true;
    pthread_cond_broadcast(&e->work);
    pthread_cond_broadcast(&e->starving);
    while (e->num_workers > 0) pthread_cond_wait(&e->ended, &e->lock);
    pthread_mutex_unlock(&e->lock);
    if (e->has_watchdog) pthread_join(e->watchdog, NULL);
    free(e->timers);
    library_base_clear(e);
    pthread_cond_destroy(&e->work);
    pthread_cond_destroy(&e->starving);
    pthread_cond_destroy(&e->ended);
    pthread_mutex_destroy(&e->lock);
    free(e);
}
