// SPDX-License-Identifier: Apache-2.0
// base/hashmap.c - see hashmap.h.

#include "base/hashmap.h"

#include <string.h>

#include "base/fiber.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_u64(uint64_t key, uint64_t seed)
{
    return XXH3_64bits_withSeed(&key, sizeof key, seed);
}

uint64_t hash_bytes(const void *p, size_t len, uint64_t seed)
{
    return XXH3_64bits_withSeed(p, len, seed);
}

static size_t slots_bytes(size_t count)
{
    return count * (sizeof(HashSlot) + 1);  // count came through grow's check
}

static uint8_t *marks_of(const HashMap *m) { return (uint8_t *)(m->slots + m->count); }

void hashmap_init(HashMap *m, Arena *arena, uint64_t seed)
{
    *m = (HashMap){.arena = arena, .seed = seed};
}

void hashmap_clear(HashMap *m)
{
    arena_free(m->arena, m->slots, slots_bytes(m->count));
    hashmap_init(m, m->arena, m->seed);
}

// Where the key is or belongs; the table is not empty. Ends because of H1.
static size_t slot_of(const HashMap *m, uint64_t key)
{
    const uint8_t *marks = marks_of(m);
    size_t mask = m->count - 1;
    size_t i = (size_t)hash_u64(key, m->seed) & mask;
    while (marks[i] && m->slots[i].key != key) i = (i + 1) & mask;
    return i;
}

static NOINLINE Status grow(HashMap *m)
{
    HashMap bigger = *m;
    size_t bytes;
    if (m->count == 0) {
        bigger.count = 8;
    } else if (mul_overflows(m->count, 2, &bigger.count)) {
        return ST_NOMEM;
    }
    if (mul_overflows(bigger.count, sizeof(HashSlot) + 1, &bytes)) return ST_NOMEM;
    bigger.slots = arena_alloc(m->arena, bytes);
    if (bigger.slots == NULL) return ST_NOMEM;
    memset(marks_of(&bigger), 0, bigger.count);
    Pace work = PACE_START;
    for (size_t i = 0; i < m->count; i++) {
        // A table of a sandbox: no lock is held (F2).
        if (m->arena != NULL) (void)pace(&work, 64);
        if (!marks_of(m)[i]) continue;
        size_t at = slot_of(&bigger, m->slots[i].key);
        bigger.slots[at] = m->slots[i];
        marks_of(&bigger)[at] = 1;
    }
    arena_free(m->arena, m->slots, slots_bytes(m->count));
    *m = bigger;
    return ST_OK;
}

bool hashmap_get(const HashMap *m, uint64_t key, uint64_t *value)
{
    if (m->used == 0) return false;
    size_t i = slot_of(m, key);
    if (!marks_of(m)[i]) return false;
    if (value != NULL) *value = m->slots[i].value;
    return true;
}

uint64_t *hashmap_at(HashMap *m, uint64_t key, uint64_t initial)
{
    if (m->count != 0) {
        size_t i = slot_of(m, key);
        if (marks_of(m)[i]) return &m->slots[i].value;
    }
    if ((m->used + 1) * 4 > m->count * 3 && grow(m) != ST_OK) return NULL;
    size_t i = slot_of(m, key);
    m->slots[i] = (HashSlot){key, initial};
    marks_of(m)[i] = 1;
    m->used++;
    return &m->slots[i].value;
}

Status hashmap_put(HashMap *m, uint64_t key, uint64_t value)
{
    uint64_t *place = hashmap_at(m, key, value);
    if (place == NULL) return ST_NOMEM;
    *place = value;
    return ST_OK;
}

bool hashmap_remove(HashMap *m, uint64_t key, uint64_t *value)
{
    if (m->used == 0) return false;
    uint8_t *marks = marks_of(m);
    size_t mask = m->count - 1, hole = slot_of(m, key);
    if (!marks[hole]) return false;
    if (value != NULL) *value = m->slots[hole].value;
    for (size_t i = (hole + 1) & mask; marks[i]; i = (i + 1) & mask) {
        size_t home = (size_t)hash_u64(m->slots[i].key, m->seed) & mask;
        // Movable unless its home lies cyclically in (hole, i].
        if (((i - home) & mask) >= ((i - hole) & mask)) {
            m->slots[hole] = m->slots[i];
            hole = i;
        }
    }
    marks[hole] = 0;
    m->used--;
    return true;
}

