// SPDX-License-Identifier: Apache-2.0
// heap/etf.h - terms as External Term Format bytes, and back.
//
// Encoding and decoding are loops, not recursions, and can stop: the ..._run
// functions take a budget, count it down (one for about ten bytes or one small
// term) and return when it is used up, to be called again. Meanwhile the terms
// that they look at must not move (heap.h: `pinned`).
#pragma once
#include "base/buf.h"
#include "heap/heap.h"

#define ETF_NO_BUDGET INT64_MAX

// ---- encoding -------------------------------------------------------------------
typedef struct EtfEncodeOpts {
    unsigned minor_version;  // 0, 1 or 2 (default of OTP 25: 1)
    bool deterministic;      // pairs of large maps in the order of their keys
} EtfEncodeOpts;

// A binary of more than HEAP_BIN_MAX whole bytes that is left out of the encoding
// (term_to_iovec hands out the binary itself).
typedef struct EtfCut {
    uint64_t at;  // offset where its bytes belong
    Term binary;
} EtfCut;

typedef struct EtfWork {
    const Term *at;  // what a kind of work (etf_encode.c) goes on with
    uint64_t n;
    uint64_t count;
    uint8_t kind;
} EtfWork;

typedef struct EtfEncoder {
    Space *space;  // NULL: scratch from malloc
    EtfEncodeOpts opts;
    uint8_t *out;  // NULL: only the size is found
    uint64_t size;
    uint64_t max;  // larger encodings end with ST_LIMIT
    EtfWork *work;
    size_t work_len, work_cap;
    EtfCut *cuts;  // made when want_cuts is set
    size_t cuts_len, cuts_cap;
    uint64_t cut_bytes;  // left out so far
    bool want_cuts;
    bool estimate;  // sizes as erlang:external_size/1 gives them: a little more for funs
    Term root;
} EtfEncoder;

void etf_encoder_init(EtfEncoder *e, Space *s, Term t, const EtfEncodeOpts *o, uint64_t max);
void etf_encoder_clear(EtfEncoder *e);
// Finds the size (version byte included) when out is NULL, else writes so many
// bytes to out. ST_BUSY: the budget is used up. ST_LIMIT: beyond max, or scratch
// memory was refused. ST_UNSUPPORTED: a length has no room in the format.
MUST_USE Status etf_encoder_run(EtfEncoder *e, int64_t *budget);
// etf_encoder_run to its end, put aside on the way. ST_CLOSED: nobody wants the result.
MUST_USE Status etf_encoder_finish(EtfEncoder *e);
// From the start again, writing to out.
void etf_encoder_restart(EtfEncoder *e, uint8_t *out);

// Appends the encoding (version byte 131 first) to out. As etf_encoder_finish.
MUST_USE Status etf_encode(Space *s, Term t, const EtfEncodeOpts *o, Buf *out);
// The same; ST_LIMIT: it would take more than max bytes.
MUST_USE Status etf_encode_within(Space *s, Term t, const EtfEncodeOpts *o, uint64_t max, Buf *out);
// Bytes that etf_encode would write (erlang:external_size).
MUST_USE Status etf_size(Space *s, Term t, const EtfEncodeOpts *o, uint64_t *out);

// ---- decoding --------------------------------------------------------------------
typedef enum EtfResult {
    ETF_OK,
    ETF_BAD,     // not a term: badarg
    ETF_UNSAFE,  // would create an atom or name an unknown export and `safe` is on: badarg
    ETF_LIMIT,   // an atom or size limit: system_limit
    ETF_LARGE,   // larger than EtfBounds says
    ETF_DEEP,    // deeper
    ETF_NOMEM,
    ETF_MORE,    // the budget is used up
} EtfResult;

// How the decoder turns names into things that a sandbox may have. For images
// (literals) it interns atoms process-wide; for guests through their books.
typedef struct EtfNames {
    void *context;
    // Atom of UTF-8 text; TERM_NONE with *why set.
    Term (*atom)(void *context, const char *utf8, size_t len, bool safe, EtfResult *why);
    // Fun entry for a NEW_FUN_EXT, or NULL: such funs are refused (ETF_BAD).
    const struct FunEntry *(*fun)(void *context, Term module, uint32_t index,
                                  const uint8_t uniq[16], uint64_t old_uniq, uint32_t old_index,
                                  uint32_t arity, uint32_t num_free);
    Term node;  // name and creation of this node: such pids become local
    uint32_t creation;
    // Does the export exist (asked when `safe` is on)? NULL: every one does.
    bool (*export_known)(void *context, Term module, Term function, uint64_t arity);
} EtfNames;

// Two passes: etf_decode_size checks the whole encoding and finds how many heap
// words it needs at most; etf_decode builds it at *hp, which it moves by what it
// has used. *used: bytes of the term in the input, the version byte included.
// Compressed terms are inflated to the declared size. Unless the result is
// ETF_OK *hp and *off are as they were.
EtfResult etf_decode_size(Space *s, const uint8_t *bytes, size_t len, bool safe,
                          const EtfNames *names, size_t max_words, size_t *words, size_t *used);
EtfResult etf_decode(Space *s, const uint8_t *bytes, size_t len, bool safe, const EtfNames *names,
                     Term **hp, Term **off, Term *out);
// With s NULL scratch comes from malloc and nothing is charged (image loading);
// binaries of any size then become HEAP_BIN.

// The same in steps. The bytes and names must stay until it is freed.
typedef struct EtfDecoder EtfDecoder;
EtfDecoder *etf_decoder_new(Space *s, const uint8_t *bytes, size_t len, bool safe,
                            const EtfNames *names, size_t max_words);  // NULL: no memory
// What a term may be at most; said before etf_decoder_measure. A compressed term is refused by
// the size that it declares. A term in a tuple, map or fun, or in the elements of a list, is one
// level deeper; the tail of a list is not.
typedef struct EtfBounds {
    uint64_t bytes;  // of its heap words, and of what it inflates to
    uint64_t depth;  // UINT64_MAX: not looked at
} EtfBounds;
void etf_decoder_bound(EtfDecoder *d, const EtfBounds *b);
// How deep the term is, if there is a bound on it. After etf_decoder_measure.
uint64_t etf_decoder_depth(const EtfDecoder *d);
void etf_decoder_free(EtfDecoder *d);  // also releases what is half built
EtfResult etf_decoder_measure(EtfDecoder *d, int64_t *budget, size_t *words, size_t *used);
// After etf_decoder_measure. The first call takes words at `at`; the last one
// says in *end where what it used ends. heap: where the rare map whose keys
// collide finds more room than was measured; NULL: it is ETF_LIMIT.
EtfResult etf_decoder_build(EtfDecoder *d, int64_t *budget, Term *at, Heap *heap, Term **end,
                            Term **off, Term *out);
