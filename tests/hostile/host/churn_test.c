// SPDX-License-Identifier: Apache-2.0
// tests/hostile/host/churn_test.c - nothing is left of a sandbox.
//
//     churn_test CHURN.beam [CYCLES]
//
// Each cycle creates a sandbox, loads three modules whose names, functions and atoms nobody
// has seen before, calls them and destroys the sandbox. By turns it has come to its end by
// itself or by another limit, or is destroyed while modules are loaded, in the middle of a
// call, with timers set, with requests to the host that are never or too late answered, with
// old code that funs and processes refer to. After the first hundred cycles (which link what
// the library needs to report failures) the engine-wide counts must be the same after each
// further hundred, and at the end resident memory within one percent or a megabyte.
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/os.h"
#include "counts.h"
#include "host_functions.h"
#include "neighbour.h"
#include "sandbox/sandbox.h"

enum { ROUNDS = 3, WARM = 100, MAX_LATE = 2, MODULES = 3, SETTLE_MS = 500, MIDDLE_NS = 300000 };

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "churn_test: %s: %s\n", what, why);
    exit(1);
}

// The template with `number` for each 000000.
static void number_module(const Buf *template, uint8_t *out, unsigned number)
{
    char digits[7];
    (void)snprintf(digits, sizeof digits, "%06u", number % 1000000);
    memcpy(out, template->data, template->len);
    for (size_t i = 0; i + 6 <= template->len; i++)
        if (memcmp(out + i, "000000", 6) == 0 && out[i - 1] == '_') memcpy(out + i, digits, 6);
}

// How a cycle ends, and which limit makes it so.
typedef enum How {
    RETURNS,   // main/1 has come to its end, in whatever way
    CALLED,    // destroyed while main/1 runs
    LOADING,   // destroyed while another thread loads modules
    REPLACED,  // its modules have been replaced, and the old code is referred to
} How;

static const struct End {
    const char *way;
    How how;
    LimitKind limit;
    uint64_t allowed;
} ends[] = {
    {.way = "return"},
    {"memory", RETURNS, LIMIT_MEMORY, 4 << 20},
    {"persistent", RETURNS, LIMIT_MEMORY, 4 << 20},
    {"persistent", RETURNS, LIMIT_PERSISTENT, 20},
    {"processes", RETURNS, LIMIT_PROCESSES, 50},
    {"tables", RETURNS, LIMIT_TABLES, 50},
    {"atoms", RETURNS, LIMIT_ATOMS, 5000},
    {"deadline", RETURNS, LIMIT_DEADLINE, 5000000},
    {"deadline", RETURNS, LIMIT_REDUCTIONS, 100000},
    {"timers", RETURNS, LIMIT_TIMERS, 500},
    {"links", RETURNS, LIMIT_LINKS, 500},
    {"names", RETURNS, LIMIT_NAMES, 200},
    {"mailbox", RETURNS, LIMIT_MAILBOX, 1000},
    {"heap", RETURNS, LIMIT_HEAP, 20000},
    {"shared", RETURNS, LIMIT_BUILTIN_WORK, 100000},
    {.way = "halt"},
    {.way = "crash"},
    {.way = "deadline", .how = CALLED},
    {"timers", CALLED, LIMIT_TIMERS, 1 << 20},
    {.way = "collect", .how = CALLED},
    {.way = "request", .how = CALLED},
    {.way = "requests", .how = CALLED},
    {"processes", CALLED, LIMIT_PROCESSES, 1 << 18},
    {.way = "return", .how = LOADING},
    {.way = "keep", .how = REPLACED},
};

static uint64_t destroy_ns[1 << 20];
static size_t num_destroyed;

static struct Churn {
    Engine *engine;
    FunctionSet *functions;
    Buf template;
    uint8_t *bytes;       // of one module
    uint8_t *late_bytes;  // the same for the other thread
} churn;

// [Way] in the external format, and the module's name.
typedef struct CallMain {
    char module[16];
    uint8_t args[64];
    size_t len;
} CallMain;

