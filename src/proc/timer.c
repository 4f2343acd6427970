// SPDX-License-Identifier: Apache-2.0
// proc/timer.c - receive timeouts, send_after and start_timer.
#include "proc/timer.h"

#include "base/clock.h"
#include "base/fiber.h"
#include "base/hashmap.h"
#include "heap/copy.h"
#include "proc/link.h"
#include "proc/name.h"
#include "proc/signal.h"

#define ARITY 4

typedef struct Timers {
    TimerNode **heap;  // heap[0] is due first
    size_t count, capacity;
    HashMap by_number;  // reference number -> TimerNode *
    uint64_t order;
    size_t started;     // timers of send_after and start_timer
} Timers;

Status timers_init(Isolate *iso)
{
    Timers *t = arena_calloc(&iso->space.arena, 1, sizeof *t);
    if (t == NULL) return ST_NOMEM;
    hashmap_init(&t->by_number, &iso->space.arena, iso->space.hash_salt);
    iso->timers = t;
    return ST_OK;
}

void timers_clear(Isolate *iso)
{
    Timers *t = iso->timers;
    if (t == NULL) return;
    Pace work = PACE_START;
    for (size_t i = 0; i < t->count; i++, (void)pace(&work, 32))
        held_release(&iso->space, t->heap[i]->message);
    iso->timers = NULL;  // the rest is the arena's
}

// ---- the heap ------------------------------------------------------------------------
static bool is_before(const TimerNode *a, const TimerNode *b)
{
    return a->due != b->due ? a->due < b->due : a->order < b->order;
}

static void put_at(Timers *t, size_t place, TimerNode *n)
{
    t->heap[place] = n;
    n->place = place;
}

static void sift_up(Timers *t, size_t place, TimerNode *n)
{
    while (place > 0) {
        size_t parent = (place - 1) / ARITY;
        if (!is_before(n, t->heap[parent])) break;
        put_at(t, place, t->heap[parent]);
        place = parent;
    }
    put_at(t, place, n);
}

static void sift_down(Timers *t, size_t place, TimerNode *n)
{
    for (;;) {
        size_t child = place * ARITY + 1, end = child + ARITY < t->count ? child + ARITY : t->count;
        if (child >= t->count) break;
        size_t least = child;
        while (++child < end) {
            if (is_before(t->heap[child], t->heap[least])) least = child;
        }
        if (!is_before(t->heap[least], n)) break;
        put_at(t, place, t->heap[least]);
        place = least;
    }
    put_at(t, place, n);
}

static Status heap_add(Isolate *iso, TimerNode *n)
{
    Timers *t = iso->timers;
    if (t->count == t->capacity) {
        size_t capacity = t->capacity == 0 ? 16 : t->capacity * 2;
        TimerNode **heap = arena_realloc(&iso->space.arena, t->heap, t->capacity * sizeof *heap,
                                         capacity * sizeof *heap);
        if (heap == NULL) return ST_NOMEM;
        t->heap = heap;
        t->capacity = capacity;
    }
    n->order = t->order++;
    sift_up(t, t->count++, n);
    return ST_OK;
}

static void heap_remove(Timers *t, TimerNode *n)
{
    if (n->place == TIMER_IDLE) return;
    size_t place = n->place;
    n->place = TIMER_IDLE;
    TimerNode *last = t->heap[--t->count];
    if (last == n) return;
    if (is_before(last, n)) sift_up(t, place, last);
    else sift_down(t, place, last);
}

// ---- receive ... after ------------------------------------------------------------------
Status timer_set_receive(Process *p, uint64_t ms)
{
    TimerNode *n = p->receive_timer;
    if (n == NULL) {
        n = arena_calloc(&p->iso->space.arena, 1, sizeof *n);
        if (n == NULL) return ST_NOMEM;
        *n = (TimerNode){.place = TIMER_IDLE, .process = p, .kind = TIMER_RECEIVE};
        p->receive_timer = n;
    }
    heap_remove(p->iso->timers, n);
    n->due = timer_due_in(p->iso, ms);
    TRY(heap_add(p->iso, n));
    p->in_receive_timeout = true;
    p->timed_out = false;
    return ST_OK;
}

void timer_cancel_receive(Process *p)
{
    if (p->in_receive_timeout) heap_remove(p->iso->timers, p->receive_timer);
    p->in_receive_timeout = p->timed_out = false;
}

void timer_free_receive(Process *p)
{
    if (p->receive_timer == NULL) return;
    timer_cancel_receive(p);
    arena_free(&p->iso->space.arena, p->receive_timer, sizeof(TimerNode));
    p->receive_timer = NULL;
}

// ---- send_after, start_timer ---------------------------------------------------------------
static int64_t round_up_ms(int64_t ns) { return ns <= 0 ? 0 : (ns + NS_PER_MS - 1) / NS_PER_MS; }

// Until a time of the host's clock.
static int64_t wait_ms(int64_t due) { return round_up_ms(due - clock_monotonic_ns()); }

static void free_node(Isolate *iso, TimerNode *n)
{
    Timers *t = iso->timers;
    heap_remove(t, n);
    hashmap_remove(&t->by_number, n->number, NULL);
    if (n->process != NULL) {
        *(n->prev != NULL ? &n->prev->next : &n->process->timers) = n->next;
        if (n->next != NULL) n->next->prev = n->prev;
    }
    held_release(&iso->space, n->message);
    limit_give(&iso->limits, LIMIT_TIMERS, 1);
    t->started--;
    arena_free(&iso->space.arena, n, sizeof *n);
}

