// SPDX-License-Identifier: Apache-2.0
// exec/op_test.c - tests and choices: fall through when true, else jump.
#include "exec/handler.h"
#include "term/compare.h"

OP(is_function2)
{
    Term v = REG(1), n = SRC(2);
    uint64_t arity = UINT64_MAX;
    if (is_local_fun(v)) arity = ((Fun *)boxed_ptr(v))->entry->arity;
    else if (is_export_fun(v)) arity = (uint64_t)small_value(boxed_ptr(v)[3]);
    if (is_small(n) && arity == (uint64_t)small_value(n)) NEXT(3);
    GOTO(U(0));
}

// ---- comparison ---------------------------------------------------------------------
// Small integers by value; everything else by the general order, which costs
// reductions when terms are large.
#define COMPARE(name, a_expr, b_expr, words, relation)                                             \
    OP(name)                                                                                       \
    {                                                                                              \
        Term a = (a_expr), b = (b_expr);                                                           \
        int64_t c;                                                                                 \
        if (LIKELY(are_both_small(a, b))) c = (int64_t)a<(int64_t)b ? -1 : (int64_t)a>(int64_t) b; \
        else c = compare_charged(a, b, &reds);                                                     \
        if (c relation 0) NEXT(words);                                                             \
        GOTO(U(0));                                                                                \
    }

COMPARE(is_lt, SRC(2), SRC(3), 4, <)
COMPARE(is_ge, SRC(2), SRC(3), 4, >=)

OP(is_eq)
{
    Term a = SRC(2), b = SRC(3);
    if (a == b || equal_charged(a, b, &reds)) NEXT(4);
    GOTO(U(0));
}

OP(is_ne)
{
    Term a = SRC(2), b = SRC(3);
    if (a != b && !equal_charged(a, b, &reds)) NEXT(4);
    GOTO(U(0));
}

OP(is_eq_exact)
{
    Term a = SRC(2), b = SRC(3);
    if (a == b || (!is_immed(a) && !is_immed(b) && equal_exact_charged(a, b, &reds))) NEXT(4);
    GOTO(U(0));
}

OP(is_ne_exact)
{
    Term a = SRC(2), b = SRC(3);
    if (a != b && (is_immed(a) || is_immed(b) || !equal_exact_charged(a, b, &reds))) NEXT(4);
    GOTO(U(0));
}

// The outcome as a value.
#define VALUE(name, condition)             \
    OP(value_##name)                       \
    {                                      \
        Term a = SRC(2), b = SRC(3);       \
        bool yes = (condition);            \
        REG(0) = yes ? AM_true : AM_false; \
        NEXT(4);                           \
    }
#define SAME_EXACT (a == b || (!is_immed(a) && !is_immed(b) && equal_exact_charged(a, b, &reds)))
#define SAME       (a == b || equal_charged(a, b, &reds))
#define LESS \
    (LIKELY(are_both_small(a, b)) ? (int64_t)a < (int64_t)b : compare_charged(a, b, &reds) < 0)
VALUE(eq_exact, SAME_EXACT)
VALUE(ne_exact, !SAME_EXACT)
VALUE(eq, SAME)
VALUE(ne, !SAME)
VALUE(lt, LESS)
VALUE(ge, !LESS)

// ---- choices -------------------------------------------------------------------------
OP(select_val_any)
{
    Term v = REG(1);
    uint32_t n = U(2);
    const Word *values = ip + 3;
    for (uint32_t i = 0; i < n; i++) {
        if (values[i] == v || (!is_immed(v) && equal_exact_charged(values[i], v, &reds)))
            GOTO(values[n + i]);
    }
    GOTO(U(0));
}

OP(select_tuple_arity)
{
    Term v = REG(1);
    if (is_tuple(v)) {
        Term header = boxed_header(v);
        uint32_t n = U(2);
        const Word *values = ip + 3;
        for (uint32_t i = 0; i < n; i++) {
            if (values[i] == header) GOTO(values[n + i]);
        }
    }
    GOTO(U(0));
}
