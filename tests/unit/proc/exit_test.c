// SPDX-License-Identifier: Apache-2.0
// Links, monitors, aliases and what happens when processes end.

#include "proc_fixture.h"

static void drain(Isolate *iso)
{
    int64_t budget;
    do budget = 10;
    while (!proc_exit_continue(iso, &budget));
}

static void links_are_found_from_both_ends(void **state)
{
    Isolate *iso = isolate_new();
    Process *hub = spawn_idle(iso), *spokes[500];
    for (int i = 0; i < 500; i++) {
        spokes[i] = spawn_idle(iso);
        assert_ok(link_add(iso, i % 2 ? hub : spokes[i], i % 2 ? spokes[i] : hub));
        assert_ok(link_add(iso, hub, spokes[i]));
    }
    assert_int_equal(hub->links.count, 500);
    int seen = 0;
    for (Link *l = hub->links.first; l != NULL; l = link_next(l, hub))
        assert_ptr_equal(link_peer(l, hub), spokes[seen++]);
    assert_int_equal(seen, 500);
    for (int i = 0; i < 500; i += 2) link_remove(iso, link_find(iso, spokes[i], hub));
    assert_int_equal(hub->links.count, 250);
    assert_null(link_find(iso, hub, spokes[0]));
    assert_non_null(link_find(iso, hub, spokes[1]));
    isolate_free(iso);
}

// A chain of links fifty thousand long ends without growing the C stack.
static void a_cascade_is_iterative(void **state)
{
    enum { LENGTH = 50000 };
    Isolate *iso = isolate_new();
    uint64_t before = iso->space.arena.in_use;
    Process *first = spawn_idle(iso), *last = first;
    for (int i = 1; i < LENGTH; i++) {
        Process *next = spawn_idle(iso);
        assert_ok(link_add(iso, last, next));
        last = next;
    }
    Process *watcher = spawn_idle(iso);
    watcher->trap_exit = true;
    assert_ok(link_add(iso, last, watcher));
    Term words[3], *hp = words, reason = tuple2_at(&hp, AM_error, SMALL(7));
    proc_exit_signal(iso, watcher->pid, first, reason, false);
    drain(iso);
    assert_int_equal(iso->procs.count, 1);
    Term message = take(watcher);
    assert_int_equal(element(message, 1), AM_EXIT);
    assert_int_equal(element(element(message, 3), 2), SMALL(7));
    proc_exit_signal(iso, watcher->pid, watcher, AM_kill, false);
    drain(iso);
    assert_int_equal(iso->limits.of[LIMIT_PROCESSES].used, 0);
    assert_true(iso->space.arena.in_use < before + 4 * 1024 * 1024);
    isolate_free(iso);
}

static void exit_signals_do_what_they_say(void **state)
{
    Isolate *iso = isolate_new();
    Process *a = spawn_idle(iso), *b = spawn_idle(iso);
    Term pid = b->pid;
    proc_exit_signal(iso, a->pid, b, AM_normal, false);
    assert_non_null(proc_lookup(iso, pid));  // normal from another: ignored
    b->trap_exit = true;
    proc_exit_signal(iso, a->pid, b, AM_normal, false);
    assert_int_equal(element(take(b), 3), AM_normal);
    proc_exit_signal(iso, a->pid, b, AM_kill, true);  // by link it can be trapped
    assert_int_equal(element(take(b), 3), AM_kill);
    proc_exit_signal(iso, a->pid, b, AM_kill, false);
    assert_null(proc_lookup(iso, pid));

    iso->current = a;  // a executes: it is told and ends later
    proc_exit_signal(iso, a->pid, a, AM_normal, false);
    assert_true(a->pending_kill);
    assert_int_equal(proc_exit_reason(a), AM_normal);
    proc_exit_pending(iso, a);
    assert_int_equal(iso->procs.count, 0);
    isolate_free(iso);
}

static void links_hear_before_monitors(void **state)
{
    Isolate *iso = isolate_new();
    Process *a = spawn_idle(iso), *b = spawn_idle(iso);
    Term tag_words[3], *hp = tag_words, tag = tuple2_at(&hp, AM_ok, SMALL(1));
    a->trap_exit = true;
    assert_ok(monitor_add(iso, MONITOR_PROCESS, a, b, 1000, ALIAS_NONE, TERM_NONE,
                          held_new(&iso->space, tag), NULL));
    assert_ok(monitor_add(iso, MONITOR_PROCESS, a, b, 1001, ALIAS_NONE, AM_init, NULL, NULL));
    assert_ok(link_add(iso, a, b));
    Term pid = b->pid;
    proc_exit(iso, b, AM_undef);
    Term message = take(a);
    assert_int_equal(element(message, 1), AM_EXIT);
    assert_int_equal(element(message, 2), pid);
    message = take(a);
    assert_int_equal(element(element(message, 1), 2), SMALL(1));
    assert_int_equal(ref_number(element(message, 2)), 1000);
    assert_int_equal(element(message, 4), pid);
    message = take(a);
    assert_int_equal(element(message, 1), AM_DOWN);
    assert_int_equal(element(element(message, 4), 1), AM_init);
    assert_int_equal(element(message, 5), AM_undef);
    assert_int_equal(a->monitors.count, 0);
    isolate_free(iso);
}

