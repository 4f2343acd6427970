// SPDX-License-Identifier: Apache-2.0
// apps/apex/progress.h - one line on standard error while long work goes on.
//
// Shown only when standard error is a terminal and the work has taken 300 ms;
// redrawn at most ten times a second.

#ifndef APEX_PROGRESS_H
#define APEX_PROGRESS_H

#include "base/compiler.h"

typedef struct Progress {
    const char *verb;  // "checking"
    uint64_t total;    // 0: not known
    uint64_t done;
    int64_t next_draw;  // monotonic ns
    bool terminal;
    bool drawn;
} Progress;

void progress_init(Progress *p, const char *verb, uint64_t total);

// One more is done; name is what comes next.
void progress_step(Progress *p, const char *name);

// Wipes the line; call it before printing anything else and at the end.
void progress_wipe(Progress *p);

#endif
