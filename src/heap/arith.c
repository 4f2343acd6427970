// SPDX-License-Identifier: Apache-2.0
// heap/arith.c - see arith.h.

#include "heap/arith.h"

#include <math.h>

#include "base/fiber.h"
#include "term/big_long.h"

static Term fail(ArithError *e, ArithError why)
{
    *e = why;
    return TERM_NONE;
}

// ---- results ------------------------------------------------------------------
Term arith_float(Heap *h, double d)
{
    Term *at = heap_alloc(h, FLOAT_WORDS);
    return at == NULL ? TERM_NONE : make_float(at, d);
}

Term arith_int64(Heap *h, int64_t v)
{
    if (fits_small(v)) return make_small(v);
    Term *at = heap_alloc(h, BIG_INT64_WORDS);
    return at == NULL ? TERM_NONE : big_from_int64(at, v);
}

Term arith_uint64(Heap *h, uint64_t v)
{
    if (v <= (uint64_t)SMALL_MAX) return make_small((int64_t)v);
    Term *at = heap_alloc(h, BIG_INT64_WORDS);
    return at == NULL ? TERM_NONE : big_from_uint64(at, v);
}

static Term int_result(Heap *h, int64_t v, ArithError *e)
{
    Term t = arith_int64(h, v);
    return t == TERM_NONE ? fail(e, ARITH_NO_MEMORY) : t;
}

static Term float_result(Heap *h, double d, ArithError *e)
{
    if (!isfinite(d)) return fail(e, ARITH_BADARITH);
    Term t = arith_float(h, d);
    return t == TERM_NONE ? fail(e, ARITH_NO_MEMORY) : t;
}

// Ends an operation that wrote into `words` words at `at`.
static Term big_result(Heap *h, Term *at, size_t words, Term t, ArithError *e)
{
    size_t used = big_words(t);
    if (used > 1 + BIG_MAX_LIMBS) {
        heap_shrink(h, at, words, 0);
        return fail(e, ARITH_SYSTEM_LIMIT);
    }
    heap_shrink(h, at, words, used);
    return t;
}

// ---- doubles --------------------------------------------------------------------
bool arith_to_double(Term t, double *out)
{
    if (is_float(t)) {
        *out = float_value(t);
        return true;
    }
    return is_integer(t) && big_to_double(t, out);
}

Term arith_trunc(Heap *h, double d)
{
    if (d > -0x1p59 && d < 0x1p59) return make_small((int64_t)d);
    Term *at = heap_alloc(h, BIG_DOUBLE_WORDS);
    if (at == NULL) return TERM_NONE;
    Term t = big_from_double(at, d);
    heap_shrink(h, at, BIG_DOUBLE_WORDS, big_words(t));
    return t;
}

// ---- + - * / --------------------------------------------------------------------
typedef Term (*IntOp)(Term *at, const IntView *a, const IntView *b);

static Term wide(Heap *h, Term a, Term b, IntOp op,
                 size_t (*words_of)(const IntView *, const IntView *), ArithError *e)
{
    IntView va, vb;
    int_view(&va, a);
    int_view(&vb, b);
    size_t words = words_of(&va, &vb);
    Term *at = heap_alloc(h, words);
    if (at == NULL) return fail(e, ARITH_NO_MEMORY);
    return big_result(h, at, words, op(at, &va, &vb), e);
}

// A long operation is over that wrote n limbs behind at. Not ok: it was refused memory, or
// nobody wants its result any more.
static Term long_result(Heap *h, Term *at, size_t words, size_t n, bool negative, bool ok,
                        ArithError *e)
{
    if (ok) return big_result(h, at, words, big_normalise(at, n, negative), e);
    heap_shrink(h, at, words, 0);
    return pause_point() ? fail(e, ARITH_NO_MEMORY) : make_small(0);
}

static Term product(Heap *h, Term a, Term b, ArithError *e)
{
    IntView va, vb;
    int_view(&va, a);
    int_view(&vb, b);
    if ((uint64_t)va.n * vb.n <= LONG_PRODUCT) return wide(h, a, b, big_mul, big_mul_words, e);
    size_t words = big_mul_words(&va, &vb);
    if (words > BIG_MAX_LIMBS + 2) return fail(e, ARITH_SYSTEM_LIMIT);
    Term *at = heap_alloc(h, words);
    if (at == NULL) return fail(e, ARITH_NO_MEMORY);
    bool ok = long_mul(&h->space->arena, (uint64_t *)at + 1, va.limbs, va.n, vb.limbs, vb.n);
    return long_result(h, at, words, va.n + vb.n, va.negative != vb.negative, ok, e);
}

