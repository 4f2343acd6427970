// SPDX-License-Identifier: Apache-2.0
// term/big.c - see big.h. Magnitudes are GMP limb arrays, signs are kept apart.

#include "term/big.h"

#include <gmp.h>
#include <math.h>

#include "base/fiber.h"

_Static_assert(sizeof(mp_limb_t) == sizeof(uint64_t) && GMP_NAIL_BITS == 0, "limbs are 64 bits");

static inline mp_limb_t *limbs_at(Term *at) { return (mp_limb_t *)(at + 1); }
static inline const mp_limb_t *limbs_of(const IntView *v) { return (const mp_limb_t *)v->limbs; }

Term big_normalise(Term *at, size_t n, bool negative)
{
    while (n > 0 && at[n] == 0) n--;
    if (n == 0) return make_small(0);
    if (n == 1) {
        uint64_t v = at[1];
        if (!negative && v <= (uint64_t)SMALL_MAX) return make_small((int64_t)v);
        if (negative && v <= -(uint64_t)SMALL_MIN) return make_small(-(int64_t)v);
    }
    at[0] = HEADER(negative ? BOX_NEG_BIG : BOX_POS_BIG, n);
    return make_boxed(at);
}

Term big_from_int64(Term *at, int64_t v)
{
    at[1] = v < 0 ? -(uint64_t)v : (uint64_t)v;
    return big_normalise(at, 1, v < 0);
}

Term big_from_uint64(Term *at, uint64_t v)
{
    at[1] = v;
    return big_normalise(at, 1, false);
}

bool big_to_int64(Term t, int64_t *out)
{
    if (is_small(t)) {
        *out = small_value(t);
        return true;
    }
    uint64_t v = *big_digits(t);
    bool negative = big_is_negative(t);
    if (big_limbs(t) > 1 || v > (uint64_t)INT64_MAX + negative) return false;
    *out = negative ? (int64_t)-v : (int64_t)v;
    return true;
}

bool big_to_uint64(Term t, uint64_t *out)
{
    if (is_small(t)) {
        *out = (uint64_t)small_value(t);
        return small_value(t) >= 0;
    }
    *out = *big_digits(t);
    return big_limbs(t) == 1 && !big_is_negative(t);
}

// ---- sums and products --------------------------------------------------------
static int compare_magnitudes(const IntView *a, const IntView *b)
{
    if (a->n != b->n) return a->n < b->n ? -1 : 1;
    return a->n == 0 ? 0 : mpn_cmp(limbs_of(a), limbs_of(b), (mp_size_t)a->n);
}

// GMP's linear functions in pieces, so that even the longest integers, on fresh memory, do
// not take long in one go (base/fiber.h).
#define PIECE ((size_t)8192)

// to = a + b or a - b, an >= bn; returns the carry or borrow.
static mp_limb_t add_pieces(mp_limb_t *to, const mp_limb_t *a, size_t an, const mp_limb_t *b,
                            size_t bn)
{
    mp_limb_t carry = 0;
    for (size_t n; an > 0; to += n, a += n, an -= n, (void)pause_point()) {
        n = an < PIECE ? an : PIECE;
        size_t m = bn < n ? bn : n;
        mp_limb_t next = mpn_add_1(to, a, (mp_size_t)n, carry);
        if (m > 0) {
            next += mpn_add(to, to, (mp_size_t)n, b, (mp_size_t)m);
            b += m, bn -= m;
        }
        carry = next;
    }
    return carry;
}

static void sub_pieces(mp_limb_t *to, const mp_limb_t *a, size_t an, const mp_limb_t *b, size_t bn)
{
    mp_limb_t borrow = 0;
    for (size_t n; an > 0; to += n, a += n, an -= n, (void)pause_point()) {
        n = an < PIECE ? an : PIECE;
        size_t m = bn < n ? bn : n;
        mp_limb_t next = mpn_sub_1(to, a, (mp_size_t)n, borrow);
        if (m > 0) {
            next += mpn_sub(to, to, (mp_size_t)n, b, (mp_size_t)m);
            b += m, bn -= m;
        }
        borrow = next;
    }
}

