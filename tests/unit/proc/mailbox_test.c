// SPDX-License-Identifier: Apache-2.0
// Mailboxes: order, removal from the middle, receive markers.

#include "proc_fixture.h"

#define MANY 1000

static void fill(Isolate *iso, Process *p, int n)
{
    for (int i = 0; i < n; i++) assert_ok(proc_send(iso, p, make_small(i)));
}

static void messages_come_in_order(void **state)
{
    Isolate *iso = isolate_new();
    Process *p = spawn_idle(iso);
    fill(iso, p, MANY);
    assert_int_equal(p->mailbox.count, MANY);
    assert_int_equal(p->state, PROC_RUNNABLE);
    for (int i = 0; i < MANY; i++) assert_int_equal(take(p), make_small(i));
    assert_int_equal(take(p), TERM_NONE);
    assert_null(p->mailbox.first);
    isolate_free(iso);
}

// Takes every second message out, then reads what is left.
static void removal_from_the_middle_leaves_the_rest(void **state)
{
    Isolate *iso = isolate_new();
    Process *p = spawn_idle(iso);
    fill(iso, p, MANY);
    for (int i = 1; i < MANY; i += 2) {
        mailbox_rewind(p);
        while (mailbox_peek(p) != make_small(i)) mailbox_next(p);
        mailbox_remove(p);
    }
    assert_int_equal(p->mailbox.count, MANY / 2);
    assert_true(p->mailbox.segments < 20);
    for (int i = 0; i < MANY; i += 2) assert_int_equal(take(p), make_small(i));
    isolate_free(iso);
}

static void a_scan_goes_on_with_new_messages(void **state)
{
    Isolate *iso = isolate_new();
    Process *p = spawn_idle(iso);
    for (int i = 0; i < 200; i++) {
        assert_int_equal(mailbox_peek(p), TERM_NONE);
        assert_ok(proc_send(iso, p, make_small(i)));
        assert_int_equal(mailbox_peek(p), make_small(i));
        mailbox_next(p);
    }
    mailbox_rewind(p);
    assert_int_equal(mailbox_peek(p), SMALL(0));
    isolate_free(iso);
}

static void a_marker_skips_what_came_before(void **state)
{
    Isolate *iso = isolate_new();
    Process *p = spawn_idle(iso);
    Term words[REF_WORDS], ref = ref_at(words, 77);
    fill(iso, p, 300);
    Term marker = recv_marker_reserve(p);
    recv_marker_bind(p, marker, ref);
    fill(iso, p, 10);
    recv_marker_use(p, ref);
    for (int i = 0; i < 10; i++, mailbox_next(p)) assert_int_equal(mailbox_peek(p), make_small(i));
    assert_int_equal(mailbox_peek(p), TERM_NONE);

    // What is removed from before the marker does not move it past anything.
    for (int i = 0; i < 300; i++) assert_int_equal(take(p), make_small(i));
    recv_marker_use(p, ref);
    assert_int_equal(mailbox_peek(p), SMALL(0));
    recv_marker_clear(p, ref);
    recv_marker_use(p, ref);
    assert_int_equal(mailbox_peek(p), SMALL(0));
    // A forged marker finds nothing to skip.
    recv_marker_bind(p, make_small(SMALL_MAX), ref);
    mailbox_rewind(p);
    recv_marker_use(p, ref);
    assert_int_equal(mailbox_peek(p), SMALL(0));
    isolate_free(iso);
}

static void a_full_mailbox_kills_its_owner(void **state)
{
    Isolate *iso = isolate_new();
    Process *p = spawn_idle(iso);
    Term pid = p->pid;
    iso->limits.of[LIMIT_MAILBOX].allowed = 5;
    fill(iso, p, 5);
    assert_non_null(proc_lookup(iso, pid));
    fill(iso, p, 1);
    assert_null(proc_lookup(iso, pid));
    int64_t budget = 100;
    assert_true(proc_exit_continue(iso, &budget));
    isolate_free(iso);
}

static void every_message_is_a_root(void **state)
{
    Isolate *iso = isolate_new();
    Process *p = spawn_idle(iso);
    Term words[3], *hp = words;
    for (int i = 0; i < MANY; i++, hp = words) {
        Term pair = tuple2_at(&hp, make_small(i), SMALL(1));
        assert_ok(proc_send(iso, p, pair));
    }
    assert_ok(process_collect(p, false));
    assert_ok(process_collect(p, true));
    for (int i = 0; i < MANY; i++) assert_int_equal(element(take(p), 1), make_small(i));
    isolate_free(iso);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_come_in_order),
        cmocka_unit_test(removal_from_the_middle_leaves_the_rest),
        cmocka_unit_test(a_scan_goes_on_with_new_messages),
        cmocka_unit_test(a_marker_skips_what_came_before),
        cmocka_unit_test(a_full_mailbox_kills_its_owner),
        cmocka_unit_test(every_message_is_a_root),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
