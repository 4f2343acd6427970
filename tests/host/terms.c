// SPDX-License-Identifier: Apache-2.0
// tests/host/terms.c: the builder and the reader, alone and through a sandbox.
#include <math.h>

#include "check.h"

static void put_everything(ApexWriter *w)
{
    static const uint8_t huge[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 0};
    apex_put_list(w, 1);
    apex_put_tuple(w, 14);
    apex_put_int(w, 0);
    apex_put_int(w, 255);
    apex_put_int(w, -1);
    apex_put_int(w, INT32_MIN);
    apex_put_int(w, INT64_MIN);
    apex_put_uint(w, UINT64_MAX);
    apex_put_integer(w, true, huge, sizeof huge);
    apex_put_float(w, 0.1);
    apex_put_atom(w, "h\xc3\xa9j");
    apex_put_binary(w, "a\0b", 3);
    apex_put_bitstring(w, "\xff", 1, 3);
    apex_put_list(w, 3);
    apex_put_int(w, 1);
    apex_put_int(w, 2);
    apex_put_int(w, 3);
    apex_put_nil(w);
    apex_put_map(w, 2);
    apex_put_atom(w, "a");
    apex_put_bool(w, true);
    apex_put_text(w, "k");
    apex_put_nil(w);
    apex_put_tuple(w, 0);
    apex_put_nil(w);
}

static void get_everything(ApexReader *r)
{
    size_t n, len;
    int64_t i;
    uint64_t u;
    double f;
    bool b;
    unsigned bits;
    uint8_t magnitude[16];
    const uint8_t *bytes;
    char atom[APEX_ATOM_SIZE];
    CHECK(apex_get_int(r, &i) == APEX_EINVAL);  // a tuple: nothing moves
    CHECK_OK(apex_get_tuple(r, &n));
    CHECK(n == 14);
    const int64_t ints[] = {0, 255, -1, INT32_MIN, INT64_MIN};
    for (size_t k = 0; k < 5; k++) {
        if (ints[k] < 0) CHECK(apex_get_uint(r, &u) == APEX_ELIMIT);
        CHECK_OK(apex_get_int(r, &i));
        CHECK(i == ints[k]);
    }
    CHECK(apex_get_int(r, &i) == APEX_ELIMIT);
    CHECK_OK(apex_get_uint(r, &u));
    CHECK(u == UINT64_MAX);
    CHECK(apex_get_uint(r, &u) == APEX_ELIMIT);
    len = 2;
    CHECK(apex_get_integer(r, &b, magnitude, &len) == APEX_ELIMIT && len == 10);
    len = sizeof magnitude;
    CHECK_OK(apex_get_integer(r, &b, magnitude, &len));
    CHECK(b && len == 10 && magnitude[0] == 1 && magnitude[9] == 10);
    CHECK_OK(apex_get_float(r, &f));
    CHECK(fabs(f - 0.1) < 1e-12);
    CHECK(!apex_match_atom(r, "hej"));
    CHECK_OK(apex_get_atom(r, atom));
    CHECK(strcmp(atom, "h\xc3\xa9j") == 0);
    CHECK_OK(apex_get_binary(r, &bytes, &len));
    CHECK(len == 3 && memcmp(bytes, "a\0b", 3) == 0);
    CHECK(apex_peek(r) == APEX_TYPE_BITSTRING && apex_get_binary(r, &bytes, &len) == APEX_EINVAL);
    CHECK_OK(apex_get_bitstring(r, &bytes, &len, &bits));
    CHECK(len == 1 && bits == 3 && bytes[0] == 0xE0);
    CHECK_OK(apex_get_list(r, &n));
    CHECK(n == 3);
    for (i = 1; i <= 3; i++) {
        int64_t v;
        CHECK(apex_peek(r) == APEX_TYPE_INTEGER && apex_get_nil(r) == APEX_EINVAL);
        CHECK_OK(apex_get_int(r, &v));
        CHECK(v == i);
    }
    CHECK(apex_peek(r) == APEX_TYPE_NIL);
    CHECK_OK(apex_get_nil(r));
    CHECK_OK(apex_get_map(r, &n));
    CHECK(n == 2);
    for (size_t k = 0; k < n; k++) {  // in the order of the sender's map
        if (apex_match_atom(r, "a")) CHECK(apex_get_bool(r, &b) == APEX_OK && b);
        else
            CHECK(apex_skip(r) == APEX_OK && apex_get_list(r, &len) == APEX_OK &&
                  apex_get_nil(r) == APEX_OK);
    }
    CHECK_OK(apex_get_tuple(r, &n));
    CHECK(n == 0 && apex_peek(r) == APEX_TYPE_END);
}

