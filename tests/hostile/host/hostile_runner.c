// SPDX-License-Identifier: Apache-2.0
// tests/hostile/host/hostile_runner.c - runs hostile programs beside a well-behaved neighbour.
//
//     hostile_runner [-t THREADS] [-s] SOURCES BEAMS NAME...
//
// NAME.erl in SOURCES says in comment lines what must happen, NAME.beam is in BEAMS:
//
//   % verdict: V [or V]...  done, killed, error REASON, limit KIND, deadline, halted N,
//                           refused (the module is not loaded)
//   % limits: NAME=N,...    as the options of "apex run"; memory=64M and deadline=10s
//                           are given unless said otherwise
//   % allow: CAP,...        % deny: CAP,...
//   % linger: MS            the sandbox goes on so long after main/0 has ended
//   % neighbour: WHY        its gap is not judged
//
// Each program has a process of its own, with an engine and a neighbour that is called
// every millisecond; so a program that brings the engine down costs one row. A program
// fails when its verdict is another one, when the neighbour fails a call or its 99th
// percentile moves by more than 5 ms (-s: else only the CPU time of turns is judged,
// which a busy machine does not change), when a turn held the thread for more than
// MAX_TURN, or when anything is left after it.
#include <dirent.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/os.h"
#include "beam/etf.h"
#include "code/export.h"
#include "code/image_store.h"
#include "heap/frozen.h"
#include "quantity.h"
#include "sandbox/sandbox.h"
#include "term/atom.h"

enum {
    MAX_PINGS = 200000,
    HANG_SECONDS = APEX_ASAN ? 240 : 25,
    CALLER_WAIT_NS = 1000000,
    AFTERMATH_NS = 50000000
};
// The longest that work which cannot be interrupted may hold a thread: far more than the
// neighbour waits, for which the engine starts a spare worker.
#define MAX_TURN_NS    ((uint64_t)(APEX_ASAN || APEX_DEBUG ? 20 : 1) * 500000000)
#define MAX_GAP_NS     ((uint64_t)5000000)
#define MAX_DESTROY_NS ((uint64_t)(APEX_ASAN || APEX_DEBUG ? 1000 : 5) * 1000000)
#define MAX_LEFT_BYTES 524288

static struct {
    unsigned threads;
    bool strict;
    const char *sources, *beams;
} options = {.threads = 1};

// ---- what a program wants ------------------------------------------------------------
typedef struct Program {
    char name[64];
    char verdict[200];
    SandboxConfig config;
    unsigned linger_ms;
    bool gap_excused;
} Program;

static void die(const char *what, const char *why)
{
    fprintf(stderr, "hostile_runner: %s: %s\n", what, why);
    exit(2);
}

static void parse_limit(Program *p, const char *name, const char *value)
{
    for (int k = 0; k < LIMIT_COUNT; k++) {
        if (strcmp(limit_text((LimitKind)k), name) != 0) continue;
        uint64_t *out = &p->config.limits.of[k].allowed;
        const char *unit = limit_unit((LimitKind)k);
        bool ok = strcmp(unit, "bytes") == 0         ? parse_bytes(value, out)
                  : strcmp(unit, "nanoseconds") == 0 ? parse_duration(value, out)
                                                     : parse_count(value, out);
        if (strcmp(value, "unlimited") == 0) *out = 0;
        else if (!ok) die(p->name, value);
        return;
    }
    die(p->name, name);
}

static void parse_limits(Program *p, char *text)
{
    for (char *save, *item = strtok_r(text, ", ", &save); item != NULL;
         item = strtok_r(NULL, ", ", &save)) {
        char *equals = strchr(item, '=');
        if (equals == NULL) die(p->name, item);
        *equals = '\0';
        parse_limit(p, item, equals + 1);
    }
}

static CapSet parse_caps(const Program *p, char *text)
{
    CapSet set = 0;
    for (char *save, *item = strtok_r(text, ", ", &save); item != NULL;
         item = strtok_r(NULL, ", ", &save)) {
        int c = 0;
        while (c < CAP_COUNT && strcmp(cap_text((Cap)c), item) != 0) c++;
        if (c == CAP_COUNT) die(p->name, item);
        set |= CAP_BIT(c);
    }
    return set;
}

