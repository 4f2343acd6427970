// SPDX-License-Identifier: Apache-2.0
// bif/control.c - builtins that raise, apply or end.
#include "base/fiber.h"
#include "bif/bif.h"
#include "exec/exception.h"
#include "exec/handler.h"
#include "exec/resolve.h"
#include "heap/bits.h"
#include "proc/isolate.h"

// ---- error, exit, throw ---------------------------------------------------------
// The caller, not the builtin, tops the trace: `plain`.
static Term plain(Process *p)
{
    p->exc.plain = true;
    return TERM_NONE;
}

Term bif_erlang_error_1(Process *p, Term *args)
{
    (void)bif_error(p, args[0]);
    return plain(p);
}

static Term error_with_args(Process *p, Term reason, Term list)
{
    (void)bif_error(p, reason);
    if (is_cons(list) || is_nil(list)) p->exc.args = list;
    return plain(p);
}

Term bif_erlang_error_2(Process *p, Term *args) { return error_with_args(p, args[0], args[1]); }

Term bif_erlang_error_3(Process *p, Term *args)
{
    Term info = TERM_NONE, options = args[2];
    for (Pace rate = PACE_START; is_cons(options); options = list_next(options, &rate)) {
        Term o = cons_head(options);
        if (!is_tuple_arity(o, 2) || tuple_elements(o)[0] != AM_error_info ||
            !is_map(tuple_elements(o)[1])) {
            break;
        }
        info = tuple_elements(o)[1];
    }
    // Options that are not all well-formed say nothing; the error is raised all the same.
    if (!is_nil(options)) info = TERM_NONE;
    (void)error_with_args(p, args[0], args[1]);
    p->exc.info = info;
    return TERM_NONE;
}

Term bif_erlang_exit_1(Process *p, Term *args)
{
    (void)bif_exit(p, args[0]);
    return plain(p);
}

Term bif_erlang_throw_1(Process *p, Term *args)
{
    (void)bif_throw(p, args[0]);
    return plain(p);
}

Term bif_erlang_nif_error_1(Process *p, Term *args) { return bif_error(p, args[0]); }

Term bif_erlang_nif_error_2(Process *p, Term *args) { return bif_error(p, args[0]); }

// ---- raise ------------------------------------------------------------------------
static bool is_list(Term t) { return is_cons(t) || is_nil(t); }

// {M, F, A}, {M, F, A, Location}, {Fun, Args}, {Fun, Args, Location}; *short_form: the
// location is to be added. What stands in A, Args and Location is not looked at.
static bool is_trace_entry(Term t, bool *short_form)
{
    if (!is_tuple(t)) return false;
    Term *e = tuple_elements(t);
    size_t n = tuple_arity(t);
    bool fun = n >= 1 && is_fun(e[0]);
    *short_form = fun ? n == 2 : n == 3;
    if (fun) return n == 2 || (n == 3 && is_list(e[2]));
    if (n != 3 && n != 4) return false;
    return is_atom(e[0]) && is_atom(e[1]) && (n == 3 || is_list(e[3]));
}

// The same list with [] for missing locations, cut to the depth of a stack trace.
static Term complete_trace(Process *p, Term list, Term *out)
{
    Term items[TRACE_MAX_DEPTH];
    unsigned n = 0, depth = p->iso->trace_depth == 0 ? 1 : p->iso->trace_depth;
    bool short_form;
    Pace work = PACE_START;
    for (; is_cons(list); list = cons_tail(list), (void)pace(&work, 4)) {
        Term t = cons_head(list);
        if (!is_trace_entry(t, &short_form)) return bif_badarg(p);
        if (n == depth) continue;
        if (short_form) {
            size_t arity = tuple_arity(t);
            Term *c = bif_alloc(p, arity + 2);
            if (c == NULL) return TERM_NONE;
            memcpy(c, boxed_ptr(t), (arity + 1) * sizeof *c);
            c[0] = TUPLE_HEADER(arity + 1);
            c[arity + 1] = TERM_NIL;
            t = make_boxed(c);
        }
        items[n++] = t;
    }
    if (!is_nil(list)) return bif_badarg(p);
    Term *hp = bif_alloc(p, 2 * (size_t)n);
    if (hp == NULL) return TERM_NONE;
    *out = TERM_NIL;
    while (n-- > 0) *out = cons_at(&hp, items[n], *out);
    return AM_true;
}