static CallMain call_of(unsigned number, const char *way)
{
    CallMain c = {.args = {131, 108, 0, 0, 0, 1, 119, (uint8_t)strlen(way)}};
    (void)snprintf(c.module, sizeof c.module, "churn_%06u", number % 1000000);
    memcpy(c.args + 8, way, strlen(way));
    c.len = 8 + strlen(way);
    c.args[c.len++] = 106;
    return c;
}

static void call_main(Sandbox *s, unsigned number, const char *way)
{
    CallMain c = call_of(number, way);
    CallResult r;
    (void)!sandbox_call(s, c.module, "main", c.args, c.len, &r);
    call_result_clear(&r);
}

static void call_done(void *context, Status status, CallResult *result)
{
    call_result_clear(result);
}

static void call_and_leave(Sandbox *s, unsigned number, const char *way)
{
    CallMain m = call_of(number, way);
    CallSpec c = {
        .module = m.module, .function = "main", .args = m.args, .len = m.len, .done = call_done};
    if (sandbox_call_async(s, &c, NULL) != ST_OK) fail("call", way);
    sleep_ns(MIDDLE_NS * (1 + number % 7));
}

static Status load(Sandbox *s, uint8_t *bytes, unsigned number, size_t more)
{
    Diag d;
    diag_init(&d);
    number_module(&churn.template, bytes, number);
    // Bytes behind the module are not looked at: the same module in another file.
    Status st = sandbox_load(s, bytes, churn.template.len + more, &d);
    if (st != ST_OK && st != ST_CLOSED && st != ST_LIMIT) fail("load", d.text);
    return st;
}

typedef struct Late {
    Sandbox *sandbox;
    unsigned number;
} Late;

static void *load_late(void *arg)
{
    Late *l = arg;
    for (unsigned k = 1; k < MODULES; k++) {
        if (load(l->sandbox, churn.late_bytes, l->number + k, 0) != ST_OK) break;
    }
    sandbox_release(l->sandbox);
    return NULL;
}

static void destroy(Sandbox *s)
{
    int64_t start = clock_monotonic_ns();
    sandbox_free(s);
    if (num_destroyed < ARRAY_LEN(destroy_ns))
        destroy_ns[num_destroyed++] = (uint64_t)(clock_monotonic_ns() - start);
}

static void end_loading(Sandbox *s, unsigned first)
{
    pthread_t thread;
    sandbox_retain(s);
    Late l = {s, first};
    if (pthread_create(&thread, NULL, load_late, &l) != 0) fail("thread", "cannot be started");
    sleep_ns(MIDDLE_NS * (first % 5));
    destroy(s);
    pthread_join(thread, NULL);
}

static void replace_modules(Sandbox *s, unsigned first)
{
    for (unsigned k = 0; k < MODULES; k++) {
        (void)!load(s, churn.bytes, first + k, 1);
        call_main(s, first + k, "keep");
    }
    char name[16];
    (void)snprintf(name, sizeof name, "churn_%06u", first % 1000000);
    (void)!sandbox_unload(s, name, first % 2 == 0);
}

static void cycle(unsigned n)
{
    const struct End *end = &ends[n % ARRAY_LEN(ends)];
    SandboxConfig c;
    sandbox_config_init(&c);
    c.functions = churn.functions;
    if (end->allowed != 0) c.limits.of[end->limit].allowed = end->allowed;
    Diag d;
    diag_init(&d);
    Sandbox *s;
    if (sandbox_new(churn.engine, &c, &s, &d) != ST_OK) fail("sandbox", d.text);
    unsigned first = n * MODULES;
    if (end->how == LOADING) {
        (void)!load(s, churn.bytes, first, 0);
        call_main(s, first, "return");
        end_loading(s, first);
        return;
    }
    for (unsigned k = 0; k < MODULES; k++) (void)!load(s, churn.bytes, first + k, 0);
    for (unsigned k = 0; k + 1 < MODULES; k++) call_main(s, first + k, "return");
    if (end->how == CALLED) call_and_leave(s, first + MODULES - 1, end->way);
    else call_main(s, first + MODULES - 1, end->way);
    if (end->how == REPLACED) replace_modules(s, first);
    destroy(s);
    host_functions_answer_all();
}

