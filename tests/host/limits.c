// SPDX-License-Identifier: Apache-2.0
// tests/host/limits.c DIR: every limit is reached, changed while the sandbox runs, and read.
// DIR has limited.beam, guest.beam and second/guest.beam.
#include <poll.h>
#include <pthread.h>
#include <time.h>

#include "check.h"

#define MS UINT64_C(1000000)
enum { MAX_KEPT = 1000 };

typedef struct Log {
    pthread_mutex_t lock;
    int limits[APEX_LIMIT_COUNT], events, destroyed;
    ApexReply *held[MAX_KEPT];
    int num_held, hold_until;
} Log;

static char limited[1024], first[1024], second[1024];
static bool reached[APEX_LIMIT_COUNT];  // and the host was told

// ---- callbacks --------------------------------------------------------------------------
static void on_event(void *context, ApexSandbox *sandbox, ApexEventKind kind, const char *detail)
{
    Log *log = (Log *)context;
    (void)sandbox;
    pthread_mutex_lock(&log->lock);
    if (kind == APEX_EVENT_DENIED) log->events++;
    if (kind == APEX_EVENT_DESTROYED) log->destroyed++;
    ApexLimit limit = kind == APEX_EVENT_LIMIT ? apex_limit_named(detail) : APEX_LIMIT_COUNT;
    if (limit != APEX_LIMIT_COUNT) log->limits[limit]++, reached[limit] = true;
    pthread_mutex_unlock(&log->lock);
}

static void answer_all(Log *log)
{
    ApexWriter w;
    apex_writer_init(&w);
    apex_put_atom(&w, "held");
    for (int i = 0; i < log->num_held; i++) CHECK_OK(apex_reply(log->held[i], w.data, w.len));
    log->num_held = 0;
    apex_writer_clear(&w);
}

static void on_output(void *context, ApexSandbox *sandbox, int stream, const uint8_t *bytes,
                      size_t len)
{
    (void)sandbox, (void)stream, (void)bytes, (void)len;
    answer_all((Log *)context);
}

// Answers when hold_until of them wait.
static void hold(void *context, ApexSandbox *sandbox, ApexReply *reply, const uint8_t *args,
                 size_t len)
{
    Log *log = (Log *)apex_sandbox_context(sandbox);
    (void)context, (void)args, (void)len;
    log->held[log->num_held++] = reply;
    if (log->num_held >= log->hold_until) answer_all(log);
}

// ---- what the tests share --------------------------------------------------------------------
static int told(Log *log, ApexLimit limit)
{
    pthread_mutex_lock(&log->lock);
    int n = log->limits[limit];
    pthread_mutex_unlock(&log->lock);
    return n;
}

static ApexUsage usage(ApexSandbox *s, ApexLimit limit)
{
    ApexStats stats;
    CHECK_OK(apex_sandbox_stats(s, &stats));
    return stats.limits[limit];
}

static ApexSandbox *open_sandbox(ApexEngine *engine, ApexSandboxOptions *o, Log *log)
{
    memset(log, 0, sizeof *log);
    pthread_mutex_init(&log->lock, NULL);
    o->event = on_event;
    o->output = on_output;
    o->context = log;
    ApexSandbox *s = new_sandbox(engine, o);
    CHECK_OK(apex_sandbox_load_path(s, limited, NULL));
    return s;
}

static ApexWriter number(int64_t n)
{
    ApexWriter w;
    apex_writer_init(&w);
    apex_put_list(&w, 1);
    apex_put_int(&w, n);
    apex_put_nil(&w);
    CHECK_OK(apex_writer_status(&w));
    return w;
}

static void check_use(ApexSandbox *s, const char *function, int64_t n, const char *expected)
{
    ApexWriter w = number(n);
    check_call(s, "limited", function, &w, APEX_CALL_RETURNED, expected);
    apex_writer_clear(&w);
}

// ---- limits that a guest meets -----------------------------------------------------------------
typedef struct Case {
    ApexLimit limit;
    const char *function;
    uint64_t room;     // beyond what is used, or of one thing
    int64_t below, above;
    const char *seen;  // by the guest that wants `above`
    bool of_one;       // bounds one thing at a time
} Case;

