// SPDX-License-Identifier: Apache-2.0
// base/clock.h - the operating system's clocks, all in nanoseconds.

#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/compiler.h"

#define NS_PER_US INT64_C(1000)
#define NS_PER_MS INT64_C(1000000)
#define NS_PER_S  INT64_C(1000000000)

int64_t clock_monotonic_ns(void);    // never goes back; starts anywhere
int64_t clock_system_ns(void);       // since 1970-01-01 UTC; may jump
int64_t clock_process_cpu_ns(void);  // CPU time of all threads of the process
int64_t clock_thread_cpu_ns(void);   // CPU time of the calling thread

#endif
