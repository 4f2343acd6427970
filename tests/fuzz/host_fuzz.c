// SPDX-License-Identifier: Apache-2.0
// tests/fuzz/host_fuzz.c - libFuzzer: any sequence of calls of apex.h, with any bytes, from two
// threads that share two sandboxes, a queue and functions. Each half of the input is one thread's
// sequence: a byte chooses what is called, the ones behind it are its arguments.
#include <apex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_STEPS = 60, NUM_SANDBOXES = 2, TIMEOUT_NS = 200000000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ApexEngine *engine;
static uint8_t *module_bytes;
static size_t module_len;

typedef struct Shared {
    ApexSandbox *sandbox[NUM_SANDBOXES];
    ApexQueue *queue;
    ApexFunctions *functions;
    _Atomic(uint64_t) last_call;
} Shared;

typedef struct Side {
    Shared *shared;
    const uint8_t *at, *end;
} Side;

static void must(bool ok)
{
    if (!ok) abort();
}

static void read_module(void)
{
    FILE *f = fopen(FUZZ_GUEST, "rb");
    must(f != NULL && fseek(f, 0, SEEK_END) == 0);
    module_len = (size_t)ftell(f);
    rewind(f);
    module_bytes = malloc(module_len);
    must(module_bytes != NULL && fread(module_bytes, 1, module_len, f) == module_len);
    (void)fclose(f);
}

static uint8_t next(Side *s) { return s->at < s->end ? *s->at++ : 0; }

// The next few bytes of the input, as many as the first one says.
static const uint8_t *bytes(Side *s, size_t *len)
{
    size_t n = next(s);
    if (n > (size_t)(s->end - s->at)) n = (size_t)(s->end - s->at);
    const uint8_t *at = s->at;
    s->at += n;
    *len = n;
    return at;
}

static const char *name_of(uint8_t n)
{
    static const char *const names[] = {"erlang", "lists",   "fuzz_guest", "host_fuzz", "reverse",
                                        "calls",  "numbers", "now_it",     "later",     "display",
                                        "self",   "ets",     "new",        "",          "user"};
    return names[n % (sizeof names / sizeof *names)];
}

// ---- callbacks --------------------------------------------------------------------------------
static void answer_now(void *context, ApexSandbox *sandbox, ApexReply *reply, const uint8_t *args,
                       size_t len)
{
    if (apex_reply(reply, args, len) != APEX_OK) (void)apex_reply_error(reply, "\x83j", 2);
}

static void on_done(void *context, ApexSandbox *sandbox, ApexStatus status, ApexResult *result)
{
    ApexStats stats;
    must(apex_sandbox_stats(sandbox, &stats) == APEX_OK);
}

static void on_output(void *context, ApexSandbox *sandbox, int stream, const uint8_t *text,
                      size_t len)
{
    must(text != NULL || len == 0);
}

static void on_event(void *context, ApexSandbox *sandbox, ApexEventKind kind, const char *detail)
{
    must(detail != NULL);
}

// ---- readers and writers -----------------------------------------------------------------------
static void read_anything(const uint8_t *data, size_t len, unsigned how)
{
    ApexReader r;
    ApexBytes text = {0};
    if (apex_term_text(data, len, &text) == APEX_OK) must(text.data[text.len] == 0);
    apex_bytes_free(&text);
    if (apex_reader_init(&r, data, len) != APEX_OK) return;
    for (unsigned i = 0; i < 1000 && apex_peek(&r) > APEX_TYPE_BAD; i++) {
        const uint8_t *before = r.at, *b;
        size_t left = r.string_left, n = 4;
        uint8_t magnitude[4];
        char atom[APEX_ATOM_SIZE];
        int64_t v;
        uint64_t u;
        double d;
        bool yes;
        unsigned bits;
        (void)(apex_get_int(&r, &v) == APEX_OK || apex_get_uint(&r, &u) == APEX_OK ||
               apex_get_float(&r, &d) == APEX_OK || apex_get_bool(&r, &yes) == APEX_OK ||
               apex_get_atom(&r, atom) == APEX_OK ||
               apex_get_integer(&r, &yes, magnitude, &n) == APEX_OK ||
               apex_get_binary(&r, &b, &n) == APEX_OK ||
               apex_get_bitstring(&r, &b, &n, &bits) == APEX_OK ||
               (how & 1 && apex_get_list(&r, &n) == APEX_OK) || apex_get_nil(&r) == APEX_OK ||
               apex_get_tuple(&r, &n) == APEX_OK || apex_get_map(&r, &n) == APEX_OK ||
               apex_match_atom(&r, "ok") || apex_get_term(&r, &b, &n) == APEX_OK ||
               apex_skip(&r) == APEX_OK);
        if (r.at == before && r.string_left == left) break;
    }
}

