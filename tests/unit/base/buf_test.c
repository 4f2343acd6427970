// SPDX-License-Identifier: Apache-2.0
// Buffers and vectors.

#include "base/buf.h"
#include "base/vec.h"
#include "unit.h"

static void numbers_are_big_endian(void **state)
{
    cleanup_with(buf_clear) Buf b;
    buf_init(&b);
    assert_ok(buf_append_u8(&b, 1));
    assert_ok(buf_append_u16be(&b, 0x0203));
    assert_ok(buf_append_u32be(&b, 0x04050607));
    assert_ok(buf_append_u64be(&b, 0x08090a0b0c0d0e0f));
    assert_int_equal(b.len, 15);
    for (size_t i = 0; i < b.len; i++) assert_int_equal(b.data[i], i + 1);
    assert_int_equal(get_u16be(b.data + 1), 0x0203);
    assert_int_equal(get_u32be(b.data + 3), 0x04050607);
    assert_true(get_u64be(b.data + 7) == 0x08090a0b0c0d0e0f);
}

static void text_is_appended(void **state)
{
    cleanup_with(buf_clear) Buf b;
    buf_init(&b);
    for (int i = 0; i < 1000; i++) assert_ok(buf_printf(&b, "%d,", i));
    assert_ok(buf_append(&b, NULL, 0));
    assert_ok(buf_append_zeros(&b, 3));
    assert_ok(buf_terminate(&b));
    assert_memory_equal(b.data, "0,1,2,3,", 8);
    assert_int_equal(b.len, 10 * 2 + 90 * 3 + 900 * 4 + 3);
}

static void a_limit_stops_growth_and_keeps_the_content(void **state)
{
    Arena a;
    arena_init(&a, 200000);
    Buf b;
    buf_init_in(&b, &a);
    while (buf_append(&b, "0123456789", 10) == ST_OK) {}
    assert_true(b.len > 20000);
    assert_memory_equal(b.data + b.len - 10, "0123456789", 10);
    assert_int_equal(buf_reserve(&b, SIZE_MAX), ST_NOMEM);
    buf_clear(&b);
    assert_int_equal(a.in_use, 0);
    arena_clear(&a);
}

static void vectors_grow(void **state)
{
    Vec(uint32_t) v;
    vec_init(&v, NULL);
    for (uint32_t i = 0; i < 10000; i++) assert_ok(vec_push(&v, i * 3));
    assert_int_equal(v.len, 10000);
    for (uint32_t i = 0; i < 10000; i++) assert_int_equal(v.items[i], i * 3);
    assert_int_equal(vec_last(&v), 29997);
    assert_int_equal(vec_pop(&v), 29997);
    assert_int_equal(vec_reserve(&v, SIZE_MAX / 2), ST_NOMEM);
    assert_int_equal(v.len, 9999);
    vec_clear(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_big_endian),
        cmocka_unit_test(text_is_appended),
        cmocka_unit_test(a_limit_stops_growth_and_keeps_the_content),
        cmocka_unit_test(vectors_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
