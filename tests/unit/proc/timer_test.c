// SPDX-License-Identifier: Apache-2.0
// Timers: order, cancelling, destinations that go away.

#include "base/clock.h"
#include "proc_fixture.h"

static uint64_t start(Isolate *iso, Process *to, int64_t due, Term message)
{
    uint64_t number = space_next_ref(&iso->space);
    assert_ok(timer_start(iso, TIMER_SEND, due, to, TERM_NONE, message, number));
    return number;
}

static void timers_fire_in_order(void **state)
{
    enum { COUNT = 2000 };
    Isolate *iso = isolate_new();
    Process *p = spawn_idle(iso);
    uint64_t numbers[COUNT];
    for (int i = 0; i < COUNT; i++)
        numbers[i] = start(iso, p, (i * 7919) % COUNT / 2, make_small((i * 7919) % COUNT / 2));
    for (int i = 0; i < COUNT; i += 3) timer_cancel(iso, timer_find(iso, numbers[i]));
    assert_int_equal(timer_next_due(iso), 0);
    assert_false(timer_fire(iso, COUNT, 10));
    assert_true(timer_fire(iso, COUNT, SIZE_MAX));
    assert_int_equal(timer_next_due(iso), INT64_MAX);
    int64_t last = -1;
    for (Term t; (t = take(p)) != TERM_NONE; last = small_value(t))
        assert_true(small_value(t) >= last);
    assert_true(last > COUNT / 2 - 10);
    assert_int_equal(timer_count(iso), 0);
    assert_int_equal(iso->limits.of[LIMIT_TIMERS].used, 0);
    isolate_free(iso);
}

static void timers_of_a_dead_process_are_gone(void **state)
{
    Isolate *iso = isolate_new();
    Process *p = spawn_idle(iso), *q = spawn_idle(iso);
    Term words[3], *hp = words, message = tuple2_at(&hp, AM_ok, SMALL(5));
    for (int i = 0; i < 10; i++) start(iso, p, i, message);
    start(iso, q, 3, message);
    assert_ok(timer_set_receive(p, 1));
    proc_exit(iso, p, AM_normal);
    assert_int_equal(timer_count(iso), 1);
    assert_true(timer_fire(iso, INT64_MAX, 100));
    assert_int_equal(element(take(q), 2), SMALL(5));
    isolate_free(iso);
}

static void a_named_destination_is_looked_up_when_it_is_time(void **state)
{
    Isolate *iso = isolate_new();
    assert_ok(timer_start(iso, TIMER_START, 5, NULL, AM_init, AM_ok, 9));
    assert_ok(timer_start(iso, TIMER_START, 5, NULL, AM_error, AM_ok, 10));
    Process *p = spawn_idle(iso);
    assert_ok(name_register(iso, AM_init, p));
    assert_true(timer_fire(iso, 5, 100));
    Term message = take(p);
    assert_int_equal(element(message, 1), AM_timeout);
    assert_int_equal(ref_number(element(message, 2)), 9);
    assert_int_equal(take(p), TERM_NONE);
    isolate_free(iso);
}

static void receive_timeouts_wake(void **state)
{
    Isolate *iso = isolate_new();
    Process *p = spawn_idle(iso);
    assert_ok(timer_set_receive(p, 0));
    assert_true(p->in_receive_timeout);
    assert_true(timer_fire(iso, clock_monotonic_ns(), 100));
    assert_true(p->timed_out);
    assert_int_equal(p->state, PROC_RUNNABLE);
    timer_cancel_receive(p);
    assert_false(p->timed_out);
    isolate_free(iso);
}

static void too_many_timers_are_refused(void **state)
{
    Isolate *iso = isolate_new();
    Process *p = spawn_idle(iso);
    iso->limits.of[LIMIT_TIMERS].allowed = 2;
    uint64_t first = start(iso, p, 1, AM_ok);
    start(iso, p, 1, AM_ok);
    assert_int_equal(timer_start(iso, TIMER_SEND, 1, p, TERM_NONE, AM_ok, 99), ST_LIMIT);
    timer_cancel(iso, timer_find(iso, first));
    start(iso, p, 1, AM_ok);
    isolate_free(iso);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(timers_fire_in_order),
        cmocka_unit_test(timers_of_a_dead_process_are_gone),
        cmocka_unit_test(a_named_destination_is_looked_up_when_it_is_time),
        cmocka_unit_test(receive_timeouts_wake),
        cmocka_unit_test(too_many_timers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
