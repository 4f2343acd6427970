// SPDX-License-Identifier: Apache-2.0
// bench/engine_bench.c - measures what only an engine of sandboxes has.
//
// engine_bench PART [FILE...] prints one JSON object a line; bench/run starts each part
// in a process of its own and puts the lines together. Times are wall-clock nanoseconds.
//
//   load FILE...   each module for the first time, then the same bytes elsewhere
//   life           create, first call of a library function, destroy
//   trip           one small call on a warm sandbox; what the sandbox holds when idle
//   cycles N       create, call and destroy, N times: what is left
//   crowd N        N live sandboxes with one call each
//   active N FILE  calls a second spread over N sandboxes with the module fib of FILE
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/os.h"
#include "code/image_store.h"
#include "sandbox/sandbox.h"
#include "sandbox/sandbox_int.h"  // what a sandbox holds

#define FILE_MAX_BYTES  ((size_t)64 << 20)
#define LIFE_ROUNDS     2000
#define TRIP_ROUNDS     20000
#define WARM_UP         100
#define ACTIVE_NS       (2 * NS_PER_S)
#define CALLERS_PER_CPU 4
#define MODULES_AT_ONCE 500

// [[1,2,3]] and [16] in External Term Format.
static const uint8_t small_list[] = {131, 108, 0, 0, 0, 1, 107, 0, 3, 1, 2, 3, 106};
static const uint8_t sixteen[] = {131, 107, 0, 1, 16};

static NORETURN void fail(const char *what, Status st, const Diag *d)
{
    const char *text = d != NULL && d->text[0] != '\0' ? d->text : status_text(st);
    fprintf(stderr, "engine_bench: %s: %s\n", what, text);
    exit(1);
}

// ---- results ---------------------------------------------------------------------------
static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

// Sorts the samples.
static void report_times(const char *measure, int64_t *ns, size_t n)
{
    qsort(ns, n, sizeof *ns, by_size);
    printf(
        "{\"measure\": \"%s\", \"unit\": \"ns\", \"count\": %zu, \"min\": %lld, \"median\": %lld, "
        "\"p99\": %lld, \"max\": %lld}\n",
        measure, n, (long long)ns[0], (long long)ns[n / 2], (long long)ns[n * 99 / 100],
        (long long)ns[n - 1]);
}

static void report(const char *measure, const char *unit, double value)
{
    printf("{\"measure\": \"%s\", \"unit\": \"%s\", \"value\": %.3f}\n", measure, unit, value);
}

static int64_t *samples(size_t n)
{
    int64_t *ns = calloc(n, sizeof *ns);
    if (ns == NULL) fail("samples", ST_NOMEM, NULL);
    return ns;
}

// Resident bytes of this process.
static double resident(void)
{
    unsigned long size = 0, pages = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    if (f == NULL || fscanf(f, "%lu %lu", &size, &pages) != 2) fail("statm", ST_IO, NULL);
    fclose(f);
    return (double)pages * (double)os_page_size();
}

// ---- engine and sandboxes ------------------------------------------------------------------
static Engine *start_engine(void)
{
    EngineOptions o = {0};
    Engine *e;
    Diag d;
    diag_init(&d);
    Status st = engine_new(&o, &e, &d);
    if (st != ST_OK) fail("engine", st, &d);
    return e;
}

static Sandbox *create(Engine *e)
{
    SandboxConfig c;
    sandbox_config_init(&c);
    Sandbox *s;
    Diag d;
    diag_init(&d);
    Status st = sandbox_new(e, &c, &s, &d);
    if (st != ST_OK) fail("sandbox", st, &d);
    return s;
}

static void call(Sandbox *s, const char *module, const char *function, const uint8_t *args,
                 size_t len)
{
    CallResult r;
    Status st = sandbox_call(s, module, function, args, len, &r);
    if (st != ST_OK || r.outcome != CALL_RETURNED)
        fail(function, st == ST_OK ? ST_INVALID : st, NULL);
    call_result_clear(&r);
}

static void call_small(Sandbox *s) { call(s, "lists", "reverse", small_list, sizeof small_list); }

static void read_file(const char *path, Buf *out)
{
    Diag d;
    diag_init(&d);
    buf_init(out);
    Status st = os_read_file(path, FILE_MAX_BYTES, out, &d);
    if (st != ST_OK) fail(path, st, &d);
}

// ---- loading ----------------------------------------------------------------------------
// Linked into a running sandbox, as code:load_binary/3 makes a module callable. Negative:
// the module was refused, or its bytes were known already.
static int64_t load_first(Sandbox *s, const Buf *bytes)
{
    size_t images = image_store_count();
    int64_t start = clock_monotonic_ns();
    Status st = sandbox_load(s, bytes->data, bytes->len, NULL);
    int64_t took = clock_monotonic_ns() - start;
    return st == ST_OK && image_store_count() == images + 1 ? took : -1;
}

