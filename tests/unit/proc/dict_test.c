// SPDX-License-Identifier: Apache-2.0
// The process dictionary and the tables of an isolate.

#include "proc/dict.h"
#include "proc_fixture.h"

static void pairs_are_found_after_growth_and_removal(void **state)
{
    enum { COUNT = 3000 };
    Isolate *iso = isolate_new();
    Process *p = spawn_idle(iso);
    Term old;
    for (int i = 0; i < COUNT; i++) {
        assert_ok(dict_put(p, make_small(i), make_small(i + 1), &old));
        assert_int_equal(old, TERM_NONE);
    }
    for (int i = 0; i < COUNT; i += 2)
        assert_int_equal(dict_erase(p, make_small(i)), make_small(i + 1));
    assert_int_equal(dict_erase(p, SMALL(0)), TERM_NONE);
    for (int i = 0; i < COUNT; i++) {
        assert_int_equal(dict_get(p, make_small(i)), i % 2 ? make_small(i + 1) : TERM_NONE);
    }
    assert_ok(dict_put(p, SMALL(1), AM_ok, &old));
    assert_int_equal(old, SMALL(2));
    for (int i = 1; i < COUNT; i += 2)
        assert_int_not_equal(dict_erase(p, make_small(i)), TERM_NONE);
    assert_int_equal(p->dict.count, 0);
    assert_null(p->dict.pairs);
    isolate_free(iso);
}

static void compound_keys_survive_a_collection(void **state)
{
    Isolate *iso = isolate_new();
    Process *p = spawn_idle(iso);
    Term words[3], old;
    for (int i = 0; i < 100; i++) {
        Term *hp = heap_alloc(&p->heap, 3);
        assert_non_null(hp);
        assert_ok(dict_put(p, tuple2_at(&hp, AM_ok, make_small(i)), make_small(i), &old));
    }
    assert_ok(process_collect(p, false));
    assert_ok(process_collect(p, true));
    for (int i = 0; i < 100; i++) {
        Term *hp = words;
        assert_int_equal(dict_get(p, tuple2_at(&hp, AM_ok, make_small(i))), make_small(i));
    }
    isolate_free(iso);
}

static void maps_keep_their_members(void **state)
{
    Isolate *iso = isolate_new();
    IsoMap m = {0};
    for (uint64_t round = 0; round < 5; round++) {
        for (uint64_t i = 2; i < 2000; i++) assert_ok(iso_map_put(&m, &iso->space, i, i * 2));
        for (uint64_t i = 2; i < 2000; i += 2) assert_true(iso_map_remove(&m, i, NULL));
        uint64_t value;
        assert_true(iso_map_get(&m, 3, &value));
        assert_int_equal(value, 6);
        assert_false(iso_map_get(&m, 4, &value));
        assert_int_equal(m.count, 999);
    }
    assert_true(m.capacity <= 8192);
    size_t i = 0, seen = 0;
    for (uint64_t k, v; iso_map_next(&m, &i, &k, &v);) seen += v == k * 2;
    assert_int_equal(seen, 999);
    iso_map_clear(&m, &iso->space);
    isolate_free(iso);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_found_after_growth_and_removal),
        cmocka_unit_test(compound_keys_survive_a_collection),
        cmocka_unit_test(maps_keep_their_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
