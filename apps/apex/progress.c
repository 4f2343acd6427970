// SPDX-License-Identifier: Apache-2.0
// apps/apex/progress.c - see progress.h.

#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

void progress_init(Progress *p, const char *verb, uint64_t total)
{
    *p = (Progress){.verb = verb, .total = total, .terminal = isatty(STDERR_FILENO) == 1};
    p->next_draw = clock_monotonic_ns() + 300 * NS_PER_MS;
}

void progress_step(Progress *p, const char *name)
{
    p->done++;
    if (!p->terminal) return;
    int64_t now = clock_monotonic_ns();
    if (now < p->next_draw) return;
    p->next_draw = now + 100 * NS_PER_MS;
    p->drawn = true;
    if (p->total != 0)
        fprintf(stderr, "\r\033[K%s %" PRIu64 "/%" PRIu64 " %.50s", p->verb, p->done, p->total,
                name);
    else fprintf(stderr, "\r\033[K%s %" PRIu64 " %.50s", p->verb, p->done, name);
    (void)fflush(stderr);
}

void progress_wipe(Progress *p)
{
    if (!p->drawn) return;
    fputs("\r\033[K", stderr);
    (void)fflush(stderr);
    p->drawn = false;
}
