// SPDX-License-Identifier: Apache-2.0
// beam/compact.h - the compact numbers that operands and line tables consist of.
//
// A number is a tag of three bits and a value of 4 or 11 bits, or of 2 to about
// 2^31 bytes. Values of TAG_I are signed (two's complement when in bytes), all
// others unsigned.

#ifndef BEAM_COMPACT_H
#define BEAM_COMPACT_H

#include "base/buf.h"

typedef enum CompactTag { TAG_U, TAG_I, TAG_A, TAG_X, TAG_Y, TAG_F, TAG_H, TAG_Z } CompactTag;

// What follows a TAG_Z.
typedef enum CompactExt {
    EXT_FLOAT,
    EXT_LIST,
    EXT_FR,
    EXT_ALLOC,
    EXT_LITERAL,
    EXT_TYPED
} CompactExt;

typedef struct CompactNumber {
    uint8_t tag;           // CompactTag
    bool big;              // value does not fit: bytes has it
    uint64_t value;        // TAG_I: an int64_t; UINT64_MAX when big
    const uint8_t *bytes;  // when big: size big-endian bytes of the input, signed
    uint32_t size;
} CompactNumber;

// Reads one number and moves *at behind it. false: truncated or malformed; *at
// is undefined then. Unsigned values of 2^63 and above count as big.
MUST_USE bool compact_read(const uint8_t **at, const uint8_t *end, CompactNumber *out);

// Appends the shortest form, which is the compiler's.
MUST_USE Status compact_write(Buf *b, CompactTag tag, uint64_t value);
MUST_USE Status compact_write_int(Buf *b, int64_t value);  // TAG_I

// Appends size bytes (big-endian, signed, at least 9) with their tag.
MUST_USE Status compact_write_big(Buf *b, CompactTag tag, const uint8_t *bytes, uint32_t size);

#endif
