// SPDX-License-Identifier: Apache-2.0
// exec/op_arith.c - arithmetic and guard builtins.
//
// Small integers are worked on in place; everything else goes to heap/arith.h. In a
// guard (fail target given) an error is a jump. In a body the builtin and its arguments
// top the stack trace, except for + and - with a constant, as in OTP.
#include "code/builtin.h"
#include "exec/exception.h"
#include "exec/small_arith.h"
#include "exec/work.h"
#include "heap/arith.h"
#include "heap/map.h"
#include "term/compare.h"

// ---- the way out of a failed guard builtin -----------------------------------------
static NOINLINE void note_failure(Process *p, Term module, Term function, unsigned arity,
                                  const Term *argv)
{
    const Bif *b = builtin_find(module, function, arity);
    if (b != NULL) exception_note_native(p, b, argv);
}

#define FAIL_ARITH(reason, name, arity, ...)                                \
    do {                                                                    \
        if (U(0) != 0) GOTO(U(0));                                          \
        SAVE();                                                             \
        exec_set_error(p, (reason));                                        \
        note_failure(p, AM_erlang, (name), (arity), (Term[]){__VA_ARGS__}); \
        TAIL_CALL(exec_raise);                                              \
    } while (0)

#define FAIL_BIF(reason, b, argv)              \
    do {                                       \
        if (U(0) != 0) GOTO(U(0));             \
        SAVE();                                \
        exec_set_error(p, (reason));           \
        exception_note_native(p, (b), (argv)); \
        TAIL_CALL(exec_raise);                 \
    } while (0)

static Term arith_reason(ArithError e)
{
    return e == ARITH_SYSTEM_LIMIT ? AM_system_limit : AM_badarith;
}

// The general case of a binary operation; a and b are read before anything can move.
#define ARITH_SLOW(fn, name, a, b, live, words)                   \
    do {                                                          \
        ArithError error;                                         \
        SAVE();                                                   \
        Term value = fn(&p->heap, (a), (b), &error);              \
        LOAD();                                                   \
        if (UNLIKELY(value == TERM_NONE)) {                       \
            if (error == ARITH_NO_MEMORY) {                       \
                exec_set_no_memory(p);                            \
                TAIL_CALL(exec_raise);                            \
            }                                                     \
            FAIL_ARITH(arith_reason(error), (name), 2, (a), (b)); \
        }                                                         \
        reds -= arith_cost(a, b);                                 \
        COLLECT_WITH(value, (live));                              \
        REG(1) = value;                                           \
        NEXT(words);                                              \
    } while (0)

// Without the builtin in the trace.
#define ARITH_PLAIN(fn, a, b, live, words)           \
    do {                                             \
        ArithError error;                            \
        SAVE();                                      \
        Term value = fn(&p->heap, (a), (b), &error); \
        LOAD();                                      \
        if (UNLIKELY(value == TERM_NONE)) {          \
            if (error == ARITH_NO_MEMORY) {          \
                exec_set_no_memory(p);               \
                TAIL_CALL(exec_raise);               \
            }                                        \
            if (U(0) != 0) GOTO(U(0));               \
            RAISE_ERROR(arith_reason(error));        \
        }                                            \
        reds -= arith_cost(a, b);                    \
        COLLECT_WITH(value, (live));                 \
        REG(1) = value;                              \
        NEXT(words);                                 \
    } while (0)

// Large operands cost what they are long.
static ALWAYS_INLINE int64_t arith_cost(Term a, Term b)
{
    int64_t n = 0;
    if (is_big(a)) n += (int64_t)big_limbs(a);
    if (is_big(b)) n += (int64_t)big_limbs(b);
    return n / 16;
}

