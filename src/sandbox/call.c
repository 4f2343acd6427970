// SPDX-License-Identifier: Apache-2.0
// sandbox/call.c - calls and messages of the host.
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "bif/etf_job.h"
#include "exec/exception.h"
#include "heap/etf.h"
#include "proc/name.h"
#include "proc/signal.h"
#include "sandbox/sandbox_int.h"

typedef struct CallCommand {
    Command command;
    struct CallCommand *next, *prev;  // calls of the sandbox under way
    CallSpec spec;
    int64_t deadline;                 // monotonic ns, INT64_MAX: none
    uint64_t id;                      // 0: somebody waits
    Process *process;                 // while it is under way
    bool returned, default_deadline;
    bool answering, late;  // the process writes the answer; it did so when time was over
    Status status;
    CallResult result;
    Waiter waiter;                    // id 0 only
    char copies[];                    // what the spec of an asynchronous call points to
} CallCommand;

void call_result_clear(CallResult *r)
{
    buf_clear(&r->etf);
    buf_clear(&r->where);
}

// ---- terms of the host ----------------------------------------------------------------
Status host_term_decode(Isolate *iso, const uint8_t *etf, size_t len, HostTerm *out)
{
    Space *space = &iso->space;
    EtfNames names = etf_guest_names(iso);
    size_t words, used;
    *out = (HostTerm){0};
    EtfDecoder *d = etf_decoder_new(space, etf, len, false, &names, SIZE_MAX / 16);
    if (d == NULL) return ST_LIMIT;
    EtfBounds bounds = etf_guest_bounds(iso);
    etf_decoder_bound(d, &bounds);
    int64_t budget = ETF_NO_BUDGET;
    EtfResult r = etf_decoder_measure(d, &budget, &words, &used);
    if (r == ETF_OK) {
        etf_note_measured(iso, d, words);
        out->bytes = (words + 1) * sizeof(Term);
        out->words = arena_alloc(&space->arena, out->bytes);
        Term *end;
        r = out->words == NULL
                ? ETF_NOMEM
                : etf_decoder_build(d, &budget, out->words, NULL, &end, &out->off, &out->value);
    }
    etf_decoder_free(d);
    if (r == ETF_LARGE || r == ETF_DEEP) etf_note_refused(iso, r);
    return r == ETF_OK ? ST_OK : r == ETF_BAD || r == ETF_UNSAFE ? ST_FORMAT : ST_LIMIT;
}

void host_term_free(Isolate *iso, HostTerm *t)
{
    off_release_all(&iso->space, t->off);
    if (t->words != NULL) arena_free(&iso->space.arena, t->words, t->bytes);
}

// The encoding is the host's memory, but no larger than what the sandbox may have: a
// few shared words may stand for more bytes than there are. ST_CLOSED: the call's time or the
// sandbox is over.
static Status encode(Isolate *iso, CallCommand *c, Term t, Buf *out)
{
    EtfEncodeOpts o = {.minor_version = 1};
    buf_clear(out);
    c->answering = true;
    Status st = etf_encode_within(&iso->space, t, &o, iso->space.arena.limit, out);
    c->answering = false;
    if (st == ST_LIMIT) limit_refuse(&iso->limits, LIMIT_MEMORY);
    return st;
}

// ---- the end of a call -----------------------------------------------------------------
static void tell(CallCommand *c)
{
    if (c->id == 0) {
        waiter_done(&c->waiter);
        return;
    }
    c->spec.done(c->spec.context, c->status, &c->result);
    free(c);
}

// Who is told finds statistics in which the call is over.
static void call_is_over(Sandbox *s, bool publish)
{
    shared_limit_give(&s->open_calls);
    if (!publish) return;
    shared_limits_collect(s);
    sandbox_publish(s);
}

static void enlist(Sandbox *s, CallCommand *c)
{
    c->next = s->calls;
    c->prev = NULL;
    if (s->calls != NULL) s->calls->prev = c;
    s->calls = c;
    if (c->deadline < s->call_due) s->call_due = c->deadline;
}

static void complete(Sandbox *s, CallCommand *c, CallOutcome outcome)
{
    if (c->prev != NULL) c->prev->next = c->next;
    else s->calls = c->next;
    if (c->next != NULL) c->next->prev = c->prev;
    if (s->calls == NULL) s->call_due = INT64_MAX;
    c->result.outcome = c->returned ? CALL_RETURNED : outcome;
    call_is_over(s, outcome != CALL_STOPPED);
    tell(c);
}

// What the call came to, in the host's words. False: its time was over before (c->late), or the
// sandbox's.
static bool answer(Isolate *iso, CallCommand *c, Term value)
{
    c->status = encode(iso, c, value, &c->result.etf);
    if (c->status != ST_CLOSED) return true;
    c->status = ST_OK;
    return false;
}

void call_returned(void *context, Process *p, Term value)
{
    CallCommand *c = p->watcher;
    c->returned = answer(p->iso, c, value);
}

