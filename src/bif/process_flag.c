// SPDX-License-Identifier: Apache-2.0
// bif/process_flag.c - process_flag/2,3.
#include "bif/build.h"
#include "bif/proc_opts.h"
#include "proc/signal.h"

#define SAVE_CALLS_MAX 10000

static Term flag_trap_exit(Process *p, Term value)
{
    bool on, old = p->trap_exit;
    if (!get_bool(value, &on)) return bif_badarg(p);
    p->trap_exit = on;
    return make_bool(old);
}

static Term flag_error_handler(Process *p, Term value)
{
    Term old = p->error_handler;
    if (!is_atom(value)) return bif_badarg(p);
    p->error_handler = value;
    return old;
}

static Term flag_priority(Process *p, Term value)
{
    Priority priority, old = (Priority)p->priority;
    if (!opt_priority(value, &priority)) return bif_badarg(p);
    proc_set_priority(p->iso, p, priority);
    return opt_priority_atom(old);
}

static Term flag_min_heap(Process *p, Term value)
{
    size_t words, old = p->heap.min_words;
    if (!opt_heap_size(value, &words) || (p->heap.max_words != 0 && words > p->heap.max_words))
        return bif_badarg(p);
    p->heap.min_words = words;
    return make_small((int64_t)old);
}

static Term flag_min_bin_vheap(Process *p, Term value)
{
    size_t words;
    uint64_t old = p->min_bin_vheap;
    if (!opt_heap_size(value, &words)) return bif_badarg(p);
    p->min_bin_vheap = words;
    return bif_make_uint64(p, old);
}

static Term flag_max_heap(Process *p, Term value)
{
    size_t size = p->heap.max_words;
    uint32_t flags = p->max_heap_flags;
    if (!opt_max_heap(value, p->heap.min_words, &size, &flags)) return bif_badarg(p);
    Term old = opt_max_heap_map(p, p->heap.max_words, p->max_heap_flags);
    if (old == TERM_NONE) return TERM_NONE;
    p->heap.max_words = size;
    p->max_heap_flags = flags;
    return old;
}

static Term flag_fullsweep(Process *p, Term value)
{
    uint32_t n, old = p->heap.fullsweep_after;
    if (!opt_fullsweep(value, &n)) return bif_badarg(p);
    p->heap.fullsweep_after = n;
    return make_small(old);
}

static Term flag_message_queue_data(Process *p, Term value)
{
    Term old = p->message_queue_data;
    if (!opt_message_queue_data(value)) return bif_badarg(p);
    p->message_queue_data = value;
    return old;
}

static Term flag_sensitive(Process *p, Term value)
{
    bool on;
    Term old = p->sensitive;
    if (!get_bool(value, &on)) return bif_badarg(p);
    p->sensitive = value;
    return old;
}

// There is one scheduler, and bound to it is all that a process can be.
static Term flag_scheduler(Process *p, Term value)
{
    Term old = make_small(p->bound_scheduler);
    if (!opt_scheduler(value)) return bif_badarg(p);
    p->bound_scheduler = (uint8_t)small_value(value);
    return old;
}

// No node comes up or goes down without distribution: subscriptions are counted
// and that is all.
static Term flag_monitor_nodes(Process *p, Term value)
{
    bool on;
    uint32_t old = p->node_monitors;
    if (!get_bool(value, &on)) return bif_badarg(p);
    p->node_monitors = on ? old + (old < UINT32_MAX) : 0;
    return make_small(old);
}

// The old value, or TERM_NONE: value is none.
static Term save_calls(Process *of, Term value)
{
    if (!is_small(value) || small_value(value) < 0 || small_value(value) > SAVE_CALLS_MAX)
        return TERM_NONE;
    Term old = of->save_calls;
    of->save_calls = value;
    return old;
}

Term bif_erlang_process_flag_2(Process *p, Term *args)
{
    Term flag = args[0], value = args[1], old;
    switch (flag) {
    case AM_trap_exit: return flag_trap_exit(p, value);
    case AM_error_handler: return flag_error_handler(p, value);
    case AM_priority: return flag_priority(p, value);
    case AM_min_heap_size: return flag_min_heap(p, value);
    case AM_min_bin_vheap_size: return flag_min_bin_vheap(p, value);
    case AM_max_heap_size: return flag_max_heap(p, value);
    case AM_fullsweep_after: return flag_fullsweep(p, value);
    case AM_message_queue_data: return flag_message_queue_data(p, value);
    case AM_sensitive: return flag_sensitive(p, value);
    case AM_scheduler: return flag_scheduler(p, value);
    case AM_monitor_nodes: return flag_monitor_nodes(p, value);
    case AM_save_calls:
        old = save_calls(p, value);
        return old != TERM_NONE ? old : bif_error_cause(p, AM_badarg, AM_none);
    default: break;
    }
    Term name, options;
    if (is_pair(flag, &name, &options) && name == AM_monitor_nodes)
        return flag_monitor_nodes(p, value);
    return bif_error_cause(p, AM_badarg, AM_badopt);
}

// For another process the answer comes as a message {Ref, Result}.
Term bif_erts_internal_process_flag_3(Process *p, Term *args)
{
    Process *of = proc_lookup(p->iso, args[0]);
    if (of == NULL) return AM_badtype;
    Term result = args[1] == AM_save_calls ? save_calls(of, args[2]) : TERM_NONE;
    if (result == TERM_NONE) result = AM_badarg;
    if (of == p) return result;
    Term ref = build_ref(p, space_next_ref(&p->iso->space));
    Term message = ref == TERM_NONE ? TERM_NONE : BUILD_TUPLE(p, ref, result);
    if (message == TERM_NONE) return TERM_NONE;
    if (proc_deliver(p->iso, p, message) != ST_OK) return bif_no_memory(p);
    return proc_result(p, ref);
}
