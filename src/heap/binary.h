// SPDX-License-Identifier: Apache-2.0
// heap/binary.h - counted byte blocks outside the heaps, and binaries over them.
#pragma once
#include "heap/heap.h"

// A byte block of one sandbox. Counted without atomics: one thread at a time
// runs the sandbox (A1).
struct BinData {
    uint64_t refs;
    uint64_t capacity;  // bytes
    uint8_t bytes[];
};

// A block with one reference, charged to s. NULL: refused.
BinData *bin_data_new(Space *s, size_t capacity);
void bin_data_release(Space *s, BinData *b);
// Grows (may move) a block of which the caller holds the only use. NULL: refused,
// b unchanged.
BinData *bin_data_resize(Space *s, BinData *b, size_t capacity);

// A native object behind a MagicRef: counted, with its own destructor.
typedef struct NativeObject NativeObject;
typedef struct NativeClass {
    const char *name;
    void (*destroy)(Space *s, NativeObject *o);  // frees o
} NativeClass;
struct NativeObject {
    const NativeClass *class;
    uint64_t refs;
    uint64_t ref_number;  // its reference, the same in every MagicRef to it
};
void native_release(Space *s, NativeObject *o);
// A MagicRef to o at `at` (MAGIC_WORDS words), taking over one reference.
Term magic_ref_at(Term *at, Term **off, NativeObject *o);
// The object of class c behind t, or NULL if t is anything else.
NativeObject *magic_object(Term t, const NativeClass *c);

// ---- building at a given place: cannot fail ------------------------------------
// A HEAP_BIN of HEAP_BIN_WORDS(len) words; the caller writes *bytes.
Term heap_bin_at(Term *at, size_t len, uint8_t **bytes);
// REFC_BIN_WORDS words; takes over one reference to data, joins *off.
Term refc_bin_at(Term *at, Term **off, BinData *data, size_t len);
// SUB_BITS_WORDS words: bits [start, end) of orig (T4).
Term sub_bits_at(Term *at, Term orig, uint64_t start, uint64_t end);

// ---- making binaries ([gc: no]; TERM_NONE: memory refused) --------------------
Term binary_new(Heap *h, const void *bytes, size_t len);
// A binary of len bytes whose content the caller writes through *bytes at once.
Term binary_new_empty(Heap *h, size_t len, uint8_t **bytes);
// Bits [start, start+len) of bitstring t without copying (small whole-byte parts
// may be copied). t: is_bitstring.
Term binary_part(Heap *h, Term t, uint64_t start_bit, uint64_t bit_len);
// A bitstring of bit_len bits from byte *bytes at bit offset bit.
Term bitstring_new(Heap *h, const uint8_t *bytes, unsigned bit, uint64_t bit_len);
// Refers to the first len bytes of data; takes over one reference, also when it
// is refused.
Term binary_from_data(Heap *h, BinData *data, size_t len);
// The bytes of a whole-byte bitstring as one run: in place when it is
// byte-aligned, else copied to a block that the caller frees with
// arena_free(&space->arena, *scratch, *scratch_size) when *scratch != NULL.
// NULL: memory refused.
const uint8_t *binary_flat_bytes(Space *s, Term t, size_t *len, void **scratch,
                                 size_t *scratch_size);

// ---- bit strings as memory -----------------------------------------------------
// Copies len bits; regions do not overlap. Bits of the last byte beyond the
// range are kept.
void bits_copy(uint8_t *dst, size_t dst_bit, const uint8_t *src, size_t src_bit, uint64_t len);
// memcmp over bits: <0, 0, >0 for the common prefix, bit by bit.
int bits_compare(const uint8_t *a, size_t a_bit, const uint8_t *b, size_t b_bit, uint64_t len);
