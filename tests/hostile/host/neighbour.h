// SPDX-License-Identifier: Apache-2.0
// tests/hostile/host/neighbour.h - the well-behaved sandbox that is called beside the others,
// and one in a process of its own that shows what the machine alone does to such calls.
#pragma once
#include "base/buf.h"
#include "sandbox/sandbox.h"

enum { MAX_PINGS = 200000, CALLER_WAIT_NS = 1000000 };

// A sandbox with the module "neighbour"; it has answered once.
Sandbox *neighbour_new(Engine *e, const char *beams);
// How long a call took, and the processor time that this process used meanwhile: what others
// in the engine were given before. The rest of the wait is the machine's.
typedef struct Gap {
    uint64_t ns, cpu_ns;
} Gap;
// One call of its server. False: it failed.
bool neighbour_ping(Sandbox *s, Gap *gap);
int64_t process_cpu_ns(void);
uint64_t percentile99(uint64_t *all, size_t n);  // sorts them
void sleep_ns(uint64_t ns);
void read_beam(const char *beams, const char *name, Buf *out);

// Starts the process that calls a neighbour alone, until the parent ends. Before threads are
// started.
void control_start(const char *beams);
void control_stop(void);
// The 99th percentile of its calls between two times of the monotonic clock.
uint64_t control_p99(int64_t from, int64_t to);
