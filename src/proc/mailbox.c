// SPDX-License-Identifier: Apache-2.0
// proc/mailbox.c - messages that wait.
#include "proc/mailbox.h"

#include "base/fiber.h"
#include "proc/isolate.h"
#include "proc/link.h"
#include "proc/signal.h"

#define FIRST_CAPACITY 4
#define LAST_CAPACITY  64
#define MARKERS        8

// A few receives may be nested (a call that makes calls while it waits); beyond
// MARKERS the oldest marker is forgotten, which only costs time.
typedef struct RecvMarkers {
    uint32_t next;  // the one to forget
    struct {
        uint64_t ref;  // 0: free
        uint64_t arrived;
    } of[MARKERS];
} RecvMarkers;

static size_t segment_bytes(uint32_t capacity)
{
    return sizeof(MailSegment) + capacity * sizeof(Term);
}

// Makes process_roots able to name every segment of a mailbox of this size.
static Status reserve_spans(Isolate *iso, uint32_t segments)
{
    size_t need = (size_t)segments + ROOTS_FIXED + ROOTS_SPARE;
    if (need <= iso->root_spans_size) return ST_OK;
    size_t size = iso->root_spans_size * 2 > need ? iso->root_spans_size * 2 : need;
    RootSpan *spans =
        arena_realloc(&iso->space.arena, iso->root_spans, iso->root_spans_size * sizeof(RootSpan),
                      size * sizeof(RootSpan));
    if (spans == NULL) return ST_NOMEM;
    iso->root_spans = spans;
    iso->root_spans_size = size;
    return ST_OK;
}

static Status add_segment(Process *p)
{
    Mailbox *m = &p->mailbox;
    TRY(reserve_spans(p->iso, m->segments + 1));
    uint32_t capacity = FIRST_CAPACITY;
    if (m->last != NULL && m->last->capacity < LAST_CAPACITY) capacity = m->last->capacity * 2;
    else if (m->last != NULL) capacity = LAST_CAPACITY;
    MailSegment *s = arena_alloc(&p->iso->space.arena, segment_bytes(capacity));
    if (s == NULL) return ST_NOMEM;
    *s = (MailSegment){.prev = m->last, .capacity = capacity};
    *(m->last != NULL ? &m->last->next : &m->first) = s;
    m->last = s;
    m->segments++;
    return ST_OK;
}

static void drop_segment(Process *p, MailSegment *s)
{
    Mailbox *m = &p->mailbox;
    *(s->prev != NULL ? &s->prev->next : &m->first) = s->next;
    *(s->next != NULL ? &s->next->prev : &m->last) = s->prev;
    m->segments--;
    arena_free(&p->iso->space.arena, s, segment_bytes(s->capacity));
}

// Moves the messages of b to the end of its predecessor a when they fit easily,
// so that removals here and there do not leave long rows of nearly empty segments.
static void merge(Process *p, MailSegment *a, MailSegment *b)
{
    if (a == NULL || b == NULL || a->count + b->count > a->capacity * 3 / 4) return;
    memcpy(a->bodies + a->count, b->bodies, b->count * sizeof(Term));
    a->count += b->count;
    drop_segment(p, b);
}

static Status append(Process *p, Term body)
{
    Mailbox *m = &p->mailbox;
    if (m->last == NULL || m->last->count == m->last->capacity) TRY(add_segment(p));
    m->last->bodies[m->last->count++] = body;
    m->count++;
    m->arrived++;
    return ST_OK;
}

Status mailbox_append(Process *p, Term body)
{
    return UNLIKELY(p->mailbox.outer != NULL) ? mailbox_append_outside(p, body, 0)
                                              : append(p, body);
}

// ---- outside -------------------------------------------------------------------------
static size_t outer_bytes(size_t capacity) { return 2 * capacity * sizeof(Term); }

static void free_outer(Process *p)
{
    Arena *a = &p->iso->space.arena;
    MailOuter *o = p->mailbox.outer;
    if (o == NULL) return;
    p->mailbox.outer = NULL;
    arena_free(a, o->pairs, outer_bytes(o->capacity));
    arena_free(a, o, sizeof *o);
}

