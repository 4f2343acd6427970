// SPDX-License-Identifier: Apache-2.0
// bif/iovec.c - erlang:iolist_to_iovec/1: iodata as a list of binaries.
//
// Small pieces are joined in an accumulator, large binaries are passed on as
// they are. Where the cuts fall can be seen by programs, so they fall where
// OTP's do: pieces below 256 bytes are small, and an accumulator of 8 KB is not
// grown further.
#include "base/fiber.h"
#include "bif/args.h"
#include "bif/iodata.h"

#define SMALL_PIECE 256
#define ACC_MAX     (SMALL_PIECE * 32)

typedef struct IoVec {
    Process *p;
    BinGrow acc;
    uint64_t capacity;  // of acc as OTP would have it
    Term list;          // result, last one first
    bool refused;       // exception set
    Pace work;
} IoVec;

static bool emit(IoVec *v, Term bin)
{
    Term *hp = bin != TERM_NONE ? bif_alloc(v->p, 2) : NULL;
    if (hp == NULL) {
        v->refused = true;
        (void)bif_no_memory(v->p);
        return false;
    }
    v->list = cons_at(&hp, bin, v->list);
    return true;
}

static bool flush(IoVec *v)
{
    if (v->acc.bits == 0) return true;
    v->capacity = 0;
    return emit(v, bin_grow_finish(v->p, &v->acc));
}

static uint64_t acc_size(const IoVec *v) { return v->acc.bits / 8; }

static bool make_room(IoVec *v, uint64_t extra)
{
    uint64_t need = acc_size(v) + extra;
    if (need > v->capacity) {
        if (v->capacity >= ACC_MAX) {
            if (!flush(v)) return false;
            need = extra;
        }
        uint64_t least = v->capacity != 0 ? v->capacity * 2 : SMALL_PIECE;
        v->capacity = need > least ? need : least;
    }
    if (bin_grow_reserve(v->p, &v->acc, extra * 8)) return true;
    v->refused = true;
    (void)bif_no_memory(v->p);
    return false;
}

static bool add_part(IoVec *v, Term bin, uint64_t bytes)
{
    if (!make_room(v, bytes)) return false;
    Bits b = bits_of(bin);
    bits_copy(v->acc.data->bytes, v->acc.bits, b.byte, b.bit, bytes * 8);
    v->acc.bits += bytes * 8;
    return true;
}

static bool add_binary(IoVec *v, Term bin)
{
    uint64_t size = bitstring_bits(bin) / 8, held = acc_size(v);
    if (size == 0) return true;
    if (size >= SMALL_PIECE && (held == 0 || held >= SMALL_PIECE)) return flush(v) && emit(v, bin);
    if (size < SMALL_PIECE || held + size < SMALL_PIECE * 2) return add_part(v, bin, size);
    // Enough to make the accumulator worth a binary of its own, the rest as it is.
    uint64_t spill = SMALL_PIECE - held;
    if (!add_part(v, bin, spill) || !flush(v)) return false;
    return emit(v, binary_part(&v->p->heap, bin, spill * 8, (size - spill) * 8));
}

// The bytes of one list in a row are added at once: their cuts depend on it.
static bool add_run(IoVec *v, IoWalk *w, bool first)
{
    if (first) {
        uint64_t n = w->run_len;
        if (n == IODATA_RUN)
            for (Term t = w->next; is_cons(t) && is_small(cons_head(t)) && pace(&v->work, 1);
                 t = cons_tail(t))
                n++;
        if (!make_room(v, n)) return false;
    }
    if (bin_grow_bytes(v->p, &v->acc, w->run, w->run_len)) return true;
    v->refused = true;
    (void)bif_no_memory(v->p);
    return false;
}

static Term in_order(Process *p, Term list)
{
    Term result = TERM_NIL;
    Pace work = PACE_START;
    for (; is_cons(list); list = cons_tail(list), (void)pace(&work, 4)) {
        Term *hp = bif_alloc(p, 2);
        if (hp == NULL) return TERM_NONE;
        result = cons_at(&hp, cons_head(list), result);
    }
    return result;
}

static Term gather(Process *p, Term data)
{
    IoVec v = {.p = p, .list = TERM_NIL, .work = PACE_START};
    IoWalk w;
    iodata_start(&w, p, data);
    uint64_t bytes = 0;
    bool ok = true, bad = false, in_run = false, more = true;
    while (ok && !bad && more) {
        switch (iodata_next(&w)) {
        case IO_BYTES:
            ok = add_run(&v, &w, !in_run);
            in_run = w.run_len == IODATA_RUN;
            bytes += w.run_len;
            break;
        case IO_BITS:
            in_run = false;
            bad = bitstring_bits(w.bin) % 8 != 0;
            if (!bad) ok = add_binary(&v, w.bin);
            break;
        case IO_END: more = false; break;
        case IO_BAD: bad = true; break;
        case IO_REFUSED: ok = false; break;
        }
    }
    (void)iodata_charge(&w, bytes);
    iodata_stop(&w);
    if (ok && !bad) ok = flush(&v);
    bin_grow_free(p, &v.acc);
    if (bad) return bif_badarg(p);
    return ok ? in_order(p, v.list) : TERM_NONE;
}

Term bif_erlang_iolist_to_iovec_1(Process *p, Term *args)
{
    Term data = args[0];
    if (is_nil(data)) return TERM_NIL;
    if (is_bitstring(data)) {
        if (!is_binary(data)) return bif_badarg(p);
        if (bitstring_bits(data) == 0) return TERM_NIL;
        Term *hp = bif_alloc(p, 2);
        return hp != NULL ? cons_at(&hp, data, TERM_NIL) : TERM_NONE;
    }
    return is_cons(data) ? gather(p, data) : bif_badarg(p);
}
