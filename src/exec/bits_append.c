// SPDX-License-Identifier: Apache-2.0
// exec/bits_append.c - new binaries, and those that grow by appending.
//
// A writable binary is a REFC_BIN flagged BIN_WRITABLE, whose block has room to
// spare, and a SUB_BITS with `writable` set that shows what has been written. An
// append to that SUB_BITS writes behind it and makes a new one; the old one loses
// its flag, so only one end can grow, and keeps showing what it showed. When
// the block is full it doubles, so appending costs time in proportion to what is
// appended. A match context ends all this (bits_pin).
#include "exec/bits_build.h"
#include "exec/bits_match.h"

enum { SMALLEST_BLOCK = 256 };

static uint64_t bytes_of(uint64_t bits) { return bits / 8 + (bits % 8 != 0); }

// Room on the heap, where an off-heap block of so many bytes is about to be made.
// r as in bits_reserve.
static bool make_room(Process *p, Term *x, unsigned live, size_t words, uint64_t off_heap,
                      uint32_t r)
{
    Heap *h = &p->heap;
    h->off_bytes += off_heap;  // a collection counts anew
    if (LIKELY((size_t)(h->sp - h->hp) >= words && !(off_heap > 0 && heap_wants_gc(h)) &&
               !APEX_STRESS)) {
        h->off_bytes -= off_heap;
        return true;
    }
    return bits_reserve(p, x, live, words, r);
}

static Term no_memory(Process *p)
{
    exec_set_error(p, AM_system_limit);
    return TERM_NONE;
}

static void open_at(Exec *e, const Process *p, uint8_t *base, uint64_t from, uint64_t to)
{
    e->build_pid = p->pid;
    e->build_gcs = p->heap.collections;
    e->build_base = base;
    e->build_bit = from;
    e->build_end = to;
    if (to % 8 != 0) base[to / 8] &= (uint8_t)(from / 8 == to / 8 ? 0xFF00 >> from % 8 : 0);
}

Term build_new(Exec *e, Process *p, unsigned live, size_t words, uint64_t bits)
{
    uint64_t bytes = bytes_of(bits);
    bool on_heap = bytes <= HEAP_BIN_MAX;
    words += SUB_BITS_WORDS + (on_heap ? HEAP_BIN_WORDS(bytes) : REFC_BIN_WORDS);
    if (!make_room(p, e->x, live, words, on_heap ? 0 : bytes, NO_REGISTER)) return TERM_NONE;
    uint8_t *at;
    Term t = binary_new_empty(&p->heap, bytes, &at);
    if (t == TERM_NONE) return no_memory(p);
    open_at(e, p, at, 0, bits);
    if (bits % 8 == 0) return t;
    Term *sub = p->heap.hp;  // reserved
    p->heap.hp += SUB_BITS_WORDS;
    return sub_bits_at(sub, t, 0, bits);
}

// ---- growing -------------------------------------------------------------------------
// The binary that t is the growing end of, or NULL.
static RefcBin *writable_under(Term t)
{
    if (!is_box_of(t, BOX_SUB_BITS)) return NULL;
    SubBits *s = (SubBits *)boxed_ptr(t);
    if (!s->writable || !is_box_of(s->orig, BOX_REFC_BIN)) return NULL;
    RefcBin *b = (RefcBin *)boxed_ptr(s->orig);
    return b->flags & BIN_WRITABLE ? b : NULL;
}

static uint64_t grown(uint64_t bytes)
{
    return bytes * 2 < SMALLEST_BLOCK ? SMALLEST_BLOCK : bytes * 2;
}

// Makes the block of b hold `bytes` bytes and more. False: memory is refused.
static bool grow_block(Process *p, RefcBin *b, uint64_t bytes)
{
    Space *s = p->heap.space;
    BinData *old = b->data, *data;
    if (old->refs > 1) {
        data = bin_data_new(s, grown(bytes));
        if (data == NULL) return false;
        memcpy(data->bytes, old->bytes, b->size);
        bin_data_release(s, old);
    } else {
        data = bin_data_resize(s, old, grown(bytes));
        if (data == NULL) return false;
    }
    p->reds -= (int64_t)(b->size * 8 / BITS_PER_REDUCTION);
    p->heap.off_bytes += bytes - b->size;
    b->data = data;
    b->bytes = data->bytes;
    return true;
}