static void write_anything(Side *s)
{
    ApexWriter w;
    apex_writer_init(&w);
    for (unsigned i = next(s) % 16; i > 0; i--) {
        uint8_t what = next(s);
        size_t len;
        const uint8_t *b = bytes(s, &len);
        switch (what % 12) {
        case 0: apex_put_int(&w, (int64_t)len - 100); break;
        case 1: apex_put_uint(&w, UINT64_MAX - len); break;
        case 2: apex_put_integer(&w, what & 1, b, len); break;
        case 3: apex_put_float(&w, (double)len / 3); break;
        case 4: apex_put_atom(&w, name_of((uint8_t)len)); break;
        case 5: apex_put_binary(&w, b, len); break;
        case 6: apex_put_bitstring(&w, b, len, what / 12); break;
        case 7: apex_put_list(&w, len); break;
        case 8: apex_put_nil(&w); break;
        case 9: apex_put_tuple(&w, len); break;
        case 10: apex_put_map(&w, len); break;
        default: apex_put_term(&w, b, len);
        }
    }
    if (apex_writer_status(&w) == APEX_OK) {
        ApexBytes text = {0};
        (void)apex_term_text(w.data, w.len, &text);
        apex_bytes_free(&text);
    }
    apex_writer_clear(&w);
}

// ---- queues --------------------------------------------------------------------------------------
static void take_messages(Shared *sh, bool all)
{
    ApexMessage m;
    while (apex_queue_next(sh->queue, &m)) {
        if (m.kind == APEX_MESSAGE_REQUEST) {
            if (apex_reply(m.reply, m.args.data, m.args.len) != APEX_OK)
                must(apex_reply_error(m.reply, "\x83j", 2) == APEX_OK);
        }
        apex_message_clear(&m);
        if (!all) return;
    }
}

// ---- one step ------------------------------------------------------------------------------------
static void call(Side *s, ApexSandbox *sandbox, uint8_t how)
{
    const char *module = name_of(next(s)), *function = name_of(next(s));
    size_t len;
    const uint8_t *args = bytes(s, &len);
    ApexCallOptions o = {.timeout = TIMEOUT_NS};
    ApexResult r = {0};
    uint64_t id = 0;
    switch (how % 3) {
    case 0:
        if (apex_sandbox_call(sandbox, module, function, args, len, &o, &r) == APEX_OK)
            apex_result_clear(&r);
        break;
    case 1:
        (void)!apex_sandbox_call_async(sandbox, module, function, args, len, &o, on_done, NULL,
                                       &id);
        break;
    default:
        (void)!apex_sandbox_call_queued(sandbox, module, function, args, len, &o, s->shared->queue,
                                        s, &id);
    }
    if (id != 0) atomic_store(&s->shared->last_call, id);
}

static void load(Side *s, ApexSandbox *sandbox, uint8_t how)
{
    size_t len;
    const uint8_t *b = bytes(s, &len);
    ApexError e;
    if (how & 1) (void)!apex_sandbox_load(sandbox, module_bytes, module_len, &e);
    else (void)!apex_sandbox_load(sandbox, b, len, NULL);
}