static const Case cases[] = {
    {APEX_LIMIT_PROCESSES, "processes", 10, 5, 30, "{error,system_limit}", false},
    {APEX_LIMIT_LINKS, "links", 10, 5, 30, "{error,system_limit}", false},
    {APEX_LIMIT_LINKS, "link_process", 10, 5, 30, "{error,system_limit}", false},
    {APEX_LIMIT_LINKS, "aliases", 10, 5, 30, "{error,system_limit}", false},
    {APEX_LIMIT_NAMES, "names", 10, 5, 30, "{error,system_limit}", false},
    {APEX_LIMIT_ATOMS, "atoms", 10, 5, 30, "{error,system_limit}", false},
    {APEX_LIMIT_TABLES, "ets_tables", 10, 5, 30, "{error,system_limit}", false},
    {APEX_LIMIT_TIMERS, "timers", 10, 5, 30, "{error,system_limit}", false},
    {APEX_LIMIT_PERSISTENT, "persistent_terms", 10, 5, 30, "{error,system_limit}", false},
    {APEX_LIMIT_MAILBOX, "mailbox", 10, 5, 30, "{down,killed}", true},
    {APEX_LIMIT_MESSAGE, "message", 1600, 50, 200, "{error,system_limit}", true},
    {APEX_LIMIT_HEAP, "process_heap", 100000, 500, 100000, "{down,killed}", true},
    {APEX_LIMIT_TERM_SIZE, "term_size", 16000, 500, 2000, "{error,system_limit}", true},
    {APEX_LIMIT_TERM_SIZE, "packed_size", 16000, 500, 20000, "{error,system_limit}", true},
    {APEX_LIMIT_TERM_DEPTH, "term_depth", 10, 11, 12, "{error,system_limit}", true},
    {APEX_LIMIT_REGEX_SIZE, "regex_size", 2000, 100, 5000, "{error,system_limit}", true},
    {APEX_LIMIT_REGEX_NAMES, "regex_names", 20, 20, 21, "{error,system_limit}", true},
    {APEX_LIMIT_REGEX_STEPS, "regex_steps", 5000, 3, 16, "{error,match_limit}", true},
    {APEX_LIMIT_OUTPUT, "output", 1000, 100, 2000, "{error,enospc}", false},
    {APEX_LIMIT_BUILTIN_WORK, "builtin_work", 20000, 5, 20, "{down,killed}", true},
};

static void check_case(ApexEngine *engine, const Case *c)
{
    Log log;
    ApexSandboxOptions o = {0};
    o.limits[c->limit] = APEX_UNLIMITED;
    ApexSandbox *s = open_sandbox(engine, &o, &log);
    // What is made once (names of the library, a process that answers) is there afterwards.
    check_use(s, c->function, c->above, "ok");
    ApexUsage u = usage(s, c->limit);
    CHECK(u.allowed == APEX_UNLIMITED && u.hits == 0 && told(&log, c->limit) == 0);

    uint64_t allowed = (c->of_one ? 0 : u.used) + c->room;
    CHECK_OK(apex_sandbox_set_limit(s, c->limit, allowed));
    CHECK(usage(s, c->limit).allowed == allowed);
    check_use(s, c->function, c->below, "ok");
    CHECK(usage(s, c->limit).hits == 0);
    check_use(s, c->function, c->above, c->seen);
    u = usage(s, c->limit);
    CHECK(u.hits > 0 && told(&log, c->limit) == 1);
    CHECK(c->of_one || u.used <= allowed);
    if (c->limit == APEX_LIMIT_ATOMS || c->limit == APEX_LIMIT_OUTPUT)
        CHECK_OK(apex_sandbox_set_limit(s, c->limit, allowed + c->room));
    check_use(s, c->function, c->below, "ok");  // nothing of the refused is left
    CHECK(told(&log, c->limit) == 1);

    CHECK_OK(apex_sandbox_set_limit(s, c->limit, APEX_UNLIMITED));
    check_use(s, c->function, c->above, "ok");
    ApexStats stats;
    CHECK_OK(apex_sandbox_stats(s, &stats));
    CHECK(stats.state == APEX_STATE_RUNNING);
    apex_sandbox_release(s);
    pthread_mutex_destroy(&log.lock);
}

