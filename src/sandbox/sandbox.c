// SPDX-License-Identifier: Apache-2.0
// sandbox/sandbox.c - the life of a sandbox: creation, turns, commands, end.
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "bif/boot.h"
#include "bif/persistent_term.h"
#include "code/image_store.h"
#include "ets/ets.h"
#include "proc/name.h"
#include "proc/signal.h"
#include "sandbox/sandbox_int.h"
#include "sched/run.h"

// ---- what the isolate asks of its host ---------------------------------------------
static void host_output(void *context, int stream, const uint8_t *bytes, size_t len)
{
    Sandbox *s = context;
    if (s->host.output != NULL) s->host.output(s->host.context, stream, bytes, len);
}

static void host_event(void *context, const char *kind, const char *detail)
{
    Sandbox *s = context;
    if (s->host.event != NULL) s->host.event(s->host.context, kind, detail);
}

// ---- creation -----------------------------------------------------------------------
void sandbox_config_init(SandboxConfig *c)
{
    *c = (SandboxConfig){.name = "sandbox"};
    limits_init(&c->limits);
    c->caps = CAP_BIT(CAP_STDIO) | CAP_BIT(CAP_CLOCK) | CAP_BIT(CAP_LOAD_CODE);
}

// A system process that answers I/O requests for one of the host's streams, under its name.
static Status start_io(Isolate *iso, Term name, int stream, Process **out)
{
    SpawnOpts o;
    spawn_opts_init(&o, iso);
    o.is_system = true;
    Term cell[2] = {make_small(stream), TERM_NIL};
    TRY(proc_spawn(iso, NULL, AM_apex_io, AM_server, make_cons(cell), &o, out, NULL));
    (*out)->group_leader = (*out)->pid;
    return name_register(iso, name, *out);
}

static Status start_system(Isolate *iso)
{
    Process *user, *error;
    TRY(start_io(iso, AM_user, 1, &user));
    TRY(start_io(iso, AM_standard_error, 2, &error));
    iso->user = user->pid;
    return ST_OK;
}

static Status fill_isolate(Sandbox *s, const SandboxConfig *c)
{
    Isolate *iso = &s->iso;
    TRY(isolate_init(iso, &c->limits, c->caps));
    iso->host = (IsolateHost){host_output, host_event, call_returned, call_exited, s};
    iso->code = &s->code;
    iso->space.atoms.base = &s->engine->base_space.atoms;
    Status st = code_table_init(&s->code, &iso->space, &s->engine->base);
    if (st == ST_OK) st = boot_isolate(iso);
    if (st == ST_OK) st = start_system(iso);
    return st;
}

// Everything that the sandbox holds; the isolate's arena goes last.
static void empty_isolate(Sandbox *s)
{
    ets_close(&s->iso);
    boot_clear(&s->iso);
    persistent_terms_clear(&s->iso);
    code_table_clear(&s->code);
    isolate_clear(&s->iso);
}

// Room in the engine's timer heap for one sandbox more.
static Status reserve_timer(Engine *e, size_t sandboxes)
{
    if (sandboxes <= e->cap_timers) return ST_OK;
    size_t n = e->cap_timers == 0 ? 16 : e->cap_timers * 2;
    Sandbox **grown = realloc(e->timers, n * sizeof *grown);
    if (grown == NULL) return ST_NOMEM;
    e->timers = grown;
    e->cap_timers = n;
    return ST_OK;
}

static Status enlist(Engine *e, Sandbox *s)
{
    pthread_mutex_lock(&e->lock);
    Status st = reserve_timer(e, e->num_sandboxes + 1);
    if (st == ST_OK) {
        e->num_sandboxes++;
        s->all_next = e->all;
        if (e->all != NULL) e->all->all_prev = s;
        e->all = s;
    }
    pthread_mutex_unlock(&e->lock);
    return st;
}

static void delist(Engine *e, Sandbox *s)
{
    pthread_mutex_lock(&e->lock);
    e->num_sandboxes--;
    if (s->all_prev != NULL) s->all_prev->all_next = s->all_next;
    else e->all = s->all_next;
    if (s->all_next != NULL) s->all_next->all_prev = s->all_prev;
    pthread_mutex_unlock(&e->lock);
}

