// SPDX-License-Identifier: Apache-2.0
// heap/etf_inflate.c - compressed terms, inflated in steps to the size that they
// declare: not a byte more, and memory for it is charged before.

#define ZLIB_CONST
#include <zlib.h>

#include "heap/etf_int.h"

#define STEP ((size_t)64 << 10)
// No deflate stream grows by more.
#define MAX_RATIO 1032

struct EtfInflate {
    z_stream z;
    uint8_t *out;
    size_t size;
    const uint8_t *in;
};

// zlib does not say sizes when it frees, so they stand in front of the blocks.
static void *z_alloc(void *arena, unsigned items, unsigned size)
{
    size_t bytes = size_add(size_mul(items, size), 16);
    size_t *at = arena_alloc(arena, bytes);
    if (at == NULL) return NULL;
    *at = bytes;
    return (char *)at + 16;
}

static void z_free(void *arena, void *p)
{
    size_t *at = (size_t *)((char *)p - 16);
    arena_free(arena, at, *at);
}

static EtfResult begin(EtfDecoder *d)
{
    uint64_t size;
    size_t packed = (size_t)(d->bytes_end - d->at);
    if (!etf_get(d, 4, &size)) return ETF_BAD;
    packed -= 4;
    if (size == 0 || size > size_add(size_mul(packed, MAX_RATIO), 64)) return ETF_BAD;
    if (size > d->bounds.bytes) return ETF_LARGE;
    EtfInflate *f = arena_calloc(d->arena, 1, sizeof *f);
    if (f == NULL) return ETF_NOMEM;
    f->out = arena_alloc(d->arena, size);
    f->size = size;
    f->in = d->at;
    f->z.zalloc = z_alloc;
    f->z.zfree = z_free;
    f->z.opaque = d->arena;
    if (f->out == NULL || inflateInit(&f->z) != Z_OK) {
        arena_free(d->arena, f->out, size);
        arena_free(d->arena, f, sizeof *f);
        return ETF_NOMEM;
    }
    d->inflate = f;
    f->z.next_in = f->in;
    f->z.next_out = f->out;
    return ETF_OK;
}

EtfResult etf_inflate_run(EtfDecoder *d, int64_t *budget)
{
    if (d->inflate == NULL) {
        EtfResult r = begin(d);
        if (r != ETF_OK) return r;
    }
    EtfInflate *f = d->inflate;
    for (;;) {
        if (*budget < 0) return ETF_MORE;
        size_t in = (size_t)(d->bytes_end - f->z.next_in), out = f->size - f->z.total_out;
        f->z.avail_in = in < STEP ? (unsigned)in : STEP;
        f->z.avail_out = out < STEP ? (unsigned)out : STEP;
        unsigned long before = f->z.total_in + f->z.total_out;
        int r = inflate(&f->z, Z_NO_FLUSH);
        unsigned long moved = f->z.total_in + f->z.total_out - before;
        *budget -= 1 + (int64_t)(moved / 16);
        if (r == Z_STREAM_END) break;
        if (r == Z_MEM_ERROR) return ETF_NOMEM;
        if (r != Z_OK || moved == 0) return ETF_BAD;
    }
    if (f->z.total_out != f->size) return ETF_BAD;
    d->used = (size_t)(f->z.next_in - d->bytes);
    d->terms = d->at = f->out;
    d->end = f->out + f->size;
    return ETF_OK;
}

void etf_inflate_free(EtfDecoder *d)
{
    EtfInflate *f = d->inflate;
    if (f == NULL) return;
    (void)inflateEnd(&f->z);
    arena_free(d->arena, f->out, f->size);
    arena_free(d->arena, f, sizeof *f);
    d->inflate = NULL;
}