static void test_guest_limits(ApexEngine *engine)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Case *c = &cases[i];
        printf("%s: %s\n", apex_limit_name(c->limit), c->function);
        check_case(engine, c);
        // The same from the start on, without a change.
        if (c->limit == APEX_LIMIT_ATOMS) continue;
        Log log;
        ApexSandboxOptions o = {0};
        o.limits[c->limit] = c->room + (c->of_one || c->limit == APEX_LIMIT_OUTPUT ? 0 : 10);
        ApexSandbox *s = open_sandbox(engine, &o, &log);
        check_use(s, c->function, c->above * (c->of_one ? 1 : 3), c->seen);
        CHECK(told(&log, c->limit) == 1);
        apex_sandbox_release(s);
    }
    // A list is as deep as its elements, however long.
    Log log;
    ApexSandboxOptions o = {0};
    o.limits[APEX_LIMIT_TERM_DEPTH] = 1;
    ApexSandbox *s = open_sandbox(engine, &o, &log);
    check_use(s, "long_list", 1000, "ok");
    CHECK(usage(s, APEX_LIMIT_TERM_DEPTH).peak == 1);
    apex_sandbox_release(s);
}

// ---- code ----------------------------------------------------------------------------------------
static ApexBytes read_file(const char *path)
{
    static uint8_t data[1 << 20];
    FILE *f = fopen(path, "rb");
    CHECK(f != NULL);
    ApexBytes b = {data, fread(data, 1, sizeof data, f)};
    fclose(f);
    return b;
}

static void check_call_load(ApexSandbox *s, const char *seen)
{
    ApexBytes bytes = read_file(first);
    ApexWriter w;
    apex_writer_init(&w);
    apex_put_list(&w, 1);
    apex_put_binary(&w, bytes.data, bytes.len);
    apex_put_nil(&w);
    check_call(s, "limited", "load", &w, APEX_CALL_RETURNED, seen);
    apex_writer_clear(&w);
}

// As the guest sees it, then as the host.
static void check_load(ApexSandbox *s, Log *log, ApexLimit limit, const char *seen)
{
    check_call_load(s, seen);
    ApexBytes bytes = read_file(first);
    bool fits = strcmp(seen, "ok") == 0;
    CHECK(apex_sandbox_load(s, bytes.data, bytes.len, NULL) == (fits ? APEX_OK : APEX_ELIMIT));
    CHECK(told(log, limit) == !fits && (usage(s, limit).hits >= 2) == !fits);
    if (fits) CHECK_OK(apex_sandbox_unload(s, "guest", true));
}

static void test_code_limits(ApexEngine *engine)
{
    static const struct {
        ApexLimit limit;
        uint64_t allowed;
        const char *seen;
    } rows[] = {
        {APEX_LIMIT_MODULES, 1, "{error,system_limit}"},
        {APEX_LIMIT_CODE, 1, "{error,system_limit}"},
        {APEX_LIMIT_FILE, 100, "{error,system_limit}"},
        {APEX_LIMIT_CHUNKS, 10, "{error,system_limit}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Log log;
        ApexSandboxOptions o = {0};
        ApexSandbox *s = open_sandbox(engine, &o, &log);
        printf("%s\n", apex_limit_name(rows[i].limit));
        check_load(s, &log, rows[i].limit, "ok");
        CHECK_OK(apex_sandbox_set_limit(s, rows[i].limit, rows[i].allowed));
        check_load(s, &log, rows[i].limit, rows[i].seen);
        CHECK_OK(apex_sandbox_set_limit(s, rows[i].limit, APEX_UNLIMITED));
        check_call_load(s, "ok");
        apex_sandbox_release(s);
    }
}

// Loads the module with a chunk more, so that it is another version each time.
static void load_changed(ApexSandbox *s, uint8_t number)
{
    static const uint8_t chunk[12] = {'X', 't', 'r', 'a', 0, 0, 0, 4};
    ApexBytes b = read_file(first);
    memcpy(b.data + b.len, chunk, sizeof chunk);
    b.data[b.len + 8] = number;
    uint32_t size = (uint32_t)(b.len + sizeof chunk - 8);
    for (int i = 0; i < 4; i++) b.data[4 + i] = (uint8_t)(size >> (24 - 8 * i));
    CHECK_OK(apex_sandbox_load(s, b.data, b.len + sizeof chunk, NULL));
}

static size_t num_versions(ApexSandbox *s)
{
    size_t count;
    CHECK_OK(apex_sandbox_versions(s, "guest", NULL, 0, &count));
    return count;
}

// A change counts at the module's next load.
static void test_versions_live(ApexEngine *engine)
{
    Log log;
    ApexSandboxOptions o = {0};
    ApexSandbox *s = open_sandbox(engine, &o, &log);
    uint8_t number = 0;
    while (number < 15) load_changed(s, ++number);
    size_t most = num_versions(s);
    CHECK(most >= 10 && most <= 11);
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_VERSIONS, 4));
    CHECK(num_versions(s) == most);
    load_changed(s, ++number);
    CHECK(num_versions(s) >= 4 && num_versions(s) <= 5);
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_VERSIONS, APEX_UNLIMITED));
    for (int i = 0; i < 15; i++) load_changed(s, ++number);
    CHECK(num_versions(s) >= 19);
    apex_sandbox_release(s);
}

