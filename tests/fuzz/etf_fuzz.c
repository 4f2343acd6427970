// SPDX-License-Identifier: Apache-2.0
// Any bytes: decoding them ends, keeps the heap's invariants and stays within
// the memory limit; what decodes encodes to bytes that decode to the same.

#include <stdlib.h>

#include "base/buf.h"
#include "heap/binary.h"
#include "heap/etf.h"
#include "heap/frozen.h"
#include "term/compare.h"
#include "term/fun.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Space space;
static FunEntry entries[256];  // by the number of free variables

static Term name_atom(void *context, const char *utf8, size_t len, bool safe, EtfResult *why)
{
    Term atom;
    Status st = safe ? atom_book_find(&space.atoms, utf8, len, &atom)
                     : atom_book_intern(&space.atoms, utf8, len, &atom);
    if (st == ST_OK) return atom;
    *why = st == ST_NOT_FOUND ? ETF_UNSAFE : st == ST_LIMIT ? ETF_LIMIT : ETF_BAD;
    return TERM_NONE;
}

static const FunEntry *name_fun(void *context, Term module, uint32_t index, const uint8_t uniq[16],
                                uint64_t old_uniq, uint32_t old_index, uint32_t arity,
                                uint32_t num_free)
{
    FunEntry *e = &entries[num_free & 255];
    *e = (FunEntry){.module = AM_ok, .arity = 1, .num_free = num_free};
    return e;
}

static const EtfNames names = {.atom = name_atom, .fun = name_fun, .node = AM_nonode_at_nohost};

// In turns of `step`; TERM_NONE: refused.
static Term decode(Heap *h, const uint8_t *bytes, size_t len, bool safe, int64_t step)
{
    EtfDecoder *d = etf_decoder_new(&space, bytes, len, safe, &names, 1 << 20);
    if (d == NULL) return TERM_NONE;
    size_t words, used;
    EtfResult r;
    int64_t budget;
    do {
        budget = step;
        r = etf_decoder_measure(d, &budget, &words, &used);
    } while (r == ETF_MORE);
    if (r == ETF_OK && used > len) abort();
    Term out = TERM_NONE, *end, *at = r == ETF_OK ? heap_alloc(h, words) : NULL;
    while (at != NULL && r != ETF_BAD) {
        budget = step;
        r = etf_decoder_build(d, &budget, at, h, &end, &h->off, &out);
        if (r != ETF_MORE) break;
    }
    etf_decoder_free(d);
    return at != NULL && r == ETF_OK ? out : TERM_NONE;
}

static void check(Heap *h, Term *t)
{
    RootSpan span = {t, 2};
    Roots roots = {&span, 1};
    if (heap_check(h, &roots) != NULL) abort();
    if (heap_collect(h, 0, true, &roots) == ST_OK && heap_check(h, &roots) != NULL) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2 || frozen_init() != ST_OK || atom_table_init() != ST_OK) return 0;
    space_init(&space, 16 << 20, 1000, NULL);
    Heap h;
    if (heap_init(&h, &space, HEAP_DEFAULT_WORDS) != ST_OK) abort();
    Term t[2] = {TERM_NIL, TERM_NIL};
    t[0] = decode(&h, data + 1, size - 1, (data[0] & 1) != 0, 1 + data[0] % 16);
    if (t[0] != TERM_NONE) {
        check(&h, t);
        EtfEncodeOpts o = {.minor_version = 1 + data[0] % 2, .deterministic = (data[0] & 4) != 0};
        Buf out;
        buf_init(&out);
        if (etf_encode(&space, t[0], &o, &out) == ST_OK) {
            t[1] = decode(&h, out.data, out.len, true, ETF_NO_BUDGET);
            if (t[1] != TERM_NONE && !equal_exact(t[0], t[1])) abort();
            if (t[1] == TERM_NONE) t[1] = TERM_NIL;
            check(&h, t);
        }
        buf_clear(&out);
    }
    heap_clear(&h);
    if (space.binary_bytes != 0) abort();
    space_clear(&space);
    return 0;
}
