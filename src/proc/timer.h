// SPDX-License-Identifier: Apache-2.0
// proc/timer.h - receive timeouts, send_after and start_timer.
//
// A four-ary heap by due time, each timer knowing its place: adding, cancelling
// and firing take O(log n). Times are the host's monotonic nanoseconds
// (clock_monotonic_ns), whatever clock the sandbox is shown; absolute times and what is left of
// a timer are times of the clock that it is shown.
#pragma once
#include "proc/held.h"
#include "proc/isolate.h"

typedef enum TimerKind {
    TIMER_RECEIVE,   // receive ... after: sets timed_out and wakes
    TIMER_SEND,      // send_after: the message itself
    TIMER_START,     // start_timer: {timeout, Ref, Message}
} TimerKind;

typedef struct TimerNode {
    int64_t due;          // ns
    int64_t shown_due;  // the same on the clock that the sandbox is shown: send_after, start_timer
    uint64_t order;  // of creation: equal due times fire in this order
    size_t place;  // index in the heap, or TIMER_IDLE
    uint64_t number;  // of its reference; 0 for TIMER_RECEIVE
    Process *process;  // destination, or owner of a receive timeout
    Term name;  // destination by name (process NULL)
    Held *message;
    struct TimerNode *next, *prev;  // timers of `process`
    TimerKind kind;
} TimerNode;
#define TIMER_IDLE SIZE_MAX

MUST_USE Status timers_init(Isolate *iso);
void timers_clear(Isolate *iso);

// receive ... after: p->timed_out and a wake-up in ms milliseconds. Sets
// in_receive_timeout. ST_LIMIT/ST_NOMEM: refused.
MUST_USE Status timer_set_receive(Process *p, uint64_t ms);
// The receive is over: clears in_receive_timeout and timed_out.
void timer_cancel_receive(Process *p);
void timer_free_receive(Process *p);

// A timer for a process (by pid: dies with it) or for a name. ST_LIMIT: too many
// timers, ST_NOMEM. message is copied.
MUST_USE Status timer_start(Isolate *iso, TimerKind kind, int64_t due, Process *to, Term name,
                            Term message, uint64_t number);
TimerNode *timer_find(const Isolate *iso, uint64_t number);
void timer_cancel(Isolate *iso, TimerNode *t);  // frees it
void timer_cancel_all(Isolate *iso, Process *p);  // those whose destination p is
size_t timer_count(const Isolate *iso);  // started ones

// When the next timer is due; INT64_MAX: none.
int64_t timer_next_due(const Isolate *iso);
// Fires what is due at `now`, at most `max` timers. True: nothing more is due.
bool timer_fire(Isolate *iso, int64_t now, size_t max);

// Between the milliseconds of Erlang monotonic time and the host's clock.
int64_t timer_due_in(const Isolate *iso, uint64_t ms);  // from now
int64_t timer_due_at(const Isolate *iso, int64_t erl_ms);  // absolute
int64_t timer_left_ms(const Isolate *iso, const TimerNode *t);  // rounded up, >= 0
