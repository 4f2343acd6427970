// SPDX-License-Identifier: Apache-2.0
// term/big_long.h - arithmetic on magnitudes of many thousand limbs.
//
// GMP's functions cannot be put aside and take scratch memory that nobody counts, and end the
// process when there is none. So they do pieces that take less than half a millisecond and less
// than 64 KiB, mostly of the stack; what stands above them is here: products by
// number-theoretic transforms, quotients by recursion (Burnikel and Ziegler's), texts by
// halving. All of it has pause points (base/fiber.h), its scratch comes from `arena`, and all
// results are false or SIZE_MAX when memory is refused or the work was abandoned.
//
// Magnitudes are limbs, least significant first. Results do not overlap operands.
#pragma once
#include "base/alloc.h"
#include "term/big.h"

// From here on products and quotients belong here (limbs of one times limbs of the other),
// and texts (limbs).
#define LONG_PRODUCT    ((uint64_t)1 << 21)
#define LONG_QUOTIENT   ((uint64_t)1 << 20)
#define LONG_TEXT_LIMBS 512
#define LONG_DIVIDEND   4096  // and dividends of more limbs than this, of which GMP makes a copy

// an + bn limbs; an, bn > 0.
MUST_USE bool long_mul(Arena *arena, uint64_t *to, const uint64_t *a, size_t an, const uint64_t *b,
                       size_t bn);
// an - bn + 1 limbs of quotient and bn of remainder; an >= bn > 0, b's top limb is not zero.
MUST_USE bool long_div(Arena *arena, uint64_t *q, uint64_t *r, const uint64_t *a, size_t an,
                       const uint64_t *b, size_t bn);
// Digits of a > 0 as values, without leading zeros; returns their number. Room as
// big_text_size says. a's top limb is not zero.
MUST_USE size_t long_print(Arena *arena, uint8_t *out, const uint64_t *a, size_t an, unsigned base);
// n digits, as values; returns the number of limbs, 0 for zero. Room as big_parse_words says.
MUST_USE size_t long_parse(Arena *arena, uint64_t *to, const uint8_t *digits, size_t n,
                           unsigned base);

// a's limbs times b's by transforms; for big_long.c.
MUST_USE bool ntt_mul(Arena *arena, uint64_t *to, const uint64_t *a, size_t an, const uint64_t *b,
                      size_t bn);
