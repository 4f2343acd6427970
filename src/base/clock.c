// SPDX-License-Identifier: Apache-2.0
// base/clock.c - see clock.h.

#include "base/clock.h"

#include <time.h>

static int64_t read_clock(clockid_t id)
{
    struct timespec t = {0, 0};
    // These clocks exist on every Linux we run on; the call cannot fail.
    (void)clock_gettime(id, &t);
    return (int64_t)t.tv_sec * NS_PER_S + t.tv_nsec;
}

int64_t clock_monotonic_ns(void) { return read_clock(CLOCK_MONOTONIC); }

int64_t clock_system_ns(void) { return read_clock(CLOCK_REALTIME); }

int64_t clock_process_cpu_ns(void) { return read_clock(CLOCK_PROCESS_CPUTIME_ID); }

int64_t clock_thread_cpu_ns(void) { return read_clock(CLOCK_THREAD_CPUTIME_ID); }
