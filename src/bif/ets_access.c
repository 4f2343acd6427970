// SPDX-License-Identifier: Apache-2.0
// bif/ets_access.c - one key at a time: look up, delete, step through the keys.
#include "bif/ets_bif.h"

#include "base/fiber.h"

// The objects of a key from o on, as a list in OTP's order: of those in a bucket
// the youngest comes last.
static Term object_list(Process *p, EtsTable *t, EtsObject *o)
{
    Term list = TERM_NIL;
    Pace work = PACE_START;
    for (; o != NULL; o = ets_next_same(t, o)) {
        (void)pace(&work, 32);
        list = ets_bif_cons_copy(p, o->term, list);
        if (list == TERM_NONE) return TERM_NONE;
        bif_charge(p, 1 + o->words / 32);
    }
    return list;
}

Term bif_ets_lookup_2(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_READ);
    if (t == NULL) return TERM_NONE;
    Term list = object_list(p, t, ets_get(t, args[1]));
    ets_bif_charge(p, t);
    return list;
}

Term bif_ets_member_2(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_READ);
    if (t == NULL) return TERM_NONE;
    bool found = ets_get(t, args[1]) != NULL;
    ets_bif_charge(p, t);
    return make_bool(found);
}

Term bif_ets_lookup_element_3(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_READ);
    if (t == NULL) return TERM_NONE;
    if (!is_small(args[2]) || small_value(args[2]) < 1) return bif_badarg(p);
    size_t pos = (size_t)small_value(args[2]);
    EtsObject *first = ets_get(t, args[1]);
    if (first == NULL) return bif_error_cause(p, AM_badarg, AM_badkey);
    Pace work = PACE_START;
    for (EtsObject *o = first; o != NULL; o = ets_next_same(t, o), (void)pace(&work, 16))
        if (tuple_arity(o->term) < pos) return bif_badarg(p);
    Term value = TERM_NIL;
    if (!ets_is_any_bag(t)) {
        value = ets_bif_copy(p, tuple_elements(first->term)[pos - 1]);
    } else {
        for (EtsObject *o = first; o != NULL && value != TERM_NONE;
             o = ets_next_same(t, o), (void)pace(&work, 32))
            value = ets_bif_cons_copy(p, tuple_elements(o->term)[pos - 1], value);
    }
    ets_bif_charge(p, t);
    return value;
}

Term bif_ets_take_2(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_WRITE);
    if (t == NULL) return TERM_NONE;
    EtsObject *o = ets_get(t, args[1]);
    Term list = object_list(p, t, o);
    if (list != TERM_NONE && o != NULL) ets_delete_key(p->iso, t, args[1]);
    ets_bif_charge(p, t);
    return list;
}

Term bif_ets_delete_2(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_WRITE);
    if (t == NULL) return TERM_NONE;
    ets_delete_key(p->iso, t, args[1]);
    ets_bif_charge(p, t);
    return AM_true;
}

Term bif_ets_delete_object_2(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_WRITE);
    if (t == NULL) return TERM_NONE;
    if (!is_tuple(args[1]) || tuple_arity(args[1]) < t->store.keypos) return bif_badarg(p);
    ets_delete_equal(p->iso, t, args[1]);
    ets_bif_charge(p, t);
    return AM_true;
}

// ---- stepping -----------------------------------------------------------------------
Term bif_ets_first_1(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_READ);
    if (t == NULL) return TERM_NONE;
    Term key = ets_bif_copy(p, ets_first_key(t));
    ets_bif_charge(p, t);
    return key;
}

Term bif_ets_last_1(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_READ);
    if (t == NULL) return TERM_NONE;
    Term key = ets_bif_copy(p, ets_last_key(t));
    ets_bif_charge(p, t);
    return key;
}

static Term step(Process *p, Term *args, bool (*go)(EtsTable *, Term, Term *))
{
    EtsTable *t = ets_bif_table(p, args, ETS_READ);
    if (t == NULL) return TERM_NONE;
    Term key;
    bool after_end = ets_is_tree(t) && args[1] == AM_dollar_end_of_table;  // no key, even if it is
    if (after_end || !go(t, args[1], &key)) return bif_badarg(p);
    key = ets_bif_copy(p, key);
    ets_bif_charge(p, t);
    return key;
}

Term bif_ets_next_2(Process *p, Term *args) { return step(p, args, ets_next_key); }

Term bif_ets_prev_2(Process *p, Term *args) { return step(p, args, ets_prev_key); }

Term bif_ets_slot_2(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_READ);
    if (t == NULL) return TERM_NONE;
    if (!is_small(args[1]) || small_value(args[1]) < 0) return bif_badarg(p);
    uint64_t slot = (uint64_t)small_value(args[1]);
    uint64_t slots = ets_is_tree(t) ? ets_size(t) : t->store.hash.active;
    if (slot > slots) return bif_badarg(p);
    if (slot == slots) return AM_dollar_end_of_table;
    if (ets_is_tree(t)) return ets_bif_cons_copy(p, tree_nth(&t->store.tree, slot)->term, TERM_NIL);
    Term list = TERM_NIL;
    EtsHash *h = &t->store.hash;
    for (EtsObject *o = hash_chain(h, slot); o != NULL; o = o->next) {
        if (hash_is_dead(h, o)) continue;
        list = ets_bif_cons_copy(p, o->term, list);
        if (list == TERM_NONE) return TERM_NONE;
        bif_charge(p, 1 + o->words / 32);
    }
    return list;
}
