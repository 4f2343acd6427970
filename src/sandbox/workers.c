// SPDX-License-Identifier: Apache-2.0
// sandbox/workers.c - the threads that run sandboxes: workers, spare workers, visitors.
#include <stdlib.h>

#include "base/clock.h"
#include "base/os.h"
#include "sandbox/sandbox_int.h"

// A thread that runs whatever is runnable.
typedef struct Worker {
    struct Worker *next;
    Engine *engine;
    Exec *registers;  // here for leak checkers too: while a fiber runs they know its stack alone
    int64_t turn_start;  // monotonic ns; 0: between turns
} Worker;

enum { MAX_SPARE_WORKERS = 16 };
// A turn that takes longer holds its thread.
#define HELD_NS (2 * NS_PER_MS)
// A visitor runs builtins and the host's callbacks on a stack that it did not choose.
#define VISITOR_STACK ((size_t)256 << 10)

static _Thread_local bool in_turn;
static _Thread_local const Sandbox *turning;

bool engine_on_worker(void) { return in_turn; }
const Sandbox *engine_turning(void) { return turning; }

// ---- in and out of the queue -----------------------------------------------------------
void engine_wake(Engine *e, Sandbox *s)
{
    int state = atomic_load(&s->sched);
    for (;;) {
        int next = state == TURN_IDLE ? TURN_QUEUED : state == TURN_RUNNING ? TURN_RERUN : state;
        if (!atomic_compare_exchange_weak(&s->sched, &state, next)) continue;
        bool ending = atomic_load(&s->ending);
        if (state != TURN_IDLE && !(state == TURN_QUEUED && ending)) return;
        if (state == TURN_IDLE) queue_join(e, s);
        pthread_mutex_lock(&e->lock);
        if (state == TURN_IDLE) queue_put(e, s);
        else queue_hasten(e, s);
        pthread_mutex_unlock(&e->lock);
        return;
    }
}

// The owner gives the sandbox up: back into the queue, or idle until a wake-up or its timer.
// Under the engine's lock.
static void put_back(Engine *e, Sandbox *s, bool more)
{
    int running = TURN_RUNNING;
    if (!more) queue_set_timer(e, s, sandbox_due(s));
    if (!more && atomic_compare_exchange_strong(&s->sched, &running, TURN_IDLE)) return;
    atomic_store(&s->sched, TURN_QUEUED);
    queue_set_timer(e, s, INT64_MAX);
    queue_put(e, s);
}

// Nobody runs the sandbox any more; whoever waits for that may go on.
static void let_go(Engine *e, Sandbox *s)
{
    if (s->host.gone != NULL) s->host.gone(s->host.context);
    pthread_mutex_lock(&e->lock);
    queue_set_timer(e, s, INT64_MAX);
    sandbox_delist(e, s);
    pthread_mutex_unlock(&e->lock);
    pthread_mutex_lock(&s->lock);
    s->gone = true;
    s->status.end_ns = (uint64_t)(clock_monotonic_ns() - s->end_began);
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
    sandbox_release(s);
}

static bool turn(Sandbox *s, Exec *x)
{
    turning = s;
    bool more = sandbox_turn(s, x);
    turning = NULL;
    return more;
}

// ---- visitors ------------------------------------------------------------------------------
// A thread of the host that waits for a sandbox runs it itself when the sandbox is idle and
// nobody else is before it in line: no other thread has to wake up, and neither has this one.
// Without timers the engine's lock is not taken either.
static pthread_key_t visitor_key;
static pthread_once_t visitor_once = PTHREAD_ONCE_INIT;
static bool has_visitor_key;

static void free_registers(void *x) { exec_free(x); }

static void make_key(void)
{
    has_visitor_key = pthread_key_create(&visitor_key, free_registers) == 0;
}

// The registers of the calling thread, freed when it ends. NULL: it may not visit.
static Exec *visitor_registers(void)
{
    (void)pthread_once(&visitor_once, make_key);
    if (!has_visitor_key || os_stack_left() < VISITOR_STACK) return NULL;
    Exec *x = pthread_getspecific(visitor_key);
    if (x != NULL) return x;
    x = exec_new();
    if (x == NULL || pthread_setspecific(visitor_key, x) == 0) return x;
    exec_free(x);
    return NULL;
}

