// SPDX-License-Identifier: Apache-2.0
// heap/etf_measure.c - the first pass of decoding: is it a term, and how many
// heap words will it need?
//
// Only what the bytes say by themselves is checked here. What depends on the
// node or on names (is that pid ours? is the atom known?) is left to the second
// pass; the words counted are enough for either answer.

#include <math.h>
#include <stdlib.h>

#include "heap/bits.h"
#include "heap/etf_int.h"

bool etf_float_text(const uint8_t text[31], double *out)
{
    // Digits, a point, digits, perhaps an exponent: no more and no less.
    char copy[32];
    memcpy(copy, text, 31);
    copy[31] = 0;
    const char *p = copy;
    if (*p == '+' || *p == '-') p++;
    const char *digits = p;
    while (*p >= '0' && *p <= '9') p++;
    if (p == digits || *p != '.') return false;
    digits = ++p;
    while (*p >= '0' && *p <= '9') p++;
    if (p == digits) return false;
    if (*p == 'e' || *p == 'E') {
        p++;
        if (*p == '+' || *p == '-') p++;
        digits = p;
        while (*p >= '0' && *p <= '9') p++;
        if (p == digits) return false;
    }
    if (*p != 0) return false;
    *out = strtod(copy, NULL);
    return isfinite(*out);
}

bool etf_read_small(EtfDecoder *d, int64_t *v)
{
    uint64_t tag, n, sign;
    if (!etf_get(d, 1, &tag)) return false;
    switch (tag) {
    case ETF_TAG_SMALL_INTEGER: return etf_get(d, 1, (uint64_t *)v);
    case ETF_TAG_INTEGER:
        if (!etf_get(d, 4, &n)) return false;
        *v = (int32_t)(uint32_t)n;
        return true;
    case ETF_TAG_SMALL_BIG:
    case ETF_TAG_LARGE_BIG: {
        if (!etf_get(d, tag == ETF_TAG_SMALL_BIG ? 1 : 4, &n) || !etf_get(d, 1, &sign))
            return false;
        if (etf_left(d) < n) return false;
        uint64_t magnitude = 0;
        for (uint64_t i = 0; i < n; i++) {
            if (i >= 8 && d->at[i] != 0) return false;
            if (i < 8) magnitude |= (uint64_t)d->at[i] << 8 * i;
        }
        if (magnitude > (uint64_t)SMALL_MAX + (sign != 0)) return false;
        d->at += n;
        *v = sign != 0 ? -(int64_t)magnitude : (int64_t)magnitude;
        return true;
    }
    default: return false;
    }
}

static bool skip(EtfDecoder *d, uint64_t n)
{
    if (etf_left(d) < n) return false;
    d->at += n;
    return true;
}

// UTF-8 of at most ATOM_MAX_CHARS characters.
static bool atom_text_is_good(const uint8_t *text, uint64_t n)
{
    unsigned chars = 0;
    for (uint64_t i = 0; i < n; chars++) {
        uint32_t c;
        unsigned bits = text[i] < 0x80 ? 8 : bits_get_utf8(text + i, 0, (n - i) * 8, &c);
        if (bits == 0) return false;
        i += bits / 8;
    }
    return chars <= ATOM_MAX_CHARS;
}

// The rest of an atom behind its tag.
static bool measure_atom(EtfDecoder *d, unsigned tag)
{
    uint64_t n;
    if (!etf_get(d, etf_has_small_length(tag) ? 1 : 2, &n) || etf_left(d) < n) return false;
    const uint8_t *text = d->at;
    d->at += n;
    if (tag == ETF_TAG_ATOM || tag == ETF_TAG_SMALL_ATOM) return n <= ATOM_MAX_CHARS;
    return n <= ATOM_MAX_BYTES && atom_text_is_good(text, n);
}

static bool measure_atom_term(EtfDecoder *d)
{
    uint64_t tag;
    return etf_get(d, 1, &tag) && etf_is_atom_tag((unsigned)tag) && measure_atom(d, (unsigned)tag);
}

// Node, `fields` bytes, creation. Old formats have a creation of two bits in a byte.
static bool measure_name(EtfDecoder *d, unsigned fields, bool old)
{
    uint64_t creation;
    if (!measure_atom_term(d) || !skip(d, fields)) return false;
    return old ? etf_get(d, 1, &creation) && creation <= 3 : skip(d, 4);
}

