// SPDX-License-Identifier: Apache-2.0
// heap/etf_decode.c - the second pass of decoding: builds what etf_measure.c has
// found to be a term.
//
// The bytes are read once from front to back. What a tuple, list, map or fun
// consists of is placed at once, and each place that waits for its term is put
// in front of those that wait already.

#include <stdlib.h>

#include "base/fiber.h"
#include "heap/binary.h"
#include "heap/bits.h"
#include "heap/etf_int.h"

static Term *take(EtfDecoder *d, size_t words)
{
    Term *at = d->hp;
    d->hp = at + words;
    return at;
}

// Makes places at, at+step, … wait before all others.
static void wait_for(EtfDecoder *d, Term *at, size_t n, size_t step)
{
    Pace work = PACE_START;
    for (size_t i = 0; i + 1 < n; i++, (void)pace(&work, 1))
        at[i * step] = (Term)(at + (i + 1) * step);
    at[(n - 1) * step] = (Term)d->next;
    d->next = at;
}

// ---- names ---------------------------------------------------------------------------

static Term build_atom(EtfDecoder *d, unsigned tag, EtfResult *why)
{
    size_t n = (size_t)etf_must_get(d, etf_has_small_length(tag) ? 1 : 2);
    const uint8_t *text = d->at;
    d->at += n;
    uint8_t utf8[ATOM_MAX_CHARS * 2];
    bool latin1 = tag == ETF_TAG_ATOM || tag == ETF_TAG_SMALL_ATOM;
    if (latin1) {
        size_t len = 0;
        for (size_t i = 0; i < n; i++) len += utf8_put(utf8 + len, text[i]);
        text = utf8;
        n = len;
    }
    return d->names->atom(d->names->context, (const char *)text, n, d->safe, why);
}

static Term build_atom_term(EtfDecoder *d, EtfResult *why)
{
    return build_atom(d, (unsigned)etf_must_get(d, 1), why);
}

static bool is_ours(const EtfDecoder *d, Term node, uint64_t creation)
{
    return node == d->names->node && creation == d->names->creation;
}

static Term build_pid(EtfDecoder *d, unsigned tag, EtfResult *why)
{
    Term node = build_atom_term(d, why);
    if (node == TERM_NONE) return TERM_NONE;
    uint64_t number = etf_must_get(d, 4), serial = etf_must_get(d, 4);
    uint64_t creation = etf_must_get(d, tag == ETF_TAG_PID ? 1 : 4);
    if (is_ours(d, node, creation)) {
        if (number >> 28 == 0) return make_pid(serial << 28 | number);
        *why = ETF_BAD;
        return TERM_NONE;
    }
    Term *at = take(d, 4);
    at[0] = HEADER(BOX_EXT_PID, 3);
    at[1] = node;
    at[2] = creation;
    at[3] = serial << 32 | number;
    return make_boxed(at);
}

static Term build_port(EtfDecoder *d, unsigned tag, EtfResult *why)
{
    Term node = build_atom_term(d, why);
    if (node == TERM_NONE) return TERM_NONE;
    uint64_t number = etf_must_get(d, tag == ETF_TAG_V4_PORT ? 8 : 4);
    uint64_t creation = etf_must_get(d, tag == ETF_TAG_PORT ? 1 : 4);
    if (is_ours(d, node, creation)) {
        if (number >> 28 == 0) return make_port(number);
        *why = ETF_BAD;
        return TERM_NONE;
    }
    Term *at = take(d, 4);
    at[0] = HEADER(BOX_EXT_PORT, 3);
    at[1] = node;
    at[2] = creation;
    at[3] = number;
    return make_boxed(at);
}

