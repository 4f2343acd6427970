// SPDX-License-Identifier: Apache-2.0
// bif/etf_names.c - the names in a guest's encodings: atoms through the books of
// its sandbox, funs and exports through its code table.
//
// A fun may belong to code that is not loaded. It is a value all the same, so it
// gets an entry of its own without code. Such entries are found by identity, so
// that decoding one fun many times makes one entry; they live as long as the
// sandbox and are charged to it.

#include "base/hashmap.h"
#include "bif/etf_job.h"
#include "code/code_table.h"
#include "proc/isolate.h"

typedef struct ForeignFun {
    FunEntry entry;
    struct ForeignFun *next;  // same key in the table
} ForeignFun;

static Term guest_atom(void *context, const char *utf8, size_t len, bool safe, EtfResult *why)
{
    AtomBook *book = &((Isolate *)context)->space.atoms;
    Term atom;
    Status st =
        safe ? atom_book_find(book, utf8, len, &atom) : atom_book_intern(book, utf8, len, &atom);
    switch (st) {
    case ST_OK: return atom;
    case ST_NOT_FOUND: *why = ETF_UNSAFE; break;
    case ST_LIMIT: *why = ETF_LIMIT; break;
    case ST_NOMEM: *why = ETF_NOMEM; break;
    default: *why = ETF_BAD; break;
    }
    return TERM_NONE;
}

static bool is_same(const FunEntry *a, const FunEntry *b)
{
    return a->module == b->module && a->index == b->index && a->old_index == b->old_index &&
           a->old_uniq == b->old_uniq && a->arity == b->arity && a->num_free == b->num_free &&
           memcmp(a->uniq, b->uniq, sizeof a->uniq) == 0;
}

// All of the identity, keyed: who makes funs out of bytes cannot make them collide.
static uint64_t identity_key(const Isolate *iso, const FunEntry *e)
{
    uint64_t parts[6] = {e->module, (uint64_t)e->index << 32 | e->old_index, e->old_uniq,
                         (uint64_t)e->arity << 32 | e->num_free};
    memcpy(parts + 4, e->uniq, sizeof e->uniq);
    return hash_bytes(parts, sizeof parts, iso->space.hash_salt) | 2;
}

// The table of foreign funs, made when first needed. NULL: memory refused.
static IsoMap *foreign_table(Isolate *iso)
{
    IsoMap *table = iso->tables[ISO_FOREIGN_FUNS];
    if (table == NULL) {
        table = arena_calloc(&iso->space.arena, 1, sizeof *table);
        iso->tables[ISO_FOREIGN_FUNS] = table;
    }
    return table;
}

static const FunEntry *foreign_fun(Isolate *iso, const FunEntry *wanted)
{
    IsoMap *table = foreign_table(iso);
    if (table == NULL) return NULL;
    uint64_t key = identity_key(iso, wanted), first = 0;
    (void)iso_map_get(table, key, &first);
    for (ForeignFun *f = (ForeignFun *)(uintptr_t)first; f != NULL; f = f->next)
        if (is_same(&f->entry, wanted)) return &f->entry;
    ForeignFun *f = arena_alloc(&iso->space.arena, sizeof *f);
    if (f == NULL) return NULL;
    f->entry = *wanted;
    f->next = (ForeignFun *)(uintptr_t)first;
    if (iso_map_put(table, &iso->space, key, (uint64_t)(uintptr_t)f) == ST_OK) return &f->entry;
    arena_free(&iso->space.arena, f, sizeof *f);
    return NULL;
}

static const FunEntry *guest_fun(void *context, Term module, uint32_t index, const uint8_t uniq[16],
                                 uint64_t old_uniq, uint32_t old_index, uint32_t arity,
                                 uint32_t num_free)
{
    Isolate *iso = context;
    const FunEntry *e = code_table_find_fun(iso->code, module, index, uniq, old_uniq, old_index);
    // The code relies on both numbers: a fun that lies about them is another one.
    if (e != NULL && e->arity == arity && e->num_free == num_free) return e;
    FunEntry wanted = {.module = module,
                       .name = TERM_NIL,
                       .arity = arity,
                       .num_free = num_free,
                       .index = index,
                       .old_index = old_index,
                       .old_uniq = old_uniq};
    memcpy(wanted.uniq, uniq, sizeof wanted.uniq);
    return foreign_fun(iso, &wanted);
}

static bool guest_export(void *context, Term module, Term function, uint64_t arity)
{
    Isolate *iso = context;
    if (arity > 255) return false;
    return bif_find(module, function, (unsigned)arity) != NULL ||
           code_table_entry(iso->code, module, function, (unsigned)arity) != NULL;
}

EtfNames etf_guest_names(struct Isolate *iso)
{
    return (EtfNames){.context = iso,
                      .atom = guest_atom,
                      .fun = guest_fun,
                      .node = iso->space.node,
                      .creation = iso->space.creation,
                      .export_known = guest_export};
}

// ---- limits ------------------------------------------------------------------------------
EtfBounds etf_guest_bounds(const struct Isolate *iso)
{
    return (EtfBounds){.bytes = limit_bound(&iso->limits, LIMIT_TERM_SIZE),
                       .depth = limit_bound(&iso->limits, LIMIT_TERM_DEPTH)};
}

void etf_note_measured(struct Isolate *iso, const EtfDecoder *d, size_t words)
{
    (void)limit_fits(&iso->limits, LIMIT_TERM_SIZE, words * sizeof(Term));
    (void)limit_fits(&iso->limits, LIMIT_TERM_DEPTH, etf_decoder_depth(d));
}

void etf_note_refused(struct Isolate *iso, EtfResult r)
{
    limit_refuse(&iso->limits, r == ETF_DEEP ? LIMIT_TERM_DEPTH : LIMIT_TERM_SIZE);
}