// Bits [0, end) of b as the end that grows from now on.
static Term growing_end(Process *p, Term b, uint64_t end)
{
    Term *at = heap_alloc(&p->heap, SUB_BITS_WORDS);
    if (at == NULL) return no_memory(p);
    Term t = sub_bits_at(at, b, 0, end);
    ((SubBits *)at)->writable = 1;
    return t;
}

static Term extend(Exec *e, Process *p, Term source, RefcBin *b, const Append *a)
{
    SubBits *s = (SubBits *)boxed_ptr(source);
    uint64_t from = s->end, to = from + a->bits;
    uint64_t bytes = bytes_of(to);
    if (bytes > b->data->capacity && !grow_block(p, b, bytes)) return no_memory(p);
    Term t = source;
    if (a->in_place) {
        s->end = to;
    } else {
        t = growing_end(p, s->orig, to);
        if (t == TERM_NONE) return t;
        s->writable = 0;
    }
    b->size = bytes;
    open_at(e, p, b->bytes, from, to);
    return t;
}

// A writable binary with room for `capacity` bytes that shows `bits` bits.
static Term new_writable(Process *p, uint64_t capacity, uint64_t bits)
{
    Heap *h = &p->heap;
    BinData *data = bin_data_new(h->space, capacity);
    Term b = data == NULL ? TERM_NONE : binary_from_data(h, data, bytes_of(bits));
    if (b == TERM_NONE) return no_memory(p);
    ((RefcBin *)boxed_ptr(b))->flags |= BIN_WRITABLE;
    return growing_end(p, b, bits);
}

static Term copy_and_extend(Exec *e, Process *p, Term source, const Append *a)
{
    Bits from = bits_of(source);
    uint64_t to = from.size + a->bits;
    Term t = new_writable(p, grown(bytes_of(to)), to);
    if (t == TERM_NONE) return t;
    uint8_t *bytes = bits_of(t).byte;
    bits_copy(bytes, 0, from.byte, from.bit, from.size);
    p->reds -= (int64_t)(from.size / BITS_PER_REDUCTION);
    open_at(e, p, bytes, from.size, to);
    return t;
}

Term build_append(Exec *e, Process *p, const Append *a)
{
    Term *x = e->x;
    Term source = src_value(x, p->heap.sp, a->source);
    uint64_t to = bitstring_bits(source) + a->bits;
    if (a->bits > BITS_MAX || to > BITS_MAX) return no_memory(p);
    RefcBin *b = a->bits == 0 ? NULL : writable_under(source);
    bool fits = b != NULL && bytes_of(to) <= b->data->capacity;
    if (fits && a->in_place && a->words == 0) return extend(e, p, source, b, a);
    if (!a->no_gc) {
        bool new_block = a->bits != 0 && !fits;
        uint32_t r = (a->source & 3) == 0 ? (uint32_t)(a->source >> 2) : NO_REGISTER;
        size_t words = a->words + (a->bits == 0 ? 0 : SUB_BITS_WORDS + REFC_BIN_WORDS);
        if (!make_room(p, x, a->live, words, new_block ? grown(bytes_of(to)) : 0, r))
            return TERM_NONE;
        source = src_value(x, p->heap.sp, a->source);
    }
    if (a->bits == 0) {
        open_at(e, p, (uint8_t *)boxed_ptr(source), 0, 0);  // nothing is written
        return source;
    }
    b = writable_under(source);  // may have moved
    return b != NULL ? extend(e, p, source, b, a) : copy_and_extend(e, p, source, a);
}

Term build_writable(Exec *e, Process *p, size_t bytes)
{
    if (!make_room(p, e->x, 0, SUB_BITS_WORDS + REFC_BIN_WORDS, bytes, NO_REGISTER))
        return TERM_NONE;
    return new_writable(p, bytes, 0);
}
