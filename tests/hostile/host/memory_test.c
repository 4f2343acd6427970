// SPDX-License-Identifier: Apache-2.0
// tests/hostile/host/memory_test.c - no kind of memory exceeds its limit.
//
//     memory_test KINDS.beam [KIND...]
//
// A guest takes memory of one kind until it is refused. What the process has really taken from
// the system meanwhile, counted at each call of malloc and mmap, may be no more than the
// sandbox was charged for and SLACK. Not counted are what the process keeps for all sandboxes
// and has already: blocks that wait to be used again, the library.
#include <dlfcn.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/os.h"
#include "sandbox/sandbox.h"

#define SLACK ((int64_t)64 << 10)
#define ROOM  ((uint64_t)16 << 20)

#if APEX_ASAN || APEX_TSAN || APEX_STRESS
int main(void)
{
    puts("memory_test: not in this build");
    return 0;
}
#else

// ---- what the process has ------------------------------------------------------------------
static _Atomic int64_t taken, peak;

static void note(int64_t bytes)
{
    int64_t now = atomic_fetch_add(&taken, bytes) + bytes - (int64_t)arena_spare_bytes();
    int64_t seen = atomic_load(&peak);
    while (now > seen && !atomic_compare_exchange_weak(&peak, &seen, now)) {}
}

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);
extern void *__libc_memalign(size_t alignment, size_t n);
extern void __libc_free(void *p);

static void *noted(void *p)
{
    if (p != NULL) note((int64_t)malloc_usable_size(p));
    return p;
}

void *malloc(size_t n) { return noted(__libc_malloc(n)); }
void *calloc(size_t n, size_t size) { return noted(__libc_calloc(n, size)); }
void *aligned_alloc(size_t alignment, size_t n) { return noted(__libc_memalign(alignment, n)); }
void *memalign(size_t alignment, size_t n) { return noted(__libc_memalign(alignment, n)); }

void free(void *p)
{
    if (p == NULL) return;
    note(-(int64_t)malloc_usable_size(p));
    __libc_free(p);
}

void *realloc(void *p, size_t n)
{
    // While the system moves a block it may have both.
    int64_t before = p == NULL ? 0 : (int64_t)malloc_usable_size(p);
    void *q = __libc_realloc(p, n);
    if (q == NULL && n != 0) return NULL;
    if (q != p) noted(q);
    else note((int64_t)malloc_usable_size(q) - before);
    if (q != p) note(-before);
    return q;
}

void *mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset)
{
    static void *(*real)(void *, size_t, int, int, int, off_t);
    if (real == NULL) *(void **)&real = dlsym(RTLD_NEXT, "mmap");
    void *p = real(at, n, protection, flags, fd, offset);
    if (p != MAP_FAILED && (protection & PROT_WRITE) != 0) note((int64_t)n);
    return p;
}

int munmap(void *p, size_t n)
{
    static int (*real)(void *, size_t);
    if (real == NULL) *(void **)&real = dlsym(RTLD_NEXT, "munmap");
    int result = real(p, n);
    // Stacks of fibers were not counted: they go when the engine does.
    if (result == 0) note(-(int64_t)n);
    return result;
}

// ---- one kind after the other ------------------------------------------------------------------
static const char *const kinds[] = {
    "list",          "tuples",        "stack",        "binaries",       "small_binaries",
    "append",        "bitstring",     "sub_binaries", "dictionary",     "maps",
    "set",           "ordered",       "bag",          "compressed",     "large_objects",
    "tables",        "mailbox",       "own_mailbox",  "large_messages", "atoms",
    "long_atoms",    "decoded_atoms", "persistent",   "timers",         "monitors",
    "aliases",       "processes",     "linked",       "names",          "funs",
    "atomics",       "environment",   "modules",      "prepared",       "regex",
    "regex_match",   "regex_split",   "inflate",      "deflaters",      "encode",
    "encode_shared", "decode",        "decode_zip",   "integers",       "integer_text",
    "integer_parse", "sort",          "unicode",      "flatten",        "seq",
    "replicate",     "copy",          "make_tuple",   "parts",          "spec",
    "select",        "to_list",       "from_list",    "compare",        "hash_contexts",
    "process_info",  "stack_trace",   "file_name",    "pages"};

