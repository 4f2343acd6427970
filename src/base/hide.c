// SPDX-License-Identifier: Apache-2.0
// base/hide.c - a Feistel cipher of four rounds over the two halves of an address.
#include "base/hide.h"

#include <pthread.h>

#include "base/os.h"

enum { ROUNDS = 4 };

static uint64_t keys[ROUNDS];  // written once
static Status init_status;

static void init_once(void) { init_status = os_random(keys, sizeof keys); }

Status hide_init(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, init_once);
    return init_status;
}

static uint32_t scramble(uint32_t half, uint64_t key)
{
    uint64_t x = ((uint64_t)half ^ key) * 0x9E3779B97F4A7C15u;
    x ^= x >> 29;
    return (uint32_t)((x * (key | 1)) >> 32);
}

uint64_t hide_address(const void *at)
{
    uint64_t v = (uint64_t)(uintptr_t)at;
    uint32_t l = (uint32_t)(v >> 32), r = (uint32_t)v;
    for (unsigned i = 0; i < ROUNDS; i++) {
        uint32_t next = l ^ scramble(r, keys[i]);
        l = r, r = next;
    }
    return (uint64_t)l << 32 | r;
}

const void *hide_undone(uint64_t hidden)
{
    uint32_t l = (uint32_t)(hidden >> 32), r = (uint32_t)hidden;
    for (unsigned i = ROUNDS; i-- > 0;) {
        uint32_t before = r ^ scramble(l, keys[i]);
        r = l, l = before;
    }
    return (const void *)(uintptr_t)((uint64_t)l << 32 | r);
}
