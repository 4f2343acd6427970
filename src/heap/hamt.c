// SPDX-License-Identifier: Apache-2.0
// heap/hamt.c - maps of more than 32 pairs: hash tries, four bits a level.
//
// The shape of a trie depends on its keys alone: a leaf stands at the first level
// where no other key shares its slots. Keys that share many levels hang on a
// chain of nodes with one child. HAMT_MAX_LEVEL bounds it: below HAMT_KEYED_LEVEL
// hashes are such that guests cannot make keys that stay together, and should two
// do so nevertheless, the map refuses the second as if memory had run out.

#include "base/fiber.h"
#include "heap/map_int.h"
#include "term/compare.h"

static inline bool same_key(Term a, Term b)
{
    return a == b || (is_pointer(a) && is_pointer(b) && equal_exact(a, b));
}

// ---- descending ---------------------------------------------------------------------
// The nodes from the root down to where a key is, or would be.
typedef struct Trail {
    const Term *node[HAMT_MAX_LEVEL + 1];
    unsigned bit[HAMT_MAX_LEVEL + 1];
    unsigned last;   // index of the lowest node
    uint32_t hash;   // of the key, for its level
    Term leaf;       // in the slot of the lowest node, or TERM_NONE: empty slot
    bool found;      // leaf has the key
} Trail;

static void follow(Trail *t, Term map, Term key)
{
    const Term *p = boxed_ptr(map);
    t->hash = hash_hamt(key, 0);
    for (unsigned level = 0;; level++, t->hash = hash_hamt_down(t->hash, key, level)) {
        unsigned bitmap = map_header_bitmap(*p), bit = slot_bit(t->hash);
        t->node[level] = p;
        t->bit[level] = bit;
        t->last = level;
        t->leaf = TERM_NONE;
        t->found = false;
        if ((bitmap & bit) == 0) return;
        Term child = node_children(p)[child_index(bitmap, bit)];
        if (is_cons(child)) {
            t->leaf = child;
            t->found = same_key(cons_head(child), key);
            return;
        }
        p = boxed_ptr(child);
    }
}

Term hamt_get(Term map, Term key)
{
    const Term *p = boxed_ptr(map);
    uint32_t hash = hash_hamt(key, 0);
    for (unsigned level = 0;;) {
        unsigned bitmap = map_header_bitmap(*p), bit = slot_bit(hash);
        if ((bitmap & bit) == 0) return TERM_NONE;
        Term child = node_children(p)[child_index(bitmap, bit)];
        if (is_cons(child)) return same_key(cons_head(child), key) ? cons_tail(child) : TERM_NONE;
        p = boxed_ptr(child);
        level++;
        hash = hash_hamt_down(hash, key, level);
    }
}

// ---- building -----------------------------------------------------------------------
size_t hamt_pair_words(HamtPair *pair, uint32_t ha, Term a, uint32_t hb, Term b, unsigned level)
{
    pair->length = 0;
    while (((ha ^ hb) & 15) == 0) {
        if (++level > HAMT_MAX_LEVEL) return 0;
        pair->slots[pair->length++] = ha & 15;
        ha = hash_hamt_down(ha, cons_head(a), level);
        hb = hash_hamt_down(hb, cons_head(b), level);
    }
    pair->slot_a = ha & 15, pair->slot_b = hb & 15;
    return 3 + 2 * (size_t)pair->length;
}

Term hamt_pair_at(Term **hp, const HamtPair *pair, Term a, Term b)
{
    Term top = TERM_NONE, *link = &top;
    for (unsigned i = 0; i < pair->length; i++) {
        Term *node = *hp;
        *hp += 2;
        node[0] = MAP_HEADER(MAP_NODE, slot_bit(pair->slots[i]), 1);
        *link = make_boxed(node);
        link = node + 1;
    }
    Term *node = *hp;
    *hp += 3;
    node[0] = MAP_HEADER(MAP_NODE, slot_bit(pair->slot_a) | slot_bit(pair->slot_b), 2);
    bool a_first = pair->slot_a < pair->slot_b;
    node[1] = a_first ? a : b;
    node[2] = a_first ? b : a;
    *link = make_boxed(node);
    return top;
}

// A copy of a node in which the child of `bit` is `child`, or is added.
static Term with_child(Term **hp, const Term *node, unsigned bit, Term child)
{
    Term *to = *hp;
    unsigned bitmap = map_header_bitmap(*node), index = child_index(bitmap, bit);
    bool added = (bitmap & bit) == 0;
    size_t fixed = (size_t)(node_children(node) - node), n = (size_t)__builtin_popcount(bitmap);
    to[0] = MAP_HEADER(map_header_shape(*node), bitmap | bit, fixed - 1 + n + added);
    memcpy(to + 1, node + 1, (fixed - 1 + index) * sizeof(Term));
    to[fixed + index] = child;
    size_t rest = n - index - !added;
    memcpy(to + fixed + index + 1, node + fixed + index + !added, rest * sizeof(Term));
    *hp = to + fixed + n + added;
    return make_boxed(to);
}