// + and - of two registers, and of a register and a constant, begin in op_hot.inc; these are
// their general cases.
PRESERVE_NONE void slow_plus_rr(STATE)
{
    Term a = REG(3), b = REG(4);
    ARITH_SLOW(arith_add, AM_plus, a, b, U(2), 4);
}
PRESERVE_NONE void slow_minus_rr(STATE)
{
    Term a = REG(3), b = REG(4);
    ARITH_SLOW(arith_sub, AM_minus, a, b, U(2), 4);
}
PRESERVE_NONE void slow_plus_rc(STATE)
{
    Term a = REG(3), b = W(3);
    ARITH_PLAIN(arith_add, a, b, U(2), 4);
}
PRESERVE_NONE void slow_minus_rc(STATE)
{
    Term a = REG(3), b = W(3);
    ARITH_PLAIN(arith_sub, a, b, U(2), 4);
}

OP(plus)
{
    Term a = SRC(3), b = SRC(4);
    ARITH_SLOW(arith_add, AM_plus, a, b, U(2), 5);
}

OP(minus)
{
    Term a = SRC(3), b = SRC(4);
    ARITH_SLOW(arith_sub, AM_minus, a, b, U(2), 5);
}

// The others: sources of any kind here, registers and a small constant in op_hot.inc.
#define BINARY(name, fn, atom)                                                \
    OP(name)                                                                  \
    {                                                                         \
        Term a = SRC(3), b = SRC(4), r;                                       \
        if (LIKELY(are_both_small(a, b)) && LIKELY(small_##name(a, b, &r))) { \
            REG(1) = r;                                                       \
            NEXT(5);                                                          \
        }                                                                     \
        ARITH_SLOW(fn, atom, a, b, U(2), 5);                                  \
    }                                                                         \
    PRESERVE_NONE void slow_##name##_rr(STATE)                                \
    {                                                                         \
        Term a = REG(3), b = REG(4);                                          \
        ARITH_SLOW(fn, atom, a, b, U(2), 4);                                  \
    }                                                                         \
    PRESERVE_NONE void slow_##name##_rc(STATE)                                \
    {                                                                         \
        Term a = REG(3), b = W(3);                                            \
        ARITH_SLOW(fn, atom, a, b, U(2), 4);                                  \
    }
BINARY(times, arith_mul, AM_times)
BINARY(int_div, arith_div, AM_div)
BINARY(int_rem, arith_rem, AM_rem)
BINARY(band, arith_band, AM_band)
BINARY(bor, arith_bor, AM_bor)
BINARY(bxor, arith_bxor, AM_bxor)
BINARY(bsl, arith_bsl, AM_bsl)
BINARY(bsr, arith_bsr, AM_bsr)

#define UNARY_SLOW(fn, name, a)                              \
    do {                                                     \
        ArithError error;                                    \
        SAVE();                                              \
        Term value = fn(&p->heap, (a), &error);              \
        LOAD();                                              \
        if (UNLIKELY(value == TERM_NONE)) {                  \
            if (error == ARITH_NO_MEMORY) {                  \
                exec_set_no_memory(p);                       \
                TAIL_CALL(exec_raise);                       \
            }                                                \
            FAIL_ARITH(arith_reason(error), (name), 1, (a)); \
        }                                                    \
        COLLECT_WITH(value, U(2));                           \
        REG(1) = value;                                      \
        NEXT(4);                                             \
    } while (0)

OP(bnot)
{
    Term a = SRC(3);
    if (LIKELY(is_small(a))) {
        REG(1) = ~a | IMM_SMALL;
        NEXT(4);
    }
    UNARY_SLOW(arith_bnot, AM_bnot, a);
}

OP(neg)
{
    Term a = SRC(3);
    if (LIKELY(is_small(a)) && a != make_small(SMALL_MIN)) {
        REG(1) = make_small(-small_value(a));
        NEXT(4);
    }
    UNARY_SLOW(arith_neg, AM_minus, a);
}

// ---- guard builtins with an instruction of their own ---------------------------------
OP(self)
{
    REG(0) = p->pid;
    NEXT(2);
}

OP(element)
{
    Term n = SRC(2), t = SRC(3);
    if (LIKELY(is_small(n) && is_tuple(t))) {
        uint64_t i = (uint64_t)small_value(n) - 1;
        if (LIKELY(i < tuple_arity(t))) {
            REG(1) = tuple_elements(t)[i];
            NEXT(4);
        }
    }
    FAIL_ARITH(AM_badarg, AM_element, 2, n, t);
}

PRESERVE_NONE void slow_element_const(STATE)
{
    Term t = REG(2);
    FAIL_ARITH(AM_badarg, AM_element, 2, make_small(U(3)), t);
}

OP(hd_bif)
{
    Term l = REG(2);
    if (LIKELY(is_cons(l))) {
        REG(1) = cons_head(l);
        NEXT(3);
    }
    FAIL_ARITH(AM_badarg, AM_hd, 1, l);
}

OP(tl_bif)
{
    Term l = REG(2);
    if (LIKELY(is_cons(l))) {
        REG(1) = cons_tail(l);
        NEXT(3);
    }
    FAIL_ARITH(AM_badarg, AM_tl, 1, l);
}

OP(tuple_size)
{
    Term t = REG(3);
    if (LIKELY(is_tuple(t))) {
        REG(1) = make_small((int64_t)tuple_arity(t));
        NEXT(3);
    }
    FAIL_ARITH(AM_badarg, AM_tuple_size, 1, t);
}

OP(map_get_bif)
{
    Term key = SRC(2), m = SRC(3);
    if (UNLIKELY(!is_map(m))) {
        if (U(0) != 0) GOTO(U(0));
        SAVE();
        exec_set_error_tagged(p, AM_badmap, m);
        note_failure(p, AM_erlang, AM_map_get, 2, (Term[]){key, m});
        TAIL_CALL(exec_raise);
    }
    Term v = map_get(m, key);
    if (LIKELY(v != TERM_NONE)) {
        REG(1) = v;
        NEXT(4);
    }
    if (U(0) != 0) GOTO(U(0));
    SAVE();
    exec_set_error_tagged(p, AM_badkey, key);
    note_failure(p, AM_erlang, AM_map_get, 2, (Term[]){key, m});
    TAIL_CALL(exec_raise);
}

// ---- all other guard builtins ----------------------------------------------------------
// The builtin said TERM_NONE: in a guard a jump, in a body its own exception.
#define GUARD_CALL(b, argv, words, live, collects)                                \
    do {                                                                          \
        SAVE();                                                                   \
        Term value = (b)->fn(p, (argv));                                          \
        LOAD();                                                                   \
        if (UNLIKELY(value == TERM_NONE)) {                                       \
            if (U(0) != 0 && p->exc.class == EXC_ERROR) GOTO(U(0));               \
            if (p->exc.class == EXC_ERROR) exception_note_native(p, (b), (argv)); \
            p->ip = ip;                                                           \
            TAIL_CALL(exec_raise);                                                \
        }                                                                         \
        if (collects) COLLECT_WITH(value, (live));                                \
        REG(1) = value;                                                           \
        NEXT(words);                                                              \
    } while (0)

OP(bif0)
{
    const Bif *b = (const Bif *)(uintptr_t)W(2);
    SAVE();
    Term value = b->fn(p, x);
    LOAD();
    if (UNLIKELY(value == TERM_NONE)) TAIL_CALL(exec_raise);
    REG(0) = value;
    NEXT(3);
}

OP(bif1)
{
    const Bif *b = (const Bif *)(uintptr_t)W(2);
    Term argv[1] = {SRC(3)};
    GUARD_CALL(b, argv, 4, 0, false);
}

OP(bif2)
{
    const Bif *b = (const Bif *)(uintptr_t)W(2);
    Term argv[2] = {SRC(3), SRC(4)};
    GUARD_CALL(b, argv, 5, 0, false);
}

OP(bif3)
{
    const Bif *b = (const Bif *)(uintptr_t)W(2);
    Term argv[3] = {SRC(3), SRC(4), SRC(5)};
    GUARD_CALL(b, argv, 6, 0, false);
}

OP(gc_bif1)
{
    const Bif *b = (const Bif *)(uintptr_t)W(3);
    Term argv[1] = {SRC(4)};
    GUARD_CALL(b, argv, 5, U(2), true);
}

OP(gc_bif2)
{
    const Bif *b = (const Bif *)(uintptr_t)W(3);
    Term argv[2] = {SRC(4), SRC(5)};
    GUARD_CALL(b, argv, 6, U(2), true);
}

OP(gc_bif3)
{
    const Bif *b = (const Bif *)(uintptr_t)W(3);
    Term argv[3] = {SRC(4), SRC(5), SRC(6)};
    GUARD_CALL(b, argv, 7, U(2), true);
}

// ---- floating-point registers -------------------------------------------------------------
OP(fmove_in)
{
    EXEC->f[U(1)] = float_value(REG(0));
    NEXT(2);
}

OP(fmove_in_checked)
{
    Term v = REG(0);
    if (UNLIKELY(!is_float(v))) RAISE_ERROR(AM_badarg);
    EXEC->f[U(1)] = float_value(v);
    NEXT(2);
}

OP(fmove_lit)
{
    Word bits = W(2);
    memcpy(&EXEC->f[U(0)], &bits, sizeof bits);
    NEXT(3);
}

OP(fmove_out)
{
    REG(0) = make_float(hp, EXEC->f[U(1)]);
    hp += FLOAT_WORDS;
    NEXT(2);
}

OP(fmove_out_pair)
{
    REG(0) = make_float(hp, EXEC->f[U(1)]);
    REG(2) = make_float(hp + FLOAT_WORDS, EXEC->f[U(3)]);
    hp += 2 * FLOAT_WORDS;
    NEXT(3);
}

OP(new_float)
{
    if (lacks(x, sp, hp, U(0))) TAIL_CALL(exec_need);
    REG(2) = make_float(hp, EXEC->f[U(3)]);
    hp += FLOAT_WORDS;
    NEXT(3);
}

OP(fconv)
{
    Term v = SRC(2);
    if (LIKELY(is_small(v))) {
        EXEC->f[U(0)] = (double)small_value(v);
        NEXT(3);
    }
    if (is_float(v)) {
        EXEC->f[U(0)] = float_value(v);
        NEXT(3);
    }
    if (!is_big(v) || !arith_to_double(v, &EXEC->f[U(0)])) RAISE_ERROR(AM_badarith);
    NEXT(3);
}

// A result that is not finite is an error, as in all of Erlang.
#define FLOAT_OP(name, op)                                              \
    OP(name)                                                            \
    {                                                                   \
        double r = EXEC->f[U(0)] op EXEC->f[U(1)];                      \
        if (UNLIKELY(!__builtin_isfinite(r))) RAISE_ERROR(AM_badarith); \
        EXEC->f[U(2)] = r;                                              \
        NEXT(3);                                                        \
    }
FLOAT_OP(fadd, +)
FLOAT_OP(fsub, -)
FLOAT_OP(fmul, *)

OP(fdiv)
{
    double b = EXEC->f[U(1)];
    // Division by zero is undefined for the sanitizer, and an error for Erlang.
    if (UNLIKELY(b == 0.0)) RAISE_ERROR(AM_badarith);
    double r = EXEC->f[U(0)] / b;
    if (UNLIKELY(!__builtin_isfinite(r))) RAISE_ERROR(AM_badarith);
    EXEC->f[U(2)] = r;
    NEXT(3);
}

OP(fneg)
{
    EXEC->f[U(1)] = 0.0 - EXEC->f[U(0)];  // as OTP: of 0.0 it is 0.0
    NEXT(2);
}
