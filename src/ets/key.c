// SPDX-License-Identifier: Apache-2.0
// ets/key.c - how large a key may be.
#include "base/fiber.h"
#include "ets/ets.h"
#include "term/stack.h"

// Most values that a key is made of. Hashing a key cannot be interrupted, and a
// small term may show the same part millions of times.
#define KEY_VALUES_MAX (1 << 22)

// Pushes what t is made of. False: no scratch memory.
static bool push_parts(TermStack *s, Term t)
{
    if (is_cons(t)) {
        if (!term_stack_room(s, 2)) return false;
        s->base[s->len++] = cons_tail(t);
        s->base[s->len++] = cons_head(t);
        return true;
    }
    const Term *p = boxed_ptr(t);
    size_t first, n;
    switch (header_kind(*p)) {
    case BOX_TUPLE: first = 1, n = header_arity(*p); break;
    case BOX_MAP:
        first = map_header_shape(*p) == MAP_HEAD ? 2 : 1;
        n = boxed_words(*p) - first;
        break;
    case BOX_FUN: first = FUN_WORDS(0), n = boxed_words(*p) - first; break;
    default: return true;
    }
    if (!term_stack_room(s, n)) return false;
    for (size_t i = 0; i < n; i++)
        if (is_pointer(p[first + i])) s->base[s->len++] = p[first + i];
    return true;
}

bool ets_key_fits(Space *space, Term key)
{
    if (is_immed(key)) return true;
    TermStack s;
    term_stack_init(&s, &space->arena);
    uint32_t values = 0;
    s.base[s.len++] = key;
    bool fits = true;
    Pace work = PACE_START;
    while (fits && s.len > 0) {
        (void)pace(&work, 8);
        Term t = s.base[--s.len];
        if (!is_pointer(t)) continue;
        values += is_boxed(t) ? 1 + (uint32_t)(boxed_words(boxed_header(t)) & 0xFFFFFF) : 2;
        fits = values <= KEY_VALUES_MAX && push_parts(&s, t);
    }
    term_stack_clear(&s);
    return fits;
}
