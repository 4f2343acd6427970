// SPDX-License-Identifier: Apache-2.0
// proc/link.c - links, monitors, aliases, suspensions.
#include "proc/link.h"

#include "base/fiber.h"
#include "base/hashmap.h"

uint64_t ref_number(Term t)
{
    if (!is_local_ref(t)) return 0;
    const LocalRef *r = (const LocalRef *)boxed_ptr(t);
    if (r->id2 >> 14 != 0 || (r->ids01 & 0xFFFFFFFF) >> 18 != 0) return 0;
    return r->id2 << 50 | (r->ids01 >> 32) << 18 | (r->ids01 & 0x3FFFF);
}

Term ref_at(Term *at, uint64_t number)
{
    at[0] = HEADER(BOX_REF, REF_WORDS - 1);
    at[1] = ref_ids01(number);
    at[2] = ref_id2(number);
    return make_boxed(at);
}

// ---- links ---------------------------------------------------------------------------
static Link **bucket_of(const Isolate *iso, const Process *low, const Process *high)
{
    uint64_t h = hash_u64(high->pid, hash_u64(low->pid, iso->space.hash_salt));
    return &iso->links.buckets[h & (iso->links.size - 1)];
}

static void sort_pair(const Process **a, const Process **b)
{
    if ((*a)->pid < (*b)->pid) return;
    const Process *t = *a;
    *a = *b, *b = t;
}

Link *link_find(const Isolate *iso, const Process *a, const Process *b)
{
    if (iso->links.count == 0) return NULL;
    sort_pair(&a, &b);
    Link *l = *bucket_of(iso, a, b);
    while (l != NULL && (l->end[0] != a || l->end[1] != b)) l = l->chain;
    return l;
}

static Status grow_buckets(Isolate *iso)
{
    LinkTable *t = &iso->links;
    LinkTable bigger = {.size = t->size == 0 ? 16 : t->size * 2, .count = t->count};
    bigger.buckets = arena_calloc(&iso->space.arena, bigger.size, sizeof(Link *));
    if (bigger.buckets == NULL) return ST_NOMEM;
    LinkTable old = *t;
    *t = bigger;
    Pace work = PACE_START;
    for (size_t i = 0; i < old.size; i++, (void)pace(&work, 64)) {
        for (Link *l = old.buckets[i], *next; l != NULL; l = next) {
            next = l->chain;
            Link **bucket = bucket_of(iso, l->end[0], l->end[1]);
            l->chain = *bucket;
            *bucket = l;
        }
    }
    arena_free(&iso->space.arena, old.buckets, old.size * sizeof(Link *));
    return ST_OK;
}

// Which end of l the process p is.
static unsigned end_of(const Link *l, const Process *p) { return l->end[1] == p; }

static void list_append(Link *l, unsigned e)
{
    LinkList *list = &l->end[e]->links;
    l->prev[e] = list->last;
    l->next[e] = NULL;
    if (list->last != NULL) list->last->next[end_of(list->last, l->end[e])] = l;
    else list->first = l;
    list->last = l;
    list->count++;
}

static void list_remove(Link *l, unsigned e)
{
    Process *p = l->end[e];
    Link *prev = l->prev[e], *next = l->next[e];
    if (prev != NULL) prev->next[end_of(prev, p)] = next;
    else p->links.first = next;
    if (next != NULL) next->prev[end_of(next, p)] = prev;
    else p->links.last = prev;
    p->links.count--;
}

Status link_add(Isolate *iso, Process *a, Process *b)
{
    ASSERT(a != b);
    if (link_find(iso, a, b) != NULL) return ST_OK;
    if (iso->links.count >= iso->links.size) TRY(grow_buckets(iso));
    if (!limit_take(&iso->limits, LIMIT_LINKS, 1)) return ST_LIMIT;
    Link *l = arena_calloc(&iso->space.arena, 1, sizeof *l);
    if (l == NULL) {
        limit_give(&iso->limits, LIMIT_LINKS, 1);
        return ST_NOMEM;
    }
    l->end[a->pid > b->pid] = a;
    l->end[a->pid < b->pid] = b;
    Link **bucket = bucket_of(iso, l->end[0], l->end[1]);
    l->chain = *bucket;
    *bucket = l;
    iso->links.count++;
    list_append(l, 0);
    list_append(l, 1);
    return ST_OK;
}

