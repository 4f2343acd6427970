// SPDX-License-Identifier: Apache-2.0
// The External Term Format: what OTP 25 writes and reads, bit by bit; hostile
// bytes; depth; work in small turns.

#include "base/buf.h"
#include "heap/etf.h"
#include "mirror.h"

static Space space;
static Heap heap;
static RootSpan no_spans[1];
static const Roots roots = {no_spans, 0};

static Term name_atom(void *context, const char *utf8, size_t len, bool safe, EtfResult *why)
{
    Term atom;
    Status st = safe ? atom_book_find(&space.atoms, utf8, len, &atom)
                     : atom_book_intern(&space.atoms, utf8, len, &atom);
    if (st == ST_OK) return atom;
    *why = st == ST_NOT_FOUND ? ETF_UNSAFE : st == ST_LIMIT ? ETF_LIMIT : ETF_BAD;
    return TERM_NONE;
}

static const EtfNames names = {.atom = name_atom, .node = AM_nonode_at_nohost};
static const EtfEncodeOpts plain = {.minor_version = 1};

static void setup(uint64_t limit)
{
    assert_ok(frozen_init());
    assert_ok(atom_table_init());
    space_init(&space, limit, 0, NULL);
    assert_ok(heap_init(&heap, &space, HEAP_DEFAULT_WORDS));
}

static void teardown(void)
{
    heap_clear(&heap);
    assert_int_equal(space.binary_bytes, 0);
    space_clear(&space);
    mirrors_free();
}

static EtfResult decode(const uint8_t *bytes, size_t len, bool safe, Term *out, size_t *used)
{
    size_t words;
    EtfResult r = etf_decode_size(&space, bytes, len, safe, &names, 1 << 24, &words, used);
    if (r != ETF_OK) return r;
    Term *at = heap_alloc(&heap, words), *hp = at;
    if (at == NULL) return ETF_NOMEM;
    r = etf_decode(&space, bytes, len, safe, &names, &hp, &heap.off, out);
    assert_true(hp <= at + words && (r == ETF_OK || hp == at));
    heap_shrink(&heap, at, words, (size_t)(hp - at));
    if (r == ETF_OK) {
        RootSpan span = {out, 1};
        const char *broken = heap_check(&heap, &(Roots){&span, 1});
        if (broken != NULL) fail_msg("%s", broken);
    }
    return r;
}

static void encode(Term t, const EtfEncodeOpts *o, Buf *out)
{
    uint64_t size;
    assert_ok(etf_size(&space, t, o, &size));
    buf_init(out);
    assert_ok(etf_encode(&space, t, o, out));
    assert_int_equal(out->len, size);
}

#define BYTES(...) (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})
#define NODE       100, 0, 13, 'n', 'o', 'n', 'o', 'd', 'e', '@', 'n', 'o', 'h', 'o', 's', 't'
#define A_AT_B     100, 0, 3, 'a', '@', 'b'

static void same_again(const uint8_t *bytes, size_t len)
{
    Term t;
    size_t used;
    assert_int_equal(decode(bytes, len, false, &t, &used), ETF_OK);
    assert_int_equal(used, len);
    Buf out;
    encode(t, &plain, &out);
    assert_int_equal(out.len, len);
    assert_memory_equal(out.data, bytes, len);
    buf_clear(&out);
}