// By 1..63 bits; returns what falls out at the far end, as GMP does.
static mp_limb_t lshift_pieces(mp_limb_t *to, const mp_limb_t *a, size_t n, unsigned bits)
{
    mp_limb_t out = 0;
    for (size_t at = 0; at < n; at += PIECE, (void)pause_point()) {
        size_t m = n - at < PIECE ? n - at : PIECE;
        mp_limb_t over = mpn_lshift(to + at, a + at, (mp_size_t)m, bits);
        to[at] |= out;
        out = over;
    }
    return out;
}

static mp_limb_t rshift_pieces(mp_limb_t *to, const mp_limb_t *a, size_t n, unsigned bits)
{
    mp_limb_t out = 0;
    for (size_t at = 0; at < n; at += PIECE, (void)pause_point()) {
        size_t m = n - at < PIECE ? n - at : PIECE;
        mp_limb_t under = mpn_rshift(to + at, a + at, (mp_size_t)m, bits);
        if (at == 0) out = under;
        else to[at - 1] |= under;
    }
    return out;
}

// |a| + |b| or |a| - |b|, the sign of the larger corrected by `negative`, which
// is the sign that the result has if |a| is the larger.
static Term add_magnitudes(Term *at, const IntView *a, const IntView *b, bool negative)
{
    if (a->n < b->n) {
        const IntView *t = a;
        a = b, b = t;
    }
    mp_limb_t carry;
    if (a->n > PIECE) carry = add_pieces(limbs_at(at), limbs_of(a), a->n, limbs_of(b), b->n);
    else
        carry = a->n == 0 ? 0
                          : mpn_add(limbs_at(at), limbs_of(a), (mp_size_t)a->n, limbs_of(b),
                                    (mp_size_t)b->n);
    at[1 + a->n] = carry;
    return big_normalise(at, a->n + 1, negative);
}

static Term sub_magnitudes(Term *at, const IntView *a, const IntView *b, bool negative)
{
    int c = compare_magnitudes(a, b);
    if (c == 0) return make_small(0);
    if (c < 0) {
        const IntView *t = a;
        a = b, b = t;
        negative = !negative;
    }
    if (a->n > PIECE) sub_pieces(limbs_at(at), limbs_of(a), a->n, limbs_of(b), b->n);
    else mpn_sub(limbs_at(at), limbs_of(a), (mp_size_t)a->n, limbs_of(b), (mp_size_t)b->n);
    return big_normalise(at, a->n, negative);
}

Term big_add(Term *at, const IntView *a, const IntView *b)
{
    if (a->negative == b->negative) return add_magnitudes(at, a, b, a->negative);
    return sub_magnitudes(at, a, b, a->negative);
}

Term big_sub(Term *at, const IntView *a, const IntView *b)
{
    if (a->negative != b->negative) return add_magnitudes(at, a, b, a->negative);
    return sub_magnitudes(at, a, b, a->negative);
}

Term big_mul(Term *at, const IntView *a, const IntView *b)
{
    if (a->n == 0 || b->n == 0) return make_small(0);
    const IntView *x = a->n < b->n ? b : a, *y = a->n < b->n ? a : b;
    if (x->limbs == y->limbs && x->n == y->n) mpn_sqr(limbs_at(at), limbs_of(x), (mp_size_t)x->n);
    else mpn_mul(limbs_at(at), limbs_of(x), (mp_size_t)x->n, limbs_of(y), (mp_size_t)y->n);
    return big_normalise(at, a->n + b->n, a->negative != b->negative);
}

Term big_div(Term *at, const IntView *a, const IntView *b)
{
    if (compare_magnitudes(a, b) < 0) return make_small(0);
    size_t n = a->n - b->n + 1;
    mp_limb_t *quotient = limbs_at(at), *rest = quotient + n;
    mpn_tdiv_qr(quotient, rest, 0, limbs_of(a), (mp_size_t)a->n, limbs_of(b), (mp_size_t)b->n);
    return big_normalise(at, n, a->negative != b->negative);
}

