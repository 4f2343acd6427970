// SPDX-License-Identifier: Apache-2.0
// bif/process.c - sleeping, suspending, tasks for other processes.
#include "bif/args.h"
#include "bif/build.h"
#include "bif/proc_code.h"
#include "bif/process_info.h"
#include "proc/link.h"
#include "proc/mailbox.h"
#include "proc/signal.h"
#include "sched/run.h"

// ---- giving up the thread -----------------------------------------------------------
Term bif_erlang_bump_reductions_1(Process *p, Term *args)
{
    if (!is_small(args[0]) || small_value(args[0]) < 0) return bif_badarg(p);
    // Never more than a slice.
    int64_t n = small_value(args[0]);
    bif_charge(p, n > SLICE_REDUCTIONS ? SLICE_REDUCTIONS : (uint64_t)n);
    return AM_true;
}

Term bif_erlang_yield_0(Process *p, Term *args)
{
    return bif_yield(p, BIF_erts_internal_yielded_0, 0);
}

Term bif_erts_internal_yielded_0(Process *p, Term *args) { return AM_true; }

// How many arguments are in the list: -1: it is no list; INT64_MAX: more than there are registers.
static int64_t count_args(Term list)
{
    int64_t n = 0;
    for (Pace rate = PACE_START; is_cons(list); list = list_next(list, &rate)) {
        if (n++ == X_REGS) return INT64_MAX;
    }
    return is_nil(list) ? n : -1;
}

// The stack goes; what is left of the process is M, F and A, which a message wakes.
Term bif_erlang_hibernate_3(Process *p, Term *args)
{
    int64_t arity = is_atom(args[0]) && is_atom(args[1]) ? count_args(args[2]) : -1;
    if (arity < 0) return bif_badarg(p);
    if (arity > X_REGS) return bif_system_limit(p);
    p->drop_stack = true;
    p->catches = 0;
    mailbox_rewind(p);
    mailbox_fetch(p);
    if (p->mailbox.count > 0) return bif_trap(p, BIF_erlang_apply_3, 3, args[0], args[1], args[2]);
    p->hibernating = true;
    return bif_wait(p, BIF_erlang_apply_3, 3, args[0], args[1], args[2]);
}

// ---- suspending ----------------------------------------------------------------------------
typedef struct SuspendOpts {
    bool unless_suspending, asynchronous;
    Term tag;  // TERM_NONE: no message
} SuspendOpts;

static bool parse_suspend_opts(Term list, SuspendOpts *o)
{
    *o = (SuspendOpts){.tag = TERM_NONE};
    for (Pace rate = PACE_START; is_cons(list); list = list_next(list, &rate)) {
        Term option = cons_head(list), key, value;
        if (option == AM_unless_suspending) {
            o->unless_suspending = true;
        } else if (option == AM_asynchronous) {
            o->asynchronous = true;
        } else if (is_pair(option, &key, &value) && key == AM_asynchronous) {
            o->asynchronous = true;
            o->tag = value;
        } else {
            return false;
        }
    }
    return is_nil(list);
}

// The answer, and the message {Tag, State} when one is wanted.
static Term suspended(Process *p, const SuspendOpts *o, Term state, Term result)
{
    if (o->tag == TERM_NONE) return result;
    Term message = BUILD_TUPLE(p, o->tag, state);
    if (message == TERM_NONE) return TERM_NONE;
    if (proc_deliver(p->iso, p, message) != ST_OK) return bif_no_memory(p);
    return proc_result(p, result);
}

Term bif_erts_internal_suspend_process_2(Process *p, Term *args)
{
    SuspendOpts o;
    if (!is_local_pid(args[0]) || args[0] == p->pid) return AM_badarg;
    if (!parse_suspend_opts(args[1], &o)) return AM_badopt;
    Process *to = proc_lookup(p->iso, args[0]);
    if (to == NULL) return o.asynchronous ? suspended(p, &o, AM_badarg, AM_true) : AM_badarg;
    Monitor *m = monitor_find_suspend(p, to);
    if (m != NULL && o.unless_suspending) return suspended(p, &o, AM_suspended, AM_false);
    if (m == NULL) {
        Status st = monitor_add(p->iso, MONITOR_SUSPEND, p, to, 0, ALIAS_NONE, TERM_NONE, NULL, &m);
        if (st != ST_OK) return bif_refused(p, st);
    }
    if (m->count == UINT32_MAX || to->suspend_count == UINT32_MAX) return bif_system_limit(p);
    m->count++;
    proc_suspend(p->iso, to);
    return suspended(p, &o, AM_suspended, AM_true);
}

Term bif_erlang_resume_process_1(Process *p, Term *args)
{
    Process *to = proc_lookup(p->iso, args[0]);
    Monitor *m = to == NULL ? NULL : monitor_find_suspend(p, to);
    if (m == NULL) return bif_badarg(p);
    if (--m->count == 0) monitor_remove(p->iso, m);
    proc_resume(p->iso, to);
    return AM_true;
}

