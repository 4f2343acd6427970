// SPDX-License-Identifier: Apache-2.0
// exec/op_bits_utf.c - matching characters.
#include "code/bits_segment.h"
#include "exec/bits_match.h"

#define FAIL() GOTO(U(0))

// A character at the place where m stands, which moves behind it. False: none.
static ALWAYS_INLINE bool take_utf8(MatchContext *m, uint32_t *c)
{
    uint64_t left = m->end - m->pos;
    if (LIKELY(left >= 8 && m->pos % 8 == 0)) {
        *c = m->base[m->pos / 8];
        if (LIKELY(*c < 0x80)) {
            m->pos += 8;
            return true;
        }
    }
    unsigned bits = bits_get_utf8(m->base, m->pos, left, c);
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

OP(bs_get_utf8)
{
    uint32_t c;
    if (UNLIKELY(!take_utf8(CONTEXT(1), &c))) FAIL();
    REG(2) = make_small(c);
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
