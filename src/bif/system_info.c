// SPDX-License-Identifier: Apache-2.0
// bif/system_info.c - system_info/1.
#include "bif/system_info.h"

#include "base/buf.h"
#include "base/clock.h"
#include "bif/build.h"
#include "bif/proc_opts.h"
#include "code/code_table.h"
#include "proc/isolate.h"

#define NO_LIMIT_SHOWN ((uint64_t)1 << 27)

static Term limit(Process *p, LimitKind kind)
{
    uint64_t n = p->iso->limits.of[kind].allowed;
    return bif_make_uint64(p, n != 0 ? n : NO_LIMIT_SHOWN);
}

static Term pair(Process *p, Term name, uint64_t n)
{
    return BUILD_TUPLE(p, name, bif_make_uint64(p, n));
}

static Term garbage_collection(Process *p)
{
    const ProcDefaults *d = &p->iso->defaults;
    return BUILD_LIST(
        p, pair(p, AM_max_heap_size, d->max_heap), pair(p, AM_min_bin_vheap_size, d->min_bin_vheap),
        pair(p, AM_min_heap_size, d->min_heap), pair(p, AM_fullsweep_after, d->fullsweep_after));
}

static Term heap_sizes(Process *p)
{
    Term sizes[256];
    unsigned n = 0;
    for (size_t words = heap_block_size(1); n < ARRAY_LEN(sizes) && words < (size_t)SMALL_MAX / 2;
         words = heap_block_size(words + 1))
        sizes[n++] = make_small((int64_t)words);
    return build_list(p, n, sizes);
}

// What is said of the operating system's clock that stands behind ours.
static Term clock_source(Process *p, const char *id, bool monotonic, int64_t now)
{
    uint64_t grain = p->iso->clock_resolution > 1 ? p->iso->clock_resolution : 1;
    Term list = build_cons(p, BUILD_TUPLE(p, AM_time, bif_make_int64(p, now)), TERM_NIL);
    list = build_cons(p, BUILD_TUPLE(p, AM_parallel, AM_yes), list);
    if (monotonic) list = build_cons(p, BUILD_TUPLE(p, AM_extended, AM_no), list);
    list = build_cons(p, pair(p, AM_resolution, (uint64_t)NS_PER_S / grain), list);
    list = build_cons(p, BUILD_TUPLE(p, AM_clock_id, bif_make_atom(p, id, strlen(id))), list);
    return build_cons(p, BUILD_TUPLE(p, AM_function, AM_clock_gettime), list);
}

static Term schedulers_states(Process *p)
{
    return BUILD_LIST(p, BUILD_TUPLE(p, AM_normal, SMALL(1), SMALL(1), SMALL(1)),
                      BUILD_TUPLE(p, AM_dirty_cpu, SMALL(0), SMALL(0), SMALL(0)),
                      BUILD_TUPLE(p, AM_dirty_io, SMALL(0), SMALL(0), SMALL(0)));
}

// ---- texts --------------------------------------------------------------------------
static Status print_module(Buf *out, const Module *m)
{
    AtomText name = atom_text(m->name);
    return buf_printf(out, "%.*s %zu\n", (int)name.len, name.bytes, m->current->memory_bytes);
}

static Status print_loaded(Process *p, Buf *out)
{
    size_t i = 0;
    for (const Module *m; (m = code_table_next(p->iso->code, &i)) != NULL;) {
        if (m->current != NULL) TRY(print_module(out, m));
        bif_charge(p, 1);
    }
    return ST_OK;
}

static Status print_processes(Process *p, Buf *out)
{
    uint64_t i = 0;
    for (Process *of; (of = proc_next(p->iso, &i)) != NULL;) {
        uint64_t id = pid_id(of->pid);
        TRY(buf_printf(out, "=proc:<0.%llu.%llu>\nMessage queue length: %zu\nReductions: %llu\n",
                       (unsigned long long)(id & 0xFFFFFFF), (unsigned long long)(id >> 28),
                       of->mailbox.count, (unsigned long long)of->reductions));
        bif_charge(p, 1);
    }
    return ST_OK;
}

static Status print_info(Process *p, Buf *out)
{
    return buf_printf(out, "=memory\ntotal: %llu\n=processes\ncount: %zu\n",
                      (unsigned long long)p->iso->space.arena.used, p->iso->procs.count);
}

static Status print_dist(Process *p, Buf *out)
{
    AtomText node = atom_text(p->iso->space.node);
    return buf_printf(out, "=node:'%.*s'\n=no_distribution\n", (int)node.len, node.bytes);
}