static void canonical_encodings_come_out_as_they_went_in(void **state)
{
    setup(ARENA_NO_LIMIT);
    same_again(BYTES(131, 97, 255));
    same_again(BYTES(131, 98, 255, 255, 255, 255));
    same_again(BYTES(131, 98, 127, 255, 255, 255));
    same_again(BYTES(131, 110, 4, 0, 0, 0, 0, 128));
    same_again(BYTES(131, 110, 4, 1, 1, 0, 0, 128));
    same_again(BYTES(131, 110, 8, 0, 0, 0, 0, 0, 0, 0, 0, 8));
    same_again(BYTES(131, 110, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    same_again(BYTES(131, 70, 63, 248, 0, 0, 0, 0, 0, 0));
    same_again(BYTES(131, 70, 128, 0, 0, 0, 0, 0, 0, 0));
    same_again(BYTES(131, 100, 0, 3, 229, 228, 246));
    same_again(BYTES(131, 119, 2, 206, 187));
    same_again(BYTES(131, 106));
    same_again(BYTES(131, 107, 0, 2, 1, 2));
    same_again(BYTES(131, 108, 0, 0, 0, 2, 97, 1, 97, 2, 97, 3));
    same_again(BYTES(131, 108, 0, 0, 0, 2, 97, 1, 98, 0, 0, 1, 0, 106));
    same_again(BYTES(131, 104, 0));
    same_again(BYTES(131, 104, 2, 104, 1, 106, 116, 0, 0, 0, 0));
    same_again(BYTES(131, 109, 0, 0, 0, 0));
    same_again(BYTES(131, 77, 0, 0, 0, 3, 1, 0, 2, 128));
    same_again(
        BYTES(131, 116, 0, 0, 0, 3, 97, 1, 97, 3, 100, 0, 1, 97, 97, 2, 100, 0, 1, 98, 97, 1));
    same_again(BYTES(131, 113, 100, 0, 1, 'a', 100, 0, 1, 'b', 97, 255));
    same_again(BYTES(131, 88, NODE, 0, 0, 0, 9, 0, 0, 0, 2, 0, 0, 0, 0));
    same_again(BYTES(131, 88, A_AT_B, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 5));
    same_again(BYTES(131, 89, A_AT_B, 0, 0, 0, 7, 0, 0, 0, 1));
    same_again(BYTES(131, 120, A_AT_B, 255, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1));
    same_again(
        BYTES(131, 90, 0, 3, NODE, 0, 0, 0, 0, 0, 2, 202, 12, 195, 196, 0, 2, 251, 242, 124, 202));
    same_again(BYTES(131, 90, 0, 5, A_AT_B, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0,
                     4, 0, 0, 0, 5));
    same_again(BYTES(131, 90, 0, 0, A_AT_B, 0, 0, 0, 1));
    teardown();
}

// term_to_binary(maps:from_list([{I, I} || I <- lists:seq(1, 40)])) of OTP 25.
static const uint8_t map40_keys[] = {33, 12, 23, 29, 30, 39, 26, 31, 11, 37, 9,  32, 34, 25,
                                     28, 6,  38, 13, 40, 20, 15, 14, 2,  7,  1,  8,  3,  17,
                                     22, 21, 4,  36, 24, 10, 35, 27, 19, 5,  18, 16};

static void large_maps_have_the_order_of_otp(void **state)
{
    setup(ARENA_NO_LIMIT);
    uint8_t bytes[6 + 160] = {131, 116, 0, 0, 0, 40}, sorted[6 + 160];
    memcpy(sorted, bytes, 6);
    for (size_t i = 0; i < 40; i++) {
        uint8_t *p = bytes + 6 + 4 * i, *q = sorted + 6 + 4 * i;
        p[0] = p[2] = q[0] = q[2] = 97;
        p[1] = p[3] = map40_keys[i];
        q[1] = q[3] = (uint8_t)(i + 1);
    }
    same_again(bytes, sizeof bytes);
    Term t;
    size_t used;
    Buf out;
    assert_int_equal(decode(sorted, sizeof sorted, false, &t, &used), ETF_OK);
    encode(t, &plain, &out);
    assert_memory_equal(out.data, bytes, sizeof bytes);
    buf_clear(&out);
    encode(t, &(EtfEncodeOpts){.minor_version = 1, .deterministic = true}, &out);
    assert_memory_equal(out.data, sorted, sizeof sorted);
    buf_clear(&out);
    // A key twice, far apart.
    sorted[6 + 4 * 39 + 1] = 1;
    assert_int_equal(decode(sorted, sizeof sorted, false, &t, &used), ETF_BAD);
    teardown();
}

static void check_decodes(const uint8_t *bytes, size_t len, EtfResult want, const char *what)
{
    Term t;
    size_t used;
    EtfResult got = decode(bytes, len, false, &t, &used);
    if (got != want) fail_msg("%s: %d", what, got);
}
#define GOOD(...) check_decodes(BYTES(131, __VA_ARGS__), ETF_OK, #__VA_ARGS__)
#define BAD(...)  check_decodes(BYTES(131, __VA_ARGS__), ETF_BAD, #__VA_ARGS__)

static void what_otp_refuses_is_refused(void **state)
{
    setup(ARENA_NO_LIMIT);
    check_decodes((const uint8_t *)"", 0, ETF_BAD, "nothing");
    check_decodes(BYTES(131), ETF_BAD, "version alone");
    check_decodes(BYTES(130, 97, 1), ETF_BAD, "wrong version");
    GOOD(110, 1, 2, 5);
    GOOD(110, 0, 1);
    GOOD(111, 0, 0, 0, 1, 0, 5);
    GOOD(110, 9, 1, 0, 0, 0, 0, 0, 0, 0, 8, 0);
    BAD(77, 0, 0, 0, 1, 0, 5);
    BAD(77, 0, 0, 0, 1, 9, 5);
    GOOD(77, 0, 0, 0, 1, 8, 5);
    GOOD(77, 0, 0, 0, 0, 0);
    BAD(77, 0, 0, 0, 0, 1);
    BAD(70, 127, 240, 0, 0, 0, 0, 0, 0);
    BAD(107, 0, 3, 1, 2);
    GOOD(108, 0, 0, 0, 0, 97, 1);
    GOOD(105, 0, 0, 0, 0);
    BAD(105, 255, 255, 255, 255);
    BAD(108, 255, 255, 255, 255);
    BAD(116, 255, 255, 255, 255);
    BAD(111, 255, 255, 255, 255, 0);
    BAD(109, 255, 255, 255, 255, 0);
    BAD(116, 0, 0, 0, 2, 97, 1, 97, 1, 97, 1, 97, 1);
    BAD(119, 1, 195);
    BAD(119, 2, 195, 40);
    BAD(119, 3, 237, 160, 128);
    BAD(82, 1);
    BAD(131, 97, 1);
    BAD(117, 0, 0, 0, 0, 106);
    BAD(103, A_AT_B, 0, 0, 0, 1, 0, 0, 0, 2, 5);
    GOOD(103, A_AT_B, 0, 0, 0, 1, 0, 0, 0, 2, 3);
    BAD(90, 0, 6, A_AT_B, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0,
        0, 0, 6);
    BAD(90, 0, 0, NODE, 0, 0, 0, 0);
    BAD(90, 0, 3, NODE, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1);
    BAD(113, 100, 0, 1, 'a', 97, 1, 97, 1);
    BAD(113, 100, 0, 1, 'a', 100, 0, 1, 'b', 98, 255, 255, 255, 255);
    GOOD(113, 100, 0, 1, 'a', 100, 0, 1, 'b', 110, 1, 0, 2);
    GOOD(80, 0, 0, 0, 2, 120, 156, 75, 100, 4, 0, 0, 197, 0, 99);
    BAD(80, 0, 0, 0, 3, 120, 156, 75, 100, 4, 0, 0, 197, 0, 99);
    BAD(80, 0, 0, 0, 1, 120, 156, 75, 100, 4, 0, 0, 197, 0, 99);
    BAD(80, 0, 0, 0, 2, 120, 156, 75, 100, 4, 0, 0, 197, 0, 98);
    BAD(80, 0, 0, 0, 0);
    BAD(80, 255, 255, 255, 255, 120, 156);
    static const struct {
        const char *text;
        bool good;
    } floats[] = {
        {"1.50000000000000000000e+00", true},
        {"1.5", true},
        {"-0.25E2", true},
        {"1e400", false},
        {"1.0e400", false},
        {" 1.5", false},
        {"1.5x", false},
        {"inf", false},
        {"15", false},
        {"0x1p3", false},
    };
    for (size_t i = 0; i < ARRAY_LEN(floats); i++) {
        uint8_t bytes[33] = {131, 99};
        memcpy(bytes + 2, floats[i].text, strlen(floats[i].text));
        check_decodes(bytes, 33, floats[i].good ? ETF_OK : ETF_BAD, floats[i].text);
    }
    teardown();
}

static void safe_creates_no_atom(void **state)
{
    setup(ARENA_NO_LIMIT);
    Term t;
    size_t used;
    static const uint8_t bytes[] = {131, 119, 8, 'n', 'e', 'v', 'e', 'r', '_', '4', '7'};
    assert_int_equal(decode(bytes, sizeof bytes, true, &t, &used), ETF_UNSAFE);
    assert_int_equal(decode(bytes, sizeof bytes, false, &t, &used), ETF_OK);
    assert_int_equal(decode(bytes, sizeof bytes, true, &t, &used), ETF_OK);
    teardown();
}

static void depth_needs_no_c_stack(void **state)
{
    setup(ARENA_NO_LIMIT);
    enum { DEPTH = 2000000 };
    uint8_t *bytes = malloc(1 + 2 * DEPTH + 1);
    bytes[0] = 131;
    for (size_t i = 0; i < DEPTH; i++) bytes[1 + 2 * i] = 104, bytes[2 + 2 * i] = 1;
    bytes[1 + 2 * DEPTH] = 106;
    Term t;
    size_t used, words;
    assert_int_equal(decode(bytes, 2 + 2 * DEPTH, false, &t, &used), ETF_OK);
    Buf out;
    encode(t, &plain, &out);
    assert_int_equal(out.len, 2 + 2 * DEPTH);
    assert_memory_equal(out.data, bytes, out.len);
    buf_clear(&out);
    assert_int_equal(
        etf_decode_size(&space, bytes, 2 + 2 * DEPTH, false, &names, 1000, &words, &used),
        ETF_LIMIT);
    free(bytes);
    teardown();
}

static Pair none_picked(void) { return (Pair){make_small((int64_t)rng() % 1000), NULL}; }

// Something of everything, as bytes.
static Term big_mix(void)
{
    static const MirrorKind kinds[] = {M_FLOAT, M_BIG,   M_HEAP_BIN, M_REFC_BIN,
                                       M_SUB,   M_TUPLE, M_CONS};
    Term *at, list = TERM_NIL;
    for (int i = 0; i < 300; i++) {
        Pair p = build(&heap, kinds[rng() % ARRAY_LEN(kinds)], none_picked);
        at = heap_alloc(&heap, 2);
        list = cons_at(&at, p.t, list);
    }
    return list;
}

static void work_is_done_in_turns(void **state)
{
    setup(ARENA_NO_LIMIT);
    Term t = big_mix();
    Buf whole;
    encode(t, &plain, &whole);

    EtfEncoder e;
    etf_encoder_init(&e, &space, t, &plain, UINT64_MAX);
    uint8_t *out = NULL;
    unsigned turns = 0;
    for (int pass = 0; pass < 2; pass++) {
        Status st;
        do {
            int64_t budget = 1;
            st = etf_encoder_run(&e, &budget);
            turns++;
        } while (st == ST_BUSY);
        assert_ok(st);
        assert_int_equal(e.size, whole.len);
        if (pass == 0) etf_encoder_restart(&e, out = malloc(whole.len));
    }
    assert_true(turns > 100);
    assert_memory_equal(out, whole.data, whole.len);
    etf_encoder_clear(&e);

    EtfDecoder *d = etf_decoder_new(&space, out, whole.len, false, &names, SIZE_MAX);
    size_t words, used;
    EtfResult r;
    do {
        int64_t budget = 1;
        r = etf_decoder_measure(d, &budget, &words, &used);
    } while (r == ETF_MORE);
    assert_int_equal(r, ETF_OK);
    Term *at = heap_alloc(&heap, words), *end, again;
    do {
        int64_t budget = 1;
        r = etf_decoder_build(d, &budget, at, &heap, &end, &heap.off, &again);
    } while (r == ETF_MORE);
    assert_int_equal(r, ETF_OK);
    etf_decoder_free(d);
    Buf out2;
    encode(again, &plain, &out2);
    assert_int_equal(out2.len, whole.len);
    assert_memory_equal(out2.data, whole.data, whole.len);
    buf_clear(&out2);
    buf_clear(&whole);
    free(out);
    teardown();
}

static void damaged_bytes_do_no_harm(void **state)
{
    setup(8 << 20);
    Buf whole;
    Term t = big_mix();
    encode(t, &plain, &whole);
    uint8_t *bytes = malloc(whole.len);
    for (int round = 0; round < 3000; round++) {
        memcpy(bytes, whole.data, whole.len);
        size_t len = rng() % 3 == 0 ? rng() % whole.len : whole.len;
        for (uint64_t n = 1 + rng() % 4; n > 0; n--) {
            size_t at = rng() % (round % 2 ? whole.len : 300);
            bytes[at] = rng() % 2 ? (uint8_t)rng() : (uint8_t)(97 + rng() % 24);
        }
        size_t used;
        (void)decode(bytes, len, false, &t, &used);
        assert_ok(heap_collect(&heap, 0, true, &roots));
    }
    // Cut short while it is built: nothing stays behind.
    EtfDecoder *d = etf_decoder_new(&space, whole.data, whole.len, false, &names, SIZE_MAX);
    int64_t budget = ETF_NO_BUDGET;
    size_t words, used;
    assert_int_equal(etf_decoder_measure(d, &budget, &words, &used), ETF_OK);
    Term *at = heap_alloc(&heap, words), *end;
    budget = 1000;
    assert_int_equal(etf_decoder_build(d, &budget, at, &heap, &end, &heap.off, &t), ETF_MORE);
    etf_decoder_free(d);
    free(bytes);
    buf_clear(&whole);
    teardown();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_encodings_come_out_as_they_went_in),
        cmocka_unit_test(large_maps_have_the_order_of_otp),
        cmocka_unit_test(what_otp_refuses_is_refused),
        cmocka_unit_test(safe_creates_no_atom),
        cmocka_unit_test(depth_needs_no_c_stack),
        cmocka_unit_test(work_is_done_in_turns),
        cmocka_unit_test(damaged_bytes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
