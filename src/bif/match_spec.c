// SPDX-License-Identifier: Apache-2.0
// bif/match_spec.c - compiled match specifications as values, and their test.
#include "bif/ets_bif.h"
#include "term/print.h"

Term bif_ets_match_spec_compile_1(Process *p, Term *args)
{
    MatchProgram *m;
    uint64_t work = 0;
    Status st = match_compile(p->iso, args[0], MATCH_TABLE, ets_bif_resolve, NULL, &m, &work);
    bif_charge(p, work / 4);
    if (st == ST_INVALID) return bif_badarg(p);
    if (st != ST_OK) return bif_no_memory(p);
    Term *hp = bif_alloc(p, MAGIC_WORDS);
    Term ref = hp == NULL ? TERM_NONE : match_ref_at(m, &hp, &p->heap.off);
    match_release(&p->iso->space, m);
    return ref;
}

Term bif_ets_is_compiled_ms_1(Process *p, Term *args)
{
    return make_bool(match_of_ref(args[0]) != NULL);
}

Term bif_ets_match_spec_run_r_3(Process *p, Term *args)
{
    MatchProgram *m = match_of_ref(args[1]);
    if (m == NULL) return bif_badarg(p);
    Term list = args[0], result = args[2];
    for (; is_cons(list); list = cons_tail(list)) {
        if (bif_budget(p) <= 0)
            return bif_yield(p, BIF_ets_match_spec_run_r_3, 3, list, args[1], result);
        bif_charge(p, 1);
        Term value;
        switch (match_run(m, p, cons_head(list), false, &value)) {
        case MATCH_NO: continue;
        case MATCH_REFUSED: return bif_no_memory(p);
        case MATCH_YES: break;
        }
        // The value may refer to the program's constants, which end with it.
        result = ets_bif_cons_copy(p, value, result);
        if (result == TERM_NONE) return TERM_NONE;
    }
    return is_nil(list) ? result : bif_badarg(p);
}

// ---- erlang:match_spec_test/3 --------------------------------------------------------------
// What each kind of error says: %t is the term, %s the special form, %n the number.
static const char *const texts[] = {
    [MATCH_ERR_NOT_LIST] = "Match programs are not in a list.",
    [MATCH_ERR_NOT_PROPER] = "Match programs are not in a proper list.",
    [MATCH_ERR_NOT_TRIPLE] = "Match program part is not a tuple of arity 3.",
    [MATCH_ERR_EXPR_NOT_LIST] = "Match expression is not a list.",
    [MATCH_ERR_EXPR_NOT_PROPER] = "Match expression is not a proper list.",
    [MATCH_ERR_EMPTY_BODY] = "Body clause does not return anything.",
    [MATCH_ERR_UNBOUND] = "Variable $%n is unbound.",
    [MATCH_ERR_NO_FUNCTION] = "Function %t/%n does_not_exist.",
    [MATCH_ERR_CONTEXT] = "Function %t/%n cannot be called in this context.",
    [MATCH_ERR_NOT_CALL] =
        "%t is neither a function call, nor a tuple (tuples are written {{ ... }}).",
    [MATCH_ERR_CONST_ARGS] = "Special form 'const' called with more than one argument in %t.",
    [MATCH_ERR_NO_ARGS] = "Special form '%s' called without arguments in %t.",
    [MATCH_ERR_ARGS] = "Special form '%s' called with arguments in %t.",
    [MATCH_ERR_DIALECT] = "Special form '%s' used in wrong dialect.",
    [MATCH_ERR_IN_GUARD] = "Special form '%s' used in wrong place.",
    [MATCH_ERR_MAP_KEY_VARIABLE] = "Variable found in map key.",
    [MATCH_ERR_MAP_KEY_UNDERSCORE] = "Underscore found in map key.",
    [MATCH_ERR_HEAD_NOT_LIST] = "Match head is not a proper list.",
};

#define ERROR_TEXT_MAX 4096

static Status error_text(const MatchError *e, Buf *out)
{
    for (const char *c = texts[e->kind]; *c != 0; c++) {
        if (*c != '%') {
            TRY(buf_append(out, c, 1));
            continue;
        }
        switch (*++c) {
        case 't': TRY(term_print(out, e->term, ERROR_TEXT_MAX)); break;
        case 's': {
            AtomText name = atom_text(e->special);
            TRY(buf_append(out, name.bytes, name.len));
            break;
        }
        default: TRY(buf_printf(out, "%llu", (unsigned long long)e->n)); break;
        }
    }
    return ST_OK;
}

