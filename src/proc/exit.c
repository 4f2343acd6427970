// SPDX-License-Identifier: Apache-2.0
// proc/exit.c - exit signals and the end of a process.
//
// A process that ends leaves the tables at once and joins a queue. What it has to
// tell is told record by record from there, so a cascade of a million links needs
// neither C stack nor one long slice. Its links hear it before its monitors do,
// as in OTP.
#include "base/fiber.h"
#include "heap/copy.h"
#include "proc/held.h"
#include "proc/link.h"
#include "proc/mailbox.h"
#include "proc/name.h"
#include "proc/signal.h"
#include "proc/timer.h"

// Work that is done before control returns; what is left waits for the run loop.
#define EXIT_BUDGET 4000

Term proc_exit_reason(const Process *p)
{
    return p->exit_held != NULL ? p->exit_held->value : p->exit_reason;
}

// ---- dying -----------------------------------------------------------------------------
// The reason is set already.
static void exit_begin(Isolate *iso, Process *p)
{
    ASSERT(p->state != PROC_EXITING);
    proc_unqueue(iso, p);
    p->state = PROC_EXITING;
    p->pending_kill = false;
    process_leave_table(iso, p);
    name_unregister(iso, p);
    timer_free_receive(p);
    p->run_next = NULL;
    *(iso->exit_last != NULL ? &iso->exit_last->run_next : &iso->exit_first) = p;
    iso->exit_last = p;
}

// p dies, now or when it gives up the thread (S1). Takes over held, which may be
// NULL when reason is immediate.
static void die(Isolate *iso, Process *p, Term reason, Held *held)
{
    p->exit_reason = held != NULL ? AM_killed : reason;
    p->exit_held = held;
    if (p == iso->current) p->pending_kill = true;
    else exit_begin(iso, p);
}

static bool is_dying(const Process *p) { return p->state == PROC_EXITING || p->pending_kill; }

void proc_kill(Isolate *iso, Process *p, Term reason)
{
    ASSERT(is_immed(reason));
    if (!is_dying(p)) die(iso, p, reason, NULL);
}

// ---- exit signals -------------------------------------------------------------------------
// {'EXIT', From, Reason} for a process that traps exits.
static void send_exit_message(Isolate *iso, Term from, Process *to, Term reason)
{
    Term copy = is_immed(reason) ? reason : copy_term(&to->heap, reason);
    Term *hp = copy == TERM_NONE ? NULL : heap_alloc(&to->heap, 4);
    proc_deliver_system(iso, to, hp == NULL ? TERM_NONE : tuple3_at(&hp, AM_EXIT, from, copy));
}

// held: the reason for sharing, or NULL.
static void exit_signal(Isolate *iso, Term from, Process *to, Term reason, Held *held, bool by_link)
{
    if (is_dying(to)) return;
    if (reason == AM_kill && !by_link) {
        die(iso, to, AM_killed, NULL);
    } else if (to->trap_exit) {
        send_exit_message(iso, from, to, reason);
    } else if (reason != AM_normal || from == to->pid) {
        if (held != NULL) held_retain(held);
        else if (!is_immed(reason)) held = held_new(&iso->space, reason);
        die(iso, to, is_immed(reason) ? reason : AM_killed, held);
    }
}

void proc_exit_signal(Isolate *iso, Term from, Process *to, Term reason, bool by_link)
{
    exit_signal(iso, from, to, reason, NULL, by_link);
    int64_t budget = EXIT_BUDGET;
    (void)proc_exit_continue(iso, &budget);
}

// ---- telling --------------------------------------------------------------------------------
static void tell_link(Isolate *iso, Process *p, int64_t *budget)
{
    Link *l = p->links.first;
    Process *peer = link_peer(l, p);
    link_remove(iso, l);
    Term reason = proc_exit_reason(p);
    if (!is_immed(reason) && p->exit_held == NULL && !peer->trap_exit) {
        // From here on the reason is shared by all that p takes along.
        p->exit_held = held_new(&iso->space, reason);
        if (p->exit_held == NULL) reason = p->exit_reason = AM_killed;
        else reason = p->exit_held->value;
    }
    size_t before = peer->heap.frag_words;
    exit_signal(iso, p->pid, peer, reason, p->exit_held, true);
    if (!is_dying(peer)) *budget -= (int64_t)((peer->heap.frag_words - before) / 16);
}

