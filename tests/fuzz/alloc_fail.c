// SPDX-License-Identifier: Apache-2.0
// tests/fuzz/alloc_fail.c - allocation failure at every point.
//
//     alloc_fail [-max_total_time=SECONDS] [-at=N [-on]] PROGRAM.beam...
//
// Each program is loaded into a fresh sandbox, its main/0 is called and the sandbox destroyed,
// while the n-th request of the engine for memory is refused, and, by turns, every one after it
// too; n goes through all numbers while there is time. The engine must survive, leave nothing
// behind and work afterwards. The linker puts the functions below in front of the allocator.
#include <errno.h>
#include <sanitizer/lsan_interface.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/os.h"
#include "code/export.h"
#include "code/image_store.h"
#include "heap/frozen.h"
#include "sandbox/sandbox.h"
#include "term/atom.h"

enum {
    LEAK_CHECK_EVERY = 200,
    DEADLINE_NS = 1000000000,
    SEQUENTIAL = 3,
    MOST_FINDINGS = 20,
    SLOWEST_S = 30
};

// ---- the allocator -------------------------------------------------------------------------------
static _Atomic uint64_t countdown;  // 0: nothing is refused
static _Atomic bool refused;
static bool go_on;  // refuse what comes after it too

static bool must_fail(void)
{
    uint64_t n = atomic_load_explicit(&countdown, memory_order_relaxed);
    while (n > 1 && !atomic_compare_exchange_weak(&countdown, &n, n - 1)) continue;
    if (n != 1) return false;
    if (!go_on && !atomic_compare_exchange_strong(&countdown, &n, 0)) return false;
    atomic_store(&refused, true);
    errno = ENOMEM;
    return true;
}

static void arm(uint64_t n, bool on)
{
    go_on = on;
    atomic_store(&refused, false);
    atomic_store(&countdown, n);
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__real_aligned_alloc(size_t align, size_t size);
int __real_posix_memalign(void **p, size_t align, size_t size);
char *__real_strdup(const char *s);
void *__real_mmap(void *at, size_t len, int prot, int flags, int fd, off_t offset);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);
void *__wrap_aligned_alloc(size_t align, size_t size);
int __wrap_posix_memalign(void **p, size_t align, size_t size);
char *__wrap_strdup(const char *s);
void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd, off_t offset);

void *__wrap_malloc(size_t size) { return must_fail() ? NULL : __real_malloc(size); }
void *__wrap_calloc(size_t n, size_t size) { return must_fail() ? NULL : __real_calloc(n, size); }
void *__wrap_realloc(void *p, size_t size) { return must_fail() ? NULL : __real_realloc(p, size); }
char *__wrap_strdup(const char *s) { return must_fail() ? NULL : __real_strdup(s); }

void *__wrap_aligned_alloc(size_t align, size_t size)
{
    return must_fail() ? NULL : __real_aligned_alloc(align, size);
}

int __wrap_posix_memalign(void **p, size_t align, size_t size)
{
    return must_fail() ? ENOMEM : __real_posix_memalign(p, align, size);
}

void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd, off_t offset)
{
    return must_fail() ? MAP_FAILED : __real_mmap(at, len, prot, flags, fd, offset);
}

// ---- programs --------------------------------------------------------------------------------------
static Engine *engine;
static unsigned findings;

typedef struct Program {
    const char *path;
    char name[256];
    Buf bytes;
    uint64_t n;  // the next refusal
} Program;

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "alloc_fail: %s: %s\n", what, why);
    abort();
}

static void open_program(Program *p, const char *path)
{
    Diag d;
    diag_init(&d);
    p->path = path;
    buf_init(&p->bytes);
    if (os_read_file(path, 1 << 20, &p->bytes, &d) != ST_OK) fail(path, d.text);
    const char *slash = strrchr(path, '/');
    (void)snprintf(p->name, sizeof p->name, "%s", slash != NULL ? slash + 1 : path);
    char *dot = strrchr(p->name, '.');
    if (dot != NULL) *dot = 0;
}

// True: it went well from end to end.
static bool run_program(const Program *p)
{
    SandboxConfig c;
    sandbox_config_init(&c);
    c.name = p->name;
    c.limits.of[LIMIT_MEMORY].allowed = 64u << 20;
    Sandbox *s;
    if (sandbox_new(engine, &c, &s, NULL) != ST_OK) return false;
    CallResult r = {.outcome = CALL_STOPPED};
    CallSpec spec = {.module = p->name,
                     .function = "main",
                     .args = (const uint8_t[]){131, 106},
                     .len = 2,
                     .timeout = DEADLINE_NS};
    bool ok = sandbox_load(s, p->bytes.data, p->bytes.len, NULL) == ST_OK &&
              sandbox_call_spec(s, &spec, &r) == ST_OK;
    call_result_clear(&r);
    sandbox_free(s);
    return ok && r.outcome == CALL_RETURNED;
}

