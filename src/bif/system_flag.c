// SPDX-License-Identifier: Apache-2.0
// bif/system_flag.c - system_flag/2, acting on the sandbox alone.
#include "bif/build.h"
#include "bif/proc_opts.h"
#include "exec/exception.h"

static Term flag_fullsweep(Process *p, Term value)
{
    ProcDefaults *d = &p->iso->defaults;
    uint32_t old = d->fullsweep_after;
    return opt_fullsweep(value, &d->fullsweep_after) ? make_small(old) : bif_badarg(p);
}

static Term flag_min_heap(Process *p, Term value)
{
    ProcDefaults *d = &p->iso->defaults;
    size_t old = d->min_heap, words;
    if (!opt_heap_size(value, &words) || (d->max_heap != 0 && words > d->max_heap))
        return bif_badarg(p);
    d->min_heap = words;
    return make_small((int64_t)old);
}

static Term flag_min_bin_vheap(Process *p, Term value)
{
    ProcDefaults *d = &p->iso->defaults;
    uint64_t old = d->min_bin_vheap;
    size_t words;
    if (!opt_heap_size(value, &words)) return bif_badarg(p);
    d->min_bin_vheap = words;
    return bif_make_uint64(p, old);
}

static Term flag_max_heap(Process *p, Term value)
{
    ProcDefaults *d = &p->iso->defaults;
    Term old = opt_max_heap_map(p, d->max_heap, d->max_heap_flags);
    if (old == TERM_NONE) return TERM_NONE;
    return opt_max_heap(value, d->min_heap, &d->max_heap, &d->max_heap_flags) ? old : bif_badarg(p);
}

// A process counts who has asked for it.
static Term flag_wall_time(Process *p, Term value)
{
    bool on;
    if (!get_bool(value, &on)) return bif_badarg(p);
    return bif_tail_call(p, AM_kernel_refc, AM_scheduler_wall_time, 1, value);
}

static Term flag_accounting(Process *p, Term value)
{
    bool on, old = p->iso->accounting_on;
    if (value == AM_reset) return make_bool(old);
    if (!get_bool(value, &on)) return bif_badarg(p);
    p->iso->accounting_on = on;
    return make_bool(old);
}

// One scheduler cannot be blocked: what the caller wants of it is so already.
static Term flag_multi_scheduling(Process *p, Term value)
{
    bool known = value == AM_block || value == AM_unblock || value == AM_block_normal ||
                 value == AM_unblock_normal;
    return known ? AM_disabled : bif_badarg(p);
}

static Term flag_control_word(Process *p, Term value)
{
    uint32_t old = p->iso->trace_control_word;
    if (!is_small(value) || small_value(value) < 0 || small_value(value) > UINT32_MAX)
        return bif_badarg(p);
    p->iso->trace_control_word = (uint32_t)small_value(value);
    return make_small(old);
}

static Term flag_trace_depth(Process *p, Term value)
{
    unsigned old = p->iso->trace_depth;
    if (!is_small(value) || small_value(value) < 0) return bif_badarg(p);
    p->iso->trace_depth =
        small_value(value) > TRACE_MAX_DEPTH ? TRACE_MAX_DEPTH : (unsigned)small_value(value);
    return make_small(old);
}

static Term flag_system_logger(Process *p, Term value)
{
    Term old = p->iso->system_logger;
    if (value != AM_logger && value != AM_undefined && !is_local_pid(value)) return bif_badarg(p);
    p->iso->system_logger = value;
    return old;
}

// A number in a range that changes nothing.
static Term flag_fixed(Process *p, Term value, int64_t from, int64_t to, int64_t now)
{
    if (!is_small(value) || small_value(value) < from || small_value(value) > to)
        return bif_badarg(p);
    return make_small(now);
}

Term bif_erlang_system_flag_2(Process *p, Term *args)
{
    Term value = args[1];
    switch (args[0]) {
    case AM_fullsweep_after: return flag_fullsweep(p, value);
    case AM_min_heap_size: return flag_min_heap(p, value);
    case AM_min_bin_vheap_size: return flag_min_bin_vheap(p, value);
    case AM_max_heap_size: return flag_max_heap(p, value);
    case AM_scheduler_wall_time: return flag_wall_time(p, value);
    case AM_microstate_accounting: return flag_accounting(p, value);
    case AM_multi_scheduling: return flag_multi_scheduling(p, value);
    case AM_trace_control_word: return flag_control_word(p, value);
    case AM_backtrace_depth: return flag_trace_depth(p, value);
    case AM_system_logger: return flag_system_logger(p, value);
    case AM_schedulers_online: return flag_fixed(p, value, 1, 1, 1);
    case AM_dirty_cpu_schedulers_online: return bif_badarg(p);  // there are none
    case AM_outstanding_system_requests_limit: return flag_fixed(p, value, 1, 100, 4);
    case AM_reset_seq_trace: return AM_true;
    case AM_sequential_tracer: return value == AM_false ? AM_false : bif_badarg(p);
    case AM_cpu_topology: return value == AM_undefined ? AM_undefined : bif_badarg(p);
    case AM_erts_alloc:
    case AM_internal_cpu_topology: return bif_badarg(p);
    case AM_scheduler_bind_type:
        return value == AM_unbound || value == AM_no_spread ? AM_unbound : bif_badarg(p);
    case AM_time_offset:
        if (value == AM_finalize) return AM_final;
        FALLTHROUGH;
    default: return bif_error_cause(p, AM_badarg, AM_badopt);
    }
}
