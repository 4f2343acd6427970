// SPDX-License-Identifier: Apache-2.0
// heap/map_int.h - tries, for the files that implement maps.
#pragma once
#include "heap/map.h"

static inline const Term *node_children(const Term *node)
{
    return node + (map_header_shape(*node) == MAP_HEAD ? 2 : 1);
}
static inline unsigned slot_bit(uint32_t hash) { return 1u << (hash & 15); }
// Where the child of this bit stands, or would stand, among the children.
static inline unsigned child_index(unsigned bitmap, unsigned bit)
{
    return (unsigned)__builtin_popcount(bitmap & (bit - 1));
}

static inline Term leaf_at(Term **hp, Term key, Term value) { return cons_at(hp, key, value); }
// What two leaves with different keys become: a chain of `length` nodes with one child each,
// then a node with both. Hashes are asked for once, since they may say something else the next
// time (K3).
typedef struct HamtPair {
    unsigned length;
    uint8_t slots[HAMT_MAX_LEVEL + 1];  // of the chain
    uint8_t slot_a, slot_b;
} HamtPair;
// At `level`, for which the hashes are. The words that it takes, or 0 if the keys never part.
size_t hamt_pair_words(HamtPair *pair, uint32_t ha, Term a, uint32_t hb, Term b, unsigned level);
Term hamt_pair_at(Term **hp, const HamtPair *pair, Term a, Term b);

Term hamt_get(Term map, Term key);
// *old: the value before, or TERM_NONE. must_exist: TERM_NONE with *old TERM_NONE
// when it does not.
Term hamt_put(Heap *h, Term map, Term key, Term value, bool must_exist, Term *old);
Term hamt_remove(Heap *h, Term map, Term key, Term *value);
Term hamt_merge(Heap *h, Term a, Term b);
Term hamt_from_pairs(Heap *h, const Term *kv, size_t n, bool *duplicates);

// A flat map of n <= FLAT_MAP_MAX pairs with different keys, in any order.
Term flat_from_unsorted(Heap *h, Term *kv, size_t n);