static Term build_ref(EtfDecoder *d, unsigned tag, EtfResult *why)
{
    uint64_t n = tag == ETF_TAG_REFERENCE ? 1 : etf_must_get(d, 2), creation = 0;
    Term node = build_atom_term(d, why);
    if (node == TERM_NONE) return TERM_NONE;
    // The oldest format has the creation at its end.
    if (tag != ETF_TAG_REFERENCE)
        creation = etf_must_get(d, tag == ETF_TAG_NEWER_REFERENCE ? 4 : 1);
    uint64_t ids[3] = {0, 0, 0};
    for (uint64_t i = 0; i < n; i++) ids[i / 2] |= etf_must_get(d, 4) << (i % 2 * 32);
    if (tag == ETF_TAG_REFERENCE) creation = etf_must_get(d, 1);

    if (!is_ours(d, node, creation)) {
        Term *at = take(d, 4 + (n + 1) / 2);
        at[0] = HEADER(BOX_EXT_REF, 3 + (n + 1) / 2);
        at[1] = node;
        at[2] = creation;
        at[3] = n;
        for (uint64_t i = 0; i < (n + 1) / 2; i++) at[4 + i] = ids[i];
        return make_boxed(at);
    }
    if (n == 0 || n > 3 || (uint32_t)ids[0] >> 18 != 0) {
        *why = ETF_BAD;
        return TERM_NONE;
    }
    Term *at = take(d, REF_WORDS);
    at[0] = HEADER(BOX_REF, REF_WORDS - 1);
    at[1] = ids[0];
    at[2] = ids[1];
    return make_boxed(at);
}

// ---- numbers, bytes --------------------------------------------------------------------

static Term build_big(EtfDecoder *d, unsigned tag, int64_t *budget)
{
    size_t n = (size_t)etf_must_get(d, etf_has_small_length(tag) ? 1 : 4);
    bool negative = etf_must_get(d, 1) != 0;
    const uint8_t *bytes = d->at;
    d->at += n;
    *budget -= (int64_t)(n / 16);
    for (Pace work = PACE_START; n > 0 && bytes[n - 1] == 0; (void)pace(&work, 1)) n--;  // T3
    if (n <= 8) {
        uint64_t v = 0;
        memcpy(&v, bytes, n);
        if (v <= (uint64_t)SMALL_MAX + negative)
            return make_small(negative ? -(int64_t)v : (int64_t)v);
    }
    size_t limbs = BYTES_TO_WORDS(n);
    Term *at = take(d, 1 + limbs);
    at[0] = HEADER(negative ? BOX_NEG_BIG : BOX_POS_BIG, limbs);
    at[limbs] = 0;
    paced_copy(at + 1, bytes, n);
    return make_boxed(at);
}

static Term build_float(EtfDecoder *d, unsigned tag)
{
    double v = 0;
    if (tag == ETF_TAG_FLOAT) {
        (void)etf_float_text(d->at, &v);
        d->at += 31;
    } else {
        uint64_t raw = etf_must_get(d, 8);
        memcpy(&v, &raw, sizeof v);
    }
    return make_float(take(d, FLOAT_WORDS), v);
}

static Term build_string(EtfDecoder *d, int64_t *budget)
{
    size_t n = (size_t)etf_must_get(d, 2);
    if (n == 0) return TERM_NIL;
    Term *at = take(d, 2 * n);
    if (n >= 4096) (void)pause_point();
    for (size_t i = 0; i < n; i++) {
        at[2 * i] = make_small(d->at[i]);
        at[2 * i + 1] = make_cons(at + 2 * i + 2);
    }
    at[2 * n - 1] = TERM_NIL;
    d->at += n;
    *budget -= (int64_t)(n / 8);
    return make_cons(at);
}

static Term build_binary(EtfDecoder *d, unsigned tag, int64_t *budget, EtfResult *why)
{
    size_t n = (size_t)etf_must_get(d, 4);
    unsigned bits = tag == ETF_TAG_BIT_BINARY ? (unsigned)etf_must_get(d, 1) : 8;
    Term *sub = bits % 8 != 0 ? take(d, SUB_BITS_WORDS) : NULL;
    uint8_t *to;
    Term t;
    if (etf_is_refc(d, n)) {
        BinData *data = bin_data_new(d->space, n);
        if (data == NULL) {
            *why = ETF_NOMEM;
            return TERM_NONE;
        }
        to = data->bytes;
        t = refc_bin_at(take(d, REFC_BIN_WORDS), &d->off, data, n);
    } else {
        t = heap_bin_at(take(d, HEAP_BIN_WORDS(n)), n, &to);
    }
    paced_copy(to, d->at, n);
    d->at += n;
    *budget -= (int64_t)(n / 16);
    if (sub == NULL) return t;
    to[n - 1] &= (uint8_t)(0xFF00u >> bits);
    return sub_bits_at(sub, t, 0, n * 8 - (8 - bits));
}

