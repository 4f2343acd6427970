// SPDX-License-Identifier: Apache-2.0
// heap/etf_maps.c - what is left to do for maps when their pairs are decoded.
//
// A flat map is sorted in place. The pairs of a large one are the leaves of its
// trie already; the inner nodes are built above them from the bottom up: the
// leaves of a node are split by four bits of their hash, what falls together is
// a node of its own one level down.

#include "base/fiber.h"
#include "heap/etf_int.h"
#include "term/compare.h"
#include "term/hash.h"

// ---- flat maps --------------------------------------------------------------------

static EtfResult finish_flat(Term *map, int64_t *budget)
{
    size_t n = map_header_words(map[0]) - 1;
    Term *values = map + 2, *keys = map + FLAT_MAP_WORDS(n);
    map[1] = make_boxed(keys++);
    for (size_t i = 1; i < n; i++) {
        Term key = keys[i], value = values[i];
        size_t k = i;
        for (; k > 0; k--) {
            int order = compare_slow(keys[k - 1], key, COMPARE_EXACT, budget);
            if (order == 0) return ETF_BAD;
            if (order < 0) break;
            keys[k] = keys[k - 1];
            values[k] = values[k - 1];
        }
        keys[k] = key;
        values[k] = value;
    }
    return ETF_OK;
}

// ---- tries -----------------------------------------------------------------------------

typedef struct Leaf {
    Term *pair;
    uint32_t hash;  // shifted to the level that it is looked at
} Leaf;

// A node whose children are being built.
typedef struct Level {
    size_t first[17];  // children i has leaves [first[i], first[i + 1])
    unsigned slot;     // goes on here
    unsigned count, bitmap;
    Term child[16];
} Level;

struct EtfTrie {
    size_t n, hashed;
    Leaf *leaves, *spare;
    unsigned depth;
    Level levels[HAMT_MAX_LEVEL];
};

static EtfResult trie_new(EtfDecoder *d, size_t n)
{
    EtfTrie *t = arena_alloc(d->arena, sizeof *t);
    if (t == NULL) return ETF_NOMEM;
    t->n = n;
    t->hashed = t->depth = 0;
    t->leaves = arena_alloc(d->arena, n * sizeof(Leaf));
    t->spare = arena_alloc(d->arena, n * sizeof(Leaf));
    d->trie = t;
    return t->leaves == NULL || t->spare == NULL ? ETF_NOMEM : ETF_OK;
}

void etf_trie_free(EtfDecoder *d)
{
    EtfTrie *t = d->trie;
    if (t == NULL) return;
    arena_free(d->arena, t->leaves, t->n * sizeof(Leaf));
    arena_free(d->arena, t->spare, t->n * sizeof(Leaf));
    arena_free(d->arena, t, sizeof *t);
    d->trie = NULL;
}

static void sift_down(Leaf *leaves, size_t at, size_t n, int64_t *budget)
{
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && compare_slow(leaves[child].pair[0], leaves[child + 1].pair[0],
                                          COMPARE_EXACT, budget) < 0)
            child++;
        if (compare_slow(leaves[at].pair[0], leaves[child].pair[0], COMPARE_EXACT, budget) >= 0)
            return;
        Leaf l = leaves[at];
        leaves[at] = leaves[child];
        leaves[child] = l;
    }
}

// Do two of these leaves have equal keys? Sorts them (heap sort: no recursion
// and no bad case that could be provoked).
static bool has_duplicates(Leaf *leaves, size_t n, int64_t *budget)
{
    for (size_t i = n / 2; i > 0; i--) sift_down(leaves, i - 1, n, budget);
    for (size_t end = n - 1; end > 0; end--) {
        Leaf l = leaves[0];
        leaves[0] = leaves[end];
        leaves[end] = l;
        sift_down(leaves, 0, end, budget);
    }
    for (size_t i = 1; i < n; i++)
        if (compare_slow(leaves[i - 1].pair[0], leaves[i].pair[0], COMPARE_EXACT, budget) == 0)
            return true;
    return false;
}