static void parse_line(Program *p, char *line)
{
    static const char *const words[] = {
        "verdict:", "limits:", "allow:", "deny:", "linger:", "neighbour:"};
    while (*line == '%' || *line == ' ') line++;
    size_t w = 0;
    while (w < ARRAY_LEN(words) && strncmp(line, words[w], strlen(words[w])) != 0) w++;
    if (w == ARRAY_LEN(words)) return;
    char *value = line + strlen(words[w]);
    while (*value == ' ') value++;
    value[strcspn(value, "\r\n")] = '\0';
    switch (w) {
    case 0: (void)snprintf(p->verdict, sizeof p->verdict, "%s", value); break;
    case 1: parse_limits(p, value); break;
    case 2: p->config.caps |= parse_caps(p, value); break;
    case 3: p->config.caps &= ~parse_caps(p, value); break;
    case 4: p->linger_ms = (unsigned)atoi(value); break;
    default: p->gap_excused = true; break;
    }
}

static void read_program(Program *p, const char *name)
{
    memset(p, 0, sizeof *p);
    (void)snprintf(p->name, sizeof p->name, "%s", name);
    sandbox_config_init(&p->config);
    p->config.name = p->name;
    p->config.limits.of[LIMIT_MEMORY].allowed = (uint64_t)64 << 20;
    p->config.limits.of[LIMIT_DEADLINE].allowed =
        (uint64_t)(APEX_ASAN || APEX_DEBUG ? 100 : 10) * 1000000000;
    char path[512], line[512];
    (void)snprintf(path, sizeof path, "%s/%s.erl", options.sources, name);
    FILE *f = fopen(path, "r");
    if (f == NULL) die(path, "cannot be read");
    while (fgets(line, sizeof line, f) != NULL)
        if (*line == '%') parse_line(p, line);
    fclose(f);
    if (*p->verdict == '\0') die(path, "has no verdict line");
}

// ---- engine-wide counts ----------------------------------------------------------------
typedef struct Counts {
    int64_t atoms, images, exports, frozen, descriptors, threads, heap;
} Counts;

static int64_t entries_of(const char *directory)
{
    DIR *d = opendir(directory);
    int64_t n = 0;
    while (d != NULL && readdir(d) != NULL) n++;
    if (d != NULL) closedir(d);
    return n;
}

static Counts count_all(void)
{
    struct mallinfo2 m = mallinfo2();
    return (Counts){(int64_t)atom_count(),
                    (int64_t)image_store_count(),
                    (int64_t)export_count(),
                    (int64_t)frozen_bytes_used(),
                    entries_of("/proc/self/fd"),
                    entries_of("/proc/self/task"),
                    APEX_ASAN ? 0 : (int64_t)(m.uordblks + m.hblkhd)};
}

static void show_difference(char *out, size_t size, const Counts *a, const Counts *b)
{
    const struct {
        const char *name;
        int64_t by, most;
    } rows[] = {
        {"atoms", b->atoms - a->atoms, 0},
        {"images", b->images - a->images, 0},
        {"exports", b->exports - a->exports, 0},
        {"frozen bytes", b->frozen - a->frozen, 0},
        {"descriptors", b->descriptors - a->descriptors, 0},
        {"threads", b->threads - a->threads, 0},
        {"bytes", b->heap - a->heap, MAX_LEFT_BYTES},
    };
    *out = '\0';
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        size_t n = strlen(out);
        if (rows[i].by <= rows[i].most) continue;
        (void)snprintf(out + n, size - n, "%s%lld %s", n > 0 ? ", " : "", (long long)rows[i].by,
                       rows[i].name);
    }
}

// ---- one run -------------------------------------------------------------------------------
typedef struct Row {
    bool filled;
    char verdict[160];
    char left[120];
    uint64_t verdict_ns, destroy_ns, turn_ns, base_p99, p99, worst, peak;
    uint32_t pings, failed_pings;
} Row;

