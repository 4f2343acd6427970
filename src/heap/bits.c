// SPDX-License-Identifier: Apache-2.0
// heap/bits.c - see bits.h, and the end of binary.h.

#include "heap/bits.h"

#include "base/fiber.h"

#include <math.h>

static inline uint64_t load_be64(const uint8_t *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return __builtin_bswap64(v);
}

static inline void store_be64(uint8_t *p, uint64_t v)
{
    v = __builtin_bswap64(v);
    memcpy(p, &v, sizeof v);
}

// ---- bit strings as memory ----------------------------------------------------------

// n bits (1..8) from bit `bit` (0..7) of *p, in the lowest bits of the result.
static inline unsigned get_few(const uint8_t *p, unsigned bit, unsigned n)
{
    unsigned v = (unsigned)p[0] << 8;
    if (bit + n > 8) v |= p[1];
    return v >> (16 - bit - n) & ((1u << n) - 1);
}

// Stores n bits within one byte: bit + n <= 8.
static inline void put_few(uint8_t *p, unsigned bit, unsigned n, unsigned v)
{
    unsigned shift = 8 - bit - n, mask = ((1u << n) - 1) << shift;
    *p = (uint8_t)((*p & ~mask) | (v << shift & mask));
}

// Whole bytes from a source that begins `shift` bits (1..7) into *src.
static void copy_shifted(uint8_t *dst, const uint8_t *src, unsigned shift, uint64_t bytes)
{
    uint64_t i = 0;
    Pace work = PACE_START;
    for (; i + 8 <= bytes; i += 8, (void)pace(&work, 1))
        store_be64(dst + i, load_be64(src + i) << shift | src[i + 8] >> (8 - shift));
    for (; i < bytes; i++) dst[i] = (uint8_t)(src[i] << shift | src[i + 1] >> (8 - shift));
}

void bits_copy(uint8_t *dst, size_t dst_bit, const uint8_t *src, size_t src_bit, uint64_t len)
{
    if (len == 0) return;
    dst += dst_bit / 8;
    src += src_bit / 8;
    unsigned to = (unsigned)(dst_bit % 8), from = (unsigned)(src_bit % 8);
    if (to != 0) {
        unsigned n = len < 8 - to ? (unsigned)len : 8 - to;
        put_few(dst++, to, n, get_few(src, from, n));
        len -= n;
        if (len == 0) return;
        src += (from + n) / 8;
        from = (from + n) % 8;
    }
    uint64_t bytes = len / 8;
    if (bytes > 0 && from == 0) paced_copy(dst, src, bytes);
    else if (bytes > 0) copy_shifted(dst, src, from, bytes);
    unsigned rest = (unsigned)(len % 8);
    if (rest != 0) put_few(dst + bytes, 0, rest, get_few(src + bytes, from, rest));
}

int bits_compare(const uint8_t *a, size_t a_bit, const uint8_t *b, size_t b_bit, uint64_t len)
{
    uint64_t done = 0;
    if (a_bit % 8 == 0 && b_bit % 8 == 0) {
        int order = len < 8 ? 0 : paced_compare(a + a_bit / 8, b + b_bit / 8, len / 8);
        if (order != 0) return order;
        done = len / 8 * 8;
    }
    Pace work = PACE_START;
    while (done < len) {
        (void)pace(&work, 4);
        unsigned n = len - done < 64 ? (unsigned)(len - done) : 64;
        uint64_t x = bits_get_uint(a, a_bit + done, n, false);
        uint64_t y = bits_get_uint(b, b_bit + done, n, false);
        if (x != y) return x < y ? -1 : 1;
        done += n;
    }
    return 0;
}

// ---- up to 64 bits ---------------------------------------------------------------------

static uint64_t mask_of(unsigned nbits)
{
    return nbits >= 64 ? UINT64_MAX : ((uint64_t)1 << nbits) - 1;
}

static uint64_t get_big_endian(const uint8_t *p, unsigned bit, unsigned nbits)
{
    unsigned total = bit + nbits;
    if (total > 64) return (load_be64(p) << (total - 64) | p[8] >> (72 - total)) & mask_of(nbits);
    uint64_t v = 0;
    unsigned bytes = (total + 7) / 8;
    for (unsigned i = 0; i < bytes; i++) v = v << 8 | p[i];
    return v >> (bytes * 8 - total) & mask_of(nbits);
}

uint64_t bits_get_uint(const uint8_t *base, uint64_t pos, unsigned nbits, bool little)
{
    ASSERT(nbits <= 64);
    if (nbits == 0) return 0;
    const uint8_t *p = base + pos / 8;
    unsigned bit = pos % 8;
    uint64_t v = get_big_endian(p, bit, nbits);
    if (!little || nbits <= 8) return v;
    // v holds the bytes in the order of the memory, the last one incomplete.
    unsigned rest = nbits % 8, whole = nbits - rest;
    uint64_t low = __builtin_bswap64(v >> rest) >> (64 - whole);
    return rest == 0 ? low : low | (v & mask_of(rest)) << whole;
}

