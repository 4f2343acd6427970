// SPDX-License-Identifier: Apache-2.0
// Floats as text: what float_to_list/2 of OTP 25 prints, what list_to_float/1 reads.

#include "term/float_text.h"

#include <math.h>

#include "unit.h"

static void shortest(double d, const char *text)
{
    char out[FLOAT_TEXT_MAX];
    size_t n = float_short(out, d);
    assert_int_equal(n, strlen(text));
    assert_memory_equal(out, text, n);
}

static void decimals(double d, unsigned digits, bool compact, const char *text)
{
    char out[FLOAT_DECIMALS_MAX];
    size_t n = float_decimals(out, d, digits, compact);
    assert_int_equal(n, strlen(text));
    assert_memory_equal(out, text, n);
}

static void the_shorter_form_is_chosen(void **state)
{
    shortest(0.0, "0.0");
    shortest(-0.0, "-0.0");
    shortest(100.0, "100.0");
    shortest(1000.0, "1.0e3");
    shortest(3100.0, "3.1e3");
    shortest(123456789.0, "123456789.0");
    shortest(0.0001, "0.0001");
    shortest(0.00001, "1.0e-5");
    shortest(0.00012345, "1.2345e-4");
    shortest(0.00999, "0.00999");
    shortest(-123.456, "-123.456");
    shortest(9007199254740991.0, "9007199254740991.0");
    shortest(9007199254740992.0, "9.007199254740992e15");
    shortest(1e100, "1.0e100");
    shortest(5e-324, "5.0e-324");
    shortest(1.7976931348623157e308, "1.7976931348623157e308");
    shortest(1e23, "1.0e23");
    shortest(0x1p-44, "5.684341886080802e-14");
    shortest(0x1p-1022, "2.2250738585072014e-308");
    shortest(0x1p60, "1.152921504606847e18");
}

static void decimals_round_as_otp_does(void **state)
{
    decimals(0.125, 2, false, "0.13");
    decimals(2.5, 0, false, "3");
    decimals(1.005, 2, false, "1.00");
    decimals(9.995, 2, false, "9.99");
    decimals(99.9999, 2, false, "100.00");
    decimals(-0.0001, 2, false, "-0.00");
    decimals(0.3, 17, false, "0.30000000000000000");
    decimals(0.1, 20, false, "0.10000000000000000555");
    decimals(1e22, 2, false, "10000000000000000000000.00");
    decimals(1.5, 4, true, "1.5");
    decimals(1.0, 4, true, "1.0");
    decimals(100.0, 0, true, "100");
    decimals(1e22, 5, true, "10000000000000000000000.0");
    char out[FLOAT_DECIMALS_MAX];
    assert_int_equal(float_decimals(out, 1e300, 2, false), 0);
    assert_int_equal(float_decimals(out, 0.1, 253, false), 255);
}

static void scientific_is_printfs(void **state)
{
    char out[FLOAT_TEXT_MAX];
    size_t n = float_scientific(out, 0.1, 20);
    assert_int_equal(n, strlen("1.00000000000000005551e-01"));
    assert_memory_equal(out, "1.00000000000000005551e-01", n);
    assert_true(float_scientific(out, -1.7976931348623157e308, FLOAT_MAX_SCIENTIFIC) <
                FLOAT_TEXT_MAX);
}

static void reading(void **state)
{
    double d;
    static const char *const bad[] = {"",     "1",     "1.0e",    "1e5",     "1.",
                                      " 1.0", "1.0 ",  "1.0e400", "-",       ".5",
                                      "nan",  "0x1.0", "1.0e 5",  "1.0e5.0", "1_0.0"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(float_parse(bad[i], strlen(bad[i]), &d));
    assert_true(float_parse("+1.0E-5", 7, &d) && d == 1e-5);
    assert_true(float_parse("1.0e-400", 8, &d) && d == 0);
    assert_true(float_parse("-0.0", 4, &d) && d == 0 && signbit(d));
    assert_int_equal(float_prefix("1.0e+x", 6), 3);
    assert_int_equal(float_prefix("1.5.5", 5), 3);
    assert_int_equal(float_prefix("abc", 3), 0);
    // Longer than any buffer: 1 with 3000 zeros before and behind the point.
    static char text[7000];
    memset(text, '0', sizeof text);
    memcpy(text, "1", 1);
    text[3001] = '.';
    memcpy(text + 6000, "e-3000", 6);
    assert_true(float_parse(text, 6006, &d) && d == 1);
    // Half of the way between two doubles, and a little more.
    memcpy(text, "9007199254740993.", 17);
    memset(text + 17, '0', 3000);
    assert_true(float_parse(text, 3000, &d) && d == 9007199254740992.0);
    text[2900] = '1';
    assert_true(float_parse(text, 3000, &d) && d == 9007199254740994.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shorter_form_is_chosen),
        cmocka_unit_test(decimals_round_as_otp_does),
        cmocka_unit_test(scientific_is_printfs),
        cmocka_unit_test(reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
