// SPDX-License-Identifier: Apache-2.0
// heap/copy.h - terms from one place to another.
//
// Copying flattens sharing, as Erlang's messages do; what lies in the frozen
// region is not copied. Both functions are iterative. Their scratch stack comes
// from the space and is charged.
#pragma once
#include "heap/heap.h"

// Words that copy_term_at will write for t. ST_LIMIT/ST_NOMEM: more than `max`
// words or no scratch memory.
MUST_USE Status copy_size(Space *s, Term t, size_t max, size_t *words);
// The largest `max` that makes sense: what memory there is still.
static inline size_t copy_room(const Space *s)
{
    const Arena *a = &s->arena;
    return a->used < a->limit ? (size_t)((a->limit - a->used) / sizeof(Term)) : 0;
}
// Copies t to *hp, advancing it by exactly copy_size words; off-heap objects
// join *off. ST_NOMEM: scratch refused; nothing usable was written.
MUST_USE Status copy_term_at(Space *s, Term t, Term **hp, Term **off, Term *out);
// Size, heap_alloc, copy: into heap h. TERM_NONE: refused. [gc: no]
Term copy_term(Heap *h, Term t);
// The same for a copy of at most max words; *words: how many it has.
// ST_LIMIT: it would have more; ST_NOMEM.
MUST_USE Status copy_term_within(Heap *h, Term t, size_t max, Term *out, size_t *words);
