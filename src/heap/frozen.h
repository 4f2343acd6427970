// SPDX-License-Identifier: Apache-2.0
// heap/frozen.h - the one range of addresses that holds immutable shared terms.
//
// Module literals live here. One comparison tells the collector and the copier
// "shared, leave it" (A3). Process-wide; blocks are handed out and taken back
// under a lock, reading needs none.
#pragma once
#include "base/status.h"
#include "term/term.h"

// Set once by frozen_init, which must have run before any heap is made. The
// range is FROZEN_BYTES long unless the system grants less address space.
extern char *frozen_base;
extern uint64_t frozen_bytes;
#define FROZEN_BYTES ((uint64_t)64 << 30)

MUST_USE Status frozen_init(void);
static inline bool is_frozen_ptr(const void *p)
{
    return (uintptr_t)p - (uintptr_t)frozen_base < frozen_bytes;
}
static inline bool is_frozen(Term t) { return is_frozen_ptr(term_ptr(t)); }  // t: is_pointer

// A zeroed block of at least `bytes`, 16-byte aligned. NULL: none left.
void *frozen_alloc(size_t bytes);
void frozen_free(void *block, size_t bytes);
size_t frozen_bytes_used(void);
