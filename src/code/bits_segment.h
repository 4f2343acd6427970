// SPDX-License-Identifier: Apache-2.0
// code/bits_segment.h - the segments of a bs_create instruction, as words.
//
// A segment is three words: what it is (segment_pack), its source, and its size:
//
//   …_FIXED        the size in bits
//   …_VAR          a source; the unit is in the first word
//   others         unused
//
// A string has its number of bytes in the second word; its bytes follow the
// third, eight to a word.
#pragma once
#include "code/image.h"

enum { BITS_LITTLE = 2, BITS_SIGNED = 4 };

typedef enum SegmentKind {
    SEGMENT_INTEGER_FIXED,
    SEGMENT_INTEGER_VAR,
    SEGMENT_BINARY_ALL,
    SEGMENT_BINARY_FIXED,
    SEGMENT_BINARY_VAR,
    SEGMENT_FLOAT_FIXED,
    SEGMENT_FLOAT_VAR,
    SEGMENT_STRING,
    SEGMENT_UTF8,
    SEGMENT_UTF16,
    SEGMENT_UTF32,
} SegmentKind;

enum { SEGMENT_WORDS = 3 };

// How an append begins: unit and number of its first segment. SEGMENTS_KNOWN: all
// sizes of the others are constant, and none of them is a bit string.
#define SEGMENTS_KNOWN             (UINT32_C(1) << 31)
#define APPEND_BEGIN(unit, number) ((uint32_t)(unit) | (uint32_t)(number) << 16)
static inline uint32_t append_unit(uint32_t w) { return w & 0xFFFF; }
static inline uint32_t append_number(uint32_t w) { return w >> 16 & 0x7FFF; }

// number: position in the expression, from 1, for errors.
static inline Word segment_pack(SegmentKind kind, uint32_t flags, uint32_t unit, uint32_t number)
{
    return (Word)kind | (Word)(flags & 0xFF) << 8 | (Word)(unit & 0xFFFF) << 16 |
           (Word)number << 32;
}
static inline SegmentKind segment_kind(Word w) { return (SegmentKind)(w & 0xFF); }
static inline uint32_t segment_flags(Word w) { return (uint32_t)(w >> 8) & 0xFF; }
static inline uint32_t segment_unit(Word w) { return (uint32_t)(w >> 16) & 0xFFFF; }
static inline uint32_t segment_number(Word w) { return (uint32_t)(w >> 32); }

// The segment after s.
static inline const Word *segment_next(const Word *s)
{
    return s + SEGMENT_WORDS + (segment_kind(s[0]) == SEGMENT_STRING ? BYTES_TO_WORDS(s[1]) : 0);
}