static void give_up(Engine *e, Sandbox *s, bool more)
{
    int running = TURN_RUNNING;
    bool timed = atomic_load_explicit(&s->timed, memory_order_relaxed);
    if (!more && !timed && sandbox_due(s) == INT64_MAX &&
        atomic_compare_exchange_strong(&s->sched, &running, TURN_IDLE))
        return;
    pthread_mutex_lock(&e->lock);
    put_back(e, s, more);
    pthread_mutex_unlock(&e->lock);
}

// True: the sandbox was idle, and now the calling thread owns it.
static bool claim(Engine *e, Sandbox *s)
{
    int idle = TURN_IDLE;
    if (!atomic_compare_exchange_strong(&s->sched, &idle, TURN_RUNNING)) return false;
    queue_join(e, s);
    if (queue_must_wait(e, s) && !atomic_load(&s->ending)) {
        give_up(e, s, true);
        return false;
    }
    if (atomic_load_explicit(&s->timed, memory_order_relaxed)) {
        pthread_mutex_lock(&e->lock);
        queue_set_timer(e, s, INT64_MAX);
        pthread_mutex_unlock(&e->lock);
    }
    return true;
}

static void visit(Engine *e, Sandbox *s, Exec *x, Waiter *w)
{
    bool more;
    in_turn = true;
    do more = turn(s, x);
    while (more && !s->ended && (w == NULL || !waiter_is_done(w)) && !queue_must_wait(e, s));
    if (s->ended) let_go(e, s);
    else give_up(e, s, more);
    in_turn = false;
}

void engine_visit(Engine *e, Sandbox *s, Waiter *w)
{
    Exec *x = in_turn ? NULL : visitor_registers();
    if (x != NULL && claim(e, s)) visit(e, s, x, w);
    else engine_wake(e, s);
}

void engine_visit_end(Engine *e, Sandbox *s) { engine_visit(e, s, NULL); }

// ---- workers ---------------------------------------------------------------------------------
static void wait_for_work(Engine *e, int64_t due)
{
    if (due == INT64_MAX) {
        pthread_cond_wait(&e->work, &e->lock);
        return;
    }
    struct timespec at = {.tv_sec = due / NS_PER_S, .tv_nsec = due % NS_PER_S};
    pthread_cond_timedwait(&e->work, &e->lock, &at);
}

// One turn of a sandbox that came out of the queue. Under the engine's lock, which is not held
// during the turn.
static void take_turn(Engine *e, Worker *w, Sandbox *s, Exec *x)
{
    queue_set_timer(e, s, INT64_MAX);
    atomic_store(&s->sched, TURN_RUNNING);
    w->turn_start = clock_monotonic_ns();
    // While everybody is busy the timers of the others are the watchdog's.
    if (e->watchdog_sleeps && e->num_idle == 0 && pqueue_first(&e->timers) != NULL)
        pthread_cond_signal(&e->starving);
    pthread_mutex_unlock(&e->lock);
    bool more = turn(s, x);
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
    in_turn = true;
    pthread_mutex_lock(&e->lock);
    w->registers = x;
    while (x != NULL && !e->stopping && !is_surplus(e)) {
        int64_t due = queue_fire(e);
        Sandbox *s = queue_take(e);
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
        bool nothing = pqueue_first(&e->runnable) == NULL;
        if (e->num_idle > 0 || (nothing && pqueue_first(&e->timers) == NULL)) {
            e->watchdog_sleeps = true;
            pthread_cond_wait(&e->starving, &e->lock);
            e->watchdog_sleeps = false;
            continue;
        }
        (void)queue_fire(e);
        int64_t now = clock_monotonic_ns(), look = now + NS_PER_MS;
        if (pqueue_first(&e->runnable) != NULL && held_workers(e, now) == e->num_workers &&
            e->num_workers < e->num_threads + MAX_SPARE_WORKERS)
            (void)!start_worker(e);  // refused: it is tried again
        struct timespec at = {.tv_sec = look / NS_PER_S, .tv_nsec = look % NS_PER_S};
        pthread_cond_timedwait(&e->starving, &e->lock, &at);
    }
    pthread_mutex_unlock(&e->lock);
    return NULL;
}

Status workers_start(Engine *e, unsigned n, Diag *d)
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

void workers_stop(Engine *e)
{
    pthread_mutex_lock(&e->lock);
    e->stopping = true;
    pthread_cond_broadcast(&e->work);
    pthread_cond_broadcast(&e->starving);
    while (e->num_workers > 0) pthread_cond_wait(&e->ended, &e->lock);
    pthread_mutex_unlock(&e->lock);
    if (e->has_watchdog) pthread_join(e->watchdog, NULL);
}
