// SPDX-License-Identifier: Apache-2.0
// UTF-8 at its edges.

#include "term/utf8.h"

#include "unit.h"

static void all_characters_come_back(void **state)
{
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (c == 0xD800) c = 0xE000;
        uint8_t bytes[4];
        uint32_t back;
        unsigned n = utf8_encode(bytes, c);
        if (utf8_decode(bytes, n, &back) != (int)n || back != c) fail_msg("U+%X", c);
        if (n > 1 && utf8_decode(bytes, n - 1, &back) != -(int)(n - 1)) fail_msg("cut U+%X", c);
    }
}

static void bad_bytes_are_refused(void **state)
{
    static const char *const bad[] = {"\x80",
                                      "\xc0\x80",
                                      "\xc1\xbf",
                                      "\xe0\x9f\xbf",
                                      "\xed\xa0\x80",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf4\x90\x80\x80",
                                      "\xf5\x80\x80\x80",
                                      "\xff",
                                      "\xc3(",
                                      "\xe2\x82("};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        uint32_t c;
        size_t chars;
        assert_int_equal(utf8_decode((const uint8_t *)bad[i], strlen(bad[i]), &c), 0);
        assert_false(utf8_count((const uint8_t *)bad[i], strlen(bad[i]), &chars));
    }
}

static void counts_and_prefixes(void **state)
{
    const uint8_t *text =
        (const uint8_t *)"long enough ascii, then \xc3\xa4\xf0\x9f\x98\x80!\xff...";
    size_t chars;
    assert_int_equal(utf8_ascii_prefix(text, 40), 24);
    assert_int_equal(utf8_valid_prefix(text, 35), 31);
    assert_true(utf8_count(text, 31, &chars));
    assert_int_equal(chars, 27);
    assert_true(utf8_count(text, 0, &chars) && chars == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_characters_come_back),
        cmocka_unit_test(bad_bytes_are_refused),
        cmocka_unit_test(counts_and_prefixes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
