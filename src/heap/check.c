// SPDX-License-Identifier: Apache-2.0
// heap/check.c - heap_check: walks what lives and looks for broken invariants.

#include <stdlib.h>

#include "heap/binary.h"
#include "heap/frozen.h"
#include "heap/heap.h"

typedef struct Check {
    const Heap *h;
    uintptr_t *seen;  // addresses looked at; open addressing, 0 = empty
    size_t seen_count, seen_cap;
    Term *todo;
    size_t todo_len, todo_cap;
    size_t off_seen;  // off-heap objects met on the walk
    bool given_up;    // no memory to go on with: nothing is said about the rest
    const char *broken;
} Check;

enum { IN_NOTHING, IN_YOUNG, IN_OLD, IN_FROZEN };

static int place_of(const Heap *h, const Term *p)
{
    if (is_frozen_ptr(p)) return IN_FROZEN;
    if (p >= h->start && p < h->hp) return IN_YOUNG;
    if (p >= h->old_start && p < h->old_top) return IN_OLD;
    for (const HeapFrag *f = h->frags; f != NULL; f = f->next)
        if (p >= f->data && p < f->data + f->used) return IN_YOUNG;
    return IN_NOTHING;
}

static void fail(Check *c, const char *what)
{
    if (c->broken == NULL) c->broken = what;
}

static size_t slot_of(const uintptr_t *set, size_t cap, uintptr_t key)
{
    size_t i = (size_t)(key * 0x9E3779B97F4A7C15u >> 20) & (cap - 1);
    while (set[i] != 0 && set[i] != key) i = (i + 1) & (cap - 1);
    return i;
}

static bool grow_seen(Check *c)
{
    size_t cap = c->seen_cap == 0 ? 256 : c->seen_cap * 2;
    uintptr_t *set = calloc(cap, sizeof *set);
    if (set == NULL) {
        c->given_up = true;
        return false;
    }
    for (size_t i = 0; i < c->seen_cap; i++)
        if (c->seen[i] != 0) set[slot_of(set, cap, c->seen[i])] = c->seen[i];
    free(c->seen);
    c->seen = set;
    c->seen_cap = cap;
    return true;
}

// False: seen before.
static bool see(Check *c, uintptr_t key)
{
    if ((c->seen_count + 1) * 2 > c->seen_cap && !grow_seen(c)) return true;
    size_t i = slot_of(c->seen, c->seen_cap, key);
    if (c->seen[i] != 0) return false;
    c->seen[i] = key;
    c->seen_count++;
    return true;
}

// Notes a term to look at. from: the place of what refers to it (H2).
static void meet(Check *c, Term t, int from)
{
    if (is_header(t)) {
        fail(c, "T1: a header where a value belongs");
        return;
    }
    if (!is_pointer(t)) return;
    int place = place_of(c->h, term_ptr(t));
    if (place == IN_NOTHING) fail(c, "a pointer leaves the heap");
    if (from == IN_OLD && place == IN_YOUNG) fail(c, "H2: old refers to young");
    if (place == IN_NOTHING || place == IN_FROZEN) return;
    if (!see(c, t) || c->given_up) return;
    if (c->todo_len == c->todo_cap) {
        size_t cap = c->todo_cap == 0 ? 256 : c->todo_cap * 2;
        Term *grown = realloc(c->todo, cap * sizeof *grown);
        if (grown == NULL) {
            c->given_up = true;
            return;
        }
        c->todo = grown;
        c->todo_cap = cap;
    }
    c->todo[c->todo_len++] = t;
}

static void meet_all(Check *c, const Term *at, size_t n, int from)
{
    for (size_t i = 0; i < n; i++) meet(c, at[i], from);
}

static void look_at_big(Check *c, Term t)
{
    size_t n = big_limbs(t);
    const uint64_t *limbs = big_digits(t);
    if (n == 0 || limbs[n - 1] == 0) fail(c, "T3: a big with a leading zero");
    else if (n == 1 && limbs[0] <= (uint64_t)SMALL_MAX + big_is_negative(t))
        fail(c, "T2: a big that fits in a small");
}

