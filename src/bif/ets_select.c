// SPDX-License-Identifier: Apache-2.0
// bif/ets_select.c - select, match and their kin: arguments, results, continuations.
#include "base/fiber.h"
#include "bif/ets_scan.h"

// ---- ends of a scan -----------------------------------------------------------------------
static void let_go(Scan *s)
{
    if (s->fixed) ets_unfix(s->p->iso, s->t, s->p->pid);
    s->fixed = false;
    if (s->kind == SCAN_DELETE) ets_settle(s->p->iso, s->t);
    ets_bif_charge(s->p, s->t);
}

Term scan_nothing(const Scan *s)
{
    if (s->kind != SCAN_LIST) return make_small(0);
    return s->chunk > 0 ? AM_dollar_end_of_table : TERM_NIL;
}

static Term reversed(Process *p, Term list)
{
    Term result = TERM_NIL;
    Pace work = PACE_START;
    for (; is_cons(list); list = cons_tail(list), (void)pace(&work, 8)) {
        Term *hp = bif_alloc(p, 2);
        if (hp == NULL) return TERM_NONE;
        result = cons_at(&hp, cons_head(list), result);
    }
    return result;
}

// Takes the results beyond a chunk off the front of the list, in OTP's order.
// Their number; -1: the exception is set.
static int64_t split_rest(Scan *s, Term *rest)
{
    int64_t n = 0;
    Pace work = PACE_START;
    *rest = TERM_NIL;
    while (s->got > (uint64_t)s->chunk && is_cons(s->list)) {
        Term *hp = bif_alloc(s->p, 2);
        if (hp == NULL) return -1;
        *rest = cons_at(&hp, cons_head(s->list), *rest);
        s->list = cons_tail(s->list);
        s->got--;
        n++;
        (void)pace(&work, 8);
    }
    if (s->continued) return n;
    *rest = reversed(s->p, *rest);
    return *rest == TERM_NONE ? -1 : n;
}

static bool make_references(Scan *s)
{
    if (is_atom(s->tid)) s->tid = ets_bif_tid(s->p, s->t);
    if (s->tid == TERM_NONE) return false;
    if (s->ms != TERM_NONE) return true;
    Term *hp = bif_alloc(s->p, MAGIC_WORDS);
    if (hp == NULL) return false;
    s->ms = match_ref_at(s->m, &hp, &s->p->heap.off);
    return true;
}

// {Results, Continuation}
static Term chunk_with(Scan *s, const Term *continuation, size_t n)
{
    Term *hp = bif_alloc(s->p, 1 + n + 3);
    if (hp == NULL) return TERM_NONE;
    Term tuple = make_boxed(hp);
    hp[0] = TUPLE_HEADER(n);
    memcpy(hp + 1, continuation, n * sizeof(Term));
    hp += 1 + n;
    return tuple2_at(&hp, s->list, tuple);
}

static Term chunk_at_end(Scan *s)
{
    if (is_nil(s->list)) return AM_dollar_end_of_table;
    Term *hp = bif_alloc(s->p, 3);
    return hp == NULL ? TERM_NONE : tuple2_at(&hp, s->list, AM_dollar_end_of_table);
}

static Term finish_hash_chunk(Scan *s, bool at_end, Term position)
{
    Term rest;
    int64_t left = split_rest(s, &rest);
    if (left < 0) return TERM_NONE;
    if (at_end && is_nil(rest)) return chunk_at_end(s);
    if (!make_references(s)) return TERM_NONE;
    Term c[6] = {s->tid, position, make_small(s->chunk), s->ms, rest, make_small(left)};
    return chunk_with(s, c, 6);
}

static Term finish_tree_chunk(Scan *s, bool at_end, Term position)
{
    s->list = reversed(s->p, s->list);
    if (s->list == TERM_NONE) return TERM_NONE;
    if (at_end) return chunk_at_end(s);
    if (!make_references(s)) return TERM_NONE;
    // The third element ends a partly bound range; the program knows it.
    Term c[8] = {s->tid,
                 position,
                 TERM_NIL,
                 make_small(s->chunk),
                 s->ms,
                 TERM_NIL,
                 make_small(s->reverse),
                 make_small(0)};
    return chunk_with(s, c, 8);
}

