// SPDX-License-Identifier: Apache-2.0
// bif/iodata.h - walking iodata: bytes, binaries and lists of iodata.
//
// The walker keeps its own stack of tails, so depth costs memory of the sandbox
// and never C stack. It can be put down between two steps and taken up in a
// later slice: iodata_save turns what is left into an ordinary term.
#pragma once
#include "base/fiber.h"
#include "bif/bif.h"

#define IODATA_RUN 256

typedef enum IoStep {
    IO_BYTES,   // w->run[0 .. w->run_len): bytes that stood in a list
    IO_BITS,    // w->bin: a bitstring
    IO_END,     // all was visited
    IO_BAD,     // not iodata at all
    IO_REFUSED, // no memory for the stack; the exception is set
} IoStep;

typedef struct IoWalk {
    Process *p;
    Term next;     // what to visit next
    Term *stack;   // tails to come back to
    Term below;      // further tails, below the stack: a list, the next one first
    size_t depth, cap;
    uint64_t cells;  // list cells since the last iodata_charge
    Term bin;
    Pace work;
    size_t run_len;
    uint8_t run[IODATA_RUN];
    Term first[24];  // the stack before it needs memory
} IoWalk;

void iodata_start(IoWalk *w, Process *p, Term data);
// Frees the stack. Every walk ends with it.
void iodata_stop(IoWalk *w);
IoStep iodata_next(IoWalk *w);
// Charges the cells walked and `bytes` moved; true: the slice is used up.
bool iodata_charge(IoWalk *w, uint64_t bytes);
// What is left to visit, as the list [current | tails]. The work is that of the
// tails pushed since the walk was taken up, however deep it stands.
// TERM_NONE: refused, exception set.
Term iodata_save(IoWalk *w);
// A walk that goes on where a saved one stood.
void iodata_resume(IoWalk *w, Process *p, Term saved);
// For walks of their own over nested lists: comes back to `tail` later.
bool iodata_push(IoWalk *w, Term tail);
// Moves the next tail to w->next; false: there is none.
bool iodata_pop(IoWalk *w);

// Iodata as one run of bytes. In place where it is one byte-aligned binary,
// else in a scratch block; iodata_bytes_free frees it. Does not yield: charged.
typedef struct IoBytes {
    const uint8_t *at;
    size_t len;
    void *scratch;
    size_t scratch_size;
} IoBytes;
typedef enum IoResult { IOBYTES_OK, IOBYTES_BAD, IOBYTES_REFUSED } IoResult;
// IOBYTES_BAD: not iodata, no exception set. IOBYTES_REFUSED: exception set.
IoResult iodata_bytes(Process *p, Term data, IoBytes *out);
void iodata_bytes_free(Process *p, IoBytes *b);

// A growing block that becomes a binary.
typedef struct BinGrow {
    BinData *data;
    uint64_t bits;  // bits written
} BinGrow;
// False: refused (no exception set).
bool bin_grow_reserve(Process *p, BinGrow *b, uint64_t bits);
bool bin_grow_bytes(Process *p, BinGrow *b, const void *bytes, size_t n);
bool bin_grow_bits(Process *p, BinGrow *b, Term bitstring);
// The bitstring of what was written; b is empty afterwards. TERM_NONE: refused,
// exception set.
Term bin_grow_finish(Process *p, BinGrow *b);
void bin_grow_free(Process *p, BinGrow *b);
