// SPDX-License-Identifier: Apache-2.0
// sched/run.h - the processes of one sandbox take their turns on one thread.
#pragma once
#include "base/clock.h"
#include "exec/exec.h"
#include "proc/isolate.h"

// Reductions of a process before the next one runs, and of a sandbox before another
// sandbox does.
#define SLICE_REDUCTIONS   (APEX_STRESS ? 1 : 4000)
#define SANDBOX_REDUCTIONS 40000
// And the time after which a turn ends although its reductions last.
#define TURN_NS (1 * NS_PER_MS)

typedef enum RunResult {
    RUN_MORE,      // the turn is over, there is more to run
    RUN_IDLE,      // everybody waits; the next timer is timer_next_due
    RUN_STOPPING,  // iso->stopping: the sandbox is to be ended
} RunResult;

// Runs processes until the budget is used up or nobody wants to run. now: monotonic ns.
RunResult run_isolate(Exec *e, Isolate *iso, int64_t reductions, int64_t now);
// The sandbox is to be ended because of a limit; nothing of it runs after this.
void run_stop(Isolate *iso, Verdict v, LimitKind k);
