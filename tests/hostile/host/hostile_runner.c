// SPDX-License-Identifier: Apache-2.0
// tests/hostile/host/hostile_runner.c - runs hostile programs beside a well-behaved neighbour.
//
//     hostile_runner [-j JOBS] [-t THREADS] [-s] SOURCES BEAMS NAME...
//
// Each program has a process of its own, with an engine and a neighbour that is called every
// millisecond; so a program that brings the engine down costs one row. It fails when
//   its verdict is not the one that it names (program.h);
//   the neighbour fails a call;
//   a turn held the thread for more than MAX_TURN_NS of CPU time;
//   with -s: for the neighbour's 99th percentile of waits the program was given more than 5 ms
//   of processor time above what was used alone, or it waits much longer than another
//   neighbour that is called at the same time without the program; or destroying the sandbox
//   took too long. These are tried again: other work of the machine can look the same;
//   anything is left after it: atoms, images, numbers of exports, literals, descriptors,
//   threads, memory; or
//   the process grew by more than the sandbox was allowed.
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/hashmap.h"
#include "beam/etf.h"
#include "counts.h"
#include "host_functions.h"
#include "neighbour.h"
#include "program.h"

enum {
    HANG_SECONDS = APEX_ASAN ? 240 : 60,
    AFTERMATH_NS = 50000000,
    SETTLE_MS = 300,
    MAX_COPIES = 64,
    MAX_JOBS = 16,
    TRIES = 4,
    WARM_PINGS = 60
};
// The longest that work which cannot be interrupted may hold a thread, as the limit
// builtin_work has it: far more than the neighbour waits, who is given another thread.
#define MAX_TURN_NS     ((uint64_t)(APEX_ASAN || APEX_DEBUG ? 4 : 1) * 10000000000)
#define MAX_GAP_NS      ((uint64_t)5000000)
#define MAX_IDLE_GAP_NS ((uint64_t)60000000)
#define MAX_OVERHEAD    ((int64_t)48 << 20)
#define MAX_DESTROY_NS  ((uint64_t)(APEX_ASAN || APEX_DEBUG ? 4000 : 250) * 1000000)

static struct {
    unsigned threads, jobs;
    bool strict;
    const char *sources, *beams;
} options = {.threads = 1, .jobs = 1};

// ---- the speed of the machine -------------------------------------------------------------
// Processor time is no fixed amount of work: virtual machines count what they are kept from,
// and two threads of a core take from each other. Bounds on it are for a machine that hashes
// so many numbers in SPEED_NS; elsewhere they are longer in proportion.
enum { SPEED_HASHES = 4000000, SPEED_NS = 16000000 };

static double slowness(void)
{
    int64_t start = clock_thread_cpu_ns();
    uint64_t h = (uint64_t)start;
    for (int i = 0; i < SPEED_HASHES; i++) h = hash_u64(h, 1);
    double took = (double)(clock_thread_cpu_ns() - start);
    return h == 0 || took < SPEED_NS ? 1 : took / SPEED_NS;
}

// ---- one run -------------------------------------------------------------------------------
typedef struct Row {
    bool filled;
    char verdict[260];
    char left[160];
    int64_t start, end;  // of the time in which the neighbour was called
    int64_t heap_left;   // bytes from malloc
    double slowness;
    int64_t grown;       // resident memory at its peak, above what it was before
    uint64_t verdict_ns, destroy_ns, turn_ns, peak;
    uint64_t base_p99, base_own_p99, p99, own_p99, worst;  // of the neighbour's calls
    uint32_t pings, failed_pings;
} Row;

typedef struct Attack {
    const Program *program;
    const Buf *code;
    Sandbox *sandbox;
    pthread_t thread;
    char verdict[260];
    uint64_t verdict_ns;
    atomic_bool done;
} Attack;

