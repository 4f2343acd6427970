// SPDX-License-Identifier: Apache-2.0
// exec/op_hot.c - both forms of the handlers of op_hot.inc, and their general cases.
#include "exec/exception.h"
#include "exec/small_arith.h"
#include "exec/work.h"
#include "term/compare.h"

// ---- general cases ------------------------------------------------------------------
PRESERVE_NONE void slow_plus_rr(STATE);   // exec/op_arith.c
PRESERVE_NONE void slow_minus_rr(STATE);
PRESERVE_NONE void slow_plus_rc(STATE);
PRESERVE_NONE void slow_minus_rc(STATE);
PRESERVE_NONE void slow_element_const(STATE);
#define BINARY(name)                            \
    PRESERVE_NONE void slow_##name##_rr(STATE); \
    PRESERVE_NONE void slow_##name##_rc(STATE);
BINARY(times)
BINARY(int_div)
BINARY(int_rem)
BINARY(band)
BINARY(bor)
BINARY(bxor)
BINARY(bsl)
BINARY(bsr)
#undef BINARY
PRESERVE_NONE void slow_get_map_element(STATE);  // exec/op_data.c

static PRESERVE_NONE NOINLINE void slow_badarg(STATE) { RAISE_ERROR(AM_badarg); }

// Any two terms by the general order, which costs reductions when they are large.
#define SLOW_COMPARE(name, a_expr, b_expr, op)            \
    static PRESERVE_NONE NOINLINE void slow_##name(STATE) \
    {                                                     \
        Term a = (a_expr), b = (b_expr);                  \
        p->reds = reds;                                   \
        bool yes = compare_charged(a, b, &p->reds) op 0;  \
        reds = p->reds;                                   \
        if (yes) NEXT(3);                                 \
        GOTO(U(0));                                       \
    }

SLOW_COMPARE(is_lt_rr, REG(1), REG(2), <)
SLOW_COMPARE(is_ge_rr, REG(1), REG(2), >=)
SLOW_COMPARE(is_lt_rc, REG(1), W(2), <)
SLOW_COMPARE(is_ge_rc, REG(1), W(2), >=)
SLOW_COMPARE(is_lt_cr, W(2), REG(1), <)
SLOW_COMPARE(is_ge_cr, W(2), REG(1), >=)

// ---- registers x or y ------------------------------------------------------------------
#define HOT(name) OP(name)
#define R(n)      REG(n)
#include "exec/op_hot.inc"
#undef HOT
#undef R

// ---- registers x -------------------------------------------------------------------------
#define HOT(name) OP(name##_x)
#define R(n)      XREG(n)
#include "exec/op_hot.inc"