Term scan_finish(Scan *s, bool at_end, Term position)
{
    let_go(s);
    if (s->kind != SCAN_LIST) return bif_make_uint64(s->p, s->got);
    if (s->chunk == 0) return s->list;
    return ets_is_tree(s->t) ? finish_tree_chunk(s, at_end, position)
                             : finish_hash_chunk(s, at_end, position);
}

// ---- giving up the processor -------------------------------------------------------------------
enum { STEP_KIND = 3, STEP_REVERSE = 4, STEP_FIXED = 8, STEP_CONTINUED = 16 };

Term scan_yield(Scan *s, Term position)
{
    if (!s->fixed && !ets_is_tree(s->t)) {
        if (ets_fix(s->p->iso, s->t, s->p->pid) != ST_OK) return bif_no_memory(s->p);
        s->fixed = true;
    }
    if (!make_references(s)) return TERM_NONE;
    ets_bif_charge(s->p, s->t);
    int64_t flags = (int64_t)s->kind | (s->reverse ? STEP_REVERSE : 0) |
                    (s->fixed ? STEP_FIXED : 0) | (s->continued ? STEP_CONTINUED : 0);
    return bif_yield(s->p, BIF_ets_select_step, 7, s->tid, s->ms, position, s->list,
                     make_small((int64_t)s->got), make_small(s->chunk), make_small(flags));
}

Term bif_ets_select_step(Process *p, Term *args)
{
    int64_t flags = small_value(args[6]);
    ScanKind kind = (ScanKind)(flags & STEP_KIND);
    EtsAccess access = kind == SCAN_LIST || kind == SCAN_COUNT ? ETS_READ : ETS_WRITE;
    EtsTable *t = ets_bif_table(p, args, access);
    if (t == NULL) return TERM_NONE;
    Scan s = {.p = p,
              .t = t,
              .m = match_of_ref(args[1]),
              .kind = kind,
              .reverse = (flags & STEP_REVERSE) != 0,
              .fixed = (flags & STEP_FIXED) != 0,
              .continued = (flags & STEP_CONTINUED) != 0,
              .tid = args[0],
              .ms = args[1],
              .list = args[3],
              .got = (uint64_t)small_value(args[4]),
              .chunk = small_value(args[5])};
    Term result = scan_continue(&s, args[2], true);
    if (result == TERM_NONE && s.fixed && p->exc.class == EXC_ERROR) let_go(&s);
    return result;
}

// ---- beginning -----------------------------------------------------------------------------
// Do all clauses keep the key of what they replace? The shape of spec is checked.
static bool keeps_keys(const EtsTable *t, Term spec)
{
    for (Pace rate = PACE_START; is_cons(spec); spec = list_next(spec, &rate)) {
        Term *parts = tuple_elements(cons_head(spec));
        if (!match_keeps_key(t->store.keypos, parts[0], parts[2])) return false;
    }
    return true;
}

// Scans args[0] with a specification.
static Term select_with(Process *p, Term *args, Term spec, int64_t chunk, ScanKind kind,
                        bool reverse)
{
    EtsAccess access = kind == SCAN_LIST || kind == SCAN_COUNT ? ETS_READ : ETS_WRITE;
    EtsTable *t = ets_bif_table(p, args, access);
    if (t == NULL) return TERM_NONE;
    if (chunk < 0) return bif_badarg(p);
    if (kind == SCAN_REPLACE && t->store.type == ETS_BAG)
        return bif_error_cause(p, AM_badarg, AM_table_type);
    Scan s = {.p = p,
              .t = t,
              .kind = kind,
              .reverse = reverse,
              .tid = args[0],
              .list = TERM_NIL,
              .chunk = chunk};
    if (is_nil(spec)) return scan_nothing(&s);

    uint64_t work = 0;
    Status st = match_compile(p->iso, spec, MATCH_TABLE, ets_bif_resolve, NULL, &s.m, &work);
    bif_charge(p, work / 4);
    if (st == ST_INVALID) return bif_badarg(p);
    if (st != ST_OK) return bif_no_memory(p);
    Term result = kind == SCAN_REPLACE && !keeps_keys(t, spec) ? bif_badarg(p) : scan_begin(&s);
    match_release(&p->iso->space, s.m);
    return result;
}

// The number of results that are wanted at once. -1: no such number.
static int64_t chunk_of(Term t) { return is_small(t) && small_value(t) > 0 ? small_value(t) : -1; }

