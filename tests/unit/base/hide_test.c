// SPDX-License-Identifier: Apache-2.0
// What stands for addresses can be turned back, and does not look like them.
#include "base/hide.h"

#include "unit.h"

static void it_can_be_undone(void **state)
{
    assert_int_equal(hide_init(), ST_OK);
    unsigned low = 0;
    for (uintptr_t at = 0x7f0000001000; at < 0x7f0000009000; at += 8) {
        uint64_t hidden = hide_address((const void *)at);
        assert_ptr_equal(hide_undone(hidden), (const void *)at);
        assert_true(hidden == hide_address((const void *)at));
        low += hidden >> 47 == 0;
    }
    assert_true(low < 10);  // as many look like addresses as do by chance
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(it_can_be_undone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
