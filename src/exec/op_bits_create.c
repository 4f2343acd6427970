// SPDX-License-Identifier: Apache-2.0
// exec/op_bits_create.c - bs_create_bin: a bit string of segments, in one step.
//
// First the sizes are added up, then room is made (sources may move), then the
// segments are put. Which fault is reported when there are several follows from
// this order, and is the same as OTP's.
#include "exec/bits_build.h"

typedef struct Create {
    Exec *e;
    Process *p;
    const Word *segments, *end;
    BuildFault fault;
} Create;

static ALWAYS_INLINE Term source_of(const Create *c, Word w)
{
    return src_value(c->e->x, c->p->heap.sp, w);
}

static Term type_of(SegmentKind k)
{
    switch (k) {
    case SEGMENT_INTEGER_FIXED:
    case SEGMENT_INTEGER_VAR: return AM_integer;
    case SEGMENT_FLOAT_FIXED:
    case SEGMENT_FLOAT_VAR: return AM_float;
    case SEGMENT_UTF8: return AM_utf8;
    case SEGMENT_UTF16: return AM_utf16;
    case SEGMENT_UTF32: return AM_utf32;
    default: return AM_binary;
    }
}

static COLD bool fault(Create *c, const Word *s, Term reason, Term cause, Term value)
{
    c->fault =
        (BuildFault){reason, segment_number(s[0]), type_of(segment_kind(s[0])), cause, value};
    return false;
}

// ---- sizes ------------------------------------------------------------------------
static bool variable_size(Create *c, const Word *s, uint64_t *bits)
{
    Term size = source_of(c, s[2]);
    Term reason = build_size(size, segment_unit(s[0]), bits);
    return reason == TERM_NONE || fault(c, s, reason, AM_size, size);
}

// Adds the bits of segment s unless they are among the known ones.
static bool add_size(Create *c, const Word *s, uint64_t *total)
{
    uint64_t bits = 0;
    Term v;
    switch (segment_kind(s[0])) {
    case SEGMENT_INTEGER_VAR:
    case SEGMENT_FLOAT_VAR:
    case SEGMENT_BINARY_VAR:
        if (!variable_size(c, s, &bits)) return false;
        break;
    case SEGMENT_BINARY_ALL:
        v = source_of(c, s[1]);
        if (!is_bitstring(v)) return fault(c, s, AM_badarg, AM_type, v);
        bits = bitstring_bits(v);
        break;
    case SEGMENT_UTF8: bits = utf8_term_bits(source_of(c, s[1])); break;
    case SEGMENT_UTF16: bits = utf16_term_bits(source_of(c, s[1])); break;
    case SEGMENT_UTF32:
        v = source_of(c, s[1]);
        if (!build_is_char(v)) return fault(c, s, AM_badarg, AM_type, v);
        break;
    default: break;
    }
    *total += bits;
    return *total <= BITS_MAX || fault(c, s, AM_system_limit, AM_size, make_small((int64_t)bits));
}

static bool add_sizes(Create *c, uint64_t *total)
{
    for (const Word *s = c->segments; s < c->end; s = segment_next(s)) {
        if (!add_size(c, s, total)) return false;
    }
    return true;
}

// ---- segments -----------------------------------------------------------------------
static ALWAYS_INLINE bool put_integer(Create *c, const Word *s, uint64_t bits)
{
    Term v = source_of(c, s[1]);
    if (UNLIKELY(!is_integer(v))) return fault(c, s, AM_badarg, AM_type, v);
    build_put_integer(c->e, v, bits, segment_flags(s[0]));
    return true;
}

static bool put_float(Create *c, const Word *s, uint64_t bits)
{
    Term v = source_of(c, s[1]);
    Term cause = build_put_float(c->e, v, bits, segment_flags(s[0]));
    if (cause == TERM_NONE) return true;
    return fault(c, s, AM_badarg, cause, cause == AM_invalid ? make_small((int64_t)bits) : v);
}

static bool put_binary(Create *c, const Word *s, uint64_t bits)
{
    Term v = source_of(c, s[1]);
    if (!is_bitstring(v)) return fault(c, s, AM_badarg, AM_type, v);
    Bits from = bits_of(v);
    if (bits > from.size) return fault(c, s, AM_badarg, AM_short, v);
    build_put_bits(c->e, from.byte, from.bit, bits);
    return true;
}

