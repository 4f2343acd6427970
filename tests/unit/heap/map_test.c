// SPDX-License-Identifier: Apache-2.0
// Maps: what OTP shows of them (order of keys, when they change their kind), and
// that every way to build one gives the same.

#include "heap/map.h"

#include <stdio.h>

#include "term/compare.h"
#include "term/stack.h"
#include "terms.h"

#define MANY 46
// The pairs of these six have the same hash on the first eight levels.
static const int64_t colliding[] = {198773, 280384, 169647, 178740, 204923, 232672};
static const int64_t order_of_many[MANY] = {
    16, 178740, 169647, 18, 5,  280384, 198773, 19, 27, 35, 10, 24, 36, 4,  21, 22,
    17, 232672, 204923, 3,  8,  1,      7,      2,  14, 15, 20, 40, 13, 38, 6,  28,
    25, 34,     32,     9,  37, 11,     31,     26, 39, 30, 29, 23, 12, 33};

static Term many_key(int i) { return make_small(i < 40 ? i + 1 : colliding[i - 40]); }

static void assert_order(Term map, const int64_t *keys, size_t n)
{
    MapIter it;
    Term key, value;
    map_iter_init(&it, map);
    for (size_t i = 0; i < n; i++) {
        assert_true(map_iter_next(&it, &key, &value));
        if (is_float(key)) assert_true(float_value(key) == (double)keys[i]);
        else if (is_tuple(key)) assert_int_equal(small_value(tuple_elements(key)[0]), keys[i]);
        else if (is_bitstring(key))
            assert_int_equal(atoi((const char *)bits_of(key).byte), keys[i]);
        else assert_int_equal(small_value(key), keys[i]);
        assert_int_equal(map_get(map, key), value);
    }
    assert_false(map_iter_next(&it, &key, &value));
}

static Term many(void)
{
    Term kv[2 * MANY];
    for (int i = 0; i < MANY; i++) kv[2 * i] = many_key(i), kv[2 * i + 1] = make_small(i);
    return map_from_pairs(&heap, kv, MANY);
}

static void order_is_otps(void **state)
{
    static const int64_t floats[] = {19, 2,  40, 34, 28, 35, 14, 18, 8,  3,  37, 9,  29, 20,
                                     1,  17, 15, 33, 6,  38, 25, 26, 32, 22, 4,  10, 39, 12,
                                     36, 13, 30, 16, 24, 7,  27, 21, 23, 31, 5,  11};
    static const int64_t tuples[] = {38, 17, 24, 10, 33, 37, 22, 28, 12, 30, 19, 5,  1,  15,
                                     32, 35, 27, 7,  39, 11, 14, 31, 3,  36, 34, 16, 26, 29,
                                     21, 40, 23, 4,  20, 18, 6,  8,  9,  25, 13, 2};
    static const int64_t binaries[] = {19, 1,  9,  16, 13, 4,  37, 24, 22, 2,  30, 29, 28, 32,
                                       35, 38, 39, 18, 40, 10, 17, 11, 12, 23, 15, 21, 26, 34,
                                       33, 3,  6,  5,  31, 20, 36, 8,  14, 25, 27, 7};
    Term f[80], t[80], b[80];
    for (int i = 0; i < 40; i++) {
        char text[8];
        snprintf(text, sizeof text, "%d", i + 1);
        f[2 * i] = flo(i + 1);
        t[2 * i] = tuple2(make_small(i + 1), TERM_NIL);
        b[2 * i] = bin(text);
        f[2 * i + 1] = t[2 * i + 1] = b[2 * i + 1] = make_small(i);
    }
    assert_order(map_from_pairs(&heap, f, 40), floats, 40);
    assert_order(map_from_pairs(&heap, t, 40), tuples, 40);
    assert_order(map_from_pairs(&heap, b, 40), binaries, 40);
    assert_order(many(), order_of_many, MANY);
}

static void all_ways_lead_to_the_same_map(void **state)
{
    Term all = many(), grown = map_empty(&heap), a = map_empty(&heap), b = a;
    for (int i = MANY; i-- > 0;) {
        grown = map_put(&heap, grown, many_key(i), make_small(i));
        if (i % 3 != 0) a = map_put(&heap, a, many_key(i), make_small(i % 2 ? i : -1));
        if (i % 3 != 1 || i % 2 == 0) b = map_put(&heap, b, many_key(i), make_small(i));
        assert_int_equal(map_size(grown), MANY - i);
        assert_int_equal(is_flat_map(grown), MANY - i <= FLAT_MAP_MAX);
    }
    assert_order(grown, order_of_many, MANY);
    assert_true(equal_exact(grown, all));
    assert_int_equal(compare(grown, all), 0);
    Term merged = map_merge(&heap, a, b);
    assert_order(merged, order_of_many, MANY);
    assert_true(equal_exact(merged, all));
}

static void shrinks_to_a_flat_map_at_32(void **state)
{
    Term m = many(), value;
    for (int i = MANY; i-- > 0;) {
        m = map_remove(&heap, m, many_key(i), &value);
        assert_int_equal(value, make_small(i));
        assert_int_equal(map_get(m, many_key(i)), TERM_NONE);
        assert_int_equal(map_size(m), i);
        assert_int_equal(is_flat_map(m), i <= FLAT_MAP_MAX);
        for (int j = 0; j < i; j++) assert_int_equal(map_get(m, many_key(j)), make_small(j));
        assert_int_equal(map_remove(&heap, m, make_small(-5), &value), m);
        assert_int_equal(value, TERM_NONE);
    }
}

