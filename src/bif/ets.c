// SPDX-License-Identifier: Apache-2.0
// bif/ets.c - tables as a whole: making, naming, giving, fixing, ending.
#include "bif/build.h"
#include "bif/ets_bif.h"
#include "proc/signal.h"

// ---- shared by the files of ets -------------------------------------------------------
Term ets_bif_again(Process *p, Term *args)
{
    const Bif *b = p->current_bif;
    Term a[8] = {0};
    memcpy(a, args, b->arity * sizeof(Term));
    return bif_yield(p, (BifIndex)(b - bif_table), b->arity, a[0], a[1], a[2], a[3], a[4], a[5],
                     a[6], a[7]);
}

EtsTable *ets_bif_table_at(Process *p, Term *args, unsigned at, EtsAccess access)
{
    return ets_bif_table_of(p, args, args[at], access);
}

EtsTable *ets_bif_table_of(Process *p, Term *args, Term id, EtsAccess access)
{
    EtsTable *t = NULL;
    switch (ets_find(p->iso, p, id, access, &t)) {
    case ETS_OK: return t;
    case ETS_BAD_TYPE: (void)bif_error_cause(p, AM_badarg, AM_type); break;
    case ETS_BAD_ID: (void)bif_error_cause(p, AM_badarg, AM_id); break;
    case ETS_BAD_ACCESS: (void)bif_error_cause(p, AM_badarg, AM_access); break;
    case ETS_BUSY: (void)ets_bif_again(p, args); break;
    }
    return NULL;
}

void ets_bif_charge(Process *p, EtsTable *t)
{
    uint64_t *work = ets_is_tree(t) ? &t->store.tree.work : &t->store.hash.work;
    bif_charge(p, 1 + *work / 4);
    *work = 0;
}

Term ets_bif_tid(Process *p, EtsTable *t)
{
    Term *hp = bif_alloc(p, MAGIC_WORDS);
    return hp == NULL ? TERM_NONE : ets_tid_at(t, &hp, &p->heap.off);
}

Term ets_bif_copy(Process *p, Term t)
{
    if (is_immed(t)) return t;
    Term copy = copy_term(&p->heap, t);
    return copy == TERM_NONE ? bif_no_memory(p) : copy;
}

Term ets_bif_cons_copy(Process *p, Term t, Term tail)
{
    Term copy = ets_bif_copy(p, t);
    if (copy == TERM_NONE) return TERM_NONE;
    Term *hp = bif_alloc(p, 2);
    return hp == NULL ? TERM_NONE : cons_at(&hp, copy, tail);
}

bool ets_bif_reap(Process *p)
{
    if (!ets_has_corpses(p->iso)) return true;
    // Freeing an object takes about half as long as a reduction stands for.
    int64_t budget = bif_budget(p) > 0 ? 2 * bif_budget(p) : 0, before = budget;
    bool done = ets_reap(p->iso, &budget);
    bif_charge(p, (uint64_t)(before - budget) / 2 + 1);
    return done;
}

MatchFn ets_bif_resolve(Term name, unsigned arity)
{
    const Bif *b = bif_find(AM_erlang, name, arity);
    return b == NULL ? NULL : b->fn;
}

// ---- new ------------------------------------------------------------------------------
// The value of write_concurrency. {debug_hash_fixed_number_of_locks, N} is OTP's own for its
// tests: it says in what order a table is walked through.
static bool locking_option(EtsOptions *o, Term value)
{
    Term name, count;
    o->locks = 0;
    if (value == AM_true || value == AM_false || value == AM_auto) {
        o->write_concurrency = value;
        if (value == AM_auto) o->decentralized_counters = true;
        if (value == AM_true && o->type != ETS_ORDERED_SET) o->decentralized_counters = false;
        return true;
    }
    if (!is_pair(value, &name, &count) || name != AM_debug_hash_fixed_number_of_locks ||
        !is_small(count) || small_value(count) < 1 || small_value(count) > ETS_MAX_LOCKS)
        return false;
    o->write_concurrency = AM_true;
    o->decentralized_counters = true;
    for (o->locks = ETS_LOCKS; o->locks * 2 <= (uint64_t)small_value(count);) o->locks *= 2;
    return true;
}

// {keypos, N} and the like. False: no such option.
static bool pair_option(EtsOptions *o, Term name, Term value)
{
    if (name == AM_keypos) {
        if (!is_small(value) || small_value(value) < 1) return false;
        // No tuple has more elements: a larger position refuses every object.
        int64_t pos = small_value(value);
        o->keypos = pos > TUPLE_MAX_ARITY ? TUPLE_MAX_ARITY + 1 : (uint32_t)pos;
        return true;
    }
    if (name == AM_write_concurrency) return locking_option(o, value);
    if (name == AM_read_concurrency) return get_bool(value, &o->read_concurrency);
    if (name == AM_heir && value == AM_none) {
        o->heir = AM_none;
        return true;
    }
    return false;
}

