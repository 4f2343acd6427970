// SPDX-License-Identifier: Apache-2.0
// Work that is put aside and resumed, also on another thread.
#include "base/fiber.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/clock.h"

// Deep enough that a wrong stack would show.
static uint64_t busy(unsigned depth, uint64_t ns)
{
    volatile uint64_t kept[32];
    for (unsigned i = 0; i < 32; i++) kept[i] = depth + i;
    uint64_t sum = 0;
    if (depth > 0) {
        sum = busy(depth - 1, ns);
    } else {
        int64_t end = clock_monotonic_ns() + (int64_t)ns;
        while (clock_monotonic_ns() < end)
            if (!pause_point()) return 0;
    }
    for (unsigned i = 0; i < 32; i++) sum += kept[i] - depth - i;
    return sum + 1;
}

static void work(void *arg) { *(uint64_t *)arg = busy(100, (uint64_t)5 * NS_PER_MS); }

static void work_is_put_aside(void **state)
{
    Fiber *f = fiber_new();
    assert_non_null(f);
    for (int round = 0; round < 3; round++) {
        uint64_t result = 0;
        unsigned pauses = 0;
        for (bool over = fiber_run(f, work, &result, clock_monotonic_ns()); !over;
             over = fiber_resume(f, clock_monotonic_ns()))
            pauses++;
        assert_int_equal(result, 101);
        assert_true(pauses >= 1);
    }
    fiber_free(f);
}

typedef struct Relay {
    Fiber *fiber;
    bool over;
} Relay;

static void *go_on(void *arg)
{
    Relay *r = arg;
    r->over = fiber_resume(r->fiber, clock_monotonic_ns());
    return NULL;
}

static void another_thread_goes_on(void **state)
{
    uint64_t result = 0;
    Relay r = {.fiber = fiber_new()};
    r.over = fiber_run(r.fiber, work, &result, clock_monotonic_ns());
    assert_false(r.over);
    while (!r.over) {
        pthread_t t;
        assert_int_equal(pthread_create(&t, NULL, go_on, &r), 0);
        pthread_join(t, NULL);
    }
    assert_int_equal(result, 101);
    fiber_free(r.fiber);
}

static void abandoned_work_is_told(void **state)
{
    uint64_t result = 7;
    Fiber *f = fiber_new();
    assert_false(fiber_run(f, work, &result, clock_monotonic_ns()));
    fiber_abandon(f);
    assert_true(fiber_resume(f, clock_monotonic_ns()));
    assert_int_equal(result, 100);
    fiber_free(f);
}

static void outside_nothing_happens(void **state)
{
    assert_true(pause_point());
    enum { N = 300000 };
    char *a = malloc(N), *b = malloc(N);
    paced_fill(a, 7, N);
    paced_copy(b, a, N);
    assert_int_equal(paced_compare(a, b, N), 0);
    b[N - 1] = 8;
    assert_true(paced_compare(a, b, N) < 0);
    assert_memory_equal(a, b, N - 1);
    free(a);
    free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_is_put_aside),
        cmocka_unit_test(another_thread_goes_on),
        cmocka_unit_test(abandoned_work_is_told),
        cmocka_unit_test(outside_nothing_happens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