static void test_versions(ApexEngine *engine)
{
    puts("versions");
    Log log;
    ApexSandboxOptions o = {0};
    o.limits[APEX_LIMIT_VERSIONS] = 1;
    ApexSandbox *s = open_sandbox(engine, &o, &log);
    size_t count;
    for (int i = 0; i < 3; i++) {
        CHECK_OK(apex_sandbox_load_path(s, i % 2 == 0 ? first : second, NULL));
        CHECK_OK(apex_sandbox_versions(s, "guest", NULL, 0, &count));
        CHECK(count <= 2);  // the current one and the old one are always there
    }
    CHECK_OK(apex_sandbox_unload(s, "guest", true));
    CHECK(usage(s, APEX_LIMIT_VERSIONS).allowed == 1);
    apex_sandbox_release(s);
}

// ---- limits that the host meets -----------------------------------------------------------------
static void on_done(void *context, ApexSandbox *sandbox, ApexStatus status, ApexResult *result)
{
    (void)context, (void)sandbox, (void)status, (void)result;
}

static ApexStatus begin(ApexSandbox *s, const char *function)
{
    ApexWriter w = number(1);
    ApexStatus st =
        apex_sandbox_call_async(s, "limited", function, w.data, w.len, NULL, on_done, NULL, NULL);
    apex_writer_clear(&w);
    return st;
}

static void test_calls(ApexEngine *engine)
{
    puts("calls");
    Log log;
    ApexSandboxOptions o = {0};
    o.limits[APEX_LIMIT_CALLS] = 3;
    ApexSandbox *s = open_sandbox(engine, &o, &log);
    for (int i = 0; i < 3; i++) CHECK_OK(begin(s, "wait"));
    CHECK(begin(s, "wait") == APEX_ELIMIT);
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_CALLS, 4));
    CHECK(told(&log, APEX_LIMIT_CALLS) == 1 && usage(s, APEX_LIMIT_CALLS).hits == 1);
    CHECK(usage(s, APEX_LIMIT_CALLS).used == 3);
    CHECK_OK(begin(s, "wait"));
    CHECK(begin(s, "wait") == APEX_ELIMIT);
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_CALLS, APEX_UNLIMITED));
    apex_sandbox_release(s);
}

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gate_moved = PTHREAD_COND_INITIALIZER;
static int gate_state;  // 1: a worker waits before it, 2: it may go on

static void move_gate(int from, int to)
{
    pthread_mutex_lock(&gate);
    while (gate_state != from) pthread_cond_wait(&gate_moved, &gate);
    gate_state = to;
    pthread_cond_broadcast(&gate_moved);
    pthread_mutex_unlock(&gate);
}

static void block(void *context, ApexSandbox *sandbox, ApexReply *reply, const uint8_t *args,
                  size_t len)
{
    (void)context, (void)sandbox, (void)args, (void)len;
    move_gate(0, 1);
    move_gate(2, 0);
    CHECK_OK(apex_reply(reply, "\203j", 2));
}