typedef struct Attack {
    const Program *program;
    Sandbox *sandbox;
    Buf code;
    Row *row;
    atomic_bool done;
} Attack;

static void read_code(const char *name, Buf *out)
{
    char path[512];
    Diag d;
    diag_init(&d);
    buf_init(out);
    (void)snprintf(path, sizeof path, "%s/%s.beam", options.beams, name);
    if (os_read_file(path, (size_t)256 << 20, out, &d) != ST_OK) die(path, d.text);
}

static const uint8_t no_args[] = {131, 106};

static void describe_failure(char *out, size_t size, const CallResult *r)
{
    static const EtfPrintLimits limits = {.depth = 10000, .bytes = 120};
    Buf text;
    buf_init(&text);
    if (etf_print(&text, r->etf.data, r->etf.len, &limits, NULL) != ST_OK) buf_clear(&text);
    // A trace behind the reason of an error is left out.
    if (text.len == 6 && memcmp(text.data, "killed", 6) == 0) (void)snprintf(out, size, "killed");
    else (void)snprintf(out, size, "error %.*s", (int)text.len, (const char *)text.data);
    buf_clear(&text);
}

static void describe_status(char *out, size_t size, const SandboxStatus *s)
{
    switch (s->verdict) {
    case VERDICT_HALTED: (void)snprintf(out, size, "halted %d", s->halt_status); break;
    case VERDICT_LIMIT: (void)snprintf(out, size, "limit %s", limit_text(s->limit_hit)); break;
    case VERDICT_DEADLINE: (void)snprintf(out, size, "deadline"); break;
    default: (void)snprintf(out, size, "stopped"); break;
    }
}

static void sleep_ns(uint64_t ns)
{
    struct timespec t = {.tv_sec = (time_t)(ns / 1000000000), .tv_nsec = (long)(ns % 1000000000)};
    nanosleep(&t, NULL);
}

static void *attack_thread(void *arg)
{
    Attack *a = arg;
    Row *row = a->row;
    int64_t start = clock_monotonic_ns();
    Diag d;
    diag_init(&d);
    Status st = sandbox_load(a->sandbox, a->code.data, a->code.len, &d);
    if (st != ST_OK) {
        (void)snprintf(row->verdict, sizeof row->verdict, "refused %s", d.text);
    } else {
        CallResult r;
        st = sandbox_call(a->sandbox, a->program->name, "main", no_args, sizeof no_args, &r);
        SandboxStatus s;
        sandbox_status(a->sandbox, &s);
        if (st != ST_OK && r.outcome != CALL_STOPPED)
            (void)snprintf(row->verdict, sizeof row->verdict, "host %s", status_text(st));
        else if (r.outcome == CALL_RETURNED)
            (void)snprintf(row->verdict, sizeof row->verdict, "done");
        else if (r.outcome == CALL_FAILED) describe_failure(row->verdict, sizeof row->verdict, &r);
        else describe_status(row->verdict, sizeof row->verdict, &s);
        call_result_clear(&r);
    }
    row->verdict_ns = (uint64_t)(clock_monotonic_ns() - start);
    if (a->program->linger_ms > 0) {
        sleep_ns((uint64_t)a->program->linger_ms * 1000000);
        SandboxStatus s;
        sandbox_status(a->sandbox, &s);
        if (s.verdict != VERDICT_RUNNING) describe_status(row->verdict, sizeof row->verdict, &s);
    }
    atomic_store(&a->done, true);
    return NULL;
}

// ---- the neighbour ---------------------------------------------------------------------------
static uint64_t gaps[MAX_PINGS];

// One call of the echo server behind the neighbour. False: it failed.
static bool ping(Sandbox *s, uint64_t *ns)
{
    CallResult r;
    int64_t start = clock_monotonic_ns();
    Status st = sandbox_call(s, "neighbour", "ping", no_args, sizeof no_args, &r);
    *ns = (uint64_t)(clock_monotonic_ns() - start);
    bool ok = st == ST_OK && r.outcome == CALL_RETURNED;
    call_result_clear(&r);
    return ok;
}