static int64_t load_again(Sandbox *s, const Buf *bytes)
{
    int64_t start = clock_monotonic_ns();
    Status st = sandbox_load(s, bytes->data, bytes->len, NULL);
    return st == ST_OK ? clock_monotonic_ns() - start : -1;
}

// Finding the image of known bytes, without the way to the sandbox and back.
static int64_t find_again(const Buf *bytes)
{
    Image *image;
    int64_t start = clock_monotonic_ns();
    Status st = image_store_get(bytes->data, bytes->len, &image, NULL);
    int64_t took = clock_monotonic_ns() - start;
    if (st != ST_OK) return -1;
    image_release(image);
    return took;
}

static void load_file(Sandbox *first, Sandbox *second, const char *path)
{
    Buf bytes;
    read_file(path, &bytes);
    int64_t first_ns = load_first(first, &bytes);
    if (first_ns >= 0) {
        int64_t again_ns = load_again(second, &bytes), find_ns = find_again(&bytes);
        printf("{\"measure\": \"load\", \"path\": \"%s\", \"bytes\": %zu, \"first_ns\": %lld, "
               "\"again_ns\": %lld, \"find_ns\": %lld}\n",
               path, bytes.len, (long long)first_ns, (long long)again_ns, (long long)find_ns);
    }
    buf_clear(&bytes);
}

// New sandboxes after some modules: a sandbox holds a bounded number of them.
static void bench_load(Engine *e, char **paths, int n)
{
    for (int i = 0; i < n;) {
        Sandbox *first = create(e), *second = create(e);
        call_small(first);
        call_small(second);
        for (int end = i + MODULES_AT_ONCE; i < n && i < end; i++)
            load_file(first, second, paths[i]);
        sandbox_free(first);
        sandbox_free(second);
    }
}

// ---- life and calls ------------------------------------------------------------------------
static void bench_life(Engine *e)
{
    int64_t *whole = samples(LIFE_ROUNDS), *made = samples(LIFE_ROUNDS),
            *called = samples(LIFE_ROUNDS), *ended = samples(LIFE_ROUNDS);
    for (int i = -WARM_UP; i < LIFE_ROUNDS; i++) {
        int64_t t0 = clock_monotonic_ns();
        Sandbox *s = create(e);
        int64_t t1 = clock_monotonic_ns();
        call_small(s);
        int64_t t2 = clock_monotonic_ns();
        sandbox_free(s);
        int64_t t3 = clock_monotonic_ns();
        if (i < 0) continue;
        whole[i] = t3 - t0, made[i] = t1 - t0, called[i] = t2 - t1, ended[i] = t3 - t2;
    }
    report_times("life", whole, LIFE_ROUNDS);
    report_times("life_create", made, LIFE_ROUNDS);
    report_times("life_call", called, LIFE_ROUNDS);
    report_times("life_destroy", ended, LIFE_ROUNDS);
    free(whole), free(made), free(called), free(ended);
}

static void bench_trip(Engine *e)
{
    Sandbox *s = create(e);
    call_small(s);
    nanosleep(&(struct timespec){.tv_nsec = 20 * NS_PER_MS}, NULL);  // the turn ends after the call
    SandboxStatus idle;
    sandbox_status(s, &idle);
    report("idle_arena", "bytes", (double)idle.memory);
    report("idle_in_use", "bytes", (double)s->iso.space.arena.in_use);
    report("idle_struct", "bytes", (double)sizeof(Sandbox));
    int64_t *ns = samples(TRIP_ROUNDS);
    for (int i = -WARM_UP; i < TRIP_ROUNDS; i++) {
        int64_t start = clock_monotonic_ns();
        call_small(s);
        if (i >= 0) ns[i] = clock_monotonic_ns() - start;
    }
    report_times("trip", ns, TRIP_ROUNDS);
    free(ns);
    sandbox_free(s);
}

// ---- many, one after the other and at once ------------------------------------------------
static void cycle(Engine *e)
{
    Sandbox *s = create(e);
    call_small(s);
    sandbox_free(s);
}

static void bench_cycles(Engine *e, long n)
{
    for (int i = 0; i < WARM_UP; i++) cycle(e);
    malloc_trim(0);
    double before = resident();
    size_t images = image_store_count();
    int64_t start = clock_monotonic_ns();
    for (long i = 0; i < n; i++) cycle(e);
    int64_t took = clock_monotonic_ns() - start;
    malloc_trim(0);
    report("cycles", "count", (double)n);
    report("cycles_seconds", "s", (double)took / NS_PER_S);
    report("cycles_rss_growth", "bytes", resident() - before);
    report("cycles_images_left", "count", (double)image_store_count() - (double)images);
}

