// SPDX-License-Identifier: Apache-2.0
// heap/hamt_build.c - a map from many pairs at once.
//
// Leaves are sorted by their hash, the slot of the highest level first, and the
// trie is built from the bottom up. A hash covers eight levels; leaves that agree
// on all of them are sorted again by the hash of the next eight. Recursion is
// over levels only and ends at HAMT_MAX_LEVEL.

#include "base/fiber.h"
#include "heap/map_int.h"
#include "term/compare.h"

#define DROPPED UINT32_MAX

typedef struct Leaf {
    uint32_t hash;   // as hash_hamt gives it at the first level of `block`
    uint32_t index;  // of the pair, or DROPPED: a later pair has the key
    uint32_t block;
} Leaf;

typedef struct Build {
    Heap *heap;
    const Term *kv;
    Leaf *leaves, *other;  // other: scratch of the same size
    Term *cells;           // leaf i of the result is at cells + 2 * i
    bool duplicates;
    bool refused;
    Pace work;
} Build;

// The lowest four bits are the first slot: they decide first.
static inline uint32_t sort_key(uint32_t hash)
{
    uint32_t h = __builtin_bswap32(hash);
    return (h & 0x0F0F0F0F) << 4 | (h >> 4 & 0x0F0F0F0F);
}

// Stable, by sort_key.
static void sort_leaves(Build *b, size_t from, size_t n)
{
    Leaf *a = b->leaves + from, *to = b->other + from;
    if (n <= 16) {
        for (size_t i = 1; i < n; i++) {
            Leaf l = a[i];
            size_t j = i;
            for (; j > 0 && sort_key(a[j - 1].hash) > sort_key(l.hash); j--) a[j] = a[j - 1];
            a[j] = l;
        }
        return;
    }
    for (unsigned shift = 0; shift < 32; shift += 8) {
        size_t count[257] = {0};
        for (size_t i = 0; i < n; i++, (void)pace(&b->work, 1))
            count[(sort_key(a[i].hash) >> shift & 255) + 1]++;
        for (size_t i = 1; i < 256; i++) count[i] += count[i - 1];
        for (size_t i = 0; i < n; i++, (void)pace(&b->work, 2))
            to[count[sort_key(a[i].hash) >> shift & 255]++] = a[i];
        Leaf *t = a;
        a = to, to = t;
    }
}

static inline Term key_of(const Build *b, size_t i)
{
    return b->kv[2 * (size_t)b->leaves[i].index];
}

static void hash_range(Build *b, size_t from, size_t n, uint32_t block)
{
    for (size_t i = from; i < from + n; i++, (void)pace(&b->work, 8)) {
        b->leaves[i].hash = hash_hamt(key_of(b, i), block * 8);
        b->leaves[i].block = block;
    }
    sort_leaves(b, from, n);
}

// Marks all but the last of equal keys among leaves of one hash, comparing each
// with the few different ones before it. False: there are too many of these.
static bool drop_equal(Build *b, size_t from, size_t n)
{
    enum { FEW = 4 };
    size_t kept[FEW], count = 0;
    for (size_t i = from; i < from + n; i++, (void)pace(&b->work, 8)) {
        size_t k = 0;
        while (k < count && !equal_exact(key_of(b, kept[k]), key_of(b, i))) k++;
        if (k < count) {
            b->duplicates = true;
            b->leaves[kept[k]].index = b->leaves[i].index;
            b->leaves[i].index = DROPPED;
        } else if (count == FEW) {
            return false;
        } else {
            kept[count++] = i;
        }
    }
    return true;
}

// Moves dropped leaves of a range to its end; returns how many remain.
static size_t squeeze(Build *b, size_t from, size_t n)
{
    size_t to = from;
    for (size_t i = from; i < from + n; i++, (void)pace(&b->work, 2)) {
        if (b->leaves[i].index == DROPPED) continue;
        Leaf l = b->leaves[i];
        b->leaves[i].index = DROPPED;
        b->leaves[to++] = l;
    }
    return to - from;
}

