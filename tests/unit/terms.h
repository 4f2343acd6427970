// SPDX-License-Identifier: Apache-2.0
// tests/unit/terms.h - a heap to build terms on, and short names to build them.

#ifndef TERMS_H
#define TERMS_H

#include "heap/binary.h"
#include "heap/frozen.h"
#include "heap/heap.h"
#include "unit.h"

static Space space;
static Heap heap;

MAYBE_UNUSED static int terms_set_up(void **state)
{
    if (atom_table_init() != ST_OK || frozen_init() != ST_OK) return 1;
    space_init(&space, ARENA_NO_LIMIT, 0, NULL);
    return heap_init(&heap, &space, 100000);
}

MAYBE_UNUSED static int terms_tear_down(void **state)
{
    heap_clear(&heap);
    bool leaked = space.arena.in_use != 0;
    space_clear(&space);
    return leaked;
}

MAYBE_UNUSED static Term *room(size_t words)
{
    Term *at = heap_alloc(&heap, words);
    assert_non_null(at);
    return at;
}

MAYBE_UNUSED static Term cons(Term head, Term tail)
{
    Term *hp = room(2);
    return cons_at(&hp, head, tail);
}

MAYBE_UNUSED static Term tuple2(Term a, Term b)
{
    Term *hp = room(3);
    return tuple2_at(&hp, a, b);
}

MAYBE_UNUSED static Term flo(double d) { return make_float(room(FLOAT_WORDS), d); }

MAYBE_UNUSED static Term str(const char *text)
{
    size_t n = strlen(text);
    Term list = TERM_NIL;
    while (n > 0) list = cons(make_small((uint8_t)text[--n]), list);
    return list;
}

MAYBE_UNUSED static Term bin(const char *text) { return binary_new(&heap, text, strlen(text)); }

#endif
