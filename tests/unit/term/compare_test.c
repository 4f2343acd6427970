// SPDX-License-Identifier: Apache-2.0
// The order of all terms, exact and by value, and that it can be interrupted.

#include "term/compare.h"

#include "heap/arith.h"
#include "heap/map.h"
#include "term/fun.h"
#include "terms.h"

static int run_in_steps(Term a, Term b, CompareMode mode, bool equality)
{
    Comparison c;
    comparison_init(&c, &space.arena, a, b, mode, equality);
    Status st;
    do {
        uint64_t steps = 1;
        st = comparison_run(&c, &steps);
    } while (st == ST_BUSY);
    assert_int_equal(st, ST_OK);
    int r = c.result;
    comparison_clear(&c);
    return r;
}

static void expect(Term a, Term b, int order)
{
    assert_int_equal(compare(a, b), order);
    assert_int_equal(compare(b, a), -order);
    assert_int_equal(run_in_steps(a, b, COMPARE_NUMERIC, false), order);
    assert_int_equal(equal(a, b), order == 0);
    assert_int_equal(run_in_steps(a, b, COMPARE_NUMERIC, true), order != 0);
}

static Term power(int64_t base, int64_t shift)
{
    ArithError e;
    return arith_bsl(&heap, make_small(base), make_small(shift), &e);
}

static Term boxed(BoxKind kind, size_t n, const uint64_t *words)
{
    Term *at = room(1 + n);
    at[0] = HEADER(kind, n);
    if (n > 0) memcpy(at + 1, words, n * sizeof *words);
    return make_boxed(at);
}

static void kinds_are_in_erlangs_order(void **state)
{
    static const FunEntry entry = {.module = AM_lists, .index = 1, .old_uniq = 7};
    Term fun = boxed(BOX_FUN, 2, (uint64_t[]){(uint64_t)(uintptr_t)&entry, make_pid(1)});
    Term kv[2] = {make_small(1), make_small(1)};
    Term ordered[] = {
        power(-1, 100),
        flo(-1e10),
        make_small(-1),
        make_small(0),
        flo(0.5),
        make_small(1),
        power(1, 59),
        power(1, 64),
        flo(1e300),
        power(1, 2000),
        AM_empty,
        AM_error,
        AM_ok,
        boxed(BOX_REF, 2, (uint64_t[]){1, 0}),
        boxed(BOX_REF, 2, (uint64_t[]){(uint64_t)1 << 32, 0}),
        boxed(BOX_REF, 2, (uint64_t[]){0, 1}),
        fun,
        boxed(BOX_EXPORT, 3, (uint64_t[]){AM_lists, AM_map, make_small(2)}),
        make_port(1),
        make_port(2),
        make_pid(1),
        make_pid((uint64_t)1 << 28),
        boxed(BOX_TUPLE, 0, NULL),
        tuple2(make_small(1), make_small(9)),
        tuple2(make_small(2), make_small(1)),
        map_empty(&heap),
        map_from_pairs(&heap, kv, 1),
        TERM_NIL,
        str("a"),
        str("aa"),
        str("ab"),
        bin(""),
        bin("a"),
        bin("aa"),
        bin("b"),
    };
    for (size_t i = 0; i < ARRAY_LEN(ordered); i++) {
        for (size_t k = 0; k < ARRAY_LEN(ordered); k++)
            expect(ordered[i], ordered[k], (i > k) - (i < k));
    }
}

static void numbers_compare_by_value(void **state)
{
    expect(make_small(1), flo(1.0), 0);
    expect(flo(0.0), flo(-0.0), 0);
    expect(make_small(9007199254740993), flo(9007199254740992.0), 1);
    expect(power(1, 1023), flo(0x1p1023), 0);
    expect(power(-1, 1023), flo(-0x1p1023), 0);
    expect(make_small(-2), flo(-1.5), -1);
    assert_int_equal(compare_exact(make_small(5), flo(1.0)), -1);
    assert_false(equal_exact(make_small(1), flo(1.0)));
    assert_true(equal_exact(flo(0.0), flo(-0.0)));
    expect(tuple2(make_small(1), flo(2)), tuple2(flo(1), make_small(2)), 0);
    assert_false(equal_exact(tuple2(make_small(1), AM_ok), tuple2(flo(1), AM_ok)));
}