static void describe_failure(char *out, size_t size, const CallResult *r)
{
    static const EtfPrintLimits limits = {.depth = 10000, .bytes = 120};
    Buf text;
    buf_init(&text);
    if (etf_print(&text, r->etf.data, r->etf.len, &limits, NULL) != ST_OK) buf_clear(&text);
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

static void *attack_thread(void *arg)
{
    static const uint8_t no_args[] = {131, 106};
    Attack *a = arg;
    int64_t start = clock_monotonic_ns();
    Diag d;
    diag_init(&d);
    SandboxStatus s;
    Status st = sandbox_load(a->sandbox, a->code->data, a->code->len, &d);
    if (st != ST_OK && st != ST_CLOSED) {
        (void)snprintf(a->verdict, sizeof a->verdict, "refused %s", d.text);
    } else {
        CallResult r;
        st = sandbox_call(a->sandbox, a->program->name, "main", no_args, sizeof no_args, &r);
        sandbox_status(a->sandbox, &s);
        if (st != ST_OK && r.outcome != CALL_STOPPED)
            (void)snprintf(a->verdict, sizeof a->verdict, "host %s", status_text(st));
        else if (r.outcome == CALL_RETURNED) (void)snprintf(a->verdict, sizeof a->verdict, "done");
        else if (r.outcome == CALL_FAILED) describe_failure(a->verdict, sizeof a->verdict, &r);
        else describe_status(a->verdict, sizeof a->verdict, &s);
        call_result_clear(&r);
    }
    a->verdict_ns = (uint64_t)(clock_monotonic_ns() - start);
    if (a->program->linger_ms > 0) {
        sleep_ns((uint64_t)a->program->linger_ms * 1000000);
        sandbox_status(a->sandbox, &s);
        if (s.verdict != VERDICT_RUNNING) describe_status(a->verdict, sizeof a->verdict, &s);
    }
    atomic_store(&a->done, true);
    return NULL;
}

static uint64_t waits[MAX_PINGS], own_waits[MAX_PINGS];

static bool ping(Sandbox *neighbour, uint32_t i)
{
    Gap gap;
    bool ok = neighbour_ping(neighbour, &gap);
    waits[i] = gap.ns, own_waits[i] = gap.cpu_ns;
    return ok;
}

static bool are_done(Attack *all, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        if (!atomic_load(&all[i].done)) return false;
    }
    return true;
}

static void call_neighbour(Sandbox *neighbour, Attack *all, const Program *p, Row *row)
{
    int64_t destroy = p->destroy_ms == 0 ? INT64_MAX : (int64_t)p->destroy_ms * 1000000;
    row->start = clock_monotonic_ns();
    while (!are_done(all, p->copies)) {
        if (row->pings < MAX_PINGS && !ping(neighbour, row->pings++)) row->failed_pings++;
        if (clock_monotonic_ns() - row->start > destroy) {
            for (unsigned i = 0; i < p->copies; i++) sandbox_end(all[i].sandbox);
            destroy = INT64_MAX;
        }
        sleep_ns(CALLER_WAIT_NS);
    }
    row->end = clock_monotonic_ns();
    row->p99 = percentile99(waits, row->pings);
    row->worst = row->pings > 0 ? waits[row->pings - 1] : 0;
    row->own_p99 = percentile99(own_waits, row->pings);
}

// The neighbour rests: processor time is that of destroying.
static void end_attack(Attack *a, Row *row)
{
    SandboxStatus s;
    sandbox_status(a->sandbox, &s);
    if (s.longest_turn_ns > row->turn_ns) row->turn_ns = s.longest_turn_ns;
    if (s.memory_peak > row->peak) row->peak = s.memory_peak;
    int64_t start = process_cpu_ns();
    sandbox_free(a->sandbox);
    uint64_t took = (uint64_t)(process_cpu_ns() - start);
    if (took > row->destroy_ns) row->destroy_ns = took;
}

