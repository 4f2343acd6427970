// SPDX-License-Identifier: Apache-2.0
// bif/process_info.c - what is known of a process.
//
// Each item is a row and a function that builds its value on the asker's heap.
#include "bif/process_info.h"

#include "base/buf.h"
#include "base/fiber.h"
#include "base/hide.h"
#include "bif/args.h"
#include "bif/build.h"
#include "bif/proc_opts.h"
#include "exec/exception.h"
#include "proc/link.h"
#include "proc/mailbox.h"

#define WORDS_PER_REDUCTION 32

// A term of another process, on p's heap.
static Term fetch(Process *p, Process *of, Term t)
{
    if (p == of || is_immed(t)) return t;
    size_t before = p->heap.frag_words + (size_t)(p->heap.hp - p->heap.start);
    Term copy = copy_term(&p->heap, t);
    if (copy == TERM_NONE) return bif_no_memory(p);
    size_t after = p->heap.frag_words + (size_t)(p->heap.hp - p->heap.start);
    bif_charge(p, (after - before) / WORDS_PER_REDUCTION);
    return copy;
}

// A process that has said so shows nothing of its data (process_flag(sensitive, true)).
static bool hides_data(const Process *of) { return of->sensitive == AM_true; }

static Term words(Process *p, uint64_t n) { return bif_make_uint64(p, n); }

// ---- identity -----------------------------------------------------------------------
static Term info_registered_name(Process *p, Process *of)
{
    return of->name == TERM_NONE ? TERM_NIL : of->name;
}

static Term info_initial_call(Process *p, Process *of)
{
    return BUILD_TUPLE(p, of->initial_mod, of->initial_fun, make_small(of->initial_arity));
}

static Term info_status(Process *p, Process *of)
{
    switch ((ProcState)of->state) {
    case PROC_RUNNABLE: return AM_runnable;
    case PROC_RUNNING: return AM_running;
    case PROC_SUSPENDED: return AM_suspended;
    case PROC_EXITING: return AM_exiting;
    case PROC_WAITING:
    case PROC_FREE: break;
    }
    return AM_waiting;
}

static Term info_parent(Process *p, Process *of)
{
    return of->parent == TERM_NONE ? AM_undefined : of->parent;
}
static Term info_group_leader(Process *p, Process *of) { return of->group_leader; }
static Term info_trap_exit(Process *p, Process *of) { return make_bool(of->trap_exit); }
static Term info_error_handler(Process *p, Process *of) { return of->error_handler; }
static Term info_priority(Process *p, Process *of)
{
    return opt_priority_atom((Priority)of->priority);
}
static Term info_reductions(Process *p, Process *of)
{
    return words(p, of->reductions - (of == p ? (uint64_t)of->reds : 0));
}

// ---- where it is ----------------------------------------------------------------------
static Term stacktrace(Process *p, Process *of, unsigned depth)
{
    Term list = exception_current_stacktrace(&p->heap, of, depth);
    if (list == TERM_NONE) return bif_no_memory(p);
    // A process that asks for itself is where it asked, not in process_info.
    while (p == of && is_cons(list)) {
        const Term *e = tuple_elements(cons_head(list));
        if (e[0] != AM_erlang || e[1] != AM_process_info) break;
        list = cons_tail(list);
    }
    return list;
}

// The newest entry {M, F, A, Location}; for a process that has not begun, its
// first function. TERM_NIL: unknown.
static Term newest(Process *p, Process *of)
{
    if (of->ip == NULL)
        return BUILD_TUPLE(p, of->initial_mod, of->initial_fun, make_small(of->initial_arity),
                           TERM_NIL);
    if (of->hibernating) return BUILD_TUPLE(p, AM_erlang, AM_hibernate, SMALL(3), TERM_NIL);
    Term list = stacktrace(p, of, 3);
    return is_cons(list) ? cons_head(list) : list;
}

