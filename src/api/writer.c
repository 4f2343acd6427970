// SPDX-License-Identifier: Apache-2.0
// api/writer.c - building terms in External Term Format.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/handle.h"
#include "base/buf.h"
#include "beam/etf.h"
#include "term/utf8.h"

void apex_writer_init(ApexWriter *writer)
{
    if (writer == NULL) return;
    *writer = (ApexWriter){0};
}

void apex_writer_clear(ApexWriter *writer)
{
    if (writer == NULL) return;
    free(writer->data);
    *writer = (ApexWriter){0};
}

static void fail(ApexWriter *w, ApexStatus status)
{
    if (w != NULL && w->status == APEX_OK) w->status = status;
}

// n bytes behind the others, to be written at once; NULL: the writer has failed. The version
// byte comes before the first of all.
static uint8_t *grow(ApexWriter *w, size_t n)
{
    if (w == NULL || w->status != APEX_OK) return NULL;
    size_t version = w->len == 0, need = size_add(size_add(w->len, version), n);
    if (need > w->cap) {
        size_t cap = need < 32 ? 64 : size_mul(need, 2);
        uint8_t *data = cap == SIZE_MAX ? NULL : realloc(w->data, cap);
        if (data == NULL) {
            fail(w, APEX_ENOMEM);
            return NULL;
        }
        w->data = data, w->cap = cap;
    }
    if (version) w->data[w->len++] = ETF_VERSION;
    uint8_t *at = w->data + w->len;
    w->len += n;
    return at;
}

static void put_tag(ApexWriter *w, uint8_t tag)
{
    uint8_t *at = grow(w, 1);
    if (at != NULL) *at = tag;
}

// Tag, a count of four bytes, and room for n bytes.
static uint8_t *put_counted(ApexWriter *w, uint8_t tag, size_t count, size_t n)
{
    if (count > UINT32_MAX) {
        fail(w, APEX_ELIMIT);
        return NULL;
    }
    uint8_t *at = grow(w, size_add(5, n));
    if (at == NULL) return NULL;
    at[0] = tag;
    put_u32be(at + 1, (uint32_t)count);
    return at + 5;
}

ApexStatus apex_writer_status(const ApexWriter *writer)
{
    if (writer == NULL) return APEX_EINVAL;
    if (writer->status != APEX_OK) return writer->status;
    return api_is_term(writer->data, writer->len) ? APEX_OK : APEX_EFORMAT;
}

// ---- numbers -----------------------------------------------------------------------------
void apex_put_integer(ApexWriter *writer, bool negative, const void *magnitude, size_t len)
{
    const uint8_t *bytes = magnitude;
    if (bytes == NULL && len > 0) {
        fail(writer, APEX_EINVAL);
        return;
    }
    while (len > 0 && bytes[len - 1] == 0) len--;
    if (len < 4 || (len == 4 && bytes[3] < 0x80)) {
        int64_t v = 0;
        for (size_t i = len; i-- > 0;) v = v << 8 | bytes[i];
        apex_put_int(writer, negative ? -v : v);
        return;
    }
    bool small = len <= 255;
    uint8_t *at = NULL;
    if (small && (at = grow(writer, 3 + len)) != NULL) {
        at[0] = ETF_TAG_SMALL_BIG;
        at[1] = (uint8_t)len;
        at += 2;
    } else if (!small) {
        at = put_counted(writer, ETF_TAG_LARGE_BIG, len, size_add(len, 1));
    }
    if (at == NULL) return;
    at[0] = negative;
    memcpy(at + 1, bytes, len);
}

static void put_magnitude(ApexWriter *w, bool negative, uint64_t v)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)(v >> 8 * i);
    apex_put_integer(w, negative, bytes, sizeof bytes);
}

