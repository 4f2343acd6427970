// SPDX-License-Identifier: Apache-2.0
// heap/gc.c - the collector: copying, in two generations, without recursion.
//
// A collection allocates the blocks it copies to before it touches anything, so
// a refused allocation leaves the heap as it was. Then it moves what the roots
// and the stack refer to, and walks what it has moved (Cheney) until nothing
// refers to the old places any more. A moved value leaves a forwarding word:
//
//   cons    [TERM_NONE | new cons]   (no list cell has a head of no value)
//   boxed   the header is replaced by the boxed pointer to the new place
//
// A minor collection leaves the old generation alone. Values below high_water
// have survived one before and go to old; the rest goes to a new young block.
// Values never point to younger ones, so nothing in old must be looked at. When
// there is no old generation yet and most of the block is below high_water, the
// block itself becomes the old generation and nothing of it is copied.
//
// A full collection moves both generations to a new young block.

#include <stdio.h>

#include "base/fiber.h"
#include "heap/binary.h"
#include "heap/frozen.h"
#include "heap/heap.h"

typedef struct Region {
    uintptr_t at;
    size_t bytes;
} Region;

typedef struct Gc {
    Term *hp;       // where the next young value goes
    Term *old_hp;   // where the next promoted value goes
    Region stay;    // values in here are not moved
    Region mature;  // values in here go to old_hp
} Gc;

static inline bool in_region(Region r, const void *p) { return (uintptr_t)p - r.at < r.bytes; }

static Region region(const Term *from, const Term *to)
{
    return (Region){(uintptr_t)from, (uintptr_t)to - (uintptr_t)from};
}

// A collection is put aside between pieces of this size (base/fiber.h).
#define SCAN_WORDS ((size_t)4096)

// ---- moving one value -----------------------------------------------------------

static inline Term *room_for(Gc *g, const Term *p, size_t words)
{
    Term **hp = in_region(g->mature, p) ? &g->old_hp : &g->hp;
    Term *to = *hp;
    *hp = to + words;
    return to;
}

static inline Term move_cons(Gc *g, Term *p)
{
    if (p[0] == TERM_NONE) return p[1];
    Term *to = room_for(g, p, 2);
    to[0] = p[0];
    to[1] = p[1];
    p[0] = TERM_NONE;
    return p[1] = make_cons(to);
}

static inline Term move_boxed(Gc *g, Term *p)
{
    Term header = *p;
    if (is_boxed(header)) return header;
    size_t words = boxed_words(header);
    Term *to = room_for(g, p, words);
    if (UNLIKELY(words > SCAN_WORDS)) paced_copy(to + 1, p + 1, (words - 1) * sizeof *to);
    else
        for (size_t i = 1; i < words; i++) to[i] = p[i];
    to[0] = header;
    return *p = make_boxed(to);
}

// Moves what *slot refers to, unless it stays, and stores where it is now.
static inline void forward(Gc *g, Term *slot)
{
    Term t = *slot;
    if (!is_pointer(t)) return;
    Term *p = term_ptr(t);
    if (is_frozen_ptr(p) || in_region(g->stay, p)) return;
    *slot = is_cons(t) ? move_cons(g, p) : move_boxed(g, p);
}

static void forward_span(Gc *g, Term *at, size_t count)
{
    for (; count > SCAN_WORDS; count -= SCAN_WORDS, (void)pause_point())
        for (const Term *end = at + SCAN_WORDS; at < end; at++) forward(g, at);
    for (size_t i = 0; i < count; i++) forward(g, at + i);
}

// ---- walking what was moved -------------------------------------------------------