// Begins the attack in one sandbox. False: there was no sandbox for it.
static bool start_attack(Engine *e, Attack *a, const Program *p, const Buf *code)
{
    Diag d;
    diag_init(&d);
    *a = (Attack){.program = p, .code = code};
    return sandbox_new(e, &p->config, &a->sandbox, &d) == ST_OK &&
           pthread_create(&a->thread, NULL, attack_thread, a) == 0;
}

static void attack_once(Engine *e, Sandbox *neighbour, const Program *p, Row *row, bool again)
{
    static Attack all[MAX_COPIES];
    Buf code;
    read_beam(options.beams, p->name, &code);
    for (unsigned i = 0; i < p->copies; i++) {
        if (!start_attack(e, &all[i], p, &code)) die(p->name, "no sandbox");
    }
    call_neighbour(neighbour, all, p, row);
    row->grown = resident_peak_bytes();
    for (unsigned i = 0; i < p->copies; i++) pthread_join(all[i].thread, NULL);
    if (again) sleep_ns(AFTERMATH_NS);  // what reports of failures need is linked then
    const Attack *shown = &all[0];
    for (unsigned i = 0; i < p->copies; i++) {
        if (!program_verdict_fits(p, all[i].verdict)) shown = &all[i];
        if (all[i].verdict_ns > row->verdict_ns) row->verdict_ns = all[i].verdict_ns;
        end_attack(&all[i], row);
    }
    host_functions_answer_all();
    memcpy(row->verdict, shown->verdict, sizeof row->verdict);
    buf_clear(&code);
}

// Runs may link library modules, which stay; after a few there are no more of them, and
// nothing is left of the last.
static void run_program(Program *p, Row *row)
{
    Engine *e;
    EngineOptions eo = {.threads = options.threads};
    Diag d;
    diag_init(&d);
    if (engine_new(&eo, &e, &d) != ST_OK) die("engine", d.text);
    p->config.functions = host_functions_new();
    row->slowness = slowness();
    Sandbox *neighbour = neighbour_new(e, options.beams);
    for (uint32_t i = 0; i < WARM_PINGS; i++) {
        (void)ping(neighbour, i);
        sleep_ns(CALLER_WAIT_NS);
    }
    row->base_p99 = percentile99(waits, WARM_PINGS);
    row->base_own_p99 = percentile99(own_waits, WARM_PINGS);
    Counts before = count_all();
    resident_peak_reset();
    attack_once(e, neighbour, p, row, false);
    row->grown = row->grown > before.resident ? row->grown - before.resident : 0;
    Counts after = counts_settle(&before, SETTLE_MS);
    counts_show_growth(row->left, sizeof row->left, &before, &after);
    for (int pass = 0; pass < 3 && *row->left != '\0'; pass++) {
        Row again = {0};
        before = after;
        attack_once(e, neighbour, p, &again, true);
        after = counts_settle(&before, SETTLE_MS);
        counts_show_growth(row->left, sizeof row->left, &before, &after);
    }
    row->heap_left = after.heap - before.heap;
    sandbox_free(neighbour);
    host_functions_free(p->config.functions);
    engine_free(e);
    double after_slowness = slowness();
    if (after_slowness > row->slowness) row->slowness = after_slowness;
    row->filled = true;
}

// ---- jobs: programs in processes of their own --------------------------------------------------
typedef struct Job {
    Program program;
    Row row;
    pid_t pid;  // 0: free
    int fd;
    int64_t hangs;
    unsigned tries;
} Job;

static Job jobs[MAX_JOBS];

static void start_job(Job *j)
{
    int fd[2];
    if (pipe(fd) != 0) die("pipe", "failed");
    fflush(stdout);
    j->row = (Row){0};
    j->tries++;
    j->hangs = clock_monotonic_ns() + HANG_SECONDS * INT64_C(1000000000);
    j->pid = fork();
    if (j->pid == 0) {
        close(fd[0]);
        run_program(&j->program, &j->row);
        ssize_t n = write(fd[1], &j->row, sizeof j->row);
        exit(n == (ssize_t)sizeof j->row ? 0 : 2);
    }
    close(fd[1]);
    j->fd = fd[0];
}

