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

// The value of key, or TERM_NONE when it is absent.
Term map_get_slow(Term map, Term key);
Term hamt_get(Term map, Term key);
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
// In the order of maps:next/1 and maps:to_list/1... of maps:iterator/1: for flat
// maps the order of keys, for tries the order of slots. Holds pointers: nothing
// may collect between map_iter_init and the last map_iter_next.
#define MAP_ITER_DEPTH 100
typedef struct MapIter {
    const Term *keys, *values;  // flat
    size_t left;
    unsigned depth;             // trie: path[depth - 1] is the node being visited
    struct {
        const Term *child, *end;
    } path[MAP_ITER_DEPTH];
} MapIter;
void map_iter_init(MapIter *it, Term map);
bool map_iter_next(MapIter *it, Term *key, Term *value);

// ---- tries, seen from builtins -------------------------------------------------------
// The position of erts_internal:map_next/3 in a trie: a path number. Gives the
// leaves from `path` on, at most max pairs into kv (2 * max terms); *count gets
// their number and *path the position after the last one. False: path is not a
// position of this map.
bool hamt_leaves_from(Term map, Term path_list, Term *kv, size_t max, size_t *count);
// Children of a trie's root (maps or [key|value]) into out, at most 16.
size_t hamt_children(Term map, Term *out);

// Words of the map's own structure as OTP 25 lays it out (without keys and
// values), for erts_debug:flat_size and process memory figures.
size_t map_otp_words(Term map);
// Words of an inner node as OTP lays it out; root: the head of the trie.
