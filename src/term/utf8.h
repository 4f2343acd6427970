// SPDX-License-Identifier: Apache-2.0
// term/utf8.h - UTF-8: decode, encode, check, count.
//
// Valid means shortest form, at most U+10FFFF, no surrogates (RFC 3629).
#pragma once
#include "base/compiler.h"

// Decodes the character at p (n > 0 bytes are there). Its length in bytes, or 0:
// not valid; or -k: valid so far but cut off, with k bytes there.
int utf8_decode(const uint8_t *p, size_t n, uint32_t *c);
// Bytes written (1..4) for c <= U+10FFFF, which is no surrogate.
unsigned utf8_encode(uint8_t out[4], uint32_t c);
// Number of characters; false: not valid.
bool utf8_count(const uint8_t *p, size_t n, size_t *chars);
// Length of the longest valid prefix.
size_t utf8_valid_prefix(const uint8_t *p, size_t n);
// Length of the longest prefix of bytes below 0x80.
size_t utf8_ascii_prefix(const uint8_t *p, size_t n);