static bool put_all(Create *c, const Word *s)
{
    Term v = source_of(c, s[1]);
    Bits from = bits_of(v);
    uint32_t unit = segment_unit(s[0]);
    if (from.size % unit != 0) return fault(c, s, AM_badarg, AM_unit, v);
    build_put_bits(c->e, from.byte, from.bit, from.size);
    return true;
}

static bool put_character(Create *c, const Word *s)
{
    Term v = source_of(c, s[1]);
    if (!build_is_char(v)) return fault(c, s, AM_badarg, AM_type, v);
    if (segment_kind(s[0]) == SEGMENT_UTF8) build_put_utf8(c->e, v);
    else if (segment_kind(s[0]) == SEGMENT_UTF16) build_put_utf16(c->e, v, segment_flags(s[0]));
    else build_put_integer(c->e, v, 32, segment_flags(s[0]));
    return true;
}

// Size of a segment whose size add_size has accepted.
static uint64_t known_size(const Create *c, const Word *s)
{
    return (uint64_t)small_value(source_of(c, s[2])) * segment_unit(s[0]);
}

static bool put_segment(Create *c, const Word *s)
{
    switch (segment_kind(s[0])) {
    case SEGMENT_INTEGER_FIXED: return put_integer(c, s, s[2]);
    case SEGMENT_INTEGER_VAR: return put_integer(c, s, known_size(c, s));
    case SEGMENT_BINARY_ALL: return put_all(c, s);
    case SEGMENT_BINARY_FIXED: return put_binary(c, s, s[2]);
    case SEGMENT_BINARY_VAR: return put_binary(c, s, known_size(c, s));
    case SEGMENT_FLOAT_FIXED: return put_float(c, s, s[2]);
    case SEGMENT_FLOAT_VAR: return put_float(c, s, known_size(c, s));
    case SEGMENT_STRING:
        build_put_bits(c->e, (const uint8_t *)(s + SEGMENT_WORDS), 0, s[1] * 8);
        return true;
    case SEGMENT_UTF8:
    case SEGMENT_UTF16:
    case SEGMENT_UTF32: return put_character(c, s);
    }
    return true;
}

static bool put_segments(Create *c)
{
    uint64_t from = c->e->build_bit;
    for (const Word *s = c->segments; s < c->end; s = segment_next(s)) {
        if (!put_segment(c, s)) return false;
    }
    ASSERT(c->e->build_bit == c->e->build_end);
    c->p->reds -= (int64_t)((c->e->build_bit - from) / BITS_PER_REDUCTION);
    build_close(c->e);
    return true;
}

// ---- the instructions ------------------------------------------------------------------
// A fault jumps, or raises when there is nowhere to jump to.
static COLD Term give_up(Create *c, bool jumps)
{
    build_close(c->e);
    if (jumps) return BUILD_FAILED;
    build_set_fault(c->p, &c->fault);
    return TERM_NONE;
}

// State is SAVE()d. See bits_build.h for the result.
static NOINLINE Term create(Process *p, Term *x, const Word *ip, const Word *segments)
{
    Create c = {.e = EXEC, .p = p, .segments = segments, .end = segments + U(4)};
    uint64_t bits = W(4);
    if (!add_sizes(&c, &bits)) return give_up(&c, U(0) != 0);
    Term t = build_new(c.e, p, U(2), U(1), bits);
    if (t == TERM_NONE) return t;
    return put_segments(&c) ? t : give_up(&c, U(0) != 0);
}

// Does a segment name the very term that is to become longer? Its size would change
// under it; compilers do not write this.
static bool is_named(const Create *c, Term t)
{
    for (const Word *s = c->segments; s < c->end; s = segment_next(s)) {
        if (segment_kind(s[0]) != SEGMENT_STRING && source_of(c, s[1]) == t) return true;
    }
    return false;
}

static Term refuse_source(Create *c, uint32_t begin, Term source, bool jumps)
{
    Term cause = is_bitstring(source) ? AM_unit : AM_type;
    c->fault = (BuildFault){AM_badarg, append_number(begin), AM_binary, cause, source};
    return give_up(c, jumps);
}

