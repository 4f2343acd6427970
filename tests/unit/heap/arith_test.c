// SPDX-License-Identifier: Apache-2.0
// Arithmetic: values, limits and errors as OTP 25 has them.

#include "heap/arith.h"

#include "term/compare.h"
#include "terms.h"

typedef Term (*Op)(Heap *, Term, Term, ArithError *);

// An integer written in base 10.
static Term num(const char *text)
{
    uint8_t digits[512];
    bool negative = *text == '-';
    text += negative;
    size_t n = strlen(text);
    for (size_t i = 0; i < n; i++) digits[i] = (uint8_t)digit_value((uint8_t)text[i], 10);
    ArithError e;
    Term t = arith_parse(&heap, digits, n, 10, negative, &e);
    assert_true(t != TERM_NONE);
    return t;
}

static void expect(Op op, const char *a, const char *b, const char *result)
{
    ArithError e = ARITH_OK;
    assert_true(equal_exact(op(&heap, num(a), num(b), &e), num(result)));
}

static void fails(Op op, Term a, Term b, ArithError why)
{
    ArithError e = ARITH_OK;
    assert_int_equal(op(&heap, a, b, &e), TERM_NONE);
    assert_int_equal(e, why);
}

static void small_and_big_meet(void **state)
{
    expect(arith_add, "576460752303423487", "1", "576460752303423488");
    expect(arith_sub, "576460752303423488", "1", "576460752303423487");
    expect(arith_sub, "-576460752303423488", "1", "-576460752303423489");
    expect(arith_mul, "-576460752303423488", "-1", "576460752303423488");
    expect(arith_div, "-576460752303423488", "-1", "576460752303423488");
    expect(arith_mul, "4294967296", "4294967296", "18446744073709551616");
    expect(arith_mul, "18446744073709551616", "0", "0");
    expect(arith_add, "18446744073709551615", "1", "18446744073709551616");
    expect(arith_sub, "18446744073709551616", "18446744073709551617", "-1");
    assert_true(is_small(num("576460752303423487")) && is_big(num("576460752303423488")));
}

static void division_rounds_towards_zero(void **state)
{
    expect(arith_div, "-7", "2", "-3");
    expect(arith_rem, "-7", "2", "-1");
    expect(arith_div, "-100000000000000000000000000000", "30000000000", "-3333333333333333333");
    expect(arith_rem, "-100000000000000000000000000000", "30000000000", "-10000000000");
    expect(arith_rem, "5", "100000000000000000000000000000", "5");
    fails(arith_div, num("100000000000000000000000000000"), make_small(0), ARITH_BADARITH);
    fails(arith_rem, make_small(1), make_small(0), ARITH_BADARITH);
    fails(arith_div, flo(1), make_small(1), ARITH_BADARITH);
}

static void bits_are_twos_complement(void **state)
{
    expect(arith_band, "-1", "340282366920938463463374607431768211455",
           "340282366920938463463374607431768211455");
    expect(arith_band, "-18446744073709551616", "-2", "-18446744073709551616");
    expect(arith_bor, "-18446744073709551616", "1", "-18446744073709551615");
    expect(arith_bxor, "-18446744073709551616", "18446744073709551615", "-1");
    expect(arith_bsr, "-18446744073709551617", "64", "-2");
    expect(arith_bsr, "-18446744073709551616", "64", "-1");
    expect(arith_bsr, "-1", "1000", "-1");
    expect(arith_bsl, "-3", "70", "-3541774862152233910272");
    expect(arith_bsl, "12345678901234567890", "-60", "10");
    ArithError e;
    assert_true(equal_exact(arith_bnot(&heap, num("18446744073709551615"), &e),
                            num("-18446744073709551616")));
}

