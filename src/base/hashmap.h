// SPDX-License-Identifier: Apache-2.0
// base/hashmap.h - 64-bit keys (HashMap) or byte strings (StrMap) to 64-bit
// values, which may hold a pointer.
//
//   H1  open addressing with linear probing; at least one slot in four is empty,
//       so every probe ends.
//   H2  removal moves later members of the run back: there are no tombstones,
//       and a table that has been emptied is as fast as a new one.
//
// Where a guest chooses the keys the seed must be one that it cannot know.

#ifndef BASE_HASHMAP_H
#define BASE_HASHMAP_H

#include "base/alloc.h"
#include "base/status.h"

typedef struct HashSlot {
    uint64_t key;
    uint64_t value;
} HashSlot;

typedef struct HashMap {
    HashSlot *slots;  // count of them, then count bytes that are 1 when occupied
    size_t count;     // power of two, or 0
    size_t used;
    uint64_t seed;
    Arena *arena;
} HashMap;

void hashmap_init(HashMap *m, Arena *arena, uint64_t seed);
void hashmap_clear(HashMap *m);

// False leaves *value alone; value may be NULL.
bool hashmap_get(const HashMap *m, uint64_t key, uint64_t *value);

// Inserts or replaces.
MUST_USE Status hashmap_put(HashMap *m, uint64_t key, uint64_t value);

// The value's place, inserted with `initial` when absent; valid until the next
// insertion or removal. NULL: no memory.
MUST_USE uint64_t *hashmap_at(HashMap *m, uint64_t key, uint64_t initial);

// False when the key was absent; value (may be NULL) gets the removed value.
bool hashmap_remove(HashMap *m, uint64_t key, uint64_t *value);

// Visits each member once in no particular order: size_t i = 0; while
// (hashmap_next(&m, &i, &k, &v)). The map must not change meanwhile.
bool hashmap_next(const HashMap *m, size_t *iterator, uint64_t *key, uint64_t *value);

static inline void *hashmap_get_ptr(const HashMap *m, uint64_t key)
{
    uint64_t v = 0;
    return hashmap_get(m, key, &v) ? (void *)(uintptr_t)v : NULL;
}

MUST_USE static inline Status hashmap_put_ptr(HashMap *m, uint64_t key, void *value)
{
    return hashmap_put(m, key, (uint64_t)(uintptr_t)value);
}

typedef struct StrSlot {
    const uint8_t *key;  // NULL: empty
    size_t len;
    uint64_t hash;
    uint64_t value;
} StrSlot;

typedef struct StrMap {
    StrSlot *slots;
    size_t count;  // power of two, or 0
    size_t used;
    uint64_t seed;
    Arena *arena;
} StrMap;

// Keys are borrowed: their bytes stay where they are while they are in the map.
void strmap_init(StrMap *m, Arena *arena, uint64_t seed);
void strmap_clear(StrMap *m);
bool strmap_get(const StrMap *m, const void *key, size_t len, uint64_t *value);
MUST_USE Status strmap_put(StrMap *m, const void *key, size_t len, uint64_t value);
bool strmap_remove(StrMap *m, const void *key, size_t len, uint64_t *value);
bool strmap_next(const StrMap *m, size_t *iterator, const StrSlot **slot);

// The hash the maps use. Not for keys of which an attacker knows the seed.
uint64_t hash_u64(uint64_t key, uint64_t seed);
uint64_t hash_bytes(const void *p, size_t len, uint64_t seed);

#endif