static bool atom_option(EtsOptions *o, Term t)
{
    if (t == AM_set) o->type = o->type;  // accepted; does not undo another type
    else if (t == AM_bag) o->type = ETS_BAG;
    else if (t == AM_duplicate_bag) o->type = ETS_DUPLICATE_BAG;
    else if (t == AM_ordered_set) o->type = ETS_ORDERED_SET, o->decentralized_counters = true;
    else if (t == AM_public) o->protection = ETS_PUBLIC;
    else if (t == AM_private) o->protection = ETS_PRIVATE;
    else if (t == AM_protected) o->protection = o->protection;
    else if (t == AM_named_table) o->named = true;
    else if (t == AM_compressed) o->compressed = true;
    else return false;
    return true;
}

// `counters` is what {decentralized_counters, _} said last, -1 if it said nothing.
static bool one_option(EtsOptions *o, Term t, int *counters)
{
    if (is_atom(t)) return atom_option(o, t);
    if (!is_tuple(t)) return false;
    Term *e = tuple_elements(t);
    if (tuple_arity(t) == 3 && e[0] == AM_heir && is_local_pid(e[1])) {
        o->heir = e[1];
        o->heir_data = e[2];
        return true;
    }
    if (tuple_arity(t) != 2) return false;
    if (e[0] != AM_decentralized_counters) return pair_option(o, e[0], e[1]);
    bool on;
    if (!get_bool(e[1], &on)) return false;
    *counters = on;
    return true;
}

static bool read_options(EtsOptions *o, Term list)
{
    int counters = -1;
    for (Pace rate = PACE_START; is_cons(list); list = list_next(list, &rate))
        if (!one_option(o, cons_head(list), &counters)) return false;
    if (!is_nil(list) || (o->locks != 0 && o->type == ETS_ORDERED_SET)) return false;
    // Locks are for tables that others may touch; without them the two options
    // that tune them are not in force, and ets:info says so.
    if (o->protection == ETS_PRIVATE) {
        o->write_concurrency = AM_false;
        o->locks = 0;
        o->read_concurrency = false;
    }
    if (counters >= 0) o->decentralized_counters = counters != 0;
    if (o->write_concurrency == AM_false) o->decentralized_counters = false;
    return true;
}

Term bif_ets_new_2(Process *p, Term *args)
{
    EtsOptions o = {.type = ETS_SET,
                    .protection = ETS_PROTECTED,
                    .keypos = 1,
                    .write_concurrency = AM_false,
                    .heir = AM_none,
                    .heir_data = AM_undefined};
    if (!is_atom(args[0]) || !read_options(&o, args[1])) return bif_badarg(p);
    EtsTable *t;
    switch (ets_table_new(p->iso, p, args[0], &o, &t)) {
    case ST_OK: break;
    case ST_EXISTS: return bif_error_cause(p, AM_badarg, AM_already_exists);
    case ST_LIMIT: return bif_system_limit(p);
    default: return bif_no_memory(p);
    }
    bif_charge(p, 10);
    return o.named ? args[0] : ets_bif_tid(p, t);
}

// ---- delete -----------------------------------------------------------------------------
Term bif_ets_delete_rest(Process *p, Term *args)
{
    return ets_bif_reap(p) ? AM_true : bif_yield(p, BIF_ets_delete_rest, 0);
}

Term bif_ets_delete_1(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_WRITE);
    if (t == NULL) return TERM_NONE;
    ets_table_delete(p->iso, t);
    return bif_ets_delete_rest(p, args);
}

Term bif_ets_delete_all_rest(Process *p, Term *args)
{
    return ets_bif_reap(p) ? args[0] : bif_yield(p, BIF_ets_delete_all_rest, 1, args[0]);
}

Term bif_ets_internal_delete_all_2(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_WRITE);
    if (t == NULL) return TERM_NONE;
    Term count = bif_make_uint64(p, ets_clear(p->iso, t));
    return count == TERM_NONE ? TERM_NONE : bif_ets_delete_all_rest(p, &count);
}

// ---- names, owners ------------------------------------------------------------------------
Term bif_ets_rename_2(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_WRITE);
    if (t == NULL) return TERM_NONE;
    if (!is_atom(args[1])) return bif_badarg(p);
    bool named = t->named;
    switch (ets_table_rename(p->iso, t, args[1])) {
    case ST_OK: return named ? args[1] : args[0];
    case ST_EXISTS: return bif_badarg(p);
    default: return bif_no_memory(p);
    }
}

