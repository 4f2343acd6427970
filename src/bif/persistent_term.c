// SPDX-License-Identifier: Apache-2.0
// bif/persistent_term.c - the module persistent_term.
//
// A stored pair lies in a block of the frozen region, so that get/1 hands out the
// term itself: collector and copier leave it alone. Each isolate has its own
// table; blocks are charged to its arena.
//
//   P1  a block whose pair has been replaced or erased is retired: processes may
//       hold the term, and the collector does not trace frozen addresses. It is
//       freed when a search finds no word in the sandbox that points into it.
//   P2  off-heap objects of a block are in the list of the block, in no heap's.
#include "bif/persistent_term.h"

#include "base/fiber.h"
#include "bif/address_search.h"
#include "bif/args.h"
#include "heap/frozen.h"
#include "proc/isolate.h"
#include "term/compare.h"
#include "term/hash.h"

typedef struct Block {
    struct Block *next, *prev;
    size_t bytes;  // all of this
    Term *off;     // P2
    Term words[];
} Block;

typedef struct Entry {
    Term key;  // TERM_NONE: free
    Term value;
    uint32_t hash;
    uint64_t words;  // of key and value, for info/0
    Block *block;    // that holds them; NULL: they need none
} Entry;

struct PersistentTerms {
    Entry *slots;
    size_t capacity, used;  // a power of two; at least one slot in four is free
    uint64_t words;
    Block *blocks, *retired;
    uint64_t retired_bytes;
    uint64_t kept_bytes;  // retired, but in use when last looked for
};

// A search looks at the whole memory of the sandbox: so many bytes, and this part of all, are
// worth it.
enum { SWEEP_BYTES = 64 << 10, SWEEP_PART = 8 };

// ---- the table -----------------------------------------------------------------------
// Where key is, or the free slot where it belongs.
static Entry *slot_of(struct PersistentTerms *t, Term key, uint32_t hash, int64_t *reds)
{
    for (size_t i = hash & (t->capacity - 1);; i = (i + 1) & (t->capacity - 1)) {
        Entry *e = &t->slots[i];
        if (e->key == TERM_NONE) return e;
        if (e->hash == hash && equal_exact_charged(e->key, key, reds)) return e;
    }
}

static Entry *find(Process *p, Term key)
{
    struct PersistentTerms *t = p->iso->persistent;
    if (t == NULL) return NULL;
    Entry *e = slot_of(t, key, hash_internal_salted(key, p->heap.space->hash_salt), &p->reds);
    return e->key != TERM_NONE ? e : NULL;
}

static bool resize(Space *s, struct PersistentTerms *t, size_t capacity)
{
    Entry *slots = arena_calloc(&s->arena, capacity, sizeof *slots);
    if (slots == NULL) return false;
    Pace work = PACE_START;
    for (size_t i = 0; i < t->capacity; i++, (void)pace(&work, 4)) {
        if (t->slots[i].key == TERM_NONE) continue;
        size_t k = t->slots[i].hash & (capacity - 1);
        while (slots[k].key != TERM_NONE) k = (k + 1) & (capacity - 1);
        slots[k] = t->slots[i];
    }
    arena_free(&s->arena, t->slots, t->capacity * sizeof *slots);
    t->slots = slots;
    t->capacity = capacity;
    return true;
}

// The table with room for one more; NULL: refused.
static struct PersistentTerms *with_room(Isolate *iso)
{
    Space *s = &iso->space;
    struct PersistentTerms *t = iso->persistent;
    if (t == NULL) {
        t = arena_calloc(&s->arena, 1, sizeof *t);
        if (t == NULL) return NULL;
        iso->persistent = t;
    }
    if ((t->used + 1) * 4 <= t->capacity * 3) return t;
    return resize(s, t, t->capacity == 0 ? 16 : t->capacity * 2) ? t : NULL;
}

static void link_block(Block **list, Block *b)
{
    b->prev = NULL;
    b->next = *list;
    if (b->next != NULL) b->next->prev = b;
    *list = b;
}

static void unlink_block(Block **list, Block *b)
{
    *(b->prev != NULL ? &b->prev->next : list) = b->next;
    if (b->next != NULL) b->next->prev = b->prev;
}

// The pair of b (NULL: it had none) is no longer stored (P1).
static void retire(struct PersistentTerms *t, Block *b)
{
    if (b == NULL) return;
    unlink_block(&t->blocks, b);
    link_block(&t->retired, b);
    t->retired_bytes += b->bytes;
}

