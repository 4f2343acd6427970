// SPDX-License-Identifier: Apache-2.0
// base/buf.h - a growable array of bytes.

#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>

#include "base/alloc.h"
#include "base/status.h"

typedef struct Buf {
    uint8_t *data;  // NULL while cap is 0
    size_t len;
    size_t cap;
    Arena *arena;  // whom growth is charged to; NULL: the process
} Buf;

void buf_init(Buf *b);
void buf_init_in(Buf *b, Arena *arena);

// Frees the bytes; the buffer is empty and usable. Fits cleanup_with(buf_clear).
void buf_clear(Buf *b);

// Gives the bytes away: the caller frees *size bytes with arena_free(b->arena).
// NULL when the buffer has never grown. The buffer is empty afterwards.
uint8_t *buf_take(Buf *b, size_t *len, size_t *size);

// Room for n more bytes behind len. ST_NOMEM leaves the buffer as it was, as do
// all functions below.
MUST_USE Status buf_reserve(Buf *b, size_t n);
MUST_USE Status buf_append(Buf *b, const void *bytes, size_t n);
MUST_USE Status buf_append_str(Buf *b, const char *s);
MUST_USE Status buf_append_u8(Buf *b, uint8_t v);
MUST_USE Status buf_append_u16be(Buf *b, uint16_t v);
MUST_USE Status buf_append_u32be(Buf *b, uint32_t v);
MUST_USE Status buf_append_u64be(Buf *b, uint64_t v);
MUST_USE Status buf_append_zeros(Buf *b, size_t n);
MUST_USE Status buf_printf(Buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
MUST_USE Status buf_vprintf(Buf *b, const char *fmt, va_list args);

// A NUL behind the bytes, not counted in len, so that data is a C string.
MUST_USE Status buf_terminate(Buf *b);

// Big-endian reads and writes at any address.
static inline uint16_t get_u16be(const uint8_t *p) { return (uint16_t)(p[0] << 8 | p[1]); }

static inline uint32_t get_u32be(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint64_t get_u64be(const uint8_t *p)
{
    return (uint64_t)get_u32be(p) << 32 | get_u32be(p + 4);
}

static inline void put_u16be(uint8_t *p, uint16_t v)
{
    p[0] = (uint8_t)(v >> 8);
    p[1] = (uint8_t)v;
}

static inline void put_u32be(uint8_t *p, uint32_t v)
{
    put_u16be(p, (uint16_t)(v >> 16));
    put_u16be(p + 2, (uint16_t)v);
}

static inline void put_u64be(uint8_t *p, uint64_t v)
{
    put_u32be(p, (uint32_t)(v >> 32));
    put_u32be(p + 4, (uint32_t)v);
}

#endif
