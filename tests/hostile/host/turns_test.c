// SPDX-License-Identifier: Apache-2.0
// tests/hostile/host/turns_test.c - nothing holds a worker thread for long.
//
//     turns_test [-e N] [-m MS] TURNS.beam [NAME...]
//
// Each case of turns.erl (with -e every N-th one), or those whose names begin with a NAME, runs
// in a sandbox of its own with default limits. Printed are the longest stretch of CPU time for which the sandbox
// kept its thread, all its CPU time, and what became of the case. A stretch above 2 ms, or -m,
// fails (release builds only: sanitizers and assertions are not what is measured), unless
// `exceptions` has the case: then one above what stands there.
//
// CPU time of the thread is measured, so that other programs on the machine do not show as
// such; but they cost caches and pages, so a case is run again, up to TRIES times, as long as it
// is above its bound, and the shortest of its longest stretches counts.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/os.h"
#include "beam/etf.h"
#include "sandbox/sandbox.h"

#define TRIES        6
#define TIME_LIMIT_S 60

static uint64_t max_turn_ns = 2 * NS_PER_MS;

// What may take longer, and why.
static const struct Longer {
    const char *name;
    uint64_t ms;
    const char *why;
} exceptions[] = {
    {"re_backtrack_long", 150, "PCRE2 copies what it remembers when that grows: limit memory"},
    {"re_scan", 150, "PCRE2 goes through the repetition of a class at once"},
    {"load_large", 20, "large buffers that the C library gives back to the system at once"},
    {"load_large_again", 20, "the same"},
    {"zlib_dictionary", 50, "zlib takes the sum of a dictionary at once"},
    {"big_divide", 8, "one piece of GMP's"},
    {"big_divide_few", 8, "one piece of GMP's"},
    {"big_remainder", 8, "one piece of GMP's"},
    {"big_to_binary", 8, "one piece of GMP's"},
    {"binary_match_worst", 8, "the C library's search wants eight times the pattern at once"},
    {"exit_monitors", 15, "the C library gives freed memory back to the system at once"},
};

static const struct Longer *exception_of(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(exceptions); i++)
        if (strcmp(exceptions[i].name, name) == 0) return &exceptions[i];
    return NULL;
}

static void die(const char *what, const char *why)
{
    fprintf(stderr, "turns_test: %s: %s\n", what, why);
    exit(2);
}

static Sandbox *new_sandbox(Engine *e, const Buf *code)
{
    SandboxConfig c;
    Sandbox *s;
    Diag d;
    diag_init(&d);
    sandbox_config_init(&c);
    if (sandbox_new(e, &c, &s, &d) != ST_OK) die("sandbox", d.text);
    if (sandbox_load(s, code->data, code->len, &d) != ST_OK) die("load", d.text);
    return s;
}

static Status call(Sandbox *s, const char *function, const char *arg, CallResult *r)
{
    uint8_t args[300] = {131, 106};
    size_t len = 2;
    if (arg != NULL) {  // [arg]
        size_t n = strlen(arg);
        uint8_t head[] = {131, 108, 0, 0, 0, 1, 119, (uint8_t)n};
        memcpy(args, head, sizeof head);
        memcpy(args + sizeof head, arg, n);
        len = sizeof head + n;
        args[len++] = 106;
    }
    CallSpec spec = {.module = "turns",
                     .function = function,
                     .args = args,
                     .len = len,
                     .timeout = TIME_LIMIT_S * NS_PER_S};
    return sandbox_call_spec(s, &spec, r);
}

// The value as text, or why there is none.
static void describe(char *out, size_t size, Status st, const CallResult *r)
{
    static const EtfPrintLimits limits = {.depth = 4, .bytes = 60};
    static const char *const outcomes[] = {[CALL_RETURNED] = "",
                                           [CALL_FAILED] = "failed ",
                                           [CALL_STOPPED] = "stopped",
                                           [CALL_TIMEOUT] = "timeout",
                                           [CALL_CANCELLED] = "cancelled"};
    Buf text;
    buf_init(&text);
    if (st == ST_OK && r->etf.len > 0)
        (void)!etf_print(&text, r->etf.data, r->etf.len, &limits, NULL);
    (void)snprintf(out, size, "%s%.*s", st == ST_OK ? outcomes[r->outcome] : status_text(st),
                   (int)text.len, text.len > 0 ? (const char *)text.data : "");
    buf_clear(&text);
}