// Forwards the references of the value or half of a cons at `at`; returns what
// comes behind it.
static inline Term *scan_one(Gc *g, Term *at)
{
    Term w = *at;
    if (!is_header(w)) {
        forward(g, at);
        return at + 1;
    }
    switch (header_kind(w)) {
    case BOX_TUPLE:
    case BOX_MAP: return at + 1;  // all terms: the walk meets them next
    case BOX_FUN: return at + 2;  // behind the entry
    case BOX_SUB_BITS: forward(g, &((SubBits *)at)->orig); return at + SUB_BITS_WORDS;
    case BOX_MATCH: {
        MatchContext *m = (MatchContext *)at;
        forward(g, &m->orig);
        m->base = bin_bytes(m->orig);
        return at + MATCH_WORDS;
    }
    default: return at + 1 + header_arity(w);
    }
}

static Term *scan_to_top(Gc *g, Term *at, Term *const *top)
{
    while (at < *top) {
        const Term *end = at + SCAN_WORDS;
        while (at < *top && at < end) at = scan_one(g, at);
        if (at < *top) (void)pause_point();
    }
    return at;
}

static void scan(Gc *g, Term *young, Term *old)
{
    do {
        young = scan_to_top(g, young, &g->hp);
        old = scan_to_top(g, old, &g->old_hp);
    } while (young < g->hp);
}

// ---- off-heap objects ---------------------------------------------------------------

static uint64_t off_bytes_of(const Term *object)
{
    return header_kind(*object) == BOX_REFC_BIN ? ((const RefcBin *)object)->size : 0;
}

// Splits a list by where its objects are now; those that did not move nor stay
// are dead. Returns through *young and *old the bytes that live on.
static void sweep(Heap *h, const Gc *g, Term *list, Region old_block, uint64_t *young,
                  uint64_t *old)
{
    Pace work = PACE_START;
    while (list != NULL) {
        (void)pace(&work, 16);
        Term *next = (Term *)list[4];
        Term *now = is_boxed(*list) ? boxed_ptr(*list) : list;
        if (now == list && !in_region(g->stay, list)) {
            off_release(h->space, list);
        } else if (in_region(old_block, now)) {
            off_link(&h->old_off, now);
            *old += off_bytes_of(now);
        } else {
            off_link(&h->off, now);
            *young += off_bytes_of(now);
        }
        list = next;
    }
}

static uint64_t off_limit_for(uint64_t live) { return live > HEAP_OFF_MIN ? live : HEAP_OFF_MIN; }

// ---- collections ----------------------------------------------------------------------

static size_t stack_words(const Heap *h) { return (size_t)(h->end - h->sp); }

static size_t young_words(const Heap *h) { return (size_t)(h->hp - h->start); }

static size_t block_words(const Heap *h) { return (size_t)(h->end - h->start); }

// Copies the stack to the end of the block [to, to+words) and moves all that it
// and the roots refer to.
static Term *move_roots(Heap *h, Gc *g, Term *to, size_t words, const Roots *roots)
{
    size_t n = stack_words(h);
    Term *sp = to + words - n;
    paced_copy(sp, h->sp, n * sizeof(Term));
    forward_span(g, sp, n);
    Pace work = PACE_START;
    for (size_t i = 0; roots != NULL && i < roots->count; i++) {
        (void)pace(&work, 8 * roots->spans[i].count);
        forward_span(g, roots->spans[i].at, roots->spans[i].count);
    }
    return sp;
}

// The block [to, to+words) is the young one from now on; what it holds has all
// survived.
static void adopt_block(Heap *h, const Gc *g, Term *to, size_t words, Term *sp)
{
    h->start = to;
    h->end = to + words;
    h->hp = h->high_water = g->hp;
    h->sp = sp;
    ASSERT(h->hp <= h->sp);  // H1
}

// Takes note when the heap as it stands and the block it moves to are more than
// max_heap_size allows.
static void check_max(Heap *h, size_t to_words)
{
    h->peak_words = size_add(heap_words_used(h), to_words);
    if (h->max_words != 0 && h->peak_words > h->max_words) h->over_max = true;
}

