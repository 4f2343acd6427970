// SPDX-License-Identifier: Apache-2.0
// proc/isolate.c - tables and clocks of one sandbox.
#include "proc/isolate.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/fiber.h"
#include "base/hashmap.h"
#include "base/os.h"
#include "code/builtin.h"
#include "proc/link.h"
#include "proc/mailbox.h"
#include "proc/timer.h"
#include "term/atom.h"

#define FIRST_SLOTS 16
#define FIRST_SPANS 64

// ---- limits and events --------------------------------------------------------------
static uint64_t memory_limit(uint64_t allowed) { return allowed != 0 ? allowed : ARENA_NO_LIMIT; }

static uint32_t atom_limit(uint64_t allowed)
{
    return allowed > UINT32_MAX ? UINT32_MAX : (uint32_t)allowed;
}

static int64_t deadline_of(const Isolate *iso, uint64_t allowed)
{
    return allowed == 0 || allowed > INT64_MAX / 2 ? INT64_MAX
                                                   : (int64_t)(iso->started_at + allowed);
}

void isolate_set_limit(Isolate *iso, LimitKind k, uint64_t allowed)
{
    limit_set(&iso->limits, k, allowed);
    switch (k) {
    case LIMIT_MEMORY: iso->space.arena.limit = memory_limit(allowed); break;
    case LIMIT_ATOMS: iso->space.atoms.limit = atom_limit(allowed); break;
    case LIMIT_DEADLINE: iso->deadline = deadline_of(iso, allowed); break;
    default: break;
    }
}

static void tell(const Isolate *iso, const char *kind, const char *detail)
{
    if (iso->host.event != NULL) iso->host.event(iso->host.host, kind, detail);
}

static void limit_refused(Limits *l, LimitKind k)
{
    tell(container_of(l, Isolate, limits), "limit", limit_text(k));
}

static void atoms_refused(AtomBook *b)
{
    limit_refuse(&container_of(b, Isolate, space.atoms)->limits, LIMIT_ATOMS);
}

void isolate_tell(Isolate *iso, const char *kind, const char *detail)
{
    if (iso->host.event != NULL && limit_take(&iso->limits, LIMIT_EVENTS, 1))
        tell(iso, kind, detail);
}

// An atom's text may be cut.
static size_t append_atom(char *at, size_t room, Term atom)
{
    AtomText t = atom_text(atom);
    size_t n = t.len < room ? t.len : room;
    memcpy(at, t.bytes, n);
    return n;
}

void isolate_deny(Isolate *iso, Cap cap)
{
    char detail[192];
    const Bif *b = iso->current == NULL ? NULL : iso->current->current_bif;
    size_t n = (size_t)snprintf(detail, sizeof detail, "%s", cap_text(cap));
    if (b != NULL) {
        n += (size_t)snprintf(detail + n, 3, ": ");
        n += append_atom(detail + n, 64, b->module);
        n += (size_t)snprintf(detail + n, 2, ":");
        n += append_atom(detail + n, 64, b->function);
        (void)snprintf(detail + n, sizeof detail - n, "/%u", b->arity);
    }
    isolate_tell(iso, "refused", detail);
}

// ---- life ------------------------------------------------------------------------
Status isolate_init(Isolate *iso, const Limits *limits, CapSet caps)
{
    *iso = (Isolate){.limits = *limits, .caps = caps, .verdict = VERDICT_RUNNING};
    iso->limits.refused = limit_refused;
    space_init(&iso->space, memory_limit(limits->of[LIMIT_MEMORY].allowed),
               atom_limit(limits->of[LIMIT_ATOMS].allowed), NULL);
    iso->space.atoms.refused = atoms_refused;
    TRY(os_random(&iso->space.hash_salt, sizeof iso->space.hash_salt));
    iso->trace_depth = 8;
    iso->system_logger = AM_logger;
    iso->defaults = (ProcDefaults){.min_heap = HEAP_DEFAULT_WORDS,
                                   .max_heap_flags = MAX_HEAP_KILL | MAX_HEAP_LOG,
                                   .fullsweep_after = HEAP_FULLSWEEP_AFTER,
                                   .min_bin_vheap = heap_block_size(32 * 1024)};
    iso->started_at = (uint64_t)clock_monotonic_ns();
    iso->started_system = clock_system_ns();
    iso->deadline = deadline_of(iso, limits->of[LIMIT_DEADLINE].allowed);

    iso->procs.slots = arena_calloc(&iso->space.arena, FIRST_SLOTS, sizeof(Process *));
    iso->root_spans = arena_calloc(&iso->space.arena, FIRST_SPANS, sizeof(RootSpan));
    if (iso->procs.slots == NULL || iso->root_spans == NULL || timers_init(iso) != ST_OK) {
        space_clear(&iso->space);
        return ST_NOMEM;
    }
    iso->procs.capacity = FIRST_SLOTS;
    iso->root_spans_size = FIRST_SPANS;
    return ST_OK;
}