static void bitstrings_compare_by_bits(void **state)
{
    const uint8_t bytes[] = {0xA5, 0xFF, 0x4B, 0xFE};
    Term whole = bitstring_new(&heap, bytes, 0, 32);
    expect(binary_part(&heap, whole, 0, 15), binary_part(&heap, whole, 0, 16), -1);
    expect(bitstring_new(&heap, bytes, 0, 15),
           binary_part(&heap, bitstring_new(&heap, (uint8_t[]){0x52, 0xFF, 0x80}, 0, 24), 1, 15),
           0);
    expect(bitstring_new(&heap, (uint8_t[]){0x00}, 0, 3),
           bitstring_new(&heap, (uint8_t[]){0x20}, 0, 3), -1);
}

// Keys first, in their order; then values in the order of keys.
static void large_maps(void **state)
{
    Term kv[100], swapped[100];
    for (int i = 0; i < 50; i++) kv[2 * i] = make_small(i), kv[2 * i + 1] = make_small(i);
    Term m = map_from_pairs(&heap, kv, 50);
    memcpy(swapped, kv, sizeof kv);
    expect(m, map_from_pairs(&heap, swapped, 50), 0);
    swapped[2 * 7 + 1] = make_small(8), swapped[2 * 9 + 1] = make_small(0);
    expect(m, map_from_pairs(&heap, swapped, 50), -1);  // key 7 decides
    swapped[2 * 49] = make_small(1000);
    expect(m, map_from_pairs(&heap, swapped, 50), -1);  // key 49 against 1000
    swapped[2 * 3] = make_small(-1);
    expect(m, map_from_pairs(&heap, swapped, 50), 1);  // key 0 against -1
    memcpy(swapped, kv, sizeof kv);
    swapped[2 * 7 + 1] = flo(7);
    expect(m, map_from_pairs(&heap, swapped, 50), 0);
    assert_false(equal_exact(m, map_from_pairs(&heap, swapped, 50)));
    swapped[2 * 7] = flo(7);
    expect(m, map_from_pairs(&heap, swapped, 50), -1);  // as keys 7 and 7.0 differ
    // Inside of other terms.
    expect(tuple2(cons(m, AM_ok), AM_ok),
           tuple2(cons(map_put(&heap, m, make_small(0), AM_ok), AM_ok), AM_error), -1);
}

static void depth_is_no_matter_but_costs(void **state)
{
    Term a = TERM_NIL, b = TERM_NIL;
    for (int i = 0; i < 200000; i++) {
        a = cons(a, cons(make_small(i), TERM_NIL));
        b = cons(b, cons(make_small(i), TERM_NIL));
    }
    int64_t reds = 0;
    assert_true(equal_exact_charged(a, b, &reds));
    assert_true(reds < -3000);
    assert_int_equal(compare(a, b), 0);
    Comparison c;
    Arena little;
    arena_init(&little, 4096);
    comparison_init(&c, &little, a, b, COMPARE_EXACT, false);
    uint64_t steps = UINT64_MAX;
    assert_int_equal(comparison_run(&c, &steps), ST_NOMEM);
    comparison_clear(&c);
    arena_clear(&little);
}

// Two lists that share themselves 2^60 times: steps end, the comparison does not.
static void sharing_is_bounded_by_steps(void **state)
{
    Term a = cons(AM_ok, TERM_NIL), b = cons(AM_ok, TERM_NIL);
    for (int i = 0; i < 60; i++) a = cons(a, a), b = cons(b, b);
    Comparison c;
    comparison_init(&c, &space.arena, a, b, COMPARE_EXACT, true);
    uint64_t steps = 100000;
    assert_int_equal(comparison_run(&c, &steps), ST_BUSY);
    assert_int_equal(steps, 0);
    comparison_clear(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_in_erlangs_order),
        cmocka_unit_test(numbers_compare_by_value),
        cmocka_unit_test(bitstrings_compare_by_bits),
        cmocka_unit_test(large_maps),
        cmocka_unit_test(depth_is_no_matter_but_costs),
        cmocka_unit_test(sharing_is_bounded_by_steps),
    };
    return cmocka_run_group_tests(tests, terms_set_up, terms_tear_down);
}