static Term quotient(Heap *h, Term a, Term b, bool wants_rest, ArithError *e)
{
    IntView va, vb;
    int_view(&va, a);
    int_view(&vb, b);
    bool is_short = va.n < vb.n || (uint64_t)(va.n - vb.n + 1) * vb.n <= LONG_QUOTIENT;
    if (is_short && va.n <= LONG_DIVIDEND)
        return wide(h, a, b, wants_rest ? big_rem : big_div, big_div_words, e);
    if (va.n < vb.n) return wants_rest ? a : make_small(0);
    size_t words = big_div_words(&va, &vb), qn = va.n - vb.n + 1;
    Term *at = heap_alloc(h, words);
    if (at == NULL) return fail(e, ARITH_NO_MEMORY);
    // The one that is wanted first.
    uint64_t *first = (uint64_t *)at + 1, *q = wants_rest ? first + vb.n : first,
             *r = wants_rest ? first : first + qn;
    bool ok = long_div(&h->space->arena, q, r, va.limbs, va.n, vb.limbs, vb.n);
    if (wants_rest) return long_result(h, at, words, vb.n, va.negative, ok, e);
    return long_result(h, at, words, qn, va.negative != vb.negative, ok, e);
}

// Both operands as doubles when one is a float and the other a number.
static bool as_doubles(Term a, Term b, double *x, double *y)
{
    return (is_float(a) || is_float(b)) && arith_to_double(a, x) && arith_to_double(b, y);
}

static inline bool are_integers(Term a, Term b) { return is_integer(a) && is_integer(b); }

Term arith_add(Heap *h, Term a, Term b, ArithError *e)
{
    if (are_both_small(a, b)) return int_result(h, small_value(a) + small_value(b), e);
    if (are_integers(a, b)) return wide(h, a, b, big_add, big_add_words, e);
    double x, y;
    if (!as_doubles(a, b, &x, &y)) return fail(e, ARITH_BADARITH);
    return float_result(h, x + y, e);
}

Term arith_sub(Heap *h, Term a, Term b, ArithError *e)
{
    if (are_both_small(a, b)) return int_result(h, small_value(a) - small_value(b), e);
    if (are_integers(a, b)) return wide(h, a, b, big_sub, big_add_words, e);
    double x, y;
    if (!as_doubles(a, b, &x, &y)) return fail(e, ARITH_BADARITH);
    return float_result(h, x - y, e);
}

Term arith_mul(Heap *h, Term a, Term b, ArithError *e)
{
    int64_t r;
    if (are_both_small(a, b) && !mul_overflows(small_value(a), small_value(b), &r))
        return int_result(h, r, e);
    if (are_integers(a, b)) return product(h, a, b, e);
    double x, y;
    if (!as_doubles(a, b, &x, &y)) return fail(e, ARITH_BADARITH);
    return float_result(h, x * y, e);
}

Term arith_fdiv(Heap *h, Term a, Term b, ArithError *e)
{
    double x, y;
    if (!arith_to_double(a, &x) || !arith_to_double(b, &y) || y == 0)
        return fail(e, ARITH_BADARITH);
    return float_result(h, x / y, e);
}

Term arith_div(Heap *h, Term a, Term b, ArithError *e)
{
    if (!are_integers(a, b) || b == make_small(0)) return fail(e, ARITH_BADARITH);
    if (are_both_small(a, b)) return int_result(h, small_value(a) / small_value(b), e);
    return quotient(h, a, b, false, e);
}

Term arith_rem(Heap *h, Term a, Term b, ArithError *e)
{
    if (!are_integers(a, b) || b == make_small(0)) return fail(e, ARITH_BADARITH);
    if (are_both_small(a, b)) return make_small(small_value(a) % small_value(b));
    return quotient(h, a, b, true, e);
}

static Term negate(Heap *h, Term a, ArithError *e)
{
    static const IntView zero = {.n = 0};
    IntView v;
    int_view(&v, a);
    size_t words = big_add_words(&zero, &v);
    Term *at = heap_alloc(h, words);
    if (at == NULL) return fail(e, ARITH_NO_MEMORY);
    return big_result(h, at, words, big_sub(at, &zero, &v), e);
}

Term arith_neg(Heap *h, Term a, ArithError *e)
{
    if (is_small(a)) return int_result(h, -small_value(a), e);
    if (is_big(a)) return negate(h, a, e);
    if (is_float(a)) return float_result(h, -float_value(a), e);
    return fail(e, ARITH_BADARITH);
}

