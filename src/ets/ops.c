// SPDX-License-Identifier: Apache-2.0
// ets/ops.c - insert, look up, delete, step: on hash tables and trees alike.
#include "ets/ets.h"

#include "base/fiber.h"
#include "ets/object_int.h"
#include "heap/copy.h"
#include "term/compare.h"

// Dead objects that an ordinary operation frees on its way.
#define BURY_STEP 8

// ---- objects ------------------------------------------------------------------------
// Frees what deleted tables still hold. True: there was something.
static bool reap_all(Isolate *iso)
{
    if (!ets_has_corpses(iso)) return false;
    int64_t all = INT64_MAX;
    (void)ets_reap(iso, &all);
    return true;
}

static void *alloc_or_reap(Isolate *iso, size_t bytes)
{
    void *block = arena_alloc(&iso->space.arena, bytes);
    return block == NULL && reap_all(iso) ? arena_alloc(&iso->space.arena, bytes) : block;
}

// Words that a copy of tuple takes, if the sandbox has room for them.
static Status size_of_copy(Isolate *iso, Term tuple, size_t *words)
{
    size_t room = copy_room(&iso->space);
    return copy_size(&iso->space, tuple, room < UINT32_MAX ? room : UINT32_MAX, words);
}

EtsObject *ets_object_new(Isolate *iso, Term tuple)
{
    size_t words;
    Status st = size_of_copy(iso, tuple, &words);
    if (st != ST_OK && reap_all(iso)) st = size_of_copy(iso, tuple, &words);
    if (st != ST_OK) return NULL;
    EtsObject *o = alloc_or_reap(iso, sizeof *o + words * sizeof(Term));
    if (o == NULL) return NULL;
    o->words = (uint32_t)words;
    o->count = 1;
    o->off = NULL;
    Term *hp = o->data;
    if (copy_term_at(&iso->space, tuple, &hp, &o->off, &o->term) == ST_OK) return o;
    o->off = NULL;  // nothing usable was written
    ets_object_free(&iso->space, o);
    return NULL;
}

void ets_object_free(Space *s, EtsObject *o)
{
    if (o->off != NULL) off_release_all(s, o->off);
    arena_free(&s->arena, o, sizeof *o + o->words * sizeof(Term));
}

// ---- hash tables ------------------------------------------------------------------------
static bool same_key(const EtsTable *t, const EtsObject *o, Term key, uint32_t hash)
{
    if (o->hash != hash) return false;
    Term other = ets_key_of(t, o->term);
    return other == key || (is_pointer(other) && is_pointer(key) && equal_exact(other, key));
}

// The link to the first object of this key, dead or alive, or the link at the
// end of its bucket. There is at least one segment.
static EtsObject **find_link(EtsTable *t, Term key, uint32_t hash)
{
    EtsHash *h = &t->store.hash;
    EtsObject **at = hash_bucket(h, hash_slot_of(h, hash));
    while (*at != NULL && !same_key(t, *at, key, hash)) {
        h->work++;
        at = &(*at)->next;
    }
    return at;
}

static void after_insert(Isolate *iso, EtsTable *t)
{
    EtsHash *h = &t->store.hash;
    if (t->fix_count != 0) return;
    if (h->live > h->active) hash_grow(h, &iso->space);
    if (h->graves != NULL || h->sweep != 0) hash_bury(h, &iso->space, BURY_STEP);
}

void ets_settle(Isolate *iso, EtsTable *t)
{
    if (!ets_is_tree(t) && t->fix_count == 0) hash_shrink(&t->store.hash, &iso->space);
}

bool ets_unlink(Isolate *iso, EtsTable *t, EtsObject **link, bool keep)
{
    EtsHash *h = &t->store.hash;
    EtsObject *o = *link;
    h->live--;
    if (keep) {
        o->epoch = ETS_DEAD;
        hash_note_death(h, &iso->space, hash_slot_of(h, o->hash));
        return true;
    }
    *link = o->next;
    h->words -= o->words;
    ets_object_free(&iso->space, o);
    return false;
}

static void link_at(EtsHash *h, EtsObject **link, EtsObject *o, EtsObject *next)
{
    o->next = next;
    o->epoch = h->epoch;
    *link = o;
    h->words += o->words;
}

// The object that equals tuple among those of the key at *first, and the link
// to it.
static EtsObject **find_equal(EtsTable *t, EtsObject **first, Term tuple, Term key, uint32_t hash)
{
    Pace work = PACE_START;
    for (EtsObject **at = first; *at != NULL && same_key(t, *at, key, hash); at = &(*at)->next) {
        (void)pace(&work, 32);
        t->store.hash.work++;
        if (equal_exact((*at)->term, tuple)) return at;
    }
    return NULL;
}

// A copy of tuple, for the place that has been found. NULL: memory is refused, or the walks
// that found the place have given up (K3).
static EtsObject *object_to_put(Isolate *iso, Term tuple)
{
    return term_gave_up() ? NULL : ets_object_new(iso, tuple);
}