// The first word of a reference has 18 bits; the newest format does not insist.
static bool measure_old_ref_word(EtfDecoder *d)
{
    uint64_t word;
    return etf_get(d, 4, &word) && word >> 18 == 0;
}

static bool measure_ref(EtfDecoder *d, unsigned tag)
{
    uint64_t n = 1, creation;
    if (tag == ETF_TAG_REFERENCE) {
        if (!measure_atom_term(d) || !measure_old_ref_word(d)) return false;
        if (!etf_get(d, 1, &creation) || creation > 3) return false;
    } else {
        if (!etf_get(d, 2, &n) || n > 5 || !measure_atom_term(d)) return false;
        if (tag == ETF_TAG_NEWER_REFERENCE) {
            if (!skip(d, 4) || !skip(d, 4 * n)) return false;
        } else {
            if (n == 0 || !etf_get(d, 1, &creation) || creation > 3) return false;
            if (!measure_old_ref_word(d) || !skip(d, 4 * (n - 1))) return false;
        }
    }
    d->words += 4 + (n + 1) / 2;
    return true;
}

static bool measure_big(EtfDecoder *d, unsigned tag)
{
    uint64_t n;
    if (!etf_get(d, etf_has_small_length(tag) ? 1 : 4, &n) || !skip(d, 1) || !skip(d, n))
        return false;
    if (n >= 8) d->words += 1 + BYTES_TO_WORDS(n);
    return true;
}

static bool measure_float(EtfDecoder *d, unsigned tag)
{
    double v;
    d->words += FLOAT_WORDS;
    if (tag == ETF_TAG_FLOAT) {
        const uint8_t *text = d->at;
        return skip(d, 31) && etf_float_text(text, &v);
    }
    uint64_t raw;
    if (!etf_get(d, 8, &raw)) return false;
    memcpy(&v, &raw, sizeof v);
    return isfinite(v);
}

static bool measure_binary(EtfDecoder *d, unsigned tag)
{
    uint64_t n, bits = 8;
    if (!etf_get(d, 4, &n)) return false;
    if (tag == ETF_TAG_BIT_BINARY) {
        if (!etf_get(d, 1, &bits) || bits > 8 || (bits == 0) != (n == 0)) return false;
        if (bits % 8 != 0) d->words += SUB_BITS_WORDS;
    }
    d->words += etf_is_refc(d, n) ? REFC_BIN_WORDS : HEAP_BIN_WORDS(n);
    return skip(d, n);
}

// n terms more: each takes a byte at least.
static bool expect(EtfDecoder *d, uint64_t n)
{
    d->pending += n;
    return d->pending <= etf_left(d);
}

static bool measure_tuple(EtfDecoder *d, unsigned tag)
{
    uint64_t n;
    if (!etf_get(d, tag == ETF_TAG_SMALL_TUPLE ? 1 : 4, &n) || n > TUPLE_MAX_ARITY) return false;
    d->words += 1 + n;
    return expect(d, n);
}

static bool measure_list(EtfDecoder *d)
{
    uint64_t n;
    if (!etf_get(d, 4, &n)) return false;
    d->words += 2 * n;
    return expect(d, n + 1);
}

static bool measure_map(EtfDecoder *d)
{
    uint64_t n;
    if (!etf_get(d, 4, &n)) return false;
    if (n <= FLAT_MAP_MAX) d->words += FLAT_MAP_WORDS(n) + 1 + n;
    else d->words += ETF_LARGE_MAP_RECORD + 2 * n + etf_node_words(n);
    return expect(d, 2 * n);
}

static bool measure_fun(EtfDecoder *d)
{
    uint64_t num_free;
    int64_t number;
    if (!skip(d, 4 + 1 + 16 + 4) || !etf_get(d, 4, &num_free)) return false;
    if (num_free > 255 || !measure_atom_term(d)) return false;
    if (!etf_read_small(d, &number) || !etf_read_small(d, &number)) return false;
    d->words += FUN_WORDS(num_free);
    return expect(d, 1 + num_free);
}

static bool measure_export(EtfDecoder *d)
{
    int64_t arity;
    d->words += 4;
    return measure_atom_term(d) && measure_atom_term(d) && etf_read_small(d, &arity) && arity >= 0;
}