static void same_value_is_the_same_map(void **state)
{
    Term big = many(), small = map_put(&heap, map_empty(&heap), AM_ok, make_small(1));
    bool found;
    assert_int_equal(map_put(&heap, big, make_small(7), map_get(big, make_small(7))), big);
    assert_int_equal(map_put(&heap, small, AM_ok, make_small(1)), small);
    Term other = map_update(&heap, small, AM_ok, make_small(2), &found);
    assert_true(found);
    assert_int_equal(flat_map_keys(other), flat_map_keys(small));
    assert_int_equal(map_update(&heap, big, make_small(-1), AM_ok, &found), TERM_NONE);
    assert_false(found);
}

static void the_last_of_equal_keys_counts(void **state)
{
    Term kv[400];
    bool duplicates;
    for (int i = 0; i < 200; i++) kv[2 * i] = flo(i % 50), kv[2 * i + 1] = make_small(i);
    Term m = map_from_pairs_checked(&heap, kv, 200, &duplicates);
    assert_true(duplicates);
    assert_int_equal(map_size(m), 50);
    for (int i = 0; i < 50; i++) assert_int_equal(map_get(m, flo(i)), make_small(150 + i));
    for (int i = 0; i < 200; i++) kv[2 * i] = flo(i % 20);
    m = map_from_pairs_checked(&heap, kv, 200, &duplicates);
    assert_true(duplicates && is_flat_map(m));
    assert_int_equal(map_size(m), 20);
    (void)map_from_pairs_checked(&heap, kv, 20, &duplicates);
    assert_false(duplicates);
    // 1 and 1.0 are different keys, 0.0 and -0.0 are not.
    kv[0] = make_small(1), kv[2] = flo(1), kv[4] = flo(0.0), kv[6] = flo(-0.0);
    m = map_from_pairs(&heap, kv, 4);
    assert_int_equal(map_size(m), 3);
    assert_int_equal(tuple_elements(flat_map_keys(m))[0], make_small(1));
}

static void refused_memory_is_told(void **state)
{
    Term m = many();
    uint64_t limit = space.arena.limit;
    space.arena.limit = 0;
    while (heap_alloc(&heap, 4) != NULL) {}
    assert_int_equal(map_put(&heap, m, AM_ok, AM_ok), TERM_NONE);
    assert_int_equal(map_remove(&heap, m, make_small(1), NULL), TERM_NONE);
    assert_int_equal(many(), TERM_NONE);
    space.arena.limit = limit;
}

// ---- walks that give up (K3) -------------------------------------------------------------------
enum { LONG = 1100, LONG_PAIRS = 10 };
// Keys of these pairs have the same hash on the first eight levels, and it takes a while to see it.
static const int64_t long_colliding[2 * LONG_PAIRS] = {
    146729, 282813, 109857, 205698, 143127, 220672, 148021, 290042, 236035, 278439,
    162529, 232700, 156570, 206080, 148725, 235587, 220008, 241732, 172648, 286725};

static Term long_key(int64_t n)
{
    Term list = cons(make_small(n), TERM_NIL);
    for (int i = 1; i < LONG; i++) list = cons(AM_ok, list);
    return list;
}

// As many pairs as it says, and nothing written beyond its room; or none.
static void assert_whole(Term map)
{
    MapIter it;
    Term key, value;
    size_t n = 0;
    assert_true(heap.hp <= heap.sp);
    if (map == TERM_NONE) return;
    map_iter_init(&it, map);
    while (map_iter_next(&it, &key, &value)) n++;
    assert_int_equal(n, map_size(map));
    if (is_flat_map(map)) return;
    for (unsigned i = 0; i < it.depth; i++) assert_ptr_equal(it.path[i].child, it.path[i].end);
}

static void steps_may_run_out_anywhere(void **state)
{
    Term kv[2 * (40 + 2 * LONG_PAIRS)], one = many(), other;
    for (int i = 0; i < 40; i++) kv[2 * i] = many_key(i), kv[2 * i + 1] = make_small(i);
    for (int i = 0; i < 2 * LONG_PAIRS; i++)
        kv[2 * (40 + i)] = long_key(long_colliding[i]), kv[2 * (40 + i) + 1] = make_small(i);
    other = map_put(&heap, one, kv[2 * 41], AM_ok);
    one = map_put(&heap, one, kv[2 * 40], AM_ok);
    assert_int_equal(map_size(map_put(&heap, one, kv[2 * 41], AM_ok)), MANY + 2);
    for (uint64_t steps = 1; steps < 16 * LONG; steps += LONG / 4) {
        term_steps_set(steps);
        assert_whole(map_put(&heap, one, kv[2 * 41], AM_ok));
        term_steps_set(steps);
        assert_whole(map_merge(&heap, one, other));
        term_steps_set(steps);
        assert_whole(map_remove(&heap, one, kv[2 * 40], NULL));
    }
    for (uint64_t steps = 1; steps < 300 * LONG; steps += LONG * 3 / 4) {
        term_steps_set(steps);
        assert_whole(map_from_pairs(&heap, kv, 40 + 2 * LONG_PAIRS));
        term_steps_set(steps);
        assert_whole(map_from_pairs(&heap, kv + 80, 2 * LONG_PAIRS));
    }
    term_steps_set(TERM_STEPS_ENDLESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_otps),
        cmocka_unit_test(all_ways_lead_to_the_same_map),
        cmocka_unit_test(shrinks_to_a_flat_map_at_32),
        cmocka_unit_test(same_value_is_the_same_map),
        cmocka_unit_test(the_last_of_equal_keys_counts),
        cmocka_unit_test(refused_memory_is_told),
        cmocka_unit_test(steps_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, terms_set_up, terms_tear_down);
}
