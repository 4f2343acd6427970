// SPDX-License-Identifier: Apache-2.0
// bif/ets_scan.c - walks over the objects of a table with a match specification.
//
// A hash table is walked bucket by bucket, a tree from key to key. Between two
// slices a hash table is fixed, so that its buckets stay what they are.
#include "bif/ets_scan.h"
#include "term/compare.h"

typedef enum Visit { VISIT_NEXT, VISIT_DELETE, VISIT_REPLACED, VISIT_FAILED } Visit;

static bool add_result(Scan *s, Term value)
{
    Term *hp = bif_alloc(s->p, 2);
    if (hp == NULL) return false;
    s->list = cons_at(&hp, value, s->list);
    s->got++;
    return true;
}

// Puts what the body made in the place of o, which is freed. *now: the new object.
static Visit replace(Scan *s, EtsObject *o, Term value, EtsObject **now)
{
    EtsObject *with = ets_object_new(s->p->iso, value);
    if (with == NULL || !ets_replace(s->p->iso, s->t, o, with)) {
        (void)bif_no_memory(s->p);
        return VISIT_FAILED;
    }
    s->got++;
    *now = with;
    return VISIT_REPLACED;
}

// What the specification says about one object.
static Visit visit(Scan *s, EtsObject *o, EtsObject **now)
{
    bif_charge(s->p, 1 + o->words / 32);
    Term value;
    switch (match_run(s->m, s->p, o->term, s->kind == SCAN_LIST, &value)) {
    case MATCH_NO: return VISIT_NEXT;
    case MATCH_REFUSED: (void)bif_no_memory(s->p); return VISIT_FAILED;
    case MATCH_YES: break;
    }
    switch (s->kind) {
    case SCAN_LIST: return add_result(s, value) ? VISIT_NEXT : VISIT_FAILED;
    case SCAN_REPLACE: return replace(s, o, value, now);
    case SCAN_COUNT:
    case SCAN_DELETE:
        if (value != AM_true) return VISIT_NEXT;
        s->got++;
        return s->kind == SCAN_DELETE ? VISIT_DELETE : VISIT_NEXT;
    }
    return VISIT_NEXT;
}

// ---- hash tables ----------------------------------------------------------------------
// True unless the exception is set.
static bool scan_bucket(Scan *s, uint64_t slot)
{
    EtsHash *h = &s->t->store.hash;
    // Nobody else looks at what this scan deletes unless others fix the table too.
    bool keep = s->t->fix_count > (s->fixed ? 1 : 0);
    EtsObject **link = hash_bucket(h, slot);
    while (*link != NULL) {
        EtsObject *o = *link;
        Visit v = hash_is_dead(h, o) ? VISIT_NEXT : visit(s, o, &o);
        if (v == VISIT_FAILED) return false;
        if (v == VISIT_DELETE && !ets_unlink(s->p->iso, s->t, link, keep)) continue;
        link = &o->next;
    }
    return true;
}

static Term scan_buckets(Scan *s, uint64_t slot)
{
    EtsHash *h = &s->t->store.hash;
    for (unsigned n = 0;; n++) {
        if (!scan_bucket(s, slot)) return TERM_NONE;
        slot = hash_next_slot(h, slot);
        if (slot == 0) return scan_finish(s, true, make_small(-1));
        if (s->chunk > 0 && s->got >= (uint64_t)s->chunk)
            return scan_finish(s, false, make_small((int64_t)slot));
        if (n % 16 == 15) bif_charge(s->p, 1);
        if (bif_budget(s->p) <= 0) return scan_yield(s, make_small((int64_t)slot));
    }
}

// Walks through the buckets of the keys that the clauses name.
#define FEW_CLAUSES 64
static Term scan_named_buckets(Scan *s)
{
    uint64_t slots[FEW_CLAUSES];
    size_t n = 0;
    EtsHash *h = &s->t->store.hash;
    for (size_t i = 0; i < s->m->clauses.len; i++) {
        Term key;
        Term pattern = s->m->clauses.items[i].pattern;
        if (match_key_of(pattern, s->t->store.keypos, &key) == MATCH_KEY_NONE) continue;
        if (ets_get(s->t, key) == NULL) continue;
        uint64_t slot = hash_slot_of(h, hash_of_key(key));
        size_t j = 0;
        while (j < n && slots[j] != slot) j++;
        if (j == n) slots[n++] = slot;
    }
    if (n == 0) return scan_nothing(s);
    for (size_t j = 0; j < n; j++)
        if (!scan_bucket(s, slots[j])) return TERM_NONE;
    return scan_finish(s, true, make_small(-1));
}

