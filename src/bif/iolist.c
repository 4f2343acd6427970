// SPDX-License-Identifier: Apache-2.0
// bif/iolist.c - iodata to binaries and back.
#include "bif/args.h"
#include "bif/iodata.h"

// ---- iolist_size ------------------------------------------------------------------
static Term count_bytes(Process *p, Term original, IoWalk *w, uint64_t bytes)
{
    Term result = TERM_NONE;
    for (bool more = true; more;) {
        switch (iodata_next(w)) {
        case IO_BYTES: bytes += w->run_len; break;
        case IO_BITS: {
            uint64_t bits = bitstring_bits(w->bin);
            if (bits % 8 != 0) {
                result = bif_error_as(p, BIF_erlang_iolist_size_1, AM_badarg, 1, original);
                more = false;
            }
            bytes += bits / 8;
            break;
        }
        case IO_END: result = bif_make_uint64(p, bytes), more = false; break;
        case IO_BAD:
            result = bif_error_as(p, BIF_erlang_iolist_size_1, AM_badarg, 1, original);
            more = false;
            break;
        case IO_REFUSED: more = false; break;
        }
        if (more && w->cells > 4096 && iodata_charge(w, 0)) {
            Term left = iodata_save(w), sum = bif_make_uint64(p, bytes);
            if (left != TERM_NONE && sum != TERM_NONE)
                (void)bif_yield(p, BIF_iolist_size_loop, 3, original, left, sum);
            more = false;
        }
    }
    (void)iodata_charge(w, 0);
    iodata_stop(w);
    return result;
}

Term bif_erlang_iolist_size_1(Process *p, Term *args)
{
    IoWalk w;
    iodata_start(&w, p, args[0]);
    return count_bytes(p, args[0], &w, 0);
}

Term bif_iolist_size_loop(Process *p, Term *args)
{
    uint64_t bytes = 0;
    (void)bif_get_uint64(args[2], &bytes);
    IoWalk w;
    iodata_resume(&w, p, args[1]);
    return count_bytes(p, args[0], &w, bytes);
}

// ---- joining ------------------------------------------------------------------------
// The unfinished binary of a join that yields.
typedef struct Join {
    NativeObject object;
    BinGrow out;
} Join;

static void join_destroy(Space *s, NativeObject *o)
{
    Join *j = (Join *)o;
    if (j->out.data != NULL) bin_data_release(s, j->out.data);
    arena_free(&s->arena, j, sizeof *j);
}

static const NativeClass join_class = {"iolist join", join_destroy};

typedef enum JoinKind { JOIN_IOLIST, JOIN_LIST, JOIN_LIST_TO_BIN, JOIN_BITS } JoinKind;

static BifIndex join_index(JoinKind kind)
{
    switch (kind) {
    case JOIN_IOLIST: return BIF_erlang_iolist_to_binary_1;
    case JOIN_LIST: return BIF_erlang_list_to_binary_1;
    case JOIN_LIST_TO_BIN: return BIF_binary_list_to_bin_1;
    case JOIN_BITS: break;
    }
    return BIF_erlang_list_to_bitstring_1;
}

// Puts the walk down: what is left and, behind a reference, what was written.
static Term join_yield(Process *p, Term original, JoinKind kind, IoWalk *w, BinGrow *out,
                       Term holder)
{
    Term left = iodata_save(w);
    if (left == TERM_NONE) return TERM_NONE;
    if (holder == TERM_NONE) {
        Space *s = p->heap.space;
        Term *hp = bif_alloc(p, MAGIC_WORDS);
        Join *j = hp != NULL ? arena_alloc(&s->arena, sizeof *j) : NULL;
        if (j == NULL) return bif_no_memory(p);
        *j = (Join){{&join_class, 1, space_next_ref(s)}, {0}};
        holder = magic_ref_at(hp, &p->heap.off, &j->object);
    }
    ((Join *)magic_object(holder, &join_class))->out = *out;
    *out = (BinGrow){0};
    return bif_yield(p, BIF_iolist_join_loop, 4, original, SMALL(kind), left, holder);
}

// One step: false when the walk is over, with *result set.
static bool join_step(Process *p, IoWalk *w, BinGrow *out, Term original, JoinKind kind,
                      Term *result)
{
    switch (iodata_next(w)) {
    case IO_BYTES:
        if (bin_grow_bytes(p, out, w->run, w->run_len)) return true;
        *result = bif_no_memory(p);
        return false;
    case IO_BITS:
        if (kind == JOIN_BITS || bitstring_bits(w->bin) % 8 == 0) {
            if (bin_grow_bits(p, out, w->bin)) return true;
            *result = bif_no_memory(p);
            return false;
        }
        FALLTHROUGH;
    case IO_BAD: *result = bif_error_as(p, join_index(kind), AM_badarg, 1, original); return false;
    case IO_END: *result = bin_grow_finish(p, out); return false;
    case IO_REFUSED: *result = TERM_NONE; return false;
    }
    return false;
}

static Term join(Process *p, Term original, JoinKind kind, IoWalk *w, BinGrow out, Term holder)
{
    Term result = TERM_NONE;
    uint64_t charged = out.bits / 8;
    while (join_step(p, w, &out, original, kind, &result)) {
        uint64_t moved = out.bits / 8 - charged;
        if (w->cells + moved / 16 < 4096) continue;
        charged = out.bits / 8;
        if (iodata_charge(w, moved)) {
            result = join_yield(p, original, kind, w, &out, holder);
            break;
        }
    }
    bin_grow_free(p, &out);
    (void)iodata_charge(w, 0);
    iodata_stop(w);
    return result;
}