static void aliases_live_as_long_as_their_mode_says(void **state)
{
    Isolate *iso = isolate_new();
    Process *a = spawn_idle(iso), *b = spawn_idle(iso);
    Term words[REF_WORDS];
    bool bad;
    assert_ok(monitor_add(iso, MONITOR_PROCESS, a, b, 11, ALIAS_EXPLICIT, TERM_NONE, NULL, NULL));
    assert_ok(monitor_add(iso, MONITOR_PROCESS, a, b, 12, ALIAS_DEMONITOR, TERM_NONE, NULL, NULL));
    assert_ok(monitor_add(iso, MONITOR_PROCESS, a, b, 13, ALIAS_REPLY, TERM_NONE, NULL, NULL));
    assert_ok(monitor_add(iso, MONITOR_ALIAS, a, NULL, 14, ALIAS_REPLY, TERM_NONE, NULL, NULL));
    for (uint64_t n = 11; n <= 14; n++)
        assert_ptr_equal(proc_destination(iso, ref_at(words, n), &bad), a);
    assert_null(
        proc_destination(iso, ref_at(words, 13), &bad));  // used up, and the monitor with it
    assert_null(proc_destination(iso, ref_at(words, 14), &bad));
    assert_false(bad);
    assert_int_equal(b->monitored_by.count, 2);
    proc_exit(iso, b, AM_normal);
    assert_int_equal(a->mailbox.count, 2);
    assert_ptr_equal(proc_destination(iso, ref_at(words, 11), &bad), a);
    assert_null(proc_destination(iso, ref_at(words, 12), &bad));
    assert_true(monitor_unalias(iso, monitor_find(iso, 11)));
    assert_null(monitor_find(iso, 11));
    assert_int_equal(a->monitors.count, 0);
    isolate_free(iso);
}

static void the_suspended_wake_when_their_suspender_ends(void **state)
{
    Isolate *iso = isolate_new();
    Process *a = spawn_idle(iso), *b = spawn_idle(iso);
    Monitor *m;
    assert_ok(monitor_add(iso, MONITOR_SUSPEND, a, b, 0, ALIAS_NONE, TERM_NONE, NULL, &m));
    m->count = 2;
    proc_suspend(iso, b);
    proc_suspend(iso, b);
    assert_ok(proc_send(iso, b, AM_ok));
    assert_int_equal(b->state, PROC_SUSPENDED);
    assert_null(proc_dequeue(iso));
    proc_exit(iso, a, AM_normal);
    assert_int_equal(b->state, PROC_RUNNABLE);
    assert_ptr_equal(proc_dequeue(iso), b);
    isolate_free(iso);
}

static void names_and_pids_go_with_their_process(void **state)
{
    Isolate *iso = isolate_new();
    Process *a = spawn_idle(iso), *b = spawn_idle(iso);
    assert_ok(name_register(iso, AM_init, a));
    assert_int_equal(name_register(iso, AM_init, b), ST_EXISTS);
    assert_int_equal(name_register(iso, AM_error, a), ST_EXISTS);
    assert_ptr_equal(name_whereis(iso, AM_init), a);
    proc_exit(iso, a, AM_normal);
    assert_null(name_whereis(iso, AM_init));
    assert_ok(name_register(iso, AM_init, b));
    isolate_free(iso);
}

static void pids_keep_their_order(void **state)
{
    Isolate *iso = isolate_new();
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 20; i++) spawn_idle(iso);
        uint64_t at = 0;
        Process *p = proc_next(iso, &at);
        proc_exit(iso, p, AM_normal);
        Term last = TERM_NONE;
        at = 0;
        while ((p = proc_next(iso, &at)) != NULL) {
            assert_true(p->pid > last);
            last = p->pid;
            assert_ptr_equal(proc_lookup(iso, p->pid), p);
        }
    }
    assert_int_equal(iso->procs.count, 50 * 19);
    isolate_free(iso);
}

static void low_runs_once_in_nine_turns(void **state)
{
    Isolate *iso = isolate_new();
    Process *normal = spawn_idle(iso), *low = spawn_idle(iso), *high = spawn_idle(iso);
    low->priority = PRIO_LOW;
    high->priority = PRIO_HIGH;
    proc_enqueue(iso, low);
    proc_enqueue(iso, normal);
    proc_enqueue(iso, high);
    assert_ptr_equal(proc_dequeue(iso), high);
    proc_park(iso, high, true);
    int turns = 0;
    for (int i = 0; i < 90; i++) {
        Process *p = proc_dequeue(iso);
        turns += p == low;
        proc_park(iso, p, false);
    }
    assert_int_equal(turns, 10);
    isolate_free(iso);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_are_found_from_both_ends),
        cmocka_unit_test(a_cascade_is_iterative),
        cmocka_unit_test(exit_signals_do_what_they_say),
        cmocka_unit_test(links_hear_before_monitors),
        cmocka_unit_test(aliases_live_as_long_as_their_mode_says),
        cmocka_unit_test(the_suspended_wake_when_their_suspender_ends),
        cmocka_unit_test(names_and_pids_go_with_their_process),
        cmocka_unit_test(pids_keep_their_order),
        cmocka_unit_test(low_runs_once_in_nine_turns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