// Lets go of what p's terms refer to outside of the arena.
static void release_outside(Isolate *iso, Process *p)
{
    for (Monitor *m = p->monitors.first; m != NULL; m = m->next) held_release(&iso->space, m->tag);
    held_release(&iso->space, p->exit_held);
    off_release_all(&iso->space, p->heap.off);
    off_release_all(&iso->space, p->heap.old_off);
}

void isolate_clear(Isolate *iso)
{
    uint64_t i = 0;
    Pace work = PACE_START;
    for (Process *p; (p = proc_next(iso, &i)) != NULL; (void)pace(&work, 64))
        release_outside(iso, p);
    for (Process *p = iso->exit_first; p != NULL; p = p->run_next, (void)pace(&work, 64))
        release_outside(iso, p);
    timers_clear(iso);
    space_clear(&iso->space);
    iso->procs = (ProcTable){0};
    iso->run = (RunQueue){0};
    iso->names = iso->refs = iso->env = (IsoMap){0};
    iso->links = (LinkTable){0};
    iso->current = iso->exit_first = iso->exit_last = NULL;
    iso->root_spans = NULL;
    iso->root_spans_size = 0;
}

// ---- processes by pid --------------------------------------------------------------
Process *proc_lookup(const Isolate *iso, Term pid)
{
    if (!is_local_pid(pid)) return NULL;
    Process *p = iso->procs.slots[pid_id(pid) & (iso->procs.capacity - 1)];
    return p != NULL && p->pid == pid ? p : NULL;
}

// Slots are in the order of pids but for the place where numbers wrap around the
// table: the walk starts behind the newest pid.
Process *proc_next(const Isolate *iso, uint64_t *iterator)
{
    const ProcTable *t = &iso->procs;
    while (*iterator < t->capacity) {
        Process *p = t->slots[(t->next_id + (*iterator)++) & (t->capacity - 1)];
        if (p != NULL) return p;
    }
    return NULL;
}

// ---- IsoMap --------------------------------------------------------------------------
enum { KEY_EMPTY = 0, KEY_DELETED = 1 };

static size_t slot_of(const IsoMap *m, uint64_t key)
{
    return (size_t)hash_u64(key, (uintptr_t)m->keys) & (m->capacity - 1);
}

bool iso_map_get(const IsoMap *m, uint64_t key, uint64_t *value)
{
    if (m->count == 0 || key <= KEY_DELETED) return false;
    for (size_t i = slot_of(m, key); m->keys[i] != KEY_EMPTY; i = (i + 1) & (m->capacity - 1)) {
        if (m->keys[i] != key) continue;
        if (value != NULL) *value = m->values[i];
        return true;
    }
    return false;
}

static void insert_new(IsoMap *m, uint64_t key, uint64_t value)
{
    size_t i = slot_of(m, key);
    while (m->keys[i] > KEY_DELETED) i = (i + 1) & (m->capacity - 1);
    if (m->keys[i] == KEY_EMPTY) m->used++;
    m->keys[i] = key;
    m->values[i] = value;
    m->count++;
}

static Status resize(IsoMap *m, Space *s, size_t capacity)
{
    IsoMap bigger = {.capacity = capacity};
    bigger.keys = arena_calloc(&s->arena, capacity, 2 * sizeof(uint64_t));
    if (bigger.keys == NULL) return ST_NOMEM;
    bigger.values = bigger.keys + capacity;
    Pace work = PACE_START;
    for (size_t i = 0; i < m->capacity; i++, (void)pace(&work, 64)) {
        if (m->keys[i] > KEY_DELETED) insert_new(&bigger, m->keys[i], m->values[i]);
    }
    iso_map_clear(m, s);
    *m = bigger;
    return ST_OK;
}