int64_t bits_get_int(const uint8_t *base, uint64_t pos, unsigned nbits, bool little)
{
    if (nbits == 0) return 0;
    unsigned unused = 64 - nbits;
    return (int64_t)(bits_get_uint(base, pos, nbits, little) << unused) >> unused;
}

void bits_put_uint(uint8_t *base, uint64_t pos, unsigned nbits, uint64_t value, bool little)
{
    ASSERT(nbits <= 64);
    if (nbits == 0) return;
    uint8_t bytes[8];
    value &= mask_of(nbits);
    if (little && nbits > 8) {
        unsigned rest = nbits % 8, whole = nbits - rest;
        for (unsigned i = 0; i < whole / 8; i++) bytes[i] = (uint8_t)(value >> 8 * i);
        if (rest != 0) bytes[whole / 8] = (uint8_t)(value >> whole << (8 - rest));
    } else {
        store_be64(bytes, value << (64 - nbits));
    }
    bits_copy(base, pos, bytes, 0, nbits);
}

// ---- integers of any width ----------------------------------------------------------------

// The limbs of an integer of n limbs, least significant first.
static void get_limbs(uint64_t *limbs, size_t n, const uint8_t *base, uint64_t pos, uint64_t nbits,
                      bool little)
{
    unsigned top = (unsigned)((nbits - 1) % 64 + 1);
    Pace work = PACE_START;
    for (size_t i = 0; i < n; i++) {
        (void)pace(&work, 2);
        unsigned width = i + 1 == n ? top : 64;
        uint64_t at = little ? pos + 64 * i : pos + nbits - (64 * i + width);
        limbs[i] = bits_get_uint(base, at, width, little);
    }
}

// Two's complement of the magnitude in place.
static void negate_limbs(uint64_t *limbs, size_t n)
{
    bool carry = true;
    for (size_t i = 0; i < n; i++) {
        limbs[i] = ~limbs[i] + carry;
        carry = carry && limbs[i] == 0;
    }
}

Term bits_get_integer_at(Term **hp, const uint8_t *base, uint64_t pos, uint64_t nbits,
                         bool is_signed, bool little)
{
    if (nbits < SMALL_BITS) {
        if (is_signed) return make_small(bits_get_int(base, pos, (unsigned)nbits, little));
        return make_small((int64_t)bits_get_uint(base, pos, (unsigned)nbits, little));
    }
    Term *at = *hp;
    uint64_t *limbs = (uint64_t *)at + 1;
    size_t n = bits_integer_words(nbits) - 1;
    get_limbs(limbs, n, base, pos, nbits, little);

    unsigned top = (unsigned)((nbits - 1) % 64);  // place of the sign
    bool negative = is_signed && (limbs[n - 1] >> top & 1) != 0;
    if (negative) {
        if (top < 63) limbs[n - 1] |= UINT64_MAX << (top + 1);
        negate_limbs(limbs, n);
    }
    while (n > 0 && limbs[n - 1] == 0) n--;  // T3
    if (n == 0) return make_small(0);
    if (n == 1 && limbs[0] <= (uint64_t)SMALL_MAX + negative)  // T2
        return make_small(negative ? -(int64_t)limbs[0] : (int64_t)limbs[0]);
    at[0] = HEADER(negative ? BOX_NEG_BIG : BOX_POS_BIG, n);
    *hp = at + 1 + n;
    return make_boxed(at);
}

void bits_put_integer(uint8_t *base, uint64_t pos, uint64_t nbits, Term v, bool little)
{
    uint64_t one;
    const uint64_t *limbs = &one;
    size_t n = 1;
    bool negative, carry;
    if (is_small(v)) {
        one = (uint64_t)small_value(v);
        negative = small_value(v) < 0;
        carry = false;  // in two's complement already
    } else {
        limbs = big_digits(v);
        n = big_limbs(v);
        negative = carry = big_is_negative(v);
    }
    bool flip = carry;
    Pace work = PACE_START;
    for (uint64_t done = 0, i = 0; done < nbits; i++) {
        (void)pace(&work, 4);
        unsigned width = nbits - done < 64 ? (unsigned)(nbits - done) : 64;
        uint64_t limb;
        if (i >= n) {
            limb = negative ? UINT64_MAX : 0;
        } else if (flip) {
            limb = ~limbs[i] + carry;
            carry = carry && limb == 0;
        } else {
            limb = limbs[i];
        }
        uint64_t at = little ? pos + done : pos + nbits - done - width;
        bits_put_uint(base, at, width, limb, little);
        done += width;
    }
}

// ---- floats -----------------------------------------------------------------------------------

static double half_to_double(unsigned h)
{
    unsigned exponent = h >> 10 & 31, fraction = h & 1023;
    double v;
    if (exponent == 31) v = fraction != 0 ? NAN : INFINITY;
    else if (exponent == 0) v = ldexp(fraction, -24);
    else v = ldexp(fraction + 1024, (int)exponent - 25);
    return h >> 15 != 0 ? -v : v;
}