// [{Pattern, [], [What]}]
static Term select_pattern(Process *p, Term *args, Term what, int64_t chunk)
{
    Term body[2] = {what, TERM_NIL};
    Term clause[4] = {TUPLE_HEADER(3), args[1], TERM_NIL, make_cons(body)};
    Term spec[2] = {make_boxed(clause), TERM_NIL};
    return select_with(p, args, make_cons(spec), chunk, SCAN_LIST, false);
}

Term bif_ets_select_2(Process *p, Term *args)
{
    return select_with(p, args, args[1], 0, SCAN_LIST, false);
}

Term bif_ets_select_3(Process *p, Term *args)
{
    return select_with(p, args, args[1], chunk_of(args[2]), SCAN_LIST, false);
}

Term bif_ets_select_reverse_2(Process *p, Term *args)
{
    return select_with(p, args, args[1], 0, SCAN_LIST, true);
}

Term bif_ets_select_reverse_3(Process *p, Term *args)
{
    return select_with(p, args, args[1], chunk_of(args[2]), SCAN_LIST, true);
}

Term bif_ets_match_2(Process *p, Term *args)
{
    return select_pattern(p, args, AM_dollar_dollar, 0);
}

Term bif_ets_match_3(Process *p, Term *args)
{
    return select_pattern(p, args, AM_dollar_dollar, chunk_of(args[2]));
}

Term bif_ets_match_object_2(Process *p, Term *args)
{
    return select_pattern(p, args, AM_dollar_underscore, 0);
}

Term bif_ets_match_object_3(Process *p, Term *args)
{
    return select_pattern(p, args, AM_dollar_underscore, chunk_of(args[2]));
}

Term bif_ets_select_count_2(Process *p, Term *args)
{
    return select_with(p, args, args[1], 0, SCAN_COUNT, false);
}

Term bif_ets_select_replace_2(Process *p, Term *args)
{
    return select_with(p, args, args[1], 0, SCAN_REPLACE, false);
}

Term bif_ets_internal_select_delete_2(Process *p, Term *args)
{
    return select_with(p, args, args[1], 0, SCAN_DELETE, false);
}

// ---- continuations -----------------------------------------------------------------------------
// Reads a continuation, which may be a forgery. False: it cannot be one.
static bool read_continuation(Scan *s, Term tuple, Term *position)
{
    Term *e = tuple_elements(tuple);
    bool tree = ets_is_tree(s->t);
    if (tuple_arity(tuple) != (tree ? 8u : 6u)) return false;
    Term chunk = tree ? e[3] : e[2], ms = tree ? e[4] : e[3];
    Term list = tree ? e[5] : e[4], got = tree ? e[7] : e[5];
    if (!is_small(chunk) || small_value(chunk) < 0) return false;
    if (!is_small(got) || small_value(got) < 0 || !(is_cons(list) || is_nil(list))) return false;
    if (tree ? !is_small(e[6]) : !is_small(e[1])) return false;
    s->m = match_of_ref(ms);
    if (s->m == NULL || s->m->dialect != MATCH_TABLE) return false;
    s->tid = e[0];
    s->ms = ms;
    s->list = list;
    s->chunk = small_value(chunk);
    s->got = (uint64_t)small_value(got);
    s->reverse = tree && e[6] != make_small(0);
    *position = e[1];
    return true;
}

static Term select_on(Process *p, Term *args)
{
    if (args[0] == AM_dollar_end_of_table) return args[0];
    if (!is_tuple(args[0]) || tuple_arity(args[0]) < 1) return bif_badarg(p);
    EtsTable *t = ets_bif_table_of(p, args, tuple_elements(args[0])[0], ETS_READ);
    if (t == NULL) return TERM_NONE;
    Scan s = {.p = p, .t = t, .kind = SCAN_LIST, .continued = true};
    Term position;
    if (!read_continuation(&s, args[0], &position)) return bif_badarg(p);
    return scan_continue(&s, position, false);
}

Term bif_ets_select_1(Process *p, Term *args) { return select_on(p, args); }

Term bif_ets_select_reverse_1(Process *p, Term *args) { return select_on(p, args); }

Term bif_ets_match_1(Process *p, Term *args) { return select_on(p, args); }

Term bif_ets_match_object_1(Process *p, Term *args) { return select_on(p, args); }
