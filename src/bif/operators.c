// SPDX-License-Identifier: Apache-2.0
// bif/operators.c - arithmetic, comparison and boolean operators.
//
// The instructions for small operands are in exec/; here is what they fall back
// on, and what a call by name (apply(erlang, '+', …)) reaches.
#include <math.h>

#include "bif/bif.h"
#include "heap/arith.h"
#include "term/compare.h"

// ---- arithmetic -----------------------------------------------------------------
static Term arith_failed(Process *p, ArithError e)
{
    switch (e) {
    case ARITH_SYSTEM_LIMIT: return bif_system_limit(p);
    case ARITH_NO_MEMORY: return bif_no_memory(p);
    default: return bif_badarith(p);
    }
}

static uint64_t limbs_of(Term t) { return is_big(t) ? big_limbs(t) : 1; }

// What an operation costs whose work grows with both operands, or their product.
static void charge_sum(Process *p, Term a, Term b)
{
    if (is_big(a) || is_big(b)) bif_charge(p, (limbs_of(a) + limbs_of(b)) / 64);
}

static void charge_product(Process *p, Term a, Term b)
{
    if (is_big(a) || is_big(b)) bif_charge(p, limbs_of(a) * limbs_of(b) / 64);
}

#define BINARY(name, op, charge)                             \
    Term bif_erlang_##name##_2(Process *p, Term *args)       \
    {                                                        \
        ArithError e = ARITH_OK;                             \
        charge(p, args[0], args[1]);                         \
        Term t = arith_##op(&p->heap, args[0], args[1], &e); \
        return t != TERM_NONE ? t : arith_failed(p, e);      \
    }
#define UNARY(name, op)                                 \
    Term bif_erlang_##name##_1(Process *p, Term *args)  \
    {                                                   \
        ArithError e = ARITH_OK;                        \
        charge_sum(p, args[0], SMALL(0));               \
        Term t = arith_##op(&p->heap, args[0], &e);     \
        return t != TERM_NONE ? t : arith_failed(p, e); \
    }

BINARY(plus, add, charge_sum)
BINARY(minus, sub, charge_sum)
BINARY(times, mul, charge_product)
BINARY(divide, fdiv, charge_sum)
BINARY(div, div, charge_product)
BINARY(rem, rem, charge_product)
BINARY(band, band, charge_sum)
BINARY(bor, bor, charge_sum)
BINARY(bxor, bxor, charge_sum)
BINARY(bsr, bsr, charge_sum)
UNARY(minus, neg)
UNARY(bnot, bnot)

// The result of a shift to the left is what it costs.
Term bif_erlang_bsl_2(Process *p, Term *args)
{
    ArithError e = ARITH_OK;
    Term t = arith_bsl(&p->heap, args[0], args[1], &e);
    if (t == TERM_NONE) return arith_failed(p, e);
    charge_sum(p, args[0], t);
    return t;
}

Term bif_erlang_plus_1(Process *p, Term *args)
{
    return is_number(args[0]) ? args[0] : bif_badarith(p);
}

Term bif_erlang_abs_1(Process *p, Term *args)
{
    if (!is_number(args[0])) return bif_badarg(p);
    ArithError e = ARITH_OK;
    charge_sum(p, args[0], SMALL(0));
    Term t = arith_abs(&p->heap, args[0], &e);
    return t != TERM_NONE ? t : arith_failed(p, e);
}

Term bif_erlang_float_1(Process *p, Term *args)
{
    if (is_float(args[0])) return args[0];
    double d;
    if (!arith_to_double(args[0], &d)) return bif_badarg(p);
    Term *hp = bif_alloc(p, FLOAT_WORDS);
    return hp != NULL ? make_float(hp, d) : TERM_NONE;
}

static Term integral(Process *p, Term t, double (*f)(double))
{
    if (is_integer(t)) return t;
    if (!is_float(t)) return bif_badarg(p);
    Term result = arith_trunc(&p->heap, f(float_value(t)));
    return result != TERM_NONE ? result : bif_no_memory(p);
}

Term bif_erlang_round_1(Process *p, Term *args) { return integral(p, args[0], round); }

Term bif_erlang_trunc_1(Process *p, Term *args) { return integral(p, args[0], trunc); }

Term bif_erlang_floor_1(Process *p, Term *args) { return integral(p, args[0], floor); }

Term bif_erlang_ceil_1(Process *p, Term *args) { return integral(p, args[0], ceil); }

// ---- comparison ------------------------------------------------------------------
#define COMPARISON(name, test) \
    Term bif_erlang_##name##_2(Process *p, Term *args) { return make_bool(test); }

COMPARISON(eq, equal_charged(args[0], args[1], &p->reds))
COMPARISON(neq, !equal_charged(args[0], args[1], &p->reds))
COMPARISON(eq_exact, equal_exact_charged(args[0], args[1], &p->reds))
COMPARISON(neq_exact, !equal_exact_charged(args[0], args[1], &p->reds))
COMPARISON(lt, compare_charged(args[0], args[1], &p->reds) < 0)
COMPARISON(gt, compare_charged(args[0], args[1], &p->reds) > 0)
COMPARISON(le, compare_charged(args[0], args[1], &p->reds) <= 0)
COMPARISON(ge, compare_charged(args[0], args[1], &p->reds) >= 0)

// ---- booleans --------------------------------------------------------------------
static bool both_booleans(const Term *args)
{
    return (args[0] == AM_true || args[0] == AM_false) &&
           (args[1] == AM_true || args[1] == AM_false);
}

Term bif_erlang_and_2(Process *p, Term *args)
{
    return both_booleans(args) ? make_bool(args[0] == AM_true && args[1] == AM_true)
                               : bif_badarg(p);
}

Term bif_erlang_or_2(Process *p, Term *args)
{
    return both_booleans(args) ? make_bool(args[0] == AM_true || args[1] == AM_true)
                               : bif_badarg(p);
}

Term bif_erlang_xor_2(Process *p, Term *args)
{
    return both_booleans(args) ? make_bool(args[0] != args[1]) : bif_badarg(p);
}

Term bif_erlang_not_1(Process *p, Term *args)
{
    if (args[0] == AM_true) return AM_false;
    return args[0] == AM_false ? AM_true : bif_badarg(p);
}