// While the sandbox is busy nothing leaves its inbox.
static void test_inbox(ApexEngine *engine, ApexFunctions *functions)
{
    Log log;
    ApexSandboxOptions o = {0};
    o.limits[APEX_LIMIT_INBOX] = 5;
    o.functions = functions;
    ApexSandbox *s = open_sandbox(engine, &o, &log);
    CHECK_OK(apex_sandbox_call_async(s, "host", "block", NULL, 0, NULL, on_done, NULL, NULL));
    move_gate(1, 1);
    for (int i = 0; i < 5; i++) CHECK_OK(begin(s, "wait"));
    CHECK(begin(s, "wait") == APEX_ELIMIT);
    CHECK(apex_sandbox_send(s, "user", "\203j", 2) == APEX_ELIMIT);
    move_gate(1, 2);
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_INBOX, 6));
    CHECK(usage(s, APEX_LIMIT_INBOX).hits == 2 && usage(s, APEX_LIMIT_INBOX).peak == 5);
    CHECK(told(&log, APEX_LIMIT_INBOX) == 1);
    CHECK_OK(apex_sandbox_send(s, "user", "\203j", 2));
    apex_sandbox_release(s);
}

static void test_requests(ApexEngine *engine, ApexFunctions *functions)
{
    Log log;
    ApexSandboxOptions o = {0};
    puts("requests");
    o.limits[APEX_LIMIT_REQUESTS] = 5;
    o.functions = functions;
    ApexSandbox *s = open_sandbox(engine, &o, &log);
    log.hold_until = 5;
    check_use(s, "requests", 5, "ok");
    CHECK(usage(s, APEX_LIMIT_REQUESTS).peak == 5 && usage(s, APEX_LIMIT_REQUESTS).used == 0);
    log.hold_until = MAX_KEPT;
    check_use(s, "requests", 9, "{error,system_limit}");
    CHECK(told(&log, APEX_LIMIT_REQUESTS) == 1);
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_REQUESTS, 9));
    log.hold_until = 9;
    check_use(s, "requests", 9, "ok");
    apex_sandbox_release(s);
}

static void test_events(ApexEngine *engine)
{
    puts("events");
    Log log;
    ApexSandboxOptions o = {0};
    ApexSandbox *s = open_sandbox(engine, &o, &log);
    check_use(s, "events", 10, "ok");
    CHECK(log.events == 10);
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_EVENTS, usage(s, APEX_LIMIT_EVENTS).used + 5));
    check_use(s, "events", 10, "ok");
    CHECK(log.events == 15 && told(&log, APEX_LIMIT_EVENTS) == 1);
    CHECK(usage(s, APEX_LIMIT_EVENTS).hits == 5);
    apex_sandbox_release(s);
    CHECK(log.destroyed == 1);
}

static void test_host_terms(ApexEngine *engine)
{
    Log log;
    ApexSandboxOptions o = {0};
    o.limits[APEX_LIMIT_TERM_SIZE] = 1000;
    o.limits[APEX_LIMIT_MESSAGE] = 100;
    ApexSandbox *s = open_sandbox(engine, &o, &log);
    ApexWriter w;
    apex_writer_init(&w);
    apex_put_list(&w, 100);
    for (int i = 0; i < 100; i++) apex_put_int(&w, i);
    apex_put_nil(&w);
    ApexResult r;
    CHECK(apex_sandbox_call(s, "limited", "wait", w.data, w.len, NULL, &r) == APEX_ELIMIT);
    CHECK(told(&log, APEX_LIMIT_TERM_SIZE) == 1);
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_TERM_SIZE, APEX_UNLIMITED));
    CHECK(apex_sandbox_send(s, "user", w.data, w.len) == APEX_ELIMIT);
    CHECK(told(&log, APEX_LIMIT_MESSAGE) == 1);
    apex_writer_clear(&w);
    apex_sandbox_release(s);
}

