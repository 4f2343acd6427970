// SPDX-License-Identifier: Apache-2.0
// bif/ets_update.c - ets:update_counter/3,4 and update_element/3.
//
// All operations of a call are checked before the first is carried out; they work
// on a copy of the tuple's words, which then takes the place of the object.
#include "bif/ets_bif.h"

#include "base/fiber.h"
#include "term/compare.h"

typedef struct Update {
    Process *p;
    EtsTable *t;
    EtsObject *object;  // NULL: a new one is made
    size_t arity;
    Term *tuple;        // header and elements: scratch
    size_t bytes;
    Term few[1 + 16];
} Update;

static bool update_begin(Update *u, Process *p, EtsTable *t, Term tuple, EtsObject *o)
{
    u->p = p;
    u->t = t;
    u->object = o;
    u->arity = tuple_arity(tuple);
    u->bytes = (1 + u->arity) * sizeof(Term);
    u->tuple = u->bytes <= sizeof u->few ? u->few : bif_scratch(p, u->bytes);
    if (u->tuple == NULL) return false;
    memcpy(u->tuple, boxed_ptr(tuple), u->bytes);
    bif_charge(p, u->arity / 64);
    return true;
}

static void update_end(Update *u)
{
    if (u->tuple != u->few) bif_scratch_free(u->p, u->tuple, u->bytes);
}

// Stores the words. When only words that hold a value of their own differ and
// the object lies in the table, it is written in place.
static bool update_commit(Update *u)
{
    EtsObject *o = u->object;
    bool in_place = o != NULL && o->words != 0;
    for (size_t i = 1; in_place && i <= u->arity; i++) {
        Term was = tuple_elements(o->term)[i - 1];
        in_place = was == u->tuple[i] || (is_immed(was) && is_immed(u->tuple[i]));
    }
    if (in_place) {
        memcpy(tuple_elements(o->term), u->tuple + 1, u->arity * sizeof(Term));
        return true;
    }
    Term tuple = make_boxed(u->tuple);
    if (o == NULL) {
        EtsPut put = ets_put(u->p->iso, u->t, tuple, false);
        if (put == ETS_PUT_OK) return true;
        if (put == ETS_PUT_TOO_BIG) {
            (void)bif_system_limit(u->p);
            return false;
        }
    } else {
        EtsObject *with = ets_object_new(u->p->iso, tuple);
        if (with != NULL) {
            bif_charge(u->p, with->words / 32);
            if (ets_replace(u->p->iso, u->t, o, with)) return true;
        }
    }
    (void)bif_no_memory(u->p);
    return false;
}

// ---- update_element --------------------------------------------------------------------
// A list of operations is walked twice; one alone is taken as a list of one.
static Term as_list(Term ops, Term *cell)
{
    if (!is_tuple(ops)) return ops;
    cell[0] = ops;
    cell[1] = TERM_NIL;
    return make_cons(cell);
}

static Term check_elements(Update *u, Term list)
{
    Pace work = PACE_START;
    for (; is_cons(list); list = cons_tail(list), (void)pace(&work, 16)) {
        bif_charge(u->p, 1);
        Term op = cons_head(list);
        if (!is_tuple_arity(op, 2) || !is_small(tuple_elements(op)[0])) return bif_badarg(u->p);
        int64_t pos = small_value(tuple_elements(op)[0]);
        if (pos == u->t->store.keypos) return bif_error_cause(u->p, AM_badarg, AM_keypos);
        if (pos < 1 || (uint64_t)pos > u->arity) return bif_badarg(u->p);
    }
    return is_nil(list) ? AM_true : bif_badarg(u->p);
}

Term bif_ets_update_element_3(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_WRITE);
    if (t == NULL) return TERM_NONE;
    if (ets_is_any_bag(t)) return bif_badarg(p);
    EtsObject *o = ets_get(t, args[1]);
    ets_bif_charge(p, t);
    if (o == NULL) return AM_false;
    Update u;
    if (!update_begin(&u, p, t, o->term, o)) return TERM_NONE;
    Term cell[2], list = as_list(args[2], cell);
    Term result = check_elements(&u, list);
    if (result == AM_true) {
        Pace work = PACE_START;
        for (; is_cons(list); list = cons_tail(list), (void)pace(&work, 16)) {
            Term *op = tuple_elements(cons_head(list));
            u.tuple[small_value(op[0])] = op[1];
        }
        if (!update_commit(&u)) result = TERM_NONE;
    }
    update_end(&u);
    return result;
}