static Term text(Process *p, Status (*print)(Process *, Buf *))
{
    Buf out;
    buf_init_in(&out, &p->iso->space.arena);
    Term binary =
        print(p, &out) == ST_OK ? bif_make_binary(p, out.data, out.len) : bif_no_memory(p);
    buf_clear(&out);
    return binary;
}

// ---- what never changes ----------------------------------------------------------------
static const struct {
    Term item, value;
} constants[] = {
    {AM_alloc_util_allocators, TERM_NIL},
    {AM_beam_jump_table, AM_false},
    {AM_build_type, AM_opt},
    {AM_check_io, TERM_NIL},
    {AM_compat_rel, SMALL(25)},
    {AM_constant_pool_support, AM_true},
    {AM_context_reductions, SMALL(4000)},
    {AM_cpu_quota, AM_unknown},
    {AM_cpu_topology, AM_undefined},
    {AM_creation, SMALL(0)},
    {AM_debug_compiled, AM_false},
    {AM_delayed_node_table_gc, SMALL(60)},
    {AM_dirty_cpu_schedulers, SMALL(0)},
    {AM_dirty_cpu_schedulers_online, SMALL(0)},
    {AM_dirty_io_schedulers, SMALL(0)},
    {AM_dist_buf_busy_limit, SMALL(1048576)},
    {AM_dist_ctrl, TERM_NIL},
    {AM_dynamic_trace, AM_none},
    {AM_dynamic_trace_probes, AM_false},
    {AM_eager_check_io, AM_true},
    {AM_emu_flavor, AM_emu},
    {AM_emu_type, AM_opt},
    {AM_emu_args, TERM_NIL},
    {AM_ets_always_compress, AM_false},
    {AM_ets_realloc_moves, AM_false},
    {AM_endian, AM_little},
    {AM_heap_type, AM_private},
    {AM_hipe_architecture, AM_undefined},
    {AM_kernel_poll, AM_false},
    {AM_lock_checking, AM_false},
    {AM_logical_processors, SMALL(1)},
    {AM_logical_processors_available, SMALL(1)},
    {AM_logical_processors_online, SMALL(1)},
    {AM_message_queue_data, AM_on_heap},
    {AM_modified_timing_level, AM_undefined},
    {AM_multi_scheduling, AM_disabled},
    {AM_multi_scheduling_blockers, TERM_NIL},
    {AM_normal_multi_scheduling_blockers, TERM_NIL},
    {AM_outstanding_system_requests_limit, SMALL(4)},
    {AM_port_count, SMALL(0)},
    {AM_port_limit, SMALL(0)},
    {AM_port_parallelism, AM_false},
    {AM_port_tasks, AM_true},
    {AM_reader_groups_map, TERM_NIL},
    {AM_scheduler_bind_type, AM_unbound},
    {AM_scheduler_id, SMALL(1)},
    {AM_schedulers, SMALL(1)},
    {AM_schedulers_online, SMALL(1)},
    {AM_smp_support, AM_true},
    {AM_taints, TERM_NIL},
    {AM_thread_pool_size, SMALL(0)},
    {AM_threads, AM_true},
    {AM_time_correction, AM_true},
    {AM_time_offset, AM_final},
    {AM_time_warp_mode, AM_no_time_warp},
    {AM_tolerant_timeofday, AM_enabled},
    {AM_wordsize, SMALL(8)},
};

static const struct {
    Term item;
    const char *value;
} strings[] = {
    {AM_driver_version, "3.3"},
    {AM_machine, "BEAM"},
    {AM_nif_version, "2.16"},
    {AM_otp_release, "25"},
    {AM_system_architecture, "x86_64-pc-linux-gnu"},
    {AM_version, "13.1.5"},
    {AM_system_version,
     "Erlang/OTP 25 [erts-13.1.5] [64-bit] [smp:1:1] [ds:0:0:0] [async-threads:0]\n"},
};

// TERM_NONE and *known = false: not one of these.
static Term constant(Process *p, Term item, bool *known)
{
    *known = true;
    for (size_t i = 0; i < ARRAY_LEN(constants); i++) {
        if (constants[i].item == item) return constants[i].value;
    }
    for (size_t i = 0; i < ARRAY_LEN(strings); i++) {
        if (strings[i].item == item) return build_string(p, strings[i].value);
    }
    *known = false;
    return TERM_NONE;
}

// ---- what does -----------------------------------------------------------------------------
static Term compiler(Process *p)
{
    Term version =
        BUILD_TUPLE(p, SMALL(__clang_major__), SMALL(__clang_minor__), SMALL(__clang_patchlevel__));
    return BUILD_TUPLE(p, AM_clang, version);
}

