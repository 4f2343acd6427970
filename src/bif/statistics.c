// SPDX-License-Identifier: Apache-2.0
// bif/statistics.c - statistics/1: what the sandbox has done.
#include "base/clock.h"
#include "bif/build.h"
#include "proc/isolate.h"

static Term make_uint(Process *p, uint64_t n) { return bif_make_uint64(p, n); }

// {Total, Since the last call}
static Term total_and_since(Process *p, uint64_t now, uint64_t *told)
{
    uint64_t since = now > *told ? now - *told : 0;
    *told = now;
    return BUILD_TUPLE(p, make_uint(p, now), make_uint(p, since));
}

static uint64_t queued(const Isolate *iso)
{
    uint64_t n = 0;
    for (unsigned i = 0; i < PRIO_COUNT; i++) n += iso->run.count[i];
    return n;
}

static Term wall_time(Process *p)
{
    Isolate *iso = p->iso;
    if (!iso->wall_time_on) return AM_undefined;
    Term one = BUILD_TUPLE(p, SMALL(1), make_uint(p, isolate_cpu_ns(iso)),
                           make_uint(p, isolate_monotonic_ns(iso)));
    return build_cons(p, one, TERM_NIL);
}

// No state is measured: every counter stands at zero.
static Term accounting(Process *p)
{
    static const Term names[] = {AM_aux,   AM_check_io, AM_emulator, AM_gc,
                                 AM_other, AM_port,     AM_sleep};
    static const Term zeros[] = {SMALL(0), SMALL(0), SMALL(0), SMALL(0),
                                 SMALL(0), SMALL(0), SMALL(0)};
    static const Term keys[] = {AM_counters, AM_id, AM_type};
    Term counters = build_map(p, ARRAY_LEN(names), names, zeros);
    if (counters == TERM_NONE) return TERM_NONE;
    return build_cons(p, build_map(p, 3, keys, (Term[]){counters, SMALL(1), AM_scheduler}),
                      TERM_NIL);
}

static Term io(Process *p)
{
    Term in = BUILD_TUPLE(p, AM_input, SMALL(0));
    Term out = BUILD_TUPLE(p, AM_output, make_uint(p, p->iso->limits.of[LIMIT_OUTPUT].used));
    return BUILD_TUPLE(p, in, out);
}

Term bif_erlang_statistics_1(Process *p, Term *args)
{
    Isolate *iso = p->iso;
    uint64_t waiting = queued(iso);
    switch (args[0]) {
    case AM_reductions: return total_and_since(p, iso->reductions, &iso->told.reductions);
    case AM_exact_reductions:
        return total_and_since(p, iso->reductions, &iso->told.exact_reductions);
    case AM_runtime:
        return total_and_since(p, isolate_cpu_ns(iso) / NS_PER_MS, &iso->told.runtime_ms);
    case AM_wall_clock:
        return total_and_since(p, isolate_monotonic_ns(iso) / NS_PER_MS, &iso->told.wall_ms);
    case AM_context_switches: return BUILD_TUPLE(p, make_uint(p, iso->context_switches), SMALL(0));
    case AM_garbage_collection:
        return BUILD_TUPLE(p, make_uint(p, iso->gc_count), make_uint(p, iso->gc_words), SMALL(0));
    case AM_io: return io(p);
    case AM_run_queue:
    case AM_total_run_queue_lengths:
    case AM_total_run_queue_lengths_all: return make_uint(p, waiting);
    case AM_run_queue_lengths:
    case AM_run_queue_lengths_all: return build_cons(p, make_uint(p, waiting), TERM_NIL);
    // The process that asks is active too.
    case AM_total_active_tasks:
    case AM_total_active_tasks_all: return make_uint(p, waiting + 1);
    case AM_active_tasks:
    case AM_active_tasks_all: return build_cons(p, make_uint(p, waiting + 1), TERM_NIL);
    case AM_run_queues: return BUILD_TUPLE(p, make_uint(p, waiting));
    case AM_scheduler_wall_time:
    case AM_scheduler_wall_time_all: return wall_time(p);
    case AM_microstate_accounting: return accounting(p);
    default: return bif_badarg(p);
    }
}

Term bif_erts_internal_scheduler_wall_time_1(Process *p, Term *args)
{
    bool old = p->iso->wall_time_on;
    p->iso->wall_time_on = args[0] == AM_true;
    return make_bool(old);
}