static int by_size(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static uint64_t percentile99(uint64_t *all, size_t n)
{
    if (n == 0) return 0;
    qsort(all, n, sizeof *all, by_size);
    return all[(n - 1) * 99 / 100];
}

static Sandbox *new_neighbour(Engine *e)
{
    SandboxConfig c;
    sandbox_config_init(&c);
    c.name = "neighbour";
    Sandbox *s;
    Diag d;
    diag_init(&d);
    Buf code;
    read_code("neighbour", &code);
    uint64_t ns;
    if (sandbox_new(e, &c, &s, &d) != ST_OK || sandbox_load(s, code.data, code.len, &d) != ST_OK)
        die("neighbour", d.text);
    buf_clear(&code);
    if (!ping(s, &ns)) die("neighbour", "does not answer");
    return s;
}

// ---- a program in its own process ---------------------------------------------------------------
static void attack_once(Engine *e, Sandbox *neighbour, const Program *p, Row *row, bool again)
{
    Attack a = {.program = p, .row = row};
    Diag d;
    diag_init(&d);
    read_code(p->name, &a.code);
    row->pings = row->failed_pings = 0;
    if (sandbox_new(e, &p->config, &a.sandbox, &d) != ST_OK) {
        (void)snprintf(row->verdict, sizeof row->verdict, "no sandbox");
        buf_clear(&a.code);
        return;
    }
    pthread_t thread;
    pthread_create(&thread, NULL, attack_thread, &a);
    while (!atomic_load(&a.done)) {
        if (row->pings < MAX_PINGS && !ping(neighbour, &gaps[row->pings++])) row->failed_pings++;
        sleep_ns(CALLER_WAIT_NS);
    }
    pthread_join(thread, NULL);
    if (again) sleep_ns(AFTERMATH_NS);  // what reports of failures need is linked then
    SandboxStatus s;
    sandbox_status(a.sandbox, &s);
    row->turn_ns = s.longest_turn_ns;
    row->peak = s.memory_peak;
    int64_t start = clock_monotonic_ns();
    sandbox_free(a.sandbox);
    row->destroy_ns = (uint64_t)(clock_monotonic_ns() - start);
    row->p99 = percentile99(gaps, row->pings);
    row->worst = row->pings > 0 ? gaps[row->pings - 1] : 0;
    buf_clear(&a.code);
}

// Runs may link library modules, which stay; after a few there are no more of them, and
// nothing is left of the last.
static void run_program(const Program *p, Row *row)
{
    Engine *e;
    EngineOptions eo = {.threads = options.threads};
    Diag d;
    diag_init(&d);
    if (engine_new(&eo, &e, &d) != ST_OK) die("engine", d.text);
    Sandbox *neighbour = new_neighbour(e);
    enum { WARM = 100 };
    for (size_t i = 0; i < WARM; i++) {
        (void)ping(neighbour, &gaps[i]);
        sleep_ns(CALLER_WAIT_NS);
    }
    row->base_p99 = percentile99(gaps, WARM);
    Counts before = count_all();
    attack_once(e, neighbour, p, row, false);
    Counts after = count_all();
    show_difference(row->left, sizeof row->left, &before, &after);
    for (int pass = 0; pass < 3 && *row->left != '\0'; pass++) {
        Row again = {0};
        attack_once(e, neighbour, p, &again, true);
        before = after;
        after = count_all();
        show_difference(row->left, sizeof row->left, &before, &after);
    }
    sandbox_free(neighbour);
    engine_free(e);
    row->filled = true;
}

static void run_apart(const Program *p, Row *row)
{
    int fd[2];
    if (pipe(fd) != 0) die("pipe", "failed");
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        close(fd[0]);
        run_program(p, row);
        ssize_t n = write(fd[1], row, sizeof *row);
        exit(n == (ssize_t)sizeof *row ? 0 : 2);
    }
    close(fd[1]);
    struct pollfd wait = {.fd = fd[0], .events = POLLIN};
    bool hung = poll(&wait, 1, HANG_SECONDS * 1000) == 0;
    ssize_t n = hung ? 0 : read(fd[0], row, sizeof *row);
    if (hung) kill(pid, SIGKILL);
    int status = 0;
    waitpid(pid, &status, 0);
    close(fd[0]);
    if (hung) (void)snprintf(row->verdict, sizeof row->verdict, "HUNG");
    else if (WIFSIGNALED(status) || n != (ssize_t)sizeof *row || WEXITSTATUS(status) != 0)
        (void)snprintf(row->verdict, sizeof row->verdict, "CRASHED %d",
                       WIFSIGNALED(status) ? WTERMSIG(status) : -1);
    else return;
    row->filled = false;
}

