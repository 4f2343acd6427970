// SPDX-License-Identifier: Apache-2.0
// examples/host/server.c - a host with an event loop: many tenants, one thread that polls.
//
//     server MODULE.beam [TENANTS] [SECONDS]
//
// Each tenant runs the same module in a sandbox of its own. Tenant:main(Number) is called in
// all of them at once; it may call store:put(Key, Value) and store:get(Key), which this program
// answers from its loop, some of them after a while. One tenant in ten is destroyed while its
// call is under way.
#include <apex.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { SLOTS = 64, MILLISECOND = 1000000 };

// An answer that waits for the next tick.
typedef struct Later {
    struct Later *next;
    ApexReply *reply;
    int64_t value;
} Later;

typedef struct Server {
    ApexEngine *engine;
    ApexQueue *queue;
    ApexSandbox **tenants;
    size_t num_tenants;
    int timer;
    int64_t store[SLOTS];
    Later *waiting;
    size_t running, returned, failed, stopped, timed_out, puts, gets;
} Server;

static char put_tag, get_tag;  // which host function a request is for

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "server: %s: %s\n", what, why);
    exit(1);
}

// ---- what the tenants ask for -----------------------------------------------------------
static void answer(ApexReply *reply, int64_t value)
{
    ApexWriter w;
    apex_writer_init(&w);
    apex_put_int(&w, value);
    if (apex_reply(reply, w.data, w.len) != APEX_OK) fail("reply", "out of memory");
    apex_writer_clear(&w);
}

static void refuse(ApexReply *reply)
{
    ApexWriter w;
    apex_writer_init(&w);
    apex_put_atom(&w, "badarg");
    if (apex_reply_error(reply, w.data, w.len) != APEX_OK) fail("reply", "out of memory");
    apex_writer_clear(&w);
}

// [Key, Value] or [Key]: small integers.
static int read_args(const ApexBytes *args, int64_t *key, int64_t *value)
{
    ApexReader r;
    size_t n;
    if (apex_reader_init(&r, args->data, args->len) != APEX_OK || apex_get_list(&r, &n) != APEX_OK)
        return 0;
    if (apex_get_int(&r, key) != APEX_OK || *key < 0) return 0;
    return n == 1 || apex_get_int(&r, value) == APEX_OK;
}

static void handle_request(Server *s, ApexMessage *m)
{
    int64_t key, value = 0;
    if (!read_args(&m->args, &key, &value)) {
        refuse(m->reply);
    } else if (m->tag == &put_tag) {
        s->store[key % SLOTS] += value;
        s->puts++;
        answer(m->reply, s->store[key % SLOTS]);
    } else {
        Later *l = (Later *)malloc(sizeof *l);
        if (l == NULL) fail("get", "out of memory");
        l->reply = m->reply;
        l->value = s->store[key % SLOTS];
        l->next = s->waiting;
        s->waiting = l;
        s->gets++;
    }
}

static void handle_tick(Server *s)
{
    uint64_t ticks;
    if (read(s->timer, &ticks, sizeof ticks) < 0) return;
    while (s->waiting != NULL) {
        Later *l = s->waiting;
        s->waiting = l->next;
        answer(l->reply, l->value);
        free(l);
    }
}

static void handle_call(Server *s, const ApexMessage *m)
{
    s->running--;
    if (m->status != APEX_OK) fail("call", apex_status_text(m->status));
    switch (m->result.outcome) {
    case APEX_CALL_RETURNED: s->returned++; break;
    case APEX_CALL_FAILED: s->failed++; break;
    case APEX_CALL_STOPPED: s->stopped++; break;
    default: s->timed_out++; break;
    }
}

// ---- the loop ----------------------------------------------------------------------------
static void drain(Server *s)
{
    ApexMessage m;
    while (apex_queue_next(s->queue, &m)) {
        if (m.kind == APEX_MESSAGE_REQUEST) handle_request(s, &m);
        else handle_call(s, &m);
        apex_message_clear(&m);
    }
}

static void run_loop(Server *s)
{
    struct pollfd fds[2];
    memset(fds, 0, sizeof fds);
    fds[0].fd = apex_queue_fd(s->queue);
    fds[1].fd = s->timer;
    fds[0].events = fds[1].events = POLLIN;
    while (s->running > 0) {
        if (poll(fds, 2, 10000) <= 0) fail("poll", "nothing happens");
        if (fds[0].revents != 0) drain(s);
        if (fds[1].revents != 0) handle_tick(s);
    }
}

