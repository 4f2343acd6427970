// SPDX-License-Identifier: Apache-2.0
// exec/op_exception.c - catch, try, raise.
//
// A handler is entered with x0 = TERM_NONE, x1 = class, x2 = value, x3 = raw trace;
// catch_end and try_case put them where the code expects them.
#include "exec/exception.h"
#include "exec/work.h"

OP(catch)
{
    REG(0) = make_catch(ip + (int32_t)U(1));
    NEXT(2);
}
OP(try)
{
    REG(0) = make_catch(ip + (int32_t)U(1));
    NEXT(2);
}

OP(try_end)
{
    REG(0) = TERM_NIL;
    NEXT(2);
}

OP(try_case)
{
    REG(0) = TERM_NIL;
    x[0] = x[1];
    x[1] = x[2];
    x[2] = x[3];
    NEXT(2);
}

// The value of a caught exception: thrown as it is, {'EXIT', Reason} else, where
// an error's reason comes with its stack trace.
static NOINLINE Term caught_value(Process *p, Term *x)
{
    if (x[1] == AM_throw) return x[2];
    Term value = x[2];
    if (x[1] == AM_error) {
        Term trace = exception_stacktrace(p, x[3]);
        Term *hp = heap_alloc(&p->heap, 3);
        if (trace == TERM_NONE || hp == NULL) return TERM_NONE;
        value = tuple2_at(&hp, value, trace);
    }
    Term *hp = heap_alloc(&p->heap, 3);
    return hp == NULL ? TERM_NONE : tuple2_at(&hp, AM_EXIT, value);
}

OP(catch_end)
{
    REG(0) = TERM_NIL;
    if (LIKELY(x[0] != TERM_NONE)) NEXT(2);
    SAVE();
    Term value = caught_value(p, x);
    LOAD();
    if (value == TERM_NONE) {
        exec_set_no_memory(p);
        TAIL_CALL(exec_raise);
    }
    x[0] = value;
    COLLECT_WITH(x[0], 0);
    NEXT(2);
}

OP(try_case_end)
{
    Term v = SRC(1);
    SAVE();
    exec_set_error_tagged(p, AM_try_clause, v);
    TAIL_CALL(exec_raise);
}

OP(badmatch)
{
    Term v = SRC(1);
    SAVE();
    exec_set_error_tagged(p, AM_badmatch, v);
    TAIL_CALL(exec_raise);
}

OP(case_end)
{
    Term v = SRC(1);
    SAVE();
    exec_set_error_tagged(p, AM_case_clause, v);
    TAIL_CALL(exec_raise);
}

OP(badrecord)
{
    Term v = SRC(1);
    SAVE();
    exec_set_error_tagged(p, AM_badrecord, v);
    TAIL_CALL(exec_raise);
}

OP(if_end) { RAISE_ERROR(AM_if_clause); }

static bool class_of(Term atom, ExcClass *out)
{
    if (atom == AM_error) *out = EXC_ERROR;
    else if (atom == AM_exit) *out = EXC_EXIT;
    else if (atom == AM_throw) *out = EXC_THROW;
    else return false;
    return true;
}

static void set_again(Process *p, ExcClass class, Term value, Term trace)
{
    exec_set_error(p, value);
    p->exc.class = class;
    p->exc.trace = trace;
    p->exc.has_trace = true;
}

// Goes on with an exception that a try caught and no clause wanted. The raw trace
// knows its class.
OP(raise)
{
    Term trace = SRC(1), value = SRC(2);
    ExcClass class;
    if (!class_of(exception_class(trace), &class)) class = EXC_ERROR;
    SAVE();
    set_again(p, class, value, trace);
    TAIL_CALL(exec_raise);
}

// x0 class, x1 value, x2 raw trace. Another class: badarg in x0, no exception.
OP(raw_raise)
{
    ExcClass class;
    if (!class_of(x[0], &class)) {
        x[0] = AM_badarg;
        NEXT(1);
    }
    SAVE();
    Term trace = exception_with_class(p, x[2], x[0]);
    set_again(p, class, x[1], trace == TERM_NONE ? x[2] : trace);
    TAIL_CALL(exec_raise);
}

OP(build_stacktrace)
{
    SAVE();
    Term trace = exception_stacktrace(p, x[0]);
    LOAD();
    if (trace == TERM_NONE) {
        exec_set_no_memory(p);
        TAIL_CALL(exec_raise);
    }
    x[0] = trace;
    COLLECT_WITH(x[0], 0);
    NEXT(1);
}
