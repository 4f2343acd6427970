// SPDX-License-Identifier: Apache-2.0
// beam/etf.c - heads of terms in external format; see etf.h.

#include "beam/etf.h"
#include "base/fiber.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FLOAT_TEXT 31u  // bytes of the old float, text padded with zeros

typedef struct Bytes {
    const uint8_t *at;
    const uint8_t *end;
} Bytes;

static size_t left(const Bytes *b) { return (size_t)(b->end - b->at); }

// A big-endian number of n bytes, n <= 8.
static bool number(Bytes *b, unsigned n, uint64_t *out)
{
    if (left(b) < n) return false;
    uint64_t v = 0;
    for (unsigned i = 0; i < n; i++) v = v << 8 | b->at[i];
    b->at += n;
    *out = v;
    return true;
}

static bool number32(Bytes *b, unsigned n, uint32_t *out)
{
    uint64_t v;
    if (!number(b, n, &v)) return false;
    *out = (uint32_t)v;
    return true;
}

static bool data(Bytes *b, size_t size, EtfTerm *t)
{
    if (left(b) < size) return false;
    t->data = b->at;
    t->size = size;
    b->at += size;
    return true;
}

// A count of n bytes, then as many bytes.
static bool counted_data(Bytes *b, unsigned n, EtfTerm *t)
{
    uint64_t size;
    return number(b, n, &size) && data(b, size, t);
}

// A count of n bytes times `each` children and `more`.
static bool children(Bytes *b, unsigned n, uint64_t each, uint64_t more, EtfTerm *t)
{
    uint64_t count;
    if (!number(b, n, &count)) return false;
    t->children = count * each + more;
    return true;
}

static bool big(Bytes *b, unsigned n, EtfTerm *t)
{
    uint64_t size, sign;
    t->kind = ETF_BIG;
    if (!number(b, n, &size) || !number(b, 1, &sign)) return false;
    t->negative = sign != 0;
    return data(b, size, t);
}

static bool bit_binary(Bytes *b, EtfTerm *t)
{
    uint64_t size, bits;
    t->kind = ETF_BINARY;
    if (!number(b, 4, &size) || !number(b, 1, &bits)) return false;
    if (bits > 8 || (size == 0) != (bits == 0)) return false;
    t->bits = (uint8_t)bits;
    return data(b, size, t);
}

static bool new_float(Bytes *b, EtfTerm *t)
{
    uint64_t bits;
    t->kind = ETF_FLOAT;
    if (!number(b, 8, &bits)) return false;
    memcpy(&t->f, &bits, sizeof t->f);
    return isfinite(t->f);
}

static bool text_float(Bytes *b, EtfTerm *t)
{
    t->kind = ETF_FLOAT;
    if (left(b) < FLOAT_TEXT) return false;
    char text[FLOAT_TEXT + 1];
    memcpy(text, b->at, FLOAT_TEXT);
    text[FLOAT_TEXT] = 0;
    b->at += FLOAT_TEXT;
    char *end;
    t->f = strtod(text, &end);
    return end != text && *end == 0 && isfinite(t->f);
}

static bool atom(Bytes *b, uint8_t tag, EtfTerm *t)
{
    t->kind = ETF_ATOM;
    t->latin1 = tag == ETF_TAG_ATOM || tag == ETF_TAG_SMALL_ATOM;
    bool small = tag == ETF_TAG_SMALL_ATOM || tag == ETF_TAG_SMALL_ATOM_UTF8;
    return counted_data(b, small ? 1 : 2, t) && t->size <= 255 * 4;
}

static bool is_atom_tag(uint8_t tag)
{
    return tag == ETF_TAG_ATOM || tag == ETF_TAG_SMALL_ATOM || tag == ETF_TAG_ATOM_UTF8 ||
           tag == ETF_TAG_SMALL_ATOM_UTF8;
}

// The node of a pid, port or reference is an atom term inside of the head.
static bool node(Bytes *b, EtfTerm *t)
{
    if (left(b) < 1) return false;
    uint8_t tag = *b->at++;
    EtfTerm name = {0};
    if (!is_atom_tag(tag) || !atom(b, tag, &name)) return false;
    t->node = name.data;
    t->node_size = name.size;
    t->latin1 = name.latin1;
    return true;
}

static bool pid(Bytes *b, unsigned creation, EtfTerm *t)
{
    uint64_t id;
    t->kind = ETF_PID;
    if (!node(b, t) || !number(b, 4, &id)) return false;
    t->i = (int64_t)id;
    return number32(b, 4, &t->serial) && number32(b, creation, &t->creation);
}

static bool port(Bytes *b, unsigned id_size, unsigned creation, EtfTerm *t)
{
    uint64_t id;
    t->kind = ETF_PORT;
    if (!node(b, t) || !number(b, id_size, &id)) return false;
    t->i = (int64_t)id;
    return number32(b, creation, &t->creation);
}

static bool old_reference(Bytes *b, EtfTerm *t)
{
    t->kind = ETF_REF;
    return node(b, t) && data(b, 4, t) && number32(b, 1, &t->creation);
}

