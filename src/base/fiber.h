// SPDX-License-Identifier: Apache-2.0
// base/fiber.h - work that can be put aside in the middle, whatever C functions it is in.
//
// A fiber is a function on a stack of its own. A thread runs it until the function
// returns or, at a pause point, has held the thread for FIBER_TURN_NS; then the thread
// goes on with something else, and the same or another thread resumes the fiber later.
// So a long loop, which may be many calls deep, need not be a state machine: it says
// pause_point() now and then.
//
//   F1  one thread at a time runs a fiber, and hands over with a lock or the like.
//   F2  nothing that belongs to a thread is kept across a pause point: no address of a
//       thread-local variable, no lock, no RCU read section.
//   F3  what a pause point's caller works on is touched by nobody until it is resumed:
//       a sandbox is put aside as a whole.
//
// Outside of fibers a pause point does nothing.
#pragma once
#include <stdatomic.h>
#include <string.h>

#include "base/compiler.h"

typedef struct Fiber Fiber;
typedef void (*FiberFn)(void *arg);

// What a fiber may hold its thread for, between two pause points apart.
#define FIBER_TURN_NS INT64_C(700000)

Fiber *fiber_new(void);  // NULL: no memory
void fiber_free(Fiber *f);  // it does not stand in the middle; NULL: nothing happens
// Calls fn(arg) on f. True: it has returned; false: it waits for fiber_resume.
bool fiber_run(Fiber *f, FiberFn fn, void *arg, int64_t now);  // now: monotonic ns
bool fiber_resume(Fiber *f, int64_t now);
// Pause points pause at once when another thread has set *hurry, until the fiber is abandoned.
// For the work that fiber_run begins next and all later ones; NULL: nothing hurries.
void fiber_hurry(Fiber *f, const atomic_bool *hurry);
// The result is not wanted any more: pause points say so from the next one on.
void fiber_abandon(Fiber *f);

// False: nobody wants the result, any will do.
bool pause_point(void);

// Nobody wants the result of the fiber that runs, whether a pause point has said so or not.
bool fiber_is_abandoned(void);

// Pauses whatever the time is, so that what other fibers do can come to its end. False: the
// caller is on no fiber, or nobody wants the result.
bool pause_now(void);

// Work in units of a few nanoseconds up to about a microsecond's worth, between pause
// points of about 20 us.
typedef struct Pace {
    uint32_t left;
} Pace;
#define PACE_UNITS 8192
#define PACE_START ((Pace){PACE_UNITS})
static inline bool pace(Pace *p, size_t units)
{
    if (LIKELY(units < p->left)) {
        p->left -= (uint32_t)units;
        return true;
    }
    p->left = PACE_UNITS;
    return pause_point();
}

// memcpy, memset and memcmp of sizes that a guest chooses. n may be 0 with any pointer.
#define PACED_BYTES ((size_t)1 << 16)
void paced_copy_long(void *to, const void *from, size_t n);
void paced_fill_long(void *to, int byte, size_t n);
int paced_compare_long(const void *a, const void *b, size_t n);
static inline void paced_copy(void *to, const void *from, size_t n)
{
    if (UNLIKELY(n > PACED_BYTES)) paced_copy_long(to, from, n);
    else if (n > 0) memcpy(to, from, n);
}
static inline void paced_fill(void *to, int byte, size_t n)
{
    if (UNLIKELY(n > PACED_BYTES)) paced_fill_long(to, byte, n);
    else if (n > 0) memset(to, byte, n);
}
// The first byte of that value, or NULL.
const void *paced_find(const void *at, int byte, size_t n);
static inline int paced_compare(const void *a, const void *b, size_t n)
{
    if (UNLIKELY(n > PACED_BYTES)) return paced_compare_long(a, b, n);
    return n > 0 ? memcmp(a, b, n) : 0;
}