// Rounds to nearest, ties to even; once, not by way of a float.
static unsigned half_from_double(double d)
{
    unsigned sign = signbit(d) != 0 ? 0x8000 : 0;
    double v = fabs(d);
    if (v >= 65520.0) return sign | 0x7C00;  // infinity
    int exponent;
    (void)frexp(v, &exponent);  // v = m * 2^exponent, m in [0.5, 1)
    if (v == 0 || exponent < -13) exponent = -13;  // denormal
    unsigned fraction = (unsigned)rint(ldexp(v, 11 - exponent));  // 0..2048
    // The leading bit of the fraction adds the one that the exponent lacks; a
    // carry out of it lands in the exponent, where it belongs.
    return sign | (((unsigned)(exponent + 13) << 10) + fraction);
}

bool bits_get_float(const uint8_t *base, uint64_t pos, unsigned nbits, bool little, double *out)
{
    uint64_t raw = bits_get_uint(base, pos, nbits, little);
    if (nbits == 64) {
        memcpy(out, &raw, sizeof *out);
    } else if (nbits == 32) {
        uint32_t word = (uint32_t)raw;
        float f;
        memcpy(&f, &word, sizeof f);
        *out = f;
    } else {
        *out = half_to_double((unsigned)raw);
    }
    return isfinite(*out);
}

void bits_put_float(uint8_t *base, uint64_t pos, unsigned nbits, double v, bool little)
{
    uint64_t raw;
    if (nbits == 64) {
        memcpy(&raw, &v, sizeof raw);
    } else if (nbits == 32) {
        float f = (float)v;
        uint32_t word;
        memcpy(&word, &f, sizeof word);
        raw = word;
    } else {
        raw = half_from_double(v);
    }
    bits_put_uint(base, pos, nbits, raw, little);
}

// ---- characters ---------------------------------------------------------------------------------

unsigned bits_get_utf8(const uint8_t *base, uint64_t pos, uint64_t avail, uint32_t *c)
{
    if (avail < 8) return 0;
    uint32_t first = (uint32_t)bits_get_uint(base, pos, 8, false);
    if (first < 0x80) {
        *c = first;
        return 8;
    }
    unsigned bytes = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (bytes == 0 || avail < bytes * 8) return 0;
    uint32_t v = first & (0x7Fu >> bytes);
    for (unsigned i = 1; i < bytes; i++) {
        uint32_t next = (uint32_t)bits_get_uint(base, pos + i * 8, 8, false);
        if ((next & 0xC0) != 0x80) return 0;
        v = v << 6 | (next & 0x3F);
    }
    if (!is_code_point(v) || utf8_bytes(v) != bytes) return 0;
    *c = v;
    return bytes * 8;
}

unsigned bits_get_utf16(const uint8_t *base, uint64_t pos, uint64_t avail, bool little, uint32_t *c)
{
    if (avail < 16) return 0;
    uint32_t first = (uint32_t)bits_get_uint(base, pos, 16, little);
    if (first < 0xD800 || first > 0xDFFF) {
        *c = first;
        return 16;
    }
    if (first > 0xDBFF || avail < 32) return 0;
    uint32_t second = (uint32_t)bits_get_uint(base, pos + 16, 16, little);
    if (second < 0xDC00 || second > 0xDFFF) return 0;
    *c = 0x10000 + ((first - 0xD800) << 10 | (second - 0xDC00));
    return 32;
}

unsigned bits_get_utf32(const uint8_t *base, uint64_t pos, uint64_t avail, bool little, uint32_t *c)
{
    if (avail < 32) return 0;
    uint32_t v = (uint32_t)bits_get_uint(base, pos, 32, little);
    if (!is_code_point(v)) return 0;
    *c = v;
    return 32;
}

unsigned utf8_put(uint8_t out[4], uint32_t c)
{
    unsigned bytes = utf8_bytes(c);
    if (bytes == 1) {
        out[0] = (uint8_t)c;
        return 1;
    }
    for (unsigned i = bytes - 1; i > 0; i--, c >>= 6) out[i] = (uint8_t)(0x80 | (c & 0x3F));
    out[0] = (uint8_t)(0xF00u >> bytes | c);
    return bytes;
}

void bits_put_utf8(uint8_t *base, uint64_t pos, uint32_t c)
{
    uint8_t bytes[4];
    unsigned n = utf8_put(bytes, c);
    bits_copy(base, pos, bytes, 0, n * 8);
}

void bits_put_utf16(uint8_t *base, uint64_t pos, uint32_t c, bool little)
{
    if (c < 0x10000) {
        bits_put_uint(base, pos, 16, c, little);
        return;
    }
    c -= 0x10000;
    bits_put_uint(base, pos, 16, 0xD800 | c >> 10, little);
    bits_put_uint(base, pos + 16, 16, 0xDC00 | (c & 0x3FF), little);
}