static bool reference(Bytes *b, unsigned creation, EtfTerm *t)
{
    uint64_t words;
    t->kind = ETF_REF;
    if (!number(b, 2, &words) || words == 0 || words > 5) return false;
    return node(b, t) && number32(b, creation, &t->creation) && data(b, words * 4, t);
}

// size, arity, unique value (16), index (4), number of free variables (4); then
// module, old index, old unique value, pid and the free variables.
static bool new_fun(Bytes *b, EtfTerm *t)
{
    uint64_t size;
    t->kind = ETF_FUN;
    if (left(b) < 4) return false;
    const uint8_t *start = b->at;
    if (!number(b, 4, &size) || size > (size_t)(b->end - start) || left(b) < 21) return false;
    b->at += 21;
    return children(b, 4, 1, 4, t);
}

static bool small_number(Bytes *b, EtfTerm *t)
{
    uint64_t v;
    if (!number(b, 1, &v)) return false;
    t->i = (int64_t)v;
    return true;
}

static bool word_number(Bytes *b, EtfTerm *t)
{
    uint64_t v;
    if (!number(b, 4, &v)) return false;
    t->i = (int32_t)(uint32_t)v;
    return true;
}

static bool head(Bytes *b, EtfTerm *t)
{
    switch (t->tag) {
    case ETF_TAG_SMALL_INTEGER: t->kind = ETF_INT; return small_number(b, t);
    case ETF_TAG_INTEGER: t->kind = ETF_INT; return word_number(b, t);
    case ETF_TAG_SMALL_BIG: return big(b, 1, t);
    case ETF_TAG_LARGE_BIG: return big(b, 4, t);
    case ETF_TAG_NEW_FLOAT: return new_float(b, t);
    case ETF_TAG_FLOAT: return text_float(b, t);
    case ETF_TAG_ATOM:
    case ETF_TAG_SMALL_ATOM:
    case ETF_TAG_ATOM_UTF8:
    case ETF_TAG_SMALL_ATOM_UTF8: return atom(b, t->tag, t);
    case ETF_TAG_NIL: t->kind = ETF_NIL; return true;
    case ETF_TAG_STRING: t->kind = ETF_STRING; return counted_data(b, 2, t);
    case ETF_TAG_BINARY: t->kind = ETF_BINARY; return counted_data(b, 4, t);
    case ETF_TAG_BIT_BINARY: return bit_binary(b, t);
    case ETF_TAG_SMALL_TUPLE: t->kind = ETF_TUPLE; return children(b, 1, 1, 0, t);
    case ETF_TAG_LARGE_TUPLE: t->kind = ETF_TUPLE; return children(b, 4, 1, 0, t);
    case ETF_TAG_LIST: t->kind = ETF_LIST; return children(b, 4, 1, 1, t);
    case ETF_TAG_MAP: t->kind = ETF_MAP; return children(b, 4, 2, 0, t);
    case ETF_TAG_PID: return pid(b, 1, t);
    case ETF_TAG_NEW_PID: return pid(b, 4, t);
    case ETF_TAG_PORT: return port(b, 4, 1, t);
    case ETF_TAG_NEW_PORT: return port(b, 4, 4, t);
    case ETF_TAG_V4_PORT: return port(b, 8, 4, t);
    case ETF_TAG_REFERENCE: return old_reference(b, t);
    case ETF_TAG_NEW_REFERENCE: return reference(b, 1, t);
    case ETF_TAG_NEWER_REFERENCE: return reference(b, 4, t);
    case ETF_TAG_NEW_FUN: return new_fun(b, t);
    case ETF_TAG_FUN: t->kind = ETF_FUN; return children(b, 4, 1, 4, t);
    case ETF_TAG_EXPORT:
        t->kind = ETF_EXPORT;
        t->children = 3;
        return true;
    default: return false;
    }
}

Status etf_head(const uint8_t **at, const uint8_t *end, EtfTerm *out)
{
    if (*at == end) return ST_FORMAT;
    *out = (EtfTerm){.tag = **at, .bits = 8};
    Bytes b = {*at + 1, end};
    if (!head(&b, out)) return ST_FORMAT;
    *at = b.at;
    return ST_OK;
}

Status etf_skip_term(const uint8_t **at, const uint8_t *end)
{
    uint64_t pending = 1;
    for (Pace work = PACE_START; pending > 0; (void)pace(&work, 4)) {
        EtfTerm t;
        TRY(etf_head(at, end, &t));
        pending += t.children - 1;
        // A term has at least one byte, so this bounds the counter too.
        if (pending > (uint64_t)(end - *at)) return ST_FORMAT;
    }
    return ST_OK;
}

Status etf_skip(const uint8_t *bytes, size_t size, size_t *used)
{
    if (size < 2 || bytes[0] != ETF_VERSION) return ST_FORMAT;
    const uint8_t *at = bytes + 1;
    TRY(etf_skip_term(&at, bytes + size));
    *used = (size_t)(at - bytes);
    return ST_OK;
}