static Engine *engine;
static Buf code;

static void fail(const char *kind, const char *why)
{
    fprintf(stderr, "memory_test: %s: %s\n", kind, why);
    exit(1);
}

static Sandbox *create(const char *kind, uint64_t memory)
{
    SandboxConfig c;
    sandbox_config_init(&c);
    c.limits.of[LIMIT_MEMORY].allowed = memory;
    c.limits.of[LIMIT_REGEX_SIZE].allowed = 0;
    c.limits.of[LIMIT_REGEX_STEPS].allowed = 0;
    c.limits.of[LIMIT_BUILTIN_WORK].allowed = 0;
    c.limits.of[LIMIT_DEADLINE].allowed = (uint64_t)5000000000;
    Sandbox *s;
    Diag d;
    diag_init(&d);
    if (sandbox_new(engine, &c, &s, &d) != ST_OK) fail(kind, d.text);
    if (sandbox_load(s, code.data, code.len, &d) != ST_OK) fail(kind, d.text);
    return s;
}

// Calls kinds:take(Kind).
static void take(Sandbox *s, const char *kind, char *how, size_t size)
{
    size_t len = strlen(kind);
    uint8_t args[80] = {131, 108, 0, 0, 0, 1, 119, (uint8_t)len};
    memcpy(args + 8, kind, len);
    args[8 + len] = 106;
    CallResult r;
    if (sandbox_call(s, "kinds", "take", args, len + 9, &r) != ST_OK) fail(kind, "is not called");
    SandboxStatus st;
    sandbox_status(s, &st);
    (void)snprintf(how, size, "ends: %s", limit_text(st.limit_hit));
    if (r.outcome == CALL_RETURNED && r.etf.len > 3)
        (void)snprintf(how, size, "%.*s", (int)(r.etf.len - 3), (const char *)r.etf.data + 3);
    call_result_clear(&r);
}

static bool check(const char *kind)
{
    char how[64];
    // The library's modules and tables of the process are there afterwards.
    Sandbox *s = create(kind, 8 << 20);
    take(s, kind, how, sizeof how);
    sandbox_free(s);
    arena_free_spare();
    s = create(kind, ROOM);
    SandboxStatus st;
    sandbox_status(s, &st);
    uint64_t used = st.limits.of[LIMIT_MEMORY].used;
    int64_t before = atomic_load(&taken) - (int64_t)arena_spare_bytes();
    atomic_store(&peak, before);
    take(s, kind, how, sizeof how);
    int64_t grown = atomic_load(&peak) - before;
    sandbox_status(s, &st);
    const Limit *memory = &st.limits.of[LIMIT_MEMORY];
    int64_t charged = (int64_t)(memory->peak - used);
    bool bad = grown > charged + SLACK || memory->peak > ROOM;
    printf("%-16s %-16s charged %8.0f of %.0f KB, really %8.0f KB (%+.0f)%s\n", kind, how,
           (double)charged / 1024, (double)(ROOM - used) / 1024, (double)grown / 1024,
           (double)(grown - charged) / 1024, bad ? "  OVER" : "");
    sandbox_free(s);
    return !bad;
}

int main(int argc, char **argv)
{
    Diag d;
    diag_init(&d);
    if (argc < 2) fail("usage", "KINDS.beam");
    // Large blocks are rounded to 16 bytes like others, not to pages.
    (void)mallopt(M_MMAP_THRESHOLD, 1 << 30);
    buf_init(&code);
    if (os_read_file(argv[1], 1 << 20, &code, &d) != ST_OK) fail(argv[1], d.text);
    EngineOptions o = {.threads = 1};
    if (engine_new(&o, &engine, &d) != ST_OK) fail("engine", d.text);
    unsigned bad = 0;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        bool wanted = argc == 2;
        for (int a = 2; a < argc; a++) wanted |= strcmp(argv[a], kinds[i]) == 0;
        if (wanted && !check(kinds[i])) bad++;
    }
    engine_free(engine);
    buf_clear(&code);
    printf("%u kinds above their limit\n", bad);
    return bad != 0;
}
#endif
