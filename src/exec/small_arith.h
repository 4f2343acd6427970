// SPDX-License-Identifier: Apache-2.0
// exec/small_arith.h - arithmetic on two small integers whose result is one too.
//
// False: it is none, or there is none (division by zero); the general case of heap/arith.h
// is to find out.
#pragma once
#include "term/term.h"

static ALWAYS_INLINE bool small_times(Term a, Term b, Term *r)
{
    int64_t product;
    if (__builtin_mul_overflow(small_value(a), (int64_t)(b - IMM_SMALL), &product)) return false;
    *r = (Term)product + IMM_SMALL;
    return true;
}

// Numbers that fit 32 bits are divided as such: that is several times as fast.
static ALWAYS_INLINE bool are_short(int64_t n, int64_t d)
{
    return ((uint64_t)n | (uint64_t)d) >> 32 == 0;
}

static ALWAYS_INLINE bool small_int_div(Term a, Term b, Term *r)
{
    if (UNLIKELY(b == SMALL(0))) return false;
    int64_t n = small_value(a), d = small_value(b);
    int64_t q = are_short(n, d) ? (int64_t)((uint32_t)n / (uint32_t)d) : n / d;
    *r = make_small(q);
    return fits_small(q);
}

static ALWAYS_INLINE bool small_int_rem(Term a, Term b, Term *r)
{
    if (UNLIKELY(b == SMALL(0))) return false;
    int64_t n = small_value(a), d = small_value(b);
    *r = make_small(are_short(n, d) ? (int64_t)((uint32_t)n % (uint32_t)d) : n % d);
    return true;
}

static ALWAYS_INLINE bool small_band(Term a, Term b, Term *r) { return *r = a & b, true; }
static ALWAYS_INLINE bool small_bor(Term a, Term b, Term *r) { return *r = a | b, true; }
static ALWAYS_INLINE bool small_bxor(Term a, Term b, Term *r)
{
    *r = (a ^ b) | IMM_SMALL;
    return true;
}

static ALWAYS_INLINE bool small_bsl(Term a, Term b, Term *r)
{
    int64_t v = small_value(a), n = small_value(b);
    if (n < 0) {
        *r = make_small(n <= -63 ? v >> 63 : v >> -n);
        return true;
    }
    if (n >= 59) return false;
    int64_t shifted = (int64_t)((uint64_t)v << n);
    *r = make_small(shifted);
    return shifted >> n == v && fits_small(shifted);
}

static ALWAYS_INLINE bool small_bsr(Term a, Term b, Term *r)
{
    int64_t n = small_value(b);
    *r = make_small(small_value(a) >> (n > 63 ? 63 : n < 0 ? 0 : n));
    return n >= 0;
}