// ---- update_counter --------------------------------------------------------------------
// One {Pos, Incr} or {Pos, Incr, Threshold, SetValue}.
static Term check_counter(Update *u, Term op)
{
    Process *p = u->p;
    if (!is_tuple(op)) return bif_badarg(p);
    Term *e = tuple_elements(op);
    size_t n = tuple_arity(op);
    if (n != 2 && n != 4) return bif_badarg(p);
    if (n == 4 && !(is_integer(e[2]) && is_integer(e[3]))) return bif_badarg(p);
    if (!is_small(e[0]) || !is_integer(e[1])) return bif_badarg(p);
    int64_t pos = small_value(e[0]);
    if (pos == u->t->store.keypos) return bif_error_cause(p, AM_badarg, AM_keypos);
    if (pos < 1 || (uint64_t)pos > u->arity) return bif_error_cause(p, AM_badarg, AM_position);
    return is_integer(u->tuple[pos]) ? AM_true : bif_badarg(p);
}

static Term check_counters(Update *u, Term list)
{
    Pace work = PACE_START;
    for (; is_cons(list); list = cons_tail(list), (void)pace(&work, 16)) {
        bif_charge(u->p, 1);
        if (check_counter(u, cons_head(list)) == TERM_NONE) return TERM_NONE;
    }
    return is_nil(list) ? AM_true : bif_badarg(u->p);
}

static Term add(Process *p, Term a, Term b)
{
    if (are_both_small(a, b)) {
        int64_t sum = small_value(a) + small_value(b);
        if (fits_small(sum)) return make_small(sum);
    }
    Term args[2] = {a, b};
    return ets_bif_resolve(AM_plus, 2)(p, args);
}

// Carries out one operation, which has been checked. The new value, on the heap
// of p.
static Term count(Update *u, Term op)
{
    Term *e = tuple_elements(op);
    Term *at = &u->tuple[small_value(e[0])];
    Term value = add(u->p, *at, e[1]);
    if (value == TERM_NONE) return TERM_NONE;
    if (tuple_arity(op) == 4) {
        int order = compare(value, e[2]);
        if (compare(e[1], make_small(0)) < 0 ? order < 0 : order > 0) value = e[3];
    }
    // The sum may be the old value itself, which lies in the table.
    if (value == *at) value = ets_bif_copy(u->p, value);
    *at = value;
    return value;
}

static Term count_all(Update *u, Term list)
{
    Term first = TERM_NIL, *link = &first;
    Pace work = PACE_START;
    for (; is_cons(list); list = cons_tail(list), (void)pace(&work, 32)) {
        Term value = count(u, cons_head(list));
        Term *hp = value == TERM_NONE ? NULL : bif_alloc(u->p, 2);
        if (hp == NULL) return TERM_NONE;
        *link = cons_at(&hp, value, TERM_NIL);
        link = cons_ptr(*link) + 1;
    }
    return first;
}

static Term update(Update *u, Term what)
{
    Term op[3] = {TUPLE_HEADER(2), make_small(u->t->store.keypos + 1), what};
    bool many = !is_integer(what) && !is_tuple(what);
    if (is_integer(what)) what = make_boxed(op);
    Term fine = many ? check_counters(u, what) : check_counter(u, what);
    if (fine == TERM_NONE) return TERM_NONE;
    Term result = many ? count_all(u, what) : count(u, what);
    return result != TERM_NONE && update_commit(u) ? result : TERM_NONE;
}

static Term update_counter(Process *p, Term *args, Term fallback)
{
    EtsTable *t = ets_bif_table(p, args, ETS_WRITE);
    if (t == NULL) return TERM_NONE;
    if (fallback != TERM_NONE && !is_tuple(fallback)) return bif_badarg(p);
    if (ets_is_any_bag(t)) return bif_error_cause(p, AM_badarg, AM_table_type);
    EtsObject *o = ets_get(t, args[1]);
    ets_bif_charge(p, t);
    if (o == NULL) {
        if (fallback == TERM_NONE) return bif_error_cause(p, AM_badarg, AM_badkey);
        if (tuple_arity(fallback) < t->store.keypos) return bif_badarg(p);
    }
    Update u;
    if (!update_begin(&u, p, t, o != NULL ? o->term : fallback, o)) return TERM_NONE;
    if (o == NULL) u.tuple[t->store.keypos] = args[1];
    Term result = update(&u, args[2]);
    update_end(&u);
    return result;
}

Term bif_ets_update_counter_3(Process *p, Term *args) { return update_counter(p, args, TERM_NONE); }

Term bif_ets_update_counter_4(Process *p, Term *args) { return update_counter(p, args, args[3]); }
