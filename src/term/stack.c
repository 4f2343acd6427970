// SPDX-License-Identifier: Apache-2.0
// term/stack.c - growth of the explicit stack; see stack.h.

#include "term/stack.h"

#include "base/fiber.h"

static _Thread_local uint64_t steps_left = TERM_STEPS_ENDLESS, since_pause;

NOINLINE uint64_t term_steps(void) { return steps_left; }
NOINLINE void term_steps_set(uint64_t n) { steps_left = n; }

NOINLINE void term_give_up(void)
{
    if (steps_left != TERM_STEPS_ENDLESS) steps_left = 0;
}

NOINLINE bool term_steps_take(uint64_t n)
{
    bool enough = n < steps_left;
    if (steps_left != TERM_STEPS_ENDLESS) steps_left = enough ? steps_left - n : 0;
    since_pause += n;
    if (since_pause < TERM_STEPS_PAUSE) return enough;
    since_pause = 0;
    bool wanted = pause_point();  // on another thread from here on, perhaps
    if (!wanted) term_give_up();
    return wanted && enough;
}

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