static Term info_current_function(Process *p, Process *of)
{
    Term at = newest(p, of);
    if (!is_tuple(at)) return at == TERM_NONE ? at : AM_undefined;
    Term *e = tuple_elements(at);
    return BUILD_TUPLE(p, e[0], e[1], e[2]);
}

static Term info_current_location(Process *p, Process *of)
{
    Term at = newest(p, of);
    return is_nil(at) ? AM_undefined : at;
}

static Term info_current_stacktrace(Process *p, Process *of)
{
    if (of->ip != NULL && !of->hibernating) return stacktrace(p, of, p->iso->trace_depth);
    return build_cons(p, newest(p, of), TERM_NIL);
}

// One line for each function that is active, newest first.
static Status print_stack(Buf *out, Term list)
{
    for (Pace work = PACE_START; is_cons(list); list = cons_tail(list), (void)pace(&work, 64)) {
        Term *e = tuple_elements(cons_head(list));
        AtomText mod = atom_text(e[0]), fun = atom_text(e[1]);
        TRY(buf_printf(out, "Return addr (%.*s:%.*s/%lld)\n", (int)mod.len, mod.bytes, (int)fun.len,
                       fun.bytes, (long long)small_value(e[2])));
    }
    return ST_OK;
}

static bool backtrace(Process *p, Process *of, Buf *out)
{
    Term list = hides_data(of) ? TERM_NIL : info_current_stacktrace(p, of);
    buf_init_in(out, &p->iso->space.arena);
    if (list != TERM_NONE && print_stack(out, list) == ST_OK) return true;
    buf_clear(out);
    if (list != TERM_NONE) (void)bif_no_memory(p);
    return false;
}

static Term info_backtrace(Process *p, Process *of)
{
    Buf text;
    if (!backtrace(p, of, &text)) return TERM_NONE;
    Term binary = bif_make_binary(p, text.data, text.len);
    buf_clear(&text);
    return binary;
}

Term process_display(Process *p, Process *of)
{
    Buf text;
    const IsolateHost *host = &p->iso->host;
    if (!backtrace(p, of, &text)) return TERM_NONE;
    if (host->output != NULL) host->output(host->host, 2, text.data, text.len);
    buf_clear(&text);
    return AM_true;
}

// ---- messages ----------------------------------------------------------------------------
static Term info_message_queue_len(Process *p, Process *of) { return words(p, of->mailbox.count); }
static Term info_message_queue_data(Process *p, Process *of) { return of->message_queue_data; }

static Term info_messages(Process *p, Process *of)
{
    Term list = TERM_NIL;
    if (hides_data(of)) return list;
    bif_charge(p, of->mailbox.count / WORDS_PER_REDUCTION);
    Pace work = PACE_START;
    for (MailSegment *s = of->mailbox.last; s != NULL; s = s->prev) {
        for (uint32_t i = s->count; i-- > 0;) {
            (void)pace(&work, 8);
            list = build_cons(p, fetch(p, of, s->bodies[i]), list);
            if (list == TERM_NONE) return TERM_NONE;
        }
    }
    return list;
}

static Term info_dictionary(Process *p, Process *of)
{
    Term list = TERM_NIL;
    if (hides_data(of)) return list;
    const Term *pairs = of->dict.pairs;
    bif_charge(p, of->dict.count / WORDS_PER_REDUCTION);
    Pace work = PACE_START;
    for (uint32_t i = of->dict.count; i-- > 0 && list != TERM_NONE; (void)pace(&work, 16)) {
        Term pair = BUILD_TUPLE(p, fetch(p, of, pairs[2 * i]), fetch(p, of, pairs[2 * i + 1]));
        list = build_cons(p, pair, list);
    }
    return list;
}

