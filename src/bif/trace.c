// SPDX-License-Identifier: Apache-2.0
// bif/trace.c - tracing, profiling and system monitors, which are off.
//
// Questions are answered as where nothing is traced; turning off succeeds; turning
// on is refused with notsup, so that nobody waits for events that never come.
#include "bif/bif.h"
#include "bif/build.h"
#include "code/code_table.h"
#include "proc/isolate.h"
#include "proc/signal.h"

static bool is_one_of(Term t, const Term *set, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (t == set[i]) return true;
    }
    return false;
}
#define IS_ONE_OF(t, ...) \
    is_one_of((t), (const Term[]){__VA_ARGS__}, sizeof((const Term[]){__VA_ARGS__}) / sizeof(Term))

// ---- trace ---------------------------------------------------------------------------
static bool is_trace_flag(Term t)
{
    Term key, value;
    if (is_pair(t, &key, &value)) return key == AM_tracer;
    if (is_tuple_arity(t, 3)) return tuple_elements(t)[0] == AM_tracer;
    return IS_ONE_OF(t, AM_all, AM_send, AM_receive, AM_procs, AM_ports, AM_call, AM_arity,
                     AM_return_to, AM_silent, AM_running, AM_exiting, AM_running_procs,
                     AM_running_ports, AM_garbage_collection, AM_timestamp, AM_monotonic_timestamp,
                     AM_strict_monotonic_timestamp, AM_cpu_timestamp, AM_set_on_spawn,
                     AM_set_on_first_spawn, AM_set_on_link, AM_set_on_first_link);
}

// Is `spec` something to trace? *count: processes that it names.
static bool trace_spec(Process *p, Term spec, size_t *count)
{
    *count = 0;
    if (is_local_pid(spec)) {
        *count = 1;
        return proc_lookup(p->iso, spec) != NULL;
    }
    if (IS_ONE_OF(spec, AM_all, AM_processes, AM_existing, AM_existing_processes))
        *count = p->iso->procs.count;
    return *count > 0 ||
           IS_ONE_OF(spec, AM_ports, AM_existing_ports, AM_new, AM_new_processes, AM_new_ports);
}

Term bif_erts_internal_trace_3(Process *p, Term *args)
{
    Term flags = args[2];
    bool on;
    size_t count;
    for (Pace rate = PACE_START; is_cons(flags) && is_trace_flag(cons_head(flags));
         flags = list_next(flags, &rate))
        bif_charge(p, 1);
    if (!is_nil(flags)) return bif_error_cause(p, AM_badarg, AM_badopt);
    if (!get_bool(args[1], &on) || !trace_spec(p, args[0], &count)) return bif_badarg(p);
    if (on && is_cons(args[2])) return bif_error(p, AM_notsup);
    return make_small((int64_t)count);
}

// Exported functions that a pattern {M, F, A} names.
static int64_t matching(Process *p, const Term *mfa)
{
    const Module *m = mfa[0] == AM_underscore ? NULL : code_table_find(p->iso->code, mfa[0]);
    if (m == NULL || m->current == NULL) return 0;
    int64_t n = 0;
    for (size_t i = 0; i < m->current->num_exports; i++) {
        const ImageFunction *f = &m->current->functions[m->current->exports[i].function];
        n += (mfa[1] == AM_underscore || f->name == mfa[1]) &&
             (mfa[2] == AM_underscore || mfa[2] == make_small(f->arity));
    }
    return n;
}

static bool is_mfa_pattern(Term t)
{
    if (!is_tuple_arity(t, 3)) return false;
    Term *e = tuple_elements(t);
    return is_atom(e[0]) && is_atom(e[1]) &&
           (e[2] == AM_underscore || (is_small(e[2]) && small_value(e[2]) >= 0));
}

Term bif_erts_internal_trace_pattern_3(Process *p, Term *args)
{
    Term flags = args[2];
    bool events = args[0] == AM_send || args[0] == AM_receive;
    if (!IS_ONE_OF(args[1], AM_true, AM_false, AM_restart, AM_pause, TERM_NIL) && !is_cons(args[1]))
        return bif_error_cause(p, AM_badarg, AM_match_spec);
    for (Pace rate = PACE_START; is_cons(flags); flags = list_next(flags, &rate)) {
        Term key, value, flag = cons_head(flags);
        bool meta = is_pair(flag, &key, &value) && key == AM_meta;
        if (!meta && !IS_ONE_OF(flag, AM_global, AM_local, AM_meta, AM_call_count, AM_call_time))
            break;
    }
    if (!is_nil(flags)) return bif_error_cause(p, AM_badarg, AM_badopt);
    if (!is_mfa_pattern(args[0]) && args[0] != AM_on_load && !(events && is_nil(args[2])))
        return bif_error_cause(p, AM_badarg, AM_none);
    if (args[1] != AM_false) return bif_error(p, AM_notsup);
    if (events) return SMALL(1);
    return make_small(is_tuple(args[0]) ? matching(p, tuple_elements(args[0])) : 0);
}

static Term trace_info_function(Process *p, Term of, Term item)
{
    bool known = !is_tuple(of) || matching(p, tuple_elements(of)) > 0;
    return BUILD_TUPLE(p, item, known ? AM_false : AM_undefined);
}

