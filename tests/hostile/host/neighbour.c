// SPDX-License-Identifier: Apache-2.0
#include "neighbour.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/os.h"
#include "program.h"

void sleep_ns(uint64_t ns)
{
    struct timespec t = {.tv_sec = (time_t)(ns / 1000000000), .tv_nsec = (long)(ns % 1000000000)};
    nanosleep(&t, NULL);
}

void read_beam(const char *beams, const char *name, Buf *out)
{
    char path[512];
    Diag d;
    diag_init(&d);
    buf_init(out);
    (void)snprintf(path, sizeof path, "%s/%s.beam", beams, name);
    if (os_read_file(path, (size_t)256 << 20, out, &d) != ST_OK) die(path, d.text);
}

int64_t process_cpu_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

bool neighbour_ping(Sandbox *s, Gap *gap)
{
    static const uint8_t no_args[] = {131, 106};
    CallResult r;
    int64_t start = clock_monotonic_ns(), cpu = process_cpu_ns();
    Status st = sandbox_call(s, "neighbour", "ping", no_args, sizeof no_args, &r);
    gap->ns = (uint64_t)(clock_monotonic_ns() - start);
    gap->cpu_ns = (uint64_t)(process_cpu_ns() - cpu);
    if (gap->cpu_ns > gap->ns) gap->cpu_ns = gap->ns;
    bool ok = st == ST_OK && r.outcome == CALL_RETURNED;
    call_result_clear(&r);
    return ok;
}

static int by_size(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

uint64_t percentile99(uint64_t *all, size_t n)
{
    if (n == 0) return 0;
    qsort(all, n, sizeof *all, by_size);
    return all[(n - 1) * 99 / 100];
}

Sandbox *neighbour_new(Engine *e, const char *beams)
{
    SandboxConfig c;
    sandbox_config_init(&c);
    c.name = "neighbour";
    Sandbox *s;
    Diag d;
    diag_init(&d);
    Buf code;
    read_beam(beams, "neighbour", &code);
    Gap gap;
    if (sandbox_new(e, &c, &s, &d) != ST_OK || sandbox_load(s, code.data, code.len, &d) != ST_OK)
        die("neighbour", d.text);
    buf_clear(&code);
    if (!neighbour_ping(s, &gap)) die("neighbour", "does not answer");
    return s;
}

// ---- the control ---------------------------------------------------------------------------
enum { RING = 1 << 18 };

typedef struct Control {
    atomic_ulong count;
    struct {
        int64_t at;
        uint64_t ns;
    } ring[RING];
} Control;

static Control *control;
static pid_t control_pid;

static void run_control(const char *beams)
{
    Engine *e;
    EngineOptions eo = {.threads = 1};
    Diag d;
    diag_init(&d);
    if (engine_new(&eo, &e, &d) != ST_OK) die("engine", d.text);
    Sandbox *s = neighbour_new(e, beams);
    for (;;) {
        unsigned long n = atomic_load(&control->count);
        control->ring[n % RING].at = clock_monotonic_ns();
        Gap gap;
        (void)neighbour_ping(s, &gap);
        control->ring[n % RING].ns = gap.ns;
        atomic_store(&control->count, n + 1);
        sleep_ns(CALLER_WAIT_NS);
    }
}

void control_start(const char *beams)
{
    control =
        mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (control == MAP_FAILED) die("control", "no memory");
    control_pid = fork();
    if (control_pid != 0) return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    run_control(beams);
}

void control_stop(void)
{
    if (control_pid <= 0) return;
    kill(control_pid, SIGKILL);
    (void)waitpid(control_pid, NULL, 0);
}

uint64_t control_p99(int64_t from, int64_t to)
{
    static uint64_t gaps[RING];
    unsigned long end = atomic_load(&control->count), n = 0;
    for (unsigned long i = end > RING ? end - RING : 0; i < end; i++) {
        int64_t at = control->ring[i % RING].at;
        uint64_t ns = control->ring[i % RING].ns;
        if (at <= to && at + (int64_t)ns >= from) gaps[n++] = ns;
    }
    return percentile99(gaps, n);
}