// ---- tasks -------------------------------------------------------------------------------------
static void want_collection(Process *p, bool full)
{
    p->needs_gc = true;
    p->gc_full |= full;
}

Term bif_erts_internal_garbage_collect_1(Process *p, Term *args)
{
    if (args[0] != AM_major && args[0] != AM_minor) return bif_badarg(p);
    want_collection(p, args[0] == AM_major);
    return bif_yield(p, BIF_erts_internal_yielded_0, 0);  // the run loop collects
}

// What the task answers; TERM_NONE: no such task.
static Term run_task(Process *p, Process *target, Term kind, Term argument)
{
    bool major = argument == AM_major;
    switch (kind) {
    case AM_garbage_collect:
        if (!major && argument != AM_minor) return TERM_NONE;
        if (target == NULL) return AM_false;
        bif_charge(p, heap_words_used(&target->heap) / 64);
        if (target == p || process_collect(target, major) != ST_OK) want_collection(target, major);
        return AM_true;
    case AM_check_process_code:
        if (!is_atom(argument)) return TERM_NONE;
        return make_bool(target != NULL && proc_runs_old_code(p, target, argument));
    case AM_copy_literals:
        // Literals stay in place while anything may refer to them: nothing to copy.
        return argument == AM_true || argument == AM_false ? AM_ok : TERM_NONE;
    default: return TERM_NONE;
    }
}

static bool is_task_priority(Term t)
{
    return t == AM_max || t == AM_high || t == AM_normal || t == AM_low || t == AM_inherit;
}

// request = {Kind, Id, Argument}; the answer {Kind, Id, Result} goes to `to`.
static Term request_task(Process *p, Process *to, Term target, Term priority, Term request)
{
    if (!arg_is_own_pid(p, target) || !is_task_priority(priority) || !is_tuple_arity(request, 3))
        return bif_badarg(p);
    Term *r = tuple_elements(request);
    Term result = run_task(p, proc_lookup(p->iso, target), r[0], r[2]);
    if (result == TERM_NONE) return bif_badarg(p);
    Term message = BUILD_TUPLE(p, r[0], r[1], result);
    if (message == TERM_NONE) return TERM_NONE;
    Status st = to == p ? proc_deliver(p->iso, p, message) : proc_send(p->iso, to, message);
    if (st != ST_OK) return bif_refused(p, st);
    return proc_result(p, AM_ok);
}

Term bif_erts_internal_request_system_task_3(Process *p, Term *args)
{
    return request_task(p, p, args[0], args[1], args[2]);
}

Term bif_erts_internal_request_system_task_4(Process *p, Term *args)
{
    if (!is_local_pid(args[0])) return bif_badarg(p);
    Process *requester = proc_lookup(p->iso, args[0]);
    if (requester == NULL) return AM_ok;
    return request_task(p, requester, args[1], args[2], args[3]);
}

Term bif_erts_internal_check_process_code_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return bif_badarg(p);
    return make_bool(proc_runs_old_code(p, p, args[0]));
}

// There are no dirty schedulers: nobody runs on one.
Term bif_erts_internal_check_dirty_process_code_2(Process *p, Term *args)
{
    return is_local_pid(args[0]) && is_atom(args[1]) ? AM_false : bif_badarg(p);
}

Term bif_erts_internal_is_process_executing_dirty_1(Process *p, Term *args)
{
    return is_local_pid(args[0]) ? AM_false : bif_badarg(p);
}

Term bif_erts_internal_dirty_process_handle_signals_1(Process *p, Term *args)
{
    return bif_error(p, AM_notsup);
}

Term bif_erts_internal_is_system_process_1(Process *p, Term *args)
{
    if (!is_local_pid(args[0])) return bif_badarg(p);
    Process *of = proc_lookup(p->iso, args[0]);
    return make_bool(of != NULL && of->is_system);
}

// The library waits for one message, the reference, from each scheduler.
Term bif_erts_internal_system_check_1(Process *p, Term *args)
{
    if (args[0] != AM_schedulers) return bif_badarg(p);
    Term ref = build_ref(p, space_next_ref(&p->iso->space));
    if (ref == TERM_NONE) return TERM_NONE;
    if (proc_deliver(p->iso, p, ref) != ST_OK) return bif_no_memory(p);
    return bif_tail_call(p, AM_erts_internal, AM_gather_system_check_result, 1, ref);
}

Term bif_erts_internal_process_display_2(Process *p, Term *args)
{
    if (args[1] != AM_backtrace) return AM_badopt;
    Process *of = proc_lookup(p->iso, args[0]);
    if (of == NULL) return AM_badarg;
    if (!bif_may(p)) return AM_true;
    return process_display(p, of);
}
