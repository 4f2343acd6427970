// SPDX-License-Identifier: Apache-2.0
// base/vec.h - a growable array of any type.
//
//     Vec(Import) imports;
//     vec_init(&imports, arena);            // arena NULL: the process's memory
//     TRY(vec_push(&imports, one));
//     for (size_t i = 0; i < imports.len; i++) use(&imports.items[i]);
//     vec_clear(&imports);
//
// Items move when the vector grows: keep indexes, not pointers.

#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/alloc.h"
#include "base/status.h"

#define Vec(T)        \
    struct {          \
        T *items;     \
        size_t len;   \
        size_t cap;   \
        Arena *arena; \
    }

#define vec_init(v, the_arena) \
    ((v)->items = NULL, (v)->len = 0, (v)->cap = 0, (v)->arena = (the_arena), (void)0)

// Frees the items; the vector is empty and usable.
#define vec_clear(v)                                                                       \
    (arena_free((v)->arena, (v)->items, (v)->cap * sizeof *(v)->items), (v)->items = NULL, \
     (v)->len = 0, (v)->cap = 0, (void)0)

// Room for n more items. ST_NOMEM leaves the vector as it was.
#define vec_reserve(v, n)                                                                          \
    status_must(LIKELY((size_t)(n) <= (v)->cap - (v)->len)                                         \
                    ? ST_OK                                                                        \
                    : vec_grow((void **)&(v)->items, (v)->len, &(v)->cap, (n), sizeof *(v)->items, \
                               (v)->arena))

// Appends a copy of the value, which is not evaluated when there is no memory.
#define vec_push(v, ...)                                                                     \
    status_must(vec_reserve(v, 1) == ST_OK ? ((v)->items[(v)->len++] = (__VA_ARGS__), ST_OK) \
                                           : ST_NOMEM)

// Takes the last item off; the vector must not be empty.
#define vec_pop(v) ((v)->items[--(v)->len])

#define vec_last(v) ((v)->items[(v)->len - 1])

MUST_USE Status vec_grow(void **items, size_t len, size_t *cap, size_t more, size_t item_size,
                         Arena *arena);

#endif
