// SPDX-License-Identifier: Apache-2.0
// proc/held.c - a term that no heap owns.
#include "proc/held.h"

#include "heap/copy.h"

Held *held_new(Space *s, Term t)
{
    size_t words = 0;
    if (!is_immed(t) && copy_size(s, t, copy_room(s), &words) != ST_OK) return NULL;
    Held *h = arena_alloc(&s->arena, sizeof(Held) + words * sizeof(Term));
    if (h == NULL) return NULL;
    *h = (Held){.refs = 1, .value = t, .words = words};
    Term *hp = h->data;
    if (is_immed(t) || copy_term_at(s, t, &hp, &h->off, &h->value) == ST_OK) return h;
    arena_free(&s->arena, h, sizeof(Held) + words * sizeof(Term));
    return NULL;
}

void held_release(Space *s, Held *h)
{
    if (h == NULL || --h->refs > 0) return;
    off_release_all(s, h->off);
    arena_free(&s->arena, h, sizeof(Held) + h->words * sizeof(Term));
}
