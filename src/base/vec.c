// SPDX-License-Identifier: Apache-2.0
// base/vec.c - growth of vectors.

#include "base/vec.h"

Status vec_grow(void **items, size_t len, size_t *cap, size_t more, size_t item_size, Arena *arena)
{
    size_t need, want, bytes;
    if (add_overflows(len, more, &need)) return ST_NOMEM;
    if (add_overflows(*cap, *cap / 2, &want) || want < need) want = need;
    if (want < 8) want = 8;
    if (mul_overflows(want, item_size, &bytes)) return ST_NOMEM;
    void *grown = arena_realloc(arena, *items, *cap * item_size, bytes);
    if (grown == NULL && want > need) {
        want = need;  // near a limit the exact size may still fit
        grown = arena_realloc(arena, *items, *cap * item_size, want * item_size);
    }
    if (grown == NULL) return ST_NOMEM;
    *items = grown;
    *cap = want;
    return ST_OK;
}