// Rebuilds the nodes above t->node[level], whose place `child` takes.
static Term rebuild(Term **hp, const Trail *t, unsigned level, Term child, int64_t growth)
{
    while (level-- > 0) child = with_child(hp, t->node[level], t->bit[level], child);
    Term *head = boxed_ptr(child);
    head[1] = make_small(small_value(head[1]) + growth);
    return child;
}

static size_t trail_words(const Trail *t, unsigned levels)
{
    size_t words = 0;
    for (unsigned i = 0; i < levels; i++) words += boxed_words(*t->node[i]);
    return words;
}

Term hamt_put(Heap *h, Term map, Term key, Term value, bool must_exist, Term *old)
{
    Trail t;
    follow(&t, map, key);
    *old = t.found ? cons_tail(t.leaf) : TERM_NONE;
    if (t.found && *old == value) return map;
    if (!t.found && must_exist) return TERM_NONE;

    size_t words = 2 + trail_words(&t, t.last + 1) + (t.leaf == TERM_NONE);
    HamtPair pair;
    ALIGNED(16) Term cell[2] = {key, value};
    bool split = t.leaf != TERM_NONE && !t.found;
    if (split) {
        if (t.last == HAMT_MAX_LEVEL) return TERM_NONE;
        uint32_t other = hash_hamt(cons_head(t.leaf), t.last + 1);
        t.hash = hash_hamt_down(t.hash, key, t.last + 1);
        size_t n = hamt_pair_words(&pair, t.hash, make_cons(cell), other, t.leaf, t.last + 1);
        if (n == 0) return TERM_NONE;
        words += n;
    }
    Term *hp = heap_alloc(h, words);
    if (hp == NULL) return TERM_NONE;
    Term child = leaf_at(&hp, key, value);
    if (split) child = hamt_pair_at(&hp, &pair, child, t.leaf);
    return rebuild(&hp, &t, t.last + 1, child, !t.found);
}

// ---- removing -----------------------------------------------------------------------
static Term to_flat_without(Heap *h, Term map, Term leaf)
{
    Term kv[2 * FLAT_MAP_MAX];
    size_t n = 0;
    MapIter it;
    map_iter_init(&it, map);
    for (Term key, value; map_iter_next(&it, &key, &value);) {
        if (key == cons_head(leaf)) continue;
        kv[2 * n] = key, kv[2 * n + 1] = value;
        n++;
    }
    return flat_from_unsorted(h, kv, n);
}

static Term without_child(Term **hp, const Term *node, unsigned bit)
{
    Term *to = *hp;
    unsigned bitmap = map_header_bitmap(*node), index = child_index(bitmap, bit);
    size_t fixed = (size_t)(node_children(node) - node), n = (size_t)__builtin_popcount(bitmap);
    to[0] = MAP_HEADER(map_header_shape(*node), bitmap & ~bit, fixed - 1 + n - 1);
    memcpy(to + 1, node + 1, (fixed - 1 + index) * sizeof(Term));
    memcpy(to + fixed + index, node + fixed + index + 1, (n - index - 1) * sizeof(Term));
    *hp = to + fixed + n - 1;
    return make_boxed(to);
}

Term hamt_remove(Heap *h, Term map, Term key, Term *value)
{
    Trail t;
    follow(&t, map, key);
    if (!t.found) return map;
    *value = cons_tail(t.leaf);
    if (map_size(map) == FLAT_MAP_MAX + 1) return to_flat_without(h, map, t.leaf);

    size_t words = trail_words(&t, t.last + 1);
    Term *start = heap_alloc(h, words), *hp = start;
    if (hp == NULL) return TERM_NONE;
    const Term *node = t.node[t.last];
    unsigned level = t.last;
    Term child;
    if (level > 0 && map_header_words(*node) == 2 && is_cons(node[1]) && is_cons(node[2])) {
        // The other leaf moves up to where it no longer shares its slots.
        child = node[1] == t.leaf ? node[2] : node[1];
        while (level > 1 && map_header_words(*t.node[level - 1]) == 1) level--;
    } else {
        child = without_child(&hp, node, t.bit[level]);
    }
    Term result = rebuild(&hp, &t, level, child, -1);
    heap_shrink(h, start, words, (size_t)(hp - start));
    return result;
}

// ---- merging ------------------------------------------------------------------------
// Descends both tries side by side. Parts that only one has are shared. The
// recursion ends at HAMT_MAX_LEVEL.
typedef struct Merge {
    Heap *heap;
    size_t both;  // keys that are in both
    Pace work;
} Merge;

static Term merge_children(Merge *m, Term a, Term b, unsigned level);

