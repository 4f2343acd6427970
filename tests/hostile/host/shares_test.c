// SPDX-License-Identifier: Apache-2.0
// tests/hostile/host/shares_test.c - CPU time goes by shares and rates, whatever guests do.
//
//     shares_test SHARES.beam
//
// One worker thread, so that what is measured does not depend on what else the machine does:
// sandboxes that want all they can get by different means, with different shares, must each
// have got theirs within a tenth. A rate is kept to within a tenth. A sandbox that wakes up
// beside them gets the thread soon: the waits are printed, their median is held to the goal.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/os.h"
#include "sandbox/sandbox.h"

#define RUN_NS       (3 * NS_PER_S)
#define TOLERANCE    0.10
#define WAKE_GOAL_NS (5 * NS_PER_MS)
enum { WAKES = 200 };

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "shares_test: %s: %s\n", what, why);
    exit(1);
}

static const struct {
    const char *way;
    uint64_t share;
} guests[] = {
    {"spin", 100},         {"many", 100},     {"max_priority", 100}, {"yields", 100},
    {"short_sleeps", 100}, {"messages", 100}, {"garbage", 100},      {"builtins", 100},
    {"spin", 50},          {"spin", 300},     {"short_sleeps", 200},
};
enum { GUESTS = sizeof guests / sizeof guests[0] };

static Sandbox *create(Engine *e, const Buf *code, const char *name, LimitKind k, uint64_t allowed)
{
    SandboxConfig c;
    sandbox_config_init(&c);
    c.name = name;
    c.limits.of[k].allowed = allowed;
    Sandbox *s;
    Diag d;
    diag_init(&d);
    if (sandbox_new(e, &c, &s, &d) != ST_OK) fail(name, d.text);
    if (sandbox_load(s, code->data, code->len, &d) != ST_OK) fail(name, d.text);
    return s;
}

// Calls shares:run(Way) in External Term Format.
static void start(Sandbox *s, const char *way)
{
    uint8_t args[80] = {131, 108, 0, 0, 0, 1, 119, (uint8_t)strlen(way)};
    size_t len = strlen(way);
    memcpy(args + 8, way, len);
    args[8 + len] = 106;
    CallResult r;
    if (sandbox_call(s, "shares", "run", args, len + 9, &r) != ST_OK || r.outcome != CALL_RETURNED)
        fail(way, "does not start");
    call_result_clear(&r);
}

static void sleep_ns(int64_t ns)
{
    struct timespec t = {.tv_sec = ns / NS_PER_S, .tv_nsec = ns % NS_PER_S};
    nanosleep(&t, NULL);
}

static uint64_t cpu_of(Sandbox *s)
{
    SandboxStatus st;
    sandbox_status(s, &st);
    if (st.verdict != VERDICT_RUNNING) fail(sandbox_name(s), "has ended");
    return st.cpu_ns;
}

static bool off(double is, double should)
{
    return is > should * (1 + TOLERANCE) || is < should * (1 - TOLERANCE);
}

static int check_shares(Sandbox **all, const uint64_t *before)
{
    double total = 0, shares = 0;
    double used[GUESTS];
    for (int i = 0; i < GUESTS; i++) {
        used[i] = (double)(cpu_of(all[i]) - before[i]);
        total += used[i];
        shares += (double)guests[i].share;
    }
    int bad = 0;
    for (int i = 0; i < GUESTS; i++) {
        double should = total * (double)guests[i].share / shares;
        bool is_bad = off(used[i], should);
        printf("%-14s share %4llu: %7.1f ms of %7.1f (%+.1f %%)%s\n", guests[i].way,
               (unsigned long long)guests[i].share, used[i] / NS_PER_MS, should / NS_PER_MS,
               100 * (used[i] / should - 1), is_bad ? "  OFF" : "");
        bad += is_bad;
    }
    return bad;
}

// ---- waking up beside them ---------------------------------------------------------------
typedef struct Wake {
    pthread_mutex_t lock;
    pthread_cond_t cond;
    int64_t at;
} Wake;