// ---- values with parts --------------------------------------------------------------------

static Term build_tuple(EtfDecoder *d, unsigned tag, int64_t *budget)
{
    size_t n = (size_t)etf_must_get(d, tag == ETF_TAG_SMALL_TUPLE ? 1 : 4);
    Term *at = take(d, 1 + n);
    at[0] = TUPLE_HEADER(n);
    if (n > 0) wait_for(d, at + 1, n, 1);
    *budget -= (int64_t)(n / 16);
    return make_boxed(at);
}

static Term build_list(EtfDecoder *d, Term *slot, int64_t *budget)
{
    size_t n = (size_t)etf_must_get(d, 4);
    if (n == 0) {
        // No elements: the list is its tail.
        wait_for(d, slot, 1, 1);
        return TERM_NONE;
    }
    Term *at = take(d, 2 * n);
    Pace work = PACE_START;
    for (size_t i = 1; i < n; i++, (void)pace(&work, 1)) at[2 * i - 1] = make_cons(at + 2 * i);
    wait_for(d, at + 2 * n - 1, 1, 1);
    wait_for(d, at, n, 2);
    *budget -= (int64_t)(n / 8);
    return make_cons(at);
}

static Term build_map(EtfDecoder *d, Term *slot, int64_t *budget)
{
    size_t n = (size_t)etf_must_get(d, 4);
    if (n > FLAT_MAP_MAX) {
        Term *record = take(d, ETF_LARGE_MAP_RECORD + 2 * n);
        record[0] = MAP_HEADER(MAP_HEAD, 0, n);
        record[1] = (Term)d->maps;
        record[2] = (Term)slot;
        d->maps = record;
        wait_for(d, record + ETF_LARGE_MAP_RECORD, 2 * n, 1);
        *budget -= (int64_t)(n / 8);
        return TERM_NONE;  // the place stays empty until etf_finish_map
    }
    Term *at = take(d, FLAT_MAP_WORDS(n) + 1 + n), *keys = at + FLAT_MAP_WORDS(n);
    at[0] = MAP_HEADER(MAP_FLAT, 0, n + 1);
    keys[0] = TUPLE_HEADER(n);
    if (n == 0) {
        at[1] = make_boxed(keys);
        return make_boxed(at);
    }
    at[1] = (Term)d->maps;
    d->maps = at;
    for (size_t i = n; i > 0; i--) {
        wait_for(d, at + 1 + i, 1, 1);
        wait_for(d, keys + i, 1, 1);
    }
    return make_boxed(at);
}

static Term build_fun(EtfDecoder *d, EtfResult *why)
{
    int64_t old_index = 0, old_uniq = 0;
    d->at += 4;  // the size
    uint32_t arity = (uint32_t)etf_must_get(d, 1);
    const uint8_t *uniq = d->at;
    d->at += 16;
    uint32_t index = (uint32_t)etf_must_get(d, 4), num_free = (uint32_t)etf_must_get(d, 4);
    Term module = build_atom_term(d, why);
    if (module == TERM_NONE) return TERM_NONE;
    (void)etf_read_small(d, &old_index);
    (void)etf_read_small(d, &old_uniq);
    Fun *f = (Fun *)take(d, FUN_WORDS(num_free));
    f->header = HEADER(BOX_FUN, 2 + num_free);
    f->entry = d->names->fun(d->names->context, module, index, uniq, (uint32_t)old_uniq,
                             (uint32_t)old_index, arity, num_free);
    if (f->entry == NULL) {
        *why = ETF_BAD;
        return TERM_NONE;
    }
    wait_for(d, &f->creator, 1 + num_free, 1);
    return make_boxed((Term *)f);
}

static Term build_export(EtfDecoder *d, EtfResult *why)
{
    int64_t arity = 0;
    Term module = build_atom_term(d, why), function;
    if (module == TERM_NONE || (function = build_atom_term(d, why)) == TERM_NONE) return TERM_NONE;
    (void)etf_read_small(d, &arity);
    bool (*known)(void *, Term, Term, uint64_t) = d->names->export_known;
    if (d->safe && known != NULL && !known(d->names->context, module, function, (uint64_t)arity)) {
        *why = ETF_UNSAFE;
        return TERM_NONE;
    }
    Term *at = take(d, 4);
    at[0] = HEADER(BOX_EXPORT, 3);
    at[1] = module;
    at[2] = function;
    at[3] = make_small(arity);
    return make_boxed(at);
}