// ---- ties -------------------------------------------------------------------------------
static Term info_links(Process *p, Process *of)
{
    Term *hp = bif_alloc(p, 2 * of->links.count);
    if (hp == NULL) return TERM_NONE;
    bif_charge(p, of->links.count / WORDS_PER_REDUCTION);
    Term list = TERM_NIL;
    Pace work = PACE_START;
    for (Link *l = of->links.first; l != NULL; l = link_next(l, of), (void)pace(&work, 8))
        list = cons_at(&hp, link_peer(l, of)->pid, list);
    return list;
}

static Term info_monitors(Process *p, Process *of)
{
    Term list = TERM_NIL;
    bif_charge(p, of->monitors.count / WORDS_PER_REDUCTION);
    Pace work = PACE_START;
    for (Monitor *m = of->monitors.first; m != NULL && list != TERM_NONE; m = m->next) {
        (void)pace(&work, 16);
        if (m->kind != MONITOR_PROCESS || m->target == NULL) continue;
        Term object =
            m->name == TERM_NONE ? m->target->pid : BUILD_TUPLE(p, m->name, p->iso->space.node);
        list = build_cons(p, BUILD_TUPLE(p, AM_process, object), list);
    }
    return list;
}

static Term info_monitored_by(Process *p, Process *of)
{
    Term list = TERM_NIL;
    bif_charge(p, of->monitored_by.count / WORDS_PER_REDUCTION);
    Pace work = PACE_START;
    for (Monitor *m = of->monitored_by.first; m != NULL && list != TERM_NONE; m = m->target_next) {
        (void)pace(&work, 16);
        if (m->kind == MONITOR_PROCESS) list = build_cons(p, m->origin->pid, list);
    }
    return list;
}

// {Pid, times, 0 of them outstanding}
static Term info_suspending(Process *p, Process *of)
{
    Term list = TERM_NIL;
    Pace work = PACE_START;
    for (Monitor *m = of->monitors.first; m != NULL && list != TERM_NONE; m = m->next) {
        (void)pace(&work, 16);
        if (m->kind != MONITOR_SUSPEND) continue;
        Term entry = BUILD_TUPLE(p, m->target->pid, make_small(m->count), SMALL(0));
        list = build_cons(p, entry, list);
    }
    return list;
}

// ---- memory -------------------------------------------------------------------------------
static size_t block(const Heap *h) { return (size_t)(h->end - h->start); }
static size_t old_block(const Heap *h) { return (size_t)(h->old_end - h->old_start); }
static size_t stack(const Heap *h) { return (size_t)(h->end - h->sp); }

static Term info_heap_size(Process *p, Process *of) { return words(p, block(&of->heap)); }
static Term info_stack_size(Process *p, Process *of) { return words(p, stack(&of->heap)); }
static Term info_total_heap_size(Process *p, Process *of)
{
    return words(p, heap_words_held(&of->heap));
}
static Term info_memory(Process *p, Process *of)
{
    return words(p, sizeof(Process) + heap_words_held(&of->heap) * sizeof(Term) +
                        of->mailbox.segments * sizeof(MailSegment));
}
static Term info_min_heap_size(Process *p, Process *of) { return words(p, of->heap.min_words); }
static Term info_min_bin_vheap_size(Process *p, Process *of) { return words(p, of->min_bin_vheap); }
static Term info_fullsweep_after(Process *p, Process *of)
{
    return make_small(of->heap.fullsweep_after);
}
static Term info_max_heap_size(Process *p, Process *of)
{
    return opt_max_heap_map(p, of->heap.max_words, of->max_heap_flags);
}

static Term info_garbage_collection(Process *p, Process *of)
{
    return BUILD_LIST(p, BUILD_TUPLE(p, AM_max_heap_size, info_max_heap_size(p, of)),
                      BUILD_TUPLE(p, AM_min_bin_vheap_size, info_min_bin_vheap_size(p, of)),
                      BUILD_TUPLE(p, AM_min_heap_size, info_min_heap_size(p, of)),
                      BUILD_TUPLE(p, AM_fullsweep_after, info_fullsweep_after(p, of)),
                      BUILD_TUPLE(p, AM_minor_gcs, make_small(of->heap.minor_count)));
}