static Status discard(Isolate *iso, TimerNode *n, Status st)
{
    if (n != NULL) {
        held_release(&iso->space, n->message);
        arena_free(&iso->space.arena, n, sizeof *n);
    }
    limit_give(&iso->limits, LIMIT_TIMERS, 1);
    return st;
}

Status timer_start(Isolate *iso, TimerKind kind, int64_t due, Process *to, Term name, Term message,
                   uint64_t number)
{
    if (!limit_take(&iso->limits, LIMIT_TIMERS, 1)) return ST_LIMIT;
    TimerNode *n = arena_calloc(&iso->space.arena, 1, sizeof *n);
    if (n == NULL) return discard(iso, n, ST_NOMEM);
    *n = (TimerNode){.due = due,
                     .place = TIMER_IDLE,
                     .number = number,
                     .process = to,
                     .name = name,
                     .kind = kind};
    n->message = held_new(&iso->space, message);
    if (n->message == NULL || hashmap_put_ptr(&iso->timers->by_number, number, n) != ST_OK)
        return discard(iso, n, ST_NOMEM);
    if (heap_add(iso, n) != ST_OK) {
        hashmap_remove(&iso->timers->by_number, number, NULL);
        return discard(iso, n, ST_NOMEM);
    }
    if (!isolate_clock_is_real(iso))
        n->shown_due = (int64_t)isolate_monotonic_ns(iso) + wait_ms(due) * NS_PER_MS;
    iso->timers->started++;
    if (to != NULL) {
        n->next = to->timers;
        if (n->next != NULL) n->next->prev = n;
        to->timers = n;
    }
    return ST_OK;
}

TimerNode *timer_find(const Isolate *iso, uint64_t number)
{
    return number == 0 ? NULL : hashmap_get_ptr(&iso->timers->by_number, number);
}

void timer_cancel(Isolate *iso, TimerNode *t) { free_node(iso, t); }

size_t timer_count(const Isolate *iso) { return iso->timers->started; }

// ---- firing ---------------------------------------------------------------------------------
int64_t timer_next_due(const Isolate *iso)
{
    return iso->timers->count == 0 ? INT64_MAX : iso->timers->heap[0]->due;
}

// {timeout, Ref, Message} on the heap of `to`; TERM_NONE: refused.
static Term timeout_message(Process *to, const TimerNode *n)
{
    Term message = copy_term(&to->heap, n->message->value);
    if (message == TERM_NONE || n->kind == TIMER_SEND) return message;
    Term *hp = heap_alloc(&to->heap, REF_WORDS + 4);
    if (hp == NULL) return TERM_NONE;
    Term ref = ref_at(hp, n->number);
    hp += REF_WORDS;
    return tuple3_at(&hp, AM_timeout, ref, message);
}

static void fire(Isolate *iso, TimerNode *n)
{
    if (n->kind == TIMER_RECEIVE) {
        heap_remove(iso->timers, n);
        n->process->timed_out = true;
        proc_wake(iso, n->process);
        return;
    }
    Process *to = n->process != NULL ? n->process : name_whereis(iso, n->name);
    if (to != NULL) proc_deliver_system(iso, to, timeout_message(to, n));
    free_node(iso, n);
}

bool timer_fire(Isolate *iso, int64_t now, size_t max)
{
    const Timers *t = iso->timers;
    while (t->count > 0 && t->heap[0]->due <= now) {
        if (max-- == 0) return false;
        fire(iso, t->heap[0]);
    }
    return true;
}

// ---- clocks -----------------------------------------------------------------------------------
static int64_t add_ms(int64_t ns, int64_t ms)
{
    int64_t span, due;
    if (mul_overflows(ms, NS_PER_MS, &span) || add_overflows(ns, span, &due))
        return ms < 0 ? INT64_MIN : INT64_MAX - 1;
    return due;
}

int64_t timer_due_in(const Isolate *iso, uint64_t ms)
{
    (void)iso;
    return add_ms(clock_monotonic_ns(), ms > INT64_MAX ? INT64_MAX : (int64_t)ms);
}

// Milliseconds of Erlang's monotonic time at the start of the sandbox. Timers
// count whole milliseconds from there.
static int64_t start_ms(void) { return ERL_MONOTONIC_START / NS_PER_MS; }

int64_t timer_due_at(const Isolate *iso, int64_t erl_ms)
{
    int64_t ms;
    if (sub_overflows(erl_ms, start_ms(), &ms)) return INT64_MAX - 1;
    if (isolate_clock_is_real(iso)) return add_ms((int64_t)iso->started_at, ms);
    // Whether a time has come is told by the clock that is shown: timers that fire at once for times
    // of the host's clock alone would be a way to read it.
    int64_t shown_ms = (int64_t)(isolate_monotonic_ns(iso) / NS_PER_MS);
    return add_ms(clock_monotonic_ns(), ms - shown_ms);
}

int64_t timer_left_ms(const Isolate *iso, const TimerNode *t)
{
    if (isolate_clock_is_real(iso)) return wait_ms(t->due);
    return round_up_ms(t->shown_due - (int64_t)isolate_monotonic_ns(iso));
}