static void shifts_by_any_integer(void **state)
{
    const char *huge = "1208925819614629174706176", *minus = "-1208925819614629174706176";
    expect(arith_bsl, "0", huge, "0");
    expect(arith_bsl, "1", minus, "0");
    expect(arith_bsl, "-1", minus, "-1");
    expect(arith_bsr, huge, huge, "0");
    expect(arith_bsr, minus, huge, "-1");
    fails(arith_bsl, make_small(1), num(huge), ARITH_SYSTEM_LIMIT);
    fails(arith_bsr, make_small(1), num(minus), ARITH_SYSTEM_LIMIT);
    fails(arith_bsl, make_small(1), flo(1), ARITH_BADARITH);
}

// The largest integer of OTP has 524287 limbs.
static void too_large_is_system_limit(void **state)
{
    ArithError e;
    Term top = arith_bsl(&heap, make_small(1), make_small(33554367), &e);
    assert_true(top != TERM_NONE);
    assert_int_equal(big_limbs(top), BIG_MAX_LIMBS);
    fails(arith_bsl, make_small(1), make_small(33554368), ARITH_SYSTEM_LIMIT);
    fails(arith_add, top, top, ARITH_SYSTEM_LIMIT);
    fails(arith_mul, top, make_small(2), ARITH_SYSTEM_LIMIT);
    fails(arith_mul, top, top, ARITH_SYSTEM_LIMIT);
    assert_true(arith_mul(&heap, top, make_small(1), &e) != TERM_NONE);
    assert_true(arith_neg(&heap, top, &e) != TERM_NONE);
}

static void floats_have_no_infinity(void **state)
{
    ArithError e;
    fails(arith_mul, flo(1e308), make_small(10), ARITH_BADARITH);
    fails(arith_fdiv, make_small(1), make_small(0), ARITH_BADARITH);
    fails(arith_fdiv, flo(1), flo(-0.0), ARITH_BADARITH);
    fails(arith_add, AM_ok, make_small(1), ARITH_BADARITH);
    Term big = arith_bsl(&heap, make_small(1), make_small(1024), &e);
    fails(arith_add, big, flo(1), ARITH_BADARITH);
    fails(arith_fdiv, big, make_small(1), ARITH_BADARITH);
    assert_true(float_value(arith_fdiv(&heap, make_small(3), make_small(2), &e)) == 1.5);
    // OTP converts from the top limb down, rounding at each.
    double d;
    Term tie = num("340282366920938501242307315882556358657");  // 2^128 + 2^75 + 1
    assert_true(arith_to_double(tie, &d) && d == 0x1p128);
    assert_true(arith_to_double(num("18446744073709553665"), &d) && d == 18446744073709555712.0);
    assert_true(equal_exact(arith_trunc(&heap, -1e22), num("-10000000000000000000000")));
    assert_true(equal_exact(arith_trunc(&heap, -0.9), num("0")));
}

static void text_in_every_base(void **state)
{
    char text[400];
    uint64_t scratch[8];
    for (unsigned base = 2; base <= 36; base++) {
        IntView v;
        Term n = num("-123456789012345678901234567890123456789012345678901234567890");
        int_view(&v, n);
        assert_true(big_text_size(&v, base) <= sizeof text);
        size_t len = big_print(text, &v, base, scratch);
        uint8_t digits[400];
        for (size_t i = 1; i < len; i++) digits[i] = (uint8_t)digit_value((uint8_t)text[i], base);
        ArithError e;
        assert_true(equal_exact(arith_parse(&heap, digits + 1, len - 1, base, true, &e), n));
    }
    assert_true(
        equal_exact(num("00000000000000000000000000000000000000000000000005"), make_small(5)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_and_big_meet),        cmocka_unit_test(division_rounds_towards_zero),
        cmocka_unit_test(bits_are_twos_complement),  cmocka_unit_test(shifts_by_any_integer),
        cmocka_unit_test(too_large_is_system_limit), cmocka_unit_test(floats_have_no_infinity),
        cmocka_unit_test(text_in_every_base),
    };
    return cmocka_run_group_tests(tests, terms_set_up, terms_tear_down);
}
