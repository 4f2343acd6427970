// SPDX-License-Identifier: Apache-2.0
// The first item is always one with the least key, whatever was put, moved and removed.
#include "base/pqueue.h"

#include <stdlib.h>

#include "unit.h"

enum { ITEMS = 200, STEPS = 20000 };

static void holds(const PQueue *q)
{
    for (size_t i = 0; i < q->len; i++) {
        assert_int_equal(q->items[i]->place, i + 1);
        if (i > 0) assert_true(q->items[(i - 1) / 2]->key <= q->items[i]->key);
    }
}

static void steps_keep_the_order(void **state)
{
    static PqItem items[ITEMS];
    PQueue q = {0};
    assert_int_equal(pqueue_reserve(&q, ITEMS), ST_OK);
    unsigned seed = 1;
    for (int i = 0; i < STEPS; i++) {
        seed = seed * 1103515245u + 12345u;
        PqItem *item = &items[(seed >> 16) % ITEMS];
        seed = seed * 1103515245u + 12345u;
        if ((seed >> 20) % 3 == 0) pqueue_remove(&q, item);
        else pqueue_put(&q, item, (int64_t)((seed >> 8) % 1000));
        if (i % 64 == 0) holds(&q);
    }
    int64_t last = INT64_MIN;
    for (PqItem *first; (first = pqueue_first(&q)) != NULL;) {
        assert_true(first->key >= last);
        last = first->key;
        pqueue_remove(&q, first);
        assert_int_equal(first->place, 0);
    }
    for (int i = 0; i < ITEMS; i++) assert_int_equal(items[i].place, 0);
    pqueue_clear(&q);
}

static void clear_lets_go_of_items(void **state)
{
    PqItem a = {0}, b = {0};
    PQueue q = {0};
    assert_int_equal(pqueue_reserve(&q, 2), ST_OK);
    pqueue_put(&q, &a, 2);
    pqueue_put(&q, &b, 1);
    pqueue_clear(&q);
    assert_null(pqueue_first(&q));
    assert_int_equal(a.place + b.place, 0);
    pqueue_remove(&q, &a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_keep_the_order),
        cmocka_unit_test(clear_lets_go_of_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
