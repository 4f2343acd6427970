// SPDX-License-Identifier: Apache-2.0
// heap/space.c - see space.h.

#include "heap/space.h"

void space_init(Space *s, uint64_t memory_limit, uint32_t atom_limit, const AtomBook *base)
{
    memset(s, 0, sizeof *s);
    arena_init(&s->arena, memory_limit);
    atom_book_init(&s->atoms, atom_limit, base);
    s->atoms.arena = &s->arena;
    // Zero is no reference: tables keyed by reference numbers use it for "empty".
    s->next_ref = 2;
    s->node = AM_nonode_at_nohost;
}

void space_clear(Space *s)
{
    atom_book_clear(&s->atoms);
    arena_clear(&s->arena);
    s->binary_bytes = 0;
}

uint64_t space_next_ref(Space *s) { return s->next_ref++; }

Term space_make_ref(Space *s, Term *at)
{
    uint64_t n = space_next_ref(s);
    at[0] = HEADER(BOX_REF, REF_WORDS - 1);
    at[1] = ref_ids01(n);
    at[2] = ref_id2(n);
    return make_boxed(at);
}
