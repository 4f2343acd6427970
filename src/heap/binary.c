// SPDX-License-Identifier: Apache-2.0
// heap/binary.c - see binary.h; the bits themselves are moved by bits.c.

#include "heap/binary.h"

#include "base/fiber.h"

// ---- counted blocks ---------------------------------------------------------------

BinData *bin_data_new(Space *s, size_t capacity)
{
    size_t bytes;
    if (add_overflows(sizeof(BinData), capacity, &bytes)) return NULL;
    BinData *b = arena_alloc(&s->arena, bytes);
    if (b == NULL) return NULL;
    b->refs = 1;
    b->capacity = capacity;
    s->binary_bytes += capacity;
    return b;
}

void bin_data_release(Space *s, BinData *b)
{
    ASSERT(b->refs > 0);
    if (--b->refs > 0) return;
    s->binary_bytes -= b->capacity;
    arena_free(&s->arena, b, sizeof *b + b->capacity);
}

BinData *bin_data_resize(Space *s, BinData *b, size_t capacity)
{
    ASSERT(b->refs == 1);
    size_t bytes, before = b->capacity;
    if (add_overflows(sizeof(BinData), capacity, &bytes)) return NULL;
    b = arena_realloc(&s->arena, b, sizeof *b + before, bytes);
    if (b == NULL) return NULL;
    b->capacity = capacity;
    s->binary_bytes += capacity - before;
    return b;
}

void native_release(Space *s, NativeObject *o)
{
    ASSERT(o->refs > 0);
    if (--o->refs == 0) o->class->destroy(s, o);
}

Term magic_ref_at(Term *at, Term **off, NativeObject *o)
{
    MagicRef *m = (MagicRef *)at;
    m->header = HEADER(BOX_MAGIC, MAGIC_WORDS - 1);
    m->ids01 = ref_ids01(o->ref_number);
    m->id2 = ref_id2(o->ref_number);
    m->object = o;
    off_link(off, at);
    return make_boxed(at);
}

NativeObject *magic_object(Term t, const NativeClass *c)
{
    if (!is_box_of(t, BOX_MAGIC)) return NULL;
    NativeObject *o = ((MagicRef *)boxed_ptr(t))->object;
    return o->class == c ? o : NULL;
}

// ---- building at a given place -------------------------------------------------------

Term heap_bin_at(Term *at, size_t len, uint8_t **bytes)
{
    HeapBin *b = (HeapBin *)at;
    b->header = HEADER(BOX_HEAP_BIN, HEAP_BIN_WORDS(len) - 1);
    b->size = len;
    if (len > 0) at[HEAP_BIN_WORDS(len) - 1] = 0;  // the padding
    *bytes = b->bytes;
    return make_boxed(at);
}

Term refc_bin_at(Term *at, Term **off, BinData *data, size_t len)
{
    RefcBin *b = (RefcBin *)at;
    b->header = HEADER(BOX_REFC_BIN, REFC_BIN_WORDS - 1);
    b->size = len;
    b->data = data;
    b->bytes = data->bytes;
    b->flags = 0;
    off_link(off, at);
    return make_boxed(at);
}

Term sub_bits_at(Term *at, Term orig, uint64_t start, uint64_t end)
{
    SubBits *s = (SubBits *)at;
    s->header = HEADER(BOX_SUB_BITS, SUB_BITS_WORDS - 1);
    s->start = start;
    s->end = end;
    s->orig = orig;
    s->writable = 0;
    return make_boxed(at);
}

// ---- making binaries --------------------------------------------------------------------

Term binary_from_data(Heap *h, BinData *data, size_t len)
{
    Term *at = heap_alloc(h, REFC_BIN_WORDS);
    if (at == NULL) {
        bin_data_release(h->space, data);
        return TERM_NONE;
    }
    h->off_bytes += len;
    return refc_bin_at(at, &h->off, data, len);
}

Term binary_new_empty(Heap *h, size_t len, uint8_t **bytes)
{
    if (len <= HEAP_BIN_MAX) {
        Term *at = heap_alloc(h, HEAP_BIN_WORDS(len));
        return at == NULL ? TERM_NONE : heap_bin_at(at, len, bytes);
    }
    BinData *data = bin_data_new(h->space, len);
    if (data == NULL) return TERM_NONE;
    *bytes = data->bytes;
    return binary_from_data(h, data, len);
}

Term binary_new(Heap *h, const void *bytes, size_t len)
{
    uint8_t *to;
    Term t = binary_new_empty(h, len, &to);
    if (t != TERM_NONE) paced_copy(to, bytes, len);
    return t;
}

Term bitstring_new(Heap *h, const uint8_t *bytes, unsigned bit, uint64_t bit_len)
{
    uint64_t len = bit_len / 8 + (bit_len % 8 != 0);
    Term *sub = NULL;
    if (bit_len % 8 != 0 && (sub = heap_alloc(h, SUB_BITS_WORDS)) == NULL) return TERM_NONE;
    uint8_t *to;
    Term t = binary_new_empty(h, len, &to);
    if (t == TERM_NONE) return TERM_NONE;
    if (sub != NULL) to[len - 1] = 0;
    bits_copy(to, 0, bytes, bit, bit_len);
    return sub == NULL ? t : sub_bits_at(sub, t, 0, bit_len);
}

Term binary_part(Heap *h, Term t, uint64_t start_bit, uint64_t bit_len)
{
    Term *p = boxed_ptr(t);
    Term orig = t;
    uint64_t whole = bitstring_bits(t);
    ASSERT(start_bit <= whole && bit_len <= whole - start_bit);
    if (bit_len == whole) return t;
    if (header_kind(*p) == BOX_SUB_BITS) {
        orig = ((SubBits *)p)->orig;
        start_bit += ((SubBits *)p)->start;
    }
    // A copy that is no larger than the reference would be does not keep the
    // whole alive.
    if (bit_len % 8 == 0 && HEAP_BIN_WORDS(bit_len / 8) <= SUB_BITS_WORDS)
        return bitstring_new(h, bin_bytes(orig) + start_bit / 8, start_bit % 8, bit_len);
    Term *at = heap_alloc(h, SUB_BITS_WORDS);
    return at == NULL ? TERM_NONE : sub_bits_at(at, orig, start_bit, start_bit + bit_len);
}

const uint8_t *binary_flat_bytes(Space *s, Term t, size_t *len, void **scratch,
                                 size_t *scratch_size)
{
    Bits b = bits_of(t);
    *len = (size_t)(b.size / 8);
    *scratch = NULL;
    *scratch_size = 0;
    if (b.bit == 0 || *len == 0) return b.byte;
    uint8_t *copy = arena_alloc(&s->arena, *len);
    if (copy == NULL) return NULL;
    bits_copy(copy, 0, b.byte, b.bit, (uint64_t)*len * 8);
    *scratch = copy;
    *scratch_size = *len;
    return copy;
}
