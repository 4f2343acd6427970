// SPDX-License-Identifier: Apache-2.0
// sandbox/functions.c - sets of host functions, requests and their answers.
#include "sandbox/functions.h"

#include <stdlib.h>
#include <string.h>

#include "bif/request.h"
#include "code/image_store.h"
#include "sandbox/functions_module.h"
#include "sandbox/sandbox_int.h"

enum { FUNCTION_ARITY_MAX = 250 };

typedef struct Row {
    Term module, function;  // counted
    unsigned arity;
    HostFunction call;
    void *context;
} Row;

struct FunctionSet {
    atomic_uint refs;
    void (*freed)(void *context);
    void *context;
    pthread_mutex_t lock;  // of what follows, until it is sealed
    bool sealed;
    Vec(Row) rows;         // sorted once sealed
    Vec(Image *) images;
};

// ---- the set ----------------------------------------------------------------------------
FunctionSet *function_set_new(void (*freed)(void *context), void *context)
{
    // Names of functions are atoms.
    if (atom_table_init() != ST_OK) return NULL;
    FunctionSet *f = calloc(1, sizeof *f);
    if (f == NULL) return NULL;
    atomic_init(&f->refs, 1);
    f->freed = freed, f->context = context;
    pthread_mutex_init(&f->lock, NULL);
    vec_init(&f->rows, NULL);
    vec_init(&f->images, NULL);
    return f;
}

void function_set_retain(FunctionSet *f) { atomic_fetch_add(&f->refs, 1); }

void function_set_release(FunctionSet *f)
{
    if (f == NULL || atomic_fetch_sub(&f->refs, 1) != 1) return;
    for (size_t i = 0; i < f->images.len; i++) image_release(f->images.items[i]);
    for (size_t i = 0; i < f->rows.len; i++) {
        atom_release(f->rows.items[i].module);
        atom_release(f->rows.items[i].function);
    }
    vec_clear(&f->rows);
    vec_clear(&f->images);
    pthread_mutex_destroy(&f->lock);
    if (f->freed != NULL) f->freed(f->context);
    free(f);
}

static int compare_rows(const void *a, const void *b)
{
    const Row *x = a, *y = b;
    if (x->module != y->module) return x->module < y->module ? -1 : 1;
    if (x->function != y->function) return x->function < y->function ? -1 : 1;
    return (x->arity > y->arity) - (x->arity < y->arity);
}

static Status add_row(FunctionSet *f, const Row *row)
{
    if (f->sealed) return ST_FROZEN;
    for (size_t i = 0; i < f->rows.len; i++) {
        if (compare_rows(&f->rows.items[i], row) == 0) return ST_EXISTS;
    }
    return vec_push(&f->rows, *row);
}

Status function_set_add(FunctionSet *f, const char *module, const char *function, unsigned arity,
                        HostFunction call, void *context)
{
    if (arity > FUNCTION_ARITY_MAX || *module == '\0' || strcmp(function, "module_info") == 0)
        return ST_INVALID;
    Row row = {.arity = arity, .call = call, .context = context};
    TRY(atom_intern(module, strlen(module), &row.module));
    Status st = atom_intern(function, strlen(function), &row.function);
    if (st == ST_OK) {
        pthread_mutex_lock(&f->lock);
        st = add_row(f, &row);
        pthread_mutex_unlock(&f->lock);
        if (st != ST_OK) atom_release(row.function);
    }
    if (st != ST_OK) atom_release(row.module);
    return st;
}

// The image of the module whose rows are [from, to).
static Status make_image(FunctionSet *f, size_t from, size_t to, Diag *d)
{
    cleanup_with(buf_clear) Buf file;
    buf_init(&file);
    Vec(FunctionName) names;
    vec_init(&names, NULL);
    Status st = ST_OK;
    for (size_t i = from; i < to && st == ST_OK; i++) {
        st = vec_push(&names, ((FunctionName){f->rows.items[i].function, f->rows.items[i].arity}));
    }
    if (st == ST_OK)
        st = functions_module_write(&file, f->rows.items[from].module, names.items, names.len);
    vec_clear(&names);
    Image *image;
    if (st == ST_OK) st = image_store_get(file.data, file.len, &image, d);
    if (st != ST_OK) return st;
    st = vec_push(&f->images, image);
    if (st != ST_OK) image_release(image);
    return st;
}