void apex_put_int(ApexWriter *writer, int64_t value)
{
    if (value < INT32_MIN || value > INT32_MAX) {
        put_magnitude(writer, value < 0, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
        return;
    }
    bool byte = value >= 0 && value <= 255;
    uint8_t *at = grow(writer, byte ? 2 : 5);
    if (at == NULL) return;
    at[0] = byte ? ETF_TAG_SMALL_INTEGER : ETF_TAG_INTEGER;
    if (byte) at[1] = (uint8_t)value;
    else put_u32be(at + 1, (uint32_t)(int32_t)value);
}

void apex_put_uint(ApexWriter *writer, uint64_t value)
{
    if (value <= INT32_MAX) apex_put_int(writer, (int64_t)value);
    else put_magnitude(writer, false, value);
}

void apex_put_float(ApexWriter *writer, double value)
{
    if (!isfinite(value)) {
        fail(writer, APEX_EINVAL);
        return;
    }
    uint8_t *at = grow(writer, 9);
    if (at == NULL) return;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    at[0] = ETF_TAG_NEW_FLOAT;
    put_u64be(at + 1, bits);
}

// ---- atoms and binaries --------------------------------------------------------------------
void apex_put_atom(ApexWriter *writer, const char *text)
{
    size_t len = text == NULL ? 0 : strlen(text);
    size_t chars;
    if (text == NULL || !utf8_count((const uint8_t *)text, len, &chars) || chars > 255) {
        fail(writer, APEX_EINVAL);
        return;
    }
    bool small = len <= 255;
    uint8_t *at = grow(writer, (small ? 2 : 3) + len);
    if (at == NULL) return;
    at[0] = small ? ETF_TAG_SMALL_ATOM_UTF8 : ETF_TAG_ATOM_UTF8;
    if (small) at[1] = (uint8_t)len;
    else put_u16be(at + 1, (uint16_t)len);
    memcpy(at + (small ? 2 : 3), text, len);
}

void apex_put_bool(ApexWriter *writer, bool value)
{
    apex_put_atom(writer, value ? "true" : "false");
}

void apex_put_binary(ApexWriter *writer, const void *bytes, size_t len)
{
    if (bytes == NULL && len > 0) {
        fail(writer, APEX_EINVAL);
        return;
    }
    uint8_t *at = put_counted(writer, ETF_TAG_BINARY, len, len);
    if (at != NULL && len > 0) memcpy(at, bytes, len);
}

void apex_put_text(ApexWriter *writer, const char *text)
{
    if (text == NULL) fail(writer, APEX_EINVAL);
    else apex_put_binary(writer, text, strlen(text));
}

void apex_put_bitstring(ApexWriter *writer, const void *bytes, size_t len, unsigned bits)
{
    if (bits < 1 || bits > 8 || (len == 0 && bits != 8) || (bytes == NULL && len > 0)) {
        fail(writer, APEX_EINVAL);
        return;
    }
    if (bits == 8) {
        apex_put_binary(writer, bytes, len);
        return;
    }
    uint8_t *at = put_counted(writer, ETF_TAG_BIT_BINARY, len, size_add(len, 1));
    if (at == NULL) return;
    at[0] = (uint8_t)bits;
    memcpy(at + 1, bytes, len);
    at[len] &= (uint8_t)(0xFF00u >> bits);
}

// ---- containers ------------------------------------------------------------------------------
void apex_put_list(ApexWriter *writer, size_t count)
{
    if (count > 0) (void)put_counted(writer, ETF_TAG_LIST, count, 0);
}

void apex_put_nil(ApexWriter *writer) { put_tag(writer, ETF_TAG_NIL); }

void apex_put_tuple(ApexWriter *writer, size_t count)
{
    if (count > 255) {
        (void)put_counted(writer, ETF_TAG_LARGE_TUPLE, count, 0);
        return;
    }
    uint8_t *at = grow(writer, 2);
    if (at == NULL) return;
    at[0] = ETF_TAG_SMALL_TUPLE;
    at[1] = (uint8_t)count;
}

void apex_put_map(ApexWriter *writer, size_t count)
{
    (void)put_counted(writer, ETF_TAG_MAP, count, 0);
}

void apex_put_term(ApexWriter *writer, const void *term, size_t len)
{
    const uint8_t *bytes = term, *end = bytes == NULL ? NULL : bytes + len;
    if (bytes != NULL && len > 0 && *bytes == ETF_VERSION) bytes++;
    const uint8_t *at = bytes;
    if (bytes == NULL || etf_skip_term(&at, end) != ST_OK || at != end) {
        fail(writer, APEX_EINVAL);
        return;
    }
    uint8_t *to = grow(writer, (size_t)(end - bytes));
    if (to != NULL) memcpy(to, bytes, (size_t)(end - bytes));
}
