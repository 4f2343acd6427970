// SPDX-License-Identifier: Apache-2.0
// Tables of each type against a plain array of what they must hold.
#include "fixture.h"

#define KEYS 600

static uint64_t seed = 88172645463325252u;
static uint64_t rng(uint64_t n)
{
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    return (seed >> 11) % n;
}

static void put(EtsTable *t, int64_t key, int64_t value)
{
    Term words[3] = {TUPLE_HEADER(2), make_small(key), make_small(value)};
    assert_int_equal(ets_put(&iso, t, make_boxed(words), false), ETS_PUT_OK);
}

static int64_t count(EtsTable *t, int64_t key)
{
    int64_t n = 0;
    for (EtsObject *o = ets_get(t, make_small(key)); o != NULL; o = ets_next_same(t, o)) n++;
    return n;
}

// Every key once, by stepping; the number of keys.
static size_t walk(EtsTable *t, const int *model)
{
    size_t n = 0;
    for (Term k = ets_first_key(t); k != AM_dollar_end_of_table; n++) {
        assert_true(model[small_value(k)] > 0);
        assert_true(ets_next_key(t, k, &k));
        assert_true(n <= KEYS);
    }
    return n;
}

static void check(EtsTable *t, const int *model)
{
    size_t keys = 0;
    uint64_t objects = 0;
    for (int k = 0; k < KEYS; k++) {
        assert_int_equal(count(t, k), model[k]);
        keys += model[k] > 0;
        objects += (uint64_t)model[k];
    }
    assert_int_equal(ets_size(t), objects);
    assert_int_equal(walk(t, model), keys);
}

static void each_type_holds_what_was_put(void **state)
{
    for (int type = ETS_SET; type <= ETS_ORDERED_SET; type++) {
        fixture_open();
        EtsTable *t = table((EtsType)type);
        int model[KEYS] = {0};
        bool fixed = false;
        for (int i = 0; i < 60000; i++) {
            int64_t key = (int64_t)rng(KEYS);
            switch (rng(8)) {
            case 0:
            case 1:
            case 2:
            case 3:
                put(t, key, i);
                model[key] = ets_is_any_bag(t) ? model[key] + 1 : 1;
                break;
            case 4:
            case 5:
            case 6:
                ets_delete_key(&iso, t, make_small(key));
                model[key] = 0;
                break;
            default:
                if (rng(40) != 0) break;
                if (fixed) ets_unfix(&iso, t, p->pid);
                else assert_ok(ets_fix(&iso, t, p->pid));
                fixed = !fixed;
            }
            if (i % 5000 == 0) check(t, model);
            if (i == 40000) {
                ets_clear(&iso, t);
                memset(model, 0, sizeof model);
            }
        }
        check(t, model);
        fixture_close();
    }
}

static void many_objects_come_and_go(void **state)
{
    for (int type = ETS_SET; type <= ETS_ORDERED_SET; type++) {
        fixture_open();
        EtsTable *t = table((EtsType)type);
        uint64_t empty = ets_memory_words(t);
        for (int64_t k = 0; k < 30000; k++) put(t, k, k);
        assert_int_equal(ets_size(t), 30000);
        for (int64_t k = 0; k < 30000; k++) assert_int_equal(count(t, k), 1);
        for (int64_t k = 0; k < 30000; k++) ets_delete_key(&iso, t, make_small(k));
        assert_int_equal(ets_size(t), 0);
        assert_true(ets_memory_words(t) <= empty + 3000);
        fixture_close();
    }
}

static void a_traversal_of_a_fixed_table_survives_deletion(void **state)
{
    fixture_open();
    EtsTable *t = table(ETS_SET);
    for (int64_t k = 0; k < 1000; k++) put(t, k, k);
    assert_ok(ets_fix(&iso, t, p->pid));
    size_t seen = 0;
    for (Term k = ets_first_key(t); k != AM_dollar_end_of_table; seen++) {
        ets_delete_key(&iso, t, k);
        assert_true(ets_next_key(t, k, &k));
    }
    assert_int_equal(seen, 1000);
    assert_int_equal(ets_size(t), 0);
    uint64_t dead = t->store.hash.words;
    assert_int_equal(dead, 3000);
    ets_unfix(&iso, t, p->pid);
    for (int64_t k = 0; k < 1000; k++) put(t, k, k);
    for (int64_t k = 0; k < 1000; k++) ets_delete_key(&iso, t, make_small(k));
    assert_true(t->store.hash.words < dead);
    fixture_close();
}

static void deleted_tables_are_freed_in_steps(void **state)
{
    fixture_open();
    for (int type = ETS_SET; type <= ETS_ORDERED_SET; type++) {
        EtsTable *t = table((EtsType)type);
        for (int64_t k = 0; k < 5000; k++) put(t, k, k);
        uint64_t held = iso.space.arena.in_use;
        ets_table_delete(&iso, t);
        int steps = 0;
        for (bool done = false; !done; steps++) {
            int64_t budget = 100;
            done = ets_reap(&iso, &budget);
            assert_true(budget > -1000);
        }
        assert_true(steps > 20);
        assert_true(iso.space.arena.in_use < held - 5000 * 24);
    }
    fixture_close();
}

