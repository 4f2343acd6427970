// SPDX-License-Identifier: Apache-2.0
// exec/op_bits_build.c - building bit strings step by step, as OTP 22 to 24
// compiled it: bs_init or bs_append, then one bs_put for each segment.
//
// What a put cannot find room for was not reserved by the code: badarg. Bits that
// the code reserves but never puts are zero.
#include "exec/bits_build.h"
#include "exec/bits_match.h"

#define FAIL_WITH(reason)          \
    do {                           \
        if (U(0) != 0) GOTO(U(0)); \
        RAISE_ERROR(reason);       \
    } while (0)
#define FAIL() FAIL_WITH(AM_badarg)

// ---- beginning --------------------------------------------------------------------
static void clear_opened(Exec *e)
{
    uint64_t from = e->build_bit, to = e->build_end;
    if (from == to) return;
    uint64_t first = (from + 7) / 8, last = (to + 7) / 8;
    if (from % 8 != 0) e->build_base[from / 8] &= (uint8_t)(0xFF00 >> from % 8);
    memset(e->build_base + first, 0, last - first);
}

static NOINLINE Term init(Process *p, Term *x, unsigned live, size_t words, uint64_t bits)
{
    Term t = build_new(EXEC, p, live, words, bits);
    if (t != TERM_NONE) clear_opened(EXEC);
    p->reds -= (int64_t)(bits / BITS_PER_REDUCTION);
    return t;
}

OP(bs_init)
{
    uint64_t bits = 0;
    Term reason = build_size(SRC(4), U(3), &bits);
    if (UNLIKELY(reason != TERM_NONE)) FAIL_WITH(reason);
    SAVE();
    Term t = init(p, x, U(2), U(1), bits);
    LOAD();
    if (UNLIKELY(t == TERM_NONE)) TAIL_CALL(exec_raise);
    REG(4) = t;
    NEXT(5);
}

// The reason why size and binary do not make an append; TERM_NONE: they do.
static Term check_append(Term binary, uint32_t unit, Term size, uint64_t *bits)
{
    Term reason = build_size(size, 1, bits);
    if (reason != TERM_NONE) return reason;
    return is_bitstring(binary) && unit > 0 && bitstring_bits(binary) % unit == 0 ? TERM_NONE
                                                                                  : AM_badarg;
}

static NOINLINE Term append(Process *p, Term *x, const Append *a)
{
    Term t = build_append(EXEC, p, a);
    if (t != TERM_NONE) clear_opened(EXEC);
    return t;
}

static NOINLINE Term append_keeping(Process *p, Term *x, const Word *ip, uint64_t bits)
{
    return append(p, x, &(Append){.live = U(2), .words = U(1), .bits = bits, .source = W(5)});
}

OP(bs_append)
{
    uint64_t bits = 0;
    Term reason = check_append(SRC(5), U(3), SRC(4), &bits);
    if (UNLIKELY(reason != TERM_NONE)) FAIL_WITH(reason);
    SAVE();
    Term t = append_keeping(p, x, ip, bits);
    LOAD();
    if (UNLIKELY(t == TERM_NONE)) TAIL_CALL(exec_raise);
    REG(4) = t;
    NEXT(6);
}

static NOINLINE Term append_in_place(Process *p, Term *x, const Word *ip, uint64_t bits)
{
    return append(p, x, &(Append){.bits = bits, .source = W(4), .in_place = true, .no_gc = true});
}

OP(bs_private_append)
{
    uint64_t bits = 0;
    Term reason = check_append(SRC(4), U(1), SRC(3), &bits);
    if (UNLIKELY(reason != TERM_NONE)) FAIL_WITH(reason);
    SAVE();
    Term t = append_in_place(p, x, ip, bits);
    LOAD();
    if (UNLIKELY(t == TERM_NONE)) TAIL_CALL(exec_raise);
    REG(2) = t;
    NEXT(5);
}

// x0: the size to expect, in bytes.
OP(bs_init_writable)
{
    enum { USUAL_BYTES = 1024 };
    bool given = is_small(x[0]) && small_value(x[0]) >= 0;
    SAVE();
    Term t = build_writable(EXEC, p, given ? (size_t)small_value(x[0]) : USUAL_BYTES);
    LOAD();
    if (UNLIKELY(t == TERM_NONE)) TAIL_CALL(exec_raise);
    x[0] = t;
    NEXT(1);
}

