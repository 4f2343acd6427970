// SPDX-License-Identifier: Apache-2.0
// base/bitset.h - a set of small numbers, one bit each.

#ifndef BASE_BITSET_H
#define BASE_BITSET_H

#include "base/alloc.h"
#include "base/status.h"

#define BITSET_NONE SIZE_MAX

typedef struct Bitset {
    uint64_t *words;
    size_t bits;  // numbers 0 .. bits-1 can be members
    Arena *arena;
} Bitset;

// All absent. bits may be 0.
MUST_USE Status bitset_init(Bitset *s, Arena *arena, size_t bits);
void bitset_clear(Bitset *s);

// Makes room for more numbers; the new ones are absent. Never shrinks.
MUST_USE Status bitset_grow(Bitset *s, size_t bits);

static inline bool bitset_has(const Bitset *s, size_t i)
{
    ASSERT(i < s->bits);
    return s->words[i / 64] >> (i % 64) & 1;
}

static inline void bitset_add(Bitset *s, size_t i)
{
    ASSERT(i < s->bits);
    s->words[i / 64] |= UINT64_C(1) << (i % 64);
}

static inline void bitset_remove(Bitset *s, size_t i)
{
    ASSERT(i < s->bits);
    s->words[i / 64] &= ~(UINT64_C(1) << (i % 64));
}

void bitset_fill(Bitset *s, bool member);
size_t bitset_count(const Bitset *s);

// The first member at or behind `from`, or BITSET_NONE.
size_t bitset_next(const Bitset *s, size_t from);

// The first absent number at or behind `from`, or BITSET_NONE.
size_t bitset_next_absent(const Bitset *s, size_t from);

// a becomes a united (intersected) with b; both have the same size. True when a
// changed.
bool bitset_unite(Bitset *a, const Bitset *b);
bool bitset_intersect(Bitset *a, const Bitset *b);

#endif