static bool measure_string(EtfDecoder *d)
{
    uint64_t n;
    if (!etf_get(d, 2, &n)) return false;
    d->words += 2 * n;
    return skip(d, n);
}

static bool measure_term(EtfDecoder *d)
{
    uint64_t tag;
    if (!etf_get(d, 1, &tag)) return false;
    switch (tag) {
    case ETF_TAG_SMALL_INTEGER: return skip(d, 1);
    case ETF_TAG_INTEGER: return skip(d, 4);
    case ETF_TAG_SMALL_BIG:
    case ETF_TAG_LARGE_BIG: return measure_big(d, (unsigned)tag);
    case ETF_TAG_FLOAT:
    case ETF_TAG_NEW_FLOAT: return measure_float(d, (unsigned)tag);
    case ETF_TAG_ATOM:
    case ETF_TAG_SMALL_ATOM:
    case ETF_TAG_ATOM_UTF8:
    case ETF_TAG_SMALL_ATOM_UTF8: return measure_atom(d, (unsigned)tag);
    case ETF_TAG_NIL: return true;
    case ETF_TAG_STRING: return measure_string(d);
    case ETF_TAG_LIST: return measure_list(d);
    case ETF_TAG_SMALL_TUPLE:
    case ETF_TAG_LARGE_TUPLE: return measure_tuple(d, (unsigned)tag);
    case ETF_TAG_MAP: return measure_map(d);
    case ETF_TAG_BINARY:
    case ETF_TAG_BIT_BINARY: return measure_binary(d, (unsigned)tag);
    case ETF_TAG_PID: d->words += 4; return measure_name(d, 8, true);
    case ETF_TAG_NEW_PID: d->words += 4; return measure_name(d, 8, false);
    case ETF_TAG_PORT: d->words += 4; return measure_name(d, 4, true);
    case ETF_TAG_NEW_PORT: d->words += 4; return measure_name(d, 4, false);
    case ETF_TAG_V4_PORT: d->words += 4; return measure_name(d, 8, false);
    case ETF_TAG_REFERENCE:
    case ETF_TAG_NEW_REFERENCE:
    case ETF_TAG_NEWER_REFERENCE: return measure_ref(d, (unsigned)tag);
    case ETF_TAG_NEW_FUN: return measure_fun(d);
    case ETF_TAG_EXPORT: return measure_export(d);
    default: return false;
    }
}

// A term begins one level more.
static EtfResult open_level(EtfDecoder *d, uint64_t level)
{
    if (d->num_levels >= d->bounds.depth) return ETF_DEEP;
    if (d->num_levels == d->cap_levels) {
        size_t cap = d->cap_levels == 0 ? 64 : d->cap_levels * 2;
        uint64_t *levels = arena_realloc(d->arena, d->levels, d->cap_levels * sizeof *levels,
                                         cap * sizeof *levels);
        if (levels == NULL) return ETF_NOMEM;
        d->levels = levels;
        d->cap_levels = cap;
    }
    d->levels[d->num_levels++] = level;
    if (d->num_levels > d->deepest) d->deepest = d->num_levels;
    return ETF_OK;
}

// A term of so many parts has begun: the levels that it ends, and the one that it begins.
static EtfResult note_level(EtfDecoder *d, uint64_t parts, bool is_list)
{
    if (d->num_levels > 0) d->levels[d->num_levels - 1] -= 2;
    if (parts == 0) {
        while (d->num_levels > 0 && d->levels[d->num_levels - 1] < 2) d->num_levels--;
        return ETF_OK;
    }
    // The tail of a list.
    if (d->num_levels > 0 && d->levels[d->num_levels - 1] == 1) d->num_levels--;
    return open_level(d, parts * 2 + is_list);
}

EtfResult etf_measure(EtfDecoder *d, int64_t *budget)
{
    bool levels = d->bounds.depth != UINT64_MAX;
    while (d->pending > 0) {
        if (--*budget < 0) return ETF_MORE;
        uint64_t pending = --d->pending;
        bool is_list = etf_left(d) > 0 && *d->at == ETF_TAG_LIST;
        if (!measure_term(d) || d->pending > etf_left(d)) return ETF_BAD;
        if (d->words > d->max_words) return d->large ? ETF_LARGE : ETF_LIMIT;
        EtfResult r = levels ? note_level(d, d->pending - pending, is_list) : ETF_OK;
        if (r != ETF_OK) return r;
    }
    return ETF_OK;
}