Term bif_iolist_join_loop(Process *p, Term *args)
{
    Join *j = (Join *)magic_object(args[3], &join_class);
    BinGrow out = j->out;
    IoWalk w;
    iodata_resume(&w, p, args[2]);
    j->out = (BinGrow){0};
    return join(p, args[0], (JoinKind)small_value(args[1]), &w, out, args[3]);
}

static Term join_start(Process *p, Term data, JoinKind kind)
{
    IoWalk w;
    iodata_start(&w, p, data);
    return join(p, data, kind, &w, (BinGrow){0}, TERM_NONE);
}

Term bif_erlang_iolist_to_binary_1(Process *p, Term *args)
{
    if (is_bitstring(args[0])) return is_binary(args[0]) ? args[0] : bif_badarg(p);
    return join_start(p, args[0], JOIN_IOLIST);
}

static Term join_list(Process *p, Term list, JoinKind kind)
{
    if (!is_cons(list) && !is_nil(list)) return bif_badarg(p);
    return join_start(p, list, kind);
}

Term bif_erlang_list_to_binary_1(Process *p, Term *args)
{
    return join_list(p, args[0], JOIN_LIST);
}

Term bif_binary_list_to_bin_1(Process *p, Term *args)
{
    return join_list(p, args[0], JOIN_LIST_TO_BIN);
}

Term bif_erlang_list_to_bitstring_1(Process *p, Term *args)
{
    return join_list(p, args[0], JOIN_BITS);
}

// ---- binary_to_list -------------------------------------------------------------------
#define LIST_CHUNK 16384

// Conses bytes [from, to) of a bitstring in front of tail, from behind, a chunk
// at a time. Terms of the loop: bitstring, from, to, tail.
static Term bytes_to_list(Process *p, Term bin, uint64_t from, uint64_t to, Term tail)
{
    Bits b = bits_of(bin);
    while (to > from) {
        size_t n = to - from < LIST_CHUNK ? to - from : LIST_CHUNK;
        Term *hp = bif_alloc(p, 2 * n);
        if (hp == NULL) return TERM_NONE;
        for (size_t i = 0; i < n; i++) {
            uint8_t byte;
            to--;
            if (b.bit == 0) byte = b.byte[to];
            else byte = (uint8_t)(b.byte[to] << b.bit | b.byte[to + 1] >> (8 - b.bit));
            tail = cons_at(&hp, make_small(byte), tail);
        }
        bif_charge(p, n / 32 + 1);
        if (to > from && bif_budget(p) <= 0)
            return bif_yield(p, BIF_binary_list_loop, 4, bin, make_small((int64_t)from),
                             make_small((int64_t)to), tail);
    }
    return tail;
}

Term bif_binary_list_loop(Process *p, Term *args)
{
    return bytes_to_list(p, args[0], (uint64_t)small_value(args[1]), (uint64_t)small_value(args[2]),
                         args[3]);
}

Term bif_erlang_binary_to_list_1(Process *p, Term *args)
{
    if (!is_binary(args[0])) return bif_badarg(p);
    return bytes_to_list(p, args[0], 0, bitstring_bits(args[0]) / 8, TERM_NIL);
}

Term bif_erlang_binary_to_list_3(Process *p, Term *args)
{
    size_t start, stop;
    if (!is_bitstring(args[0]) || !bif_get_size(args[1], &start) || !bif_get_size(args[2], &stop))
        return bif_badarg(p);
    uint64_t size = bitstring_bits(args[0]) / 8;
    if (start < 1 || start > size || stop < start || stop > size) return bif_badarg(p);
    return bytes_to_list(p, args[0], start - 1, stop, TERM_NIL);
}

Term bif_erlang_bitstring_to_list_1(Process *p, Term *args)
{
    if (!is_bitstring(args[0])) return bif_badarg(p);
    uint64_t bits = bitstring_bits(args[0]);
    Term tail = TERM_NIL;
    if (bits % 8 != 0) {
        Term last = binary_part(&p->heap, args[0], bits - bits % 8, bits % 8);
        Term *hp = last != TERM_NONE ? bif_alloc(p, 2) : NULL;
        if (hp == NULL) return bif_no_memory(p);
        tail = cons_at(&hp, last, TERM_NIL);
    }
    return bytes_to_list(p, args[0], 0, bits / 8, tail);
}

Term bif_erlang_split_binary_2(Process *p, Term *args)
{
    size_t at;
    if (!is_bitstring(args[0]) || !bif_get_size(args[1], &at)) return bif_badarg(p);
    uint64_t bits = bitstring_bits(args[0]);
    if (at > bits / 8) return bif_badarg(p);
    Term left = binary_part(&p->heap, args[0], 0, (uint64_t)at * 8);
    Term right = left != TERM_NONE
                     ? binary_part(&p->heap, args[0], (uint64_t)at * 8, bits - (uint64_t)at * 8)
                     : TERM_NONE;
    Term *hp = right != TERM_NONE ? bif_alloc(p, 3) : NULL;
    if (hp == NULL) return bif_no_memory(p);
    return tuple2_at(&hp, left, right);
}