// The term for *slot; TERM_NONE: *why says why not, or (ETF_OK) the place waits
// for something else.
static Term build_term(EtfDecoder *d, Term *slot, int64_t *budget, EtfResult *why)
{
    unsigned tag = (unsigned)etf_must_get(d, 1);
    switch (tag) {
    case ETF_TAG_SMALL_INTEGER: return make_small((int64_t)etf_must_get(d, 1));
    case ETF_TAG_INTEGER: return make_small((int32_t)(uint32_t)etf_must_get(d, 4));
    case ETF_TAG_SMALL_BIG:
    case ETF_TAG_LARGE_BIG: return build_big(d, tag, budget);
    case ETF_TAG_FLOAT:
    case ETF_TAG_NEW_FLOAT: return build_float(d, tag);
    case ETF_TAG_NIL: return TERM_NIL;
    case ETF_TAG_STRING: return build_string(d, budget);
    case ETF_TAG_LIST: return build_list(d, slot, budget);
    case ETF_TAG_SMALL_TUPLE:
    case ETF_TAG_LARGE_TUPLE: return build_tuple(d, tag, budget);
    case ETF_TAG_MAP: return build_map(d, slot, budget);
    case ETF_TAG_BINARY:
    case ETF_TAG_BIT_BINARY: return build_binary(d, tag, budget, why);
    case ETF_TAG_PID:
    case ETF_TAG_NEW_PID: return build_pid(d, tag, why);
    case ETF_TAG_PORT:
    case ETF_TAG_NEW_PORT:
    case ETF_TAG_V4_PORT: return build_port(d, tag, why);
    case ETF_TAG_REFERENCE:
    case ETF_TAG_NEW_REFERENCE:
    case ETF_TAG_NEWER_REFERENCE: return build_ref(d, tag, why);
    case ETF_TAG_NEW_FUN: return build_fun(d, why);
    case ETF_TAG_EXPORT: return build_export(d, why);
    default: return build_atom(d, tag, why);
    }
}

// ---- both passes -------------------------------------------------------------------------------

static void decoder_init(EtfDecoder *d, Space *s, const uint8_t *bytes, size_t len, bool safe,
                         const EtfNames *names, size_t max_words)
{
    *d = (EtfDecoder){.arena = s == NULL ? NULL : &s->arena,
                      .space = s,
                      .names = names,
                      .bytes = bytes,
                      .bytes_end = bytes + len,
                      .at = bytes,
                      .end = bytes + len,
                      .safe = safe,
                      .max_words = max_words,
                      .bounds = {UINT64_MAX, UINT64_MAX}};
}

void etf_decoder_bound(EtfDecoder *d, const EtfBounds *b)
{
    d->bounds = *b;
    uint64_t words = b->bytes / sizeof(Term);
    d->large = words < d->max_words;
    if (d->large) d->max_words = words;
}

uint64_t etf_decoder_depth(const EtfDecoder *d) { return d->deepest; }

static void decoder_clear(EtfDecoder *d)
{
    etf_inflate_free(d);
    etf_trie_free(d);
    if (d->levels != NULL) arena_free(d->arena, d->levels, d->cap_levels * sizeof *d->levels);
    d->levels = NULL;
    off_release_all(d->space, d->off);
    d->off = NULL;
}

static EtfResult begin(EtfDecoder *d)
{
    uint64_t version;
    if (!etf_get(d, 1, &version) || version != ETF_VERSION || etf_left(d) == 0) return ETF_BAD;
    d->terms = d->at;
    d->phase = ETF_MEASURING;
    d->pending = 1;
    if (*d->at == ETF_TAG_COMPRESSED) {
        d->at++;
        d->phase = ETF_INFLATING;
    }
    return ETF_OK;
}

EtfResult etf_decoder_measure(EtfDecoder *d, int64_t *budget, size_t *words, size_t *used)
{
    EtfResult r = ETF_OK;
    if (d->phase == ETF_BEGIN) r = begin(d);
    if (r == ETF_OK && d->phase == ETF_INFLATING) {
        r = etf_inflate_run(d, budget);
        if (r == ETF_OK) d->phase = ETF_MEASURING;
    }
    if (r == ETF_OK && d->phase == ETF_MEASURING) {
        r = etf_measure(d, budget);
        if (r == ETF_OK) d->phase = ETF_MEASURED;
    }
    if (r != ETF_OK) return r;
    if (d->inflate == NULL) d->used = (size_t)(d->at - d->bytes);
    *words = d->words;
    *used = d->used;
    return ETF_OK;
}

