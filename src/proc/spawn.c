// SPDX-License-Identifier: Apache-2.0
// proc/spawn.c - new processes.
#include "heap/copy.h"
#include "proc/link.h"
#include "proc/signal.h"

#define MAX_ARITY 255

void spawn_opts_init(SpawnOpts *o, const Isolate *iso)
{
    const ProcDefaults *d = &iso->defaults;
    *o = (SpawnOpts){.priority = PRIO_NORMAL,
                     .min_heap = d->min_heap,
                     .max_heap = d->max_heap,
                     .max_heap_flags = d->max_heap_flags,
                     .fullsweep_after = d->fullsweep_after,
                     .min_bin_vheap = d->min_bin_vheap,
                     .message_queue_data = AM_on_heap};
}

static Status copy_args(Process *p, Term args)
{
    Term x[MAX_ARITY];
    unsigned n = 0;
    for (; is_cons(args); args = cons_tail(args)) {
        if (n == MAX_ARITY) return ST_INVALID;
        Term arg = cons_head(args);
        x[n] = is_immed(arg) ? arg : copy_term(&p->heap, arg);
        if (x[n++] == TERM_NONE) return ST_NOMEM;
    }
    p->initial_arity = n;
    return process_save_args(p, x, n);
}

static AliasMode alias_mode(Term alias)
{
    switch (alias) {
    case AM_explicit_unalias: return ALIAS_EXPLICIT;
    case AM_demonitor: return ALIAS_DEMONITOR;
    case AM_reply_demonitor: return ALIAS_REPLY;
    default: return ALIAS_NONE;
    }
}

// Link and monitor, both or neither.
static Status tie(Isolate *iso, Process *parent, Process *p, const SpawnOpts *o, Term *ref)
{
    if (o->link) TRY(link_add(iso, parent, p));
    if (!o->monitor) return ST_OK;
    Term *hp = heap_alloc(&parent->heap, REF_WORDS);
    Held *tag = NULL;
    Status st = hp == NULL ? ST_NOMEM : ST_OK;
    uint64_t number = space_next_ref(&iso->space);
    if (hp != NULL) *ref = ref_at(hp, number);
    if (st == ST_OK && o->monitor_tag != TERM_NONE && o->monitor_tag != AM_DOWN) {
        tag = held_new(&iso->space, o->monitor_tag);
        if (tag == NULL) st = ST_NOMEM;
    }
    if (st == ST_OK)
        st = monitor_add(iso, MONITOR_PROCESS, parent, p, number, alias_mode(o->monitor_alias),
                         TERM_NONE, tag, NULL);
    if (st == ST_OK) return ST_OK;
    held_release(&iso->space, tag);
    if (o->link) link_remove(iso, link_find(iso, parent, p));
    return st;
}

Status proc_spawn(Isolate *iso, Process *parent, Term mod, Term fun, Term args, const SpawnOpts *o,
                  Process **out, Term *monitor_ref)
{
    Status st = ST_OK;
    Process *p = process_new(iso, o->min_heap, &st);
    if (p == NULL) return st;
    p->initial_mod = mod;
    p->initial_fun = fun;
    p->heap.max_words = o->max_heap;
    p->heap.fullsweep_after = o->fullsweep_after;
    p->max_heap_flags = o->max_heap_flags;
    p->min_bin_vheap = o->min_bin_vheap;
    p->message_queue_data = o->message_queue_data;
    p->priority = (uint8_t)o->priority;
    p->is_system = o->is_system;
    if (parent != NULL) {
        p->parent = parent->pid;
        p->group_leader = parent->group_leader;
    }
    if (o->group_leader != TERM_NONE) p->group_leader = o->group_leader;
    st = copy_args(p, args);
    if (st == ST_OK && parent != NULL) st = tie(iso, parent, p, o, monitor_ref);
    if (st != ST_OK) {
        process_free(iso, p);
        return st;
    }
    proc_enqueue(iso, p);
    *out = p;
    return ST_OK;
}