Term big_rem(Term *at, const IntView *a, const IntView *b)
{
    mp_limb_t *rest = limbs_at(at), *quotient = rest + b->n;
    if (compare_magnitudes(a, b) < 0) {
        if (a->n != 0) mpn_copyi(rest, limbs_of(a), (mp_size_t)a->n);
        return big_normalise(at, a->n, a->negative);
    }
    mpn_tdiv_qr(quotient, rest, 0, limbs_of(a), (mp_size_t)a->n, limbs_of(b), (mp_size_t)b->n);
    return big_normalise(at, b->n, a->negative);
}

// ---- bits -----------------------------------------------------------------------
// Limb i of v in two's complement; *borrow starts as 1 for a negative v.
static inline uint64_t complement_limb(const IntView *v, size_t i, uint64_t *borrow)
{
    uint64_t x = i < v->n ? v->limbs[i] : 0;
    if (!v->negative) return x;
    uint64_t y = x - *borrow;
    *borrow = x < *borrow;
    return ~y;
}

Term big_bitop(Term *at, const IntView *a, const IntView *b, BitOp op)
{
    bool na = a->negative, nb = b->negative;
    bool negative = op == BIT_AND ? na && nb : op == BIT_OR ? na || nb : na != nb;
    size_t n = (a->n > b->n ? a->n : b->n) + 1;
    uint64_t borrow_a = 1, borrow_b = 1, carry = 1;
    Pace work = PACE_START;
    for (size_t i = 0; i < n; i++, (void)pace(&work, 2)) {
        uint64_t x = complement_limb(a, i, &borrow_a), y = complement_limb(b, i, &borrow_b);
        uint64_t r = op == BIT_AND ? x & y : op == BIT_OR ? x | y : x ^ y;
        if (negative) {  // back to the magnitude
            r = ~r + carry;
            carry = carry && r == 0;
        }
        at[1 + i] = r;
    }
    return big_normalise(at, n, negative);
}

size_t big_shl_words(const IntView *a, uint64_t bits)
{
    if (a->n == 0) return 2;
    if (bits / 64 > BIG_MAX_LIMBS || a->n + bits / 64 > BIG_MAX_LIMBS) return SIZE_MAX;
    return 2 + a->n + (size_t)(bits / 64);
}

Term big_shl(Term *at, const IntView *a, uint64_t bits)
{
    if (a->n == 0) return make_small(0);
    size_t whole = (size_t)(bits / 64);
    unsigned part = bits % 64;
    paced_fill(at + 1, 0, whole * sizeof *at);
    mp_limb_t *to = limbs_at(at) + whole;
    if (part == 0) paced_copy(to, limbs_of(a), a->n * sizeof *to), to[a->n] = 0;
    else to[a->n] = lshift_pieces(to, limbs_of(a), a->n, part);
    return big_normalise(at, whole + a->n + 1, a->negative);
}

size_t big_shr_words(const IntView *a, uint64_t bits)
{
    return bits / 64 >= a->n ? 2 : 2 + a->n - (size_t)(bits / 64);
}

Term big_shr(Term *at, const IntView *a, uint64_t bits)
{
    if (bits / 64 >= a->n) return make_small(a->negative ? -1 : 0);
    size_t whole = (size_t)(bits / 64), n = a->n - whole;
    unsigned part = bits % 64;
    const mp_limb_t *from = limbs_of(a) + whole;
    mp_limb_t lost = 0;
    if (part == 0) paced_copy(limbs_at(at), from, n * sizeof *from);
    else lost = rshift_pieces(limbs_at(at), from, n, part);
    at[1 + n] = 0;
    if (a->negative) {  // rounded down: away from zero if a bit was lost
        for (size_t i = 0; i < whole && lost == 0; i++) lost = a->limbs[i];
        if (lost != 0) at[1 + n] = mpn_add_1(limbs_at(at), limbs_at(at), (mp_size_t)n, 1);
    }
    return big_normalise(at, n + 1, a->negative);
}

// ---- order, doubles -----------------------------------------------------------------
int big_compare(const IntView *a, const IntView *b)
{
    bool na = a->negative && a->n != 0, nb = b->negative && b->n != 0;
    if (na != nb) return na ? -1 : 1;
    int c = compare_magnitudes(a, b);
    return na ? -c : c;
}

