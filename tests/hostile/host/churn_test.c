// SPDX-License-Identifier: Apache-2.0
// tests/hostile/host/churn_test.c - nothing is left of a sandbox.
//
//     churn_test CHURN.beam [CYCLES]
//
// Each cycle creates a sandbox, loads three modules whose names, functions and atoms nobody
// has seen before, calls them and destroys the sandbox; by turns it has come to its end by
// itself or by another limit. After some cycles (which link what the library
// needs to report failures) the engine-wide counts must be the same after each further
// hundred, and at the end resident memory within one percent or a megabyte.
#include <dirent.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/os.h"
#include "code/export.h"
#include "code/image_store.h"
#include "heap/frozen.h"
#include "sandbox/sandbox.h"
#include "term/atom.h"

enum { WARM = 400, MAX_LATE = 2, MODULES = 3, SPARE_EXITS_NS = 20000000 };

typedef struct Counts {
    size_t atoms, images, exports, frozen, descriptors, threads;
} Counts;

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "churn_test: %s: %s\n", what, why);
    exit(1);
}

static size_t entries_of(const char *directory)
{
    DIR *d = opendir(directory);
    size_t n = 0;
    while (d != NULL && readdir(d) != NULL) n++;
    if (d != NULL) closedir(d);
    return n;
}

static Counts count_all(void)
{
    return (Counts){
        atom_count(),        image_store_count(),         export_count(),
        frozen_bytes_used(), entries_of("/proc/self/fd"), entries_of("/proc/self/task")};
}

static size_t resident_bytes(void)
{
    size_t pages = 0, all = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f == NULL || fscanf(f, "%zu %zu", &all, &pages) != 2)
        fail("/proc/self/statm", "cannot be read");
    fclose(f);
    return pages * 4096;
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
static const struct {
    const char *way;
    LimitKind limit;
    uint64_t allowed;
} ends[] = {
    {"return", LIMIT_MEMORY, 0},           {"memory", LIMIT_MEMORY, 4 << 20},
    {"persistent", LIMIT_MEMORY, 4 << 20}, {"processes", LIMIT_PROCESSES, 50},
    {"tables", LIMIT_TABLES, 50},          {"atoms", LIMIT_ATOMS, 5000},
    {"deadline", LIMIT_DEADLINE, 5000000}, {"halt", LIMIT_MEMORY, 0},
};

static uint64_t destroy_ns[1 << 20];
static size_t num_destroyed;

static void call_main(Sandbox *s, unsigned number, const char *way)
{
    // [Way] in the external format.
    uint8_t args[64] = {131, 108, 0, 0, 0, 1, 119, (uint8_t)strlen(way)};
    size_t len = 8 + strlen(way);
    memcpy(args + 8, way, strlen(way));
    args[len++] = 106;
    char module[16];
    (void)snprintf(module, sizeof module, "churn_%06u", number % 1000000);
    CallResult r;
    (void)!sandbox_call(s, module, "main", args, len, &r);
    call_result_clear(&r);
}

static void cycle(Engine *e, const Buf *template, uint8_t *bytes, unsigned n)
{
    SandboxConfig c;
    sandbox_config_init(&c);
    size_t end = n % ARRAY_LEN(ends);
    if (ends[end].allowed != 0) c.limits.of[ends[end].limit].allowed = ends[end].allowed;
    Diag d;
    diag_init(&d);
    Sandbox *s;
    if (sandbox_new(e, &c, &s, &d) != ST_OK) fail("sandbox", d.text);
    for (unsigned k = 0; k < MODULES; k++) {
        number_module(template, bytes, n * MODULES + k);
        Status st = sandbox_load(s, bytes, template->len, &d);
        if (st != ST_OK && st != ST_CLOSED) fail("load", d.text);
    }
    for (unsigned k = 0; k < MODULES; k++)
        call_main(s, n * MODULES + k, k + 1 < MODULES ? "return" : ends[end].way);
    int64_t start = clock_monotonic_ns();
    sandbox_free(s);
    if (num_destroyed < ARRAY_LEN(destroy_ns))
        destroy_ns[num_destroyed++] = (uint64_t)(clock_monotonic_ns() - start);
}

static int by_size(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

// A module of the library may be linked late: a few times what has come with one is taken
// for the new start. Whatever each cycle leaves is found all the same.
static void compare_counts(Counts *a, const Counts *b, unsigned cycles)
{
    static unsigned late;
    if (memcmp(a, b, sizeof *a) == 0) return;
    if (b->images > a->images && b->images < a->images + 20 && late++ < MAX_LATE) {
        *a = *b;
        return;
    }
    fprintf(stderr,
            "churn_test: after %u cycles: atoms %zu -> %zu, images %zu -> %zu, exports %zu -> %zu, "
            "frozen %zu -> %zu, "
            "descriptors %zu -> %zu, threads %zu -> %zu\n",
            cycles, a->atoms, b->atoms, a->images, b->images, a->exports, b->exports, a->frozen,
            b->frozen, a->descriptors, b->descriptors, a->threads, b->threads);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc < 2) fail("usage", "churn_test CHURN.beam [CYCLES]");
    unsigned cycles = argc > 2 ? (unsigned)atoi(argv[2]) : 1000;
    Diag d;
    diag_init(&d);
    Buf template;
    buf_init(&template);
    if (os_read_file(argv[1], 1 << 20, &template, &d) != ST_OK) fail(argv[1], d.text);
    uint8_t *bytes = malloc(template.len);
    Engine *e;
    EngineOptions eo = {.threads = 1};
    if (bytes == NULL || engine_new(&eo, &e, &d) != ST_OK) fail("engine", d.text);

    for (unsigned n = 0; n < WARM; n++) cycle(e, &template, bytes, n);
    struct timespec pause = {.tv_nsec = SPARE_EXITS_NS};
    nanosleep(&pause, NULL);
    Counts before = count_all();
    malloc_trim(0);
    size_t resident = resident_bytes();
    int64_t start = clock_monotonic_ns();
    for (unsigned n = WARM; n < WARM + cycles; n++) {
        cycle(e, &template, bytes, n);
        if (n % 100 != 99) continue;
        nanosleep(&pause, NULL);
        Counts now = count_all();
        compare_counts(&before, &now, n + 1 - WARM);
    }
    int64_t took = clock_monotonic_ns() - start;
    malloc_trim(0);
    size_t after = resident_bytes();
    qsort(destroy_ns, num_destroyed, sizeof *destroy_ns, by_size);
    printf("%u cycles, %.2f ms each; counts unchanged (%zu atoms, %zu images, %zu exports); "
           "resident %.1f -> %.1f MB; "
           "destroying: median %.3f ms, 99th percentile %.3f ms\n",
           cycles, (double)took / 1e6 / cycles, before.atoms, before.images, before.exports,
           (double)resident / 1048576, (double)after / 1048576,
           (double)destroy_ns[num_destroyed / 2] / 1e6,
           (double)destroy_ns[num_destroyed * 99 / 100] / 1e6);
    engine_free(e);
    free(bytes);
    buf_clear(&template);
    size_t allowed = resident / 100 > 1 << 20 ? resident / 100 : 1 << 20;
    if (!APEX_ASAN && after > resident + allowed) fail("resident memory", "has grown");
    return 0;
}
