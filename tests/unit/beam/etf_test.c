// SPDX-License-Identifier: Apache-2.0

#include "beam/etf.h"

#include "unit.h"

static void prints(const char *bytes, size_t size, const char *text)
{
    Buf out;
    buf_init(&out);
    assert_ok(etf_print(&out, (const uint8_t *)bytes, size, NULL, NULL));
    assert_ok(buf_terminate(&out));
    assert_string_equal((char *)out.data, text);
    size_t used;
    assert_ok(etf_skip((const uint8_t *)bytes, size, &used));
    assert_int_equal(used, size);
    // Cut anywhere it is refused, by both.
    for (size_t cut = 0; cut < size; cut++) {
        uint8_t *copy = malloc(cut + (cut == 0));
        memcpy(copy, bytes, cut);
        assert_int_equal(etf_skip(copy, cut, &used), ST_FORMAT);
        assert_int_equal(etf_print(&out, copy, cut, NULL, NULL), ST_FORMAT);
        free(copy);
    }
    buf_clear(&out);
}

#define PRINTS(bytes, text) prints("\x83" bytes, sizeof(bytes), text)

static void test_text(void **state)
{
    PRINTS("a\x05", "5");
    PRINTS("b\xff\xff\xff\xfe", "-2");
    PRINTS("n\x08\x01\0\0\0\0\0\0\0\x80", "-9223372036854775808");
    PRINTS("o\0\0\0\x09\0\0\0\0\0\0\0\0\0\x01", "18446744073709551616");
    PRINTS("n\0\0", "0");
    PRINTS("F?\xf0\0\0\0\0\0\0", "1.0");
    PRINTS("F?\xb9\x99\x99\x99\x99\x99\x9a", "0.1");
    PRINTS("FC@\0\0\0\0\0\0", "9.007199254740992e15");
    PRINTS("c1.50000000000000000000e+00\0\0\0\0\0", "1.5");
    PRINTS("w\2ok", "ok");
    PRINTS("w\2Ok", "'Ok'");
    PRINTS("w\3end", "'end'");
    PRINTS("w\5maybe", "maybe");
    PRINTS("w\0", "''");
    PRINTS("v\0\3a'\n", "'a\\'\\n'");
    PRINTS("s\1\xe9", "\xc3\xa9");
    PRINTS("w\4\xf0\x9f\x98\x80", "'\xf0\x9f\x98\x80'");
    PRINTS("j", "[]");
    PRINTS("k\0\2hi", "\"hi\"");
    PRINTS("k\0\2\1\2", "[1,2]");
    PRINTS("l\0\0\0\2a\1a\2j", "[1,2]");
    PRINTS("l\0\0\0\1a\1a\2", "[1|2]");
    PRINTS("l\0\0\0\1jl\0\0\0\1h\0j", "[[]|[{}]]");
    PRINTS("h\2w\1ah\1j", "{a,{[]}}");
    PRINTS("i\0\0\0\0", "{}");
    PRINTS("m\0\0\0\2\"\\", "<<\"\\\"\\\\\">>");
    PRINTS("m\0\0\0\0", "<<>>");
    PRINTS("M\0\0\0\2\3\1\xa0", "<<1,5:3>>");
    PRINTS("t\0\0\0\2w\1aa\1jh\0", "#{a => 1,[] => {}}");
    PRINTS("qw\5listsw\3mapa\2", "fun lists:map/2");
    PRINTS("Xw\1n\0\0\0\x50\0\0\0\1\0\0\0\2", "<0.80.1>");
    PRINTS("gw\1n\0\0\0\x50\0\0\0\1\2", "<0.80.1>");
    PRINTS("xw\1n\0\0\0\0\0\0\0\7\0\0\0\2", "#Port<0.7>");
    PRINTS("Z\0\2w\1n\0\0\0\2\0\0\0\1\0\0\0\2", "#Ref<0.2.1>");
    PRINTS("ew\1n\0\0\0\1\2", "#Ref<0.1>");
}

static void test_malformed(void **state)
{
    static const char *const bad[] = {"P\1\1\1\1\1", "R\1", "y12345678", "\x7f", "cx"};
    size_t used;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint8_t bytes[16] = {ETF_VERSION};
        memcpy(bytes + 1, bad[i], strlen(bad[i]));
        assert_int_equal(etf_skip(bytes, sizeof bytes, &used), ST_FORMAT);
    }
    assert_int_equal(etf_skip((const uint8_t *)"\x82j", 2, &used), ST_FORMAT);
    // Not a number; more bits than a byte has; a pid on a node that is none.
    assert_int_equal(etf_skip((const uint8_t *)"\x83"
                                               "F\x7f\xf8\0\0\0\0\0\0",
                              10, &used),
                     ST_FORMAT);
    assert_int_equal(etf_skip((const uint8_t *)"\x83M\0\0\0\1\x09\1", 8, &used), ST_FORMAT);
    assert_int_equal(etf_skip((const uint8_t *)"\x83Xa\1\0\0\0\0\0\0\0\0\0\0\0\0", 16, &used),
                     ST_FORMAT);
    // Claims of four billion children.
    assert_int_equal(etf_skip((const uint8_t *)"\x83t\xff\xff\xff\xffjj", 8, &used), ST_FORMAT);
    assert_int_equal(etf_skip((const uint8_t *)"\x83l\xff\xff\xff\xffjj", 8, &used), ST_FORMAT);
}

static void test_deep_nesting(void **state)
{
    size_t depth = 1000000;
    uint8_t *bytes = malloc(2 * depth + 2);
    bytes[0] = ETF_VERSION;
    for (size_t i = 0; i < depth; i++) memcpy(bytes + 1 + 2 * i, "h\1", 2);
    bytes[2 * depth + 1] = 'j';
    size_t used;
    assert_ok(etf_skip(bytes, 2 * depth + 2, &used));
    Buf out;
    buf_init(&out);
    Diag d;
    diag_init(&d);
    assert_int_equal(etf_print(&out, bytes, 2 * depth + 2, NULL, &d), ST_LIMIT);
    out.len = 0;
    EtfPrintLimits limits = {.depth = depth, .bytes = 4 * depth};
    assert_ok(etf_print(&out, bytes, 2 * depth + 2, &limits, &d));
    assert_int_equal(out.len, 2 * depth + 2);
    out.len = 0;
    limits.bytes = 10;
    assert_ok(etf_print(&out, bytes, 2 * depth + 2, &limits, &d));
    assert_int_equal(out.len, 13);
    buf_clear(&out);
    free(bytes);
}

// Every byte of a term changed to every value: an answer, never a crash.
static void test_damage(void **state)
{
    uint8_t term[] = "\x83h\4l\0\0\0\2n\2\1\1\2F?\xf0\0\0\0\0\0\0jt\0\0\0\1w\1am\0\0\0\2hi"
                     "Z\0\2w\1n\0\0\0\2\0\0\0\1\0\0\0\2qw\1mw\1fa\1";
    Buf out;
    buf_init(&out);
    for (size_t i = 0; i < sizeof term - 1; i++) {
        uint8_t old = term[i];
        for (int v = 0; v < 256; v++) {
            term[i] = (uint8_t)v;
            size_t used;
            Status a = etf_skip(term, sizeof term - 1, &used);
            out.len = 0;
            assert_int_equal(etf_print(&out, term, sizeof term - 1, NULL, NULL), a);
        }
        term[i] = old;
    }
    buf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_deep_nesting),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