bool big_to_double(Term t, double *out)
{
    if (is_small(t)) {
        *out = (double)small_value(t);
        return true;
    }
    const uint64_t *limbs = big_digits(t);
    double d = 0;
    for (size_t i = big_limbs(t); i-- > 0 && isfinite(d);) d = d * 0x1p64 + (double)limbs[i];
    *out = big_is_negative(t) ? -d : d;
    return isfinite(d);
}

Term big_from_double(Term *at, double d)
{
    int e;
    double fraction = frexp(fabs(d), &e);
    if (e <= 0) return make_small(0);
    uint64_t mantissa = (uint64_t)ldexp(fraction, 53);
    if (e <= 53) {
        at[1] = mantissa >> (53 - e);
        return big_normalise(at, 1, d < 0);
    }
    IntView v = {.limbs = &v.one, .n = 1, .negative = d < 0, .one = mantissa};
    return big_shl(at, &v, (uint64_t)(e - 53));
}

int big_compare_double(const IntView *a, double d)
{
    Term words[BIG_DOUBLE_WORDS];
    if (a->n != 0) {
        // Far apart in size is decided without building the other integer.
        int e;
        (void)frexp(fabs(d), &e);
        uint64_t bits = a->n * 64 - (unsigned)__builtin_clzll(a->limbs[a->n - 1]);
        if (a->negative != (d < 0) || d == 0 || e <= 0 || bits > (uint64_t)e)
            return a->negative ? -1 : 1;
        if (bits < (uint64_t)e) return a->negative ? 1 : -1;
    }
    IntView whole;
    int_view(&whole, big_from_double(words, d));
    int c = big_compare(a, &whole);
    if (c != 0) return c;
    double rest = d - trunc(d);
    return rest > 0 ? -1 : rest < 0;
}

// ---- text ------------------------------------------------------------------------------
size_t big_text_size(const IntView *a, unsigned base)
{
    double bits = (double)a->n * 64;
    return (size_t)(bits / log2(base)) + 4;
}

size_t big_text_scratch(const IntView *a) { return a->n <= 1 ? 0 : a->n; }

size_t big_print(char *out, const IntView *a, unsigned base, uint64_t *scratch)
{
    static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char *to = out;
    if (a->negative && a->n != 0) *to++ = '-';
    if (a->n <= 1) {
        char text[64];
        size_t n = 0;
        uint64_t v = a->n == 0 ? 0 : a->limbs[0];
        do {
            text[n++] = digits[v % base];
            v /= base;
        } while (v != 0);
        while (n > 0) *to++ = text[--n];
        return (size_t)(to - out);
    }
    mpn_copyi((mp_limb_t *)scratch, limbs_of(a), (mp_size_t)a->n);
    size_t n = mpn_get_str((unsigned char *)to, (int)base, (mp_limb_t *)scratch, (mp_size_t)a->n);
    size_t zeros = 0;
    while (zeros < n - 1 && to[zeros] == 0) zeros++;
    for (size_t i = zeros; i < n; i++) to[i - zeros] = digits[(unsigned char)to[i]];
    return (size_t)(to - out) + n - zeros;
}

size_t big_parse_words(size_t n, unsigned base)
{
    double limbs = (double)n * log2(base) / 64;
    return limbs > BIG_MAX_LIMBS + 2 ? SIZE_MAX : (size_t)limbs + 4;
}

Term big_parse(Term *at, const uint8_t *digits, size_t n, unsigned base, bool negative)
{
    while (n > 1 && *digits == 0) digits++, n--;
    if (n <= 11) {  // 36^11 < 2^58
        int64_t v = 0;
        for (size_t i = 0; i < n; i++) v = v * base + digits[i];
        return make_small(negative ? -v : v);
    }
    size_t limbs = (size_t)mpn_set_str(limbs_at(at), digits, n, (int)base);
    return limbs > BIG_MAX_LIMBS ? TERM_NONE : big_normalise(at, limbs, negative);
}