Status mailbox_append_outside(Process *p, Term body, uint64_t alias)
{
    Arena *a = &p->iso->space.arena;
    MailOuter *o = p->mailbox.outer;
    if (o == NULL) {
        o = arena_calloc(a, 1, sizeof *o);
        if (o == NULL) return ST_NOMEM;
        p->mailbox.outer = o;
    }
    if (o->count == o->capacity) {
        size_t capacity = o->capacity == 0 ? FIRST_CAPACITY : o->capacity * 2;
        Term *pairs = arena_realloc(a, o->pairs, outer_bytes(o->capacity), outer_bytes(capacity));
        if (pairs == NULL) {
            if (o->count == 0) free_outer(p);
            return ST_NOMEM;
        }
        o->pairs = pairs;
        o->capacity = capacity;
    }
    o->pairs[2 * o->count] = body;
    o->pairs[2 * o->count + 1] = make_small((int64_t)alias);
    o->count++;
    return ST_OK;
}

// Is the alias active still? A reply uses it up.
static bool let_through(Isolate *iso, uint64_t alias)
{
    if (alias == 0) return true;
    Monitor *m = monitor_find(iso, alias);
    if (m == NULL || m->alias == ALIAS_NONE) return false;
    if (m->alias == ALIAS_REPLY) monitor_remove(iso, m);
    return true;
}

void mailbox_fetch_slow(Process *p)
{
    const MailOuter *o = p->mailbox.outer;
    for (size_t i = 0; i < o->count; i++) {
        if (!let_through(p->iso, (uint64_t)small_value(o->pairs[2 * i + 1]))) continue;
        if (append(p, o->pairs[2 * i]) == ST_OK) continue;
        proc_kill(p->iso, p, AM_killed);
        break;
    }
    free_outer(p);
}

void mailbox_remove_at(Process *p, MailSegment *s, uint32_t index)
{
    Mailbox *m = &p->mailbox;
    ASSERT(index < s->count);
    s->count--;
    memmove(s->bodies + index, s->bodies + index + 1, (s->count - index) * sizeof(Term));
    m->count--;
    mailbox_rewind(p);
    if (s->count == 0) {
        drop_segment(p, s);  // M1
        return;
    }
    merge(p, s, s->next);
    merge(p, s->prev, s);
}

void mailbox_remove(Process *p)
{
    if (mailbox_peek(p) != TERM_NONE) mailbox_remove_at(p, p->mailbox.save, p->mailbox.save_index);
}

void mailbox_clear(Process *p)
{
    Mailbox *m = &p->mailbox;
    Pace work = PACE_START;
    for (; m->first != NULL; (void)pace(&work, 32)) drop_segment(p, m->first);
    if (m->markers != NULL) arena_free(&p->iso->space.arena, m->markers, sizeof(RecvMarkers));
    free_outer(p);
    *m = (Mailbox){0};
}

Term recv_marker_reserve(Process *p)
{
    return make_small((int64_t)(p->mailbox.arrived & SMALL_MAX));
}

void recv_marker_bind(Process *p, Term marker, Term ref)
{
    uint64_t number = ref_number(ref);
    if (number == 0 || !is_small(marker)) return;
    RecvMarkers *r = p->mailbox.markers;
    if (r == NULL) {
        r = arena_calloc(&p->iso->space.arena, 1, sizeof(RecvMarkers));
        if (r == NULL) return;
        p->mailbox.markers = r;
    }
    unsigned at = 0;
    while (at < MARKERS && r->of[at].ref != number) at++;
    if (at == MARKERS) {
        at = 0;
        while (at < MARKERS && r->of[at].ref != 0) at++;
    }
    if (at == MARKERS) at = r->next++ % MARKERS;
    r->of[at].ref = number;
    r->of[at].arrived = (uint64_t)small_value(marker);
}

void recv_marker_clear(Process *p, Term ref)
{
    RecvMarkers *r = p->mailbox.markers;
    uint64_t number = ref_number(ref);
    if (r == NULL || number == 0) return;
    for (unsigned i = 0; i < MARKERS; i++) {
        if (r->of[i].ref == number) r->of[i].ref = 0;
    }
}

void recv_marker_use(Process *p, Term ref)
{
    Mailbox *m = &p->mailbox;
    uint64_t number = ref_number(ref);
    if (m->markers == NULL || number == 0 || m->last == NULL) return;
    unsigned at = 0;
    while (at < MARKERS && m->markers->of[at].ref != number) at++;
    if (at == MARKERS) return;
    uint64_t since = m->arrived - m->markers->of[at].arrived;  // huge for a forged marker
    if (since >= m->count) return;
    MailSegment *s = m->last;
    Pace work = PACE_START;
    while (s->count < since) {
        (void)pace(&work, 8);
        since -= s->count;
        s = s->prev;
    }
    m->save = s;
    m->save_index = s->count - (uint32_t)since;
}
