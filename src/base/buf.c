// SPDX-License-Identifier: Apache-2.0
// base/buf.c - see buf.h.

#include "base/buf.h"

#include <stdio.h>
#include <string.h>

// Up to here a buffer may grow to just what is needed.
#define BUF_EXACT_BYTES ((size_t)64 << 10)

void buf_init(Buf *b) { buf_init_in(b, NULL); }

void buf_init_in(Buf *b, Arena *arena) { *b = (Buf){.arena = arena}; }

void buf_clear(Buf *b)
{
    arena_free(b->arena, b->data, b->cap);
    buf_init_in(b, b->arena);
}

uint8_t *buf_take(Buf *b, size_t *len, size_t *size)
{
    uint8_t *data = b->data;
    if (len != NULL) *len = b->len;
    if (size != NULL) *size = b->cap;
    buf_init_in(b, b->arena);
    return data;
}

static Status resize(Buf *b, size_t cap)
{
    uint8_t *data = arena_realloc(b->arena, b->data, b->cap, cap);
    if (data == NULL) return ST_NOMEM;
    b->data = data;
    b->cap = cap;
    return ST_OK;
}

// Half as much again, so that appending costs constant time on average. Near a limit less may
// still fit; but bytes that are appended one by one must not copy megabytes each.
static NOINLINE Status grow(Buf *b, size_t n)
{
    size_t need, cap, least;
    if (add_overflows(b->len, n, &need)) return ST_NOMEM;
    if (add_overflows(b->cap, b->cap / 2, &cap) || cap < need) cap = need;
    if (cap < 64) cap = 64;
    if (resize(b, cap) == ST_OK) return ST_OK;
    least = b->cap + (b->cap > BUF_EXACT_BYTES ? b->cap / 16 : 0);
    if (least < need) least = need;
    return least < cap ? resize(b, least) : ST_NOMEM;
}

Status buf_reserve(Buf *b, size_t n) { return LIKELY(n <= b->cap - b->len) ? ST_OK : grow(b, n); }

Status buf_append(Buf *b, const void *bytes, size_t n)
{
    if (n == 0) return ST_OK;  // memcpy must not see a NULL
    TRY(buf_reserve(b, n));
    memcpy(b->data + b->len, bytes, n);
    b->len += n;
    return ST_OK;
}

Status buf_append_str(Buf *b, const char *s) { return buf_append(b, s, strlen(s)); }

Status buf_append_u8(Buf *b, uint8_t v)
{
    TRY(buf_reserve(b, 1));
    b->data[b->len++] = v;
    return ST_OK;
}

Status buf_append_u16be(Buf *b, uint16_t v)
{
    TRY(buf_reserve(b, 2));
    put_u16be(b->data + b->len, v);
    b->len += 2;
    return ST_OK;
}

Status buf_append_u32be(Buf *b, uint32_t v)
{
    TRY(buf_reserve(b, 4));
    put_u32be(b->data + b->len, v);
    b->len += 4;
    return ST_OK;
}

Status buf_append_u64be(Buf *b, uint64_t v)
{
    TRY(buf_reserve(b, 8));
    put_u64be(b->data + b->len, v);
    b->len += 8;
    return ST_OK;
}

Status buf_append_zeros(Buf *b, size_t n)
{
    if (n == 0) return ST_OK;
    TRY(buf_reserve(b, n));
    memset(b->data + b->len, 0, n);
    b->len += n;
    return ST_OK;
}

Status buf_vprintf(Buf *b, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (n < 0) return ST_INVALID;
    TRY(buf_reserve(b, (size_t)n + 1));
    (void)vsnprintf((char *)b->data + b->len, (size_t)n + 1, fmt, args);
    b->len += (size_t)n;
    return ST_OK;
}

Status buf_printf(Buf *b, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    Status st = buf_vprintf(b, fmt, args);
    va_end(args);
    return st;
}

Status buf_terminate(Buf *b)
{
    TRY(buf_reserve(b, 1));
    b->data[b->len] = '\0';
    return ST_OK;
}
