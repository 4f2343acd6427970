// SPDX-License-Identifier: Apache-2.0
// proc/process.c - making, keeping and freeing processes.
#include "proc/process.h"

#include "base/clock.h"
#include "base/fiber.h"
#include "proc/dict.h"
#include "proc/held.h"
#include "proc/isolate.h"
#include "proc/mailbox.h"
#include "proc/signal.h"
#include "proc/timer.h"

static Status grow_table(Isolate *iso)
{
    ProcTable *t = &iso->procs;
    size_t capacity = t->capacity * 2;
    Process **slots = arena_calloc(&iso->space.arena, capacity, sizeof(Process *));
    if (slots == NULL) return ST_NOMEM;
    // Pids differ modulo the old capacity, so they do modulo the new one.
    Pace work = PACE_START;
    for (size_t i = 0; i < t->capacity; i++, (void)pace(&work, 16)) {
        Process *p = t->slots[i];
        if (p != NULL) slots[pid_id(p->pid) & (capacity - 1)] = p;
    }
    arena_free(&iso->space.arena, t->slots, t->capacity * sizeof(Process *));
    t->slots = slots;
    t->capacity = capacity;
    return ST_OK;
}

// At most half of the slots are taken, so that a free one is near.
static void enter_table(ProcTable *t, Process *p)
{
    uint64_t id = t->next_id;
    while (t->slots[id & (t->capacity - 1)] != NULL) id++;
    t->slots[id & (t->capacity - 1)] = p;
    t->next_id = id + 1;
    t->count++;
    p->pid = make_pid(id);
}

static Process *refuse(Isolate *iso, Process *p, Status st, Status *why)
{
    if (p != NULL) {
        limit_give(&iso->limits, LIMIT_PROCESSES, 1);
        arena_free(&iso->space.arena, p, sizeof *p);
    }
    if (why != NULL) *why = st;
    return NULL;
}

Process *process_new(Isolate *iso, size_t min_heap, Status *why)
{
    if (!limit_take(&iso->limits, LIMIT_PROCESSES, 1)) return refuse(iso, NULL, ST_LIMIT, why);
    Process *p = arena_calloc(&iso->space.arena, 1, sizeof *p);
    if (p == NULL) {
        limit_give(&iso->limits, LIMIT_PROCESSES, 1);
        return refuse(iso, NULL, ST_NOMEM, why);
    }
    if ((iso->procs.count + 1) * 2 > iso->procs.capacity && grow_table(iso) != ST_OK)
        return refuse(iso, p, ST_NOMEM, why);
    Status st = heap_init(&p->heap, &iso->space, min_heap);
    if (st != ST_OK) return refuse(iso, p, st, why);

    p->iso = iso;
    p->args = p->inline_args;
    p->cap_args = ARRAY_LEN(p->inline_args);
    p->state = PROC_WAITING;
    p->priority = PRIO_NORMAL;
    p->sensitive = AM_false;
    p->save_calls = SMALL(0);
    p->message_queue_data = AM_on_heap;
    p->error_handler = AM_error_handler;
    p->max_heap_flags = iso->defaults.max_heap_flags;
    p->min_bin_vheap = iso->defaults.min_bin_vheap;
    p->spawned_at = (uint64_t)clock_monotonic_ns();
    enter_table(&iso->procs, p);
    p->group_leader = p->pid;
    return p;
}

void process_leave_table(Isolate *iso, Process *p)
{
    ProcTable *t = &iso->procs;
    Process **slot = &t->slots[pid_id(p->pid) & (t->capacity - 1)];
    if (*slot != p) return;
    *slot = NULL;
    t->count--;
}

static void free_args(Process *p)
{
    if (p->args != p->inline_args)
        arena_free(&p->iso->space.arena, p->args, p->cap_args * sizeof(Term));
    p->args = p->inline_args;
    p->cap_args = ARRAY_LEN(p->inline_args);
    p->num_args = 0;
}

void process_free(Isolate *iso, Process *p)
{
    ASSERT(p->links.first == NULL && p->monitors.first == NULL && p->monitored_by.first == NULL);
    process_leave_table(iso, p);
    if (iso->current == p) iso->current = NULL;
    timer_free_receive(p);
    mailbox_clear(p);
    dict_clear(p);
    free_args(p);
    held_release(&iso->space, p->exit_held);
    heap_clear(&p->heap);
    limit_give(&iso->limits, LIMIT_PROCESSES, 1);
    arena_free(&iso->space.arena, p, sizeof *p);
}

Status process_save_args(Process *p, const Term *x, unsigned n)
{
    if (n > p->cap_args) {
        Term *args = arena_alloc(&p->iso->space.arena, n * sizeof(Term));
        if (args == NULL) return ST_NOMEM;
        free_args(p);
        p->args = args;
        p->cap_args = (uint16_t)n;
    }
    memcpy(p->args, x, n * sizeof(Term));
    p->num_args = (uint16_t)n;
    return ST_OK;
}

void process_roots(Process *p, Roots *out)
{
    RootSpan *span = p->iso->root_spans;
    *span++ = (RootSpan){p->args, p->num_args};
    *span++ = (RootSpan){p->trap_args, p->trap_arity};
    *span++ = (RootSpan){&p->exc.value, 1};
    *span++ = (RootSpan){&p->exc.trace, 1};
    *span++ = (RootSpan){&p->exc.args, 1};
    *span++ = (RootSpan){&p->exc.info, 1};
    *span++ = (RootSpan){&p->exit_reason, 1};
    *span++ = (RootSpan){p->dict.pairs, (size_t)p->dict.count * 2};
    for (MailSegment *s = p->mailbox.first; s != NULL; s = s->next)
        *span++ = (RootSpan){s->bodies, s->count};
    const MailOuter *outer = p->mailbox.outer;
    if (outer != NULL) *span++ = (RootSpan){outer->pairs, 2 * outer->count};
    *out = (Roots){p->iso->root_spans, (size_t)(span - p->iso->root_spans)};
}

Status process_collect(Process *p, bool full)
{
    Roots roots;
    process_roots(p, &roots);
    size_t before = heap_words_used(&p->heap);
    TRY(heap_collect(&p->heap, 0, full, &roots));
    process_note_collection(p, before);
    (void)process_obeys_max_heap(p);
    return ST_OK;
}

void process_note_collection(Process *p, size_t before)
{
    size_t after = heap_words_used(&p->heap);
    p->iso->gc_count++;
    if (after < before) p->iso->gc_words += before - after;
}

bool process_obeys_max_heap(Process *p)
{
    if (UNLIKELY(!limit_fits(&p->iso->limits, LIMIT_HEAP, p->heap.peak_words))) {
        proc_kill(p->iso, p, AM_killed);
        return false;
    }
    if (LIKELY(!p->heap.over_max)) return true;
    p->heap.over_max = false;
    if ((p->max_heap_flags & MAX_HEAP_LOG) != 0) {
        isolate_tell(p->iso, "limit", "max_heap_size");
        if (p->iso->max_heap_reached != NULL) p->iso->max_heap_reached(p->iso, p);
    }
    if ((p->max_heap_flags & MAX_HEAP_KILL) == 0) return true;
    proc_kill(p->iso, p, AM_killed);
    return false;
}

void process_compact(Process *p)
{
    Roots roots;
    process_roots(p, &roots);
    (void)!heap_compact(&p->heap, &roots);  // a refusal leaves a larger heap
}
