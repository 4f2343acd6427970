// SPDX-License-Identifier: Apache-2.0
// base/vec.c - growth of vectors.

#include "base/vec.h"

// Up to here a vector may grow to just what is needed; a longer one would be copied each time.
#define VEC_EXACT_BYTES ((size_t)64 << 10)

Status vec_grow(void **items, size_t len, size_t *cap, size_t more, size_t item_size, Arena *arena)
{
    size_t need, want, bytes;
    if (add_overflows(len, more, &need)) return ST_NOMEM;
    if (add_overflows(*cap, *cap / 2, &want) || want < need) want = need;
    if (want < 8) want = 8;
    if (mul_overflows(want, item_size, &bytes)) return ST_NOMEM;
    void *grown = arena_realloc(arena, *items, *cap * item_size, bytes);
    size_t least = *cap + (*cap * item_size > VEC_EXACT_BYTES ? *cap / 16 : 0);
    if (least < need) least = need;
    if (grown == NULL && want > least) {
        want = least;  // near a limit less may still fit
        grown = arena_realloc(arena, *items, *cap * item_size, want * item_size);
    }
    if (grown == NULL) return ST_NOMEM;
    *items = grown;
    *cap = want;
    return ST_OK;
}
