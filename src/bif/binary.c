// SPDX-License-Identifier: Apache-2.0
// bif/binary.c - the native part of the module binary, without searching.
#include "base/fiber.h"
#include "bif/args.h"
#include "bif/limits.h"
#include "term/big.h"

// ---- single bytes and parts ----------------------------------------------------------
static unsigned byte_at(Term bin, uint64_t i)
{
    Bits b = bits_of(bin);
    if (b.bit == 0) return b.byte[i];
    return (uint8_t)(b.byte[i] << b.bit | b.byte[i + 1] >> (8 - b.bit));
}

Term bif_binary_at_2(Process *p, Term *args)
{
    size_t i;
    if (!is_binary(args[0]) || !bif_get_size(args[1], &i) || i >= bitstring_bits(args[0]) / 8)
        return bif_badarg(p);
    return make_small(byte_at(args[0], i));
}

Term bif_binary_first_1(Process *p, Term *args)
{
    if (!is_binary(args[0]) || bitstring_bits(args[0]) == 0) return bif_badarg(p);
    return make_small(byte_at(args[0], 0));
}

Term bif_binary_last_1(Process *p, Term *args)
{
    if (!is_binary(args[0]) || bitstring_bits(args[0]) == 0) return bif_badarg(p);
    return make_small(byte_at(args[0], bitstring_bits(args[0]) / 8 - 1));
}

Term bif_binary_part_2(Process *p, Term *args)
{
    if (!is_tuple_arity(args[1], 2)) return bif_badarg(p);
    Term *e = tuple_elements(args[1]);
    return bif_binary_part_of(p, args[0], e[0], e[1]);
}

Term bif_binary_part_3(Process *p, Term *args)
{
    return bif_binary_part_of(p, args[0], args[1], args[2]);
}

// ---- copy ------------------------------------------------------------------------------
static Term copy_times(Process *p, Term bin, size_t times)
{
    Bits b = bits_of(bin);
    uint64_t size = b.size / 8, total;
    if (mul_overflows(size, times, &total) || total > BINARY_MAX_BYTES) return bif_system_limit(p);
    bif_charge(p, total / 1024);
    uint8_t *to;
    Term copy = binary_new_empty(&p->heap, total, &to);
    if (copy == TERM_NONE) return bif_no_memory(p);
    if (total == 0) return copy;
    bits_copy(to, 0, b.byte, b.bit, b.size);
    for (uint64_t done = size; done < total;) {
        uint64_t n = done < total - done ? done : total - done;
        paced_copy(to + done, to, n);
        done += n;
    }
    return copy;
}

Term bif_binary_copy_1(Process *p, Term *args)
{
    return is_binary(args[0]) ? copy_times(p, args[0], 1) : bif_badarg(p);
}

Term bif_binary_copy_2(Process *p, Term *args)
{
    size_t times;
    if (!is_bitstring(args[0]) || !bif_get_size(args[1], &times)) return bif_badarg(p);
    if (!is_binary(args[0]) && times > 0) return bif_badarg(p);
    return copy_times(p, args[0], times);
}

Term bif_binary_referenced_byte_size_1(Process *p, Term *args)
{
    if (!is_bitstring(args[0])) return bif_badarg(p);
    Term *t = boxed_ptr(args[0]);
    if (header_kind(*t) == BOX_SUB_BITS) t = boxed_ptr(((SubBits *)t)->orig);
    // Of one that grows, the room to spare is part of what it refers to.
    bool counted = header_kind(*t) == BOX_REFC_BIN;
    return make_small((int64_t)(counted ? ((RefcBin *)t)->data->capacity : t[1]));
}

// ---- unsigned integers as bytes ------------------------------------------------------------
static bool is_endianness(Term t) { return t == AM_big || t == AM_little; }

