// SPDX-License-Identifier: Apache-2.0
// term/hash.h - hash values of terms.
//
//   phash, phash2   what erlang:phash/2 and erlang:phash2/1,2 are made of: the
//                   same numbers on every node and release
//   internal        what the order of large maps is made of: OTP 25's, except
//                   for atoms, funs and identifiers of other nodes, whose hash
//                   there depends on addresses; here on their text
//
// As with compare.h the short forms run to the end and take scratch from the
// process; if it is refused, what is nested deeper does not go into the hash.
#pragma once
#include "term/stack.h"

// All 32 bits. erlang:phash2(T) is the lower 27; phash2(T, R) the value rem R.
uint32_t hash_phash2(Term t);
uint32_t hash_phash2_charged(Term t, int64_t *reds);
// erlang:phash(T, R) is 1 + value rem R.
uint32_t hash_phash(Term t);
uint32_t hash_phash_charged(Term t, int64_t *reds);

uint32_t hash_internal_salted(Term t, uint32_t salt);
static inline uint32_t hash_internal(Term t) { return hash_internal_salted(t, 0); }
// A good hash that a guest cannot predict: keyed by a secret of this OS process.
uint64_t hash_keyed(Term t, uint64_t salt);

// ---- hash tries -----------------------------------------------------------------
// The trie uses four bits a level. Levels up to HAMT_KEYED_LEVEL use internal
// hashes, eight levels each; a guest can make those collide, so deeper levels,
// which honest keys never see, use the keyed one.
#define HAMT_KEYED_LEVEL 32
#define HAMT_MAX_LEVEL   96
// Hash of a key shifted so that the lowest four bits are the slot at `level`.
uint32_t hash_hamt(Term key, unsigned level);
// The same one level down; h is the value of `level - 1`.
static inline uint32_t hash_hamt_down(uint32_t h, Term key, unsigned level)
{
    return (level & 7) != 0 ? h >> 4 : hash_hamt(key, level);
}

// ---- interruptible phash2 ---------------------------------------------------------
typedef struct Hashing {
    TermStack stack;  // roots, see K1
    uint32_t hash;
    uint32_t pairs;   // of the map being hashed: its pairs xored together
} Hashing;

void hashing_init(Hashing *h, Arena *arena, Term t);
void hashing_clear(Hashing *h);
// As comparison_run; when ST_OK, h->hash is the value.
MUST_USE Status hashing_run(Hashing *h, uint64_t *steps);