// ---- putting ------------------------------------------------------------------------
// Is there room for so many bits of a segment? False: the code has not reserved it.
static bool sized(const Exec *e, const Process *p, Term size, uint32_t unit, uint64_t *bits)
{
    return field_bits(size, unit, bits) && build_has_room(e, p, *bits);
}

OP(bs_put_integer)
{
    uint64_t bits;
    Term v = SRC(4);
    if (UNLIKELY(!sized(EXEC, p, SRC(3), U(1), &bits) || !is_integer(v))) FAIL();
    build_put_integer(EXEC, v, bits, U(2));
    NEXT(5);
}

OP(bs_put_float)
{
    uint64_t bits;
    if (UNLIKELY(!sized(EXEC, p, SRC(3), U(1), &bits))) FAIL();
    if (UNLIKELY(build_put_float(EXEC, SRC(4), bits, U(2)) != TERM_NONE)) FAIL();
    NEXT(5);
}

OP(bs_put_binary)
{
    uint64_t bits;
    Term v = SRC(3);
    if (UNLIKELY(!sized(EXEC, p, SRC(2), U(1), &bits) || !is_bitstring(v))) FAIL();
    Bits from = bits_of(v);
    if (UNLIKELY(bits > from.size)) FAIL();
    build_put_bits(EXEC, from.byte, from.bit, bits);
    reds -= (int64_t)(bits / BITS_PER_REDUCTION);
    NEXT(4);
}

OP(bs_put_binary_all)
{
    Term v = SRC(2);
    uint32_t unit = U(1);
    if (UNLIKELY(!is_bitstring(v))) FAIL();
    Bits from = bits_of(v);
    if (UNLIKELY(unit == 0 || from.size % unit != 0 || !build_has_room(EXEC, p, from.size))) FAIL();
    build_put_bits(EXEC, from.byte, from.bit, from.size);
    reds -= (int64_t)(from.size / BITS_PER_REDUCTION);
    NEXT(3);
}

OP(bs_put_string)
{
    uint64_t bytes = U(0);
    if (UNLIKELY(!build_has_room(EXEC, p, bytes * 8))) RAISE_ERROR(AM_badarg);
    build_put_bits(EXEC, (const uint8_t *)(ip + 2), 0, bytes * 8);
    NEXT(2 + BYTES_TO_WORDS(bytes));
}

OP(bs_put_utf8)
{
    Term v = SRC(2);
    if (UNLIKELY(!build_is_char(v) || !build_has_room(EXEC, p, utf8_term_bits(v)))) FAIL();
    build_put_utf8(EXEC, v);
    NEXT(3);
}

OP(bs_put_utf16)
{
    Term v = SRC(2);
    if (UNLIKELY(!build_is_char(v) || !build_has_room(EXEC, p, utf16_term_bits(v)))) FAIL();
    build_put_utf16(EXEC, v, U(1));
    NEXT(3);
}

OP(bs_put_utf32)
{
    Term v = SRC(2);
    if (UNLIKELY(!build_is_char(v) || !build_has_room(EXEC, p, 32))) FAIL();
    build_put_integer(EXEC, v, 32, U(1));
    NEXT(3);
}

// ---- sizes ----------------------------------------------------------------------------
OP(bs_utf8_size)
{
    REG(0) = make_small(utf8_term_bits(SRC(2)) / 8);
    NEXT(3);
}

OP(bs_utf16_size)
{
    REG(0) = make_small(utf16_term_bits(SRC(2)) / 8);
    NEXT(3);
}

OP(bs_add)
{
    uint64_t a = 0, b = 0;
    Term first = build_size(SRC(3), 1, &a), second = build_size(SRC(4), U(2), &b);
    if (UNLIKELY(first != TERM_NONE || second != TERM_NONE)) {
        FAIL_WITH(first == AM_badarg || second == AM_badarg ? AM_badarg : AM_system_limit);
    }
    REG(1) = make_small((int64_t)(a + b));
    NEXT(5);
}