static EtfResult build_all(EtfDecoder *d, int64_t *budget)
{
    EtfResult why = ETF_OK;
    Pace work = PACE_START;
    while (d->next != NULL) {
        if (--*budget < 0) return ETF_MORE;
        (void)pace(&work, 8);
        Term *slot = d->next;
        d->next = (Term *)*slot;
        Term t = build_term(d, slot, budget, &why);
        if (t != TERM_NONE) *slot = t;
        else if (why != ETF_OK) return why;
    }
    while (d->maps != NULL) {
        // Not counted down yet: a large map goes on only while some of it is left.
        if (*budget <= 0) return ETF_MORE;
        Term *next = (Term *)d->maps[1];
        EtfResult r = etf_finish_map(d, d->maps, budget);
        if (r != ETF_OK) return r;
        d->maps = next;
        --*budget;
    }
    return ETF_OK;
}

EtfResult etf_decoder_build(EtfDecoder *d, int64_t *budget, Term *at, Heap *heap, Term **end,
                            Term **off, Term *out)
{
    if (d->phase == ETF_MEASURED) {
        d->phase = ETF_BUILDING;
        d->at = d->terms;
        d->hp = at;
        d->hp_end = at + d->words;
        d->heap = heap;
        d->next = &d->root;
        d->root = 0;
    }
    EtfResult r = build_all(d, budget);
    if (r != ETF_OK) return r;
    while (d->off != NULL) {
        Term *object = d->off;
        d->off = (Term *)object[4];
        if (heap != NULL) heap->off_bytes += ((RefcBin *)object)->size;
        off_link(off, object);
    }
    *end = d->hp;
    *out = d->root;
    return ETF_OK;
}

EtfDecoder *etf_decoder_new(Space *s, const uint8_t *bytes, size_t len, bool safe,
                            const EtfNames *names, size_t max_words)
{
    EtfDecoder *d = arena_alloc(s == NULL ? NULL : &s->arena, sizeof *d);
    if (d != NULL) decoder_init(d, s, bytes, len, safe, names, max_words);
    return d;
}

void etf_decoder_free(EtfDecoder *d)
{
    if (d == NULL) return;
    decoder_clear(d);
    arena_free(d->arena, d, sizeof *d);
}

// Terms between two pause points.
enum { WHOLE_BUDGET = 2000 };

// All of the work at once, but for pause points.
static EtfResult measure_whole(EtfDecoder *d, size_t *words, size_t *used)
{
    EtfResult r;
    do {
        int64_t budget = WHOLE_BUDGET;
        r = etf_decoder_measure(d, &budget, words, used);
        if (r == ETF_MORE && !pause_point()) r = ETF_NOMEM;
    } while (r == ETF_MORE);
    return r;
}

EtfResult etf_decode_size(Space *s, const uint8_t *bytes, size_t len, bool safe,
                          const EtfNames *names, size_t max_words, size_t *words, size_t *used)
{
    EtfDecoder d;
    decoder_init(&d, s, bytes, len, safe, names, max_words);
    EtfResult r = measure_whole(&d, words, used);
    decoder_clear(&d);
    return r;
}

EtfResult etf_decode(Space *s, const uint8_t *bytes, size_t len, bool safe, const EtfNames *names,
                     Term **hp, Term **off, Term *out)
{
    EtfDecoder d;
    size_t words, used;
    decoder_init(&d, s, bytes, len, safe, names, SIZE_MAX);
    EtfResult r = measure_whole(&d, &words, &used);
    Term *end;
    while (r == ETF_OK) {
        int64_t budget = WHOLE_BUDGET;
        r = etf_decoder_build(&d, &budget, *hp, NULL, &end, off, out);
        if (r != ETF_MORE) break;
        r = pause_point() ? ETF_OK : ETF_NOMEM;
    }
    if (r == ETF_OK) *hp = end;
    decoder_clear(&d);
    return r;
}
