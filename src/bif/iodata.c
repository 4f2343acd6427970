// SPDX-License-Identifier: Apache-2.0
// bif/iodata.c - walking iodata.
#include "bif/iodata.h"

#include "base/buf.h"
#include "base/fiber.h"
#include "bif/args.h"

void iodata_start(IoWalk *w, Process *p, Term data)
{
    w->p = p;
    w->next = data;
    w->stack = w->first;
    w->below = TERM_NIL;
    w->depth = 0;
    w->cap = ARRAY_LEN(w->first);
    w->cells = 0;
    w->run_len = 0;
    w->work = PACE_START;
}

void iodata_stop(IoWalk *w)
{
    if (w->stack != w->first) bif_scratch_free(w->p, w->stack, w->cap * sizeof(Term));
    w->stack = w->first;
}

bool iodata_push(IoWalk *w, Term tail)
{
    if (w->depth == w->cap) {
        Term *more = bif_scratch(w->p, w->cap * 2 * sizeof(Term));
        if (more == NULL) return false;
        paced_copy(more, w->stack, w->cap * sizeof(Term));
        iodata_stop(w);
        w->stack = more;
        w->cap *= 2;
    }
    w->stack[w->depth++] = tail;
    return true;
}

// Collects the bytes at the front of list w->next.
static IoStep take_run(IoWalk *w)
{
    size_t n = 0;
    Term t = w->next;
    while (n < IODATA_RUN && is_cons(t)) {
        Term head = cons_head(t);
        if (!is_small(head)) break;
        if ((uint64_t)small_value(head) > 255) return IO_BAD;
        w->run[n++] = (uint8_t)small_value(head);
        t = cons_tail(t);
    }
    w->cells += n;
    w->run_len = n;
    w->next = t;
    return IO_BYTES;
}

IoStep iodata_next(IoWalk *w)
{
    for (;;) {
        (void)pace(&w->work, 4);
        Term t = w->next;
        if (is_cons(t)) {
            Term head = cons_head(t), tail = cons_tail(t);
            if (is_small(head)) return take_run(w);
            w->cells++;
            if (is_bitstring(head)) {
                w->next = tail;
                w->bin = head;
                return IO_BITS;
            }
            if (!is_cons(head) && !is_nil(head)) return IO_BAD;
            if (!is_nil(tail) && !iodata_push(w, tail)) return IO_REFUSED;
            w->next = head;
            if (UNLIKELY((w->cells & 0xFFFF) == 0)) bif_charge(w->p, 0x10000 / 32);
        } else if (is_nil(t)) {
            if (!iodata_pop(w)) return IO_END;
        } else if (is_bitstring(t)) {
            w->next = TERM_NIL;
            w->bin = t;
            return IO_BITS;
        } else {
            return IO_BAD;
        }
    }
}

bool iodata_charge(IoWalk *w, uint64_t bytes)
{
    bif_charge(w->p, (w->cells + bytes / 32) / 32 + 1);
    w->cells = 0;
    return bif_budget(w->p) <= 0;
}

bool iodata_pop(IoWalk *w)
{
    if (w->depth > 0) {
        w->next = w->stack[--w->depth];
    } else {
        if (is_nil(w->below)) return false;
        w->next = cons_head(w->below);
        w->below = cons_tail(w->below);
    }
    return true;
}

Term iodata_save(IoWalk *w)
{
    Term *hp = bif_alloc(w->p, (w->depth + 1) * 2);
    if (hp == NULL) return TERM_NONE;
    Term list = w->below;
    for (size_t i = 0; i < w->depth; i++, (void)pace(&w->work, 2))
        list = cons_at(&hp, w->stack[i], list);
    return cons_at(&hp, w->next, list);
}

void iodata_resume(IoWalk *w, Process *p, Term saved)
{
    iodata_start(w, p, cons_head(saved));
    w->below = cons_tail(saved);
}

