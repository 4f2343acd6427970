// SPDX-License-Identifier: Apache-2.0
// proc/held.h - a term that no heap owns.
//
// Messages of timers, tags of monitors and reasons of exits wait outside of all
// heaps: copied in one block of the sandbox's arena, with their off-heap objects,
// and counted so that a thousand exit signals share one reason.
#pragma once
#include "heap/heap.h"

typedef struct Held {
    uint32_t refs;
    Term value;     // lies in data, or is an immediate or frozen
    Term *off;      // off-heap objects of data
    size_t words;
    Term data[];
} Held;

// A copy of t with one reference. NULL: memory refused.
Held *held_new(Space *s, Term t);
static inline Held *held_retain(Held *h)
{
    h->refs++;
    return h;
}
void held_release(Space *s, Held *h);  // NULL: nothing happens
