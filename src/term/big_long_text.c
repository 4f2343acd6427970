// SPDX-License-Identifier: Apache-2.0
// term/big_long_text.c - long integers to digits and back; see big_long.h.
//
// Powers of the base of about 256, 512, 1024, … limbs cut a number into halves, until GMP
// converts what is left. In bases that are powers of two there is nothing to divide: pieces
// begin at fixed limbs.
#include <gmp.h>

#include "base/fiber.h"
#include "term/big_long.h"

#define FIRST_LIMBS 256  // of the first power
// Whole limbs and whole digits in all bases up to 32: 15 divides it.
#define BINARY_LIMBS 3840
enum { MAX_POWERS = 12 };

typedef struct Powers {
    Arena *arena;
    unsigned base, count;
    size_t digits[MAX_POWERS];  // power i is base to this
    uint64_t *limbs[MAX_POWERS];
    size_t n[MAX_POWERS];
} Powers;

static void powers_clear(Powers *p)
{
    for (unsigned i = 0; i < p->count; i++) arena_free(p->arena, p->limbs[i], p->n[i] * 8);
    p->count = 0;
}

// n limbs in scratch of `room` become the next power.
static bool keep_power(Powers *p, size_t digits, const uint64_t *from, size_t n)
{
    while (from[n - 1] == 0) n--;
    uint64_t *to = arena_alloc(p->arena, n * 8);
    if (to == NULL) return false;
    paced_copy(to, from, n * 8);
    p->limbs[p->count] = to;
    p->n[p->count] = n;
    p->digits[p->count++] = digits;
    return true;
}

static bool first_power(Powers *p)
{
    uint64_t digit = p->base;
    unsigned in_limb = 1;
    for (uint64_t next; !mul_overflows(digit, (uint64_t)p->base, &next); in_limb++) digit = next;
    uint64_t limbs[FIRST_LIMBS] = {1};
    for (size_t n = 0; n < FIRST_LIMBS; n++) {
        mp_limb_t carry = mpn_mul_1(limbs, limbs, (mp_size_t)(n == 0 ? 1 : n), digit);
        if (n > 0) limbs[n] = carry;
    }
    return keep_power(p, (size_t)in_limb * (FIRST_LIMBS), limbs, FIRST_LIMBS);
}

static bool next_power(Powers *p)
{
    unsigned i = p->count - 1;
    size_t n = 2 * p->n[i];
    uint64_t *square = arena_alloc(p->arena, n * 8);
    if (square == NULL) return false;
    bool ok = long_mul(p->arena, square, p->limbs[i], p->n[i], p->limbs[i], p->n[i]) &&
              keep_power(p, 2 * p->digits[i], square, n);
    arena_free(p->arena, square, n * 8);
    return ok;
}

static unsigned binary_bits(unsigned base)  // 0: no power of two
{
    return (base & (base - 1)) == 0 ? (unsigned)__builtin_ctz(base) : 0;
}

// ---- to digits ------------------------------------------------------------------------------
// Digits of a[0..n), which is overwritten, with zeros in front up to `width` (0: none).
static size_t print_piece(uint8_t *out, uint64_t *a, size_t n, unsigned base, size_t width)
{
    while (n > 0 && a[n - 1] == 0) n--;
    uint8_t small[64 * (2 * FIRST_LIMBS + 2) + 8];
    size_t len = 0;
    uint8_t *text = width == 0 ? out : small;
    if (n > 0) len = mpn_get_str(text, (int)base, a, (mp_size_t)n);
    size_t zeros = 0;
    while (zeros < len && text[zeros] == 0) zeros++;
    text += zeros, len -= zeros;
    if (width == 0) {
        memmove(out, text, len);
        return len;
    }
    memset(out, 0, width - len);
    memcpy(out + width - len, text, len);
    return width;
}

// Digits of a[0..n) < the square of power `level`, of which there are `width` (0: no zeros in
// front). a is overwritten. SIZE_MAX: refused.
static size_t print_halves(Powers *p, uint8_t *out, uint64_t *a, size_t n, int level, size_t width)
{
    while (n > 0 && a[n - 1] == 0) n--;
    while (width == 0 && level >= 0 && p->n[level] > n) level--;
    if (level < 0 || n == 0 || (n <= 2 * FIRST_LIMBS && level == 0)) {
        if (n > 2 * FIRST_LIMBS) return SIZE_MAX;  // cannot be
        if (!pause_point()) return SIZE_MAX;
        if (n > 0 || width == 0 || width <= 64 * 2 * FIRST_LIMBS)
            return print_piece(out, a, n, p->base, width);
        paced_fill(out, 0, width);
        return width;
    }
    size_t low_digits = p->digits[level], pn = p->n[level];
    if (n < pn || (n == pn && mpn_cmp(a, p->limbs[level], (mp_size_t)n) < 0)) {
        if (width == 0) return print_halves(p, out, a, n, level - 1, 0);
        paced_fill(out, 0, width - low_digits);
        size_t len = print_halves(p, out + width - low_digits, a, n, level - 1, low_digits);
        return len == SIZE_MAX ? len : width;
    }
    size_t room = n - pn + 1 + pn;
    uint64_t *q = arena_alloc(p->arena, room * 8), *r = q + (n - pn + 1);
    if (q == NULL) return SIZE_MAX;
    size_t high = SIZE_MAX, low = SIZE_MAX;
    if (long_div(p->arena, q, r, a, n, p->limbs[level], pn))
        high = print_halves(p, out, q, n - pn + 1, level - 1, width == 0 ? 0 : width - low_digits);
    if (high != SIZE_MAX) low = print_halves(p, out + high, r, pn, level - 1, low_digits);
    arena_free(p->arena, q, room * 8);
    return low == SIZE_MAX ? SIZE_MAX : high + low;
}

