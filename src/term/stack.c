// SPDX-License-Identifier: Apache-2.0
// term/stack.c - growth of the explicit stack; see stack.h.

#include "term/stack.h"

_Thread_local uint64_t term_steps_left = UINT64_MAX;

bool term_stack_grow(TermStack *s, size_t n)
{
    size_t want = size_add(s->len, n);
    size_t cap = s->cap;
    while (cap < want) {
        if (mul_overflows(cap, (size_t)2, &cap)) return false;
    }
    size_t bytes = size_mul(cap, sizeof(Term));
    Term *base;
    if (s->base == s->first) {
        base = arena_alloc(s->arena, bytes);
        if (base != NULL) memcpy(base, s->base, s->len * sizeof(Term));
    } else {
        base = arena_realloc(s->arena, s->base, s->cap * sizeof(Term), bytes);
    }
    if (base == NULL) return false;
    s->base = base;
    s->cap = cap;
    return true;
}
