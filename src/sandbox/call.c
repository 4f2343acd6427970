// SPDX-License-Identifier: Apache-2.0
// sandbox/call.c - commands of the host: loading modules, calling functions.
#include <stdlib.h>
#include <string.h>

#include "bif/boot.h"
#include "bif/etf_job.h"
#include "code/image_store.h"
#include "heap/etf.h"
#include "proc/signal.h"
#include "sandbox/sandbox_int.h"

// ---- a command that its poster waits for -------------------------------------------
typedef struct Waiter {
    pthread_mutex_t lock;
    pthread_cond_t done_cond;
    bool done;
} Waiter;

static void waiter_init(Waiter *w)
{
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->done_cond, NULL);
    w->done = false;
}

// After this the poster may free everything.
static void waiter_done(Waiter *w)
{
    pthread_mutex_lock(&w->lock);
    w->done = true;
    pthread_cond_signal(&w->done_cond);
    pthread_mutex_unlock(&w->lock);
}

static void waiter_wait(Waiter *w)
{
    pthread_mutex_lock(&w->lock);
    while (!w->done) pthread_cond_wait(&w->done_cond, &w->lock);
    pthread_mutex_unlock(&w->lock);
    pthread_cond_destroy(&w->done_cond);
    pthread_mutex_destroy(&w->lock);
}

// ---- loading --------------------------------------------------------------------------
typedef struct LoadCommand {
    Command command;
    Image *image;
    Status status;
    Waiter waiter;
} LoadCommand;

static void run_load(Sandbox *s, Command *c, bool ended)
{
    LoadCommand *l = container_of(c, LoadCommand, command);
    l->status = ended ? ST_CLOSED : boot_load_image(&s->iso, l->image);
    waiter_done(&l->waiter);
}

Status sandbox_load(Sandbox *s, const uint8_t *bytes, size_t len, Diag *d)
{
    LoadCommand l = {.command.run = run_load};
    // Verified and translated here: the sandbox goes on meanwhile.
    TRY(image_store_get(bytes, len, &l.image, d));
    waiter_init(&l.waiter);
    sandbox_post(s, &l.command);
    waiter_wait(&l.waiter);
    AtomText t = atom_text(l.image->module);
    if (l.status != ST_OK) diag_set(d, "module %.*s: %s", (int)t.len, t.bytes, status_text(l.status));
    image_release(l.image);
    return l.status;
}

// ---- calling ----------------------------------------------------------------------------
typedef struct CallCommand {
    Command command;
    struct CallCommand *next, *prev;  // calls of the sandbox under way
    const char *module, *function;
    const uint8_t *args;
    size_t len;
    CallResult *result;
    bool returned;
    Status status;
    Waiter waiter;
} CallCommand;

void call_result_clear(CallResult *r) { buf_clear(&r->etf); }

static void enlist(Sandbox *s, CallCommand *c)
{
    c->next = s->calls;
    c->prev = NULL;
    if (s->calls != NULL) s->calls->prev = c;
    s->calls = c;
}

static void complete(Sandbox *s, CallCommand *c, CallOutcome outcome)
{
    if (c->prev != NULL) c->prev->next = c->next;
    else s->calls = c->next;
    if (c->next != NULL) c->next->prev = c->prev;
    c->result->outcome = outcome;
    waiter_done(&c->waiter);
}

static Status encode(Isolate *iso, Term t, Buf *out)
{
    EtfEncodeOpts o = {.minor_version = 1};
    buf_clear(out);
    return etf_encode(&iso->space, t, &o, out);
}

void call_returned(void *context, Process *p, Term value)
{
    CallCommand *c = p->watcher;
    c->returned = true;
    c->status = encode(p->iso, value, &c->result->etf);
}

void call_exited(void *context, Process *p)
{
    Sandbox *s = context;
    CallCommand *c = p->watcher;
    p->watched = false;
    if (!c->returned && s->iso.stopping) return;  // the sandbox ends with it: calls_abandon
    if (!c->returned) {
        c->status = encode(p->iso, proc_exit_reason(p), &c->result->etf);
        c->result->class = p->uncaught;
    }
    complete(s, c, c->returned ? CALL_RETURNED : CALL_FAILED);
}

void calls_abandon(Sandbox *s)
{
    while (s->calls != NULL) complete(s, s->calls, CALL_STOPPED);
}

// The arguments as terms for as long as proc_spawn needs them.
typedef struct DecodedArgs {
    Term list;
    Term *words;
    size_t bytes;
    Term *off;
} DecodedArgs;

static Status decode_args(Isolate *iso, const CallCommand *c, DecodedArgs *out)
{
    Space *space = &iso->space;
    EtfNames names = etf_guest_names(iso);
    size_t words, used;
    *out = (DecodedArgs){0};
    EtfResult r = etf_decode_size(space, c->args, c->len, false, &names, SIZE_MAX / 16, &words, &used);
    if (r == ETF_OK) {
        out->bytes = (words + 1) * sizeof(Term);
        out->words = arena_alloc(&space->arena, out->bytes);
        Term *hp = out->words;
        r = hp == NULL ? ETF_NOMEM : etf_decode(space, c->args, c->len, false, &names, &hp, &out->off, &out->list);
    }
    return r == ETF_OK ? ST_OK : r == ETF_BAD || r == ETF_UNSAFE ? ST_FORMAT : ST_LIMIT;
}

static void free_args(Isolate *iso, DecodedArgs *a)
{
    off_release_all(&iso->space, a->off);
    if (a->words != NULL) arena_free(&iso->space.arena, a->words, a->bytes);
}

static Status start_call(Sandbox *s, CallCommand *c)
{
    Isolate *iso = &s->iso;
    Term module, function;
    TRY(atom_book_intern(&iso->space.atoms, c->module, strlen(c->module), &module));
    TRY(atom_book_intern(&iso->space.atoms, c->function, strlen(c->function), &function));
    DecodedArgs args;
    Status st = decode_args(iso, c, &args);
    Process *p = NULL;
    if (st == ST_OK) {
        SpawnOpts o;
        spawn_opts_init(&o, iso);
        o.group_leader = iso->user;
        st = proc_spawn(iso, NULL, module, function, args.list, &o, &p, NULL);
    }
    free_args(iso, &args);
    if (st != ST_OK) return st;
    p->watched = true;
    p->watcher = c;
    enlist(s, c);
    return ST_OK;
}

static void run_call(Sandbox *s, Command *command, bool ended)
{
    CallCommand *c = container_of(command, CallCommand, command);
    if (ended) {
        c->result->outcome = CALL_STOPPED;
        waiter_done(&c->waiter);
        return;
    }
    c->status = start_call(s, c);
    if (c->status != ST_OK) waiter_done(&c->waiter);
}

Status sandbox_call(Sandbox *s, const char *module, const char *function, const uint8_t *args, size_t len,
                    CallResult *out)
{
    *out = (CallResult){.outcome = CALL_STOPPED};
    buf_init(&out->etf);
    CallCommand c = {.command.run = run_call, .module = module, .function = function, .args = args, .len = len,
                     .result = out, .status = ST_OK};
    waiter_init(&c.waiter);
    sandbox_post(s, &c.command);
    waiter_wait(&c.waiter);
    return c.status;
}