Term bif_ets_whereis_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return bif_badarg(p);
    EtsTable *t;
    EtsFault fault = ets_find(p->iso, p, args[0], ETS_INFO, &t);
    if (fault == ETS_BUSY) return ets_bif_again(p, args);
    return fault == ETS_OK ? ets_bif_tid(p, t) : AM_undefined;
}

Term bif_ets_give_away_3(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_WRITE);
    if (t == NULL) return TERM_NONE;
    Process *to = is_local_pid(args[1]) ? proc_lookup(p->iso, args[1]) : NULL;
    if (to == NULL) return bif_badarg(p);
    if (t->owner != p->pid) return bif_error_cause(p, AM_badarg, AM_not_owner);
    if (to == p) return bif_error_cause(p, AM_badarg, AM_owner);
    if (ets_transfer(p->iso, p, t, to, args[2]) != ST_OK) return bif_no_memory(p);
    bif_charge(p, 10);
    return AM_true;
}

// What setopts is asked for; TERM_NONE and -1 where it is not.
typedef struct SetOpts {
    Term heir, heir_data;
    int protection;
} SetOpts;

static bool read_setopt(SetOpts *o, Term t)
{
    if (!is_tuple(t) || tuple_arity(t) < 2) return false;
    Term *e = tuple_elements(t);
    size_t n = tuple_arity(t);
    if (e[0] == AM_heir) {
        bool none = n == 2 && e[1] == AM_none;
        if (o->heir != TERM_NONE || !(none || (n == 3 && is_local_pid(e[1])))) return false;
        o->heir = e[1];
        o->heir_data = none ? AM_undefined : e[2];
        return true;
    }
    if (e[0] != AM_protection || n != 2 || o->protection >= 0) return false;
    if (e[1] == AM_private) o->protection = ETS_PRIVATE;
    else if (e[1] == AM_protected) o->protection = ETS_PROTECTED;
    else if (e[1] == AM_public) o->protection = ETS_PUBLIC;
    return o->protection >= 0;
}

Term bif_ets_setopts_2(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_WRITE);
    if (t == NULL) return TERM_NONE;
    SetOpts o = {.protection = -1};
    Term list = args[1];
    if (is_tuple(list)) {
        if (!read_setopt(&o, list)) return bif_badarg(p);
        list = TERM_NIL;
    }
    for (Pace rate = PACE_START; is_cons(list); list = list_next(list, &rate))
        if (!read_setopt(&o, cons_head(list))) return bif_badarg(p);
    if (!is_nil(list) || t->owner != p->pid) return bif_badarg(p);
    if (o.heir != TERM_NONE && ets_set_heir(p->iso, t, o.heir, o.heir_data) != ST_OK)
        return bif_no_memory(p);
    if (o.protection >= 0) t->protection = (uint8_t)o.protection;
    return AM_true;
}

// ---- fixation, list of tables ---------------------------------------------------------------
Term bif_ets_safe_fixtable_2(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_READ);
    if (t == NULL) return TERM_NONE;
    if (args[1] == AM_true) {
        if (ets_fix(p->iso, t, p->pid) != ST_OK) return bif_no_memory(p);
    } else if (args[1] == AM_false) {
        ets_unfix(p->iso, t, p->pid);
        ets_bif_charge(p, t);
    } else {
        return bif_badarg(p);
    }
    return AM_true;
}

// ets:all/0 waits for one answer {Ref, Tables} from each scheduler: there is one.
Term bif_ets_internal_request_all_0(Process *p, Term *args)
{
    Term *hp = bif_alloc(p, REF_WORDS);
    if (hp == NULL) return TERM_NONE;
    Term ref = space_make_ref(&p->iso->space, hp);

    Term list = TERM_NIL;
    for (EtsTable *t = ets_first_table(p->iso); t != NULL; t = t->all_next) {
        Term id = t->named ? t->name : ets_bif_tid(p, t);
        Term *cell = id == TERM_NONE ? NULL : bif_alloc(p, 2);
        if (cell == NULL) return TERM_NONE;
        list = cons_at(&cell, id, list);
        bif_charge(p, 1);
    }
    hp = bif_alloc(p, 3);
    if (hp == NULL) return TERM_NONE;
    Term message = tuple2_at(&hp, ref, list);
    if (proc_deliver(p->iso, p, message) != ST_OK) return bif_no_memory(p);
    return proc_result(p, ref);
}