static void identifiers_outlive_tables(void **state)
{
    fixture_open();
    EtsTable *t = table(ETS_SET), *found;
    Term *hp = heap_alloc(&p->heap, MAGIC_WORDS);
    Term tid = ets_tid_at(t, &hp, &p->heap.off);
    assert_int_equal(ets_find(&iso, p, tid, ETS_WRITE, &found), ETS_OK);
    assert_ptr_equal(found, t);
    // As the external format brings it back: a reference like any other.
    Term *plain = heap_alloc(&p->heap, REF_WORDS);
    memcpy(plain, boxed_ptr(tid), REF_WORDS * sizeof(Term));
    plain[0] = HEADER(BOX_REF, REF_WORDS - 1);
    assert_int_equal(ets_find(&iso, p, make_boxed(plain), ETS_READ, &found), ETS_OK);
    ets_table_delete(&iso, t);
    assert_int_equal(ets_find(&iso, p, tid, ETS_INFO, &found), ETS_BAD_ID);
    assert_int_equal(ets_find(&iso, p, make_boxed(plain), ETS_INFO, &found), ETS_BAD_TYPE);
    assert_int_equal(ets_find(&iso, p, make_small(1), ETS_INFO, &found), ETS_BAD_TYPE);
    assert_int_equal(ets_find(&iso, p, AM_ets, ETS_INFO, &found), ETS_BAD_ID);
    fixture_close();
}

static void tables_are_limited_and_named_once(void **state)
{
    fixture_open();
    iso.limits.of[LIMIT_TABLES].allowed = 2;
    EtsOptions o = {.keypos = 1, .named = true, .write_concurrency = AM_false, .heir = AM_none};
    EtsTable *a, *b;
    assert_ok(ets_table_new(&iso, p, AM_ok, &o, &a));
    assert_int_equal(ets_table_new(&iso, p, AM_ok, &o, &b), ST_EXISTS);
    assert_ok(ets_table_new(&iso, p, AM_true, &o, &b));
    assert_int_equal(ets_table_new(&iso, p, AM_node, &o, &b), ST_LIMIT);
    assert_int_equal(ets_table_rename(&iso, a, AM_true), ST_EXISTS);
    ets_table_delete(&iso, a);
    assert_ok(ets_table_new(&iso, p, AM_ok, &o, &a));
    fixture_close();
}

static void refused_memory_leaves_tables_whole(void **state)
{
    for (int type = ETS_SET; type <= ETS_ORDERED_SET; type++) {
        fixture_open();
        EtsTable *t = table((EtsType)type);
        iso.space.arena.limit = iso.space.arena.used + 300000;
        int64_t n = 0;
        for (;; n++) {
            Term words[3] = {TUPLE_HEADER(2), make_small(n), make_small(n)};
            if (ets_put(&iso, t, make_boxed(words), false) == ETS_PUT_NOMEM) break;
        }
        assert_true(n > 1000);
        assert_int_equal(ets_size(t), n);
        for (int64_t k = 0; k < n; k++) assert_int_equal(count(t, k), 1);
        assert_int_equal(ets_clear(&iso, t), n);
        // What was thrown away makes room for what comes.
        for (int64_t k = 0; k < n / 2; k++) put(t, k, k);
        fixture_close();
    }
}

static void keys_without_end_are_refused(void **state)
{
    fixture_open();
    EtsTable *t = table(ETS_SET);
    Term big = TERM_NIL;
    for (int i = 0; i < 60; i++) big = TUPLE(big, big);
    assert_int_equal(ets_put(&iso, t, TUPLE(big, AM_ok), false), ETS_PUT_TOO_BIG);
    put(t, 1, 1);
    assert_null(ets_get(t, big));
    fixture_close();
}

static void buckets_are_in_the_order_of_otp(void **state)
{
    fixture_open();
    static const int order[] = {16, 3,  7,  4,  8,  2,  9,  1,  10, 13,
                                6,  14, 18, 17, 11, 12, 19, 15, 5,  20};
    EtsTable *t = table(ETS_SET);
    for (int64_t k = 1; k <= 20; k++) put(t, k, k);
    Term k = ets_first_key(t);
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        assert_int_equal(small_value(k), order[i]);
        assert_true(ets_next_key(t, k, &k));
    }
    assert_int_equal(k, AM_dollar_end_of_table);
    fixture_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_type_holds_what_was_put),
        cmocka_unit_test(many_objects_come_and_go),
        cmocka_unit_test(a_traversal_of_a_fixed_table_survives_deletion),
        cmocka_unit_test(deleted_tables_are_freed_in_steps),
        cmocka_unit_test(identifiers_outlive_tables),
        cmocka_unit_test(tables_are_limited_and_named_once),
        cmocka_unit_test(refused_memory_leaves_tables_whole),
        cmocka_unit_test(keys_without_end_are_refused),
        cmocka_unit_test(buckets_are_in_the_order_of_otp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
