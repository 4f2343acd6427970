// SPDX-License-Identifier: Apache-2.0
// heap/etf_int.h - the decoder, for the files etf_measure.c, etf_decode.c,
// etf_maps.c and etf_inflate.c.
#pragma once
#include "beam/etf.h"
#include "heap/etf.h"

typedef struct EtfInflate EtfInflate;  // etf_inflate.c
typedef struct EtfTrie EtfTrie;        // etf_maps.c

struct EtfDecoder {
    Arena *arena;  // NULL: scratch from malloc, all binaries on the heap
    Space *space;
    const EtfNames *names;
    const uint8_t *bytes, *bytes_end;  // the input
    const uint8_t *terms;              // the term without version byte (inflated)
    const uint8_t *at, *end;           // what is left to read of it
    bool safe;

    EtfInflate *inflate;
    enum { ETF_BEGIN, ETF_INFLATING, ETF_MEASURING, ETF_MEASURED, ETF_BUILDING } phase;
    uint64_t pending;  // terms to come (measuring)
    size_t words, max_words, used;
    EtfBounds bounds;
    bool large;  // max_words is that of the bounds
    // While a bound on the depth holds (measuring): for each level that is open, how many terms
    // are to come of it, times two; odd: it is a list. deepest: the most levels so far.
    uint64_t *levels;
    size_t num_levels, cap_levels, deepest;

    // Places on the heap that wait for a term, in the order of the bytes, are
    // linked through themselves: each holds the address of the next.
    Term *next;
    Term root;
    Term *hp, *hp_end;
    Term *off;  // off-heap objects built so far
    // Maps whose pairs have been placed, the last begun first, so that a map
    // that is a key is finished before the map that it is a key of. A record is
    //   a flat map       [header][next record][values…]   keys follow
    //   a large one      [header][next record][place waiting for the map][pairs…]
    Term *maps;
    EtfTrie *trie;  // the large map that is being finished
    Heap *heap;
};
#define ETF_LARGE_MAP_RECORD 3

// Words that the inner nodes of a HAMT of n leaves may take. A random trie needs
// about 1.7 n; keys made to collide may need more.
static inline size_t etf_node_words(size_t n) { return 5 * n / 2 + 100; }

// ---- reading: nothing is read when the input is too short ---------------------------
static inline size_t etf_left(const EtfDecoder *d) { return (size_t)(d->end - d->at); }

static inline bool etf_get(EtfDecoder *d, unsigned n, uint64_t *v)
{
    if (etf_left(d) < n) return false;
    uint64_t x = 0;
    for (unsigned i = 0; i < n; i++) x = x << 8 | d->at[i];
    d->at += n;
    *v = x;
    return true;
}
// When measuring has proven that it is there.
static inline uint64_t etf_must_get(EtfDecoder *d, unsigned n)
{
    uint64_t v = 0;
    (void)etf_get(d, n, &v);
    return v;
}

static inline bool etf_is_atom_tag(unsigned tag)
{
    return tag == ETF_TAG_ATOM || tag == ETF_TAG_SMALL_ATOM || tag == ETF_TAG_ATOM_UTF8 ||
           tag == ETF_TAG_SMALL_ATOM_UTF8;
}
static inline bool etf_has_small_length(unsigned tag)
{
    return tag == ETF_TAG_SMALL_ATOM || tag == ETF_TAG_SMALL_ATOM_UTF8 || tag == ETF_TAG_SMALL_BIG;
}
// Is a binary of so many bytes built outside of the heap?
static inline bool etf_is_refc(const EtfDecoder *d, uint64_t bytes)
{
    return d->space != NULL && bytes > HEAP_BIN_MAX;
}

// An integer term of at most 60 bits; false: none, or cut short.
bool etf_read_small(EtfDecoder *d, int64_t *v);
// The text of an old float; false: it is none.
bool etf_float_text(const uint8_t text[31], double *out);

// ---- the parts ----------------------------------------------------------------------
EtfResult etf_measure(EtfDecoder *d, int64_t *budget);
EtfResult etf_inflate_run(EtfDecoder *d, int64_t *budget);
void etf_inflate_free(EtfDecoder *d);
// Sorts and links what the map of a record consists of. ETF_BAD: a key occurs
// twice. ETF_MORE: to be called again with the same record.
EtfResult etf_finish_map(EtfDecoder *d, Term *record, int64_t *budget);
void etf_trie_free(EtfDecoder *d);
