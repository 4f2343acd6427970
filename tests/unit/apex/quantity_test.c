// SPDX-License-Identifier: Apache-2.0
// Numbers with units as the command line takes and prints them.

#include "quantity.c"

#include "unit.h"

static void sizes_are_read(void **state)
{
    uint64_t n;
    assert_true(parse_bytes("4096", &n) && n == 4096);
    assert_true(parse_bytes("64M", &n) && n == 64u << 20);
    assert_true(parse_bytes("1.5g", &n) && n == UINT64_C(3) << 29);
    assert_true(parse_bytes("2KB", &n) && n == 2048);
    static const char *const wrong[] = {"",     "M",   "-1",        " 1", "1X",
                                        "0x10", "inf", "99999999T", "1 M"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) assert_false(parse_bytes(wrong[i], &n));
}

static void durations_are_read(void **state)
{
    uint64_t n;
    assert_true(parse_duration("5", &n) && n == 5000000000);
    assert_true(parse_duration("250ms", &n) && n == 250000000);
    assert_true(parse_duration("0.5h", &n) && n == UINT64_C(1800) * 1000000000);
    assert_false(parse_duration("5 s", &n));
}

static void counts_are_exact(void **state)
{
    uint64_t n;
    assert_true(parse_count("1_000_000", &n) && n == 1000000);
    assert_true(parse_count("18446744073709551615", &n) && n == UINT64_MAX);
    static const char *const wrong[] = {"", "_1", "1_", "1__0", "1k", "18446744073709551616"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) assert_false(parse_count(wrong[i], &n));
}

static void amounts_are_short(void **state)
{
    char text[16];
    format_bytes(text, 999);
    assert_string_equal(text, "999 B");
    format_bytes(text, 1536);
    assert_string_equal(text, "1.5 KB");
    format_bytes(text, UINT64_MAX);
    format_duration(text, 1500);
    assert_string_equal(text, "1.50 us");
    format_duration(text, 999999999);
    assert_string_equal(text, "1.00 s");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_read),
        cmocka_unit_test(durations_are_read),
        cmocka_unit_test(counts_are_exact),
        cmocka_unit_test(amounts_are_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
