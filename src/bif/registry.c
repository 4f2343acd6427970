// SPDX-License-Identifier: Apache-2.0
// bif/registry.c - names, the list of processes, group leaders, the dictionary,
// unique values.
#include "base/fiber.h"
#include "bif/build.h"
#include "proc/dict.h"
#include "proc/name.h"
#include "proc/signal.h"
#include "term/compare.h"

// ---- names -------------------------------------------------------------------------
Term bif_erlang_register_2(Process *p, Term *args)
{
    Term name = args[0], id = args[1];
    if (!is_atom(name) || (!is_local_pid(id) && !is_local_port(id)))
        return bif_error_cause(p, AM_badarg, AM_none);
    Process *to = proc_lookup(p->iso, id);
    if (to == NULL)
        return bif_error_cause(p, AM_badarg, name == AM_undefined ? AM_none : AM_notalive);
    if (name == AM_undefined) return bif_error_cause(p, AM_badarg, AM_none);
    if (to->name != TERM_NONE) return bif_error_cause(p, AM_badarg, AM_registered_name);
    Status st = name_register(p->iso, name, to);
    if (st == ST_EXISTS) return bif_error_cause(p, AM_badarg, AM_none);
    return st == ST_OK ? AM_true : bif_refused(p, st);
}

Term bif_erlang_unregister_1(Process *p, Term *args)
{
    Process *to = is_atom(args[0]) ? name_whereis(p->iso, args[0]) : NULL;
    if (to == NULL) return bif_badarg(p);
    name_unregister(p->iso, to);
    return AM_true;
}

Term bif_erlang_whereis_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return bif_badarg(p);
    Process *to = name_whereis(p->iso, args[0]);
    return to != NULL ? to->pid : AM_undefined;
}

Term bif_erlang_registered_0(Process *p, Term *args)
{
    const IsoMap *names = &p->iso->names;
    Term *hp = bif_alloc(p, 2 * names->count);
    if (hp == NULL) return TERM_NONE;
    bif_charge(p, names->capacity / 64);
    Term list = TERM_NIL;
    size_t i = 0;
    for (uint64_t name, pid; iso_map_next(names, &i, &name, &pid);) list = cons_at(&hp, name, list);
    return list;
}

Term bif_erlang_processes_0(Process *p, Term *args)
{
    Isolate *iso = p->iso;
    Term *hp = bif_alloc(p, 2 * iso->procs.count);
    if (hp == NULL) return TERM_NONE;
    bif_charge(p, iso->procs.capacity / 64);
    // In order of creation, so built from the front.
    Term list = TERM_NIL, *tail = &list;
    uint64_t i = 0;
    Pace work = PACE_START;
    for (Process *other; (other = proc_next(iso, &i)) != NULL; hp += 2, (void)pace(&work, 16)) {
        hp[0] = other->pid;
        hp[1] = TERM_NIL;
        *tail = make_cons(hp);
        tail = &hp[1];
    }
    return list;
}

// ---- group leaders --------------------------------------------------------------------
Term bif_erlang_group_leader_0(Process *p, Term *args) { return p->group_leader; }

static Term set_leader(Process *p, Term leader, Term pid)
{
    Process *to = proc_lookup(p->iso, pid);
    if (to == NULL || !is_local_pid(leader)) return AM_badarg;
    to->group_leader = leader;
    return AM_true;
}

Term bif_erts_internal_group_leader_2(Process *p, Term *args)
{
    return set_leader(p, args[0], args[1]);
}

Term bif_erts_internal_group_leader_3(Process *p, Term *args)
{
    if (!is_local_ref(args[2])) return bif_badarg(p);
    Term message = BUILD_TUPLE(p, args[2], set_leader(p, args[0], args[1]));
    if (message == TERM_NONE) return TERM_NONE;
    if (proc_deliver(p->iso, p, message) != ST_OK) return bif_no_memory(p);
    return proc_result(p, AM_ok);
}

// ---- the process dictionary --------------------------------------------------------------
static Term or_undefined(Term t) { return t == TERM_NONE ? AM_undefined : t; }

Term bif_erlang_put_2(Process *p, Term *args)
{
    Term old;
    if (dict_put(p, args[0], args[1], &old) != ST_OK) return bif_no_memory(p);
    return or_undefined(old);
}

Term bif_erlang_get_1(Process *p, Term *args) { return or_undefined(dict_get(p, args[0])); }

Term bif_erlang_erase_1(Process *p, Term *args) { return or_undefined(dict_erase(p, args[0])); }

Term bif_erlang_get_0(Process *p, Term *args)
{
    Term *hp = bif_alloc(p, 5 * (size_t)p->dict.count);
    if (hp == NULL) return TERM_NONE;
    bif_charge(p, p->dict.count / 32);
    Term list = TERM_NIL;
    Pace work = PACE_START;
    for (uint32_t i = p->dict.count; i-- > 0; (void)pace(&work, 4)) {
        Term pair = tuple2_at(&hp, p->dict.pairs[2 * i], p->dict.pairs[2 * i + 1]);
        list = cons_at(&hp, pair, list);
    }
    return list;
}

Term bif_erlang_erase_0(Process *p, Term *args)
{
    Term all = bif_erlang_get_0(p, args);
    if (all != TERM_NONE) dict_clear(p);
    return all;
}

Term bif_erlang_get_keys_0(Process *p, Term *args)
{
    Term *hp = bif_alloc(p, 2 * (size_t)p->dict.count);
    if (hp == NULL) return TERM_NONE;
    bif_charge(p, p->dict.count / 32);
    Term list = TERM_NIL;
    Pace work = PACE_START;
    for (uint32_t i = p->dict.count; i-- > 0; (void)pace(&work, 2))
        list = cons_at(&hp, p->dict.pairs[2 * i], list);
    return list;
}

Term bif_erlang_get_keys_1(Process *p, Term *args)
{
    bif_charge(p, p->dict.count / 32);
    Term list = TERM_NIL;
    Pace work = PACE_START;
    for (uint32_t i = p->dict.count; i-- > 0; (void)pace(&work, 8)) {
        Term value = p->dict.pairs[2 * i + 1];
        if (value != args[0] && (is_immed(value) || !equal_exact(value, args[0]))) continue;
        list = build_cons(p, p->dict.pairs[2 * i], list);
        if (list == TERM_NONE) return TERM_NONE;
    }
    return list;
}

// ---- unique values ---------------------------------------------------------------------------
Term bif_erlang_self_0(Process *p, Term *args) { return p->pid; }

Term bif_erlang_make_ref_0(Process *p, Term *args)
{
    return build_ref(p, space_next_ref(&p->iso->space));
}

// One counter serves all kinds: its values are unique and grow.
static Term unique_integer(Process *p, bool positive)
{
    int64_t n = (int64_t)p->iso->unique_counter++;
    return bif_make_int64(p, positive ? n + 1 : SMALL_MIN + n);
}

Term bif_erlang_unique_integer_0(Process *p, Term *args) { return unique_integer(p, false); }

Term bif_erlang_unique_integer_1(Process *p, Term *args)
{
    bool positive = false;
    Term options = args[0];
    for (Pace rate = PACE_START; is_cons(options); options = list_next(options, &rate)) {
        if (cons_head(options) == AM_positive) positive = true;
        else if (cons_head(options) != AM_monotonic) break;
    }
    return is_nil(options) ? unique_integer(p, positive) : bif_badarg(p);
}