static EtsPut put_in_bag(Isolate *iso, EtsTable *t, EtsObject **link, Term tuple, Term key,
                         uint32_t hash, bool only_new)
{
    EtsHash *h = &t->store.hash;
    EtsObject *first = *link;
    if (only_new) {
        Pace work = PACE_START;
        for (EtsObject *o = first; o != NULL && same_key(t, o, key, hash);
             o = o->next, (void)pace(&work, 32))
            if (!hash_is_dead(h, o)) return ETS_PUT_EXISTS;
    } else if (t->store.type == ETS_BAG && first != NULL) {
        EtsObject **twin = find_equal(t, link, tuple, key, hash);
        if (twin != NULL) {
            EtsObject *o = *twin;
            if (!hash_is_dead(h, o)) return ETS_PUT_OK;
            // Back to life, as the youngest of its key.
            o->epoch = h->epoch;
            h->live++;
            if (twin != link) {
                *twin = o->next;
                o->next = first;
                *link = o;
            }
            return ETS_PUT_OK;
        }
    }
    EtsObject *o = object_to_put(iso, tuple);
    if (o == NULL) return ETS_PUT_NOMEM;
    o->hash = hash;
    link_at(h, link, o, *link);
    h->live++;
    after_insert(iso, t);
    return ETS_PUT_OK;
}

static EtsPut put_in_hash(Isolate *iso, EtsTable *t, Term tuple, bool only_new)
{
    EtsHash *h = &t->store.hash;
    bool ready = hash_prepare(h, &iso->space) || (reap_all(iso) && hash_prepare(h, &iso->space));
    if (!ready) return ETS_PUT_NOMEM;
    Term key = ets_key_of(t, tuple);
    uint32_t hash = hash_of_key(key);
    EtsObject **link = find_link(t, key, hash);
    if (ets_is_any_bag(t)) return put_in_bag(iso, t, link, tuple, key, hash, only_new);

    EtsObject *old = *link;
    if (old != NULL && only_new && !hash_is_dead(h, old)) return ETS_PUT_EXISTS;
    EtsObject *o = object_to_put(iso, tuple);
    if (o == NULL) return ETS_PUT_NOMEM;
    o->hash = hash;
    if (old == NULL || hash_is_dead(h, old)) h->live++;
    if (old == NULL) {
        link_at(h, link, o, NULL);
        after_insert(iso, t);
        return ETS_PUT_OK;
    }
    h->words -= old->words;
    link_at(h, link, o, old->next);
    ets_object_free(&iso->space, old);
    return ETS_PUT_OK;
}

EtsObject *ets_next_same(EtsTable *t, EtsObject *o)
{
    if (!ets_is_any_bag(t)) return NULL;
    EtsHash *h = &t->store.hash;
    Term key = ets_key_of(t, o->term);
    uint32_t hash = o->hash;
    Pace work = PACE_START;
    for (o = o->next; o != NULL && same_key(t, o, key, hash); o = o->next) {
        (void)pace(&work, 32);
        h->work++;
        if (!hash_is_dead(h, o)) return o;
    }
    return NULL;
}

// Deletes the objects of key, only those equal to tuple unless that is
// TERM_NONE. Under fixation one object stays to mark the place (E3).
static void delete_from_hash(Isolate *iso, EtsTable *t, Term key, Term tuple)
{
    EtsHash *h = &t->store.hash;
    if (h->segments == NULL) return;
    if (!ets_key_fits(t->space, key)) return;
    uint32_t hash = hash_of_key(key);
    EtsObject **link = find_link(t, key, hash);
    bool first = true, found = false;
    Pace work = PACE_START;
    while (*link != NULL && same_key(t, *link, key, hash)) {
        (void)pace(&work, 32);
        EtsObject *o = *link;
        h->work++;
        bool hit = !hash_is_dead(h, o) && (tuple == TERM_NONE || equal_exact(o->term, tuple));
        if (!hit) {
            if (!hash_is_dead(h, o)) first = false;
            link = &o->next;
            continue;
        }
        found = true;
        if (ets_unlink(iso, t, link, first && t->fix_count > 0)) link = &o->next;
        first = false;
        if (tuple != TERM_NONE && t->store.type == ETS_BAG) break;
    }
    if (found) ets_settle(iso, t);
}

// The first live object at or behind o in the order of traversal.
static EtsObject *live_from(EtsHash *h, uint64_t slot, EtsObject *o)
{
    Pace work = PACE_START;
    for (;; (void)pace(&work, 32)) {
        for (; o != NULL; o = o->next, (void)pace(&work, 32)) {
            if (!hash_is_dead(h, o)) return o;
            h->work++;
        }
        slot = hash_next_slot(h, slot);
        if (slot == 0) return NULL;
        h->work++;
        o = hash_chain(h, slot);
    }
}

