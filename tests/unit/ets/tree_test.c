// SPDX-License-Identifier: Apache-2.0
// The tree keeps its balance and its order whatever is added and removed.
#include "fixture.h"
#include "term/compare.h"

#define KEYS 3000

static uint64_t seed = 2463534242u;
static uint64_t rng(uint64_t n)
{
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    return (seed >> 11) % n;
}

static int64_t key_of(const EtsObject *o) { return small_value(tuple_elements(o->term)[0]); }

// Checks W1 and the counts; the number of nodes.
static uint64_t check_node(const EtsObject *n, unsigned depth)
{
    if (n == NULL) return 0;
    assert_true(depth < TREE_MAX_DEPTH);
    uint64_t l = check_node(n->left, depth + 1), r = check_node(n->right, depth + 1);
    assert_int_equal(n->count, l + r + 1);
    assert_true(l + 1 <= 3 * (r + 1) && r + 1 <= 3 * (l + 1));
    return l + r + 1;
}

static void check(EtsTree *t, const bool *model)
{
    uint64_t n = check_node(t->root, 0), i = 0;
    TreeIter it;
    EtsObject *o = tree_iter_start(&it, t, 1, TERM_NONE, NULL, true, false);
    for (int64_t k = 0; k < KEYS; k++) {
        if (!model[k]) continue;
        assert_int_equal(key_of(o), k);
        assert_ptr_equal(tree_nth(t, i), o);
        i++;
        o = tree_iter_next(&it);
    }
    assert_null(o);
    assert_int_equal(i, n);
}

static void order_and_balance_hold(void **state)
{
    fixture_open();
    EtsTree t = {0};
    bool model[KEYS] = {0};
    for (int i = 0; i < 60000; i++) {
        // Ascending and descending runs are what unbalances trees.
        int64_t k = i < 20000 ? i % KEYS : i < 40000 ? KEYS - 1 - i % KEYS : (int64_t)rng(KEYS);
        Term key = make_small(k);
        EtsObject *old;
        if (rng(3) != 0) {
            assert_true(tree_put(&t, 1, ets_object_new(&iso, TUPLE(key, make_small(i))), &old));
            p->heap.hp = p->heap.start;
            assert_int_equal(old != NULL, model[k]);
            model[k] = true;
        } else {
            old = tree_remove(&t, 1, key);
            assert_int_equal(old != NULL, model[k]);
            model[k] = false;
        }
        if (old != NULL) ets_object_free(&iso.space, old);
        if (i % 4000 == 0) check(&t, model);
    }
    check(&t, model);
    int64_t all = INT64_MAX;
    assert_true(tree_free_some(&t, &iso.space, &all));
    fixture_close();
}

static void neighbours_and_ranges_are_found(void **state)
{
    fixture_open();
    EtsTree t = {0};
    for (int64_t k = 0; k < 1000; k += 2) {
        EtsObject *old;
        assert_true(tree_put(&t, 1, ets_object_new(&iso, TUPLE(make_small(k))), &old));
        assert_null(old);
    }
    for (int64_t k = -1; k <= 999; k++) {
        EtsObject *after = tree_after(&t, &iso.space, 1, make_small(k));
        EtsObject *before = tree_before(&t, &iso.space, 1, make_small(k));
        int64_t up = k < 0 ? 0 : (k / 2 + 1) * 2, down = k < 0 ? -1 : (k + 1) / 2 * 2 - 2;
        if (up > 998) assert_null(after);
        else assert_int_equal(key_of(after), up);
        if (down < 0) assert_null(before);
        else assert_int_equal(key_of(before), down);
        TreeIter it;
        for (int inclusive = 0; inclusive < 2; inclusive++) {
            bool at = inclusive && k % 2 == 0 && k >= 0;
            EtsObject *o = tree_iter_start(&it, &t, 1, make_small(k), compare, inclusive, false);
            assert_ptr_equal(o, at ? tree_find(&t, 1, make_small(k)) : after);
            o = tree_iter_start(&it, &t, 1, make_small(k), compare, inclusive, true);
            assert_ptr_equal(o, at ? tree_find(&t, 1, make_small(k)) : before);
            if (o != NULL && key_of(o) > 0)
                assert_int_equal(key_of(tree_iter_next(&it)), key_of(o) - 2);
        }
    }
    int64_t all = INT64_MAX;
    assert_true(tree_free_some(&t, &iso.space, &all));
    fixture_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_and_balance_hold),
        cmocka_unit_test(neighbours_and_ranges_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
