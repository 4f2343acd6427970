// SPDX-License-Identifier: Apache-2.0
// Hash maps against a plain array that does the same.

#include "base/hashmap.h"

#include <stdio.h>

#include "unit.h"

static void agrees_with_an_array(void **state)
{
    enum { KEYS = 500 };
    static uint64_t values[KEYS];
    static bool present[KEYS];
    HashMap m;
    hashmap_init(&m, NULL, 7);
    size_t expected = 0;
    uint32_t seed = 5;
    for (int round = 0; round < 100000; round++) {
        seed = seed * 1664525 + 1013904223;
        uint64_t k = (seed >> 8) % KEYS;
        if (seed >> 31) {
            expected += !present[k];
            present[k] = true;
            values[k] = seed;
            assert_ok(hashmap_put(&m, k << 32, seed));
        } else {
            uint64_t old = 0;
            assert_int_equal(hashmap_remove(&m, k << 32, &old), present[k]);
            if (present[k]) assert_int_equal(old, values[k]);
            expected -= present[k];
            present[k] = false;
        }
        assert_int_equal(m.used, expected);
    }
    for (uint64_t k = 0; k < KEYS; k++) {
        uint64_t v = 0;
        assert_int_equal(hashmap_get(&m, k << 32, &v), present[k]);
        if (present[k]) assert_int_equal(v, values[k]);
    }
    size_t seen = 0, it = 0;
    uint64_t k, v;
    while (hashmap_next(&m, &it, &k, &v)) {
        assert_true(present[k >> 32]);
        seen++;
    }
    assert_int_equal(seen, expected);
    hashmap_clear(&m);
}

static void strings_are_keys(void **state)
{
    enum { KEYS = 3000 };
    static char names[KEYS][16];
    Arena a;
    arena_init(&a, ARENA_NO_LIMIT);
    StrMap m;
    strmap_init(&m, &a, 1);
    assert_ok(strmap_put(&m, NULL, 0, 99));
    for (uint64_t i = 0; i < KEYS; i++) {
        snprintf(names[i], sizeof names[i], "key%d", (int)i);
        assert_ok(strmap_put(&m, names[i], strlen(names[i]), i));
    }
    for (uint64_t i = 0; i < KEYS; i += 2)
        assert_true(strmap_remove(&m, names[i], strlen(names[i]), NULL));
    for (uint64_t i = 0; i < KEYS; i++) {
        uint64_t v = 0;
        assert_int_equal(strmap_get(&m, names[i], strlen(names[i]), &v), i % 2);
        if (i % 2) assert_int_equal(v, i);
    }
    uint64_t v = 0;
    assert_true(strmap_get(&m, "", 0, &v));
    assert_int_equal(v, 99);
    strmap_clear(&m);
    assert_int_equal(a.in_use, 0);
    arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_an_array),
        cmocka_unit_test(strings_are_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
