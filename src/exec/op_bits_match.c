// SPDX-License-Identifier: Apache-2.0
// exec/op_bits_match.c - matching bit strings.
//
// What is common is done in the handler; what needs a call, and so a stack frame
// of C, is the handler's tail (static, named _slow), which begins anew.
#include "code/bits_segment.h"
#include "exec/bits_match.h"
#include "term/big.h"

#define FAIL() GOTO(U(0))

// ---- contexts -------------------------------------------------------------------
// Fills a new context at m from t, a bitstring.
static ALWAYS_INLINE void context_at(Exec *e, Process *p, MatchContext *m, Term t)
{
    Term orig = t;
    uint64_t start = 0, end;
    Term *b = boxed_ptr(t);
    if (header_kind(*b) == BOX_SUB_BITS) {
        SubBits *s = (SubBits *)b;
        orig = s->orig, start = s->start, end = s->end;
        b = boxed_ptr(orig);
    } else {
        end = b[1] * 8;
    }
    if (header_kind(*b) == BOX_REFC_BIN && UNLIKELY(((RefcBin *)b)->flags & BIN_WRITABLE))
        bits_pin(e, p, (RefcBin *)b);
    *m = (MatchContext){MATCH_HEADER, orig, bin_bytes(orig), start, end, start};
}

static NOINLINE OP(bs_start_match_slow)
{
    Term t = REG(1);
    if (UNLIKELY(!is_bitstring(t))) {
        if (U(0) == 0) RAISE_ERROR(AM_badarg);
        FAIL();
    }
    NEED_KEEPING(MATCH_WORDS, U(3), U(1));
    context_at(EXEC, p, (MatchContext *)hp, REG(1));
    REG(2) = make_boxed(hp);
    hp += MATCH_WORDS;
    NEXT(3);
}

OP(bs_start_match)
{
    Term t = REG(1);
    if (UNLIKELY(!is_boxed(t) || boxed_header(t) != MATCH_HEADER))
        TAIL_CALL(op_bs_start_match_slow);
    REG(2) = t;
    NEXT(3);
}

// A position counts from where the matched binary begins.
static ALWAYS_INLINE Term position_of(const MatchContext *m)
{
    return make_small((int64_t)(m->pos - m->start));
}

OP(bs_get_position)
{
    REG(1) = position_of(CONTEXT(0));
    NEXT(2);
}

static NOINLINE OP(bs_start_match_at_slow)
{
    if (UNLIKELY(!is_bitstring(XREG(1)))) {
        if (U(0) == 0) RAISE_ERROR(AM_badarg);
        FAIL();
    }
    NEED_KEEPING(MATCH_WORDS, U(4), U(1));
    context_at(EXEC, p, (MatchContext *)hp, XREG(1));
    XREG(2) = make_boxed(hp);
    XREG(3) = make_small(0);
    hp += MATCH_WORDS;
    NEXT(4);
}

OP(bs_start_match_at)
{
    Term t = XREG(1);
    if (UNLIKELY(!is_boxed(t) || boxed_header(t) != MATCH_HEADER))
        TAIL_CALL(op_bs_start_match_at_slow);
    XREG(2) = t;
    XREG(3) = position_of(context_of(t));
    NEXT(4);
}

OP(bs_set_position)
{
    MatchContext *m = CONTEXT(0);
    Term at = REG(1);
    if (UNLIKELY(!is_small(at) || (uint64_t)small_value(at) > m->end - m->start))
        RAISE_ERROR(AM_badarg);  // X2
    m->pos = m->start + (uint64_t)small_value(at);
    NEXT(2);
}

// ---- tests, skipping ------------------------------------------------------------
OP(bs_skip)
{
    MatchContext *m = CONTEXT(1);
    if (UNLIKELY(!has_bits(m, W(2)))) FAIL();
    m->pos += W(2);
    NEXT(3);
}

OP(bs_skip_var)
{
    MatchContext *m = CONTEXT(1);
    uint64_t bits;
    if (UNLIKELY(!field_bits(SRC(3), U(2), &bits) || !has_bits(m, bits))) FAIL();
    m->pos += bits;
    NEXT(4);
}

OP(bs_test_tail)
{
    MatchContext *m = CONTEXT(1);
    if (m->end - m->pos != W(2)) FAIL();
    NEXT(3);
}

static ALWAYS_INLINE bool is_multiple(uint64_t bits, uint32_t unit)
{
    return LIKELY((unit & (unit - 1)) == 0) ? (bits & (unit - 1)) == 0 : bits % unit == 0;
}

OP(bs_test_unit)
{
    MatchContext *m = CONTEXT(1);
    if (!is_multiple(m->end - m->pos, U(2))) FAIL();
    NEXT(3);
}

OP(bs_ensure)
{
    MatchContext *m = CONTEXT(1);
    uint64_t left = m->end - m->pos;
    if (left < W(3) || !is_multiple(left - W(3), U(2))) FAIL();
    NEXT(4);
}

static NOINLINE OP(bs_match_bits_slow)
{
    MatchContext *m = CONTEXT(1);
    unsigned bits = U(2);
    if (!has_bits(m, bits) || bits_get_uint(m->base, m->pos, bits, false) != W(3)) FAIL();
    m->pos += bits;
    NEXT(4);
}

