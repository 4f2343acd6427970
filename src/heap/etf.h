// SPDX-License-Identifier: Apache-2.0
// heap/etf.h - terms as External Term Format bytes, and back.
#pragma once
#include "base/buf.h"
#include "heap/heap.h"

typedef struct EtfEncodeOpts {
    unsigned minor_version;   // 0, 1 or 2 (default of OTP 25: 1)
    bool deterministic;
    bool local;
} EtfEncodeOpts;

typedef enum EtfResult {
    ETF_OK,
    ETF_BAD,      // not a term: badarg
    ETF_UNSAFE,   // would create an atom or fun entry and `safe` is on: badarg
    ETF_LIMIT,    // an atom, size or depth limit: system_limit
    ETF_NOMEM,
} EtfResult;

// How the decoder turns names into things that a sandbox may have. For images
// (literals) it interns atoms process-wide; for guests through their books.
typedef struct EtfNames {
    void *context;
    // Atom of UTF-8 text; TERM_NONE with *why set.
    Term (*atom)(void *context, const char *utf8, size_t len, bool safe, EtfResult *why);
    // Fun entry for a NEW_FUN_EXT, or NULL: the fun is then one that raises badfun.
    const struct FunEntry *(*fun)(void *context, Term module, uint32_t index,
                                  const uint8_t uniq[16], uint64_t old_uniq, uint32_t old_index,
                                  uint32_t arity, uint32_t num_free);
    Term node;          // name and creation of this node: such pids become local
    uint32_t creation;
} EtfNames;

// Appends the encoding (version byte 131 first) to out. Iterative; scratch is
// charged to s.
MUST_USE Status etf_encode(Space *s, Term t, const EtfEncodeOpts *o, Buf *out);
// Bytes that etf_encode would write (erlang:external_size).
MUST_USE Status etf_size(Space *s, Term t, const EtfEncodeOpts *o, uint64_t *out);

// Two passes: etf_decode_size checks the whole encoding and finds how many heap
// words it needs; etf_decode builds it at *hp. *used: bytes of the term in the
// input, the version byte included. Compressed terms are inflated to the
// declared size, at most max_bytes.
typedef struct EtfDecoder EtfDecoder;
EtfResult etf_decode_size(Space *s, const uint8_t *bytes, size_t len, bool safe,
                          const EtfNames *names, size_t max_words, size_t *words, size_t *used);
EtfResult etf_decode(Space *s, const uint8_t *bytes, size_t len, bool safe, const EtfNames *names,
                     Term **hp, Term **off, Term *out);
// With s NULL scratch comes from malloc and nothing is charged (image loading);
// binaries of any size then become HEAP_BIN.