static void ask(ApexSandbox *sandbox)
{
    ApexVersion versions[2];
    size_t count = 0;
    ApexStats stats;
    (void)!apex_sandbox_versions(sandbox, "fuzz_guest", versions, 2, &count);
    must(apex_sandbox_stats(sandbox, &stats) == APEX_OK);
    must(apex_sandbox_name(sandbox) != NULL && apex_engine_sandboxes(engine) > 0);
}

static void step(Side *s)
{
    uint8_t what = next(s), how = next(s);
    ApexSandbox *sandbox = s->shared->sandbox[how / 128];
    size_t len;
    const uint8_t *b;
    switch (what % 16) {
    case 0: load(s, sandbox, how); break;
    case 1: ask(sandbox); break;
    case 2: (void)!apex_sandbox_suspend(sandbox); break;
    case 3: (void)!apex_sandbox_resume(sandbox); break;
    case 4:
        (void)!apex_sandbox_cancel(sandbox, atomic_load(&s->shared->last_call) + how % 2);
        break;
    case 5: (void)!apex_sandbox_unload(sandbox, name_of(next(s)), how & 1); break;
    case 6: (void)!apex_sandbox_rollback(sandbox, "fuzz_guest", how % 4); break;
    case 7:
        b = bytes(s, &len);
        (void)!apex_sandbox_send(sandbox, name_of(how), b, len);
        break;
    case 8:
        b = bytes(s, &len);
        read_anything(b, len, how);
        break;
    case 9: write_anything(s); break;
    case 10: take_messages(s->shared, false); break;
    case 11:
        must(apex_sandbox_retain(sandbox) == APEX_OK);
        apex_sandbox_release(sandbox);
        break;
    case 12:
        if (how % 8 == 0) (void)!apex_sandbox_destroy(sandbox);
        break;
    default: call(s, sandbox, how);
    }
}

static void *run_side(void *arg)
{
    Side *s = arg;
    for (unsigned i = 0; i < MAX_STEPS && s->at < s->end; i++) step(s);
    for (unsigned i = 0; i < NUM_SANDBOXES; i++) apex_sandbox_release(s->shared->sandbox[i]);
    return NULL;
}

static void open_shared(Shared *sh)
{
    must(apex_queue_new(&sh->queue) == APEX_OK && apex_functions_new(&sh->functions) == APEX_OK);
    must(apex_functions_add(sh->functions, "host_fuzz", "now_it", 1, answer_now, NULL) == APEX_OK);
    must(apex_functions_add_queued(sh->functions, "host_fuzz", "later", 1, sh->queue, sh) ==
         APEX_OK);
    ApexSandboxOptions o = {
        .name = "fuzz", .functions = sh->functions, .output = on_output, .event = on_event};
    o.limits[APEX_LIMIT_MEMORY] = 32u << 20;
    o.limits[APEX_LIMIT_REDUCTIONS] = 2000000;
    o.limits[APEX_LIMIT_PROCESSES] = 200;
    for (unsigned i = 0; i < NUM_SANDBOXES; i++) {
        must(apex_sandbox_new(engine, &o, &sh->sandbox[i], NULL) == APEX_OK);
        must(apex_sandbox_retain(sh->sandbox[i]) == APEX_OK);  // one reference for each side
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (engine == NULL) {
        ApexEngineOptions o = {.threads = 2};
        must(apex_engine_new(&o, &engine, NULL) == APEX_OK);
        read_module();
    }
    Shared sh = {0};
    open_shared(&sh);
    Side sides[2] = {{&sh, data, data + size / 2}, {&sh, data + size / 2, data + size}};
    pthread_t thread;
    must(pthread_create(&thread, NULL, run_side, &sides[1]) == 0);
    (void)run_side(&sides[0]);
    must(pthread_join(thread, NULL) == 0);
    take_messages(&sh, true);
    apex_queue_free(sh.queue);
    apex_functions_release(sh.functions);
    return 0;
}
