// SPDX-License-Identifier: Apache-2.0
// sandbox/account.c - the CPU time of turns.
//
// The clock of a thread's CPU time is a system call of one or two microseconds, as much as a
// small call of the host takes as a whole. So a short turn is charged by the monotonic clock,
// which costs nothing to speak of: it is off only when the thread was interrupted within those
// microseconds. After a longer turn the thread's clock says how much of it was CPU time: what the
// thread has used since it was asked last, less what was charged for short turns meanwhile. On
// threads of the host that includes what the host did between calls; the length of the turn
// is the bound in any case.
#include "base/clock.h"
#include "sandbox/sandbox_int.h"

#define LONG_NS (100 * NS_PER_US)

typedef struct CpuMark {
    bool set;
    int64_t cpu;     // thread's clock, when it was asked last
    int64_t charged; // since then, for short turns
} CpuMark;
static _Thread_local CpuMark mark;

void account_begin(Sandbox *s)
{
    if (UNLIKELY(!mark.set)) mark = (CpuMark){.set = true, .cpu = clock_thread_cpu_ns()};
    s->turn_began = clock_monotonic_ns();
}

uint64_t account_end(Sandbox *s, int64_t now)
{
    int64_t took = now - s->turn_began;
    if (took < LONG_NS) {
        mark.charged += took;
    } else {
        int64_t cpu = clock_thread_cpu_ns(), used = cpu - mark.cpu - mark.charged;
        if (used < took) took = used > 0 ? used : 0;
        mark = (CpuMark){.set = true, .cpu = cpu};
    }
    s->iso.cpu_ns += (uint64_t)took;
    if ((uint64_t)took > s->longest_turn_ns) s->longest_turn_ns = (uint64_t)took;
    return (uint64_t)took;
}