// Takes the entry out; the members of its run behind it move up.
static void remove_entry(struct PersistentTerms *t, Entry *e)
{
    size_t mask = t->capacity - 1, hole = (size_t)(e - t->slots);
    t->words -= e->words;
    t->used--;
    retire(t, e->block);
    for (size_t i = (hole + 1) & mask; t->slots[i].key != TERM_NONE; i = (i + 1) & mask) {
        size_t home = t->slots[i].hash & mask;
        if (((i - home) & mask) < ((i - hole) & mask)) continue;
        t->slots[hole] = t->slots[i];
        hole = i;
    }
    t->slots[hole] = (Entry){0};
}

// ---- blocks ----------------------------------------------------------------------------
// Copies t into the words at *hp of block b.
static bool copy_into(Space *s, Term t, Block *b, Term **hp, Term *out)
{
    return copy_term_at(s, t, hp, &b->off, out) == ST_OK;
}

static void free_block(Space *s, Block *b)
{
    size_t bytes = b->bytes;
    off_release_all(s, b->off);
    frozen_free(b, bytes);
    arena_uncharge(&s->arena, bytes);
}

static size_t words_of(const Block *b) { return (b->bytes - sizeof *b) / sizeof(Term); }

static uint64_t scan_blocks(const Block *b, ArenaVisit visit, void *context)
{
    uint64_t total = 0;
    for (; b != NULL; b = b->next) {
        visit(context, b->words, words_of(b));
        total += words_of(b);
    }
    return total;
}

// Frees the retired blocks that nothing has been found to point into. Each is one range.
static void free_unused(Space *s, struct PersistentTerms *t, const AddressSearch *search)
{
    for (size_t i = 0; i < search->count; i++) {
        if (search->is_found[search->ranges[i].thing]) continue;
        Block *b = container_of((Term(*)[])search->ranges[i].from, Block, words);
        unlink_block(&t->retired, b);
        t->retired_bytes -= b->bytes;
        free_block(s, b);
    }
    t->kept_bytes = t->retired_bytes;
}

// Frees retired blocks. args: terms that need not be anywhere else.
static void sweep(Process *p, const Term *args, unsigned num_args)
{
    struct PersistentTerms *t = p->iso->persistent;
    size_t n = 0;
    for (const Block *b = t->retired; b != NULL; b = b->next) n++;
    AddressSearch search;
    if (n == 0 || !address_search_init(&search, &p->iso->space.arena, n, n)) return;
    for (const Block *b = t->retired; b != NULL; b = b->next)
        address_search_add(&search, 0, b->words, words_of(b) * sizeof(Term));
    address_search_sort(&search);
    for (size_t i = 0; i < n; i++) search.ranges[i].thing = (uint32_t)i;
    address_search_words(&search, args, num_args);
    uint64_t words = arena_scan(&p->iso->space.arena, address_search_words, &search);
    words += scan_blocks(t->blocks, address_search_words, &search);
    // What is in use itself may refer to another one that is retired.
    for (size_t i = 0; i < search.num_found; i++) {
        const AddressRange *r = &search.ranges[search.found[i]];
        address_search_words(&search, (const uint64_t *)r->from, (r->to - r->from) / sizeof(Term));
        words += (r->to - r->from) / sizeof(Term);
    }
    free_unused(&p->iso->space, t, &search);
    address_search_clear(&search);
    bif_charge(p, (words + n) / 64);
}

static void sweep_if_worth_it(Process *p)
{
    const struct PersistentTerms *t = p->iso->persistent;
    uint64_t bytes = t->retired_bytes;
    if (bytes >= SWEEP_BYTES && bytes >= 2 * t->kept_bytes &&
        bytes >= p->iso->space.arena.used / SWEEP_PART)
        sweep(p, NULL, 0);
}

// Both terms as they will be stored. False: refused.
static bool freeze(Space *s, struct PersistentTerms *t, Entry *e)
{
    size_t key_words, value_words;
    if (copy_size(s, e->key, copy_room(s), &key_words) != ST_OK ||
        copy_size(s, e->value, copy_room(s), &value_words) != ST_OK)
        return false;
    e->words = key_words + value_words;
    if (e->words == 0) return true;  // immediates, or frozen already
    size_t bytes = sizeof(Block) + e->words * sizeof(Term);
    if (!arena_charge(&s->arena, bytes)) return false;
    Block *b = frozen_alloc(bytes);
    if (b == NULL) {
        arena_uncharge(&s->arena, bytes);
        return false;
    }
    *b = (Block){.bytes = bytes};
    Term *hp = b->words, key, value;
    if (!copy_into(s, e->key, b, &hp, &key) || !copy_into(s, e->value, b, &hp, &value)) {
        free_block(s, b);
        return false;
    }
    e->key = key, e->value = value;
    link_block(&t->blocks, b);
    e->block = b;
    return true;
}

