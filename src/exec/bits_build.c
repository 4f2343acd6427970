// SPDX-License-Identifier: Apache-2.0
// exec/bits_build.c - faults, sizes, and putting bits; see bits_build.h.
#include "exec/bits_build.h"

#include "base/fiber.h"
#include "heap/arith.h"

// ---- faults -----------------------------------------------------------------------
void build_set_fault(Process *p, const BuildFault *f)
{
    exec_set_error(p, f->reason);
    Term *hp = heap_alloc(&p->heap, 5 + 4 + FLAT_MAP_WORDS(3));
    if (hp == NULL) return;  // the error says less
    Term *cause = hp, *keys = cause + 5, *map = keys + 4;
    cause[0] = TUPLE_HEADER(4);
    cause[1] = make_small(f->number), cause[2] = f->type, cause[3] = f->cause, cause[4] = f->value;
    keys[0] = TUPLE_HEADER(3);
    keys[1] = AM_cause, keys[2] = AM_function, keys[3] = AM_module;
    map[0] = MAP_HEADER(MAP_FLAT, 0, 4);
    map[1] = make_boxed(keys);
    map[2] = make_boxed(cause), map[3] = AM_format_bs_fail, map[4] = AM_erl_erts_errors;
    p->exc.info = make_boxed(map);
}

Term build_size(Term size, uint32_t unit, uint64_t *bits)
{
    if (!is_small(size))
        return is_big(size) && !big_is_negative(size) ? AM_system_limit : AM_badarg;
    if (small_value(size) < 0) return AM_badarg;
    bool fits = !__builtin_mul_overflow((uint64_t)small_value(size), (uint64_t)unit, bits) &&
                *bits <= BITS_MAX;
    return fits ? TERM_NONE : AM_system_limit;
}

// ---- putting ------------------------------------------------------------------------
void build_put_bits(Exec *e, const uint8_t *bytes, uint64_t bit, uint64_t bits)
{
    if (((e->build_bit | bit | bits) & 7) == 0)
        paced_copy(e->build_base + e->build_bit / 8, bytes + bit / 8, bits / 8);
    else bits_copy(e->build_base, e->build_bit, bytes, bit, bits);
    e->build_bit += bits;
}

// A small integer in `bytes` bytes (not 0) at a byte: its own, and its sign in front of
// or behind them.
static void put_bytes(uint8_t *at, uint64_t n, uint64_t bytes, bool little)
{
    uint64_t own = bytes < 8 ? bytes : 8, rest = bytes - own;
    int sign = (int64_t)n < 0 ? 0xFF : 0;
    paced_fill(little ? at + own : at, sign, rest);
    n = little ? n : __builtin_bswap64(n << (64 - own * 8));
    memcpy(little ? at : at + rest, &n, own);
}

void build_put_integer(Exec *e, Term v, uint64_t bits, uint32_t flags)
{
    bool little = (flags & BITS_LITTLE) != 0;
    if (LIKELY(is_small(v) && ((e->build_bit | bits) & 7) == 0)) {
        uint8_t *at = e->build_base + e->build_bit / 8;
        if (bits == 8) *at = (uint8_t)small_value(v);
        else if (bits != 0) put_bytes(at, (uint64_t)small_value(v), bits / 8, little);
    } else if (is_small(v) && bits <= 64) {
        bits_put_uint(e->build_base, e->build_bit, (unsigned)bits, (uint64_t)small_value(v),
                      little);
    } else {
        bits_put_integer(e->build_base, e->build_bit, bits, v, little);
    }
    e->build_bit += bits;
}

Term build_put_float(Exec *e, Term v, uint64_t bits, uint32_t flags)
{
    double d;
    if (bits != 64 && bits != 32 && bits != 16) return AM_invalid;
    if (!arith_to_double(v, &d)) return is_big(v) ? AM_no_float : AM_type;
    if (bits == 32 && is_small(v)) d = (float)small_value(v);  // rounded once
    bits_put_float(e->build_base, e->build_bit, (unsigned)bits, d, flags & BITS_LITTLE);
    e->build_bit += bits;
    return TERM_NONE;
}

void build_put_utf8(Exec *e, Term v)
{
    uint8_t bytes[4];
    unsigned n = utf8_put(bytes, (uint32_t)small_value(v));
    build_put_bits(e, bytes, 0, n * 8);
}

void build_put_utf16(Exec *e, Term v, uint32_t flags)
{
    uint32_t c = (uint32_t)small_value(v);
    bits_put_utf16(e->build_base, e->build_bit, c, flags & BITS_LITTLE);
    e->build_bit += utf16_bytes(c) * 8;
}
