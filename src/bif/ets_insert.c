// SPDX-License-Identifier: Apache-2.0
// bif/ets_insert.c - ets:insert/2 and insert_new/2, of one object or of many.
//
// A list is checked, for insert_new looked up, and inserted, in that order. What
// is inserted between two slices would be seen by others half done, so a list
// too long for one slice first makes the table busy: others wait (E5).
#include "bif/ets_bif.h"

enum { PHASE_CHECK, PHASE_LOOK, PHASE_INSERT };

// Marks the end of a list insertion; see EtsTable.busy.
static Term finish(EtsTable *t, Term result)
{
    t->busy = TERM_NONE;
    return result;
}

static Term put_one(Process *p, EtsTable *t, Term tuple, bool only_new)
{
    if (!is_tuple(tuple) || tuple_arity(tuple) < t->store.keypos) return bif_badarg(p);
    EtsPut put = ets_put(p->iso, t, tuple, only_new);
    ets_bif_charge(p, t);
    bif_charge(p, tuple_arity(tuple) / 32);
    if (put == ETS_PUT_NOMEM) return bif_no_memory(p);
    if (put == ETS_PUT_TOO_BIG) return bif_system_limit(p);
    return make_bool(put == ETS_PUT_OK);
}

static Term yield(Process *p, EtsTable *t, Term id, Term all, Term rest, int phase, bool only_new)
{
    if (phase != PHASE_CHECK) t->busy = p->pid;
    if (is_atom(id)) {
        id = ets_bif_tid(p, t);
        if (id == TERM_NONE) return finish(t, TERM_NONE);
    }
    return bif_yield(p, BIF_ets_insert_step, 5, id, all, rest, make_small(phase),
                     make_bool(only_new));
}

// The list the other way round. TERM_NONE: refused, exception set.
static Term reversed(Process *p, Term list)
{
    Term result = TERM_NIL;
    for (; is_cons(list); list = cons_tail(list)) {
        Term *hp = bif_alloc(p, 2);
        if (hp == NULL) return TERM_NONE;
        result = cons_at(&hp, cons_head(list), result);
        bif_charge(p, 1);
    }
    return result;
}

// One step of a phase. TERM_NONE: the exception is set; AM_false: an object is
// there; AM_true: go on.
static Term step(Process *p, EtsTable *t, Term tuple, int phase)
{
    switch (phase) {
    case PHASE_CHECK:
        if (!is_tuple(tuple) || tuple_arity(tuple) < t->store.keypos) return bif_badarg(p);
        bif_charge(p, 1);
        return AM_true;
    case PHASE_LOOK: {
        bool found = ets_get(t, ets_key_of(t, tuple)) != NULL;
        ets_bif_charge(p, t);
        return make_bool(!found);
    }
    default: return put_one(p, t, tuple, false);
    }
}

// Goes on at `rest` of the list `all`.
static Term insert_list(Process *p, EtsTable *t, Term id, Term all, Term rest, int phase,
                        bool only_new)
{
    for (;;) {
        if (is_cons(rest)) {
            if (bif_budget(p) <= 0) return yield(p, t, id, all, rest, phase, only_new);
            Term done = step(p, t, cons_head(rest), phase);
            if (done != AM_true) return finish(t, done);
            rest = cons_tail(rest);
            continue;
        }
        if (!is_nil(rest)) return bif_badarg(p);
        if (phase == PHASE_INSERT) return finish(t, AM_true);
        phase = phase == PHASE_CHECK && only_new ? PHASE_LOOK : PHASE_INSERT;
        // OTP inserts the objects of a list into a bag from the last to the first.
        if (phase == PHASE_INSERT && t->store.type == ETS_BAG) {
            all = reversed(p, all);
            if (all == TERM_NONE) return TERM_NONE;
        }
        rest = all;
    }
}

Term bif_ets_insert_step(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_WRITE);
    if (t == NULL) return TERM_NONE;
    return insert_list(p, t, args[0], args[1], args[2], (int)small_value(args[3]),
                       args[4] == AM_true);
}

static Term insert(Process *p, Term *args, bool only_new)
{
    EtsTable *t = ets_bif_table(p, args, ETS_WRITE);
    if (t == NULL) return TERM_NONE;
    Term what = args[1];
    if (is_nil(what)) return AM_true;
    if (is_cons(what) && is_nil(cons_tail(what))) what = cons_head(what);
    if (is_cons(what)) return insert_list(p, t, args[0], what, what, PHASE_CHECK, only_new);
    return put_one(p, t, what, only_new);
}

Term bif_ets_insert_2(Process *p, Term *args) { return insert(p, args, false); }

Term bif_ets_insert_new_2(Process *p, Term *args) { return insert(p, args, true); }
