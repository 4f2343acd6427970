// SPDX-License-Identifier: Apache-2.0
// ets/hash.h - the objects of a set, bag or duplicate_bag: linear hashing.
//
// The table starts with 256 buckets and splits one bucket at a time when there
// are more objects than buckets, so no insertion ever rehashes the whole. The
// hash, the order of splitting and the place of an object in its bucket are
// OTP's: a traversal shows keys in OTP's order.
//
//   B1  an object with hash h is in bucket h & mask, or h & (mask >> 1) when
//       that is not active yet.
//   B2  objects of one key are neighbours in their bucket.
//   B3  a bucket in which something died while the table was fixed is on the
//       list `graves`, unless sweep says that all buckets are to be searched.
#pragma once
#include "ets/object.h"

#define ETS_FIRST_SLOTS   256
#define ETS_LOCKS         64     // that OTP has for a table with write_concurrency
#define ETS_MAX_LOCKS     32768
#define ETS_SEGMENT_SLOTS 2048

typedef struct EtsGrave {
    struct EtsGrave *next;
    uint64_t slot;
} EtsGrave;

typedef struct EtsHash {
    EtsObject ***segments;  // segments[0] has 256 buckets, the others 2048; NULL when empty
    size_t num_segments;    // that exist
    size_t cap_segments;
    uint64_t active;        // buckets in use
    uint64_t slots;         // buckets that exist
    uint64_t mask;
    uint64_t live;          // objects that are not dead
    uint64_t words;         // of all objects, dead ones included
    EtsGrave *graves;
    uint64_t sweep;         // buckets [0, sweep) are still to be searched for dead objects
    uint32_t epoch;         // objects of another epoch are dead
    uint32_t stride;  // traversal goes over every so many buckets: as many as OTP has locks
    uint64_t work;  // objects walked over (E4)
} EtsHash;

// stride: a power of two.
void hash_init(EtsHash *h, uint32_t stride);

static inline bool hash_is_dead(const EtsHash *h, const EtsObject *o)
{
    return o->epoch != h->epoch;
}
static inline uint64_t hash_slot_of(const EtsHash *h, uint32_t hash)
{
    uint64_t slot = hash & h->mask;
    return slot < h->active ? slot : slot & (h->mask >> 1);
}
// Where the chain of a bucket hangs. The table must not be empty (segments).
static inline EtsObject **hash_bucket(const EtsHash *h, uint64_t slot)
{
    return &h->segments[(slot + ETS_SEGMENT_SLOTS - ETS_FIRST_SLOTS) / ETS_SEGMENT_SLOTS]
                       [slot % ETS_SEGMENT_SLOTS];
}
static inline EtsObject *hash_chain(const EtsHash *h, uint64_t slot)
{
    return h->segments == NULL ? NULL : *hash_bucket(h, slot);
}
// The bucket that a traversal visits after `slot`; 0 after the last one.
uint64_t hash_next_slot(const EtsHash *h, uint64_t slot);
// OTP's hash of a key.
uint32_t hash_of_key(Term key);

// Memory for the first bucket array. False: refused.
bool hash_prepare(EtsHash *h, Space *s);
// Splits or joins buckets after the number of live objects changed. The table
// is not fixed.
void hash_grow(EtsHash *h, Space *s);
void hash_shrink(EtsHash *h, Space *s);
// Remembers that something died in a bucket of a fixed table.
void hash_note_death(EtsHash *h, Space *s, uint64_t slot);
// Frees dead objects of a table that is not fixed, in at most `limit` steps.
void hash_bury(EtsHash *h, Space *s, uint64_t limit);
// Frees everything, at most *budget objects or buckets. True: done.
bool hash_free_some(EtsHash *h, Space *s, int64_t *budget);
uint64_t hash_overhead_words(const EtsHash *h);