static bool next_in_hash(EtsTable *t, Term key, Term *out)
{
    EtsHash *h = &t->store.hash;
    if (h->segments == NULL || !ets_key_fits(t->space, key)) return false;
    uint32_t hash = hash_of_key(key);
    EtsObject *o = *find_link(t, key, hash);
    // What is dead marks its place as long as the table is fixed, then no more.
    if (o != NULL && t->fix_count == 0 && hash_is_dead(h, o)) o = ets_next_same(t, o);
    if (o == NULL) return false;
    uint64_t slot = hash_slot_of(h, hash);
    Pace work = PACE_START;
    do {
        (void)pace(&work, 32);
        h->work++;
        o = o->next;
    } while (o != NULL && same_key(t, o, key, hash));
    o = live_from(h, slot, o);
    *out = o == NULL ? AM_dollar_end_of_table : ets_key_of(t, o->term);
    return true;
}

// ---- both -----------------------------------------------------------------------------
EtsPut ets_put(Isolate *iso, EtsTable *t, Term tuple, bool only_new)
{
    if (!ets_key_fits(t->space, ets_key_of(t, tuple))) return ETS_PUT_TOO_BIG;
    if (!ets_is_tree(t)) return put_in_hash(iso, t, tuple, only_new);
    EtsTree *tree = &t->store.tree;
    uint32_t keypos = t->store.keypos;
    if (only_new && tree_find(tree, keypos, ets_key_of(t, tuple)) != NULL) return ETS_PUT_EXISTS;
    if (tree_count(tree) == UINT32_MAX) return ETS_PUT_NOMEM;
    EtsObject *o = ets_object_new(iso, tuple), *old;
    if (o == NULL) return ETS_PUT_NOMEM;
    if (!tree_put(tree, keypos, o, &old)) {
        ets_object_free(&iso->space, o);
        return ETS_PUT_NOMEM;
    }
    if (old != NULL) ets_object_free(&iso->space, old);
    return ETS_PUT_OK;
}

EtsObject *ets_get(EtsTable *t, Term key)
{
    if (ets_is_tree(t)) return tree_find(&t->store.tree, t->store.keypos, key);
    EtsHash *h = &t->store.hash;
    if (h->segments == NULL || !ets_key_fits(t->space, key)) return NULL;
    EtsObject *o = *find_link(t, key, hash_of_key(key));
    if (o == NULL || !hash_is_dead(h, o)) return o;
    return ets_next_same(t, o);
}

bool ets_replace(Isolate *iso, EtsTable *t, EtsObject *old, EtsObject *with)
{
    if (ets_is_tree(t)) {
        EtsObject *was;
        if (!tree_put(&t->store.tree, t->store.keypos, with, &was)) {
            ets_object_free(&iso->space, with);
            return false;
        }
        ASSERT(was == old);
    } else {
        EtsHash *h = &t->store.hash;
        EtsObject **link = hash_bucket(h, hash_slot_of(h, old->hash));
        while (*link != old) link = &(*link)->next, h->work++;
        with->hash = old->hash;
        h->words -= old->words;
        link_at(h, link, with, old->next);
    }
    ets_object_free(&iso->space, old);
    return true;
}

void ets_delete_key(Isolate *iso, EtsTable *t, Term key)
{
    if (!ets_is_tree(t)) {
        delete_from_hash(iso, t, key, TERM_NONE);
        return;
    }
    EtsObject *o = tree_remove(&t->store.tree, t->store.keypos, key);
    if (o != NULL) ets_object_free(&iso->space, o);
}

void ets_delete_equal(Isolate *iso, EtsTable *t, Term tuple)
{
    Term key = ets_key_of(t, tuple);
    if (!ets_is_tree(t)) {
        delete_from_hash(iso, t, key, tuple);
        return;
    }
    EtsObject *o = tree_find(&t->store.tree, t->store.keypos, key);
    if (o != NULL && equal_exact(o->term, tuple)) ets_delete_key(iso, t, key);
}

static Term key_or_end(EtsTable *t, const EtsObject *o)
{
    return o == NULL ? AM_dollar_end_of_table : ets_key_of(t, o->term);
}

Term ets_first_key(EtsTable *t)
{
    if (ets_is_tree(t)) return key_or_end(t, tree_first(&t->store.tree));
    EtsHash *h = &t->store.hash;
    if (h->segments == NULL) return AM_dollar_end_of_table;
    return key_or_end(t, live_from(h, 0, hash_chain(h, 0)));
}

Term ets_last_key(EtsTable *t)
{
    return ets_is_tree(t) ? key_or_end(t, tree_last(&t->store.tree)) : ets_first_key(t);
}

bool ets_next_key(EtsTable *t, Term key, Term *out)
{
    if (!ets_is_tree(t)) return next_in_hash(t, key, out);
    *out = key_or_end(t, tree_after(&t->store.tree, t->space, t->store.keypos, key));
    return true;
}

bool ets_prev_key(EtsTable *t, Term key, Term *out)
{
    if (!ets_is_tree(t)) return next_in_hash(t, key, out);
    *out = key_or_end(t, tree_before(&t->store.tree, t->space, t->store.keypos, key));
    return true;
}
