// SPDX-License-Identifier: Apache-2.0
// sandbox/sandbox.c - the life of a sandbox: creation, turns, commands, end.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "bif/boot.h"
#include "bif/persistent_term.h"
#include "code/image_store.h"
#include "ets/ets.h"
#include "proc/name.h"
#include "proc/signal.h"
#include "proc/timer.h"
#include "sandbox/functions.h"
#include "sandbox/sandbox_int.h"
#include "sched/run.h"
#include "term/print.h"

#define INBOX_CLOSED   ((Command *)1)
#define CRASH_TEXT_MAX 500
// Most sandboxes write nothing: the heaps of their I/O processes grow when they do.
#define IO_HEAP_WORDS 38

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

// "<0.5.0> Reason"
static void tell_crash(Sandbox *s, const Process *p, Term reason)
{
    char pid[ID_TEXT_MAX + 1];
    pid[term_print_pid(pid, p->pid)] = '\0';
    cleanup_with(buf_clear) Buf text;
    buf_init(&text);
    Status st = buf_printf(&text, "%s ", pid);
    if (st == ST_OK) st = term_print(&text, reason, CRASH_TEXT_MAX);
    if (st == ST_OK) st = buf_terminate(&text);
    isolate_tell(&s->iso, "crashed", st == ST_OK ? (const char *)text.data : pid);
}

static void process_crashed(Isolate *iso, Process *p, Term reason)
{
    Sandbox *s = container_of(iso, Sandbox, iso);
    if (s->host.event != NULL && !p->is_system) tell_crash(s, p, reason);
    if (s->report_crash != NULL) s->report_crash(iso, p, reason);
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
    o.min_heap = IO_HEAP_WORDS;
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
    shared_limits_set(s);
    iso->clock_resolution = c->clock_resolution;
    iso->clock_frozen = c->clock_frozen;
    iso->host =
        (IsolateHost){host_output, host_event, call_returned, call_exited, s, functions_request};
    iso->code = &s->code;
    iso->space.atoms.base = &s->engine->base_space.atoms;
    Status st = code_table_init(&s->code, &iso->space, &s->engine->base);
    s->code.limits = &iso->limits;
    if (st == ST_OK) st = boot_isolate(iso);
    s->report_crash = iso->crashed;
    iso->crashed = process_crashed;
    if (st == ST_OK && s->functions != NULL) st = function_set_link(s->functions, &s->code);
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

static Status enlist(Engine *e, Sandbox *s)
{
    uint64_t memory = s->iso.limits.of[LIMIT_MEMORY].allowed;
    pthread_mutex_lock(&e->lock);
    Status st = queue_reserve(e, e->num_sandboxes + 1);
    if (e->memory != 0 && (memory == 0 || memory > e->memory - e->promised)) st = ST_LIMIT;
    if (st == ST_OK) {
        e->promised += e->memory != 0 ? memory : 0;
        e->num_sandboxes++;
        s->all_next = e->all;
        if (e->all != NULL) e->all->all_prev = s;
        e->all = s;
    }
    pthread_mutex_unlock(&e->lock);
    return st;
}

void sandbox_delist(Engine *e, Sandbox *s)
{
    if (e->memory != 0) e->promised -= s->iso.limits.of[LIMIT_MEMORY].allowed;
    e->num_sandboxes--;
    if (s->all_prev != NULL) s->all_prev->all_next = s->all_next;
    else e->all = s->all_next;
    if (s->all_next != NULL) s->all_next->all_prev = s->all_prev;
}

static void init_sandbox(Sandbox *s, Engine *e, const SandboxConfig *c)
{
    s->engine = e;
    s->host = c->host;
    s->functions = c->functions;
    if (s->functions != NULL) function_set_retain(s->functions);
    s->call_due = s->stop_due = INT64_MAX;
    s->vtime = atomic_load(&e->vtime);
    strncpy(s->name, c->name, sizeof s->name - 1);
    atomic_init(&s->refs, 2);
    atomic_init(&s->next_call, 1);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->changed, NULL);
}