// The job has written its row, or died, or has hung.
static void collect_job(Job *j, bool hung)
{
    ssize_t n = hung ? 0 : read(j->fd, &j->row, sizeof j->row);
    if (hung) kill(j->pid, SIGKILL);
    int status = 0;
    waitpid(j->pid, &status, 0);
    close(j->fd);
    j->pid = 0;
    if (!hung && WIFEXITED(status) && WEXITSTATUS(status) == 0 && n == (ssize_t)sizeof j->row)
        return;
    j->row = (Row){0};
    if (hung) (void)snprintf(j->row.verdict, sizeof j->row.verdict, "HUNG");
    else
        (void)snprintf(j->row.verdict, sizeof j->row.verdict, "CRASHED %d",
                       WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status));
}

// ---- judging --------------------------------------------------------------------------------------
// The wait that the program caused, by the processor time that it was given while a call was
// waiting: other work of the machine does not change that. A wait without such, which would
// be the engine's fault too, must be longer than what the machine alone makes of it.
static bool gap_moved(const Row *row)
{
    uint64_t alone = control_p99(row->start, row->end);
    if (row->base_p99 > alone) alone = row->base_p99;
    return row->own_p99 > row->base_own_p99 + MAX_GAP_NS || row->p99 > alone + MAX_IDLE_GAP_NS;
}

// Memory is charged before it is taken; the allocator's rounding, stacks of threads and what is
// linked of the library come on top.
static int64_t most_grown(const Program *p)
{
    int64_t memory = (int64_t)p->config.limits.of[LIMIT_MEMORY].allowed;
    return APEX_ASAN ? INT64_MAX : (memory + memory / 4) * p->copies + MAX_OVERHEAD;
}

// *noise: other work of the machine could have caused it.
static bool judge(const Program *p, const Row *row, char *why, size_t size, bool *noise)
{
    *why = '\0';
    *noise = false;
    if (!program_verdict_fits(p, row->verdict)) (void)snprintf(why, size, "wanted %s", p->verdict);
    else if (*row->left != '\0') (void)snprintf(why, size, "left: %s", row->left);
    else if (row->failed_pings > 0)
        (void)snprintf(why, size, "the neighbour failed %u calls", row->failed_pings);
    else if (row->grown > most_grown(p))
        (void)snprintf(why, size, "took %lld MB from the system", (long long)row->grown >> 20);
    else if (p->gap_excused) return true;
    if (*why != '\0') return false;
    *noise = true;
    if ((double)row->turn_ns > (double)MAX_TURN_NS * row->slowness)
        (void)snprintf(why, size, "held the thread");
    else if (options.strict && gap_moved(row)) (void)snprintf(why, size, "the neighbour waited");
    else if (options.strict && (double)row->destroy_ns > (double)MAX_DESTROY_NS * row->slowness)
        (void)snprintf(why, size, "slow to destroy");
    return *why == '\0';
}

static double ms(uint64_t ns) { return (double)ns / 1e6; }

static void print_head(void)
{
    printf("%-28s %-28s %9s %8s | %8s %8s %8s %8s | %8s %8s %8s %8s\n", "program", "verdict",
           "after ms", "turn ms", "alone", "p99", "own p99", "worst", "destroy", "peak MB",
           "rss MB", "left KB");
}

static void print_row(const Job *j, bool ok, const char *why)
{
    const Row *r = &j->row;
    printf("%-28s %-28.28s %9.1f %8.2f | %8.2f %8.2f %8.2f %8.2f | %8.2f %8.1f %8.1f %8.1f%s%s\n",
           j->program.name, r->verdict, ms(r->verdict_ns), ms(r->turn_ns),
           ms(control_p99(r->start, r->end)), ms(r->p99), ms(r->own_p99), ms(r->worst),
           ms(r->destroy_ns), (double)r->peak / 1048576, (double)r->grown / 1048576,
           (double)r->heap_left / 1024, ok ? "" : "  FAILED: ", why);
    if (!ok) printf("    verdict: %s\n", r->verdict);
    fflush(stdout);
}

