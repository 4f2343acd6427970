// SPDX-License-Identifier: Apache-2.0
// proc/dict.c - the process dictionary.
#include "proc/dict.h"

#include "base/fiber.h"
#include "proc/isolate.h"
#include "term/compare.h"
#include "term/hash.h"

#define FIRST_PAIRS  4
#define LINEAR_PAIRS 8  // up to here a search looks at each pair
#define NOWHERE      UINT32_MAX

// Index slots: 0 empty, else position + 1 below, hash above.
static uint64_t slot_make(uint32_t hash, uint32_t position)
{
    return (uint64_t)hash << 32 | (position + 1);
}
static uint32_t slot_position(uint64_t slot) { return (uint32_t)slot - 1; }

static uint32_t hash_of(const Process *p, Term key)
{
    return (uint32_t)hash_keyed(key, p->iso->space.hash_salt);
}

static bool is_key(Term a, Term b)
{
    return a == b || (!is_immed(a) && !is_immed(b) && equal_exact(a, b));
}

static uint32_t position_of(const Process *p, Term key, uint32_t hash)
{
    const Dict *d = &p->dict;
    if (d->index == NULL) {
        for (uint32_t i = 0; i < d->count; i++) {
            if (is_key(d->pairs[2 * i], key)) return i;
        }
        return NOWHERE;
    }
    uint32_t mask = d->index_size - 1;
    for (uint32_t i = hash & mask; d->index[i] != 0; i = (i + 1) & mask) {
        uint32_t at = slot_position(d->index[i]);
        if (d->hashes[at] == hash && is_key(d->pairs[2 * at], key)) return at;
    }
    return NOWHERE;
}

static void index_add(Dict *d, uint32_t hash, uint32_t position)
{
    uint32_t mask = d->index_size - 1, i = hash & mask;
    while (d->index[i] != 0) i = (i + 1) & mask;
    d->index[i] = slot_make(hash, position);
}

static uint32_t index_slot(const Dict *d, uint32_t position)
{
    uint32_t mask = d->index_size - 1, i = d->hashes[position] & mask;
    while (slot_position(d->index[i]) != position) i = (i + 1) & mask;
    return i;
}

// Empties slot i and moves later members of its run back, so that none is lost.
static void index_remove(Dict *d, uint32_t i)
{
    uint32_t mask = d->index_size - 1;
    for (uint32_t j = (i + 1) & mask; d->index[j] != 0; j = (j + 1) & mask) {
        uint32_t home = (uint32_t)(d->index[j] >> 32) & mask;
        if (((j - home) & mask) < ((j - i) & mask)) continue;
        d->index[i] = d->index[j];
        i = j;
    }
    d->index[i] = 0;
}

// The parts of a dictionary of one capacity; small ones have no index.
static bool parts_alloc(Arena *a, uint32_t capacity, Dict *d)
{
    bool indexed = capacity > LINEAR_PAIRS;
    *d = (Dict){.capacity = capacity, .index_size = indexed ? 2 * capacity : 0};
    d->pairs = arena_alloc(a, 2 * (size_t)capacity * sizeof(Term));
    if (indexed) {
        d->index = arena_calloc(a, d->index_size, sizeof(uint64_t));
        d->hashes = arena_alloc(a, capacity * sizeof(uint32_t));
    }
    return d->pairs != NULL && (!indexed || (d->index != NULL && d->hashes != NULL));
}

static void parts_free(Arena *a, const Dict *d)
{
    if (d->pairs != NULL) arena_free(a, d->pairs, 2 * (size_t)d->capacity * sizeof(Term));
    if (d->index != NULL) arena_free(a, d->index, d->index_size * sizeof(uint64_t));
    if (d->hashes != NULL) arena_free(a, d->hashes, d->capacity * sizeof(uint32_t));
}

static Status grow(Process *p)
{
    Dict *d = &p->dict, bigger;
    Arena *a = &p->iso->space.arena;
    uint32_t capacity = d->capacity == 0 ? FIRST_PAIRS : d->capacity * 2;
    if (capacity > UINT32_MAX / 4) return ST_LIMIT;
    if (!parts_alloc(a, capacity, &bigger)) {
        parts_free(a, &bigger);
        return ST_NOMEM;
    }
    bigger.count = d->count;
    paced_copy(bigger.pairs, d->pairs, 2 * (size_t)d->count * sizeof(Term));
    Pace work = PACE_START;
    for (uint32_t i = 0; bigger.index != NULL && i < d->count; i++, (void)pace(&work, 16)) {
        bigger.hashes[i] = d->hashes != NULL ? d->hashes[i] : hash_of(p, d->pairs[2 * i]);
        index_add(&bigger, bigger.hashes[i], i);
    }
    parts_free(a, d);
    *d = bigger;
    return ST_OK;
}

Term dict_get(const Process *p, Term key)
{
    if (p->dict.count == 0) return TERM_NONE;
    uint32_t at = position_of(p, key, p->dict.index != NULL ? hash_of(p, key) : 0);
    return at == NOWHERE ? TERM_NONE : p->dict.pairs[2 * at + 1];
}

Status dict_put(Process *p, Term key, Term value, Term *old)
{
    Dict *d = &p->dict;
    uint32_t hash = d->index != NULL || d->count >= LINEAR_PAIRS ? hash_of(p, key) : 0;
    uint32_t at = position_of(p, key, hash);
    *old = at == NOWHERE ? TERM_NONE : d->pairs[2 * at + 1];
    if (at != NOWHERE) {
        d->pairs[2 * at + 1] = value;
        return ST_OK;
    }
    if (d->count == d->capacity) TRY(grow(p));
    d->pairs[2 * d->count] = key;
    d->pairs[2 * d->count + 1] = value;
    if (d->index != NULL) {
        d->hashes[d->count] = hash;
        index_add(d, hash, d->count);
    }
    d->count++;
    return ST_OK;
}

Term dict_erase(Process *p, Term key)
{
    Dict *d = &p->dict;
    if (d->count == 0) return TERM_NONE;
    uint32_t at = position_of(p, key, d->index != NULL ? hash_of(p, key) : 0);
    if (at == NOWHERE) return TERM_NONE;
    Term old = d->pairs[2 * at + 1];
    uint32_t last = --d->count;
    if (d->index != NULL) {
        index_remove(d, index_slot(d, at));
        if (last != at) d->index[index_slot(d, last)] = slot_make(d->hashes[last], at);
        d->hashes[at] = d->hashes[last];
    }
    d->pairs[2 * at] = d->pairs[2 * last];
    d->pairs[2 * at + 1] = d->pairs[2 * last + 1];
    if (d->count == 0) dict_clear(p);
    return old;
}

void dict_clear(Process *p)
{
    parts_free(&p->iso->space.arena, &p->dict);
    p->dict = (Dict){0};
}