static void test_call_time(ApexEngine *engine)
{
    puts("call_time");
    Log log;
    ApexSandboxOptions o = {0};
    o.limits[APEX_LIMIT_CALL_TIME] = 20 * MS;
    ApexSandbox *s = open_sandbox(engine, &o, &log);
    ApexWriter w = number(1);
    check_call(s, "limited", "forever", &w, APEX_CALL_TIMEOUT, NULL);
    check_call(s, "limited", "wait", &w, APEX_CALL_TIMEOUT, NULL);
    CHECK(usage(s, APEX_LIMIT_CALL_TIME).hits == 2 && told(&log, APEX_LIMIT_CALL_TIME) == 1);
    check_use(s, "atoms", 1, "ok");
    // A call that has begun keeps what it had.
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_CALL_TIME, APEX_UNLIMITED));
    CHECK_OK(begin(s, "wait"));
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_CALL_TIME, 20 * MS));
    check_call(s, "limited", "wait", &w, APEX_CALL_TIMEOUT, NULL);
    CHECK(usage(s, APEX_LIMIT_CALL_TIME).hits == 3 && usage(s, APEX_LIMIT_CALLS).used == 1);
    CHECK(told(&log, APEX_LIMIT_CALL_TIME) == 2);
    apex_writer_clear(&w);
    apex_sandbox_release(s);
}

static uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 * MS + (uint64_t)t.tv_nsec;
}

// The time of a call is over in the middle of a builtin: others do not notice.
static void test_expired_in_builtin(ApexEngine *engine)
{
    puts("expired in a builtin");
    Log log;
    ApexSandboxOptions o = {0};
    ApexSandbox *s = open_sandbox(engine, &o, &log);
    check_call(s, "limited", "watch", NULL, APEX_CALL_RETURNED, "ok");
    for (int i = 0; i < 20; i++) {
        CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_CALL_TIME, 20 * MS));
        check_call(s, "limited", "compare_for_ever", NULL, APEX_CALL_TIMEOUT, NULL);
        CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_CALL_TIME, APEX_UNLIMITED));
        check_call(s, "limited", "watched", NULL, APEX_CALL_RETURNED, "true");
    }
    apex_sandbox_release(s);
}

// The share is for hostile/shares: here is that a rate can be set and taken away again.
static void test_cpu_rate(ApexEngine *engine)
{
    puts("cpu_rate");
    Log log;
    ApexSandboxOptions o = {0};
    ApexStats before, after;
    ApexSandbox *s = open_sandbox(engine, &o, &log);
    CHECK_OK(begin(s, "forever"));
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_CPU_RATE, 50));
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_CPU_SHARE, 200));
    uint64_t began = now_ns();
    CHECK_OK(apex_sandbox_stats(s, &before));
    (void)poll(NULL, 0, 400);
    CHECK_OK(apex_sandbox_stats(s, &after));
    CHECK(after.limits[APEX_LIMIT_CPU_RATE].allowed == 50);
    CHECK(after.limits[APEX_LIMIT_CPU_SHARE].allowed == 200);
    // However late this thread was: a twentieth of the time, with all that may be owed.
    CHECK(after.cpu_ns - before.cpu_ns < (now_ns() - began) / 5 + 10 * MS);
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_CPU_RATE, APEX_UNLIMITED));
    for (int i = 0; i < 100; i++) {
        before = after;
        (void)poll(NULL, 0, 100);
        CHECK_OK(apex_sandbox_stats(s, &after));
        if (after.cpu_ns - before.cpu_ns > 20 * MS) break;
        CHECK(i < 99);
    }
    apex_sandbox_release(s);
}

// ---- limits that end the sandbox ------------------------------------------------------------------
typedef struct Later {
    ApexSandbox *sandbox;
    ApexLimit limit;
    uint64_t allowed;
} Later;

// The limit is set while the guest runs: nothing but it can end the call.
static void *set_later(void *arg)
{
    const Later *l = (const Later *)arg;
    (void)poll(NULL, 0, 20);
    CHECK_OK(apex_sandbox_set_limit(l->sandbox, l->limit, l->allowed));
    return NULL;
}