static void free_sandbox(Sandbox *s)
{
    function_set_release(s->functions);
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

Status sandbox_new(Engine *e, const SandboxConfig *c, Sandbox **out, Diag *d)
{
    Sandbox *s = calloc(1, sizeof *s);
    if (s == NULL) return ST_NOMEM;
    init_sandbox(s, e, c);
    Status st = fill_isolate(s, c);
    if (st == ST_NOMEM) st = ST_LIMIT;  // its arena refuses
    if (st == ST_OK) sandbox_publish(s);
    if (st == ST_OK) st = enlist(e, s);
    if (st != ST_OK) {
        diag_set(d, "sandbox %s: %s", s->name, status_text(st));
        if (s->iso.code != NULL) empty_isolate(s);
        free_sandbox(s);
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

// What is used of the limits that others count.
static void fill_limits(const Isolate *iso, Limits *l)
{
    const uint64_t used[][3] = {
        {LIMIT_MEMORY, iso->space.arena.used, iso->space.arena.peak},
        {LIMIT_ATOMS, iso->space.atoms.used, iso->space.atoms.used},
        {LIMIT_REDUCTIONS, iso->reductions, iso->reductions},
    };
    for (size_t i = 0; i < ARRAY_LEN(used); i++) {
        l->of[used[i][0]].used = used[i][1];
        l->of[used[i][0]].peak = used[i][2];
    }
}

// A copy for other threads, after each turn and before the end of a call is told.
void sandbox_publish(Sandbox *s)
{
    const Isolate *iso = &s->iso;
    uint64_t cpu_ns = iso->cpu_ns;
    if (engine_turning() == s && s->turn_began != 0)
        cpu_ns += (uint64_t)(clock_monotonic_ns() - s->turn_began);
    SandboxStatus now = {
        .verdict = iso->verdict,
        .limit_hit = iso->limit_hit,
        .halt_status = iso->halt_status,
        .processes = iso->procs.count,
        .processes_peak = iso->limits.of[LIMIT_PROCESSES].peak,
        .memory = iso->space.arena.used,
        .memory_peak = iso->space.arena.peak,
        .reductions = iso->reductions,
        .cpu_ns = cpu_ns,
        .longest_turn_ns = s->longest_turn_ns,
        .limits = iso->limits,
    };
    fill_limits(iso, &now.limits);
    // In the middle of a turn the code table may be half changed.
    bool counted = s->strand != NULL || s->status_loads == s->code.loads;
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
    out->gone = s->gone;
    pthread_mutex_unlock(&s->lock);
    out->suspended = atomic_load(&s->suspended);
    uint64_t age = (uint64_t)clock_monotonic_ns() - s->iso.started_at;
    Limit *deadline = &out->limits.of[LIMIT_DEADLINE];
    deadline->used = deadline->peak = age;
}

const char *sandbox_name(const Sandbox *s) { return s->name; }

// ---- turns ---------------------------------------------------------------------------------
static bool push(Sandbox *s, Command *c)
{
    Command *head = atomic_load(&s->inbox);
    do {
        if (head == INBOX_CLOSED) return false;
        c->next = head;
    } while (!atomic_compare_exchange_weak(&s->inbox, &head, c));
    return true;
}

bool sandbox_post(Sandbox *s, Command *c, Waiter *w)
{
    if (!push(s, c)) return false;
    if (w != NULL) engine_visit(s->engine, s, w);
    else engine_wake(s->engine, s);
    return true;
}

Status sandbox_post_counted(Sandbox *s, Command *c, Waiter *w)
{
    TRY(shared_limit_take(&s->waiting));
    c->counted = true;
    if (sandbox_post(s, c, w)) return ST_OK;
    shared_limit_give(&s->waiting);
    return ST_CLOSED;
}

// The inbox in the order of posting; `left` takes its place.
static Command *take_inbox(Sandbox *s, Command *left)
{
    Command *newest = atomic_exchange(&s->inbox, left), *oldest = NULL;
    while (newest != NULL) {
        Command *next = newest->next;
        newest->next = oldest;
        oldest = newest;
        newest = next;
    }
    return oldest;
}

static void run_commands(Sandbox *s, Command *c, bool ended)
{
    for (Command *next; c != NULL; c = next) {
        next = c->next;  // completing a command may free it
        if (c->counted) shared_limit_give(&s->waiting);
        c->run(s, c, ended);
    }
}

static void tell_end(Sandbox *s)
{
    char status[16];
    snprintf(status, sizeof status, "%d", s->iso.halt_status);
    if (s->iso.verdict == VERDICT_HALTED) host_event(s, "exited", status);
}

// Nothing of it runs any more: its calls are told.
static void end_run(Sandbox *s)
{
    s->over = true;
    sandbox_publish(s);
    tell_end(s);
    calls_abandon(s);
}

static void tear_down(Sandbox *s)
{
    if (!s->over) {
        if (s->iso.verdict == VERDICT_RUNNING) s->iso.verdict = VERDICT_DONE;
        end_run(s);
    }
    empty_isolate(s);
    run_commands(s, take_inbox(s, INBOX_CLOSED), true);
    s->ended = true;
}

// Runs processes unless the sandbox is suspended or has used up its rate.
static RunResult run_processes(Sandbox *s, Exec *e)
{
    if (atomic_load(&s->suspended)) return RUN_IDLE;
    if (queue_over_rate(s, s->turn_began) && s->turn_began < s->iso.deadline) return RUN_MORE;
    return run_isolate(e, &s->iso, SANDBOX_REDUCTIONS, s->turn_began);
}

bool sandbox_whole_turn(Sandbox *s, Exec *e)
{
    shared_limits_collect(s);
    if (atomic_load(&s->ending)) {
        tear_down(s);
        return false;
    }
    run_commands(s, take_inbox(s, NULL), s->over);
    if (s->over) {
        s->turn_began = 0;
        return false;
    }
    if (s->call_due != INT64_MAX) calls_expire(s);
    RunResult r = run_processes(s, e);
    int64_t now = clock_monotonic_ns();
    queue_charge(s->engine, s, account_end(s, now), now);
    s->turn_began = 0;
    s->stop_due = s->call_due < s->iso.deadline ? s->call_due : s->iso.deadline;
    if (r == RUN_STOPPING) {
        sandbox_end_begins(s);
        tear_down(s);
        return false;
    }
    shared_limits_collect(s);
    sandbox_publish(s);
    return r == RUN_MORE;
}

int64_t sandbox_due(const Sandbox *s)
{
    if (s->over) return INT64_MAX;
    int64_t due = s->call_due;
    if (atomic_load(&s->suspended)) return due;
    int64_t timer = timer_next_due(&s->iso);
    if (timer < due) due = timer;
    return s->iso.deadline < due ? s->iso.deadline : due;
}

// ---- suspend, end ---------------------------------------------------------------------------
static Status stand_still(Sandbox *s, void *context) { return ST_OK; }

Status sandbox_suspend(Sandbox *s)
{
    atomic_store(&s->suspended, true);
    Status st = sandbox_control(s, stand_still, NULL);
    return st == ST_BUSY ? ST_OK : st;
}

void sandbox_resume(Sandbox *s)
{
    atomic_store(&s->suspended, false);
    engine_wake(s->engine, s);
}

void sandbox_end(Sandbox *s)
{
    sandbox_end_begins(s);
    atomic_store(&s->ending, true);
    engine_wake(s->engine, s);
}

Status sandbox_join(Sandbox *s)
{
    if (engine_on_worker()) return ST_BUSY;
    pthread_mutex_lock(&s->lock);
    while (!s->gone) pthread_cond_wait(&s->changed, &s->lock);
    pthread_mutex_unlock(&s->lock);
    return ST_OK;
}

void sandbox_retain(Sandbox *s) { atomic_fetch_add(&s->refs, 1); }

void sandbox_release(Sandbox *s)
{
    if (atomic_fetch_sub(&s->refs, 1) == 1) free_sandbox(s);
}

Status sandbox_destroy(Sandbox *s)
{
    sandbox_end_begins(s);
    atomic_store(&s->ending, true);
    if (!engine_on_worker()) engine_visit_end(s->engine, s);
    else engine_wake(s->engine, s);
    return sandbox_join(s);
}

void sandbox_free(Sandbox *s)
{
    if (s == NULL) return;
    (void)!sandbox_destroy(s);
    sandbox_release(s);
}
