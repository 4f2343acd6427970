// SPDX-License-Identifier: Apache-2.0
// term/compare_int.h - frames of a Comparison, shared by its two files.
#pragma once
#include "term/compare.h"

typedef enum FrameKind { FRAME_PAIR, FRAME_WORDS, FRAME_TRIES } FrameKind;

static inline Term frame_tag(FrameKind kind, CompareMode mode, size_t index)
{
    return make_small((int64_t)(index << 3 | (size_t)mode << 2 | kind));
}
static inline FrameKind frame_kind(Term tag) { return (FrameKind)(small_value(tag) & 3); }
static inline CompareMode frame_mode(Term tag) { return (CompareMode)(small_value(tag) >> 2 & 1); }
static inline size_t frame_index(Term tag) { return (size_t)small_value(tag) >> 3; }

// What a step of the walk returns when it was refused memory; else -1, 0 or 1.
enum { STEP_REFUSED = 2 };
static inline int sign_of(int c) { return (c > 0) - (c < 0); }

// Puts the frame for two tries of the same size on the stack. False: no memory.
bool compare_hamt_begin(Comparison *c, Term a, Term b, CompareMode mode);
// Goes on with the TRIES frame on top: either puts a PAIR on the stack, whose
// result comes back, or takes the frame off and returns the final result.
int compare_hamt_next(Comparison *c, uint64_t *work);
// The PAIR that the frame on top has put on the stack differs by r; when it does
// not, compare_hamt_next is called at once.
void compare_hamt_result(Comparison *c, int r);

// Bit i, and the byte at bit offset `bit` (0..7), of memory in Erlang's order.
static inline unsigned bits_bit(const uint8_t *p, uint64_t i)
{
    return p[i / 8] >> (7 - i % 8) & 1u;
}
static inline unsigned bits_byte(const uint8_t *p, unsigned bit)
{
    return bit == 0 ? *p : (uint8_t)(p[0] << bit | p[1] >> (8 - bit));
}
