// SPDX-License-Identifier: Apache-2.0
// exec/op_test.c - tests and choices: fall through when true, else jump.
#include "exec/handler.h"
#include "term/compare.h"

#define TEST(name, words, condition) \
    OP(name) \
    { \
        Term v = REG(1); \
        if (condition) NEXT(words); \
        GOTO(U(0)); \
    }

TEST(is_integer, 2, is_small(v) || is_big(v))
TEST(is_float, 2, is_float(v))
TEST(is_number, 2, is_number(v))
TEST(is_atom, 2, is_atom(v))
TEST(is_boolean, 2, v == AM_true || v == AM_false)
TEST(is_pid, 2, is_pid(v))
TEST(is_reference, 2, is_ref(v))
TEST(is_port, 2, is_port(v))
TEST(is_nil, 2, is_nil(v))
TEST(is_binary, 2, is_binary(v))
TEST(is_bitstr, 2, is_bitstring(v))
TEST(is_list, 2, is_cons(v) || is_nil(v))
TEST(is_nonempty_list, 2, is_cons(v))
TEST(is_tuple, 2, is_tuple(v))
TEST(is_map, 2, is_map(v))
TEST(is_function, 2, is_fun(v))
TEST(test_arity, 3, boxed_header(v) == W(2))
TEST(is_tuple_of_arity, 3, is_boxed(v) && boxed_header(v) == W(2))
TEST(is_tagged_tuple, 4, is_boxed(v) && boxed_header(v) == W(2) && boxed_ptr(v)[1] == W(3))
TEST(is_eq_exact_immed, 3, v == W(2))
TEST(is_ne_exact_immed, 3, v != W(2))

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
#define COMPARE(name, a_expr, b_expr, words, relation) \
    OP(name) \
    { \
        Term a = (a_expr), b = (b_expr); \
        int64_t c; \
        if (LIKELY(are_both_small(a, b))) c = (int64_t)a < (int64_t)b ? -1 : (int64_t)a > (int64_t)b; \
        else c = compare_charged(a, b, &reds); \
        if (c relation 0) NEXT(words); \
        GOTO(U(0)); \
    }

COMPARE(is_lt, SRC(2), SRC(3), 4, <)
COMPARE(is_ge, SRC(2), SRC(3), 4, >=)

#define COMPARE_SMALL(name, a_expr, b_expr, words, op) \
    OP(name) \
    { \
        Term a = (a_expr), b = (b_expr); \
        bool yes; \
        if (LIKELY(are_both_small(a, b))) yes = (int64_t)a op (int64_t)b; \
        else yes = compare_charged(a, b, &reds) op 0; \
        if (yes) NEXT(words); \
        GOTO(U(0)); \
    }

COMPARE_SMALL(is_lt_rr, REG(1), REG(2), 3, <)
COMPARE_SMALL(is_ge_rr, REG(1), REG(2), 3, >=)
COMPARE_SMALL(is_lt_rc, REG(1), W(2), 3, <)
COMPARE_SMALL(is_ge_rc, REG(1), W(2), 3, >=)
COMPARE_SMALL(is_lt_cr, W(2), REG(1), 3, <)
COMPARE_SMALL(is_ge_cr, W(2), REG(1), 3, >=)

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

// ---- choices -------------------------------------------------------------------------
OP(select_val)
{
    Term v = REG(1);
    uint32_t n = U(2);
    const Word *values = ip + 3;
    for (uint32_t i = 0; i < n; i++) {
        if (values[i] == v) GOTO(values[n + i]);
    }
    GOTO(U(0));
}

OP(select_val_small)
{
    Term v = REG(1);
    uint32_t low = 0, n = U(2), high = n;
    const Word *values = ip + 3;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (values[mid] < v) low = mid + 1;
        else high = mid;
    }
    if (low < n && values[low] == v) GOTO(values[n + low]);
    GOTO(U(0));
}

OP(jump_table)
{
    Term v = REG(1);
    if (is_small(v)) {
        uint64_t slot = (uint64_t)small_value(v) - W(3);
        if (slot < U(2)) GOTO(W(4 + slot));
    }
    GOTO(U(0));
}

OP(select_val_any)
{
    Term v = REG(1);
    uint32_t n = U(2);
    const Word *values = ip + 3;
    for (uint32_t i = 0; i < n; i++) {
        if (values[i] == v || (!is_immed(v) && equal_exact_charged(values[i], v, &reds))) GOTO(values[n + i]);
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
