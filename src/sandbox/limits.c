// SPDX-License-Identifier: Apache-2.0
// sandbox/limits.c - limits that other threads change, or take from.
#include <stdlib.h>

#include "base/clock.h"
#include "sandbox/sandbox_int.h"

// ---- amounts that other threads take ----------------------------------------------------
static void raise_peak(SharedLimit *l, uint64_t used)
{
    unsigned long long peak = atomic_load(&l->peak);
    while (used > peak && !atomic_compare_exchange_weak(&l->peak, &peak, used)) {}
}

Status shared_limit_take(SharedLimit *l)
{
    uint64_t used = atomic_fetch_add(&l->used, 1) + 1, allowed = atomic_load(&l->allowed);
    if (allowed != 0 && used > allowed) {
        atomic_fetch_sub(&l->used, 1);
        atomic_fetch_add(&l->refused, 1);
        return ST_LIMIT;
    }
    raise_peak(l, used);
    return ST_OK;
}

void shared_limit_give(SharedLimit *l) { atomic_fetch_sub(&l->used, 1); }

void shared_limits_set(Sandbox *s)
{
    atomic_store(&s->waiting.allowed, s->iso.limits.of[LIMIT_INBOX].allowed);
    atomic_store(&s->open_calls.allowed, s->iso.limits.of[LIMIT_CALLS].allowed);
}

static void collect(Sandbox *s, LimitKind k, SharedLimit *l)
{
    Limit *m = &s->iso.limits.of[k];
    m->used = atomic_load(&l->used);
    m->peak = atomic_load(&l->peak);
    uint64_t refused = atomic_exchange(&l->refused, 0);
    if (refused == 0) return;
    limit_refuse(&s->iso.limits, k);
    m->hits += refused - 1;
}

void shared_limits_collect(Sandbox *s)
{
    collect(s, LIMIT_INBOX, &s->waiting);
    collect(s, LIMIT_CALLS, &s->open_calls);
}

// ---- changing a limit ----------------------------------------------------------------------
typedef struct LimitJob {
    Command command;
    LimitKind kind;
    uint64_t allowed;
} LimitJob;

// The engine has promised the memory limits of all its sandboxes.
static Status renew_promise(Engine *e, uint64_t old, uint64_t allowed)
{
    if (e->memory == 0) return ST_OK;
    Status st = ST_LIMIT;
    pthread_mutex_lock(&e->lock);
    uint64_t others = e->promised - old;
    if (allowed != 0 && allowed <= e->memory - others) {
        e->promised = others + allowed;
        st = ST_OK;
    }
    pthread_mutex_unlock(&e->lock);
    return st;
}

static Status set_limit(Sandbox *s, void *context)
{
    const LimitJob *j = context;
    Isolate *iso = &s->iso;
    if (s->over) return ST_CLOSED;
    if (j->kind == LIMIT_MEMORY)
        TRY(renew_promise(s->engine, iso->limits.of[LIMIT_MEMORY].allowed, j->allowed));
    isolate_set_limit(iso, j->kind, j->allowed);
    shared_limits_set(s);
    // It is looked at as if somebody had been refused.
    if (iso->space.arena.used > iso->space.arena.limit) iso->memory_refused = true;
    sandbox_publish(s);
    return ST_OK;
}

static void run_set_limit(Sandbox *s, Command *command, bool ended)
{
    LimitJob *j = container_of(command, LimitJob, command);
    if (!ended) (void)!set_limit(s, j);
    free(j);
}

Status sandbox_set_limit(Sandbox *s, LimitKind k, uint64_t allowed)
{
    LimitJob job = {.command.run = run_set_limit, .kind = k, .allowed = allowed};
    if (engine_turning() == s) return set_limit(s, &job);
    if (!engine_on_worker()) return sandbox_control(s, set_limit, &job);
    LimitJob *j = malloc(sizeof *j);
    if (j == NULL) return ST_NOMEM;
    *j = job;
    if (sandbox_post(s, &j->command, NULL)) return ST_OK;
    free(j);
    return ST_CLOSED;
}

void sandbox_end_begins(Sandbox *s)
{
    int64_t none = 0;
    atomic_compare_exchange_strong(&s->end_began, &none, clock_monotonic_ns());
}