static void free_blocks(Space *s, Block *b)
{
    Pace work = PACE_START;
    for (Block *next; b != NULL; b = next, (void)pace(&work, 64)) {
        next = b->next;
        free_block(s, b);
    }
}

void persistent_terms_clear(Isolate *iso)
{
    struct PersistentTerms *t = iso->persistent;
    if (t == NULL) return;
    free_blocks(&iso->space, t->blocks);
    free_blocks(&iso->space, t->retired);
    arena_free(&iso->space.arena, t->slots, t->capacity * sizeof *t->slots);
    arena_free(&iso->space.arena, t, sizeof *t);
    iso->persistent = NULL;
}

uint64_t persistent_terms_scan(const Isolate *iso, ArenaVisit visit, void *context)
{
    const struct PersistentTerms *t = iso->persistent;
    if (t == NULL) return 0;
    return scan_blocks(t->blocks, visit, context) + scan_blocks(t->retired, visit, context);
}

// ---- the builtins -------------------------------------------------------------------------
Term bif_persistent_term_put_2(Process *p, Term *args)
{
    Space *s = p->heap.space;
    Entry *old = find(p, args[0]);
    if (old != NULL && equal_exact_charged(old->value, args[1], &p->reds)) return AM_ok;
    struct PersistentTerms *t = with_room(p->iso);
    if (t == NULL) return bif_no_memory(p);
    Entry new = {args[0], args[1], hash_internal_salted(args[0], s->hash_salt), 0, NULL};
    if (old == NULL && !limit_take(&p->iso->limits, LIMIT_PERSISTENT, 1))
        return bif_system_limit(p);
    Entry *e = slot_of(t, new.key, new.hash, &p->reds);
    bool frozen = !term_gave_up() && freeze(s, t, &new);  // K3
    if (!frozen && !term_gave_up()) {
        sweep(p, args, 2);
        frozen = freeze(s, t, &new);
    }
    if (!frozen) {
        if (old == NULL) limit_give(&p->iso->limits, LIMIT_PERSISTENT, 1);
        return bif_no_memory(p);
    }
    bif_charge(p, new.words / 64);
    if (e->key == TERM_NONE) t->used++;
    t->words += new.words - e->words;
    retire(t, e->block);
    *e = new;
    sweep_if_worth_it(p);
    return AM_ok;
}

Term bif_persistent_term_get_0(Process *p, Term *args)
{
    struct PersistentTerms *t = p->iso->persistent;
    if (t == NULL) return TERM_NIL;
    bif_charge(p, t->capacity / 32);
    Term *hp = bif_alloc(p, 5 * t->used);
    if (hp == NULL) return TERM_NONE;
    Term list = TERM_NIL;
    Pace work = PACE_START;
    for (size_t i = 0; i < t->capacity; i++, (void)pace(&work, 4)) {
        if (t->slots[i].key == TERM_NONE) continue;
        Term pair = tuple2_at(&hp, t->slots[i].key, t->slots[i].value);
        list = cons_at(&hp, pair, list);
    }
    return list;
}

Term bif_persistent_term_get_1(Process *p, Term *args)
{
    Entry *e = find(p, args[0]);
    return e != NULL ? e->value : bif_badarg(p);
}

Term bif_persistent_term_get_2(Process *p, Term *args)
{
    Entry *e = find(p, args[0]);
    return e != NULL ? e->value : args[1];
}

Term bif_persistent_term_erase_1(Process *p, Term *args)
{
    Entry *e = find(p, args[0]);
    if (e == NULL) return AM_false;
    remove_entry(p->iso->persistent, e);
    limit_give(&p->iso->limits, LIMIT_PERSISTENT, 1);
    sweep_if_worth_it(p);
    return AM_true;
}

Term bif_persistent_term_info_0(Process *p, Term *args)
{
    struct PersistentTerms *t = p->iso->persistent;
    size_t used = t != NULL ? t->used : 0;
    uint64_t bytes = t != NULL ? t->words * sizeof(Term) + t->capacity * sizeof(Entry) : 0;
    Term pairs[] = {AM_count, make_small((int64_t)used), AM_memory, make_small((int64_t)bytes)};
    return bif_make_map(p, pairs, 2);
}

Term bif_erts_internal_erase_persistent_terms_0(Process *p, Term *args)
{
    struct PersistentTerms *t = p->iso->persistent;
    if (t == NULL) return AM_ok;
    bif_charge(p, t->capacity / 64);
    while (t->blocks != NULL) retire(t, t->blocks);
    memset(t->slots, 0, t->capacity * sizeof *t->slots);
    limit_give(&p->iso->limits, LIMIT_PERSISTENT, t->used);
    t->used = 0;
    t->words = 0;
    sweep_if_worth_it(p);
    return AM_ok;
}