// Sorts a range whose leaves agree on all levels before `block`, and drops keys
// that come again.
static void sort_range(Build *b, size_t from, size_t n, uint32_t block)
{
    if (block * 8 > HAMT_MAX_LEVEL) {
        b->refused = true;
        return;
    }
    hash_range(b, from, n, block);
    for (size_t i = from; i < from + n; (void)pace(&b->work, 2)) {
        size_t end = i + 1;
        while (end < from + n && b->leaves[end].hash == b->leaves[i].hash) end++;
        if (end - i > 1) {
            bool few = drop_equal(b, i, end - i);
            size_t left = squeeze(b, i, end - i);
            if (left > 1 || !few) sort_range(b, i, left, block + 1);
        }
        i = end;
    }
}

// The slot of leaf i at `level`.
static unsigned slot_at(const Build *b, size_t i, unsigned level)
{
    const Leaf *l = &b->leaves[i];
    if (level / 8 == l->block) return l->hash >> 4 * (level & 7) & 15;
    return hash_hamt(key_of(b, i), level) & 15;
}

// What stands for leaves [from, from + n) in a slot above `level`.
static Term build_range(Build *b, size_t from, size_t n, unsigned level, bool head)
{
    if (n == 1 && !head) return make_cons(b->cells + 2 * from);
    if (level > HAMT_MAX_LEVEL) return TERM_NONE;
    Term children[16];
    unsigned bitmap = 0;
    size_t count = 0;
    for (size_t i = from; i < from + n;) {
        unsigned slot = slot_at(b, i, level);
        if (bitmap >> slot & 1) return TERM_NONE;  // no longer sorted: hashes have changed (K3)
        size_t end = i + 1;
        for (; end < from + n && slot_at(b, end, level) == slot; end++) (void)pace(&b->work, 2);
        children[count] = build_range(b, i, end - i, level + 1, false);
        if (children[count] == TERM_NONE) return TERM_NONE;
        count++;
        bitmap |= 1u << slot;
        i = end;
    }
    size_t fixed = head ? 2 : 1;
    Term *node = heap_alloc(b->heap, fixed + count);
    if (node == NULL) return TERM_NONE;
    node[0] = MAP_HEADER(head ? MAP_HEAD : MAP_NODE, bitmap, fixed - 1 + count);
    if (head) node[1] = make_small((int64_t)n);
    memcpy(node + fixed, children, count * sizeof(Term));
    return make_boxed(node);
}

static Term build_map(Build *b, size_t n)
{
    if (n <= FLAT_MAP_MAX) {
        Term kv[2 * FLAT_MAP_MAX];
        for (size_t i = 0; i < n; i++) {
            kv[2 * i] = key_of(b, i);
            kv[2 * i + 1] = b->kv[2 * (size_t)b->leaves[i].index + 1];
        }
        return flat_from_unsorted(b->heap, kv, n);
    }
    b->cells = heap_alloc(b->heap, 2 * n);
    if (b->cells == NULL) return TERM_NONE;
    for (size_t i = 0; i < n; i++, (void)pace(&b->work, 4)) {
        b->cells[2 * i] = key_of(b, i);
        b->cells[2 * i + 1] = b->kv[2 * (size_t)b->leaves[i].index + 1];
    }
    return build_range(b, 0, n, 0, true);
}

Term hamt_from_pairs(Heap *h, const Term *kv, size_t n, bool *duplicates)
{
    if (n >= DROPPED) return TERM_NONE;
    Arena *arena = &h->space->arena;
    size_t bytes = 2 * n * sizeof(Leaf);
    Build b = {.heap = h, .kv = kv, .leaves = arena_alloc(arena, bytes), .work = PACE_START};
    if (b.leaves == NULL) return TERM_NONE;
    b.other = b.leaves + n;
    for (size_t i = 0; i < n; i++, (void)pace(&b.work, 1)) b.leaves[i].index = (uint32_t)i;
    sort_range(&b, 0, n, 0);
    size_t left = squeeze(&b, 0, n);
    Term map = b.refused ? TERM_NONE : build_map(&b, left);
    arena_free(arena, b.leaves, bytes);
    if (duplicates != NULL) *duplicates = b.duplicates;
    return map;
}