IoResult iodata_bytes(Process *p, Term data, IoBytes *out)
{
    *out = (IoBytes){0};
    if (is_bitstring(data)) {
        if (!is_binary(data)) return IOBYTES_BAD;
        out->at =
            binary_flat_bytes(p->heap.space, data, &out->len, &out->scratch, &out->scratch_size);
        if (out->at == NULL) {
            (void)bif_no_memory(p);
            return IOBYTES_REFUSED;
        }
        bif_charge(p, out->scratch_size / 1024 + 1);
        return IOBYTES_OK;
    }
    if (!is_cons(data) && !is_nil(data)) return IOBYTES_BAD;
    Buf buf;
    buf_init_in(&buf, &p->heap.space->arena);
    IoWalk w;
    iodata_start(&w, p, data);
    IoResult result = IOBYTES_OK;
    for (bool more = true; more;) {
        switch (iodata_next(&w)) {
        case IO_BYTES:
            if (buf_append(&buf, w.run, w.run_len) != ST_OK) {
                (void)bif_no_memory(p);
                result = IOBYTES_REFUSED, more = false;
            }
            break;
        case IO_BITS: {
            Bits b = bits_of(w.bin);
            if (b.size % 8 != 0) {
                result = IOBYTES_BAD, more = false;
            } else if (b.size != 0) {
                if (buf_reserve(&buf, b.size / 8) != ST_OK) {
                    (void)bif_no_memory(p);
                    result = IOBYTES_REFUSED, more = false;
                    break;
                }
                bits_copy(buf.data + buf.len, 0, b.byte, b.bit, b.size);
                buf.len += b.size / 8;
            }
            break;
        }
        case IO_END: more = false; break;
        case IO_BAD: result = IOBYTES_BAD, more = false; break;
        case IO_REFUSED: result = IOBYTES_REFUSED, more = false; break;
        }
    }
    (void)iodata_charge(&w, buf.len);
    iodata_stop(&w);
    if (result != IOBYTES_OK) {
        buf_clear(&buf);
        return result;
    }
    out->scratch = buf_take(&buf, &out->len, &out->scratch_size);
    out->at = out->scratch != NULL ? out->scratch : (const uint8_t *)"";
    return IOBYTES_OK;
}

void iodata_bytes_free(Process *p, IoBytes *b)
{
    if (b->scratch != NULL) arena_free(&p->heap.space->arena, b->scratch, b->scratch_size);
    b->scratch = NULL;
}

// ---- growing binaries --------------------------------------------------------------
bool bin_grow_reserve(Process *p, BinGrow *b, uint64_t bits)
{
    uint64_t need = (b->bits + bits + 7) / 8;
    Space *s = p->heap.space;
    if (b->data == NULL) {
        b->data = bin_data_new(s, need < 256 ? 256 : need);
        return b->data != NULL;
    }
    if (need <= b->data->capacity) return true;
    // Doubling keeps the work linear; exact growth is the fallback near a limit.
    BinData *more =
        bin_data_resize(s, b->data, need > b->data->capacity * 2 ? need : b->data->capacity * 2);
    if (more == NULL) more = bin_data_resize(s, b->data, need);
    if (more == NULL) return false;
    b->data = more;
    return true;
}

bool bin_grow_bytes(Process *p, BinGrow *b, const void *bytes, size_t n)
{
    if (n == 0) return true;
    if (!bin_grow_reserve(p, b, (uint64_t)n * 8)) return false;
    if (b->bits % 8 == 0) paced_copy(b->data->bytes + b->bits / 8, bytes, n);
    else bits_copy(b->data->bytes, b->bits, bytes, 0, (uint64_t)n * 8);
    b->bits += (uint64_t)n * 8;
    return true;
}

bool bin_grow_bits(Process *p, BinGrow *b, Term bitstring)
{
    Bits src = bits_of(bitstring);
    if (src.size == 0) return true;
    if (!bin_grow_reserve(p, b, src.size)) return false;
    bits_copy(b->data->bytes, b->bits, src.byte, src.bit, src.size);
    b->bits += src.size;
    return true;
}

void bin_grow_free(Process *p, BinGrow *b)
{
    if (b->data != NULL) bin_data_release(p->heap.space, b->data);
    b->data = NULL;
    b->bits = 0;
}

Term bin_grow_finish(Process *p, BinGrow *b)
{
    uint64_t bytes = (b->bits + 7) / 8, bits = b->bits;
    Term bin;
    if (bytes <= HEAP_BIN_MAX) {
        bin = binary_new(&p->heap, b->data != NULL ? b->data->bytes : NULL, bytes);
        bin_grow_free(p, b);
    } else {
        if (bits % 8 != 0) b->data->bytes[bytes - 1] &= (uint8_t)(0xFF00 >> (bits % 8));
        if (b->data->capacity > bytes + bytes / 8) {
            BinData *exact = bin_data_resize(p->heap.space, b->data, bytes);
            if (exact != NULL) b->data = exact;
        }
        bin = binary_from_data(&p->heap, b->data, bytes);
        *b = (BinGrow){0};
    }
    if (bin != TERM_NONE && bits % 8 != 0) bin = binary_part(&p->heap, bin, 0, bits);
    return bin != TERM_NONE ? bin : bif_no_memory(p);
}