static void look_at_map(Check *c, const Term *p, int place)
{
    Term h = *p;
    size_t n = map_header_words(h);
    meet_all(c, p + 1, n, place);
    if (map_header_shape(h) == MAP_FLAT) {
        if (n == 0 || n - 1 > FLAT_MAP_MAX) fail(c, "T5: a flat map of a wrong size");
        else if (!is_tuple(p[1]) || tuple_arity(p[1]) != n - 1) fail(c, "T5: keys do not match");
        return;
    }
    bool head = map_header_shape(h) == MAP_HEAD;
    if (head && small_value(p[1]) <= FLAT_MAP_MAX) fail(c, "T5: a small trie");
    if ((size_t)__builtin_popcount(map_header_bitmap(h)) != n - head)
        fail(c, "T5: a node whose bitmap does not match");
}

static void look_at_part(Check *c, Term orig, uint64_t end, int place)
{
    meet(c, orig, place);
    if (!is_boxed(orig) || (header_kind(boxed_header(orig)) & ~1) != BOX_REFC_BIN)
        fail(c, "T4: a part of what is no binary object");
    else if (end > bitstring_bits(orig)) fail(c, "T4: a part beyond the end");
}

static void look_at(Check *c, Term t)
{
    const Term *p = term_ptr(t);
    int place = place_of(c->h, p);
    if (is_cons(t)) {
        meet_all(c, p, 2, place);
        return;
    }
    switch (header_kind(*p)) {
    case BOX_TUPLE: meet_all(c, p + 1, header_arity(*p), place); break;
    case BOX_MAP: look_at_map(c, p, place); break;
    case BOX_FUN: meet_all(c, p + 2, header_arity(*p) - 1, place); break;
    case BOX_POS_BIG:
    case BOX_NEG_BIG: look_at_big(c, t); break;
    case BOX_SUB_BITS:
        look_at_part(c, ((const SubBits *)p)->orig, ((const SubBits *)p)->end, place);
        break;
    case BOX_MATCH: {
        const MatchContext *m = (const MatchContext *)p;
        look_at_part(c, m->orig, m->end, place);
        if (c->broken == NULL && m->base != bin_bytes(m->orig)) fail(c, "a stale match base");
        break;
    }
    case BOX_REFC_BIN:
        if (((const RefcBin *)p)->size > ((const RefcBin *)p)->data->capacity)
            fail(c, "a binary larger than its data");
        c->off_seen++;
        break;
    case BOX_MAGIC: c->off_seen++; break;
    default: break;
    }
}

// H5: each object of a list lies in its generation and is in no list before.
// Returns how many of them the walk has met.
static size_t check_list(Check *c, const Term *off, int place)
{
    size_t met = 0;
    for (; off != NULL && c->broken == NULL; off = (const Term *)off[4]) {
        if (place_of(c->h, off) != place) fail(c, "H5: an off-heap object in the wrong list");
        if (!see(c, (uintptr_t)off)) fail(c, "H5: an off-heap object in two lists");
        if (c->given_up) break;
        Term t = make_boxed(off);
        if (c->seen[slot_of(c->seen, c->seen_cap, t)] != 0) met++;
    }
    return met;
}

const char *heap_check(const Heap *h, const Roots *roots)
{
    if (!(h->start <= h->high_water && h->high_water <= h->hp && h->hp <= h->sp && h->sp <= h->end))
        return "H1: start <= high_water <= hp <= sp <= end";
    if (!(h->old_start <= h->old_top && h->old_top <= h->old_end)) return "H1: old is out of order";

    Check c = {.h = h};
    for (const Term *p = h->sp; p < h->end; p++)
        if (!is_header(*p)) meet(&c, *p, IN_YOUNG);
    for (size_t i = 0; roots != NULL && i < roots->count; i++)
        for (size_t k = 0; k < roots->spans[i].count; k++)
            if (!is_header(roots->spans[i].at[k])) meet(&c, roots->spans[i].at[k], IN_YOUNG);
    while (c.todo_len > 0 && c.broken == NULL && !c.given_up) look_at(&c, c.todo[--c.todo_len]);

    if (c.broken == NULL && !c.given_up) {
        size_t met = check_list(&c, h->off, IN_YOUNG);
        met += check_list(&c, h->old_off, IN_OLD);
        if (met != c.off_seen && !c.given_up) fail(&c, "H5: an off-heap object that is in no list");
    }
    free(c.seen);
    free(c.todo);
    return c.broken;
}
