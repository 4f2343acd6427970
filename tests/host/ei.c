// SPDX-License-Identifier: Apache-2.0
// tests/host/ei.c: OTP's ei library reads what apex_put_... writes, and the other way round.
#include <ei.h>

#include "check.h"

static void test_read_by_ei(void)
{
    ApexWriter w;
    apex_writer_init(&w);
    apex_put_tuple(&w, 5);
    apex_put_atom(&w, "ok");
    apex_put_int(&w, -300000000000);
    apex_put_text(&w, "text");
    apex_put_list(&w, 2);
    apex_put_float(&w, 2.5);
    apex_put_bool(&w, true);
    apex_put_nil(&w);
    apex_put_map(&w, 1);
    apex_put_uint(&w, UINT64_MAX);
    apex_put_tuple(&w, 0);
    CHECK_OK(apex_writer_status(&w));
    const char *bytes = (const char *)w.data;
    int at = 0, version, n, type, flag;
    long long number;
    unsigned long long large;
    long len;
    double f;
    char text[MAXATOMLEN_UTF8];
    CHECK(ei_decode_version(bytes, &at, &version) == 0);
    CHECK(ei_decode_tuple_header(bytes, &at, &n) == 0 && n == 5);
    CHECK(ei_decode_atom(bytes, &at, text) == 0 && strcmp(text, "ok") == 0);
    CHECK(ei_decode_longlong(bytes, &at, &number) == 0 && number == -300000000000);
    CHECK(ei_get_type(bytes, &at, &type, &n) == 0 && type == ERL_BINARY_EXT && n == 4);
    CHECK(ei_decode_binary(bytes, &at, text, &len) == 0 && memcmp(text, "text", 4) == 0);
    CHECK(ei_decode_list_header(bytes, &at, &n) == 0 && n == 2);
    CHECK(ei_decode_double(bytes, &at, &f) == 0 && f == 2.5);
    CHECK(ei_decode_boolean(bytes, &at, &flag) == 0 && flag);
    CHECK(ei_decode_list_header(bytes, &at, &n) == 0 && n == 0);
    CHECK(ei_decode_map_header(bytes, &at, &n) == 0 && n == 1);
    CHECK(ei_decode_ulonglong(bytes, &at, &large) == 0 && large == UINT64_MAX);
    CHECK(ei_decode_tuple_header(bytes, &at, &n) == 0 && n == 0);
    CHECK((size_t)at == w.len);
    apex_writer_clear(&w);
}

static void test_written_by_ei(void)
{
    ei_x_buff x;
    ApexReader r;
    size_t n, len;
    int64_t number;
    double f;
    const uint8_t *bytes;
    CHECK(ei_x_new_with_version(&x) == 0);
    CHECK(ei_x_encode_tuple_header(&x, 4) == 0);
    CHECK(ei_x_encode_longlong(&x, INT64_MIN) == 0);
    CHECK(ei_x_encode_string(&x, "abc") == 0);
    CHECK(ei_x_encode_double(&x, -0.5) == 0);
    CHECK(ei_x_encode_list_header(&x, 1) == 0);
    CHECK(ei_x_encode_binary(&x, "bin", 3) == 0);
    CHECK(ei_x_encode_empty_list(&x) == 0);
    CHECK_OK(apex_reader_init(&r, x.buff, (size_t)x.index));
    CHECK_OK(apex_get_tuple(&r, &n));
    CHECK(n == 4);
    CHECK_OK(apex_get_int(&r, &number));
    CHECK(number == INT64_MIN);
    CHECK_OK(apex_get_list(&r, &n));
    CHECK(n == 3);
    for (int c = 'a'; c <= 'c'; c++) CHECK(apex_get_int(&r, &number) == APEX_OK && number == c);
    CHECK_OK(apex_get_nil(&r));
    CHECK_OK(apex_get_float(&r, &f));
    CHECK(f == -0.5);
    CHECK_OK(apex_get_list(&r, &n));
    CHECK_OK(apex_get_binary(&r, &bytes, &len));
    CHECK(n == 1 && len == 3 && memcmp(bytes, "bin", 3) == 0);
    CHECK_OK(apex_get_nil(&r));
    CHECK(apex_peek(&r) == APEX_TYPE_END);
    ei_x_free(&x);
}

int main(void)
{
    ei_init();
    test_read_by_ei();
    test_written_by_ei();
    return 0;
}
