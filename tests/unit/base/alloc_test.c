// SPDX-License-Identifier: Apache-2.0
// Arenas: counting, limits, reuse, failure injection.

#include "base/alloc.h"
#include "base/os.h"
#include "unit.h"

static void sizes_are_served_and_aligned(void **state)
{
    Arena a;
    arena_init(&a, ARENA_NO_LIMIT);
    for (size_t size = 0; size < 70000; size = size < 600 ? size + 1 : size + 97) {
        uint8_t *p = arena_alloc(&a, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % 16, 0);
        memset(p, 0xab, size);
        assert_true(a.in_use <= a.used);
        arena_free(&a, p, size);
        assert_int_equal(a.in_use, 0);
    }
    arena_clear(&a);
    assert_int_equal(a.used, 0);
}

static void blocks_do_not_overlap(void **state)
{
    Arena a;
    arena_init(&a, ARENA_NO_LIMIT);
    enum { COUNT = 2000 };
    static uint8_t *blocks[COUNT];
    static size_t sizes[COUNT];
    uint32_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        seed = seed * 1664525 + 1013904223;
        size_t i = (seed >> 8) % COUNT;
        if (blocks[i] != NULL) {
            for (size_t k = 0; k < sizes[i]; k++) assert_int_equal(blocks[i][k], (uint8_t)i);
            arena_free(&a, blocks[i], sizes[i]);
        }
        sizes[i] = (seed >> 4) % 16 == 0 ? (seed >> 3) % 50000 : (seed >> 5) % 700;
        blocks[i] = arena_alloc(&a, sizes[i]);
        assert_non_null(blocks[i]);
        memset(blocks[i], (uint8_t)i, sizes[i]);
    }
    arena_clear(&a);
    assert_int_equal(a.used, 0);
    assert_int_equal(a.in_use, 0);
}

static void a_fresh_arena_is_small(void **state)
{
    Arena a;
    arena_init(&a, ARENA_NO_LIMIT);
    assert_int_equal(a.used, 0);
    void *p = arena_alloc(&a, 100);
    assert_non_null(p);
    assert_true(a.used <= 4096);
    arena_clear(&a);
}

static void the_limit_holds(void **state)
{
    Arena a;
    arena_init(&a, 100000);
    assert_null(arena_alloc(&a, 100001));
    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_null(arena_calloc(&a, SIZE_MAX / 2, 3));
    assert_int_equal(a.used, 0);
    size_t total = 0;
    while (arena_alloc(&a, 1000) != NULL) {
        total += 1000;
        assert_true(a.used <= a.limit);
    }
    assert_true(total > 60000);  // most of the limit is usable
    assert_int_equal(a.peak, a.used);
    assert_null(arena_alloc(&a, 90000));
    arena_clear(&a);
    void *p = arena_alloc(&a, 90000);
    assert_non_null(p);
    arena_free(&a, p, 90000);
    assert_int_equal(a.used, 0);
}

// Many small blocks, freed, must not stand in the way of a large one.
static void freed_chunks_come_back(void **state)
{
    enum { COUNT = 20000 };
    static void *blocks[COUNT];
    Arena a;
    arena_init(&a, 16 << 20);
    for (int round = 0; round < 3; round++) {
        size_t n = 0;
        while (n < COUNT && (blocks[n] = arena_alloc(&a, 100 + n % 1900)) != NULL) n++;
        assert_true(a.used > 12 << 20);
        assert_null(arena_alloc(&a, 12 << 20));
        void *kept = blocks[n / 2];
        memset(kept, 0x5a, 100);
        for (size_t i = 0; i < n; i++)
            if (i != n / 2) arena_free(&a, blocks[i], 100 + i % 1900);
        void *large = arena_alloc(&a, 12 << 20);
        assert_non_null(large);
        for (size_t i = 0; i < 100; i++) assert_int_equal(((uint8_t *)kept)[i], 0x5a);
        arena_free(&a, large, 12 << 20);
        arena_free(&a, kept, 100 + n / 2 % 1900);
        assert_int_equal(a.in_use, 0);
    }
    arena_clear(&a);
    assert_int_equal(a.used, 0);
}

// Mapped blocks cost whole pages.
static void large_blocks_are_charged_as_the_system_gives_them(void **state)
{
    size_t page = os_page_size();
    Arena a;
    arena_init(&a, ARENA_NO_LIMIT);
    void *p = arena_alloc(&a, 1 << 20);
    assert_non_null(p);
    assert_true(APEX_ASAN || (a.used % page == 0 && a.used == (1 << 20) + page));
    arena_free(&a, p, 1 << 20);
    assert_int_equal(a.used, 0);
    arena_clear(&a);
}

static void charges_by_hand_count(void **state)
{
    Arena a;
    arena_init(&a, 1000);
    assert_true(arena_charge(&a, 600));
    assert_false(arena_charge(&a, 401));
    assert_false(arena_charge(&a, UINT64_MAX));
    assert_true(arena_charge(&a, 400));
    arena_uncharge(&a, 1000);
    assert_int_equal(a.used, 0);
    assert_int_equal(a.peak, 1000);
    a.limit = 10;
    assert_true(arena_charge(NULL, 1 << 30));
}

static void realloc_keeps_the_content(void **state)
{
    static const size_t sizes[] = {1, 16, 17, 500, 513, 640, 32768, 32769, 100000, 40000, 100, 8};
    Arena a;
    arena_init(&a, ARENA_NO_LIMIT);
    Arena *both[] = {&a, NULL};
    for (size_t k = 0; k < ARRAY_LEN(both); k++) {
        size_t old = 0, kept = SIZE_MAX;
        uint8_t *p = NULL;
        for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
            p = arena_realloc(both[k], p, old, sizes[i]);
            assert_non_null(p);
            if (i == 0) kept = 0;
            if (kept > sizes[i]) kept = sizes[i];
            for (size_t j = 0; j < kept; j++) assert_int_equal(p[j], (uint8_t)(j * 7));
            for (size_t j = 0; j < sizes[i]; j++) p[j] = (uint8_t)(j * 7);
            old = kept = sizes[i];
        }
        arena_free(both[k], p, old);
    }
    assert_int_equal(a.in_use, 0);
    arena_clear(&a);
}

static void failures_can_be_injected(void **state)
{
#ifndef NDEBUG
    Arena a;
    arena_init(&a, ARENA_NO_LIMIT);
    alloc_fail_after(3);
    assert_non_null(arena_alloc(&a, 10));
    assert_non_null(arena_alloc(&a, 10));
    assert_null(arena_alloc(&a, 10));
    assert_null(arena_alloc(NULL, 10));
    alloc_fail_after(0);
    assert_non_null(arena_alloc(&a, 10));
    arena_clear(&a);
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_served_and_aligned),
        cmocka_unit_test(blocks_do_not_overlap),
        cmocka_unit_test(a_fresh_arena_is_small),
        cmocka_unit_test(the_limit_holds),
        cmocka_unit_test(large_blocks_are_charged_as_the_system_gives_them),
        cmocka_unit_test(charges_by_hand_count),
        cmocka_unit_test(realloc_keeps_the_content),
        cmocka_unit_test(freed_chunks_come_back),
        cmocka_unit_test(failures_can_be_injected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