OP(bs_match_bits)
{
    MatchContext *m = CONTEXT(1);
    unsigned bits = U(2);
    if (!is_one_word(m, bits)) TAIL_CALL(op_bs_match_bits_slow);
    if (peek_word(m, bits) != W(3)) FAIL();
    m->pos += bits;
    NEXT(4);
}

OP(bs_match_string)
{
    MatchContext *m = CONTEXT(1);
    uint32_t bits = U(2);
    if (!has_bits(m, bits) ||
        bits_compare(m->base, m->pos, (const uint8_t *)(ip + 3), 0, bits) != 0)
        FAIL();
    m->pos += bits;
    NEXT(3 + (bits + 63) / 64);
}

// ---- integers ---------------------------------------------------------------------
// R: how the registers are found. rest: what is left must be a multiple of it.
#define GET_WHOLE(name, R, bits, rest, little)                                         \
    OP(name)                                                                           \
    {                                                                                  \
        MatchContext *m = context_of(R(1));                                            \
        uint64_t left = m->end - m->pos;                                               \
        if (UNLIKELY(left < (bits) || left % (rest) != 0)) FAIL();                     \
        const uint8_t *b = m->base + m->pos / 8;                                       \
        unsigned bit = m->pos % 8;                                                     \
        uint64_t v = 0;                                                                \
        for (unsigned i = 0; i < (bits) / 8; i++) v = v << 8 | b[i];                   \
        if (UNLIKELY(bit != 0))                                                        \
            v = (v << 8 | b[(bits) / 8]) >> (8 - bit) & ((UINT64_C(1) << (bits)) - 1); \
        if (little) v = __builtin_bswap64(v) >> (64 - (bits));                         \
        m->pos += (bits);                                                              \
        R(2) = make_small((int64_t)v);                                                 \
        NEXT(3);                                                                       \
    }
