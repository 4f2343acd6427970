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

// ---- overlays (code/instr.def) -------------------------------------------------------------
// Leaves for the general case of the instruction at ip, or sets `to` to the sum or difference.
#define SMALL_SUM(to, a_expr, b_expr, are_small, overflows, slow)          \
    do {                                                                   \
        Term a = (a_expr), b = (b_expr);                                   \
        int64_t r;                                                         \
        if (UNLIKELY(!(are_small)) ||                                      \
            UNLIKELY(overflows((int64_t)a, (int64_t)(b - IMM_SMALL), &r))) \
            TAIL_CALL(slow);                                               \
        to = (Term)r;                                                      \
    } while (0)
#define ADD_RR(to, a, b) \
    SMALL_SUM(to, a, b, are_both_small(a, b), __builtin_add_overflow, slow_plus_rr)

OP(plus_rr_return)
{
    ADD_RR(x[0], REG(3), REG(4));
    ip += 4;
    sp += (size_t)U(0) + 1;
    LEAVE_FRAME();
}

OP(plus_rr_plus_rr)
{
    ADD_RR(XREG(1), XREG(3), XREG(4));
    ip += 4;
    ADD_RR(XREG(1), XREG(3), XREG(4));
    NEXT(4);
}

OP(plus_rr_plus_rc)
{
    ADD_RR(XREG(1), XREG(3), XREG(4));
    ip += 4;
    SMALL_SUM(XREG(1), XREG(3), W(3), is_small(a), __builtin_add_overflow, slow_plus_rc);
    NEXT(4);
}

OP(minus_rc_moves_call)
{
    SMALL_SUM(REG(1), REG(3), W(3), is_small(a), __builtin_sub_overflow, slow_minus_rc);
    ip += 4;
    YREG(1) = XREG(0);
    XREG(3) = XREG(2);
    sp[0] = (Term)(uintptr_t)(ip + 4);
    ip += (int32_t)U(4);
    ENTER();
}