Term heap_info_at(Term **hp, const Process *of)
{
    const Heap *h = &of->heap;
    const struct {
        Term tag;
        size_t words;
    } items[HEAP_INFO_ITEMS] = {
        {AM_old_heap_block_size, old_block(h)},
        {AM_heap_block_size, block(h)},
        {AM_mbuf_size, h->frag_words},
        {AM_recent_size, (size_t)(h->high_water - h->start)},
        {AM_stack_size, stack(h)},
        {AM_old_heap_size, (size_t)(h->old_top - h->old_start)},
        {AM_heap_size, (size_t)(h->hp - h->start)},
        {AM_bin_vheap_size, h->off_bytes / sizeof(Term)},
        {AM_bin_vheap_block_size, of->min_bin_vheap},
        {AM_bin_old_vheap_size, 0},
        {AM_bin_old_vheap_block_size, of->min_bin_vheap},
    };
    Term list = TERM_NIL;
    for (unsigned i = HEAP_INFO_ITEMS; i-- > 0;) {
        Term item = tuple2_at(hp, items[i].tag, make_small((int64_t)items[i].words));
        list = cons_at(hp, item, list);
    }
    return list;
}

static Term info_garbage_collection_info(Process *p, Process *of)
{
    Term buf[HEAP_INFO_WORDS], *hp = buf;
    Term list = heap_info_at(&hp, of);  // before anything of it is on p's heap, which may be of's
    Term copy = copy_term(&p->heap, list);
    return copy == TERM_NONE ? bif_no_memory(p) : copy;
}

// {Id, Size, References} of each counted binary.
static Term add_binaries(Process *p, Term *off, Term list)
{
    Pace work = PACE_START;
    for (Term *at = off; at != NULL && list != TERM_NONE; at = (Term *)at[4]) {
        (void)pace(&work, 16);
        if (header_kind(at[0]) != BOX_REFC_BIN) continue;
        const RefcBin *b = (const RefcBin *)at;
        bif_charge(p, 1);
        list = build_cons(p,
                          BUILD_TUPLE(p, words(p, hide_address(b->data) & SMALL_MAX),
                                      words(p, b->data->capacity), words(p, b->data->refs)),
                          list);
    }
    return list;
}

static Term info_binary(Process *p, Process *of)
{
    Term list = add_binaries(p, of->heap.off, TERM_NIL);
    return list == TERM_NONE ? list : add_binaries(p, of->heap.old_off, list);
}

static Term info_catchlevel(Process *p, Process *of)
{
    int64_t n = 0;
    Pace work = PACE_START;
    for (const Term *at = of->heap.sp; at < of->heap.end; at++, (void)pace(&work, 1))
        n += is_catch(*at);
    return make_small(n);
}

// ---- what is always off --------------------------------------------------------------------
static Term info_zero(Process *p, Process *of) { return SMALL(0); }
static Term info_nil(Process *p, Process *of) { return TERM_NIL; }
static Term info_last_calls(Process *p, Process *of)
{
    return of->save_calls == SMALL(0) ? AM_false : TERM_NIL;
}