#define GET_WHOLE_BYTES(name, bits, little)    \
    GET_WHOLE(name, REG, bits, 1, little)      \
    GET_WHOLE(name##_x, XREG, bits, 1, little) \
    GET_WHOLE(name##_bytes, XREG, bits, 8, little)
GET_WHOLE_BYTES(bs_get_u8, 8, false)
GET_WHOLE_BYTES(bs_get_u16, 16, false)
GET_WHOLE_BYTES(bs_get_u32, 32, false)
GET_WHOLE_BYTES(bs_get_u16_little, 16, true)
GET_WHOLE_BYTES(bs_get_u32_little, 32, true)

static NOINLINE OP(bs_get_small_slow)
{
    MatchContext *m = CONTEXT(1);
    unsigned bits = U(3), flags = U(4);
    if (UNLIKELY(!has_bits(m, bits))) FAIL();
    bool little = (flags & BITS_LITTLE) != 0;
    int64_t v = flags & BITS_SIGNED ? bits_get_int(m->base, m->pos, bits, little)
                                    : (int64_t)bits_get_uint(m->base, m->pos, bits, little);
    m->pos += bits;
    REG(2) = make_small(v);
    NEXT(4);
}

OP(bs_get_small)
{
    MatchContext *m = CONTEXT(1);
    unsigned bits = U(3), flags = U(4);
    bool odd_little = (flags & BITS_LITTLE) && bits % 8 != 0;
    if (UNLIKELY(!is_one_word(m, bits) || bits == 0 || odd_little)) TAIL_CALL(op_bs_get_small_slow);
    uint64_t v = peek_word(m, bits) << (64 - bits);  // in the upper bits
    if (flags & BITS_LITTLE) v = __builtin_bswap64(v) << (64 - bits);
    int64_t n = flags & BITS_SIGNED ? (int64_t)v >> (64 - bits) : (int64_t)(v >> (64 - bits));
    m->pos += bits;
    REG(2) = make_small(n);
    NEXT(4);
}

// Unsigned, big-endian, one bit at least: what most fields that are no bytes are.
#define GET_BITS(name, R)                                           \
    OP(name)                                                        \
    {                                                               \
        MatchContext *m = context_of(R(1));                         \
        unsigned bits = U(3);                                       \
        if (!is_one_word(m, bits)) TAIL_CALL(op_bs_get_small_slow); \
        R(2) = make_small((int64_t)peek_word(m, bits));             \
        m->pos += bits;                                             \
        NEXT(4);                                                    \
    }
GET_BITS(bs_get_bits, REG)
GET_BITS(bs_get_bits_x, XREG)

// Takes an integer of any width from m, for which there is room. TERM_NONE: it is
// larger than integers can be, and nothing matches. [gc: no]
static NOINLINE Term take_integer(Process *p, MatchContext *m, uint64_t bits, uint32_t flags)
{
    Term *hp = p->heap.hp;
    Term t =
        bits_get_integer_at(&hp, m->base, m->pos, bits, flags & BITS_SIGNED, flags & BITS_LITTLE);
    p->reds -= (int64_t)(bits >> 13);
    if (UNLIKELY(is_big(t) && big_limbs(t) > BIG_MAX_LIMBS)) return TERM_NONE;
    p->heap.hp = hp;
    m->pos += bits;
    return t;
}

OP(bs_get_integer)
{
    uint64_t bits = U(4);
    if (UNLIKELY(!has_bits(CONTEXT(1), bits))) FAIL();
    NEED_KEEPING(bits_integer_words(bits), U(3), U(1));
    SAVE();
    Term t = take_integer(p, CONTEXT(1), bits, U(5));
    LOAD();
    if (UNLIKELY(t == TERM_NONE)) FAIL();
    REG(2) = t;
    NEXT(4);
}

OP(bs_get_integer_var)
{
    uint64_t bits;
    if (!field_bits(SRC(4), U(4), &bits) || !has_bits(CONTEXT(1), bits)) FAIL();
    NEED_KEEPING(bits_integer_words(bits), U(3), U(1));
    SAVE();
    Term t = bits == 0 ? make_small(0) : take_integer(p, CONTEXT(1), bits, U(5));
    LOAD();
    if (UNLIKELY(t == TERM_NONE)) FAIL();
    REG(2) = t;
    NEXT(5);
}

// ---- floats ---------------------------------------------------------------------------
// Nothing of no bits is 0.0.
static NOINLINE bool take_float(MatchContext *m, Term size, uint32_t unit, uint32_t flags,
                                double *out)
{
    uint64_t bits;
    if (!is_small(size) || (uint64_t)small_value(size) > 64 || !field_bits(size, unit, &bits))
        return false;
    *out = 0.0;
    if (bits == 0) return true;
    if (!has_bits(m, bits) || (bits != 16 && bits != 32 && bits != 64)) return false;
    if (!bits_get_float(m->base, m->pos, (unsigned)bits, flags & BITS_LITTLE, out)) return false;
    m->pos += bits;
    return true;
}

OP(bs_get_float)
{
    NEED_KEEPING(FLOAT_WORDS, U(3), U(1));
    double v;
    if (!take_float(CONTEXT(1), SRC(4), U(4), U(5), &v)) FAIL();
    REG(2) = make_float(hp, v);
    hp += FLOAT_WORDS;
    NEXT(5);
}

// ---- bit strings -----------------------------------------------------------------------
// May the handler itself make a part, which refers to the original?
#define REFERS(bits) LIKELY(!is_copied(bits) && (size_t)(sp - hp) >= SUB_BITS_WORDS && !APEX_STRESS)

static NOINLINE OP(bs_get_tail_slow)
{
    NEED_KEEPING(PART_WORDS, U(2), U(0));
    MatchContext *m = CONTEXT(0);
    REG(1) = part_at(&hp, m, m->end - m->pos);
    NEXT(3);
}

OP(bs_get_tail)
{
    MatchContext *m = CONTEXT(0);
    uint64_t bits = m->end - m->pos;
    if (!REFERS(bits)) TAIL_CALL(op_bs_get_tail_slow);
    REG(1) = reference_at(hp, m, bits);
    hp += SUB_BITS_WORDS;
    NEXT(3);
}

static NOINLINE OP(bs_get_binary_slow)
{
    NEED_KEEPING(PART_WORDS, U(3), U(1));
    MatchContext *m = CONTEXT(1);
    uint64_t bits = U(4);
    Term t = part_at(&hp, m, bits);
    m->pos += bits;
    REG(2) = t;
    NEXT(4);
}

OP(bs_get_binary)
{
    MatchContext *m = CONTEXT(1);
    uint64_t bits = U(4);
    if (UNLIKELY(!has_bits(m, bits))) FAIL();
    if (!REFERS(bits)) TAIL_CALL(op_bs_get_binary_slow);
    Term t = reference_at(hp, m, bits);
    hp += SUB_BITS_WORDS;
    m->pos += bits;
    REG(2) = t;
    NEXT(4);
}

OP(bs_get_binary_var)
{
    uint64_t bits;
    if (UNLIKELY(!field_bits(SRC(4), U(4), &bits) || !has_bits(CONTEXT(1), bits))) FAIL();
    NEED_KEEPING(PART_WORDS, U(3), U(1));
    MatchContext *m = CONTEXT(1);
    Term t = part_at(&hp, m, bits);
    m->pos += bits;
    REG(2) = t;
    NEXT(5);
}

static NOINLINE OP(bs_get_rest_slow)
{
    NEED_KEEPING(PART_WORDS, U(3), U(1));
    MatchContext *m = CONTEXT(1);
    Term t = part_at(&hp, m, m->end - m->pos);
    m->pos = m->end;
    REG(2) = t;
    NEXT(4);
}

OP(bs_get_rest)
{
    MatchContext *m = CONTEXT(1);
    uint64_t bits = m->end - m->pos;
    if (!is_multiple(bits, U(4))) FAIL();
    if (!REFERS(bits)) TAIL_CALL(op_bs_get_rest_slow);
    Term t = reference_at(hp, m, bits);
    hp += SUB_BITS_WORDS;
    m->pos = m->end;
    REG(2) = t;
    NEXT(4);
}
