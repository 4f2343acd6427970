// SPDX-License-Identifier: Apache-2.0
// heap/copy.c - see copy.h.
//
// copy_size walks the term depth first, with a stack of what is left to look at.
// copy_term_at needs no stack: it copies each value with its references as they
// are, then walks the copies from the first word to the last and replaces each
// reference by a copy of its own, which is put behind them (as the collector
// does, but nothing is remembered of what was copied before).

#include "heap/copy.h"

#include "base/fiber.h"
#include "heap/binary.h"
#include "heap/frozen.h"

static inline bool stays(Term t) { return !is_pointer(t) || is_frozen(t); }

// ---- parts of binaries ---------------------------------------------------------------

// How a SUB_BITS or MATCH travels.
typedef struct Part {
    Term orig;
    uint64_t start, end;  // bits of orig
    enum { PART_FRESH, PART_SHARED, PART_FROZEN } how;
} Part;

static Part part_of(const Term *p)
{
    Part part;
    if (header_kind(*p) == BOX_SUB_BITS) {
        const SubBits *s = (const SubBits *)p;
        part = (Part){.orig = s->orig, .start = s->start, .end = s->end};
    } else {
        const MatchContext *m = (const MatchContext *)p;
        part = (Part){.orig = m->orig, .start = m->pos, .end = m->end};
    }
    bool frozen = is_frozen(part.orig), heap = is_box_of(part.orig, BOX_HEAP_BIN);
    // A part that is small, or whose whole is on a heap that the copy cannot
    // refer to, becomes a binary of its own.
    if (part.end - part.start <= HEAP_BIN_MAX * 8 || (heap && !frozen)) part.how = PART_FRESH;
    else part.how = frozen ? PART_FROZEN : PART_SHARED;
    return part;
}

static uint64_t part_bytes(const Part *part) { return (part->end - part->start + 7) / 8; }

static size_t part_words(const Part *part)
{
    switch (part->how) {
    case PART_SHARED: return SUB_BITS_WORDS + REFC_BIN_WORDS;
    case PART_FROZEN: return SUB_BITS_WORDS;
    default: {
        bool whole_bytes = (part->end - part->start) % 8 == 0;
        return HEAP_BIN_WORDS(part_bytes(part)) + (whole_bytes ? 0 : SUB_BITS_WORDS);
    }
    }
}

// ---- size ------------------------------------------------------------------------------

// Words of an object that are looked at in one go.
#define SOME ((size_t)4096)

// Terms [at, at+n) are left to look at.
typedef struct Left {
    const Term *at;
    size_t n;
} Left;

typedef struct Walk {
    Arena *arena;
    Left *items;
    size_t len, cap;
    Left first[32];  // so that ordinary messages need no memory
} Walk;

static bool walk_grow(Walk *w)
{
    size_t cap = w->cap * 2;
    Left *items = arena_alloc(w->arena, size_mul(cap, sizeof *items));
    if (items == NULL) return false;
    memcpy(items, w->items, w->len * sizeof *items);
    if (w->items != w->first) arena_free(w->arena, w->items, w->cap * sizeof *items);
    w->items = items;
    w->cap = cap;
    return true;
}

static inline bool walk_push(Walk *w, const Term *at, size_t n)
{
    if (n == 0) return true;
    if (w->len == w->cap && !walk_grow(w)) return false;
    w->items[w->len++] = (Left){at, n};
    return true;
}

// Words of the value at p itself; *at and *n become its terms.
static size_t shallow_words(const Term *p, const Term **at, size_t *n)
{
    Term h = *p;
    *n = 0;
    switch (header_kind(h)) {
    case BOX_TUPLE:
        *at = p + 1;
        *n = header_arity(h);
        break;
    case BOX_MAP:
        *at = p + 1;
        *n = map_header_words(h);
        break;
    case BOX_FUN:
        *at = p + 3;
        *n = header_arity(h) - 2;
        break;
    case BOX_SUB_BITS:
    case BOX_MATCH: {
        Part part = part_of(p);
        return part_words(&part);
    }
    default: break;
    }
    return boxed_words(h);
}

static Status walk_size(Walk *w, Term t, size_t max, size_t *words)
{
    size_t sum = 0;
    const Term *at = &t;
    size_t n = 1;
    Pace work = PACE_START;
    for (;;) {
        if (!pace(&work, 1)) return ST_LIMIT;
        for (size_t some = n < SOME ? n : SOME; some > 0 && stays(*at); some--) at++, n--;
        if (n > 0 && stays(*at)) {
            if (!pace(&work, SOME)) return ST_LIMIT;
            continue;
        }
        if (n == 0) {
            if (w->len == 0) break;
            Left next = w->items[--w->len];
            at = next.at;
            n = next.n;
            continue;
        }
        Term one = *at;
        if (!walk_push(w, at + 1, n - 1)) return ST_LIMIT;
        if (is_cons(one)) {
            sum += 2;
            at = cons_ptr(one);
            n = 2;
        } else {
            sum += shallow_words(boxed_ptr(one), &at, &n);
        }
        // Sharing makes a term of a few words a tree without end: `max` ends it.
        if (sum > max) return ST_LIMIT;
    }
    *words = sum;
    return ST_OK;
}

