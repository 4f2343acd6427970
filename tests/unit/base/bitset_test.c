// SPDX-License-Identifier: Apache-2.0
// Bit sets at word borders.

#include "base/bitset.h"
#include "unit.h"

static void members_are_found(void **state)
{
    static const size_t members[] = {0, 1, 63, 64, 127, 128, 199};
    Bitset s;
    assert_ok(bitset_init(&s, NULL, 200));
    assert_int_equal(bitset_next(&s, 0), BITSET_NONE);
    for (size_t i = 0; i < ARRAY_LEN(members); i++) bitset_add(&s, members[i]);
    assert_int_equal(bitset_count(&s), ARRAY_LEN(members));
    size_t at = 0;
    for (size_t i = 0; i < ARRAY_LEN(members); i++, at++) {
        at = bitset_next(&s, at);
        assert_int_equal(at, members[i]);
    }
    assert_int_equal(bitset_next(&s, at), BITSET_NONE);
    assert_int_equal(bitset_next_absent(&s, 0), 2);
    bitset_remove(&s, 1);
    assert_false(bitset_has(&s, 1));
    assert_ok(bitset_grow(&s, 300));
    assert_true(bitset_has(&s, 199));
    assert_false(bitset_has(&s, 299));
    bitset_fill(&s, true);
    assert_int_equal(bitset_count(&s), 300);
    assert_int_equal(bitset_next_absent(&s, 0), BITSET_NONE);
    bitset_clear(&s);
}

static void sets_are_combined(void **state)
{
    Bitset a, b;
    assert_ok(bitset_init(&a, NULL, 100));
    assert_ok(bitset_init(&b, NULL, 100));
    bitset_add(&a, 5);
    bitset_add(&b, 5);
    bitset_add(&b, 99);
    assert_true(bitset_unite(&a, &b));
    assert_false(bitset_unite(&a, &b));
    assert_true(bitset_has(&a, 99));
    bitset_remove(&b, 5);
    assert_true(bitset_intersect(&a, &b));
    assert_int_equal(bitset_count(&a), 1);
    bitset_clear(&a);
    bitset_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_found),
        cmocka_unit_test(sets_are_combined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