// ---- the beginning --------------------------------------------------------------------------
static ApexFunctions *make_functions(Server *s)
{
    ApexFunctions *f;
    if (apex_functions_new(&f) != APEX_OK ||
        apex_functions_add_queued(f, "store", "put", 2, s->queue, &put_tag) != APEX_OK ||
        apex_functions_add_queued(f, "store", "get", 1, s->queue, &get_tag) != APEX_OK)
        fail("functions", "out of memory");
    return f;
}

static void start_tenant(Server *s, size_t i, ApexFunctions *f, const char *path, uint64_t timeout)
{
    char name[32];
    ApexError error;
    ApexSandboxOptions o = {0};
    snprintf(name, sizeof name, "tenant %zu", i);
    o.name = name;
    o.functions = f;
    o.limits[APEX_LIMIT_MEMORY] = 8 << 20;
    o.limits[APEX_LIMIT_PROCESSES] = 100;
    if (apex_sandbox_new(s->engine, &o, &s->tenants[i], &error) != APEX_OK) fail(name, error.text);
    if (apex_sandbox_load_path(s->tenants[i], path, &error) != APEX_OK) fail(name, error.text);
    ApexWriter args;
    apex_writer_init(&args);
    apex_put_list(&args, 1);
    apex_put_uint(&args, i);
    apex_put_nil(&args);
    ApexCallOptions call = {timeout};
    ApexStatus st = apex_sandbox_call_queued(s->tenants[i], "tenant", "main", args.data, args.len,
                                             &call, s->queue, NULL, NULL);
    if (st != APEX_OK) fail(name, apex_status_text(st));
    apex_writer_clear(&args);
    s->running++;
}

static void start_timer(Server *s)
{
    struct itimerspec every = {{0, 5 * MILLISECOND}, {0, 5 * MILLISECOND}};
    s->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (s->timer < 0 || timerfd_settime(s->timer, 0, &every, NULL) != 0) fail("timer", "refused");
}

static void report(const Server *s)
{
    uint64_t reductions = 0, memory = 0;
    for (size_t i = 0; i < s->num_tenants; i++) {
        ApexStats stats;
        if (apex_sandbox_stats(s->tenants[i], &stats) != APEX_OK) continue;
        reductions += stats.reductions;
        memory += stats.limits[APEX_LIMIT_MEMORY].peak;
    }
    printf("%zu tenants: %zu returned, %zu failed, %zu destroyed on the way, %zu timed out\n",
           s->num_tenants, s->returned, s->failed, s->stopped, s->timed_out);
    printf("%zu puts, %zu gets, %llu reductions, %llu KiB a tenant\n", s->puts, s->gets,
           (unsigned long long)reductions, (unsigned long long)(memory / s->num_tenants / 1024));
}

int main(int argc, char **argv)
{
    Server s;
    memset(&s, 0, sizeof s);
    if (argc < 2) fail("usage", "server MODULE.beam [TENANTS] [SECONDS]");
    s.num_tenants = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000;
    uint64_t timeout = (argc > 3 ? strtoul(argv[3], NULL, 10) : 30) * UINT64_C(1000000000);
    s.tenants = (ApexSandbox **)calloc(s.num_tenants + 1, sizeof *s.tenants);
    ApexError error;
    if (s.tenants == NULL || s.num_tenants == 0 || apex_queue_new(&s.queue) != APEX_OK)
        fail("start", "refused");
    if (apex_engine_new(NULL, &s.engine, &error) != APEX_OK) fail("engine", error.text);
    ApexFunctions *f = make_functions(&s);
    start_timer(&s);
    for (size_t i = 0; i < s.num_tenants; i++) start_tenant(&s, i, f, argv[1], timeout);
    for (size_t i = 0; i < s.num_tenants; i += 10) (void)apex_sandbox_destroy(s.tenants[i]);
    run_loop(&s);
    report(&s);
    for (size_t i = 0; i < s.num_tenants; i++) apex_sandbox_release(s.tenants[i]);
    apex_functions_release(f);
    apex_engine_free(s.engine);
    apex_queue_free(s.queue);
    close(s.timer);
    free(s.tenants);
    return s.failed + s.timed_out > 0;
}
