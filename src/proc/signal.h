// SPDX-License-Identifier: Apache-2.0
// proc/signal.h - messages, exit signals, spawning, the end of a process.
//
// Sender and receiver are in the same isolate, so a signal takes effect before
// the function returns: the order that Erlang guarantees between two processes
// holds between all of them.
//
//   S1  a signal that is fatal to the process that executes does not end it at
//       once: it sets pending_kill, and the builtin that caused it returns
//       through proc_killed (EXC_KILLED).
//   S2  a signal that is fatal to any other process begins its exit: it is no
//       longer found by pid or name, runs no more, and what it still has to tell
//       its links and monitors is told before any other process of the sandbox
//       executes. Cascades are queued, never nested.
#pragma once
#include "proc/isolate.h"

// ---- messages -------------------------------------------------------------------
// Copies msg into `to` and wakes it. ST_LIMIT/ST_NOMEM: refused; nothing was sent
// (at the mailbox limit `to` is killed and the status is ST_OK).
MUST_USE Status proc_send(Isolate *iso, Process *to, Term msg);
// Sends a term that lies on to's heap already. ST_LIMIT/ST_NOMEM as above.
MUST_USE Status proc_deliver(Isolate *iso, Process *to, Term body);
// The process that executes sends to itself through an alias, which proc_destination has
// found active: when the message is looked at the alias is asked again (mailbox_fetch).
MUST_USE Status proc_send_own_alias(Isolate *iso, Process *self, Term alias, Term msg);
// Messages that Erlang promises (EXIT, DOWN, timeouts): a receiver without room
// for one is killed instead. The first copies; the second takes what lies on to's
// heap, TERM_NONE meaning that it could not be built.
void proc_send_system(Isolate *iso, Process *to, Term msg);
void proc_deliver_system(Isolate *iso, Process *to, Term body);

// Where a message that is addressed to `dest` goes: a pid, a registered name or
// an active alias (which a reply from another process may use up). NULL: nowhere, or *bad is set: not a
// destination, or a name that nobody has.
Process *proc_destination(Isolate *iso, Term dest, bool *bad);

// ---- scheduling: proc/run_queue.c ---------------------------------------------------
void proc_wake(Isolate *iso, Process *p);  // WAITING -> run queue
void proc_enqueue(Isolate *iso, Process *p);  // at the end of its queue
Process *proc_dequeue(Isolate *iso);  // next to run, or NULL
void proc_unqueue(Isolate *iso, Process *p);  // out of its queue, if it is in one
// Stops p until proc_resume has been called as often; the process that executes
// stops when it gives up the thread (run loop: check suspend_count before
// proc_enqueue, and call proc_park instead).
void proc_suspend(Isolate *iso, Process *p);
void proc_resume(Isolate *iso, Process *p);
// What the run loop calls for a process that has given up the thread and still
// wants to run (waiting: it waits), unless it is over: queues it, or leaves it
// waiting or suspended.
void proc_park(Isolate *iso, Process *p, bool waiting);
void proc_set_priority(Isolate *iso, Process *p, Priority priority);

// ---- life and death ------------------------------------------------------------------
typedef struct SpawnOpts {
    bool link, monitor;
    Term
        monitor_alias;  // alias option: AM_explicit_unalias, AM_demonitor, AM_reply_demonitor or TERM_NONE
    Term monitor_tag;  // or TERM_NONE
    Priority priority;
    size_t min_heap, max_heap;
    uint32_t max_heap_flags;
    uint32_t fullsweep_after;
    uint64_t min_bin_vheap;
    Term message_queue_data;  // on_heap or off_heap
    Term group_leader;  // TERM_NONE: the parent's
    bool is_system;
} SpawnOpts;
void spawn_opts_init(SpawnOpts *o, const Isolate *iso);
// A runnable process that will call mod:fun(args…), args a proper list of up to
// 255 terms, which are copied. parent NULL: the host is. *monitor_ref, on the
// parent's heap, when o->monitor. ST_LIMIT, ST_NOMEM: refused, nothing happened.
MUST_USE Status proc_spawn(Isolate *iso, Process *parent, Term mod, Term fun, Term args,
                           const SpawnOpts *o, Process **out, Term *monitor_ref);

// Ends p with reason: signals to links and monitors, names, tables, timers
// released, then the process is freed; p must not be touched after it. `reason` is
// immediate or lies on p's own heap. A pending_kill decides the reason.
void proc_exit(Isolate *iso, Process *p, Term reason);
// Ends a process with pending_kill.
void proc_exit_pending(Isolate *iso, Process *p);
// The reason for which p ends, while pending_kill or exiting; in host.exited too.
Term proc_exit_reason(const Process *p);
// An exit signal as erlang:exit/2 (by_link false) and links send it. from: pid or
// port term.
void proc_exit_signal(Isolate *iso, Term from, Process *to, Term reason, bool by_link);
// p dies with reason `killed` whatever it traps: it has run into a limit.
void proc_kill(Isolate *iso, Process *p, Term reason);
// Goes on with exits that were too much work for one slice. True: all are done.
// The run loop calls it before it runs a process.
bool proc_exit_continue(Isolate *iso, int64_t *budget);

// Value of a builtin that may have killed its caller (S1).
static inline Term proc_result(Process *p, Term value)
{
    if (LIKELY(!p->pending_kill)) return value;
    p->exc.class = EXC_KILLED;
    return TERM_NONE;
}