Term bif_erlang_trace_info_2(Process *p, Term *args)
{
    Term of = args[0], item = args[1];
    bool known = item == AM_flags || item == AM_tracer;
    if (is_local_port(of)) return AM_undefined;
    if (is_local_pid(of) || IS_ONE_OF(of, AM_new, AM_new_processes, AM_new_ports)) {
        if (!known) return bif_badarg(p);
        if (is_local_pid(of) && proc_lookup(p->iso, of) == NULL) return AM_undefined;
        return BUILD_TUPLE(p, item, TERM_NIL);
    }
    if (of == AM_send || of == AM_receive)
        return item == AM_match_spec ? BUILD_TUPLE(p, item, AM_true) : bif_badarg(p);
    if (is_mfa_pattern(of) || of == AM_on_load) return trace_info_function(p, of, item);
    return bif_error_cause(p, AM_badarg, AM_badopt);
}

// All of nothing has been delivered.
Term bif_erlang_trace_delivered_1(Process *p, Term *args)
{
    if (args[0] != AM_all && !is_local_pid(args[0])) return bif_badarg(p);
    Term ref = build_ref(p, space_next_ref(&p->iso->space));
    Term message = ref == TERM_NONE ? ref : BUILD_TUPLE(p, AM_trace_delivered, args[0], ref);
    if (message == TERM_NONE) return TERM_NONE;
    if (proc_deliver(p->iso, p, message) != ST_OK) return bif_no_memory(p);
    return proc_result(p, ref);
}

// ---- seq_trace -----------------------------------------------------------------------------
static bool is_seq_flag(Term t)
{
    return IS_ONE_OF(t, AM_send, AM_receive, AM_print, AM_timestamp, AM_monotonic_timestamp,
                     AM_strict_monotonic_timestamp);
}

Term bif_erlang_seq_trace_2(Process *p, Term *args)
{
    Term item = args[0], value = args[1];
    bool on;
    if (is_seq_flag(item) && get_bool(value, &on)) return on ? bif_error(p, AM_notsup) : AM_false;
    if (item == AM_sequential_trace_token && (is_nil(value) || value == AM_false)) return TERM_NIL;
    if (item == AM_label || (item == AM_serial && is_tuple_arity(value, 2)))
        return bif_error(p, AM_notsup);
    return bif_badarg(p);
}

Term bif_erlang_seq_trace_info_1(Process *p, Term *args)
{
    if (is_seq_flag(args[0])) return BUILD_TUPLE(p, args[0], AM_false);
    return args[0] == AM_label || args[0] == AM_serial ? TERM_NIL : bif_badarg(p);
}

Term bif_erlang_seq_trace_print_1(Process *p, Term *args) { return AM_false; }
Term bif_erlang_seq_trace_print_2(Process *p, Term *args) { return AM_false; }

// ---- system monitor and profile ----------------------------------------------------------------
static bool is_monitor_option(Term t)
{
    Term key, value;
    if (is_pair(t, &key, &value))
        return IS_ONE_OF(key, AM_long_gc, AM_long_schedule, AM_large_heap) && is_small(value) &&
               small_value(value) >= 0;
    return t == AM_busy_port || t == AM_busy_dist_port;
}

static Term monitor_system(Process *p, Term pid, Term options)
{
    Term rest = options;
    for (Pace rate = PACE_START; is_cons(rest) && is_monitor_option(cons_head(rest));
         rest = list_next(rest, &rate))
        bif_charge(p, 1);
    if (pid == AM_undefined || is_nil(options)) return AM_undefined;
    if (!is_nil(rest) || proc_lookup(p->iso, pid) == NULL) return bif_badarg(p);
    return bif_error(p, AM_notsup);
}

Term bif_erlang_system_monitor_0(Process *p, Term *args) { return AM_undefined; }

Term bif_erlang_system_monitor_1(Process *p, Term *args)
{
    Term pid, options;
    if (args[0] == AM_undefined) return AM_undefined;
    if (!is_pair(args[0], &pid, &options)) return bif_badarg(p);
    return monitor_system(p, pid, options);
}

Term bif_erlang_system_monitor_2(Process *p, Term *args)
{
    return monitor_system(p, args[0], args[1]);
}

Term bif_erlang_system_profile_0(Process *p, Term *args) { return AM_undefined; }

Term bif_erlang_system_profile_2(Process *p, Term *args)
{
    if (args[0] == AM_undefined || is_nil(args[1])) return AM_undefined;
    Term rest = args[1];
    Pace rate = PACE_START;
    while (is_cons(rest) && IS_ONE_OF(cons_head(rest), AM_runnable_procs, AM_runnable_ports,
                                      AM_scheduler, AM_exclusive, AM_timestamp,
                                      AM_monotonic_timestamp, AM_strict_monotonic_timestamp))
        rest = list_next(rest, &rate);
    if (!is_nil(rest) || proc_lookup(p->iso, args[0]) == NULL) return bif_badarg(p);
    return bif_error(p, AM_notsup);
}

// ---- dynamic trace, which OTP too is usually built without -----------------------------------------
Term bif_erlang_dt_put_tag_1(Process *p, Term *args) { return AM_undefined; }
Term bif_erlang_dt_get_tag_0(Process *p, Term *args) { return AM_undefined; }
Term bif_erlang_dt_get_tag_data_0(Process *p, Term *args) { return AM_undefined; }
Term bif_erlang_dt_spread_tag_1(Process *p, Term *args)
{
    return args[0] == AM_true || args[0] == AM_false ? AM_true : bif_badarg(p);
}
Term bif_erlang_dt_restore_tag_1(Process *p, Term *args)
{
    return args[0] == AM_true ? AM_true : bif_badarg(p);
}
Term bif_erlang_dt_append_vm_tag_data_1(Process *p, Term *args) { return args[0]; }
Term bif_erlang_dt_prepend_vm_tag_data_1(Process *p, Term *args) { return args[0]; }