// What failed, said once more below the table: whoever reads its end sees why.
static Buf failures;

static void note_failure(const Job *j, const char *why)
{
    char line[700];
    int n = snprintf(line, sizeof line, "failed: %s: %s (verdict: %s)\n", j->program.name, why,
                     j->row.verdict);
    if (buf_append(&failures, line, (size_t)n) != ST_OK) die("failures", "no memory");
}

// Waits for one of the jobs. True: it failed; *over: it is not tried again.
static bool wait_job(bool *over)
{
    struct pollfd polled[MAX_JOBS];
    int64_t now = clock_monotonic_ns();
    for (unsigned i = 0; i < options.jobs; i++)
        polled[i] = (struct pollfd){.fd = jobs[i].pid != 0 ? jobs[i].fd : -1, .events = POLLIN};
    (void)poll(polled, options.jobs, 100);
    *over = false;
    for (unsigned i = 0; i < options.jobs; i++) {
        Job *j = &jobs[i];
        bool hung = j->pid != 0 && now > j->hangs;
        if (j->pid == 0 || (polled[i].revents == 0 && !hung)) continue;
        collect_job(j, hung);
        char why[300];
        bool noise, ok = judge(&j->program, &j->row, why, sizeof why, &noise);
        if (!ok && noise && j->tries < TRIES) {
            start_job(j);
            return false;
        }
        *over = true;
        print_row(j, ok, why);
        if (!ok) note_failure(j, why);
        return !ok;
    }
    return false;
}

// What reports of failures and printing need of the library is linked once, here: what is
// left of a program is then its own.
static void warm_library(void)
{
    Program p = {.name = "neighbour"};
    sandbox_config_init(&p.config);
    Engine *e;
    EngineOptions eo = {.threads = 1};
    Diag d;
    diag_init(&d);
    if (engine_new(&eo, &e, &d) != ST_OK) die("engine", d.text);
    Sandbox *s = neighbour_new(e, options.beams);
    static const uint8_t no_args[] = {131, 106};
    CallResult r;
    if (sandbox_call(s, "neighbour", "warm", no_args, sizeof no_args, &r) != ST_OK)
        die("neighbour", "does not warm up");
    call_result_clear(&r);
    sleep_ns(AFTERMATH_NS);
    sandbox_free(s);
    engine_free(e);
}

int main(int argc, char **argv)
{
    for (int c; (c = getopt(argc, argv, "j:t:s")) != -1;) {
        if (c == 't') options.threads = (unsigned)atoi(optarg);
        else if (c == 'j') options.jobs = (unsigned)atoi(optarg);
        else if (c == 's') options.strict = true;
        else return 2;
    }
    if (argc - optind < 3 || options.jobs < 1 || options.jobs > MAX_JOBS)
        die("usage", "hostile_runner [-j JOBS] [-t THREADS] [-s] SOURCES BEAMS NAME...");
    options.sources = argv[optind++], options.beams = argv[optind++];
    control_start(options.beams);
    warm_library();
    print_head();
    unsigned failed = 0, total = (unsigned)(argc - optind);
    for (unsigned done = 0; done < total;) {
        for (unsigned i = 0; i < options.jobs && optind < argc; i++) {
            if (jobs[i].pid != 0) continue;
            jobs[i].tries = 0;
            program_read(&jobs[i].program, options.sources, argv[optind++]);
            start_job(&jobs[i]);
        }
        bool over;
        failed += wait_job(&over);
        done += over;
    }
    control_stop();
    printf("%u programs, %u failed\n%.*s", total, failed, (int)failures.len,
           (const char *)failures.data);
    buf_clear(&failures);
    return failed == 0 ? 0 : 1;
}