static NOINLINE Term create_append(Process *p, Term *x, const Word *ip, const Word *segments,
                                   bool in_place)
{
    Create c = {.e = EXEC, .p = p, .segments = segments, .end = segments + U(4)};
    uint64_t bits = W(4);
    uint32_t begin = U(5), unit = append_unit(begin);
    bool known = (begin & SEGMENTS_KNOWN) != 0, jumps = U(0) != 0;
    if (!known && !add_sizes(&c, &bits)) return give_up(&c, jumps);
    Term t = source_of(&c, W(5));
    if (UNLIKELY(!is_bitstring(t) || (unit != 1 && bitstring_bits(t) % unit != 0)))
        return refuse_source(&c, begin, t, jumps);
    Append a = {.live = U(2), .words = U(1), .bits = bits, .source = W(5)};
    a.in_place = in_place && (known || !is_named(&c, t));
    t = build_append(c.e, p, &a);
    if (t == TERM_NONE) return t;
    return put_segments(&c) ? t : give_up(&c, jumps);
}

#define FINISH(segments)                       \
    do {                                       \
        LOAD();                                \
        if (UNLIKELY(!is_boxed(t))) {          \
            if (t == BUILD_FAILED) GOTO(U(0)); \
            TAIL_CALL(exec_raise);             \
        }                                      \
        REG(3) = t;                            \
        NEXT((segments) + U(4));               \
    } while (0)

OP(bs_create_bin)
{
    SAVE();
    Term t = create(p, x, ip, ip + 5);
    FINISH(5);
}

OP(bs_create_append)
{
    SAVE();
    Term t = create_append(p, x, ip, ip + 6, false);
    FINISH(6);
}

OP(bs_create_private)
{
    SAVE();
    Term t = create_append(p, x, ip, ip + 6, true);
    FINISH(6);
}

// ---- one small integer at the end of a growing binary -----------------------------------
// What comprehensions and loops that write do most. The operands are those of the
// general form, which takes over when something is out of the ordinary.

// Writes segment s behind the bits of `end` if that can be done in place; the new end
// is *to. False: nothing was done.
static ALWAYS_INLINE bool write_behind(SubBits *end, uint64_t bits, Term v, Word s, uint64_t *to)
{
    Term *orig = boxed_ptr(end->orig);
    if (UNLIKELY(!end->writable || header_kind(*orig) != BOX_REFC_BIN || !is_small(v)))
        return false;
    RefcBin *b = (RefcBin *)orig;
    *to = end->end + bits;
    if (UNLIKELY(!(b->flags & BIN_WRITABLE) || end->end % 8 != 0)) return false;
    if (UNLIKELY(*to / 8 > b->data->capacity)) return false;
    uint64_t n = (uint64_t)small_value(v);
    uint8_t *at = b->bytes + end->end / 8;
    if (bits == 8) *at = (uint8_t)n;
    else {
        n = segment_flags(s) & BITS_LITTLE ? n : __builtin_bswap64(n << (64 - bits));
        memcpy(at, &n, bits / 8);
    }
    b->size = *to / 8;
    return true;
}

OP(bs_private_small)
{
    Term t = SRC(5);
    uint64_t to;
    if (UNLIKELY(!is_box_of(t, BOX_SUB_BITS))) TAIL_CALL(op_bs_create_private);
    SubBits *s = (SubBits *)boxed_ptr(t);
    if (!write_behind(s, W(4), SRC(7), W(6), &to)) TAIL_CALL(op_bs_create_private);
    s->end = to;
    REG(3) = t;
    NEXT(6 + SEGMENT_WORDS);
}

OP(bs_append_small)
{
    Term t = SRC(5);
    uint64_t to;
    bool room = (size_t)(sp - hp) >= SUB_BITS_WORDS && !APEX_STRESS;
    if (UNLIKELY(!room || !is_box_of(t, BOX_SUB_BITS))) TAIL_CALL(op_bs_create_append);
    SubBits *s = (SubBits *)boxed_ptr(t);
    if (!write_behind(s, W(4), SRC(7), W(6), &to)) TAIL_CALL(op_bs_create_append);
    s->writable = 0;
    *(SubBits *)hp = (SubBits){s->header, 0, to, s->orig, 1};
    REG(3) = make_boxed(hp);
    hp += SUB_BITS_WORDS;
    NEXT(6 + SEGMENT_WORDS);
}