// Begins the node of leaves [from, to) at the next level: orders them by slot.
static EtfResult enter(EtfTrie *t, size_t from, size_t to, int64_t *budget)
{
    unsigned level = t->depth;
    // Whole hashes are equal: keys that are cannot be told apart further down.
    if (level == 8 && has_duplicates(t->leaves + from, to - from, budget)) return ETF_BAD;
    if (level == HAMT_MAX_LEVEL) return ETF_LIMIT;
    Level *l = &t->levels[t->depth++];
    size_t at[16] = {0};
    Pace work = PACE_START;
    for (size_t i = from; i < to; i++, (void)pace(&work, 8)) {
        Leaf *leaf = &t->leaves[i];
        if (level > 0) leaf->hash = hash_hamt_down(leaf->hash, leaf->pair[0], level);
        at[leaf->hash & 15]++;
        t->spare[i] = *leaf;
    }
    l->first[0] = from;
    for (unsigned i = 0; i < 16; i++) {
        l->first[i + 1] = l->first[i] + at[i];
        at[i] = l->first[i];
    }
    for (size_t i = from; i < to; i++, (void)pace(&work, 8))
        t->leaves[at[t->spare[i].hash & 15]++] = t->spare[i];
    l->slot = l->count = l->bitmap = 0;
    *budget -= (int64_t)((to - from) / 8);
    return ETF_OK;
}

static Term *node_room(EtfDecoder *d, size_t words)
{
    if ((size_t)(d->hp_end - d->hp) >= words) {
        Term *at = d->hp;
        d->hp += words;
        return at;
    }
    return d->heap == NULL ? NULL : heap_alloc(d->heap, words);
}

// The node of the innermost level, whose children are all there.
static Term make_node(EtfDecoder *d, EtfTrie *t)
{
    Level *l = &t->levels[--t->depth];
    bool root = t->depth == 0;
    Term *at = node_room(d, 1 + root + l->count);
    if (at == NULL) return TERM_NONE;
    at[0] = MAP_HEADER(root ? MAP_HEAD : MAP_NODE, l->bitmap, root + l->count);
    if (root) at[1] = make_small((int64_t)t->n);
    memcpy(at + 1 + root, l->child, l->count * sizeof(Term));
    return make_boxed(at);
}

static void add_child(Level *l, unsigned slot, Term child)
{
    l->bitmap |= 1u << slot;
    l->child[l->count++] = child;
}

static EtfResult build_nodes(EtfDecoder *d, EtfTrie *t, Term *out, int64_t *budget)
{
    while (t->depth > 0) {
        if (--*budget < 0) return ETF_MORE;
        Level *l = &t->levels[t->depth - 1];
        if (l->slot == 16) {
            Term node = make_node(d, t);
            if (node == TERM_NONE) return d->heap == NULL ? ETF_LIMIT : ETF_NOMEM;
            *out = node;
            if (t->depth > 0) {
                Level *up = &t->levels[t->depth - 1];
                add_child(up, up->slot - 1, node);
            }
            continue;
        }
        unsigned slot = l->slot++;
        size_t from = l->first[slot], n = l->first[slot + 1] - from;
        if (n == 1) add_child(l, slot, make_cons(t->leaves[from].pair));
        EtfResult r = n > 1 ? enter(t, from, from + n, budget) : ETF_OK;
        if (r != ETF_OK) return r;
    }
    return ETF_OK;
}

static EtfResult finish_trie(EtfDecoder *d, Term *record, int64_t *budget)
{
    size_t n = map_header_words(record[0]);
    EtfResult r = d->trie == NULL ? trie_new(d, n) : ETF_OK;
    if (r != ETF_OK) return r;
    EtfTrie *t = d->trie;
    for (; t->hashed < n; t->hashed++) {
        if (--*budget < 0) return ETF_MORE;
        Term *pair = record + ETF_LARGE_MAP_RECORD + 2 * t->hashed;
        t->leaves[t->hashed] = (Leaf){pair, hash_hamt(pair[0], 0)};
    }
    if (t->depth == 0) r = enter(t, 0, n, budget);
    if (r == ETF_OK) r = build_nodes(d, t, (Term *)record[2], budget);
    if (r == ETF_OK) etf_trie_free(d);
    return r;
}

EtfResult etf_finish_map(EtfDecoder *d, Term *record, int64_t *budget)
{
    if (map_header_shape(record[0]) == MAP_FLAT) return finish_flat(record, budget);
    return finish_trie(d, record, budget);
}