static Status make_images(FunctionSet *f, Diag *d)
{
    if (f->rows.len > 0) qsort(f->rows.items, f->rows.len, sizeof *f->rows.items, compare_rows);
    for (size_t from = 0, to; from < f->rows.len; from = to) {
        for (to = from + 1; to < f->rows.len; to++) {
            if (f->rows.items[to].module != f->rows.items[from].module) break;
        }
        TRY(make_image(f, from, to, d));
    }
    return ST_OK;
}

Status function_set_seal(FunctionSet *f, Diag *d)
{
    pthread_mutex_lock(&f->lock);
    Status st = f->sealed ? ST_OK : make_images(f, d);
    if (st == ST_OK) f->sealed = true;
    for (size_t i = 0; st != ST_OK && i < f->images.len; i++) image_release(f->images.items[i]);
    if (st != ST_OK) vec_clear(&f->images);
    pthread_mutex_unlock(&f->lock);
    return st;
}

Status function_set_link(const FunctionSet *f, CodeTable *t)
{
    for (size_t i = 0; i < f->images.len; i++) TRY(code_table_load(t, f->images.items[i], true));
    return ST_OK;
}

// ---- requests ------------------------------------------------------------------------------
struct HostReply {
    Command command;
    Sandbox *sandbox;      // one reference
    HostRequest *request;  // while somebody waits; on the sandbox's thread only
    uint64_t charged;      // to the sandbox, until the answer comes
    bool failed;
    uint8_t *bytes;        // the answer
    size_t len;
};

static void forget_request(HostRequest *r)
{
    HostReply *reply = r->host;
    reply->request = NULL;
}

static void free_reply(HostReply *r)
{
    free(r->bytes);
    sandbox_release(r->sandbox);
    free(r);
}

// On the thread that runs the sandbox. ended: of the isolate, only the request may be there.
static void deliver(Sandbox *s, HostReply *r, bool ended)
{
    if (!ended) arena_uncharge(&s->iso.space.arena, r->charged);
    if (!ended) limit_give(&s->iso.limits, LIMIT_REQUESTS, 1);
    if (r->request != NULL && !ended) {
        request_answer(&s->iso, r->request, r->failed, r->bytes, r->len);
        r->bytes = NULL;
    } else if (r->request != NULL) {
        r->request->host = NULL;
    }
    free_reply(r);
}

static void run_reply(Sandbox *s, Command *c, bool ended)
{
    deliver(s, container_of(c, HostReply, command), ended);
}

Status functions_request(void *host, HostRequest *request, Term module, Term function,
                         unsigned arity, const uint8_t *args, size_t len)
{
    Sandbox *s = host;
    const FunctionSet *f = s->functions;
    Row key = {.module = module, .function = function, .arity = arity};
    const Row *row = f == NULL || f->rows.len == 0
                         ? NULL
                         : bsearch(&key, f->rows.items, f->rows.len, sizeof key, compare_rows);
    if (row == NULL) return ST_NOT_FOUND;
    // The host may keep the arguments for as long as it takes to answer.
    uint64_t charged = sizeof(HostReply) + len;
    if (!limit_take(&s->iso.limits, LIMIT_REQUESTS, 1)) return ST_LIMIT;
    bool fits = arena_charge(&s->iso.space.arena, charged);
    HostReply *r = fits ? calloc(1, sizeof *r) : NULL;
    if (r == NULL) {
        if (fits) arena_uncharge(&s->iso.space.arena, charged);
        limit_give(&s->iso.limits, LIMIT_REQUESTS, 1);
        return ST_NOMEM;
    }
    sandbox_retain(s);
    *r =
        (HostReply){.command.run = run_reply, .sandbox = s, .request = request, .charged = charged};
    request->host = r;
    request->forget = forget_request;
    row->call(row->context, s->host.context, r, args, len);
    return ST_OK;
}

static void hand_in(HostReply *r)
{
    Sandbox *s = r->sandbox;
    if (engine_turning() == s && !s->ended) deliver(s, r, s->over);
    else if (!sandbox_post(s, &r->command, NULL)) free_reply(r);
}

Status host_reply(HostReply *r, bool failed, const uint8_t *etf, size_t len)
{
    r->bytes = malloc(len);
    if (r->bytes == NULL) return ST_NOMEM;
    memcpy(r->bytes, etf, len);
    r->len = len;
    r->failed = failed;
    hand_in(r);
    return ST_OK;
}

void host_reply_refused(HostReply *r)
{
    r->failed = true;
    hand_in(r);
}
