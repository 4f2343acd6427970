// SPDX-License-Identifier: Apache-2.0
// Work that is put aside and resumed, also on another thread.
#include "base/fiber.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/clock.h"

enum { PAUSES = 3 };

typedef struct Job {
    unsigned pauses;  // how often it has been put aside
    uint64_t result;
} Job;

// Until it has been put aside some times, deep enough that a wrong stack would show.
static uint64_t busy(unsigned depth, const volatile unsigned *pauses)
{
    volatile uint64_t kept[32];
    for (unsigned i = 0; i < 32; i++) kept[i] = depth + i;
    uint64_t sum = 0;
    if (depth > 0) {
        sum = busy(depth - 1, pauses);
    } else {
        while (*pauses < PAUSES)
            if (!pause_point()) return 0;
    }
    for (unsigned i = 0; i < 32; i++) sum += kept[i] - depth - i;
    return sum + 1;
}

static void work(void *arg)
{
    Job *job = arg;
    job->result = busy(100, &job->pauses);
}

static void work_is_put_aside(void **state)
{
    Fiber *f = fiber_new();
    assert_non_null(f);
    for (int round = 0; round < 3; round++) {
        Job job = {0};
        for (bool over = fiber_run(f, work, &job, clock_monotonic_ns()); !over;
             over = fiber_resume(f, clock_monotonic_ns()))
            job.pauses++;
        assert_int_equal(job.result, 101);
        assert_int_equal(job.pauses, PAUSES);
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
    Job job = {0};
    Relay r = {.fiber = fiber_new()};
    r.over = fiber_run(r.fiber, work, &job, clock_monotonic_ns());
    assert_false(r.over);
    while (!r.over) {
        job.pauses++;
        pthread_t t;
        assert_int_equal(pthread_create(&t, NULL, go_on, &r), 0);
        pthread_join(t, NULL);
    }
    assert_int_equal(job.result, 101);
    fiber_free(r.fiber);
}

static void abandoned_work_is_told(void **state)
{
    Job job = {.result = 7};
    Fiber *f = fiber_new();
    assert_false(fiber_run(f, work, &job, clock_monotonic_ns()));
    fiber_abandon(f);
    assert_true(fiber_resume(f, clock_monotonic_ns()));
    assert_int_equal(job.result, 100);
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
