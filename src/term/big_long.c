// SPDX-License-Identifier: Apache-2.0
// term/big_long.c - long products and quotients out of pieces; see big_long.h.
#include "term/big_long.h"

#include <gmp.h>

#include "base/fiber.h"

// The longest pieces that GMP multiplies, and divides by, in one go.
#define MUL_PIECE 2048
#define DIV_PIECE 1024
// Above this transforms are faster than halves.
#define NTT_LIMBS 8192
// Limbs of one operand that go well with n of the other.
static size_t piece_for(size_t n, uint64_t work)
{
    size_t piece = (size_t)(work / n);
    if (piece > 65536) piece = 65536;
    return piece > n ? piece : n;
}

static uint64_t *limbs_new(Arena *arena, size_t n) { return arena_alloc(arena, n * 8); }
static void limbs_free(Arena *arena, uint64_t *at, size_t n) { arena_free(arena, at, n * 8); }

// ---- products --------------------------------------------------------------------------
// |x - y| of h limbs, y of n <= h; true: x < y.
static bool difference(uint64_t *to, const uint64_t *x, size_t h, const uint64_t *y, size_t n)
{
    uint64_t rest = 0;
    for (size_t i = n; i < h; i++) rest |= x[i];
    if (rest == 0 && mpn_cmp(x, y, (mp_size_t)n) < 0) {
        mpn_sub_n(to, y, x, (mp_size_t)n);
        memset(to + n, 0, (h - n) * 8);
        return true;
    }
    mpn_sub(to, x, (mp_size_t)h, y, (mp_size_t)n);
    return false;
}

// n limbs times n limbs out of three products of halves (Karatsuba's). scratch: 4 * n + 256.
static bool mul_halves(uint64_t *to, const uint64_t *a, const uint64_t *b, size_t n,
                       uint64_t *scratch)
{
    if (n <= MUL_PIECE) {
        mpn_mul_n(to, a, b, (mp_size_t)n);
        return pause_point();
    }
    size_t h = (n + 1) / 2, m = n - h;
    uint64_t *middle = scratch, *next = scratch + 2 * h + 1;
    bool minus = difference(to, a, h, a + h, m) != difference(to + h, b, h, b + h, m);
    if (!mul_halves(middle, to, to + h, h, next) || !mul_halves(to, a, b, h, next) ||
        !mul_halves(to + 2 * h, a + h, b + h, m, next))
        return false;
    // The middle is low + high - (a0 - a1) * (b0 - b1).
    mp_size_t len = (mp_size_t)(2 * h);
    if (minus) middle[2 * h] = mpn_add_n(middle, middle, to, len);
    else middle[2 * h] = -mpn_sub_n(middle, to, middle, len);
    middle[2 * h] += mpn_add(middle, middle, len, to + 2 * h, (mp_size_t)(2 * m));
    mpn_add(to + h, to + h, (mp_size_t)(2 * n - h), middle, len + 1);
    return true;
}

// b is short: a in pieces. The upper part of each product overlaps the next one.
static bool mul_pieces(Arena *arena, uint64_t *to, const uint64_t *a, size_t an, const uint64_t *b,
                       size_t bn)
{
    size_t piece = piece_for(bn, LONG_PRODUCT / 2), room = piece + bn, more = 4 * bn + 256;
    uint64_t *product = limbs_new(arena, room + more);
    if (product == NULL) return false;
    bool ok = true;
    for (size_t at = 0; at < an && ok; at += piece) {
        size_t n = an - at < piece ? an - at : piece;
        if (n == bn) ok = mul_halves(product, a + at, b, n, product + room);
        else ok = long_mul(arena, product, a + at, n, b, bn);
        if (at > 0) {
            mp_limb_t carry = mpn_add_n(product, product, to + at, (mp_size_t)bn);
            if (carry != 0) (void)mpn_add_1(product + bn, product + bn, (mp_size_t)n, 1);
        }
        paced_copy(to + at, product, (n + bn) * 8);
    }
    limbs_free(arena, product, room + more);
    return ok;
}

bool long_mul(Arena *arena, uint64_t *to, const uint64_t *a, size_t an, const uint64_t *b,
              size_t bn)
{
    if (an < bn) return long_mul(arena, to, b, bn, a, an);
    if (bn > NTT_LIMBS) return ntt_mul(arena, to, a, an, b, bn);
    if ((uint64_t)an * bn > LONG_PRODUCT) return mul_pieces(arena, to, a, an, b, bn);
    if (a == b && an == bn) mpn_sqr(to, a, (mp_size_t)an);
    else mpn_mul(to, a, (mp_size_t)an, b, (mp_size_t)bn);
    return pause_point();
}

