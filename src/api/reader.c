// SPDX-License-Identifier: Apache-2.0
// api/reader.c - taking terms in External Term Format apart.
//
// A list of bytes has a form of its own in the format (STRING). The reader shows it as any
// other list: `string_left` elements are raw bytes at `at`, and behind the last one comes a
// tail that has no bytes (in_string stays set until apex_get_nil).
#include <stdlib.h>
#include <string.h>

#include "api/handle.h"
#include "base/buf.h"
#include "beam/etf.h"

ApexStatus apex_reader_init(ApexReader *reader, const void *term, size_t len)
{
    if (reader == NULL) return APEX_EINVAL;
    *reader = (ApexReader){0};
    if (term == NULL) return APEX_EINVAL;
    const uint8_t *bytes = term;
    if (len < 1 || bytes[0] != ETF_VERSION) return APEX_EFORMAT;
    reader->at = bytes + 1;
    reader->end = bytes + len;
    return APEX_OK;
}

// The head of what follows, outside of lists of bytes.
static ApexStatus head(const ApexReader *r, EtfTerm *t, const uint8_t **next)
{
    if (r == NULL || r->at == NULL) return APEX_EINVAL;
    if (r->in_string || r->at == r->end) return APEX_EINVAL;
    *next = r->at;
    return etf_head(next, r->end, t) == ST_OK ? APEX_OK : APEX_EFORMAT;
}

// The same for a value of one of two kinds; the reader moves behind its head.
static ApexStatus take(ApexReader *r, EtfKind kind, EtfKind other, EtfTerm *t)
{
    const uint8_t *next;
    ApexStatus st = head(r, t, &next);
    if (st != APEX_OK) return st;
    if (t->kind != kind && t->kind != other) return APEX_EINVAL;
    r->at = next;
    return APEX_OK;
}

static ApexType type_of(const EtfTerm *t)
{
    switch ((EtfKind)t->kind) {
    case ETF_INT:
    case ETF_BIG: return APEX_TYPE_INTEGER;
    case ETF_FLOAT: return APEX_TYPE_FLOAT;
    case ETF_ATOM: return APEX_TYPE_ATOM;
    case ETF_NIL: return APEX_TYPE_NIL;
    case ETF_STRING: return t->size == 0 ? APEX_TYPE_NIL : APEX_TYPE_LIST;
    case ETF_BINARY: return t->bits == 8 ? APEX_TYPE_BINARY : APEX_TYPE_BITSTRING;
    case ETF_TUPLE: return APEX_TYPE_TUPLE;
    case ETF_LIST: return APEX_TYPE_LIST;
    case ETF_MAP: return APEX_TYPE_MAP;
    case ETF_PID: return APEX_TYPE_PID;
    case ETF_PORT: return APEX_TYPE_PORT;
    case ETF_REF: return APEX_TYPE_REFERENCE;
    case ETF_FUN:
    case ETF_EXPORT: return APEX_TYPE_FUN;
    }
    return APEX_TYPE_BAD;
}

ApexType apex_peek(const ApexReader *reader)
{
    if (reader == NULL || reader->at == NULL) return APEX_TYPE_BAD;
    if (reader->in_string) return reader->string_left > 0 ? APEX_TYPE_INTEGER : APEX_TYPE_NIL;
    if (reader->at == reader->end) return APEX_TYPE_END;
    EtfTerm t;
    const uint8_t *next;
    return head(reader, &t, &next) == APEX_OK ? type_of(&t) : APEX_TYPE_BAD;
}

// ---- integers ---------------------------------------------------------------------------
// An integer that stays where it is: sign, magnitude (in place or in word) and what follows.
typedef struct Integer {
    bool negative, is_string;
    uint8_t word[8];
    const uint8_t *bytes;
    size_t len;  // without leading zeros
    const uint8_t *next;
} Integer;

static ApexStatus look_at_integer(const ApexReader *r, Integer *n)
{
    EtfTerm t = {.kind = ETF_INT};
    *n = (Integer){0};
    if (r != NULL && r->in_string && r->string_left > 0) {
        n->is_string = true;
        t.i = *r->at;
        n->next = r->at + 1;
    } else {
        ApexStatus st = head(r, &t, &n->next);
        if (st != APEX_OK) return st;
        if (t.kind != ETF_INT && t.kind != ETF_BIG) return APEX_EINVAL;
    }
    if (t.kind == ETF_BIG) {
        n->negative = t.negative;
        n->bytes = t.data;
        n->len = t.size;
    } else {
        uint64_t v = t.i < 0 ? 0 - (uint64_t)t.i : (uint64_t)t.i;
        for (int i = 0; i < 8; i++) n->word[i] = (uint8_t)(v >> 8 * i);
        n->negative = t.i < 0;
        n->bytes = n->word;
        n->len = 8;
    }
    while (n->len > 0 && n->bytes[n->len - 1] == 0) n->len--;
    return APEX_OK;
}

