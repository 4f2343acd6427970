// SPDX-License-Identifier: Apache-2.0

#include "beam/compact.h"

#include "unit.h"

static void check_bytes(const Buf *b, const char *bytes, size_t size)
{
    assert_int_equal(b->len, size);
    assert_memory_equal(b->data, bytes, size);
}

#define WRITES(call, bytes)                        \
    do {                                           \
        b.len = 0;                                 \
        assert_ok(call);                           \
        check_bytes(&b, bytes, sizeof(bytes) - 1); \
    } while (0)

static void test_compiler_form(void **state)
{
    Buf b;
    buf_init(&b);
    WRITES(compact_write(&b, TAG_X, 3), "\x33");
    WRITES(compact_write(&b, TAG_U, 15), "\xf0");
    WRITES(compact_write(&b, TAG_U, 16), "\x08\x10");
    WRITES(compact_write(&b, TAG_F, 0x7ff), "\xed\xff");
    WRITES(compact_write(&b, TAG_I, 0x800), "\x19\x08\x00");
    WRITES(compact_write(&b, TAG_I, 0x8000), "\x39\x00\x80\x00");
    WRITES(compact_write_int(&b, -1), "\x19\xff\xff");
    WRITES(compact_write_int(&b, -0x8001), "\x39\xff\x7f\xff");
    WRITES(compact_write_int(&b, INT64_MIN), "\xd9\x80\0\0\0\0\0\0\0");
    WRITES(compact_write(&b, TAG_U, UINT64_MAX), "\xf8\x00\0\xff\xff\xff\xff\xff\xff\xff\xff");
    buf_clear(&b);
}

static void same_again(Buf *b, CompactTag tag, uint64_t value)
{
    b->len = 0;
    if (tag == TAG_I) assert_ok(compact_write_int(b, (int64_t)value));
    else assert_ok(compact_write(b, tag, value));
    for (size_t cut = 0; cut < b->len; cut++) {
        const uint8_t *at = b->data;
        CompactNumber n;
        assert_false(compact_read(&at, b->data + cut, &n));
    }
    const uint8_t *at = b->data;
    CompactNumber n;
    assert_true(compact_read(&at, b->data + b->len, &n));
    assert_ptr_equal(at, b->data + b->len);
    assert_int_equal(n.tag, tag);
    bool big = tag != TAG_I && value > INT64_MAX;
    assert_int_equal(n.big, big);
    assert_true(n.value == (big ? UINT64_MAX : value));
}

static void test_read_what_was_written(void **state)
{
    Buf b;
    buf_init(&b);
    for (int shift = 0; shift < 64; shift++) {
        for (int64_t delta = -1; delta <= 1; delta++) {
            uint64_t v = (UINT64_C(1) << shift) + (uint64_t)delta;
            same_again(&b, TAG_U, v);
            same_again(&b, TAG_A, v);
            same_again(&b, TAG_I, v);
            same_again(&b, TAG_I, -v);
        }
    }
    buf_clear(&b);
}

static void test_long_numbers(void **state)
{
    for (uint32_t size = 9; size < 3000; size = size * 2 + 1) {
        uint8_t bytes[3100];
        memset(bytes, 0x7a, size);
        Buf b;
        buf_init(&b);
        assert_ok(compact_write_big(&b, TAG_I, bytes, size));
        const uint8_t *at = b.data;
        CompactNumber n;
        assert_true(compact_read(&at, b.data + b.len, &n));
        assert_true(n.big);
        assert_int_equal(n.size, size);
        assert_memory_equal(n.bytes, bytes, size);
        at = b.data;
        assert_false(compact_read(&at, b.data + b.len - 1, &n));
        buf_clear(&b);
    }
}

static void test_size_of_a_size(void **state)
{
    static const char *const bad[] = {
        "\xf9\xf8\xf0\x01",              // size that is itself of a long size
        "\xf9\x11",                      // size that is no unsigned number
        "\xf9\xd8\xff\xff\xff\xff\xff\xff\xff\xff",  // 2^64
        "\xf9\x58\xff\xff\xff\xff",      // 2^32 bytes
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const uint8_t *at = (const uint8_t *)bad[i];
        CompactNumber n;
        assert_false(compact_read(&at, at + strlen(bad[i]), &n));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compiler_form),
        cmocka_unit_test(test_read_what_was_written),
        cmocka_unit_test(test_long_numbers),
        cmocka_unit_test(test_size_of_a_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