// The leaf into the node, which is at `level`; leaf_wins: its value counts.
static Term merge_leaf(Merge *m, Term leaf, Term node, unsigned level, bool leaf_wins)
{
    (void)pace(&m->work, 64);
    const Term *trail[HAMT_MAX_LEVEL + 1];
    unsigned bits[HAMT_MAX_LEVEL + 1], depth = 0;
    Term key = cons_head(leaf), child = TERM_NONE;
    uint32_t hash = hash_hamt(key, level);
    size_t words = 0;
    for (const Term *p = boxed_ptr(node);;
         p = boxed_ptr(child), level++, hash = hash_hamt_down(hash, key, level)) {
        unsigned bitmap = map_header_bitmap(*p), bit = slot_bit(hash);
        trail[depth] = p, bits[depth] = bit;
        depth++;
        words += boxed_words(*p);
        child = (bitmap & bit) == 0 ? TERM_NONE : node_children(p)[child_index(bitmap, bit)];
        if (child == TERM_NONE || is_cons(child)) break;
    }
    HamtPair pair;
    bool split = false;
    if (child == TERM_NONE) {
        words++;
    } else if (same_key(cons_head(child), key)) {
        m->both++;
        if (!leaf_wins || cons_tail(child) == cons_tail(leaf)) return node;
    } else {
        split = true;
        level++;
        if (level > HAMT_MAX_LEVEL) return TERM_NONE;
        hash = hash_hamt_down(hash, key, level);
        uint32_t other = hash_hamt(cons_head(child), level);
        size_t n = hamt_pair_words(&pair, hash, leaf, other, child, level);
        if (n == 0) return TERM_NONE;
        words += n;
    }
    Term *hp = heap_alloc(m->heap, words);
    if (hp == NULL) return TERM_NONE;
    Term top = split ? hamt_pair_at(&hp, &pair, leaf, child) : leaf;
    while (depth-- > 0) top = with_child(&hp, trail[depth], bits[depth], top);
    return top;
}

// What stands in the slot of a and b at `level`.
static Term merge_slot(Merge *m, Term a, Term b, unsigned level)
{
    if (a == b && is_cons(a)) m->both++;
    if (is_cons(a) && is_cons(b)) {
        if (a == b) return b;
        if (same_key(cons_head(a), cons_head(b))) {
            m->both++;
            return b;
        }
        if (level > HAMT_MAX_LEVEL) return TERM_NONE;
        uint32_t ha = hash_hamt(cons_head(a), level), hb = hash_hamt(cons_head(b), level);
        HamtPair pair;
        size_t words = hamt_pair_words(&pair, ha, a, hb, b, level);
        Term *hp = words == 0 ? NULL : heap_alloc(m->heap, words);
        return hp == NULL ? TERM_NONE : hamt_pair_at(&hp, &pair, a, b);
    }
    if (is_cons(a)) return merge_leaf(m, a, b, level, false);
    if (is_cons(b)) return merge_leaf(m, b, a, level, true);
    return merge_children(m, a, b, level);
}

static Term merge_children(Merge *m, Term a, Term b, unsigned level)
{
    const Term *p = boxed_ptr(a), *q = boxed_ptr(b);
    unsigned in_a = map_header_bitmap(*p), in_b = map_header_bitmap(*q), all = in_a | in_b;
    const Term *from_a = node_children(p), *from_b = node_children(q);
    Term children[16];
    bool is_a = in_a == all, is_b = in_b == all;
    size_t n = 0;
    (void)pace(&m->work, 32);
    for (unsigned left = all; left != 0; left &= left - 1, n++) {
        unsigned bit = left & -left;
        Term x = (in_a & bit) != 0 ? *from_a++ : TERM_NONE,
             y = (in_b & bit) != 0 ? *from_b++ : TERM_NONE;
        Term child = x == TERM_NONE ? y : y == TERM_NONE ? x : merge_slot(m, x, y, level + 1);
        if (child == TERM_NONE) return TERM_NONE;
        is_a = is_a && child == x;
        is_b = is_b && child == y;
        children[n] = child;
    }
    if (is_b) return b;
    if (is_a) return a;
    size_t fixed = (size_t)(node_children(p) - p);
    Term *to = heap_alloc(m->heap, fixed + n);
    if (to == NULL) return TERM_NONE;
    to[0] = MAP_HEADER(map_header_shape(*p), all, fixed - 1 + n);
    if (fixed == 2) to[1] = make_small(0);
    memcpy(to + fixed, children, n * sizeof(Term));
    return make_boxed(to);
}

Term hamt_merge(Heap *h, Term a, Term b)
{
    Merge m = {h, 0, PACE_START};
    Term result = merge_children(&m, a, b, 0);
    if (result == TERM_NONE || result == a || result == b) return result;
    boxed_ptr(result)[1] = make_small((int64_t)(map_size(a) + map_size(b) - m.both));
    return result;
}
