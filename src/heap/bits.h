// SPDX-License-Identifier: Apache-2.0
// heap/bits.h - numbers and characters at any bit position.
//
// A position counts bits from *base, most significant bit of each byte first. A
// little-endian number whose width is no multiple of eight ends, as Erlang has
// it, in a byte of which the upper bits are used and hold its highest bits.
// Callers have checked that the bits exist; nothing around them is read, and
// writers keep the neighbouring bits.
#pragma once
#include "heap/binary.h"

// ---- up to 64 bits ------------------------------------------------------------
uint64_t bits_get_uint(const uint8_t *base, uint64_t pos, unsigned nbits, bool little);
int64_t bits_get_int(const uint8_t *base, uint64_t pos, unsigned nbits, bool little);
// The lowest nbits of value.
void bits_put_uint(uint8_t *base, uint64_t pos, unsigned nbits, uint64_t value, bool little);

// ---- integers of any width ------------------------------------------------------
// Heap words that bits_get_integer_at may need for nbits.
static inline size_t bits_integer_words(uint64_t nbits)
{
    return nbits < SMALL_BITS ? 0 : 1 + nbits / 64 + (nbits % 64 != 0);
}
// The integer as a term; builds at *hp and moves it by what was used.
Term bits_get_integer_at(Term **hp, const uint8_t *base, uint64_t pos, uint64_t nbits,
                         bool is_signed, bool little);
// The lowest nbits of integer v (small or big) in two's complement.
void bits_put_integer(uint8_t *base, uint64_t pos, uint64_t nbits, Term v, bool little);

// ---- floats: nbits is 16, 32 or 64 -------------------------------------------------
// False: infinite or not a number, which is no Erlang float.
bool bits_get_float(const uint8_t *base, uint64_t pos, unsigned nbits, bool little, double *out);
// Rounded to the width; what is too large for it becomes infinity, as in OTP 25.
void bits_put_float(uint8_t *base, uint64_t pos, unsigned nbits, double v, bool little);

// ---- characters -----------------------------------------------------------------------
static inline bool is_code_point(uint64_t c) { return c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF); }
// Bits of the character at pos, of which `avail` bits exist; 0: none there.
unsigned bits_get_utf8(const uint8_t *base, uint64_t pos, uint64_t avail, uint32_t *c);
unsigned bits_get_utf16(const uint8_t *base, uint64_t pos, uint64_t avail, bool little,
                        uint32_t *c);
unsigned bits_get_utf32(const uint8_t *base, uint64_t pos, uint64_t avail, bool little,
                        uint32_t *c);
// Bytes that character c (is_code_point) takes, and writing them.
static inline unsigned utf8_bytes(uint32_t c)
{
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}
static inline unsigned utf16_bytes(uint32_t c) { return c < 0x10000 ? 2 : 4; }
unsigned utf8_put(uint8_t out[4], uint32_t c);
void bits_put_utf8(uint8_t *base, uint64_t pos, uint32_t c);
void bits_put_utf16(uint8_t *base, uint64_t pos, uint32_t c, bool little);