static void test_writer(void)
{
    ApexWriter w;
    apex_writer_init(&w);
    CHECK(apex_writer_status(&w) == APEX_EFORMAT);  // nothing was put
    put_everything(&w);
    CHECK_OK(apex_writer_status(&w));
    ApexReader r;
    size_t n;
    CHECK_OK(apex_reader_init(&r, w.data, w.len));
    CHECK_OK(apex_get_list(&r, &n));
    CHECK(n == 1);
    ApexReader whole = r;
    const uint8_t *bytes;
    CHECK_OK(apex_get_term(&whole, &bytes, &n));
    CHECK_OK(apex_get_nil(&whole));
    CHECK(apex_peek(&whole) == APEX_TYPE_END && apex_skip(&whole) == APEX_EINVAL);
    ApexWriter copy;
    apex_writer_init(&copy);
    apex_put_term(&copy, bytes, n);
    CHECK_OK(apex_writer_status(&copy));
    CHECK_OK(apex_reader_init(&r, copy.data, copy.len));
    get_everything(&r);
    apex_writer_clear(&copy);
    apex_writer_clear(&w);
    apex_put_atom(&w, "\xff");
    CHECK(apex_writer_status(&w) == APEX_EINVAL);
    apex_writer_clear(&w);
    apex_put_float(&w, HUGE_VAL);
    CHECK(apex_writer_status(&w) == APEX_EINVAL);
    apex_writer_clear(&w);
    apex_put_tuple(&w, 2);
    apex_put_nil(&w);
    CHECK(apex_writer_status(&w) == APEX_EFORMAT);
    apex_writer_clear(&w);
    apex_put_int(NULL, 1);
    CHECK(apex_reader_init(&r, "x", 1) == APEX_EFORMAT &&
          apex_reader_init(&r, NULL, 0) == APEX_EINVAL);
    CHECK(apex_peek(&r) == APEX_TYPE_BAD && apex_skip(&r) == APEX_EINVAL);
}

// Every cut of a term is refused, none is read beyond its end.
static void test_cuts(void)
{
    ApexWriter w;
    apex_writer_init(&w);
    put_everything(&w);
    for (size_t len = 1; len < w.len; len++) {
        uint8_t *cut = (uint8_t *)malloc(len);
        memcpy(cut, w.data, len);
        ApexReader r;
        CHECK_OK(apex_reader_init(&r, cut, len));
        CHECK(len == 1 ? apex_peek(&r) == APEX_TYPE_END : apex_skip(&r) == APEX_EFORMAT);
        free(cut);
    }
    apex_writer_clear(&w);
}

static void test_round_trip(const char *path)
{
    ApexEngine *engine = new_engine(1);
    ApexSandbox *s = new_sandbox(engine, NULL);
    CHECK_OK(apex_sandbox_load_path(s, path, NULL));
    ApexWriter w;
    apex_writer_init(&w);
    put_everything(&w);
    ApexResult result;
    CHECK_OK(apex_sandbox_call(s, "guest", "echo", w.data, w.len, NULL, &result));
    CHECK(result.outcome == APEX_CALL_RETURNED);
    ApexReader r;
    CHECK_OK(apex_reader_init(&r, result.term.data, result.term.len));
    get_everything(&r);
    apex_result_clear(&result);
    apex_writer_clear(&w);
    apex_sandbox_release(s);
    CHECK_OK(apex_engine_free(engine));
}

static void test_version(void)
{
    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", APEX_VERSION_MAJOR, APEX_VERSION_MINOR,
             APEX_VERSION_PATCH);
    CHECK(strcmp(apex_version(), version) == 0);
}

int main(int argc, char **argv)
{
    char path[1024];
    CHECK(argc == 2);
    test_version();
    snprintf(path, sizeof path, "%s/guest.beam", argv[1]);
    test_writer();
    test_cuts();
    test_round_trip(path);
    return 0;
}