// [{error, Text}] in the order in which the errors were found.
static Term error_list(Process *p, const MatchErrors *errors)
{
    Term list = TERM_NIL;
    for (size_t i = errors->len; i-- > 0;) {
        Buf text;
        buf_init_in(&text, &p->iso->space.arena);
        Status st = error_text(&errors->items[i], &text);
        Term chars =
            st == ST_OK ? bif_make_byte_list(p, text.data, text.len, TERM_NIL) : bif_no_memory(p);
        buf_clear(&text);
        Term *hp = chars == TERM_NONE ? NULL : bif_alloc(p, 5);
        if (hp == NULL) return TERM_NONE;
        Term pair = tuple2_at(&hp, AM_error, chars);
        list = cons_at(&hp, pair, list);
    }
    return list;
}

// {ok, Result, Flags, []}
static Term test_answer(Process *p, Term value, MatchTrace trace)
{
    value = ets_bif_copy(p, value);
    Term *hp = value == TERM_NONE ? NULL : bif_alloc(p, 9);
    if (hp == NULL) return TERM_NONE;
    Term flags = TERM_NIL;
    if (trace.exception_trace) flags = cons_at(&hp, AM_exception_trace, flags);
    if (trace.return_trace) flags = cons_at(&hp, AM_return_trace, flags);
    hp[0] = TUPLE_HEADER(4);
    hp[1] = AM_ok, hp[2] = value, hp[3] = flags, hp[4] = TERM_NIL;
    return make_boxed(hp);
}

// The arguments of a traced call as an array. n: the length of list.
static Term run_traced(Process *p, MatchProgram *m, Term list, size_t n)
{
    Term *array = bif_scratch(p, n * sizeof(Term));
    if (array == NULL) return TERM_NONE;
    size_t i = 0;
    for (Term t = list; is_cons(t); t = cons_tail(t)) array[i++] = cons_head(t);
    MatchTrace trace = {0};
    Term value = AM_false;
    MatchResult r = match_run_trace(m, p, list, array, n, &trace, &value);
    bif_scratch_free(p, array, n * sizeof(Term));
    if (r == MATCH_REFUSED) return bif_no_memory(p);
    return test_answer(p, r == MATCH_YES ? value : AM_false, trace);
}

static Term run_test(Process *p, MatchProgram *m, Term object, size_t n)
{
    if (m->dialect == MATCH_TRACE) return run_traced(p, m, object, n);
    Term value = AM_false;
    MatchResult r = match_run(m, p, object, false, &value);
    if (r == MATCH_REFUSED) return bif_no_memory(p);
    return test_answer(p, r == MATCH_YES ? value : AM_false, (MatchTrace){0});
}

Term bif_erlang_match_spec_test_3(Process *p, Term *args)
{
    if (args[2] != AM_table && args[2] != AM_trace) return bif_badarg(p);
    MatchDialect dialect = args[2] == AM_trace ? MATCH_TRACE : MATCH_TABLE;
    size_t n = 0;
    if (dialect == MATCH_TRACE) {
        if (!is_cons(args[0]) && !is_nil(args[0])) return bif_badarg(p);
        // OTP does not mind what the last tail is.
        for (Term t = args[0]; is_cons(t); t = cons_tail(t)) n++;
        bif_charge(p, n / 8);
    }

    MatchErrors errors;
    vec_init(&errors, &p->iso->space.arena);
    MatchProgram *m = NULL;
    uint64_t work = 0;
    Status st = match_compile(p->iso, args[1], dialect, ets_bif_resolve, &errors, &m, &work);
    bif_charge(p, work / 4);
    Term result;
    if (st == ST_OK) {
        result = run_test(p, m, args[0], n);
    } else if (st == ST_INVALID) {
        result = error_list(p, &errors);
        Term *hp = result == TERM_NONE ? NULL : bif_alloc(p, 3);
        result = hp == NULL ? TERM_NONE : tuple2_at(&hp, AM_error, result);
    } else {
        result = bif_no_memory(p);
    }
    vec_clear(&errors);
    if (m != NULL) match_release(&p->iso->space, m);
    return result;
}
