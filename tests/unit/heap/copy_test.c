// SPDX-License-Identifier: Apache-2.0
// Copies equal what they were made of and share nothing with it but what may be
// shared.

#include "heap/copy.h"

#include "mirror.h"

#define SLOTS 32

static Space space;
static Heap from, to;
static Pair slots[SLOTS];

static Pair pick(void) { return slots[rng() % SLOTS]; }

static void setup(uint64_t limit)
{
    assert_ok(frozen_init());
    arena_init(&space.arena, limit);
    space.binary_bytes = 0;
    assert_ok(heap_init(&from, &space, 100000));
    assert_ok(heap_init(&to, &space, HEAP_DEFAULT_WORDS));
    for (size_t i = 0; i < SLOTS; i++) slots[i] = (Pair){TERM_NIL, mirror_immed(TERM_NIL)};
}

static void teardown(void)
{
    heap_clear(&to);
    assert_int_equal(space.binary_bytes, 0);
    assert_int_equal(space.arena.in_use, 0);
    assert_int_equal(natives_alive, 0);
    arena_clear(&space.arena);
    mirrors_free();
}

static void random_terms_are_copied(void **state)
{
    for (uint64_t seed = 1; seed <= 8; seed++) {
        setup(ARENA_NO_LIMIT);
        rng_state = seed * 7919;
        Term copies[3000];
        Mirror *of[3000];
        size_t count = 0;
        for (int i = 0; i < 3000; i++) {
            Pair p = build(&from, (MirrorKind)(rng() % M_KINDS), pick);
            size_t words;
            if (p.t == TERM_NONE || copy_size(&space, p.t, 3000, &words) != ST_OK) continue;
            slots[rng() % SLOTS] = p;
            size_t before = heap_words_used(&to);
            Term copy = copy_term(&to, p.t);
            assert_true(copy != TERM_NONE);
            assert_int_equal(heap_words_used(&to) - before, words);
            copies[count] = copy;
            of[count++] = p.m;
        }
        heap_clear(&from);  // nothing may refer to it now
        RootSpan span = {copies, count};
        const char *broken = heap_check(&to, &(Roots){&span, 1});
        if (broken != NULL) fail_msg("%s", broken);
        for (size_t i = 0; i < count; i++) mirror_compare(of[i], copies[i], false);
        teardown();
    }
}

static void sharing_without_end_is_refused(void **state)
{
    setup(16 << 20);
    Term t = TERM_NIL;
    for (int i = 0; i < 200; i++) {
        Term *at = heap_alloc(&from, 2);
        at[0] = at[1] = t;
        t = make_cons(at);
    }
    size_t words;
    assert_int_equal(copy_size(&space, t, 100000, &words), ST_LIMIT);
    assert_true(copy_term(&to, t) == TERM_NONE);
    heap_clear(&from);
    teardown();
}

static void deep_terms_need_no_c_stack(void **state)
{
    setup(ARENA_NO_LIMIT);
    Term t = TERM_NIL;
    enum { DEPTH = 1000000 };
    for (int i = 0; i < DEPTH; i++) {
        Term *at = heap_alloc(&from, 2);
        at[0] = TUPLE_HEADER(1), at[1] = t;
        t = make_boxed(at);
    }
    Term copy = copy_term(&to, t);
    assert_true(copy != TERM_NONE);
    heap_clear(&from);
    for (int i = 0; i < DEPTH; i++) {
        assert_true(is_tuple_arity(copy, 1));
        copy = tuple_elements(copy)[0];
    }
    assert_true(is_nil(copy));
    // The other way round, nested in heads, the walk has to remember the tails.
    assert_ok(heap_init(&from, &space, 100));
    for (int i = 0; i < DEPTH; i++) {
        Term *at = heap_alloc(&from, 2);
        at[0] = t = i == 0 ? TERM_NIL : t;
        at[1] = t;
        at[1] = i == 0 ? TERM_NIL : SMALL(1);
        t = make_cons(at);
    }
    assert_true(copy_term(&to, t) != TERM_NONE);
    heap_clear(&from);
    teardown();
}

static void frozen_terms_are_shared(void **state)
{
    setup(ARENA_NO_LIMIT);
    Term *at = frozen_alloc(32);
    at[0] = TUPLE_HEADER(1), at[1] = TERM_NIL;
    Term t = make_boxed(at);
    assert_true(copy_term(&to, t) == t);
    Term *cell = heap_alloc(&from, 2);
    cell[0] = t, cell[1] = TERM_NIL;
    Term copy = copy_term(&to, make_cons(cell));
    assert_true(cons_head(copy) == t);
    frozen_free(at, 32);
    heap_clear(&from);
    teardown();
}

static void frozen_blocks_are_reused(void **state)
{
    assert_ok(frozen_init());
    size_t used = frozen_bytes_used();
    enum { COUNT = 300 };
    char *blocks[COUNT] = {0};
    size_t sizes[COUNT];
    char *highest = NULL;
    for (int i = 0; i < 30000; i++) {
        size_t k = rng() % COUNT;
        if (blocks[k] != NULL) {
            for (size_t b = 0; b < sizes[k]; b++) assert_int_equal(blocks[k][b], (char)k);
            frozen_free(blocks[k], sizes[k]);
        }
        sizes[k] = rng() % 10 == 0 ? rng() % 200000 : rng() % 3000;
        blocks[k] = frozen_alloc(sizes[k]);
        assert_non_null(blocks[k]);
        assert_int_equal((uintptr_t)blocks[k] % 16, 0);
        for (size_t b = 0; b < sizes[k]; b++) assert_int_equal(blocks[k][b], 0);
        memset(blocks[k], (char)k, sizes[k]);
        if (blocks[k] + sizes[k] > highest) highest = blocks[k] + sizes[k];
    }
    for (size_t k = 0; k < COUNT; k++)
        if (blocks[k] != NULL) frozen_free(blocks[k], sizes[k]);
    assert_int_equal(frozen_bytes_used(), used);
    assert_true(highest - frozen_base < (ptrdiff_t)64 << 20);
    assert_null(frozen_alloc(SIZE_MAX));
    assert_null(frozen_alloc(FROZEN_BYTES));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_terms_are_copied),
        cmocka_unit_test(sharing_without_end_is_refused),
        cmocka_unit_test(deep_terms_need_no_c_stack),
        cmocka_unit_test(frozen_terms_are_shared),
        cmocka_unit_test(frozen_blocks_are_reused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
