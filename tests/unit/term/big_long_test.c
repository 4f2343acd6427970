// SPDX-License-Identifier: Apache-2.0
// Long integer arithmetic against GMP, at sizes around all thresholds.
#include "term/big_long.h"

#include <gmp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t seed = 88172645463325252u;

static uint64_t next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    return seed ^= seed << 17;
}

// Random limbs, or rows of zeros and ones, where carries run far. The top one is not zero.
static uint64_t *new_limbs(size_t n)
{
    uint64_t *a = malloc(n * 8);
    uint64_t style = next_random() % 4;
    for (size_t i = 0; i < n; i++)
        a[i] = style < 2 ? next_random() : style == 2 ? UINT64_MAX : (i % 97 == 0) * next_random();
    if (a[n - 1] == 0) a[n - 1] = 1 + style;
    return a;
}

static const size_t sizes[] = {1,    2,    63,   511,  512,  513,  1023,  1024, 1025,
                               2047, 2048, 2049, 4097, 8191, 8193, 16385, 70000};

static void products_are_right(void **state)
{
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (size_t j = 0; j <= i; j++) {
            size_t an = sizes[i], bn = sizes[j];
            uint64_t *a = new_limbs(an), *b = new_limbs(bn);
            uint64_t *got = malloc((an + bn) * 8), *want = malloc((an + bn) * 8);
            mpn_mul(want, a, (mp_size_t)an, b, (mp_size_t)bn);
            assert_true(j % 2 == 0 ? long_mul(NULL, got, a, an, b, bn)
                                   : long_mul(NULL, got, b, bn, a, an));
            assert_memory_equal(got, want, (an + bn) * 8);
            free(a);
            free(b);
            free(got);
            free(want);
        }
        size_t n = sizes[i];
        uint64_t *a = new_limbs(n), *got = malloc(16 * n), *want = malloc(16 * n);
        mpn_sqr(want, a, (mp_size_t)n);
        assert_true(long_mul(NULL, got, a, n, a, n));
        assert_memory_equal(got, want, 16 * n);
        free(a);
        free(got);
        free(want);
    }
}

static void check_division(const uint64_t *a, size_t an, const uint64_t *b, size_t bn)
{
    size_t qn = an - bn + 1;
    uint64_t *q = malloc(qn * 8), *r = malloc(bn * 8);
    uint64_t *want_q = malloc(qn * 8), *want_r = malloc(bn * 8);
    mpn_tdiv_qr(want_q, want_r, 0, a, (mp_size_t)an, b, (mp_size_t)bn);
    assert_true(long_div(NULL, q, r, a, an, b, bn));
    assert_memory_equal(q, want_q, qn * 8);
    assert_memory_equal(r, want_r, bn * 8);
    free(q);
    free(r);
    free(want_q);
    free(want_r);
}

static void quotients_are_right(void **state)
{
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (size_t j = 0; j <= i; j++) {
            size_t an = sizes[i] + next_random() % 3, bn = sizes[j];
            uint64_t *a = new_limbs(an), *b = new_limbs(bn);
            check_division(a, an, b, bn);
            // The upper limbs of both are the same.
            memcpy(a + an - bn, b, bn * 8);
            if (an > bn) a[an - bn - 1] = next_random();
            check_division(a, an, b, bn);
            if (bn > 1) {
                if (a[an - bn] > 0) a[an - bn]--;
                check_division(a, an, b, bn);
            }
            free(a);
            free(b);
        }
    }
}

static void texts_are_right(void **state)
{
    static const unsigned bases[] = {10, 2, 3, 7, 8, 16, 32, 36};
    for (size_t i = 2; i < sizeof sizes / sizeof *sizes; i++) {
        for (size_t k = 0; k < sizeof bases / sizeof *bases; k++) {
            size_t n = sizes[i];
            unsigned base = bases[k];
            if (n > 20000 && k > 1) continue;
            uint64_t *a = new_limbs(n), *copy = malloc(n * 8);
            IntView v = {.limbs = a, .n = n};
            size_t room = big_text_size(&v, base) + 64;
            uint8_t *got = malloc(room), *want = malloc(room);
            memcpy(copy, a, n * 8);
            size_t len = mpn_get_str(want, (int)base, copy, (mp_size_t)n), zeros = 0;
            while (zeros < len && want[zeros] == 0) zeros++;
            size_t printed = long_print(NULL, got, a, n, base);
            assert_int_equal(printed, len - zeros);
            assert_memory_equal(got, want + zeros, printed);
            uint64_t *back = malloc(big_parse_words(printed, base) * 8);
            assert_int_equal(long_parse(NULL, back, got, printed, base), n);
            assert_memory_equal(back, a, n * 8);
            free(a);
            free(copy);
            free(got);
            free(want);
            free(back);
        }
    }
}

static void zeros_within_a_text_stay(void **state)
{
    // 10^k: all low halves are zero.
    enum { DIGITS = 300000 };
    uint8_t *digits = calloc(1, DIGITS), *got = malloc(DIGITS + 64);
    digits[0] = 1;
    uint64_t *a = malloc(big_parse_words(DIGITS, 10) * 8);
    size_t n = long_parse(NULL, a, digits, DIGITS, 10);
    assert_int_equal(long_print(NULL, got, a, n, 10), DIGITS);
    assert_memory_equal(got, digits, DIGITS);
    memset(digits, 0, DIGITS);
    assert_int_equal(long_parse(NULL, a, digits, DIGITS, 10), 0);
    free(digits);
    free(got);
    free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_are_right),
        cmocka_unit_test(quotients_are_right),
        cmocka_unit_test(texts_are_right),
        cmocka_unit_test(zeros_within_a_text_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