// ---- judging --------------------------------------------------------------------------------------
// "error badarg" stands for badarg and {badarg, …}; "refused" for each refusal.
static bool verdict_is(const char *got, const char *wanted, size_t len)
{
    if (strncmp(wanted, "error ", 6) == 0 && strncmp(got, "error {", 7) == 0 &&
        strncmp(got + 7, wanted + 6, len - 6) == 0 && got[1 + len] == ',')
        return true;
    if (strncmp(got, wanted, len) != 0) return false;
    return got[len] == '\0' || strncmp(wanted, "refused", len) == 0;
}

static bool verdict_fits(const Program *p, const Row *row)
{
    for (const char *at = p->verdict;;) {
        const char *or = strstr(at, " or ");
        size_t len = or != NULL ? (size_t)(or -at) : strlen(at);
        if (verdict_is(row->verdict, at, len)) return true;
        if (or == NULL) return false;
        at = or + 4;
    }
}

static bool judge(const Program *p, const Row *row, char *why, size_t size)
{
    *why = '\0';
    bool gap_moved = row->p99 > row->base_p99 + MAX_GAP_NS;
    if (!verdict_fits(p, row)) (void)snprintf(why, size, "wanted %s", p->verdict);
    else if (*row->left != '\0') (void)snprintf(why, size, "left: %s", row->left);
    else if (row->failed_pings > 0)
        (void)snprintf(why, size, "the neighbour failed %u calls", row->failed_pings);
    else if (p->gap_excused) return true;
    else if (row->turn_ns > MAX_TURN_NS) (void)snprintf(why, size, "held the thread");
    else if (options.strict && gap_moved) (void)snprintf(why, size, "the neighbour waited");
    else if (options.strict && row->destroy_ns > MAX_DESTROY_NS)
        (void)snprintf(why, size, "slow to destroy");
    return *why == '\0';
}

static double ms(uint64_t ns) { return (double)ns / 1e6; }

int main(int argc, char **argv)
{
    for (int c; (c = getopt(argc, argv, "t:s")) != -1;) {
        if (c == 't') options.threads = (unsigned)atoi(optarg);
        else if (c == 's') options.strict = true;
        else return 2;
    }
    if (argc - optind < 3) die("usage", "hostile_runner [-t THREADS] [-s] SOURCES BEAMS NAME...");
    options.sources = argv[optind++], options.beams = argv[optind++];
    printf("%-28s %-26s %9s %9s %8s %8s %8s %8s %7s\n", "program", "verdict", "after ms", "turn ms",
           "base p99", "p99", "worst", "destroy", "peak MB");
    unsigned failed = 0, total = 0;
    for (; optind < argc; optind++, total++) {
        Program p;
        Row row = {0};
        char why[300];
        read_program(&p, argv[optind]);
        run_apart(&p, &row);
        bool ok = judge(&p, &row, why, sizeof why);
        printf("%-28s %-26.60s %9.1f %9.2f %8.2f %8.2f %8.2f %8.2f %7.1f%s%s\n", p.name,
               row.verdict, ms(row.verdict_ns), ms(row.turn_ns), ms(row.base_p99), ms(row.p99),
               ms(row.worst), ms(row.destroy_ns), (double)row.peak / 1048576,
               ok ? "" : "  FAILED: ", why);
        fflush(stdout);
        failed += !ok;
    }
    printf("%u programs, %u failed\n", total, failed);
    return failed == 0 ? 0 : 1;
}