Status copy_size(Space *s, Term t, size_t max, size_t *words)
{
    *words = 0;
    if (stays(t)) return ST_OK;
    Walk w = {.arena = &s->arena, .cap = ARRAY_LEN(w.first)};
    w.items = w.first;
    Status st = walk_size(&w, t, max, words);
    if (w.items != w.first) arena_free(w.arena, w.items, w.cap * sizeof *w.items);
    return st;
}

// ---- copy ------------------------------------------------------------------------------------

typedef struct Copy {
    Term *hp;
    Term **off;
    uint64_t off_bytes;
    Pace work;
} Copy;

// All cells of a list in a row. The tail of each is the next copied cell, so
// only the last tail is left to the walk.
static Term copy_cells(Copy *c, Term t)
{
    Term *hp = c->hp;
    Term first = make_cons(hp);
    for (;;) {
        (void)pace(&c->work, 1);
        hp[0] = cons_head(t);
        t = cons_tail(t);
        hp += 2;
        if (!is_cons(t) || is_frozen(t)) break;
        hp[-1] = make_cons(hp);
    }
    hp[-1] = t;
    c->hp = hp;
    return first;
}

static Term share_refc(Copy *c, Term *at, const RefcBin *b)
{
    b->data->refs++;
    Term t = refc_bin_at(at, c->off, b->data, b->size);
    ((RefcBin *)at)->bytes = b->bytes;
    c->off_bytes += b->size;
    return t;
}

static Term copy_part(Copy *c, const Term *p)
{
    Part part = part_of(p);
    Term *at = c->hp;
    c->hp += part_words(&part);
    uint64_t bits = part.end - part.start;
    if (part.how == PART_FROZEN) return sub_bits_at(at, part.orig, part.start, part.end);
    if (part.how == PART_SHARED) {
        const RefcBin *b = (const RefcBin *)boxed_ptr(part.orig);
        return sub_bits_at(at, share_refc(c, at + SUB_BITS_WORDS, b), part.start, part.end);
    }
    Term *bin = bits % 8 == 0 ? at : at + SUB_BITS_WORDS;
    uint8_t *bytes;
    Term whole = heap_bin_at(bin, part_bytes(&part), &bytes);
    bits_copy(bytes, 0, bin_bytes(part.orig), part.start, bits);
    return bin == at ? whole : sub_bits_at(at, whole, 0, bits);
}

static Term copy_value(Copy *c, Term t)
{
    if (is_cons(t)) return copy_cells(c, t);
    const Term *p = boxed_ptr(t);
    Term *at = c->hp;
    switch (header_kind(*p)) {
    case BOX_SUB_BITS:
    case BOX_MATCH: return copy_part(c, p);
    case BOX_REFC_BIN: c->hp += REFC_BIN_WORDS; return share_refc(c, at, (const RefcBin *)p);
    case BOX_MAGIC: {
        NativeObject *o = ((const MagicRef *)p)->object;
        c->hp += MAGIC_WORDS;
        o->refs++;
        return magic_ref_at(at, c->off, o);
    }
    default: {
        size_t words = boxed_words(*p);
        if (UNLIKELY(words > SOME)) paced_copy(at, p, words * sizeof *at);
        else
            for (size_t i = 0; i < words; i++) at[i] = p[i];
        c->hp += words;
        return make_boxed(at);
    }
    }
}

// Replaces the references of the copies from `at` on by copies. `first` is the
// first copy: what refers behind it is in place already.
static void copy_rest(Copy *c, Term *first)
{
    Term *at = first;
    while (at < c->hp) {
        Term w = *at;
        (void)pace(&c->work, 1);
        if (!is_header(w)) {
            bool done = stays(w) || (term_ptr(w) >= first && term_ptr(w) < c->hp);
            if (!done) *at = copy_value(c, w);
            at++;
            continue;
        }
        switch (header_kind(w)) {
        case BOX_TUPLE:
        case BOX_MAP: at++; break;
        case BOX_FUN: at += 2; break;
        default: at += 1 + header_arity(w);
        }
    }
}

static Term copy_whole(Copy *c, Term t)
{
    if (stays(t)) return t;
    Term *first = c->hp;
    Term out = copy_value(c, t);
    copy_rest(c, first);
    return out;
}

Status copy_term_at(Space *s, Term t, Term **hp, Term **off, Term *out)
{
    Copy c = {.hp = *hp, .off = off, .work = PACE_START};
    *out = copy_whole(&c, t);
    *hp = c.hp;
    return ST_OK;
}

Status copy_term_within(Heap *h, Term t, size_t max, Term *out, size_t *words)
{
    *out = t;
    *words = 0;
    if (stays(t)) return ST_OK;
    size_t room = copy_room(h->space);
    size_t spare = (size_t)(h->sp - h->hp);
    if (room < spare) room = spare;
    Status st = copy_size(h->space, t, room < max ? room : max, words);
    if (st != ST_OK) return st == ST_LIMIT && max < room ? ST_LIMIT : ST_NOMEM;
    Term *at = heap_alloc(h, *words);
    if (at == NULL) return ST_NOMEM;
    Copy c = {.hp = at, .off = &h->off, .work = PACE_START};
    *out = copy_whole(&c, t);
    ASSERT(c.hp == at + *words);
    h->off_bytes += c.off_bytes;
    return ST_OK;
}

Term copy_term(Heap *h, Term t)
{
    Term out;
    size_t words;
    return copy_term_within(h, t, SIZE_MAX, &out, &words) == ST_OK ? out : TERM_NONE;
}