// The generation that a minor collection fills: as it is, or made now. False:
// there is no room for `mature` words.
static bool prepare_old(Heap *h, size_t mature, bool *adopt)
{
    *adopt = false;
    if (mature == 0) return true;
    if (h->old_start != NULL) return (size_t)(h->old_end - h->old_top) >= mature;
    // Adopting needs some room behind the values, or the old generation would be
    // full, and a full collection due, at once. Under stress each value moves at
    // each collection.
    size_t room = block_words(h) - mature;
    if (!APEX_STRESS && room <= mature && room >= mature / 4) {
        *adopt = true;
        return true;
    }
    size_t words = heap_block_size(2 * mature);
    h->old_start = heap_block_new(h->space, words);
    if (h->old_start == NULL) h->old_start = heap_block_new(h->space, words = mature);
    if (h->old_start == NULL) return false;
    h->old_top = h->old_start;
    h->old_end = h->old_start + words;
    return true;
}

static Status collect_full(Heap *h, size_t to_words, const Roots *roots)
{
    Term *to = heap_block_new(h->space, to_words);
    if (to == NULL) return ST_LIMIT;

    Gc g = {.hp = to};
    Term *sp = move_roots(h, &g, to, to_words, roots);
    scan(&g, to, NULL);

    uint64_t live = 0, none = 0;
    Term *young_off = h->off, *old_off = h->old_off;
    h->off = h->old_off = NULL;
    sweep(h, &g, young_off, g.stay, &live, &none);
    sweep(h, &g, old_off, g.stay, &live, &none);

    heap_block_free(h->space, h->start, block_words(h));
    heap_block_free(h->space, h->old_start, (size_t)(h->old_end - h->old_start));
    heap_free_frags(h);
    h->old_start = h->old_top = h->old_end = NULL;
    adopt_block(h, &g, to, to_words, sp);
    h->minor_count = 0;
    h->off_bytes = h->old_off_bytes = 0;
    h->off_limit = h->old_off_limit = off_limit_for(live);
    return ST_OK;
}

// mature: values of the first `mature` words go to old. prepare_old has been
// called for them.
static Status collect_minor(Heap *h, size_t to_words, size_t mature, bool adopt, const Roots *roots)
{
    Term *to = heap_block_new(h->space, to_words);
    if (to == NULL) return ST_LIMIT;

    Gc g = {.hp = to, .old_hp = h->old_top, .stay = region(h->old_start, h->old_top)};
    if (adopt) g.stay = region(h->start, h->start + mature);
    else g.mature = region(h->start, h->start + mature);
    Term *sp = move_roots(h, &g, to, to_words, roots);
    scan(&g, to, h->old_top);
    ASSERT(g.old_hp <= h->old_end);

    if (adopt) {
        h->old_start = h->start;
        h->old_top = h->start + mature;
        h->old_end = h->end;
    } else {
        h->old_top = g.old_hp;
    }
    uint64_t live = 0;
    Term *young_off = h->off;
    h->off = NULL;
    sweep(h, &g, young_off, region(h->old_start, h->old_end), &live, &h->old_off_bytes);

    if (!adopt) heap_block_free(h->space, h->start, block_words(h));
    heap_free_frags(h);
    adopt_block(h, &g, to, to_words, sp);
    h->minor_count++;
    h->off_bytes = 0;
    h->off_limit = off_limit_for(live);
    return ST_OK;
}

// Moves the young values, which have all just survived, to a block of `words`.
static Status move_block(Heap *h, size_t words, const Roots *roots)
{
    uint32_t count = h->minor_count;
    Status st = collect_minor(h, words, 0, false, roots);
    h->minor_count = count;
    return st;
}

static size_t at_least(size_t a, size_t b) { return a > b ? a : b; }

// ---- how large the new block is -----------------------------------------------------------

// A nursery beyond the caches gains little and costs memory, unless the stack,
// which each collection walks, is large itself.
#define NURSERY_MAX ((size_t)256 << 10)