// OTP's "snifs": not what it has as NIFs, as instructions, or not at all.
static bool is_snif(const Bif *b)
{
    if (b->module == AM_prim_file)
        return strncmp(b->name, "internal_", 9) == 0 || strcmp(b->name, "is_translatable") == 0;
    if (b->module == AM_apex_host || b->module == AM_zlib || b->module == AM_prim_buffer)
        return false;
    if (b->module == AM_erlang && (b->function == AM_apply || b->function == AM_yield))
        return false;
    return b->kind != BIF_KIND_HIDDEN;
}

static Term natives(Process *p)
{
    Term list = TERM_NIL;
    for (unsigned i = BIF_COUNT; list != TERM_NONE && i-- > 0;) {
        const Bif *b = &bif_table[i];
        if (!is_snif(b)) continue;
        list = build_cons(p, BUILD_TUPLE(p, b->module, b->function, SMALL(b->arity)), list);
    }
    return list;
}

static Term variable(Process *p, Term item)
{
    const Isolate *iso = p->iso;
    const ProcDefaults *d = &iso->defaults;
    switch (item) {
    case AM_atom_count: return bif_make_uint64(p, iso->space.atoms.used);
    case AM_atom_limit: return limit(p, LIMIT_ATOMS);
    case AM_ets_count: return bif_make_uint64(p, iso->limits.of[LIMIT_TABLES].used);
    case AM_ets_limit: return limit(p, LIMIT_TABLES);
    case AM_process_count: return bif_make_uint64(p, iso->procs.count);
    case AM_process_limit: return limit(p, LIMIT_PROCESSES);
    case AM_fullsweep_after: return pair(p, item, d->fullsweep_after);
    case AM_min_heap_size: return pair(p, item, d->min_heap);
    case AM_min_bin_vheap_size: return pair(p, item, d->min_bin_vheap);
    case AM_max_heap_size: return opt_max_heap_map(p, d->max_heap, d->max_heap_flags);
    case AM_garbage_collection: return garbage_collection(p);
    case AM_heap_sizes: return heap_sizes(p);
    case AM_start_time: return bif_make_int64(p, ERL_MONOTONIC_START);
    case AM_end_time: return bif_make_int64(p, INT64_C(8646911283000000000));
    case AM_os_monotonic_time_source:
        return clock_source(p, "CLOCK_MONOTONIC", true, (int64_t)isolate_monotonic_ns(iso));
    case AM_os_system_time_source:
        return clock_source(p, "CLOCK_REALTIME", false, isolate_system_ns(iso));
    case AM_os_version: return BUILD_TUPLE(p, SMALL(0), SMALL(0), SMALL(0));
    case AM_os_type: return BUILD_TUPLE(p, AM_unix, AM_linux);
    case AM_scheduler_bindings: return BUILD_TUPLE(p, AM_unbound);
    case AM_schedulers_state: return BUILD_TUPLE(p, SMALL(1), SMALL(1), SMALL(1));
    case AM_all_schedulers_state: return schedulers_states(p);
    case AM_sequential_tracer: return BUILD_TUPLE(p, AM_sequential_tracer, AM_false);
    case AM_trace_control_word: return make_small(iso->trace_control_word);
    case AM_system_logger: return iso->system_logger;
    case AM_c_compiler_used: return compiler(p);
    case AM_allocator: return BUILD_TUPLE(p, AM_undefined, TERM_NIL, TERM_NIL, TERM_NIL);
    case AM_allocated_areas: return system_info_areas(p);
    case AM_snifs: return natives(p);
    case AM_loaded: return text(p, print_loaded);
    case AM_procs: return text(p, print_processes);
    case AM_info: return text(p, print_info);
    case AM_dist: return text(p, print_dist);
    default: return bif_badarg(p);
    }
}

Term bif_erlang_system_info_1(Process *p, Term *args)
{
    bool known;
    if (is_tuple(args[0])) return system_info_tuple(p, args[0]);
    Term value = constant(p, args[0], &known);
    return known ? value : variable(p, args[0]);
}

// One scheduler and one thread beside it: the library waits for one answer.
Term bif_erts_internal_no_aux_work_threads_0(Process *p, Term *args) { return SMALL(2); }

Term bif_erts_internal_gather_alloc_histograms_1(Process *p, Term *args) { return SMALL(0); }
Term bif_erts_internal_gather_carrier_info_1(Process *p, Term *args) { return SMALL(0); }