// Does every clause name its key, or match nothing?
static bool names_keys(const Scan *s)
{
    if (s->m->clauses.len > FEW_CLAUSES) return false;
    for (size_t i = 0; i < s->m->clauses.len; i++) {
        Term key;
        MatchKey k = match_key_of(s->m->clauses.items[i].pattern, s->t->store.keypos, &key);
        if (k != MATCH_KEY_NONE && k != MATCH_KEY_BOUND) return false;
    }
    return true;
}

// ---- trees --------------------------------------------------------------------------------
// The keys that a scan is limited to: those beside which order(bound, key) is 0.
typedef struct KeyRange {
    TreeOrder order;  // NULL: all keys
    Term bound;
    bool nothing;
} KeyRange;

static KeyRange range_of(const Scan *s)
{
    KeyRange r = {NULL, TERM_NONE, false};
    if (s->m->clauses.len != 1) return r;
    switch (match_key_of(s->m->clauses.items[0].pattern, s->t->store.keypos, &r.bound)) {
    case MATCH_KEY_NONE: r.nothing = true; break;
    case MATCH_KEY_BOUND: r.order = compare; break;
    case MATCH_KEY_PART: r.order = match_compare_part; break;
    case MATCH_KEY_ANY: break;
    }
    return r;
}

// Goes on from o, where *it is.
static Term scan_tree(Scan *s, TreeIter *it, EtsObject *o, const KeyRange *r)
{
    EtsTree *tree = &s->t->store.tree;
    uint32_t keypos = s->t->store.keypos;
    while (o != NULL) {
        Term key = ets_key_of(s->t, o->term);
        if (r->order != NULL && r->order(r->bound, key) != 0) break;
        if (bif_budget(s->p) <= 0) {
            key = ets_bif_copy(s->p, key);
            return key == TERM_NONE ? TERM_NONE : scan_yield(s, key);
        }
        EtsObject *now = o;
        switch (visit(s, o, &now)) {
        case VISIT_FAILED: return TERM_NONE;
        case VISIT_DELETE:
            if (tree_remove(tree, keypos, key) != o) return bif_no_memory(s->p);  // K3
            now = tree_iter_start(it, tree, keypos, key, compare, false, it->descending);
            ets_object_free(&s->p->iso->space, o);
            o = now;
            continue;
        case VISIT_REPLACED: it->path[it->depth - 1] = now; break;
        case VISIT_NEXT: break;
        }
        if (s->chunk > 0 && s->got >= (uint64_t)s->chunk) {
            key = ets_bif_copy(s->p, ets_key_of(s->t, now->term));
            return key == TERM_NONE ? TERM_NONE : scan_finish(s, false, key);
        }
        o = tree_iter_next(it);
    }
    return scan_finish(s, true, TERM_NIL);
}

// A list of all results is built from its end.
static bool scan_descends(const Scan *s)
{
    return s->kind == SCAN_LIST && s->chunk == 0 ? !s->reverse : s->reverse;
}

// ---- both ------------------------------------------------------------------------------------
Term scan_begin(Scan *s)
{
    if (!ets_is_tree(s->t)) {
        if (s->t->store.hash.segments == NULL) return scan_nothing(s);
        return names_keys(s) ? scan_named_buckets(s) : scan_buckets(s, 0);
    }
    KeyRange r = range_of(s);
    if (r.nothing) return scan_nothing(s);
    TreeIter it;
    EtsObject *o = tree_iter_start(&it, &s->t->store.tree, s->t->store.keypos, r.bound, r.order,
                                   true, scan_descends(s));
    return scan_tree(s, &it, o, &r);
}

Term scan_continue(Scan *s, Term position, bool inclusive)
{
    if (!ets_is_tree(s->t)) {
        EtsHash *h = &s->t->store.hash;
        int64_t slot = small_value(position);
        bool enough = s->chunk > 0 && s->got >= (uint64_t)s->chunk;
        if (slot < 0 || enough) return scan_finish(s, slot < 0, position);
        // What was there may be gone when the table was not fixed.
        if ((uint64_t)slot >= h->active) return bif_badarg(s->p);
        if (h->segments == NULL) return scan_finish(s, true, make_small(-1));
        return scan_buckets(s, (uint64_t)slot);
    }
    KeyRange r = range_of(s);
    TreeIter it;
    EtsObject *o = tree_iter_start(&it, &s->t->store.tree, s->t->store.keypos, position, compare,
                                   inclusive, scan_descends(s));
    return scan_tree(s, &it, o, &r);
}