static void note_where(Process *p, CallCommand *c)
{
    CallResult *r = &c->result;
    if (r->class == EXC_ERROR) return;  // the reason holds it
    Term where = p->pid;
    if (r->class == EXC_EXIT)
        where = p->exc.has_trace ? exception_stacktrace(p, p->exc.trace) : TERM_NONE;
    if (where != TERM_NONE && encode(p->iso, c, where, &r->where) != ST_OK) buf_clear(&r->where);
}

static void note_late(Sandbox *s, const CallCommand *c)
{
    if (c->default_deadline) limit_refuse(&s->iso.limits, LIMIT_CALL_TIME);
}

void call_exited(void *context, Process *p)
{
    CallCommand *c = p->watcher;
    p->watched = false;
    // With its process the sandbox ends (halt): calls_abandon tells.
    if (!c->returned && p->iso->stopping) return;
    if (!c->returned && !c->late && answer(p->iso, c, proc_exit_reason(p))) {
        c->result.class = p->uncaught;
        note_where(p, c);
    }
    if (!c->returned && p->iso->stopping) return;
    if (!c->returned && c->late) {
        note_late(context, c);
        buf_clear(&c->result.etf);
        buf_clear(&c->result.where);
    }
    complete(context, c, c->late ? CALL_TIMEOUT : CALL_FAILED);
}

void calls_abandon(Sandbox *s)
{
    while (s->calls != NULL) complete(s, s->calls, CALL_STOPPED);
}

static void give_up(Sandbox *s, CallCommand *c, CallOutcome outcome)
{
    c->process->watched = false;
    proc_kill(&s->iso, c->process, AM_killed);
    complete(s, c, outcome);
}

static void expire(Sandbox *s, CallCommand *c)
{
    note_late(s, c);
    give_up(s, c, CALL_TIMEOUT);
}

void calls_expire(Sandbox *s)
{
    int64_t now = clock_monotonic_ns();
    if (now < s->call_due) return;
    s->call_due = INT64_MAX;
    for (CallCommand *c = s->calls, *next; c != NULL; c = next) {
        next = c->next;
        if (c->deadline <= now) expire(s, c);
        else if (c->deadline < s->call_due) s->call_due = c->deadline;
    }
}

bool calls_expire_current(Sandbox *s, int64_t now)
{
    if (now < s->call_due) return false;
    for (CallCommand *c = s->calls; c != NULL; c = c->next) {
        if (c->deadline > now || (c->process != s->iso.current && !c->answering)) continue;
        if (c->answering) c->late = true;
        else expire(s, c);
        return true;
    }
    return false;
}

// ---- the beginning -------------------------------------------------------------------------
static void set_default_deadline(Sandbox *s, CallCommand *c)
{
    uint64_t allowed = s->iso.limits.of[LIMIT_CALL_TIME].allowed;
    int64_t now = clock_monotonic_ns();
    if (c->deadline != INT64_MAX || allowed == 0 || allowed > (uint64_t)(INT64_MAX - now)) return;
    c->deadline = now + (int64_t)allowed;
    c->default_deadline = true;
}

static Status start_call(Sandbox *s, CallCommand *c)
{
    Isolate *iso = &s->iso;
    const CallSpec *spec = &c->spec;
    Term module, function;
    TRY(atom_book_intern(&iso->space.atoms, spec->module, strlen(spec->module), &module));
    TRY(atom_book_intern(&iso->space.atoms, spec->function, strlen(spec->function), &function));
    HostTerm args;
    Status st = host_term_decode(iso, spec->args, spec->len, &args);
    Process *p = NULL;
    if (st == ST_OK) {
        SpawnOpts o;
        spawn_opts_init(&o, iso);
        o.group_leader = iso->user;
        st = proc_spawn(iso, NULL, module, function, args.value, &o, &p, NULL);
    }
    host_term_free(iso, &args);
    if (st != ST_OK) return st;
    p->watched = true;
    p->watcher = c;
    c->process = p;
    set_default_deadline(s, c);
    enlist(s, c);
    return ST_OK;
}

static void run_call(Sandbox *s, Command *command, bool ended)
{
    CallCommand *c = container_of(command, CallCommand, command);
    c->status = ended ? ST_OK : start_call(s, c);
    if (!ended && c->status == ST_OK) return;
    call_is_over(s, !ended);
    tell(c);
}

static void init_call(CallCommand *c, const CallSpec *spec)
{
    c->command.run = run_call;
    c->spec = *spec;
    c->result = (CallResult){.outcome = CALL_STOPPED};
    buf_init(&c->result.etf);
    int64_t now = spec->timeout > 0 ? clock_monotonic_ns() : 0;
    bool never = spec->timeout <= 0 || spec->timeout > INT64_MAX - now;
    c->deadline = never ? INT64_MAX : now + spec->timeout;
}

// ST_LIMIT, ST_CLOSED: it is the caller's again.
static Status post_call(Sandbox *s, CallCommand *c, Waiter *w)
{
    TRY(shared_limit_take(&s->open_calls));
    Status st = sandbox_post_counted(s, &c->command, w);
    if (st != ST_OK) shared_limit_give(&s->open_calls);
    return st;
}

