// SPDX-License-Identifier: Apache-2.0
// exec/op_bits_utf.c - matching characters.
#include "code/bits_segment.h"
#include "exec/bits_match.h"

#define FAIL() GOTO(U(0))

// A character at the place where m stands, which moves behind it. False: none.
static ALWAYS_INLINE bool take_utf8(MatchContext *m, uint32_t *c)
{
    unsigned bits = bits_get_utf8(m->base, m->pos, m->end - m->pos, c);
    m->pos += bits;
    return bits != 0;
}

static ALWAYS_INLINE bool take_utf16(MatchContext *m, uint32_t flags, uint32_t *c)
{
    unsigned bits = bits_get_utf16(m->base, m->pos, m->end - m->pos, flags & BITS_LITTLE, c);
    m->pos += bits;
    return bits != 0;
}

static ALWAYS_INLINE bool take_utf32(MatchContext *m, uint32_t flags, uint32_t *c)
{
    unsigned bits = bits_get_utf32(m->base, m->pos, m->end - m->pos, flags & BITS_LITTLE, c);
    m->pos += bits;
    return bits != 0;
}

static NOINLINE OP(bs_get_utf8_slow)
{
    uint32_t c;
    if (UNLIKELY(!take_utf8(CONTEXT(1), &c))) FAIL();
    REG(2) = make_small(c);
    NEXT(3);
}

// ASCII at a byte needs no call.
OP(bs_get_utf8)
{
    MatchContext *m = CONTEXT(1);
    bool at_byte = m->end - m->pos >= 8 && m->pos % 8 == 0;
    if (!at_byte || m->base[m->pos / 8] >= 0x80) TAIL_CALL(op_bs_get_utf8_slow);
    REG(2) = make_small(m->base[m->pos / 8]);
    m->pos += 8;
    NEXT(3);
}

OP(bs_get_utf16)
{
    uint32_t c;
    if (UNLIKELY(!take_utf16(CONTEXT(1), U(3), &c))) FAIL();
    REG(2) = make_small(c);
    NEXT(3);
}

OP(bs_get_utf32)
{
    uint32_t c;
    if (UNLIKELY(!take_utf32(CONTEXT(1), U(3), &c))) FAIL();
    REG(2) = make_small(c);
    NEXT(3);
}

OP(bs_skip_utf8)
{
    uint32_t c;
    if (UNLIKELY(!take_utf8(CONTEXT(1), &c))) FAIL();
    NEXT(2);
}

OP(bs_skip_utf16)
{
    uint32_t c;
    if (UNLIKELY(!take_utf16(CONTEXT(1), U(2), &c))) FAIL();
    NEXT(3);
}

OP(bs_skip_utf32)
{
    uint32_t c;
    if (UNLIKELY(!take_utf32(CONTEXT(1), U(2), &c))) FAIL();
    NEXT(3);
}
