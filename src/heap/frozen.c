// SPDX-License-Identifier: Apache-2.0
// heap/frozen.c - see frozen.h.
//
// The range is reserved without access and made accessible from its start as it
// fills. Blocks up to SMALL_BYTES go back to lists by size; larger ones to an
// array of free spans, sorted by address and joined with their neighbours, whose
// pages are given back to the system.

#include "heap/frozen.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/fiber.h"

#if APEX_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, bytes)   ((void)(at), (void)(bytes))
#define ASAN_UNPOISON_MEMORY_REGION(at, bytes) ((void)(at), (void)(bytes))
#endif

#define COMMIT_STEP ((size_t)1 << 20)
#define SMALL_BYTES 1024
#define PAGE        ((size_t)4096)

typedef struct Span {
    size_t at, end;  // offsets from frozen_base
} Span;

char *frozen_base;
uint64_t frozen_bytes;

static struct {
    pthread_mutex_t lock;
    size_t committed;  // accessible: [0, committed)
    size_t top;        // handed out at some time: [0, top)
    size_t touched;    // never used, so zero: [touched, …)
    size_t used;
    void *small[SMALL_BYTES / 16];  // free blocks of 16, 32, … bytes
    Span *spans;
    size_t count, cap;
} frozen = {.lock = PTHREAD_MUTEX_INITIALIZER};

// Less than FROZEN_BYTES only where address space is limited.
static Status reserve_range(void)
{
    for (size_t size = FROZEN_BYTES; size >= COMMIT_STEP; size /= 2) {
        void *at = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (at == MAP_FAILED) continue;
        frozen_base = at;
        frozen_bytes = size;
        return ST_OK;
    }
    return ST_NOMEM;
}

Status frozen_init(void)
{
    pthread_mutex_lock(&frozen.lock);
    Status st = frozen_base != NULL ? ST_OK : reserve_range();
    pthread_mutex_unlock(&frozen.lock);
    return st;
}

static size_t rounded(size_t bytes) { return bytes == 0 ? 16 : (bytes + 15) & ~(size_t)15; }

// ---- free spans ----------------------------------------------------------------

// The first span that ends behind `at`.
static size_t span_index(size_t at)
{
    size_t low = 0, high = frozen.count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (frozen.spans[mid].end <= at) low = mid + 1;
        else high = mid;
    }
    return low;
}

static void span_remove(size_t i)
{
    memmove(frozen.spans + i, frozen.spans + i + 1, (--frozen.count - i) * sizeof(Span));
}

// False: no memory for the array; the span is lost until the process ends.
static bool span_insert(size_t i, Span s)
{
    if (frozen.count == frozen.cap) {
        size_t cap = frozen.cap == 0 ? 64 : frozen.cap * 2;
        Span *spans = realloc(frozen.spans, cap * sizeof *spans);
        if (spans == NULL) return false;
        frozen.spans = spans;
        frozen.cap = cap;
    }
    memmove(frozen.spans + i + 1, frozen.spans + i, (frozen.count++ - i) * sizeof(Span));
    frozen.spans[i] = s;
    return true;
}

#define FREED_AT_ONCE ((size_t)1 << 20)

static void give_back_pages(size_t at, size_t end)
{
    at = (at + PAGE - 1) & ~(PAGE - 1);
    end &= ~(PAGE - 1);
    if (at < end) (void)madvise(frozen_base + at, end - at, MADV_DONTNEED);
}

static void span_add(size_t at, size_t end)
{
    size_t freed_at = at, freed_end = end;
    size_t i = span_index(at);
    // The one before ends at `at` and so is not found by span_index.
    if (i > 0 && frozen.spans[i - 1].end == at) {
        at = frozen.spans[--i].at;
        span_remove(i);
    }
    if (i < frozen.count && frozen.spans[i].at == end) {
        end = frozen.spans[i].end;
        span_remove(i);
    }
    // Pages of which the neighbours had a part are whole now.
    size_t from = freed_at & ~(PAGE - 1), to = (freed_end + PAGE - 1) & ~(PAGE - 1);
    give_back_pages(from > at ? from : at, to < end ? to : end);
    if (end == frozen.top) frozen.top = at;
    else (void)span_insert(i, (Span){at, end});
}

