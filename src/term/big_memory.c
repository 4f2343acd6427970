// SPDX-License-Identifier: Apache-2.0
// term/big_memory.c - see big_memory.h.
#include "term/big_memory.h"

#include <gmp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

// Twice of what GMP was seen to hold at once, whatever the operands.
#define RESERVE_BYTES ((size_t)128 << 10)

// Blocks lie one behind the other. The thread that has one holds the lock until it has none, so
// nobody waits who has something that others wait for.
static struct {
    pthread_mutex_t lock;
    size_t used, blocks;
    _Alignas(16) uint8_t bytes[RESERVE_BYTES];
} reserve;

static bool is_reserve(const void *p)
{
    return (const uint8_t *)p >= reserve.bytes &&
           (const uint8_t *)p < reserve.bytes + RESERVE_BYTES;
}

static void *reserve_take(size_t n)
{
    n = (n + 15) & ~(size_t)15;
    (void)pthread_mutex_lock(&reserve.lock);  // recursive: once for each block
    if (n > RESERVE_BYTES - reserve.used) abort();  // as GMP does; nothing of ours asks for it
    void *p = reserve.bytes + reserve.used;
    reserve.used += n;
    reserve.blocks++;
    return p;
}

static void reserve_give(void)
{
    if (--reserve.blocks == 0) reserve.used = 0;
    (void)pthread_mutex_unlock(&reserve.lock);
}

static void *take(size_t n)
{
    void *p = arena_alloc(NULL, n);
    return LIKELY(p != NULL) ? p : reserve_take(n);
}

static void give(void *p, size_t n)
{
    if (UNLIKELY(is_reserve(p))) reserve_give();
    else free(p);
}

static void *retake(void *p, size_t old, size_t n)
{
    void *q = is_reserve(p) ? NULL : realloc(p, n);
    if (q != NULL) return q;
    q = take(n);
    memcpy(q, p, old < n ? old : n);
    give(p, old);
    return q;
}

static void init_once(void)
{
    void *(*a)(size_t), *(*default_a)(size_t);
    void *(*r)(void *, size_t, size_t);
    void (*f)(void *, size_t);
    mp_get_memory_functions(&a, &r, &f);
    mp_set_memory_functions(NULL, NULL, NULL);  // GMP's own
    mp_get_memory_functions(&default_a, NULL, NULL);
    if (a != default_a) {
        mp_set_memory_functions(a, r, f);
        return;
    }
    pthread_mutexattr_t recursive;
    if (pthread_mutexattr_init(&recursive) != 0) return;
    (void)pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
    if (pthread_mutex_init(&reserve.lock, &recursive) == 0)
        mp_set_memory_functions(take, retake, give);
    (void)pthread_mutexattr_destroy(&recursive);
}

void big_memory_init(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, init_once);
}