// Runs the case once; its status when the sandbox has gone, and its result as text.
static SandboxStatus run_once(Engine *e, const Buf *code, const char *name, char *text, size_t size)
{
    Sandbox *s = new_sandbox(e, code);
    CallResult r = {0};
    Status st = call(s, "run", name, &r);
    describe(text, size, st, &r);
    call_result_clear(&r);
    // The end of the sandbox is a turn as well: its time is in the status when it has gone.
    sandbox_end(s);
    (void)!sandbox_join(s);
    SandboxStatus status;
    sandbox_status(s, &status);
    sandbox_release(s);
    return status;
}

static bool run_case(Engine *e, const Buf *code, const char *name)
{
    const struct Longer *x = exception_of(name);
    uint64_t bound = x != NULL ? x->ms * NS_PER_MS : max_turn_ns, best = UINT64_MAX;
    char text[120];
    SandboxStatus status;
    unsigned tries = 0;
    do {
        status = run_once(e, code, name, text, sizeof text);
        if (status.longest_turn_ns < best) best = status.longest_turn_ns;
    } while (best > bound && ++tries < TRIES);
    bool bad = best > bound;
    printf("%-28s %8.2f ms %9.1f ms %s %s%s%s\n", name, (double)best / 1e6,
           (double)status.cpu_ns / 1e6,
           bad                  ? "LONG"
           : best > max_turn_ns ? "long"
                                : "    ",
           text, x != NULL ? "; " : "", x != NULL ? x->why : "");
    fflush(stdout);
    return !bad;
}

static bool wanted(const char *name, char **patterns, int n)
{
    for (int i = 0; i < n; i++)
        if (strncmp(name, patterns[i], strlen(patterns[i])) == 0) return true;
    return n == 0;
}

int main(int argc, char **argv)
{
    unsigned every = 1, number = 0;
    for (; argc > 2 && argv[1][0] == '-'; argc -= 2, argv += 2) {
        if (strcmp(argv[1], "-e") == 0) every = (unsigned)atoi(argv[2]);
        else if (strcmp(argv[1], "-m") == 0) max_turn_ns = strtoul(argv[2], NULL, 10) * NS_PER_MS;
        else break;
    }
    if (argc < 2 || every == 0) die("usage", "turns_test [-e N] [-m MS] TURNS.beam [NAME...]");
    Engine *e;
    EngineOptions eo = {.threads = 1};
    Diag d;
    diag_init(&d);
    Buf code;
    buf_init(&code);
    if (os_read_file(argv[1], (size_t)1 << 24, &code, &d) != ST_OK) die(argv[1], d.text);
    if (engine_new(&eo, &e, &d) != ST_OK) die("engine", d.text);
    Sandbox *s = new_sandbox(e, &code);
    CallResult r = {0};
    // A binary: 131, 109, four bytes of length, the text.
    if (call(s, "names", NULL, &r) != ST_OK || r.outcome != CALL_RETURNED || r.etf.len < 7)
        die("names", "cannot be had");
    sandbox_free(s);
    if (buf_terminate(&r.etf) != ST_OK) die("names", "no memory");
    unsigned cases = 0, failed = 0;
    char *save = NULL;
    for (char *name = strtok_r((char *)r.etf.data + 6, "\n", &save); name != NULL;
         name = strtok_r(NULL, "\n", &save)) {
        if (!wanted(name, argv + 2, argc - 2) || number++ % every != 0) continue;
        cases++;
        if (!run_case(e, &code, name)) failed++;
    }
    call_result_clear(&r);
    buf_clear(&code);
    engine_free(e);
    printf("%u cases, %u above %.1f ms or their exception\n", cases, failed,
           (double)max_turn_ns / 1e6);
    return failed > 0 && !APEX_DEBUG && !APEX_ASAN && !APEX_TSAN && !APEX_STRESS;
}