static Term decode(Process *p, Term bin, bool little)
{
    size_t size, scratch_size;
    void *scratch;
    const uint8_t *bytes = binary_flat_bytes(p->heap.space, bin, &size, &scratch, &scratch_size);
    if (bytes == NULL) return bif_no_memory(p);
    const uint8_t *first = bytes;
    size_t n = size;
    // Leading zeros do not count.
    Pace zeros = PACE_START;
    for (; n > 0 && (little ? first[n - 1] : first[0]) == 0; (void)pace(&zeros, 1))
        first += !little, n--;
    bif_charge(p, size / 1024);
    Term result;
    uint64_t low = 0;
    if (n <= 8) {
        for (size_t i = 0; i < n; i++) low |= (uint64_t)first[little ? i : n - 1 - i] << (8 * i);
        result = bif_make_uint64(p, low);
    } else if (n > (size_t)BIG_MAX_LIMBS * 8) {
        result = bif_system_limit(p);  // OTP makes it, and nothing can be done with it there
    } else {
        size_t limbs = BYTES_TO_WORDS(n);
        Term *hp = bif_alloc(p, 1 + limbs);
        result = hp != NULL ? make_boxed(hp) : TERM_NONE;
        if (hp != NULL) {
            hp[0] = HEADER(BOX_POS_BIG, limbs);
            paced_fill(hp + 1, 0, limbs * 8);
            Pace work = PACE_START;
            for (size_t i = 0; i < n; i++, (void)pace(&work, 1))
                hp[1 + i / 8] |= (uint64_t)first[little ? i : n - 1 - i] << (i % 8 * 8);
        }
    }
    if (scratch != NULL) arena_free(&p->heap.space->arena, scratch, scratch_size);
    return result;
}

Term bif_binary_decode_unsigned_1(Process *p, Term *args)
{
    return is_binary(args[0]) ? decode(p, args[0], false) : bif_badarg(p);
}

Term bif_binary_decode_unsigned_2(Process *p, Term *args)
{
    if (!is_binary(args[0]) || !is_endianness(args[1])) return bif_badarg(p);
    return decode(p, args[0], args[1] == AM_little);
}

static Term encode(Process *p, Term n, bool little)
{
    uint64_t small, *limbs = &small;
    size_t count = 1;
    if (is_small(n)) small = (uint64_t)small_value(n);
    else limbs = big_digits(n), count = big_limbs(n);
    size_t size = count * 8;
    while (size > 1 && (uint8_t)(limbs[(size - 1) / 8] >> ((size - 1) % 8 * 8)) == 0) size--;
    bif_charge(p, size / 1024);
    uint8_t *to;
    Term bin = binary_new_empty(&p->heap, size, &to);
    if (bin == TERM_NONE) return bif_no_memory(p);
    Pace work = PACE_START;
    for (size_t i = 0; i < size; i++, (void)pace(&work, 1))
        to[little ? i : size - 1 - i] = (uint8_t)(limbs[i / 8] >> (i % 8 * 8));
    return bin;
}

static bool is_unsigned(Term t)
{
    return is_small(t) ? small_value(t) >= 0 : is_big(t) && !big_is_negative(t);
}

Term bif_binary_encode_unsigned_1(Process *p, Term *args)
{
    return is_unsigned(args[0]) ? encode(p, args[0], false) : bif_badarg(p);
}

Term bif_binary_encode_unsigned_2(Process *p, Term *args)
{
    if (!is_unsigned(args[0]) || !is_endianness(args[1])) return bif_badarg(p);
    return encode(p, args[0], args[1] == AM_little);
}

// ---- longest common prefix and suffix ----------------------------------------------------------
static Term longest_common(Process *p, Term list, bool suffix)
{
    int64_t n = bif_list_length(p, list);
    if (n <= 0) return bif_badarg(p);
    uint64_t common = UINT64_MAX;
    for (Term t = list; is_cons(t); t = cons_tail(t)) {
        if (!is_binary(cons_head(t))) return bif_badarg(p);
        uint64_t size = bitstring_bits(cons_head(t)) / 8;
        if (size < common) common = size;
    }
    Term first = cons_head(list);
    uint64_t first_size = bitstring_bits(first) / 8, compared = 0;
    Pace work = PACE_START;
    for (Term t = cons_tail(list); is_cons(t); t = cons_tail(t)) {
        Term other = cons_head(t);
        uint64_t other_size = bitstring_bits(other) / 8, i = 0;
        for (; i < common &&
               (suffix ? byte_at(first, first_size - 1 - i) == byte_at(other, other_size - 1 - i)
                       : byte_at(first, i) == byte_at(other, i));
             i++)
            (void)pace(&work, 2);
        common = i;
        compared += i;
    }
    bif_charge(p, compared / 32);
    return make_small((int64_t)common);
}

Term bif_binary_longest_common_prefix_1(Process *p, Term *args)
{
    return longest_common(p, args[0], false);
}

Term bif_binary_longest_common_suffix_1(Process *p, Term *args)
{
    return longest_common(p, args[0], true);
}