// ---- the items -----------------------------------------------------------------------------
static const struct Item {
    Term name;
    Term (*value)(Process *p, Process *of);
    bool in_default;  // process_info/1 shows it, in this order
} items[] = {
    {AM_registered_name, info_registered_name, true},
    {AM_current_function, info_current_function, true},
    {AM_initial_call, info_initial_call, true},
    {AM_status, info_status, true},
    {AM_message_queue_len, info_message_queue_len, true},
    {AM_links, info_links, true},
    {AM_dictionary, info_dictionary, true},
    {AM_trap_exit, info_trap_exit, true},
    {AM_error_handler, info_error_handler, true},
    {AM_priority, info_priority, true},
    {AM_group_leader, info_group_leader, true},
    {AM_total_heap_size, info_total_heap_size, true},
    {AM_heap_size, info_heap_size, true},
    {AM_stack_size, info_stack_size, true},
    {AM_reductions, info_reductions, true},
    {AM_garbage_collection, info_garbage_collection, true},
    {AM_suspending, info_suspending, true},
    {AM_messages, info_messages, false},
    {AM_message_queue_data, info_message_queue_data, false},
    {AM_monitors, info_monitors, false},
    {AM_monitored_by, info_monitored_by, false},
    {AM_memory, info_memory, false},
    {AM_garbage_collection_info, info_garbage_collection_info, false},
    {AM_min_heap_size, info_min_heap_size, false},
    {AM_min_bin_vheap_size, info_min_bin_vheap_size, false},
    {AM_max_heap_size, info_max_heap_size, false},
    {AM_fullsweep_after, info_fullsweep_after, false},
    {AM_current_location, info_current_location, false},
    {AM_current_stacktrace, info_current_stacktrace, false},
    {AM_backtrace, info_backtrace, false},
    {AM_parent, info_parent, false},
    {AM_binary, info_binary, false},
    {AM_catchlevel, info_catchlevel, false},
    {AM_trace, info_zero, false},
    {AM_sequential_trace_token, info_nil, false},
    {AM_last_calls, info_last_calls, false},
    {AM_magic_ref, info_nil, false},
};

static const struct Item *find_item(Term name)
{
    for (size_t i = 0; i < ARRAY_LEN(items); i++) {
        if (items[i].name == name) return &items[i];
    }
    return NULL;
}

static Term item_pair(Process *p, Process *of, const struct Item *item)
{
    return BUILD_TUPLE(p, item->name, item->value(p, of));
}

// The process that is asked about, or NULL. What it has sent to itself has come by now.
static Process *subject(Process *p, Term pid)
{
    Process *of = proc_lookup(p->iso, pid);
    if (of != NULL) mailbox_fetch(of);
    return of;
}

Term bif_erlang_process_info_1(Process *p, Term *args)
{
    if (!arg_is_own_pid(p, args[0])) return bif_badarg(p);
    Process *of = subject(p, args[0]);
    if (of == NULL) return AM_undefined;
    Term list = TERM_NIL;
    for (size_t i = ARRAY_LEN(items); i-- > 0 && list != TERM_NONE;) {
        if (!items[i].in_default) continue;
        if (items[i].name == AM_registered_name && of->name == TERM_NONE) continue;
        list = build_cons(p, item_pair(p, of, &items[i]), list);
    }
    return list;
}

// The values for a list of items, all of which are known.
static Term info_list(Process *p, Process *of, Term names)
{
    Term first = TERM_NIL, *tail = &first;
    for (Pace rate = PACE_START; is_cons(names); names = list_next(names, &rate)) {
        Term cell = build_cons(p, item_pair(p, of, find_item(cons_head(names))), TERM_NIL);
        if (cell == TERM_NONE) return TERM_NONE;
        *tail = cell;
        tail = &cons_ptr(cell)[1];
    }
    return first;
}

Term bif_erlang_process_info_2(Process *p, Term *args)
{
    Term names = args[1];
    if (!arg_is_own_pid(p, args[0])) return bif_badarg(p);
    const struct Item *one = find_item(names);
    if (one == NULL) {
        for (Pace rate = PACE_START; is_cons(names) && find_item(cons_head(names)) != NULL;
             names = list_next(names, &rate))
            bif_charge(p, 1);
        if (!is_nil(names)) return bif_badarg(p);
    }
    Process *of = subject(p, args[0]);
    if (of == NULL) return AM_undefined;
    if (one == NULL) return info_list(p, of, args[1]);
    if (one->name == AM_registered_name && of->name == TERM_NONE) return TERM_NIL;
    return item_pair(p, of, one);
}