static void drop_monitor(Isolate *iso, Monitor *m)
{
    Process *target = m->target;
    if (m->kind == MONITOR_SUSPEND && !is_dying(target)) {
        for (; m->count > 0; m->count--) proc_resume(iso, target);
    }
    monitor_remove(iso, m);
}

// {Tag, Ref, process | port, Object, Reason} on the heap of the origin; TERM_NONE: refused.
static Term down_message(Isolate *iso, const Monitor *m, Term object, Term reason)
{
    Heap *h = &m->origin->heap;
    Term tag = m->tag == NULL ? AM_DOWN : copy_term(h, m->tag->value);
    if (!is_immed(reason)) reason = copy_term(h, reason);
    Term *hp = heap_alloc(h, 6 + REF_WORDS + 3);
    if (hp == NULL) return TERM_NONE;
    Term *tuple = hp;
    hp += 6;
    Term ref = ref_at(hp, m->number);
    hp += REF_WORDS;
    // The words are filled in every case (H4).
    Term pair = tuple2_at(&hp, m->name == TERM_NONE ? AM_undefined : m->name, iso->space.node);
    tuple[0] = TUPLE_HEADER(5);
    tuple[1] = tag;
    tuple[2] = ref;
    tuple[3] = m->kind == MONITOR_PORT ? AM_port : AM_process;
    tuple[4] = m->name == TERM_NONE ? object : pair;
    tuple[5] = reason;
    return tag == TERM_NONE || reason == TERM_NONE ? TERM_NONE : make_boxed(tuple);
}

void monitor_fire(Isolate *iso, Monitor *m, Term object, Term reason)
{
    Process *origin = m->origin;
    if (!is_dying(origin)) proc_deliver_system(iso, origin, down_message(iso, m, object, reason));
    monitor_disarm(iso, m);
}

static void tell_monitor(Isolate *iso, Process *p, int64_t *budget)
{
    Monitor *m = p->monitored_by.first;
    if (m->kind == MONITOR_SUSPEND) {
        monitor_remove(iso, m);
        return;
    }
    Process *origin = m->origin;
    size_t before = origin->heap.frag_words;
    monitor_fire(iso, m, p->pid, proc_exit_reason(p));
    if (!is_dying(origin)) *budget -= (int64_t)((origin->heap.frag_words - before) / 16);
}

// One piece of the work; true: p is over and freed.
static bool exit_step(Isolate *iso, Process *p, int64_t *budget)
{
    --*budget;
    if (!p->tables_gone) {
        p->tables_gone = iso->owner_exit == NULL || iso->owner_exit(iso, p, budget);
        return false;
    }
    if (p->timers != NULL) timer_cancel(iso, p->timers);
    else if (p->links.first != NULL) tell_link(iso, p, budget);
    else if (p->monitors.first != NULL) drop_monitor(iso, p->monitors.first);
    else if (p->monitored_by.first != NULL) tell_monitor(iso, p, budget);
    else return true;
    return false;
}

bool proc_exit_continue(Isolate *iso, int64_t *budget)
{
    Pace work = PACE_START;
    while (iso->exit_first != NULL) {
        if (*budget <= 0) return false;
        Process *p = iso->exit_first;
        (void)pace(&work, 64);
        if (!exit_step(iso, p, budget)) continue;
        iso->exit_first = p->run_next;
        if (iso->exit_first == NULL) iso->exit_last = NULL;
        if (p->watched && iso->host.exited != NULL) iso->host.exited(iso->host.host, p);
        *budget -= (int64_t)(heap_words_used(&p->heap) / 1024);
        process_free(iso, p);
    }
    return true;
}

void proc_exit(Isolate *iso, Process *p, Term reason)
{
    if (p->pending_kill) {
        proc_exit_pending(iso, p);
        return;
    }
    if (iso->current == p) iso->current = NULL;
    p->exit_reason = reason;
    exit_begin(iso, p);
    int64_t budget = EXIT_BUDGET;
    (void)proc_exit_continue(iso, &budget);
}

void proc_exit_pending(Isolate *iso, Process *p)
{
    ASSERT(p->pending_kill);
    if (iso->current == p) iso->current = NULL;
    exit_begin(iso, p);
    int64_t budget = EXIT_BUDGET;
    (void)proc_exit_continue(iso, &budget);
}