bool hashmap_next(const HashMap *m, size_t *iterator, uint64_t *key, uint64_t *value)
{
    for (size_t i = *iterator; i < m->count; i++) {
        if (!marks_of(m)[i]) continue;
        if (key != NULL) *key = m->slots[i].key;
        if (value != NULL) *value = m->slots[i].value;
        *iterator = i + 1;
        return true;
    }
    *iterator = m->count;
    return false;
}

void strmap_init(StrMap *m, Arena *arena, uint64_t seed)
{
    *m = (StrMap){.arena = arena, .seed = seed};
}

void strmap_clear(StrMap *m)
{
    arena_free(m->arena, m->slots, m->count * sizeof *m->slots);
    strmap_init(m, m->arena, m->seed);
}

static size_t str_slot_of(const StrMap *m, const void *key, size_t len, uint64_t hash)
{
    size_t mask = m->count - 1, i = (size_t)hash & mask;
    for (;; i = (i + 1) & mask) {
        const StrSlot *s = &m->slots[i];
        if (s->key == NULL) return i;
        if (s->hash == hash && s->len == len && memcmp(s->key, key, len) == 0) return i;
    }
}

static NOINLINE Status str_grow(StrMap *m)
{
    StrMap bigger = *m;
    if (m->count == 0) {
        bigger.count = 8;
    } else if (mul_overflows(m->count, 2, &bigger.count)) {
        return ST_NOMEM;
    }
    bigger.slots = arena_calloc(m->arena, bigger.count, sizeof *m->slots);
    if (bigger.slots == NULL) return ST_NOMEM;
    for (size_t i = 0; i < m->count; i++) {
        const StrSlot *s = &m->slots[i];
        if (s->key != NULL) bigger.slots[str_slot_of(&bigger, s->key, s->len, s->hash)] = *s;
    }
    arena_free(m->arena, m->slots, m->count * sizeof *m->slots);
    *m = bigger;
    return ST_OK;
}

// An empty key still needs an address that is not NULL.
static const uint8_t *key_address(const void *key, size_t len)
{
    static const uint8_t empty;
    return len == 0 ? &empty : key;
}

bool strmap_get(const StrMap *m, const void *key, size_t len, uint64_t *value)
{
    if (m->used == 0) return false;
    key = key_address(key, len);
    const StrSlot *s = &m->slots[str_slot_of(m, key, len, hash_bytes(key, len, m->seed))];
    if (s->key == NULL) return false;
    if (value != NULL) *value = s->value;
    return true;
}

Status strmap_put(StrMap *m, const void *key, size_t len, uint64_t value)
{
    key = key_address(key, len);
    uint64_t hash = hash_bytes(key, len, m->seed);
    if (m->count != 0) {
        StrSlot *s = &m->slots[str_slot_of(m, key, len, hash)];
        if (s->key != NULL) {
            s->value = value;
            return ST_OK;
        }
    }
    if ((m->used + 1) * 4 > m->count * 3) TRY(str_grow(m));
    m->slots[str_slot_of(m, key, len, hash)] = (StrSlot){key, len, hash, value};
    m->used++;
    return ST_OK;
}

bool strmap_remove(StrMap *m, const void *key, size_t len, uint64_t *value)
{
    if (m->used == 0) return false;
    key = key_address(key, len);
    size_t mask = m->count - 1;
    size_t hole = str_slot_of(m, key, len, hash_bytes(key, len, m->seed));
    if (m->slots[hole].key == NULL) return false;
    if (value != NULL) *value = m->slots[hole].value;
    for (size_t i = (hole + 1) & mask; m->slots[i].key != NULL; i = (i + 1) & mask) {
        size_t home = (size_t)m->slots[i].hash & mask;
        if (((i - home) & mask) >= ((i - hole) & mask)) {
            m->slots[hole] = m->slots[i];
            hole = i;
        }
    }
    m->slots[hole].key = NULL;
    m->used--;
    return true;
}

bool strmap_next(const StrMap *m, size_t *iterator, const StrSlot **slot)
{
    for (size_t i = *iterator; i < m->count; i++) {
        if (m->slots[i].key == NULL) continue;
        *slot = &m->slots[i];
        *iterator = i + 1;
        return true;
    }
    *iterator = m->count;
    return false;
}