Status sandbox_call_spec(Sandbox *s, const CallSpec *spec, CallResult *out)
{
    *out = (CallResult){.outcome = CALL_STOPPED};
    buf_init(&out->etf);
    if (engine_on_worker()) return ST_BUSY;
    CallCommand c = {0};
    init_call(&c, spec);
    waiter_init(&c.waiter);
    Status st = post_call(s, &c, &c.waiter);
    if (st != ST_OK) waiter_done(&c.waiter);
    waiter_wait(&c.waiter);
    *out = c.result;
    if (st == ST_CLOSED) return ST_OK;  // CALL_STOPPED
    return st == ST_OK ? c.status : st;
}

Status sandbox_call(Sandbox *s, const char *module, const char *function, const uint8_t *args,
                    size_t len, CallResult *out)
{
    return sandbox_call_spec(
        s, &(CallSpec){.module = module, .function = function, .args = args, .len = len}, out);
}

// ---- asynchronous ------------------------------------------------------------------------------
static CallCommand *copy_call(const CallSpec *spec)
{
    size_t module = strlen(spec->module) + 1, function = strlen(spec->function) + 1;
    size_t bytes = size_add(sizeof(CallCommand) + module + function, spec->len);
    CallCommand *c = bytes == SIZE_MAX ? NULL : calloc(1, bytes);
    if (c == NULL) return NULL;
    init_call(c, spec);
    c->spec.module = memcpy(c->copies, spec->module, module);
    c->spec.function = memcpy(c->copies + module, spec->function, function);
    if (spec->len > 0) c->spec.args = memcpy(c->copies + module + function, spec->args, spec->len);
    return c;
}

Status sandbox_call_async(Sandbox *s, const CallSpec *spec, uint64_t *id)
{
    CallCommand *c = copy_call(spec);
    if (c == NULL) return ST_NOMEM;
    uint64_t number = c->id = atomic_fetch_add(&s->next_call, 1);
    Status st = post_call(s, c, NULL);
    if (st != ST_OK) {
        free(c);
        return st;
    }
    if (id != NULL) *id = number;
    return ST_OK;
}

typedef struct CancelCommand {
    Command command;
    uint64_t id;
} CancelCommand;

static void run_cancel(Sandbox *s, Command *command, bool ended)
{
    CancelCommand *cancel = container_of(command, CancelCommand, command);
    CallCommand *c = s->calls;
    while (c != NULL && c->id != cancel->id) c = c->next;
    free(cancel);
    if (c != NULL) give_up(s, c, CALL_CANCELLED);
}

Status sandbox_call_cancel(Sandbox *s, uint64_t id)
{
    CancelCommand *c = calloc(1, sizeof *c);
    if (c == NULL) return ST_NOMEM;
    *c = (CancelCommand){{.run = run_cancel}, id};
    if (sandbox_post(s, &c->command, NULL)) return ST_OK;
    free(c);
    return ST_CLOSED;
}

// ---- messages --------------------------------------------------------------------------------------
typedef struct SendJob {
    Command command;
    const char *name;
    const uint8_t *etf;
    size_t len;
    char copies[];
} SendJob;

static Status send_now(Sandbox *s, void *context)
{
    const SendJob *j = context;
    Isolate *iso = &s->iso;
    Term name;
    TRY(atom_book_find(&iso->space.atoms, j->name, strlen(j->name), &name));
    Process *to = name_whereis(iso, name);
    if (to == NULL) return ST_NOT_FOUND;
    HostTerm message;
    Status st = host_term_decode(iso, j->etf, j->len, &message);
    if (st == ST_OK) st = proc_send(iso, to, message.value);
    host_term_free(iso, &message);
    return st == ST_NOMEM ? ST_LIMIT : st;
}

static void run_send(Sandbox *s, Command *command, bool ended)
{
    SendJob *j = container_of(command, SendJob, command);
    if (!ended) (void)!send_now(s, j);
    free(j);
}

static Status send_later(Sandbox *s, const char *name, const uint8_t *etf, size_t len)
{
    size_t n = strlen(name) + 1, bytes = size_add(sizeof(SendJob) + n, len);
    SendJob *j = bytes == SIZE_MAX ? NULL : malloc(bytes);
    if (j == NULL) return ST_NOMEM;
    *j = (SendJob){.command.run = run_send, .len = len};
    j->name = memcpy(j->copies, name, n);
    j->etf = memcpy(j->copies + n, etf, len);
    Status st = sandbox_post_counted(s, &j->command, NULL);
    if (st != ST_OK) free(j);
    return st;
}

Status sandbox_send(Sandbox *s, const char *name, const uint8_t *etf, size_t len)
{
    if (engine_on_worker()) return send_later(s, name, etf, len);
    return sandbox_invoke(s, send_now, &(SendJob){.name = name, .etf = etf, .len = len});
}