typedef struct Counts {
    size_t atoms, images, exports, frozen;
} Counts;

static Counts count_all(void)
{
    return (Counts){atom_count(), image_store_count(), export_count(), frozen_bytes_used()};
}

// What the engine holds may grow by modules of the library that were needed for the first time.
static void compare_counts(const Program *p, uint64_t n, bool on, Counts a, Counts b)
{
    if (memcmp(&a, &b, sizeof a) == 0 || b.images > a.images) return;
    findings++;
    fprintf(stderr,
            "alloc_fail: %s, refusal %llu%s: atoms %zu -> %zu, images %zu -> %zu, exports %zu -> "
            "%zu, frozen %zu -> %zu\n",
            p->path, (unsigned long long)n, on ? " and on" : "", a.atoms, b.atoms, a.images,
            b.images, a.exports, b.exports, a.frozen, b.frozen);
    if (findings == MOST_FINDINGS) exit(1);
}

static const char *running;
static uint64_t running_n;

static void hangs(int signal)
{
    fprintf(stderr, "alloc_fail: %s, refusal %llu%s: hangs\n", running,
            (unsigned long long)running_n, go_on ? " and on" : "");
    abort();
}

static void refuse_one(Program *p, uint64_t n, bool on)
{
    Counts before = count_all();
    running = p->path, running_n = n;
    (void)alarm(SLOWEST_S);
    arm(n, on);
    (void)run_program(p);
    arm(0, false);
    (void)alarm(0);
    compare_counts(p, n, on, before, count_all());
}

// ---- choosing ---------------------------------------------------------------------------------------
static uint64_t random_state = 1;

static uint64_t random_below(uint64_t n)
{
    random_state = random_state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (random_state >> 33) % n;
}

// How many requests a run without refusals makes.
static uint64_t count_requests(Program *p)
{
    arm(UINT64_MAX, false);
    (void)run_program(p);
    uint64_t n = UINT64_MAX - atomic_load(&countdown);
    arm(0, false);
    return n;
}

// The next of all numbers three times, then one by chance from the whole run.
static uint64_t choose(Program *p, uint64_t runs, uint64_t total)
{
    if (total == 0) return 1;
    if (runs % (SEQUENTIAL + 1) < SEQUENTIAL && p->n < total) return ++p->n;
    return 1 + random_below(total);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void check_leaks(const char *where)
{
    if (__lsan_do_recoverable_leak_check() != 0) fail(where, "memory is leaked");
}

static uint64_t run_all(Program *programs, size_t count, double until)
{
    uint64_t runs = 0;
    while (seconds() < until) {
        for (size_t i = 0; i < count && seconds() < until; i++) {
            Program *p = &programs[i];
            uint64_t total = count_requests(p);
            for (unsigned k = 0; k < 40 && seconds() < until; k++, runs++) {
                refuse_one(p, choose(p, runs, total), runs / 7 % 2 != 0);
                if (runs % LEAK_CHECK_EVERY == 0) check_leaks(p->path);
            }
        }
    }
    check_leaks("the end");
    return runs;
}

int main(int argc, char **argv)
{
    Program *programs = calloc((size_t)argc, sizeof *programs);
    double time_left = 60;
    uint64_t at = 0;
    bool on = false;
    size_t count = 0;
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "-max_total_time=", 16) == 0) time_left = atof(argv[i] + 16);
        else if (strncmp(argv[i], "-at=", 4) == 0) at = strtoull(argv[i] + 4, NULL, 10);
        else if (strcmp(argv[i], "-on") == 0) on = true;
        else if (argv[i][0] != '-') open_program(&programs[count++], argv[i]);
    }
    Diag d;
    diag_init(&d);
    EngineOptions o = {.threads = 1};
    if (engine_new(&o, &engine, &d) != ST_OK) fail("engine", d.text);
    (void)signal(SIGALRM, hangs);
    // What they need of the library is there afterwards.
    for (size_t i = 0; i < count; i++) (void)run_program(&programs[i]);
    if (at != 0) {
        for (size_t i = 0; i < count; i++) refuse_one(&programs[i], at, on);
        check_leaks("this point");
    } else {
        uint64_t runs = run_all(programs, count, seconds() + time_left);
        fprintf(stderr, "stat::number_of_executed_units: %llu\n", (unsigned long long)runs);
    }
    engine_free(engine);
    for (size_t i = 0; i < count; i++) buf_clear(&programs[i].bytes);
    free(programs);
    return findings != 0;
}
