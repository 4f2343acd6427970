// SPDX-License-Identifier: Apache-2.0
// proc/signal.h - messages, exit signals, links, monitors, names, timers.
//
// Sender and receiver are in the same isolate, so a signal takes effect before
// the function returns: the order that Erlang guarantees between two processes
// holds between all of them.
#pragma once
#include "proc/isolate.h"

// ---- messages -------------------------------------------------------------------
// Copies msg into `to` and wakes it. ST_LIMIT/ST_NOMEM: refused; the receiver is
// marked to be killed when its mailbox limit is reached.
MUST_USE Status proc_send(Isolate *iso, Process *from, Process *to, Term msg);
// Sends a term that is on to's heap already (system messages built in place).
MUST_USE Status proc_deliver(Isolate *iso, Process *to, Term from, Term body);

// ---- scheduling hooks -------------------------------------------------------------
void proc_wake(Isolate *iso, Process *p);       // WAITING -> run queue
void proc_enqueue(Isolate *iso, Process *p);    // at the end of its queue
Process *proc_dequeue(Isolate *iso);            // next to run, or NULL

// ---- life and death ------------------------------------------------------------------
typedef struct SpawnOpts {
    bool link, monitor;
    Term monitor_alias;    // alias option: AM_explicit_unalias, AM_demonitor, AM_reply_demonitor or TERM_NONE
    Term monitor_tag;      // or TERM_NONE
    Priority priority;
    size_t min_heap, max_heap;
    uint32_t max_heap_flags;
    uint32_t fullsweep_after;
    Term group_leader;     // TERM_NONE: the parent's
    bool is_system;
} SpawnOpts;
void spawn_opts_init(SpawnOpts *o);
// A runnable process that will call mod:fun(args…), args a proper list of n
// terms that are copied. *out is the process; ST_LIMIT: a limit refuses.
MUST_USE Status proc_spawn(Isolate *iso, Process *parent, Term mod, Term fun, Term args,
                           const SpawnOpts *o, Process **out, Term *monitor_ref);
// Ends p with reason: signals to links and monitors, names, tables, timers
// released, then the process is freed. `reason` may lie on p's own heap.
void proc_exit(Isolate *iso, Process *p, Term reason);
// An exit signal as erlang:exit/2 and links send it. from: pid or port term.
void proc_exit_signal(Isolate *iso, Term from, Process *to, Term reason, bool by_link);
