// SPDX-License-Identifier: Apache-2.0
// bif/system_memory.c - what erlang:memory/0,1 of the library is computed from.
//
// The library asks each thread for its allocators and sums up blocks by allocator;
// here one answer stands for all of them, made from the books of the sandbox.
#include "bif/build.h"
#include "bif/system_info.h"
#include "proc/isolate.h"
#include "proc/signal.h"

static uint64_t process_bytes(Process *p)
{
    Isolate *iso = p->iso;
    uint64_t bytes = 0, i = 0;
    bif_charge(p, iso->procs.capacity / 32);
    for (Process *of; (of = proc_next(iso, &i)) != NULL;)
        bytes += sizeof(Process) + heap_words_held(&of->heap) * sizeof(Term);
    return bytes;
}

static uint64_t minus(uint64_t a, uint64_t b) { return a > b ? a - b : 0; }

// {Allocator, 0, [{mbcs, [{blocks, [{Allocator, [{size, Bytes, Bytes, Bytes}]}]}]}]}
static Term allocator(Process *p, Term name, uint64_t bytes)
{
    Term n = bif_make_uint64(p, bytes);
    Term size = build_cons(p, BUILD_TUPLE(p, AM_size, n, n, n), TERM_NIL);
    Term blocks = build_cons(p, BUILD_TUPLE(p, name, size), TERM_NIL);
    Term all = build_cons(p, BUILD_TUPLE(p, AM_blocks, blocks), TERM_NIL);
    Term mbcs = build_cons(p, BUILD_TUPLE(p, AM_mbcs, all), TERM_NIL);
    return BUILD_TUPLE(p, name, SMALL(0), mbcs);
}

static Term allocators(Process *p)
{
    const Isolate *iso = p->iso;
    uint64_t processes = process_bytes(p), binaries = iso->space.binary_bytes;
    uint64_t rest = minus(iso->space.arena.used, processes + binaries);
    return BUILD_LIST(p, allocator(p, AM_eheap_alloc, processes),
                      allocator(p, AM_binary_alloc, binaries), allocator(p, AM_std_alloc, rest));
}

// The answer comes as the message {Ref, Id, Allocators}.
static Term ask_memory(Process *p, Term ref)
{
    Term list = allocators(p);
    Term message = list == TERM_NONE ? list : BUILD_TUPLE(p, ref, SMALL(1), list);
    if (message == TERM_NONE) return TERM_NONE;
    if (proc_deliver(p->iso, p, message) != ST_OK) return bif_no_memory(p);
    return proc_result(p, AM_true);
}

// [{Allocator, false}] for each: no allocator can be looked into.
static Term no_allocators(Process *p, Term names)
{
    Term list = TERM_NIL;
    if (is_atom(names)) return AM_false;
    for (Pace rate = PACE_START; is_cons(names) && list != TERM_NONE;
         names = list_next(names, &rate)) {
        if (!is_atom(cons_head(names))) return bif_badarg(p);
        list = build_cons(p, BUILD_TUPLE(p, cons_head(names), AM_false), list);
    }
    return is_nil(names) || list == TERM_NONE ? list : bif_badarg(p);
}

Term system_info_tuple(Process *p, Term item)
{
    Term *e = tuple_elements(item);
    if (is_tuple_arity(item, 3) && e[0] == AM_memory_internal && is_local_ref(e[1]))
        return ask_memory(p, e[1]);
    if (!is_tuple_arity(item, 2)) return bif_badarg(p);
    switch (e[0]) {
    case AM_wordsize: return e[1] == AM_internal || e[1] == AM_external ? SMALL(8) : bif_badarg(p);
    case AM_cpu_topology:
        return e[1] == AM_defined || e[1] == AM_detected || e[1] == AM_used ? AM_undefined
                                                                            : bif_badarg(p);
    case AM_allocator:
    case AM_allocator_sizes: return no_allocators(p, e[1]);
    default: return bif_badarg(p);
    }
}

Term system_info_areas(Process *p)
{
    const Isolate *iso = p->iso;
    Term atoms = bif_make_uint64(p, (uint64_t)iso->space.atoms.count * sizeof(uint64_t));
    Term table = bif_make_uint64(p, iso->procs.capacity * sizeof(Process *));
    return BUILD_LIST(
        p, BUILD_TUPLE(p, AM_atom_space, atoms, atoms), BUILD_TUPLE(p, AM_atom_table, SMALL(0)),
        BUILD_TUPLE(p, AM_process_table, table), BUILD_TUPLE(p, AM_bif_timer, SMALL(0)),
        BUILD_TUPLE(p, AM_ets_misc, SMALL(0)), BUILD_TUPLE(p, AM_external_alloc, SMALL(0)));
}