static void woke(void *context, Status status, CallResult *result)
{
    Wake *w = context;
    call_result_clear(result);
    pthread_mutex_lock(&w->lock);
    w->at = clock_monotonic_ns();
    pthread_cond_signal(&w->cond);
    pthread_mutex_unlock(&w->lock);
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static int check_wakes(Sandbox *s)
{
    static int64_t waits[WAKES];
    static const uint8_t nothing[] = {131, 106};
    Wake w = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};
    for (int i = 0; i < WAKES; i++) {
        sleep_ns(2 * NS_PER_MS);
        w.at = 0;
        CallSpec c = {.module = "shares",
                      .function = "answer",
                      .args = nothing,
                      .len = sizeof nothing,
                      .done = woke,
                      .context = &w};
        int64_t asked = clock_monotonic_ns();
        if (sandbox_call_async(s, &c, NULL) != ST_OK) fail("wake", "call");
        pthread_mutex_lock(&w.lock);
        while (w.at == 0) pthread_cond_wait(&w.cond, &w.lock);
        waits[i] = w.at - asked;
        pthread_mutex_unlock(&w.lock);
    }
    qsort(waits, WAKES, sizeof waits[0], by_size);
    int64_t median = waits[WAKES / 2];
    printf("waking beside them: median %.2f ms, 99th percentile %.2f ms, worst %.2f ms\n",
           (double)median / NS_PER_MS, (double)waits[WAKES * 99 / 100] / NS_PER_MS,
           (double)waits[WAKES - 1] / NS_PER_MS);
    return median > WAKE_GOAL_NS;
}

// ---- rates -----------------------------------------------------------------------------------
static int check_rate(Engine *e, const Buf *code, const char *way)
{
    enum { PERMILLE = 200 };
    Sandbox *s = create(e, code, way, LIMIT_CPU_RATE, PERMILLE);
    start(s, way);
    uint64_t before = cpu_of(s);
    int64_t began = clock_monotonic_ns();
    sleep_ns(RUN_NS / 2);
    double used = (double)(cpu_of(s) - before), ran = (double)(clock_monotonic_ns() - began);
    // On a machine that is busy elsewhere it may get less.
    bool bad = used > ran * PERMILLE / 1000 * (1 + TOLERANCE) + 20 * NS_PER_MS;
    printf("%-14s rate %d permille: %.1f %s\n", way, PERMILLE, 1000 * used / ran, bad ? "OFF" : "");
    int64_t end = clock_monotonic_ns();
    sandbox_free(s);
    double took = (double)(clock_monotonic_ns() - end);
    if (took > 500 * (double)NS_PER_MS) fail(way, "a paused sandbox is not destroyed at once");
    return bad;
}

int main(int argc, char **argv)
{
    if (argc != 2) fail("usage", "shares_test SHARES.beam");
    Diag d;
    diag_init(&d);
    Buf code;
    buf_init(&code);
    if (os_read_file(argv[1], 1 << 20, &code, &d) != ST_OK) fail(argv[1], d.text);
    Engine *e;
    if (engine_new(&(EngineOptions){.threads = 1}, &e, &d) != ST_OK) fail("engine", d.text);

    int bad = check_rate(e, &code, "spin") + check_rate(e, &code, "short_sleeps");
    Sandbox *all[GUESTS], *idle = create(e, &code, "idle", LIMIT_CPU_SHARE, 100);
    uint64_t before[GUESTS];
    for (int i = 0; i < GUESTS; i++)
        all[i] = create(e, &code, guests[i].way, LIMIT_CPU_SHARE, guests[i].share);
    for (int i = 0; i < GUESTS; i++) start(all[i], guests[i].way);
    for (int i = 0; i < GUESTS; i++) before[i] = cpu_of(all[i]);
    sleep_ns(RUN_NS);
    bad += check_shares(all, before);
    bad += check_wakes(idle);
    sandbox_free(idle);
    for (int i = 0; i < GUESTS; i++) sandbox_free(all[i]);
    engine_free(e);
    buf_clear(&code);
    if (bad > 0) fail("shares", "not kept");
    return 0;
}
