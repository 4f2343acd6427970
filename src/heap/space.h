// SPDX-License-Identifier: Apache-2.0
// heap/space.h - what all heaps of one sandbox share: memory, atoms, counters.
//
// A Space belongs to one sandbox and is touched by one thread at a time (A1).
// Every byte of the sandbox comes from its arena, which charges before it
// allocates and frees everything at once when the sandbox is destroyed.
#pragma once
#include "base/alloc.h"
#include "term/atom.h"
#include "term/term.h"

typedef struct Space {
    Arena arena;          // limit, used, peak in bytes
    AtomBook atoms;
    uint64_t next_ref;    // next reference number
    uint32_t hash_salt;   // for tables whose order is not visible
    uint32_t creation;    // of this node, in pids and references on the wire
    Term node;            // node name atom; 'nonode@nohost'
    uint64_t binary_bytes;  // off-heap binary bytes alive
} Space;

// An empty space. memory_limit in bytes or ARENA_NO_LIMIT; atom_limit and base
// as for atom_book_init. creation, hash_salt and node may be set afterwards.
void space_init(Space *s, uint64_t memory_limit, uint32_t atom_limit, const AtomBook *base);
// Frees everything at once: every heap, binary and table of the space is gone.
// Native objects that own more than arena memory must have been released.
void space_clear(Space *s);

// Fills the three words at `at` with a new reference. [gc: no]
Term space_make_ref(Space *s, Term *at);
// The next reference number, for MagicRef and others that lay out their own.
uint64_t space_next_ref(Space *s);
// Splits a reference number into OTP's identifier words.
static inline uint64_t ref_ids01(uint64_t n)
{
    return ((n >> 18 & 0xFFFFFFFF) << 32) | (n & 0x3FFFF);
}
static inline uint64_t ref_id2(uint64_t n) { return n >> 50; }