static void *span_take(size_t bytes)
{
    for (size_t i = 0; i < frozen.count; i++) {
        Span *s = &frozen.spans[i];
        if (s->end - s->at < bytes) continue;
        char *at = frozen_base + s->at;
        s->at += bytes;
        if (s->at == s->end) span_remove(i);
        return at;
    }
    return NULL;
}

// ---- blocks ----------------------------------------------------------------------

static bool commit(size_t end)
{
    if (end <= frozen.committed) return true;
    size_t to = (end + COMMIT_STEP - 1) & ~(COMMIT_STEP - 1);
    if (to > frozen_bytes) to = frozen_bytes;
    char *at = frozen_base + frozen.committed;
    if (mprotect(at, to - frozen.committed, PROT_READ | PROT_WRITE) != 0) return false;
    frozen.committed = to;
    return true;
}

// From behind what is in use. *dirty: so many bytes at its start may not be zero.
static void *top_take(size_t bytes, size_t *dirty)
{
    if (frozen_base == NULL || bytes > frozen_bytes - frozen.top) return NULL;
    size_t at = frozen.top;
    if (!commit(at + bytes)) return NULL;
    frozen.top = at + bytes;
    *dirty = frozen.touched <= at ? 0 : frozen.touched - at < bytes ? frozen.touched - at : bytes;
    if (frozen.touched < frozen.top) frozen.touched = frozen.top;
    return frozen_base + at;
}

static void *small_take(size_t bytes)
{
    void **list = &frozen.small[bytes / 16 - 1];
    void *at = *list;
    if (at == NULL) return NULL;
    ASAN_UNPOISON_MEMORY_REGION(at, bytes);
    *list = *(void **)at;
    return at;
}

void *frozen_alloc(size_t bytes)
{
    if (bytes > FROZEN_BYTES) return NULL;
    bytes = rounded(bytes);
    size_t dirty = bytes;
    pthread_mutex_lock(&frozen.lock);
    void *at = bytes <= SMALL_BYTES ? small_take(bytes) : span_take(bytes);
    if (at == NULL) at = top_take(bytes, &dirty);
    if (at != NULL) frozen.used += bytes;
    if (at != NULL) ASAN_UNPOISON_MEMORY_REGION(at, bytes);
    pthread_mutex_unlock(&frozen.lock);
    if (at != NULL) paced_fill(at, 0, dirty);
    return at;
}

void frozen_free(void *block, size_t bytes)
{
    if (block == NULL) return;
    bytes = rounded(bytes);
    if (bytes > 2 * FREED_AT_ONCE) {
        // Most of it in pieces, before anybody has to wait for the lock.
        size_t at = (size_t)((char *)block - frozen_base), end = at + bytes;
        for (; end - at > FREED_AT_ONCE; at += FREED_AT_ONCE, (void)pause_point())
            give_back_pages(at, at + FREED_AT_ONCE);
    }
    pthread_mutex_lock(&frozen.lock);
    frozen.used -= bytes;
    if (bytes <= SMALL_BYTES) {
        void **list = &frozen.small[bytes / 16 - 1];
        *(void **)block = *list;
        *list = block;
    } else {
        size_t at = (size_t)((char *)block - frozen_base);
        span_add(at, at + bytes);
    }
    // Who still refers to it is seen.
    ASAN_POISON_MEMORY_REGION(block, bytes);
    pthread_mutex_unlock(&frozen.lock);
}

size_t frozen_bytes_used(void)
{
    pthread_mutex_lock(&frozen.lock);
    size_t used = frozen.used;
    pthread_mutex_unlock(&frozen.lock);
    return used;
}