static size_t print_binary(Arena *arena, uint8_t *out, const uint64_t *a, size_t n, unsigned base)
{
    size_t width = BINARY_LIMBS * 64 / binary_bits(base), done = 0;
    uint64_t *part = arena_alloc(arena, BINARY_LIMBS * 8);
    if (part == NULL) return SIZE_MAX;
    size_t from = (n - 1) / BINARY_LIMBS * BINARY_LIMBS;
    bool wanted = true;
    for (size_t to = n; wanted; to = from, from -= BINARY_LIMBS) {
        memcpy(part, a + from, (to - from) * 8);
        size_t m = to - from;
        while (m > 0 && part[m - 1] == 0) m--;
        size_t len = m > 0 ? mpn_get_str(out + done, (int)base, part, (mp_size_t)m) : 0;
        if (done > 0) {  // move behind its zeros
            memmove(out + done + width - len, out + done, len);
            memset(out + done, 0, width - len);
            len = width;
        }
        done += len;
        wanted = pause_point();
        if (from == 0) break;
    }
    arena_free(arena, part, BINARY_LIMBS * 8);
    return wanted ? done : SIZE_MAX;
}

size_t long_print(Arena *arena, uint8_t *out, const uint64_t *a, size_t an, unsigned base)
{
    if (binary_bits(base) != 0) return print_binary(arena, out, a, an, base);
    Powers p = {.arena = arena, .base = base};
    bool ok = first_power(&p);
    while (ok && 2 * p.n[p.count - 1] - 1 <= an) ok = next_power(&p);
    uint64_t *copy = ok ? arena_alloc(arena, an * 8) : NULL;
    size_t len = SIZE_MAX;
    if (copy != NULL) {
        paced_copy(copy, a, an * 8);
        len = print_halves(&p, out, copy, an, (int)p.count - 1, 0);
        arena_free(arena, copy, an * 8);
    }
    powers_clear(&p);
    return len;
}

// ---- from digits -----------------------------------------------------------------------------
static size_t significant(const uint64_t *a, size_t n)
{
    while (n > 0 && a[n - 1] == 0) n--;
    return n;
}

static size_t parse_piece(uint64_t *to, const uint8_t *digits, size_t n, unsigned base)
{
    while (n > 0 && *digits == 0) digits++, n--;
    return n == 0 ? 0 : significant(to, (size_t)mpn_set_str(to, digits, n, (int)base));
}

// The integer of n digits at most the square of power `level`. Room: big_parse_words(n).
static size_t parse_halves(Powers *p, uint64_t *to, const uint8_t *digits, size_t n, int level)
{
    while (level >= 0 && p->digits[level] >= n) level--;
    if (level < 0) return pause_point() ? parse_piece(to, digits, n, p->base) : SIZE_MAX;
    size_t low = p->digits[level], high = n - low;
    size_t words = big_parse_words(high, p->base), low_words = big_parse_words(low, p->base);
    size_t room = words + low_words;
    uint64_t *part = arena_alloc(p->arena, room * 8), *rest = part + words;
    if (part == NULL) return SIZE_MAX;
    size_t hn = parse_halves(p, part, digits, high, level - 1), result = SIZE_MAX;
    size_t ln = hn == SIZE_MAX ? SIZE_MAX : parse_halves(p, rest, digits + high, low, level - 1);
    if (ln != SIZE_MAX && hn == 0) {
        paced_copy(to, rest, ln * 8);
        result = ln;
    } else if (ln != SIZE_MAX && long_mul(p->arena, to, part, hn, p->limbs[level], p->n[level])) {
        result = hn + p->n[level];
        mp_limb_t carry = ln > 0 ? mpn_add(to, to, (mp_size_t)result, rest, (mp_size_t)ln) : 0;
        ASSERT(carry == 0);  // the whole is less than base to the n
        (void)carry;
        result = significant(to, result);
    }
    arena_free(p->arena, part, room * 8);
    return result;
}

static size_t parse_binary(uint64_t *to, const uint8_t *digits, size_t n, unsigned base)
{
    size_t width = BINARY_LIMBS * 64 / binary_bits(base), at = 0;
    for (; n > 0; at += BINARY_LIMBS) {
        size_t some = n < width ? n : width;
        n -= some;
        size_t len = parse_piece(to + at, digits + n, some, base);
        if (n == 0) {
            at += len;
            break;
        }
        memset(to + at + len, 0, (BINARY_LIMBS - len) * 8);
        if (!pause_point()) return SIZE_MAX;
    }
    return significant(to, at);
}

size_t long_parse(Arena *arena, uint64_t *to, const uint8_t *digits, size_t n, unsigned base)
{
    if (binary_bits(base) != 0) return parse_binary(to, digits, n, base);
    Powers p = {.arena = arena, .base = base};
    bool ok = first_power(&p);
    while (ok && 2 * p.digits[p.count - 1] < n) ok = next_power(&p);
    size_t result = ok ? parse_halves(&p, to, digits, n, (int)p.count - 1) : SIZE_MAX;
    powers_clear(&p);
    return result;
}
