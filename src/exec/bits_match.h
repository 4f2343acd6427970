// SPDX-License-Identifier: Apache-2.0
// exec/bits_match.h - what the handlers that match share.
//
// A match context is made by bs_start_match alone and lives in registers; the
// verifier proves that the context operand of an instruction holds one.
//
//   X1  a context points straight at bytes, so what it stands on never moves or
//       grows: bits_pin has ended the append optimisation of that binary.
//   X2  start <= pos <= end, and all bits up to end exist.
#pragma once
#include "exec/handler.h"
#include "heap/bits.h"

#define MATCH_HEADER HEADER(BOX_MATCH, MATCH_WORDS - 1)

static ALWAYS_INLINE MatchContext *context_of(Term t)
{
    ASSERT(is_boxed(t) && boxed_header(t) == MATCH_HEADER);
    return (MatchContext *)boxed_ptr(t);
}
#define CONTEXT(n) context_of(REG(n))

// Are there bits that may be taken?
static ALWAYS_INLINE bool has_bits(const MatchContext *m, uint64_t bits)
{
    return m->end - m->pos >= bits;
}

// exec_reserve with one more root: register r, which may lie behind the live ones
// (NO_REGISTER: none).
// State is SAVE()d before and LOAD()ed after. [gc: may]
enum { NO_REGISTER = 1 };
bool bits_reserve(Process *p, Term *x, unsigned live, size_t words, uint32_t r);

#define NEED_KEEPING(words, live, r)                                              \
    do {                                                                          \
        if (UNLIKELY((size_t)(sp - hp) < (size_t)(words) || APEX_STRESS)) {       \
            SAVE();                                                               \
            if (!bits_reserve(p, x, (live), (words), (r))) TAIL_CALL(exec_raise); \
            LOAD();                                                               \
        }                                                                         \
    } while (0)

// Ends the append optimisation of a binary: its bytes stay where they are from now
// on. Room that it has to spare is given back. [gc: no]
void bits_pin(Exec *e, Process *p, RefcBin *b);

// Bits of a field whose size is a term. False: no size, or more than any binary has.
static ALWAYS_INLINE bool field_bits(Term size, uint32_t unit, uint64_t *bits)
{
    if (UNLIKELY(!is_small(size) || small_value(size) < 0)) return false;
    return !__builtin_mul_overflow((uint64_t)small_value(size), (uint64_t)unit, bits);
}

// Can n bits (1 to 64) be had from one aligned read of eight bytes?
static ALWAYS_INLINE bool is_one_word(const MatchContext *m, unsigned n)
{
    return LIKELY(m->end - m->pos >= 64 && m->pos % 8 + n <= 64);
}

static ALWAYS_INLINE uint64_t peek_word(const MatchContext *m, unsigned n)  // is_one_word
{
    uint64_t v;
    memcpy(&v, m->base + m->pos / 8, sizeof v);
    return __builtin_bswap64(v) << m->pos % 8 >> (64 - n);
}

// ---- parts as terms --------------------------------------------------------------
// Whole bytes that fit a heap binary are copied, all else refers to the original.
static ALWAYS_INLINE bool is_copied(uint64_t bits)
{
    return bits % 8 == 0 && bits <= HEAP_BIN_MAX * 8;
}
#define PART_WORDS HEAP_BIN_WORDS(HEAP_BIN_MAX)  // enough for either

// Bits [pos, pos + bits) of a context, referred to. SUB_BITS_WORDS words.
static ALWAYS_INLINE Term reference_at(Term *at, const MatchContext *m, uint64_t bits)
{
    Word header = HEADER(BOX_SUB_BITS, SUB_BITS_WORDS - 1);
    *(SubBits *)at = (SubBits){header, m->pos, m->pos + bits, m->orig, 0};
    return make_boxed(at);
}

// Copied or referred to, at *hp, where there is room.
static inline Term part_at(Term **hp, const MatchContext *m, uint64_t bits)
{
    Term *at = *hp;
    if (!is_copied(bits)) {
        *hp = at + SUB_BITS_WORDS;
        return reference_at(at, m, bits);
    }
    uint8_t *bytes;
    Term t = heap_bin_at(at, bits / 8, &bytes);
    bits_copy(bytes, 0, m->base, m->pos, bits);
    *hp = at + HEAP_BIN_WORDS(bits / 8);
    return t;
}