Status iso_map_put(IsoMap *m, Space *s, uint64_t key, uint64_t value)
{
    ASSERT(key > KEY_DELETED);
    if (m->count > 0) {
        for (size_t i = slot_of(m, key); m->keys[i] != KEY_EMPTY; i = (i + 1) & (m->capacity - 1)) {
            if (m->keys[i] == key) {
                m->values[i] = value;
                return ST_OK;
            }
        }
    }
    // A quarter of the slots stays empty, so that every probe ends.
    if ((m->used + 1) * 4 > m->capacity * 3) {
        size_t capacity = 8;
        while (capacity < (m->count + 1) * 2) capacity *= 2;
        TRY(resize(m, s, capacity));
    }
    insert_new(m, key, value);
    return ST_OK;
}

bool iso_map_remove(IsoMap *m, uint64_t key, uint64_t *value)
{
    if (m->count == 0 || key <= KEY_DELETED) return false;
    for (size_t i = slot_of(m, key); m->keys[i] != KEY_EMPTY; i = (i + 1) & (m->capacity - 1)) {
        if (m->keys[i] != key) continue;
        if (value != NULL) *value = m->values[i];
        m->count--;
        bool last_of_run = m->keys[(i + 1) & (m->capacity - 1)] == KEY_EMPTY;
        m->keys[i] = last_of_run ? KEY_EMPTY : KEY_DELETED;
        if (last_of_run) m->used--;
        return true;
    }
    return false;
}

void iso_map_clear(IsoMap *m, Space *s)
{
    if (m->keys != NULL) arena_free(&s->arena, m->keys, m->capacity * 2 * sizeof(uint64_t));
    *m = (IsoMap){0};
}

bool iso_map_next(const IsoMap *m, size_t *iterator, uint64_t *key, uint64_t *value)
{
    while (*iterator < m->capacity) {
        size_t i = (*iterator)++;
        if (m->keys[i] <= KEY_DELETED) continue;
        *key = m->keys[i];
        *value = m->values[i];
        return true;
    }
    return false;
}

// ---- clocks ----------------------------------------------------------------------------
static uint64_t coarse(const Isolate *iso, uint64_t ns)
{
    return iso->clock_resolution > 1 ? ns - ns % iso->clock_resolution : ns;
}

uint64_t isolate_monotonic_ns(const Isolate *iso)
{
    if (iso->clock_frozen) return 0;
    uint64_t now = (uint64_t)clock_monotonic_ns();
    uint64_t ns = now > iso->started_at ? now - iso->started_at : 0;
    return coarse(iso, ns);
}

int64_t isolate_erl_monotonic_ns(const Isolate *iso)
{
    return ERL_MONOTONIC_START + (int64_t)isolate_monotonic_ns(iso);
}

// Time never warps: the offset is what it was at the start (OTP's no_time_warp).
static int64_t system_start(const Isolate *iso)
{
    if (!cap_allowed(iso->caps, CAP_CLOCK)) return 0;
    int64_t r = iso->clock_resolution > 1 ? (int64_t)iso->clock_resolution : 1;
    return iso->started_system - iso->started_system % r;
}

int64_t isolate_system_ns(const Isolate *iso)
{
    return system_start(iso) + (int64_t)isolate_monotonic_ns(iso);
}

int64_t isolate_time_offset_ns(const Isolate *iso)
{
    return system_start(iso) - ERL_MONOTONIC_START;
}

int64_t isolate_shown_ns(const Isolate *iso, int64_t system_ns)
{
    uint64_t ns = system_ns > iso->started_system ? (uint64_t)(system_ns - iso->started_system) : 0;
    return system_start(iso) + (int64_t)(iso->clock_frozen ? 0 : coarse(iso, ns));
}

uint64_t isolate_cpu_ns(const Isolate *iso)
{
    return iso->clock_frozen ? 0 : coarse(iso, iso->cpu_ns);
}