static void check_verdict(ApexEngine *engine, ApexLimit limit, uint64_t allowed,
                          const char *function, int64_t n, bool at_once)
{
    Log log;
    ApexSandboxOptions o = {0};
    printf("%s: %s\n", apex_limit_name(limit), function);
    o.limits[limit] = at_once ? allowed : APEX_UNLIMITED;
    ApexSandbox *s = open_sandbox(engine, &o, &log);
    Later later = {s, limit, allowed};
    pthread_t thread;
    if (!at_once) CHECK(pthread_create(&thread, NULL, set_later, &later) == 0);
    ApexWriter w = number(n);
    check_call(s, "limited", function, &w, APEX_CALL_STOPPED, NULL);
    if (!at_once) CHECK(pthread_join(thread, NULL) == 0);
    CHECK_OK(apex_sandbox_destroy(s));
    ApexStats stats;
    CHECK_OK(apex_sandbox_stats(s, &stats));
    CHECK(stats.state == APEX_STATE_LIMIT && stats.limit_hit == limit && stats.gone);
    CHECK(stats.limits[limit].hits > 0 && told(&log, limit) >= 1 && log.destroyed == 1);
    CHECK(apex_sandbox_set_limit(s, limit, APEX_UNLIMITED) == APEX_ECLOSED);
    check_call(s, "limited", function, &w, APEX_CALL_STOPPED, NULL);
    apex_writer_clear(&w);
    apex_sandbox_release(s);
}

static void test_verdicts(ApexEngine *engine)
{
    for (int at_once = 0; at_once < 2; at_once++) {
        check_verdict(engine, APEX_LIMIT_DEADLINE, 30 * MS, "forever", 1, at_once);
        check_verdict(engine, APEX_LIMIT_DEADLINE, 30 * MS, "wait", 1, at_once);
        check_verdict(engine, APEX_LIMIT_REDUCTIONS, 100000, "forever", 1, at_once);
    }
    check_verdict(engine, APEX_LIMIT_MEMORY, 16 << 20, "hoard", 1, true);
    check_verdict(engine, APEX_LIMIT_MEMORY, 4 << 20, "hoard", 1, false);
}

// One process is refused and the sandbox goes on, with all that it had.
static void test_memory(ApexEngine *engine)
{
    puts("memory");
    Log log;
    ApexSandboxOptions o = {0};
    o.limits[APEX_LIMIT_MEMORY] = 16 << 20;
    ApexSandbox *s = open_sandbox(engine, &o, &log);
    for (int i = 0; i < 3; i++) check_use(s, "grow", 0, "{down,killed}");
    ApexUsage u = usage(s, APEX_LIMIT_MEMORY);
    CHECK(told(&log, APEX_LIMIT_MEMORY) == 1 && u.hits == 3);
    CHECK(u.peak <= 16 << 20 && u.peak > 15 << 20 && u.used < 8 << 20);
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_MEMORY, 32 << 20));
    check_use(s, "grow", 0, "{down,killed}");
    u = usage(s, APEX_LIMIT_MEMORY);
    CHECK(u.peak > 31 << 20 && u.peak <= 32 << 20 && told(&log, APEX_LIMIT_MEMORY) == 2);
    apex_sandbox_release(s);
}

static void test_bound(void)
{
    puts("bound");
    ApexEngineOptions eo = {0};
    ApexEngine *engine;
    eo.threads = 1;
    eo.memory = 48 << 20;
    CHECK_OK(apex_engine_new(&eo, &engine, NULL));
    Log log;
    ApexSandboxOptions o = {0};
    o.limits[APEX_LIMIT_MEMORY] = 16 << 20;
    ApexSandbox *s = open_sandbox(engine, &o, &log), *t;
    CHECK(apex_sandbox_set_limit(s, APEX_LIMIT_MEMORY, 64 << 20) == APEX_ELIMIT);
    CHECK(apex_sandbox_set_limit(s, APEX_LIMIT_MEMORY, APEX_UNLIMITED) == APEX_ELIMIT);
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_MEMORY, 40 << 20));
    CHECK(apex_sandbox_new(engine, &o, &t, NULL) == APEX_ELIMIT);
    CHECK_OK(apex_sandbox_set_limit(s, APEX_LIMIT_MEMORY, 8 << 20));
    t = new_sandbox(engine, &o);
    apex_sandbox_release(t);
    apex_sandbox_release(s);
    CHECK_OK(apex_engine_free(engine));
}