// Wrong arguments are not an error: raise returns badarg.
Term bif_erlang_raise_3(Process *p, Term *args)
{
    ExcClass class;
    if (args[0] == AM_error) class = EXC_ERROR;
    else if (args[0] == AM_exit) class = EXC_EXIT;
    else if (args[0] == AM_throw) class = EXC_THROW;
    else return AM_badarg;
    Term list = TERM_NIL;
    if (complete_trace(p, args[2], &list) == TERM_NONE) {
        if (p->exc.class != EXC_ERROR) return TERM_NONE;
        p->exc.class = EXC_NONE;
        return AM_badarg;
    }
    Term trace = exception_raised_trace(p, args[0], list);
    if (trace == TERM_NONE) return bif_no_memory(p);
    (void)bif_error(p, args[1]);
    p->exc.class = class;
    p->exc.trace = trace;
    p->exc.has_trace = true;
    return TERM_NONE;
}

// ---- apply --------------------------------------------------------------------------
static Term enter(Process *p, const uint64_t *entry)
{
    if (entry == NULL) {
        // An absent function is shown as called from the function that applies it.
        bool called = p->exc.undef_module != TERM_NONE && p->ip[0] != instr_handler[INSTR_bif_stub];
        if (called) p->heap.sp[0] = (Term)(uintptr_t)(p->ip + 1);
        return TERM_NONE;
    }
    p->exc.class = EXC_TRAP;
    p->trap_code = entry;
    p->trap_arity = 0;  // the arguments are in the x registers already
    return TERM_NONE;
}

// These two run as functions: args is the x registers of the thread (bif_stub), so the
// arguments of the callee can be laid out there.
Term bif_erlang_apply_3(Process *p, Term *args)
{
    return enter(p, resolve_apply_list((Exec *)args, p, 3));
}

Term bif_erlang_apply_2(Process *p, Term *args)
{
    return enter(p, resolve_apply_list((Exec *)args, p, 2));
}

// ---- halt ------------------------------------------------------------------------------
// Characters, as many as OTP looks at.
static bool is_slogan(Term list)
{
    enum { MOST = 1023 };
    unsigned n = 0;
    for (; is_cons(list) && n < MOST; list = cons_tail(list), n++) {
        Term c = cons_head(list);
        if (!is_small(c) || small_value(c) < 0 || !is_code_point((uint64_t)small_value(c)))
            return false;
    }
    return is_nil(list) || n == MOST;
}

static bool is_flush(Term option)
{
    if (!is_tuple_arity(option, 2) || tuple_elements(option)[0] != AM_flush) return false;
    return tuple_elements(option)[1] == AM_true || tuple_elements(option)[1] == AM_false;
}

// The exit status for what halt was given; -1: badarg.
static int exit_status(Term t)
{
    if (is_small(t)) return small_value(t) < 0 ? -1 : (int)(small_value(t) & 0xFF);
    if (is_big(t)) return big_is_negative(t) ? -1 : (int)(big_digits(t)[0] & 0xFF);
    return t == AM_abort || is_slogan(t) ? 1 : -1;
}

// Ends the sandbox, and it alone.
Term bif_erlang_halt_2(Process *p, Term *args)
{
    Term options = args[1];
    for (Pace rate = PACE_START; is_cons(options) && is_flush(cons_head(options));)
        options = list_next(options, &rate);
    if (!is_nil(options)) return bif_error_cause(p, AM_badarg, AM_badopt);
    int status = exit_status(args[0]);
    if (status < 0) return bif_badarg(p);
    p->iso->verdict = VERDICT_HALTED;
    p->iso->halt_status = status;
    p->iso->stopping = true;
    exec_set_error(p, AM_halt);
    p->exc.class = EXC_KILLED;
    return TERM_NONE;
}