Status sandbox_new(Engine *e, const SandboxConfig *c, Sandbox **out, Diag *d)
{
    Sandbox *s = calloc(1, sizeof *s);
    if (s == NULL) return ST_NOMEM;
    s->engine = e;
    s->host = c->host;
    s->timer_place = SIZE_MAX;
    s->timer_due = INT64_MAX;
    strncpy(s->name, c->name, sizeof s->name - 1);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->changed, NULL);
    Status st = fill_isolate(s, c);
    if (st == ST_OK) st = enlist(e, s);
    if (st != ST_OK) {
        diag_set(d, "sandbox %s: %s", s->name, status_text(st));
        if (s->iso.code != NULL) empty_isolate(s);
        free(s);
        return st;
    }
    *out = s;
    return ST_OK;
}

// ---- status -----------------------------------------------------------------------------
static void count_modules(const Sandbox *s, SandboxStatus *out)
{
    const Module *m;
    for (size_t i = 0; (m = code_table_next(&s->code, &i)) != NULL;) {
        if (m->current == NULL) continue;
        if (m->is_library) out->library_modules++;
        else out->modules++;
    }
}

// A copy for other threads, after each turn.
static void publish_status(Sandbox *s)
{
    const Isolate *iso = &s->iso;
    SandboxStatus now = {
        .verdict = iso->verdict, .limit_hit = iso->limit_hit, .halt_status = iso->halt_status,
        .processes = iso->procs.count, .processes_peak = iso->limits.of[LIMIT_PROCESSES].peak,
        .memory = iso->space.arena.used, .memory_peak = iso->space.arena.peak,
        .reductions = iso->reductions, .cpu_ns = s->cpu_ns,
    };
    bool counted = s->status_loads == s->code.loads;
    now.modules = s->status.modules, now.library_modules = s->status.library_modules;
    if (!counted) {
        now.modules = now.library_modules = 0;
        count_modules(s, &now);
        s->status_loads = s->code.loads;
    }
    pthread_mutex_lock(&s->lock);
    s->status = now;
    pthread_mutex_unlock(&s->lock);
}

void sandbox_status(Sandbox *s, SandboxStatus *out)
{
    pthread_mutex_lock(&s->lock);
    *out = s->status;
    pthread_mutex_unlock(&s->lock);
}

const char *sandbox_name(const Sandbox *s) { return s->name; }

// ---- turns ---------------------------------------------------------------------------------
void sandbox_post(Sandbox *s, Command *c)
{
    Command *head = atomic_load(&s->inbox);
    do {
        c->next = head;
    } while (!atomic_compare_exchange_weak(&s->inbox, &head, c));
    engine_wake(s->engine, s);
}

// The inbox in the order of posting.
static Command *take_inbox(Sandbox *s)
{
    Command *newest = atomic_exchange(&s->inbox, NULL), *oldest = NULL;
    while (newest != NULL) {
        Command *next = newest->next;
        newest->next = oldest;
        oldest = newest;
        newest = next;
    }
    return oldest;
}

static void run_inbox(Sandbox *s, bool ended)
{
    for (Command *c = take_inbox(s), *next; c != NULL; c = next) {
        next = c->next;  // completing a command may free it
        c->run(s, c, ended);
    }
}

// The isolate stays until sandbox_free: its calls are told now.
static void end_run(Sandbox *s)
{
    s->over = true;
    publish_status(s);
    calls_abandon(s);
}

static void tear_down(Sandbox *s)
{
    if (!s->over) {
        if (s->iso.verdict == VERDICT_RUNNING) s->iso.verdict = VERDICT_DONE;
        end_run(s);
    }
    empty_isolate(s);
    run_inbox(s, true);
    s->ended = true;
}

bool sandbox_turn(Sandbox *s, Exec *e)
{
    int64_t start = clock_thread_cpu_ns();
    bool more = false;
    if (atomic_load(&s->ending)) {
        tear_down(s);
        return false;
    }
    run_inbox(s, s->over);
    if (!s->over) {
        RunResult r = run_isolate(e, &s->iso, SANDBOX_REDUCTIONS);
        s->cpu_ns += (uint64_t)(clock_thread_cpu_ns() - start);
        if (r == RUN_STOPPING) end_run(s);
        else publish_status(s);
        more = r == RUN_MORE;
    }
    return more;
}

void sandbox_free(Sandbox *s)
{
    if (s == NULL) return;
    Engine *e = s->engine;
    atomic_store(&s->ending, true);
    engine_wake(e, s);
    pthread_mutex_lock(&s->lock);
    while (!s->gone) pthread_cond_wait(&s->changed, &s->lock);
    pthread_mutex_unlock(&s->lock);
    delist(e, s);
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->lock);
    free(s);
}
