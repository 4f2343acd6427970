// SPDX-License-Identifier: Apache-2.0
// term/utf8.c - see utf8.h.

#include "term/utf8.h"

#include <string.h>

#include "base/fiber.h"

int utf8_decode(const uint8_t *p, size_t n, uint32_t *c)
{
    uint32_t first = p[0];
    if (first < 0x80) {
        *c = first;
        return 1;
    }
    if (first < 0xC2 || first > 0xF4) return 0;
    int len = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    // The second byte alone decides on shortest form, surrogates and the maximum.
    uint8_t low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    uint8_t high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (n < 2) return -1;
    if (p[1] < low || p[1] > high) return 0;
    uint32_t v = (first & (0x7Fu >> len)) << 6 | (p[1] & 0x3Fu);
    for (int i = 2; i < len; i++) {
        if ((size_t)i >= n) return -i;
        if ((p[i] & 0xC0) != 0x80) return 0;
        v = v << 6 | (p[i] & 0x3Fu);
    }
    *c = v;
    return len;
}

unsigned utf8_encode(uint8_t out[4], uint32_t c)
{
    if (c < 0x80) {
        out[0] = (uint8_t)c;
        return 1;
    }
    unsigned len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (unsigned i = len; --i > 0; c >>= 6) out[i] = (uint8_t)(0x80 | (c & 0x3F));
    out[0] = (uint8_t)(0xF00 >> len | c);
    return len;
}

size_t utf8_ascii_prefix(const uint8_t *p, size_t n)
{
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t word;
        memcpy(&word, p + i, 8);
        if ((word & 0x8080808080808080u) != 0) break;
    }
    while (i < n && p[i] < 0x80) i++;
    return i;
}

// How far p is valid; *chars gets the characters there.
static size_t walk(const uint8_t *p, size_t n, size_t *chars)
{
    size_t at = 0, count = 0;
    Pace work = PACE_START;
    while (at < n) {
        size_t ascii = utf8_ascii_prefix(p + at, n - at < PACED_BYTES ? n - at : PACED_BYTES);
        (void)pace(&work, 1 + ascii / 8);
        at += ascii;
        count += ascii;
        while (at < n && p[at] >= 0x80) {
            uint32_t c;
            int len = utf8_decode(p + at, n - at, &c);
            if (len <= 0) {
                *chars = count;
                return at;
            }
            at += (size_t)len;
            count++;
            (void)pace(&work, 2);
        }
    }
    *chars = count;
    return at;
}

bool utf8_count(const uint8_t *p, size_t n, size_t *chars) { return walk(p, n, chars) == n; }

size_t utf8_valid_prefix(const uint8_t *p, size_t n)
{
    size_t chars;
    return walk(p, n, &chars);
}