Term arith_abs(Heap *h, Term a, ArithError *e)
{
    if (is_small(a)) return int_result(h, small_value(a) < 0 ? -small_value(a) : small_value(a), e);
    if (is_big(a)) return big_is_negative(a) ? negate(h, a, e) : a;
    if (is_float(a)) return signbit(float_value(a)) ? float_result(h, -float_value(a), e) : a;
    return fail(e, ARITH_BADARITH);
}

// ---- bits -----------------------------------------------------------------------------
static Term bitop(Heap *h, Term a, Term b, BitOp op, ArithError *e)
{
    if (!are_integers(a, b)) return fail(e, ARITH_BADARITH);
    if (are_both_small(a, b)) {
        int64_t x = small_value(a), y = small_value(b);
        return make_small(op == BIT_AND ? x & y : op == BIT_OR ? x | y : x ^ y);
    }
    IntView va, vb;
    int_view(&va, a);
    int_view(&vb, b);
    size_t words = big_bitop_words(&va, &vb);
    Term *at = heap_alloc(h, words);
    if (at == NULL) return fail(e, ARITH_NO_MEMORY);
    return big_result(h, at, words, big_bitop(at, &va, &vb, op), e);
}

Term arith_band(Heap *h, Term a, Term b, ArithError *e) { return bitop(h, a, b, BIT_AND, e); }
Term arith_bor(Heap *h, Term a, Term b, ArithError *e) { return bitop(h, a, b, BIT_OR, e); }
Term arith_bxor(Heap *h, Term a, Term b, ArithError *e) { return bitop(h, a, b, BIT_XOR, e); }

Term arith_bnot(Heap *h, Term a, ArithError *e)
{
    if (is_small(a)) return make_small(~small_value(a));
    return bitop(h, a, make_small(-1), BIT_XOR, e);
}

static Term shift_left(Heap *h, Term a, uint64_t bits, ArithError *e)
{
    if (is_small(a) && bits < 4) return int_result(h, small_value(a) * ((int64_t)1 << bits), e);
    IntView v;
    int_view(&v, a);
    size_t words = big_shl_words(&v, bits);
    if (words == SIZE_MAX) return fail(e, ARITH_SYSTEM_LIMIT);
    Term *at = heap_alloc(h, words);
    if (at == NULL) return fail(e, ARITH_NO_MEMORY);
    return big_result(h, at, words, big_shl(at, &v, bits), e);
}

static Term shift_right(Heap *h, Term a, uint64_t bits, ArithError *e)
{
    if (is_small(a)) return make_small(small_value(a) >> (bits > 63 ? 63 : bits));
    IntView v;
    int_view(&v, a);
    size_t words = big_shr_words(&v, bits);
    Term *at = heap_alloc(h, words);
    if (at == NULL) return fail(e, ARITH_NO_MEMORY);
    return big_result(h, at, words, big_shr(at, &v, bits), e);
}

// By b bits to the left, or to the right if `left` is false; a negative b turns round.
static Term shift(Heap *h, Term a, Term b, bool left, ArithError *e)
{
    if (!are_integers(a, b)) return fail(e, ARITH_BADARITH);
    if (a == make_small(0)) return a;
    IntView v;
    int_view(&v, b);
    uint64_t bits = v.n == 0 ? 0 : v.n == 1 ? v.limbs[0] : UINT64_MAX;
    return left != v.negative ? shift_left(h, a, bits, e) : shift_right(h, a, bits, e);
}

Term arith_bsl(Heap *h, Term a, Term b, ArithError *e) { return shift(h, a, b, true, e); }
Term arith_bsr(Heap *h, Term a, Term b, ArithError *e) { return shift(h, a, b, false, e); }

// ---- text --------------------------------------------------------------------------------
Term arith_parse(Heap *h, const uint8_t *digits, size_t n, unsigned base, bool negative,
                 ArithError *e)
{
    for (Pace work = PACE_START; n > 1 && *digits == 0; (void)pace(&work, 1)) digits++, n--;
    size_t words = big_parse_words(n, base);
    if (words == SIZE_MAX) return fail(e, ARITH_SYSTEM_LIMIT);
    Term *at = heap_alloc(h, words);
    if (at == NULL) return fail(e, ARITH_NO_MEMORY);
    if (words > LONG_TEXT_LIMBS) {
        size_t limbs = long_parse(&h->space->arena, (uint64_t *)at + 1, digits, n, base);
        bool ok = limbs != SIZE_MAX;
        return long_result(h, at, words, ok ? limbs : 0, negative, ok, e);
    }
    Term t = big_parse(at, digits, n, base, negative);
    if (t == TERM_NONE) {
        heap_shrink(h, at, words, 0);
        return fail(e, ARITH_SYSTEM_LIMIT);
    }
    return big_result(h, at, words, t, e);
}
