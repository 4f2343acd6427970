// SPDX-License-Identifier: Apache-2.0
// bif/build.h - small values in one expression; each is TERM_NONE with the
// exception set when memory is refused or an element is TERM_NONE.
#pragma once
#include "bif/bif.h"

static inline Term build_tuple(Process *p, unsigned n, const Term *elements)
{
    for (unsigned i = 0; i < n; i++) {
        if (elements[i] == TERM_NONE) return TERM_NONE;
    }
    Term *hp = bif_alloc(p, n + 1);
    if (hp == NULL) return TERM_NONE;
    hp[0] = TUPLE_HEADER(n);
    memcpy(hp + 1, elements, n * sizeof(Term));
    return make_boxed(hp);
}
#define BUILD_TUPLE(p, ...) \
    build_tuple((p), sizeof((Term[]){__VA_ARGS__}) / sizeof(Term), (Term[]){__VA_ARGS__})

static inline Term build_cons(Process *p, Term head, Term tail)
{
    if (head == TERM_NONE || tail == TERM_NONE) return TERM_NONE;
    Term *hp = bif_alloc(p, 2);
    return hp == NULL ? TERM_NONE : cons_at(&hp, head, tail);
}

// A list of n terms.
static inline Term build_list(Process *p, size_t n, const Term *items)
{
    Term *hp = bif_alloc(p, 2 * n);
    if (hp == NULL) return TERM_NONE;
    Term list = TERM_NIL;
    while (n-- > 0) {
        if (items[n] == TERM_NONE) list = TERM_NONE;
        // The words are filled in every case (H4).
        Term cell = cons_at(&hp, items[n] == TERM_NONE ? TERM_NIL : items[n],
                            list == TERM_NONE ? TERM_NIL : list);
        if (list != TERM_NONE) list = cell;
    }
    return list;
}
#define BUILD_LIST(p, ...) \
    build_list((p), sizeof((Term[]){__VA_ARGS__}) / sizeof(Term), (Term[]){__VA_ARGS__})

// A string as a list of its bytes.
static inline Term build_string(Process *p, const char *text)
{
    return bif_make_byte_list(p, (const uint8_t *)text, strlen(text), TERM_NIL);
}

static inline Term build_ref(Process *p, uint64_t number)
{
    Term *hp = bif_alloc(p, REF_WORDS);
    if (hp == NULL) return TERM_NONE;
    hp[0] = HEADER(BOX_REF, REF_WORDS - 1);
    hp[1] = ref_ids01(number);
    hp[2] = ref_id2(number);
    return make_boxed(hp);
}

// A map of atom keys; keys[] in term order, n at most 32.
static inline Term build_map(Process *p, unsigned n, const Term *keys, const Term *values)
{
    Term *hp = bif_alloc(p, 1 + n + FLAT_MAP_WORDS(n));
    if (hp == NULL) return TERM_NONE;
    hp[0] = TUPLE_HEADER(n);
    memcpy(hp + 1, keys, n * sizeof(Term));
    Term *map = hp + 1 + n;
    map[0] = MAP_HEADER(MAP_FLAT, 0, 1 + n);
    map[1] = make_boxed(hp);
    memcpy(map + 2, values, n * sizeof(Term));
    return make_boxed(map);
}

// Is t {a, b} with these elements out?
static inline bool is_pair(Term t, Term *a, Term *b)
{
    if (!is_tuple_arity(t, 2)) return false;
    *a = tuple_elements(t)[0];
    *b = tuple_elements(t)[1];
    return true;
}

static inline bool get_bool(Term t, bool *out)
{
    *out = t == AM_true;
    return t == AM_true || t == AM_false;
}
