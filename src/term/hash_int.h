// SPDX-License-Identifier: Apache-2.0
// term/hash_int.h - what the files of hashing share.
#pragma once
#include "term/hash.h"

// The last n (1..7) bits of a bitstring as a number: those from bit offset `bit`
// of *p on.
static inline uint32_t last_bits(const uint8_t *p, unsigned bit, unsigned n)
{
    uint32_t v = (uint32_t)*p << 8;
    if (bit + n > 8) v |= p[1];
    return (v >> (16 - bit - n)) & ((1u << n) - 1);
}