void link_remove(Isolate *iso, Link *l)
{
    Link **at = bucket_of(iso, l->end[0], l->end[1]);
    while (*at != l) at = &(*at)->chain;
    *at = l->chain;
    iso->links.count--;
    list_remove(l, 0);
    list_remove(l, 1);
    arena_free(&iso->space.arena, l, sizeof *l);
    limit_give(&iso->limits, LIMIT_LINKS, 1);
}

// ---- monitors and aliases ------------------------------------------------------------
static void origin_link(Monitor *m)
{
    MonitorList *list = &m->origin->monitors;
    m->prev = list->last;
    *(list->last != NULL ? &list->last->next : &list->first) = m;
    list->last = m;
    list->count++;
}

static void origin_unlink(Monitor *m)
{
    MonitorList *list = &m->origin->monitors;
    *(m->prev != NULL ? &m->prev->next : &list->first) = m->next;
    *(m->next != NULL ? &m->next->prev : &list->last) = m->prev;
    list->count--;
}

static void target_link(Monitor *m)
{
    MonitorList *list = &m->target->monitored_by;
    m->target_prev = list->last;
    *(list->last != NULL ? &list->last->target_next : &list->first) = m;
    list->last = m;
    list->count++;
}

static void target_unlink(Monitor *m)
{
    if (m->target == NULL) return;
    MonitorList *list = &m->target->monitored_by;
    *(m->target_prev != NULL ? &m->target_prev->target_next : &list->first) = m->target_next;
    *(m->target_next != NULL ? &m->target_next->target_prev : &list->last) = m->target_prev;
    m->target = NULL;
    m->target_next = m->target_prev = NULL;
    list->count--;
}

static Status no_monitor(Isolate *iso, Monitor *m)
{
    if (m != NULL) arena_free(&iso->space.arena, m, sizeof *m);
    limit_give(&iso->limits, LIMIT_LINKS, 1);
    return ST_NOMEM;
}

Status monitor_add(Isolate *iso, MonitorKind kind, Process *origin, Process *target,
                   uint64_t number, AliasMode alias, Term name, Held *tag, Monitor **out)
{
    if (!limit_take(&iso->limits, LIMIT_LINKS, 1)) return ST_LIMIT;
    Monitor *m = arena_calloc(&iso->space.arena, 1, sizeof *m);
    if (m == NULL) return no_monitor(iso, m);
    *m = (Monitor){.origin = origin,
                   .target = target,
                   .number = number,
                   .name = name,
                   .tag = tag,
                   .kind = (uint8_t)kind,
                   .alias = (uint8_t)alias};
    if (number != 0 && iso_map_put(&iso->refs, &iso->space, number, (uintptr_t)m) != ST_OK)
        return no_monitor(iso, m);
    origin_link(m);
    if (target != NULL) target_link(m);
    if (out != NULL) *out = m;
    return ST_OK;
}

Monitor *monitor_find(const Isolate *iso, uint64_t number)
{
    uint64_t m;
    if (number == 0 || !iso_map_get(&iso->refs, number, &m)) return NULL;
    return (Monitor *)(uintptr_t)m;
}

void monitor_remove(Isolate *iso, Monitor *m)
{
    if (m->number != 0) iso_map_remove(&iso->refs, m->number, NULL);
    origin_unlink(m);
    target_unlink(m);
    held_release(&iso->space, m->tag);
    arena_free(&iso->space.arena, m, sizeof *m);
    limit_give(&iso->limits, LIMIT_LINKS, 1);
}

void monitor_disarm(Isolate *iso, Monitor *m)
{
    if (m->alias != ALIAS_EXPLICIT) {
        monitor_remove(iso, m);
        return;
    }
    target_unlink(m);
    m->kind = MONITOR_ALIAS;
    m->name = TERM_NONE;
}

bool monitor_unalias(Isolate *iso, Monitor *m)
{
    if (m->alias == ALIAS_NONE) return false;
    m->alias = ALIAS_NONE;
    if (m->kind == MONITOR_ALIAS) monitor_remove(iso, m);
    return true;
}

Monitor *monitor_find_suspend(const Process *origin, const Process *target)
{
    const MonitorList *a = &origin->monitors, *b = &target->monitored_by;
    if (a->count <= b->count) {
        for (Monitor *m = a->first; m != NULL; m = m->next)
            if (m->kind == MONITOR_SUSPEND && m->target == target) return m;
    } else {
        for (Monitor *m = b->first; m != NULL; m = m->target_next)
            if (m->kind == MONITOR_SUSPEND && m->origin == origin) return m;
    }
    return NULL;
}
