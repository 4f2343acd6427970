// SPDX-License-Identifier: Apache-2.0
// proc/run_queue.c - which process of a sandbox runs next, and who sleeps.
//
// Erlang's rules: a process of priority max or high runs before any of a lower
// one; normal and low take turns, eight to one.
#include "proc/signal.h"

#define NORMAL_TURNS_PER_LOW 8

void proc_unqueue(Isolate *iso, Process *p)
{
    if (p->state != PROC_RUNNABLE) return;
    RunQueue *q = &iso->run;
    Process **from_prev = p->run_prev != NULL ? &p->run_prev->run_next : &q->first[p->priority];
    Process **from_next = p->run_next != NULL ? &p->run_next->run_prev : &q->last[p->priority];
    *from_prev = p->run_next;
    *from_next = p->run_prev;
    p->run_next = p->run_prev = NULL;
    q->count[p->priority]--;
    p->state = PROC_WAITING;
}

void proc_enqueue(Isolate *iso, Process *p)
{
    if (p->state == PROC_RUNNABLE || p->state == PROC_EXITING) return;
    if (p->suspend_count > 0) {
        p->state = PROC_SUSPENDED;
        p->was_waiting = false;
        return;
    }
    RunQueue *q = &iso->run;
    p->run_next = NULL;
    p->run_prev = q->last[p->priority];
    *(p->run_prev != NULL ? &p->run_prev->run_next : &q->first[p->priority]) = p;
    q->last[p->priority] = p;
    q->count[p->priority]++;
    p->state = PROC_RUNNABLE;
}

Process *proc_dequeue(Isolate *iso)
{
    RunQueue *q = &iso->run;
    Priority at = PRIO_MAX;
    while (at < PRIO_COUNT && q->count[at] == 0) at++;
    if (at == PRIO_COUNT) return NULL;
    if (at == PRIO_NORMAL && q->count[PRIO_LOW] > 0 && ++q->low_skipped > NORMAL_TURNS_PER_LOW)
        at = PRIO_LOW;
    if (at == PRIO_LOW) q->low_skipped = 0;
    Process *p = q->first[at];
    proc_unqueue(iso, p);
    p->state = PROC_RUNNING;
    p->hibernating = false;
    return p;
}

void proc_wake(Isolate *iso, Process *p)
{
    if (p->state == PROC_WAITING) proc_enqueue(iso, p);
    else if (p->state == PROC_SUSPENDED) p->was_waiting = false;
}

void proc_suspend(Isolate *iso, Process *p)
{
    p->suspend_count++;
    if (p->state != PROC_RUNNABLE && p->state != PROC_WAITING) return;
    p->was_waiting = p->state == PROC_WAITING;
    proc_unqueue(iso, p);
    p->state = PROC_SUSPENDED;
}

void proc_resume(Isolate *iso, Process *p)
{
    ASSERT(p->suspend_count > 0);
    if (--p->suspend_count > 0 || p->state != PROC_SUSPENDED) return;
    p->state = PROC_WAITING;
    if (!p->was_waiting) proc_enqueue(iso, p);
}

void proc_park(Isolate *iso, Process *p, bool waiting)
{
    if (p->state == PROC_EXITING) return;
    p->state = PROC_WAITING;
    if (waiting && p->hibernating) process_compact(p);
    if (!waiting) {
        proc_enqueue(iso, p);
    } else if (p->suspend_count > 0) {
        p->state = PROC_SUSPENDED;
        p->was_waiting = true;
    }
}

void proc_set_priority(Isolate *iso, Process *p, Priority priority)
{
    bool queued = p->state == PROC_RUNNABLE;
    if (queued) proc_unqueue(iso, p);
    p->priority = (uint8_t)priority;
    if (queued) proc_enqueue(iso, p);
}