static Sandbox **create_many(Engine *e, long n)
{
    Sandbox **all = calloc((size_t)n, sizeof(Sandbox *));
    if (all == NULL) fail("crowd", ST_NOMEM, NULL);
    for (long i = 0; i < n; i++) all[i] = create(e);
    return all;
}

static void free_many(Sandbox **all, long n)
{
    for (long i = 0; i < n; i++) sandbox_free(all[i]);
    free(all);
}

static void bench_crowd(Engine *e, long n)
{
    cycle(e);
    double before = resident();
    int64_t t0 = clock_monotonic_ns();
    Sandbox **all = create_many(e, n);
    int64_t t1 = clock_monotonic_ns();
    for (long i = 0; i < n; i++) call_small(all[i]);
    int64_t t2 = clock_monotonic_ns();
    double full = resident();
    int64_t t3 = clock_monotonic_ns();
    for (long i = 0; i < n; i++) call_small(all[i]);
    int64_t t4 = clock_monotonic_ns();
    free_many(all, n);
    int64_t t5 = clock_monotonic_ns();
    printf(
        "{\"measure\": \"crowd\", \"sandboxes\": %ld, \"create_s\": %.6f, \"first_calls_s\": %.6f, "
        "\"calls_s\": %.6f, \"destroy_s\": %.6f, \"rss_bytes\": %.0f, \"rss_growth_bytes\": "
        "%.0f}\n",
        n, (double)(t1 - t0) / NS_PER_S, (double)(t2 - t1) / NS_PER_S, (double)(t4 - t3) / NS_PER_S,
        (double)(t5 - t4) / NS_PER_S, full, full - before);
}

// ---- throughput ---------------------------------------------------------------------------
typedef struct Callers {
    Sandbox **all;
    long n;
    atomic_ulong next;  // whose turn it is, over all callers
    atomic_ulong done;
    atomic_bool stop;
} Callers;

static void *caller(void *arg)
{
    Callers *c = arg;
    while (!atomic_load(&c->stop)) {
        Sandbox *s = c->all[atomic_fetch_add(&c->next, 1) % (unsigned long)c->n];
        call(s, "fib", "run", sixteen, sizeof sixteen);
        atomic_fetch_add(&c->done, 1);
    }
    return NULL;
}

static double calls_per_second(Callers *c, unsigned threads)
{
    pthread_t t[256];
    if (threads > ARRAY_LEN(t)) threads = ARRAY_LEN(t);
    int64_t start = clock_monotonic_ns();
    for (unsigned i = 0; i < threads; i++) {
        if (pthread_create(&t[i], NULL, caller, c) != 0) fail("thread", ST_NOMEM, NULL);
    }
    nanosleep(&(struct timespec){.tv_sec = ACTIVE_NS / NS_PER_S}, NULL);
    unsigned long done = atomic_load(&c->done);
    int64_t took = clock_monotonic_ns() - start;
    atomic_store(&c->stop, true);
    for (unsigned i = 0; i < threads; i++) pthread_join(t[i], NULL);
    return (double)done * NS_PER_S / (double)took;
}

static void bench_active(Engine *e, long n, const char *path)
{
    Buf bytes;
    read_file(path, &bytes);
    Callers c = {.all = create_many(e, n), .n = n};
    for (long i = 0; i < n; i++) {
        Diag d;
        diag_init(&d);
        Status st = sandbox_load(c.all[i], bytes.data, bytes.len, &d);
        if (st != ST_OK) fail(path, st, &d);
        call(c.all[i], "fib", "run", sixteen, sizeof sixteen);
    }
    unsigned threads = CALLERS_PER_CPU * (unsigned)sysconf(_SC_NPROCESSORS_ONLN);
    printf("{\"measure\": \"active\", \"sandboxes\": %ld, \"calls_per_s\": %.1f}\n", n,
           calls_per_second(&c, threads));
    free_many(c.all, n);
    buf_clear(&bytes);
}

static long count_of(const char *text)
{
    long n = text == NULL ? 0 : strtol(text, NULL, 10);
    if (n <= 0) fail("a count is missing", ST_INVALID, NULL);
    return n;
}

int main(int argc, char **argv)
{
    const char *part = argc > 1 ? argv[1] : "";
    Engine *e = start_engine();
    if (strcmp(part, "load") == 0) bench_load(e, argv + 2, argc - 2);
    else if (strcmp(part, "life") == 0) bench_life(e);
    else if (strcmp(part, "trip") == 0) bench_trip(e);
    else if (strcmp(part, "cycles") == 0) bench_cycles(e, count_of(argv[2]));
    else if (strcmp(part, "crowd") == 0) bench_crowd(e, count_of(argv[2]));
    else if (strcmp(part, "active") == 0 && argc == 4) bench_active(e, count_of(argv[2]), argv[3]);
    else fail("parts", ST_INVALID, NULL);
    engine_free(e);
    return 0;
}