// ---- from the decision to the end --------------------------------------------------------------------
static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void test_end(ApexEngine *engine, const char *function, int64_t n)
{
    enum { ROUNDS = 100 };
    uint64_t took[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        Log log;
        ApexSandboxOptions o = {0};
        o.limits[APEX_LIMIT_DEADLINE] = 5 * MS;
        ApexSandbox *s = open_sandbox(engine, &o, &log);
        ApexWriter w = number(n);
        ApexResult r;
        CHECK_OK(apex_sandbox_call(s, "limited", function, w.data, w.len, NULL, &r));
        CHECK_OK(apex_sandbox_destroy(s));
        ApexStats stats;
        CHECK_OK(apex_sandbox_stats(s, &stats));
        CHECK(stats.gone && stats.state == APEX_STATE_LIMIT);
        took[i] = stats.end_ns;
        apex_writer_clear(&w);
        apex_result_clear(&r);
        apex_sandbox_release(s);
    }
    qsort(took, ROUNDS, sizeof *took, by_value);
    printf("from decision to end (%s): median %.0f us, 99th percentile %.0f us\n", function,
           (double)took[ROUNDS / 2] / 1000, (double)took[ROUNDS - 2] / 1000);
    CHECK(took[ROUNDS / 2] < 200 * MS);
}

// ---- names ----------------------------------------------------------------------------------------
static void test_names(void)
{
    CHECK(APEX_LIMIT_COUNT >= 22);
    for (int k = 0; k < APEX_LIMIT_COUNT; k++) {
        ApexLimit limit = (ApexLimit)k;
        CHECK(apex_limit_named(apex_limit_name(limit)) == limit);
        CHECK(*apex_limit_unit(limit) != '\0' && *apex_limit_guest(limit) != '\0');
        CHECK(*apex_limit_host(limit) != '\0' && apex_limit_default(limit) != 0);
    }
    CHECK(apex_limit_named("none") == APEX_LIMIT_COUNT &&
          apex_limit_named(NULL) == APEX_LIMIT_COUNT);
    CHECK(apex_limit_name(APEX_LIMIT_COUNT) == NULL && apex_limit_guest((ApexLimit)-1) == NULL);
    CHECK(apex_limit_default(APEX_LIMIT_COUNT) == 0 && apex_limit_host(APEX_LIMIT_COUNT) == NULL);
    CHECK(apex_limit_default(APEX_LIMIT_MODULES) == 1000);
    CHECK(apex_limit_default(APEX_LIMIT_MAILBOX) == APEX_UNLIMITED);
}

int main(int argc, char **argv)
{
    (void)argc;
    snprintf(limited, sizeof limited, "%s/limited.beam", argv[1]);
    snprintf(first, sizeof first, "%s/guest.beam", argv[1]);
    snprintf(second, sizeof second, "%s/second/guest.beam", argv[1]);
    ApexEngine *engine = new_engine(1);
    ApexFunctions *functions;
    CHECK_OK(apex_functions_new(&functions));
    CHECK_OK(apex_functions_add(functions, "host", "hold", 0, hold, NULL));
    CHECK_OK(apex_functions_add(functions, "host", "block", 0, block, NULL));
    test_names();
    test_guest_limits(engine);
    test_code_limits(engine);
    test_versions(engine);
    test_versions_live(engine);
    test_calls(engine);
    test_inbox(engine, functions);
    test_requests(engine, functions);
    test_events(engine);
    test_host_terms(engine);
    test_call_time(engine);
    test_expired_in_builtin(engine);
    test_cpu_rate(engine);
    test_memory(engine);
    test_verdicts(engine);
    test_bound();
    test_end(engine, "forever", 1);
    test_end(engine, "wait", 1);
    apex_functions_release(functions);
    CHECK_OK(apex_engine_free(engine));
    // These refuse nothing: an old version goes, the sandbox waits.
    reached[APEX_LIMIT_VERSIONS] = reached[APEX_LIMIT_CPU_SHARE] = reached[APEX_LIMIT_CPU_RATE] =
        true;
    for (int k = 0; k < APEX_LIMIT_COUNT; k++) {
        if (!reached[k]) printf("not reached: %s\n", apex_limit_name((ApexLimit)k));
        CHECK(reached[k]);
    }
    return 0;
}