static void pass_integer(ApexReader *r, const Integer *n)
{
    r->at = n->next;
    if (n->is_string) r->string_left--;
}

static bool magnitude(const Integer *n, uint64_t *out)
{
    *out = 0;
    for (size_t i = n->len; i-- > 0 && n->len <= 8;) *out = *out << 8 | n->bytes[i];
    return n->len <= 8;
}

ApexStatus apex_get_int(ApexReader *reader, int64_t *value)
{
    Integer n;
    uint64_t v;
    ApexStatus st = value == NULL ? APEX_EINVAL : look_at_integer(reader, &n);
    if (st != APEX_OK) return st;
    if (!magnitude(&n, &v) || v > (uint64_t)INT64_MAX + n.negative) return APEX_ELIMIT;
    *value = n.negative ? (int64_t)(0 - v) : (int64_t)v;
    pass_integer(reader, &n);
    return APEX_OK;
}

ApexStatus apex_get_uint(ApexReader *reader, uint64_t *value)
{
    Integer n;
    uint64_t v;
    ApexStatus st = value == NULL ? APEX_EINVAL : look_at_integer(reader, &n);
    if (st != APEX_OK) return st;
    if (!magnitude(&n, &v) || (n.negative && v > 0)) return APEX_ELIMIT;
    *value = v;
    pass_integer(reader, &n);
    return APEX_OK;
}

ApexStatus apex_get_integer(ApexReader *reader, bool *negative, uint8_t *magnitude, size_t *len)
{
    if (negative == NULL || len == NULL || (magnitude == NULL && *len > 0)) return APEX_EINVAL;
    Integer n;
    ApexStatus st = look_at_integer(reader, &n);
    if (st != APEX_OK) return st;
    size_t room = *len;
    *len = n.len;
    if (n.len > room) return APEX_ELIMIT;
    if (n.len > 0) memcpy(magnitude, n.bytes, n.len);
    *negative = n.negative && n.len > 0;
    pass_integer(reader, &n);
    return APEX_OK;
}

// ---- other values --------------------------------------------------------------------------
ApexStatus apex_get_float(ApexReader *reader, double *value)
{
    EtfTerm t;
    ApexStatus st = value == NULL ? APEX_EINVAL : take(reader, ETF_FLOAT, ETF_FLOAT, &t);
    if (st == APEX_OK) *value = t.f;
    return st;
}

// The text of an atom as UTF-8. False: longer than an atom can be.
static bool atom_text_of(const EtfTerm *t, char text[APEX_ATOM_SIZE])
{
    size_t n = 0;
    for (size_t i = 0; i < t->size; i++) {
        if (n + 2 >= APEX_ATOM_SIZE + (size_t)(i + 1 == t->size)) return false;
        uint8_t c = t->data[i];
        if (t->latin1 && c >= 0x80) {
            text[n++] = (char)(0xC0 | c >> 6);
            c = 0x80 | (c & 0x3F);
        }
        text[n++] = (char)c;
    }
    text[n] = '\0';
    return true;
}

ApexStatus apex_get_atom(ApexReader *reader, char text[APEX_ATOM_SIZE])
{
    EtfTerm t;
    const uint8_t *next;
    ApexStatus st = text == NULL ? APEX_EINVAL : head(reader, &t, &next);
    if (st != APEX_OK) return st;
    if (t.kind != ETF_ATOM) return APEX_EINVAL;
    if (!atom_text_of(&t, text)) return APEX_EFORMAT;
    reader->at = next;
    return APEX_OK;
}

bool apex_match_atom(ApexReader *reader, const char *text)
{
    EtfTerm t;
    const uint8_t *next;
    char found[APEX_ATOM_SIZE];
    if (text == NULL || head(reader, &t, &next) != APEX_OK || t.kind != ETF_ATOM) return false;
    if (!atom_text_of(&t, found) || strcmp(found, text) != 0) return false;
    reader->at = next;
    return true;
}

ApexStatus apex_get_bool(ApexReader *reader, bool *value)
{
    if (reader == NULL || value == NULL) return APEX_EINVAL;
    if (apex_match_atom(reader, "true")) *value = true;
    else if (apex_match_atom(reader, "false")) *value = false;
    else return apex_peek(reader) == APEX_TYPE_BAD ? APEX_EFORMAT : APEX_EINVAL;
    return APEX_OK;
}

