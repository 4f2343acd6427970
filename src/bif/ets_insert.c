// SPDX-License-Identifier: Apache-2.0
// bif/ets_insert.c - ets:insert/2 and insert_new/2, of one object or of many.
//
// A list is checked, for insert_new looked up, and inserted, in that order. What
// is inserted between two slices would be seen by others half done, so a list
// too long for one slice first makes the table busy: others wait (E5).
#include "bif/ets_bif.h"

#include "base/fiber.h"
#include "exec/exception.h"

enum { PHASE_CHECK, PHASE_LOOK, PHASE_INSERT };

#define LIST_OF_A_SLICE 16000

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

// What a list insertion is about, from slice to slice.
typedef struct ListInsert {
    Process *p;
    EtsTable *t;
    Term id;    // the table as the caller named it
    Term tid;   // the same table even when its name changes
    Term given; // the list as the caller gave it
    Term all;   // the list in the order of insertion
    Term rest;  // of all
    int phase;
    bool only_new;
} ListInsert;

static Term yield(ListInsert *i)
{
    if (i->phase != PHASE_CHECK) i->t->busy = i->p->pid;
    if (i->tid == TERM_NONE) i->tid = ets_bif_tid(i->p, i->t);
    if (i->tid == TERM_NONE) return finish(i->t, TERM_NONE);
    return bif_yield(i->p, BIF_ets_insert_step, 7, i->tid, i->id, i->given, i->all, i->rest,
                     make_small(i->phase), make_bool(i->only_new));
}

// The list the other way round. TERM_NONE: refused, exception set.
static Term reversed(Process *p, Term list)
{
    Term result = TERM_NIL;
    for (Pace work = PACE_START; is_cons(list); list = cons_tail(list), (void)pace(&work, 16)) {
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

static Term insert_list(ListInsert *i)
{
    Process *p = i->p;
    for (Pace work = PACE_START;; (void)pace(&work, 128)) {
        if (is_cons(i->rest)) {
            if (bif_budget(p) <= 0) return yield(i);
            Term done = step(p, i->t, cons_head(i->rest), i->phase);
            if (done != AM_true) return finish(i->t, done);
            i->rest = cons_tail(i->rest);
            continue;
        }
        if (!is_nil(i->rest)) return bif_badarg(p);
        if (i->phase == PHASE_INSERT) return finish(i->t, AM_true);
        i->phase = i->phase == PHASE_CHECK && i->only_new ? PHASE_LOOK : PHASE_INSERT;
        // OTP inserts the objects of a list from the last to the first into a bag, and where there
        // are more than a slice is enough to check and insert.
        if (i->phase == PHASE_INSERT &&
            (i->t->store.type == ETS_BAG || bif_list_length(p, i->all) > LIST_OF_A_SLICE)) {
            i->all = reversed(p, i->all);
            if (i->all == TERM_NONE) return finish(i->t, TERM_NONE);
        }
        i->rest = i->all;
    }
}

Term bif_ets_insert_step(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_WRITE);
    ListInsert i = {.p = p,
                    .t = t,
                    .tid = args[0],
                    .id = args[1],
                    .given = args[2],
                    .all = args[3],
                    .rest = args[4],
                    .phase = (int)small_value(args[5]),
                    .only_new = args[6] == AM_true};
    Term result = t == NULL ? TERM_NONE : insert_list(&i);
    // An exception shows the call that the guest made.
    if (result == TERM_NONE && p->exc.class == EXC_ERROR) {
        BifIndex shown = i.only_new ? BIF_ets_insert_new_2 : BIF_ets_insert_2;
        exception_note_native(p, &bif_table[shown], (Term[]){i.id, i.given});
    }
    return result;
}

static Term insert(Process *p, Term *args, bool only_new)
{
    EtsTable *t = ets_bif_table(p, args, ETS_WRITE);
    if (t == NULL) return TERM_NONE;
    Term what = args[1];
    if (is_nil(what)) return AM_true;
    if (is_cons(what) && is_nil(cons_tail(what))) what = cons_head(what);
    if (is_cons(what)) {
        ListInsert i = {.p = p,
                        .t = t,
                        .id = args[0],
                        .given = what,
                        .all = what,
                        .rest = what,
                        .phase = PHASE_CHECK,
                        .only_new = only_new};
        return insert_list(&i);
    }
    return put_one(p, t, what, only_new);
}

Term bif_ets_insert_2(Process *p, Term *args) { return insert(p, args, false); }

Term bif_ets_insert_new_2(Process *p, Term *args) { return insert(p, args, true); }