// ---- quotients ---------------------------------------------------------------------------
// b is short: a in pieces from the top, each with the remainder of those before it.
static bool div_pieces(Arena *arena, uint64_t *q, uint64_t *r, const uint64_t *a, size_t an,
                       const uint64_t *b, size_t bn)
{
    size_t piece = piece_for(bn, LONG_QUOTIENT);
    if (piece > LONG_DIVIDEND) piece = LONG_DIVIDEND;
    size_t room = 2 * (piece + bn) + 1;
    uint64_t *part = limbs_new(arena, room), *quotient = part + piece + bn;
    if (part == NULL) return false;
    size_t left = an - bn + 1;  // limbs of the quotient
    // The first bn - 1 limbs are a remainder to begin with.
    memcpy(r, a + left, (bn - 1) * 8);
    r[bn - 1] = 0;
    bool wanted = true;
    while (left > 0 && wanted) {
        size_t n = left < piece ? left : piece;
        left -= n;
        memcpy(part, a + left, n * 8);
        memcpy(part + n, r, bn * 8);
        mpn_tdiv_qr(quotient, r, 0, part, (mp_size_t)(n + bn), b, (mp_size_t)bn);
        paced_copy(q + left, quotient, n * 8);
        wanted = pause_point();
    }
    limbs_free(arena, part, room);
    return wanted;
}

static bool div_steps(Arena *arena, uint64_t *q, uint64_t *a, const uint64_t *b, size_t n,
                      size_t m);

// By the upper m limbs of b first; then the quotient, which is at most two too large, times
// the lower ones is taken away.
static bool div_upper(Arena *arena, uint64_t *q, uint64_t *a, const uint64_t *b, size_t n, size_t m)
{
    size_t low = n - m;
    uint64_t *top = a + low;
    mp_limb_t over = 0;
    if (mpn_cmp(top + m, b + low, (mp_size_t)m) >= 0) {
        // The upper halves are equal: the quotient would not fit. The largest that does.
        memset(q, 0xFF, m * 8);
        mpn_sub_n(top + m, top + m, b + low, (mp_size_t)m);
        over = mpn_add_n(top, top, b + low, (mp_size_t)m);
    } else if (!div_steps(arena, q, top, b + low, m, m)) {
        return false;
    }
    uint64_t *product = limbs_new(arena, n);
    if (product == NULL) return false;
    bool ok = long_mul(arena, product, q, m, b, low);
    if (ok) {
        mp_limb_t borrow = mpn_sub_n(a, a, product, (mp_size_t)n);
        for (; borrow > over; over += mpn_add_n(a, a, b, (mp_size_t)n))
            mpn_sub_1(q, q, (mp_size_t)m, 1);
    }
    limbs_free(arena, product, n);
    return ok && pause_point();
}

// a[0..n+m) by b[0..n), whose top bit is set; 0 < m <= n and a[m..m+n) < b. m limbs of
// quotient; the remainder is left in a[0..n).
static bool div_steps(Arena *arena, uint64_t *q, uint64_t *a, const uint64_t *b, size_t n, size_t m)
{
    if (n <= DIV_PIECE) {
        uint64_t quotient[DIV_PIECE + 1];
        mpn_tdiv_qr(quotient, a, 0, a, (mp_size_t)(n + m), b, (mp_size_t)n);
        memcpy(q, quotient, m * 8);
        return pause_point();
    }
    if (m < n) return div_upper(arena, q, a, b, n, m);
    size_t half = n / 2;
    return div_upper(arena, q + half, a + half, b, n, n - half) &&
           div_upper(arena, q, a, b, n, half);
}

// shifted: a and b times a power of two that sets the top bit of b, a with one limb more.
static bool div_shifted(Arena *arena, uint64_t *q, uint64_t *a, size_t an, const uint64_t *b,
                        size_t bn)
{
    size_t left = an - bn + 1;
    while (left > 0) {
        size_t m = left % bn != 0 ? left % bn : bn;
        left -= m;
        if (!div_steps(arena, q + left, a + left, b, bn, m)) return false;
    }
    return true;
}

bool long_div(Arena *arena, uint64_t *q, uint64_t *r, const uint64_t *a, size_t an,
              const uint64_t *b, size_t bn)
{
    if ((uint64_t)(an - bn + 1) * bn <= LONG_QUOTIENT && an <= LONG_DIVIDEND) {
        mpn_tdiv_qr(q, r, 0, a, (mp_size_t)an, b, (mp_size_t)bn);
        return pause_point();
    }
    if (bn <= DIV_PIECE) return div_pieces(arena, q, r, a, an, b, bn);
    uint64_t *shifted = limbs_new(arena, an + 1 + bn), *divisor = shifted + an + 1;
    if (shifted == NULL) return false;
    unsigned shift = (unsigned)__builtin_clzll(b[bn - 1]);
    paced_copy(shifted, a, an * 8);
    paced_copy(divisor, b, bn * 8);
    shifted[an] = 0;
    if (shift > 0) {
        mpn_lshift(shifted, shifted, (mp_size_t)an + 1, shift);
        mpn_lshift(divisor, divisor, (mp_size_t)bn, shift);
    }
    bool ok = div_shifted(arena, q, shifted, an, divisor, bn);
    if (ok && shift > 0) mpn_rshift(shifted, shifted, (mp_size_t)bn, shift);
    if (ok) paced_copy(r, shifted, bn * 8);
    limbs_free(arena, shifted, an + 1 + bn);
    return ok;
}
