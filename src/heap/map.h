// SPDX-License-Identifier: Apache-2.0
// heap/map.h - maps as values: look up, update, build, iterate.
//
// Up to 32 pairs a map is flat: a tuple of keys in exact term order and the
// values beside it. Above, it is a hash trie with OTP 25's hash, so that pairs
// come in OTP's order. No function changes a map; new parts lie on the heap.
// TERM_NONE means memory refused unless said otherwise. [gc: no]
//
// Every `map` argument must be a map.
#pragma once
#include "heap/heap.h"
#include "term/hash.h"

// The value of key, or TERM_NONE when it is absent.
Term map_get_slow(Term map, Term key);
static inline Term map_get(Term map, Term key)
{
    const Term *p = boxed_ptr(map);
    if (LIKELY(map_header_shape(*p) == MAP_FLAT) && is_immed(key)) {
        size_t n = map_header_words(*p) - 1;
        const Term *keys = tuple_elements(p[1]);
        for (size_t i = 0; i < n; i++) {
            if (keys[i] == key) return p[2 + i];
        }
        return TERM_NONE;
    }
    return map_get_slow(map, key);
}

// With key set to value. The same map when it has that very value already.
Term map_put(Heap *h, Term map, Term key, Term value);
// As map_put for a key that is there. *found = false: it is not (TERM_NONE).
Term map_update(Heap *h, Term map, Term key, Term value, bool *found);
// Without key; *value (may be NULL) gets its value, or TERM_NONE when the key
// was absent: then the result is map itself.
Term map_remove(Heap *h, Term map, Term key, Term *value);
// Pairs of both; where a key is in both, the value is b's.
Term map_merge(Heap *h, Term a, Term b);
// A map of n pairs: kv[0], kv[1] the first key and value. Of equal keys the last
// one counts; *duplicates (may be NULL) says whether there were any.
Term map_from_pairs(Heap *h, const Term *kv, size_t n);
Term map_from_pairs_checked(Heap *h, const Term *kv, size_t n, bool *duplicates);

static inline Term map_empty(Heap *h) { return map_from_pairs(h, NULL, 0); }

// ---- iteration ------------------------------------------------------------------
// Flat maps: in the order of keys. Tries: in the order of slots, which is that of
// maps:iterator/1; maps:keys/1, values/1 and to_list/1 show the reverse. Holds
// pointers: nothing may collect between map_iter_init and the last map_iter_next.
typedef struct MapIter {
    const Term *keys, *values;  // flat
    size_t left;
    unsigned depth;             // trie: path[depth - 1] is the node being visited
    struct {
        const Term *child, *end;
    } path[HAMT_MAX_LEVEL + 1];
} MapIter;
void map_iter_init(MapIter *it, Term map);
bool map_iter_next(MapIter *it, Term *key, Term *value);

// OTP's flat maps have one word more (the size) than ours; its tries have as many
// words. For erts_debug:flat_size/1 and figures of memory.
#define FLAT_MAP_OTP_EXTRA 1