static Status run_minor(Heap *h, size_t words, const Roots *roots)
{
    size_t mature = (size_t)(h->high_water - h->start), stack = stack_words(h);
    bool adopt;
    if (!prepare_old(h, mature, &adopt)) return ST_LIMIT;

    size_t wanted = h->grow ? heap_block_size(block_words(h) + 1) : block_words(h);
    size_t cap = at_least(NURSERY_MAX, 2 * stack);
    if (wanted > cap) wanted = cap;
    // What survives is not known yet: the block must take all of it.
    size_t need = stack + young_words(h) - mature + h->frag_words;
    if (words > wanted / 2) need = size_add(need, words);
    size_t to = at_least(at_least(wanted, h->min_words), heap_block_size(need));
    check_max(h, to);
    return collect_minor(h, to, mature, adopt, roots);
}

static Status run_full(Heap *h, size_t words, const Roots *roots)
{
    size_t need = heap_words_used(h);
    size_t roomy = size_add(need, size_add(need / 2, words));
    check_max(h, need);
    Status st = collect_full(h, at_least(heap_block_size(roomy), h->min_words), roots);
    return st == ST_OK ? st : collect_full(h, need, roots);
}

// After a collection: makes room for `words`, or gives back a block that turned
// out much too large.
static Status fit_block(Heap *h, size_t words, bool was_full, const Roots *roots)
{
    size_t size = block_words(h), used = young_words(h) + stack_words(h);
    size_t need = size_add(used, words);
    h->grow = size - used < size / 4;
    if (need > size) {
        Status st = move_block(h, heap_block_size(size_add(need, need / 4)), roots);
        return st == ST_OK ? st : move_block(h, need, roots);
    }
    size_t smaller = size;
    if (was_full && size > 3 * need) smaller = heap_block_size(2 * need);
    else if (!was_full && size > 2600 && size > 8 * need) smaller = heap_block_size(4 * need);
    smaller = at_least(smaller, h->min_words);
    // Refused: the block stays as large as it is.
    if (smaller < size / 4 * 3 && move_block(h, smaller, roots) != ST_OK) return ST_OK;
    return ST_OK;
}

// In stress builds now and then: is the heap sound that is about to be moved?
static void check_sometimes(const Heap *h, const Roots *roots)
{
    if (!APEX_STRESS || h->collections % 16 != 0 || heap_words_used(h) > 2000) return;
    const char *broken = heap_check(h, roots);
    if (broken != NULL) (void)fprintf(stderr, "heap_check: %s\n", broken);
    ASSERT(broken == NULL);
}

Status heap_collect(Heap *h, size_t words, bool full, const Roots *roots)
{
    check_sometimes(h, roots);
    if (h->pinned) return (size_t)(h->sp - h->hp) >= words ? ST_OK : ST_LIMIT;
    h->collections++;
    full = full || h->minor_count >= h->fullsweep_after || h->old_off_bytes > h->old_off_limit;
    Status st = full ? run_full(h, words, roots) : run_minor(h, words, roots);
    if (st != ST_OK && !full) {
        full = true;  // old is full, or there is no memory for one
        st = run_full(h, words, roots);
    }
    if (st != ST_OK) return st;
    return fit_block(h, words, full, roots);
}

// Stress builds collect at every reserve while a heap is small. For a large one
// that would make programs quadratic, so it is every n-th, n growing with it.
static bool stress_is_due(Heap *h)
{
    size_t used = heap_words_used(h);
    return used < 20000 || h->stress_turn++ % (used / 1000) == 0;
}

Status heap_reserve(Heap *h, size_t words, const Roots *roots)
{
    if (APEX_STRESS && stress_is_due(h))
        return heap_collect(h, words, h->collections % 4 == 3, roots);
    if (LIKELY((size_t)(h->sp - h->hp) >= words)) return ST_OK;
    return heap_collect(h, words, false, roots);
}

Status heap_compact(Heap *h, const Roots *roots)
{
    if (h->pinned) return ST_OK;
    h->collections++;
    TRY(collect_full(h, heap_words_used(h), roots));
    size_t used = young_words(h) + stack_words(h);
    if (used < block_words(h)) TRY(move_block(h, used, roots));
    // Nothing is promoted when the process wakes: its values would lie in two
    // blocks instead of one.
    h->high_water = h->start;
    return ST_OK;
}