ApexStatus apex_get_bitstring(ApexReader *reader, const uint8_t **bytes, size_t *len,
                              unsigned *bits)
{
    EtfTerm t;
    if (bytes == NULL || len == NULL || bits == NULL) return APEX_EINVAL;
    ApexStatus st = take(reader, ETF_BINARY, ETF_BINARY, &t);
    if (st != APEX_OK) return st;
    *bytes = t.data;
    *len = t.size;
    *bits = t.bits;
    return APEX_OK;
}

ApexStatus apex_get_binary(ApexReader *reader, const uint8_t **bytes, size_t *len)
{
    if (reader == NULL) return APEX_EINVAL;
    ApexType type = apex_peek(reader);
    if (type == APEX_TYPE_BITSTRING) return APEX_EINVAL;
    unsigned bits;
    return apex_get_bitstring(reader, bytes, len, &bits);
}

// ---- containers ------------------------------------------------------------------------------
ApexStatus apex_get_list(ApexReader *reader, size_t *count)
{
    EtfTerm t;
    const uint8_t *next;
    ApexStatus st = count == NULL ? APEX_EINVAL : head(reader, &t, &next);
    if (st != APEX_OK) return st;
    switch ((EtfKind)t.kind) {
    case ETF_NIL: *count = 0; return APEX_OK;  // stays: the tail
    case ETF_LIST:
        *count = (size_t)t.children - 1;
        reader->at = next;
        return APEX_OK;
    case ETF_STRING:
        *count = reader->string_left = t.size;
        reader->in_string = true;
        reader->at = t.data;
        return APEX_OK;
    default: return APEX_EINVAL;
    }
}

ApexStatus apex_get_nil(ApexReader *reader)
{
    if (reader != NULL && reader->in_string) {
        if (reader->string_left > 0) return APEX_EINVAL;
        reader->in_string = false;
        return APEX_OK;
    }
    EtfTerm t;
    const uint8_t *next;
    ApexStatus st = head(reader, &t, &next);
    if (st != APEX_OK) return st;
    if (type_of(&t) != APEX_TYPE_NIL) return APEX_EINVAL;
    reader->at = next;
    return APEX_OK;
}

ApexStatus apex_get_tuple(ApexReader *reader, size_t *count)
{
    EtfTerm t;
    ApexStatus st = count == NULL ? APEX_EINVAL : take(reader, ETF_TUPLE, ETF_TUPLE, &t);
    if (st == APEX_OK) *count = (size_t)t.children;
    return st;
}

ApexStatus apex_get_map(ApexReader *reader, size_t *count)
{
    EtfTerm t;
    ApexStatus st = count == NULL ? APEX_EINVAL : take(reader, ETF_MAP, ETF_MAP, &t);
    if (st == APEX_OK) *count = (size_t)(t.children / 2);
    return st;
}

ApexStatus apex_get_term(ApexReader *reader, const uint8_t **bytes, size_t *len)
{
    if (reader == NULL || reader->at == NULL || bytes == NULL || len == NULL) return APEX_EINVAL;
    if (reader->in_string || reader->at == reader->end) return APEX_EINVAL;
    const uint8_t *next = reader->at;
    if (etf_skip_term(&next, reader->end) != ST_OK) return APEX_EFORMAT;
    *bytes = reader->at;
    *len = (size_t)(next - reader->at);
    reader->at = next;
    return APEX_OK;
}

ApexStatus apex_skip(ApexReader *reader)
{
    Integer n;
    if (reader != NULL && reader->in_string && reader->string_left == 0)
        return apex_get_nil(reader);
    if (reader != NULL && reader->in_string) {
        ApexStatus st = look_at_integer(reader, &n);
        if (st == APEX_OK) pass_integer(reader, &n);
        return st;
    }
    const uint8_t *bytes;
    size_t len;
    return apex_get_term(reader, &bytes, &len);
}

ApexStatus apex_term_text(const void *term, size_t len, ApexBytes *text)
{
    if (term == NULL || text == NULL) return APEX_EINVAL;
    *text = (ApexBytes){0};
    Buf out;
    buf_init(&out);
    Status st = etf_print(&out, term, len, NULL, NULL);
    if (st == ST_OK) st = buf_terminate(&out);
    size_t size;
    if (st == ST_OK) text->data = buf_take(&out, &text->len, &size);
    buf_clear(&out);
    return api_status(st);
}