static int by_size(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

// A module of the library may be linked late: a few times what has come with one is taken
// for the new start. Whatever each cycle leaves is found all the same.
static void compare_counts(Counts *before, unsigned cycles)
{
    static unsigned late;
    Counts now = counts_settle(before, SETTLE_MS);
    char growth[200];
    counts_show_growth(growth, sizeof growth, before, &now);
    if (*growth == '\0') return;
    if (now.images > before->images && now.images < before->images + 20 && late++ < MAX_LATE) {
        *before = now;
        return;
    }
    char when[40];
    (void)snprintf(when, sizeof when, "left after %u cycles", cycles);
    fail(when, growth);
}

static void open_all(const char *beam)
{
    Diag d;
    diag_init(&d);
    buf_init(&churn.template);
    if (os_read_file(beam, 1 << 20, &churn.template, &d) != ST_OK) fail(beam, d.text);
    churn.bytes = calloc(1, churn.template.len + 1);
    churn.late_bytes = calloc(1, churn.template.len + 1);
    EngineOptions eo = {.threads = 2};
    if (churn.bytes == NULL || churn.late_bytes == NULL ||
        engine_new(&eo, &churn.engine, &d) != ST_OK)
        fail("engine", d.text);
    churn.functions = host_functions_new();
}

static void close_all(void)
{
    engine_free(churn.engine);
    host_functions_free(churn.functions);
    free(churn.bytes);
    free(churn.late_bytes);
    buf_clear(&churn.template);
}

static int64_t trimmed_resident(void)
{
    malloc_trim(0);
    return resident_bytes();
}

static bool has_grown(int64_t before, int64_t after)
{
    const bool shadowed = APEX_ASAN || APEX_TSAN;  // what sanitizers keep is in it
    int64_t allowed = before / 100 > 1 << 20 ? before / 100 : 1 << 20;
    return !shadowed && after > before + allowed;
}

// Runs so many cycles, the first of them number n. The resident memory behind them.
static int64_t run_cycles(Counts *before, unsigned n, unsigned cycles)
{
    for (unsigned end = n + cycles; n < end; n++) {
        cycle(n);
        if (n % 100 == 99) compare_counts(before, n + 1 - WARM);
    }
    return trimmed_resident();
}

int main(int argc, char **argv)
{
    if (argc < 2) fail("usage", "churn_test CHURN.beam [CYCLES]");
    unsigned cycles = argc > 2 ? (unsigned)atoi(argv[2]) : 1000;
    // One pool of the allocator: each of several has its own spare room, which fills slowly.
    mallopt(M_ARENA_MAX, 1);
    open_all(argv[1]);
    for (unsigned n = 0; n < WARM; n++) cycle(n);
    Counts before = count_all();
    before = counts_settle(&before, SETTLE_MS);
    int64_t resident = trimmed_resident(), start = clock_monotonic_ns();
    int64_t after = run_cycles(&before, WARM, cycles);
    int64_t took = clock_monotonic_ns() - start;
    qsort(destroy_ns, num_destroyed, sizeof *destroy_ns, by_size);
    printf("%u cycles of %zu kinds, %.2f ms each; counts unchanged (%lld atoms, %lld images, "
           "%lld exports); resident %.1f -> %.1f MB, of malloc %.2f -> %.2f MB; "
           "destroying: median %.3f ms, 99th percentile %.3f ms\n",
           cycles, ARRAY_LEN(ends), (double)took / 1e6 / cycles, (long long)before.atoms,
           (long long)before.images, (long long)before.exports, (double)resident / 1048576,
           (double)after / 1048576, (double)before.heap / 1048576,
           (double)count_all().heap / 1048576, (double)destroy_ns[num_destroyed / 2] / 1e6,
           (double)destroy_ns[num_destroyed * 99 / 100] / 1e6);
    // On a busy machine more stacks and threads than before may have been needed at once, and
    // are kept. What leaks grows with every round.
    bool grown = has_grown(resident, after);
    for (unsigned round = 1; grown && round < ROUNDS; round++) {
        resident = after;
        after = run_cycles(&before, WARM + round * cycles, cycles);
        grown = has_grown(resident, after);
        printf("once more: resident %.1f -> %.1f MB\n", (double)resident / 1048576,
               (double)after / 1048576);
    }
    close_all();
    if (grown) fail("resident memory", "has grown");
    return 0;
}
