// SPDX-License-Identifier: Apache-2.0
// tests/unit/ets/fixture.h - an isolate with one process, and terms for it.
#pragma once
#include "ets/ets.h"
#include "heap/frozen.h"
#include "unit.h"

static Isolate iso;
static Process *p;

static void fixture_open(void)
{
    assert_ok(atom_table_init());
    assert_ok(frozen_init());
    Limits limits;
    limits_init(&limits);
    assert_ok(isolate_init(&iso, &limits, (CapSet){0}));
    p = process_new(&iso, 1000000, NULL);
    assert_non_null(p);
}

static void fixture_close(void)
{
    ets_close(&iso);
    assert_int_equal(iso.limits.of[LIMIT_TABLES].used, 0);
    isolate_clear(&iso);
}

MAYBE_UNUSED static Term tuple(size_t n, const Term *elements)
{
    Term *hp = heap_alloc(&p->heap, 1 + n);
    assert_non_null(hp);
    hp[0] = TUPLE_HEADER(n);
    for (size_t i = 0; i < n; i++) hp[1 + i] = elements[i];
    return make_boxed(hp);
}
#define TUPLE(...) tuple(sizeof((Term[]){__VA_ARGS__}) / sizeof(Term), (Term[]){__VA_ARGS__})

MAYBE_UNUSED static Term list(size_t n, const Term *elements)
{
    Term result = TERM_NIL;
    while (n-- > 0) {
        Term *hp = heap_alloc(&p->heap, 2);
        assert_non_null(hp);
        result = cons_at(&hp, elements[n], result);
    }
    return result;
}
#define LIST(...) list(sizeof((Term[]){__VA_ARGS__}) / sizeof(Term), (Term[]){__VA_ARGS__})

MAYBE_UNUSED static Term atom(const char *text)
{
    Term t;
    assert_ok(atom_book_intern(&iso.space.atoms, text, strlen(text), &t));
    return t;
}

MAYBE_UNUSED static EtsTable *table(EtsType type)
{
    EtsOptions o = {.type = type,
                    .protection = ETS_PROTECTED,
                    .keypos = 1,
                    .write_concurrency = AM_false,
                    .heir = AM_none};
    EtsTable *t;
    assert_ok(ets_table_new(&iso, p, AM_ets, &o, &t));
    return t;
}
