// SPDX-License-Identifier: Apache-2.0
// bif/services.c - system processes that start when somebody asks for them.
//
// A node starts its application controller, its logger and many others before any
// program runs. A sandbox starts each of them when its name or its table is first
// asked for, and at most once.
#include "bif/services.h"

#include "bif/bif.h"
#include "bif/process_info.h"
#include "proc/signal.h"
#include "term/atom.h"

enum {
#define SERVICE(name)       SERVICE_##name,
#define APPLICATION(name)   SERVICE(name)
#define PART(name, service) SERVICE(name)
#define TABLE(name, service)
#include "bif/services.def"
#undef SERVICE
#undef APPLICATION
#undef PART
#undef TABLE
    SERVICE_COUNT
};

// So many reports may be under way: where there are more, OTP's logger drops them too.
enum { REPORTS_MAX = 200 };

typedef struct Services {
    Term pid[SERVICE_COUNT];   // 0: not started
    bool ready[SERVICE_COUNT];
    Term *reporters;  // NULL: none yet; a ring of REPORTS_MAX, 0: free
    unsigned next_reporter;
} Services;

static const struct Service {
    Term name;
    bool by_controller;
    int by;  // the service that starts the process, or -1
} service_table[SERVICE_COUNT] = {
#define SERVICE(name)       [SERVICE_##name] = {AM_##name, false, -1},
#define APPLICATION(name)   [SERVICE_##name] = {AM_##name, true, -1},
#define PART(name, service) [SERVICE_##name] = {AM_##name, false, SERVICE_##service},
#define TABLE(name, service)
#include "bif/services.def"
#undef SERVICE
#undef APPLICATION
#undef PART
#undef TABLE
};

static const struct TableService {
    Term table;
    unsigned service;
} service_tables[] = {
#define SERVICE(name)
#define APPLICATION(name)
#define PART(name, service)
#define TABLE(name, service) {AM_##name, SERVICE_##service},
#include "bif/services.def"
#undef SERVICE
#undef APPLICATION
#undef PART
#undef TABLE
};

static Services *services_of(const Isolate *iso) { return iso->tables[ISO_SERVICES]; }

static Process *spawn_system(Isolate *iso, Term function, Term args)
{
    SpawnOpts o;
    spawn_opts_init(&o, iso);
    o.is_system = true;
    o.group_leader = iso->user;
    Process *p;
    return proc_spawn(iso, NULL, AM_apex_services, function, args, &o, &p, NULL) == ST_OK ? p
                                                                                          : NULL;
}

enum { ANCESTORS = 32 };

// Is p the process `ancestor`, or spawned by it or by what it has spawned?
static bool descends_from(const Isolate *iso, const Process *p, Term ancestor)
{
    for (unsigned i = 0; p != NULL && i < ANCESTORS; i++) {
        if (p->pid == ancestor) return true;
        p = proc_lookup(iso, p->parent);
    }
    return false;
}

// Is p a service, or spawned by one?
static bool is_of_system(const Isolate *iso, const Process *p)
{
    const Services *s = services_of(iso);
    for (unsigned i = 0; i < SERVICE_COUNT; i++) {
        if (s->pid[i] != 0 && descends_from(iso, p, s->pid[i])) return true;
    }
    return false;
}

static void set_ready(Isolate *iso, unsigned service)
{
    Services *s = services_of(iso);
    if (s->pid[service] == 0 || s->ready[service]) return;
    s->ready[service] = true;
    iso->starting--;
}

// The process of a service. NULL: it has ended, or there was no room for it.
static Process *start_service(Isolate *iso, unsigned service)
{
    Services *s = services_of(iso);
    Process *p = s->pid[service] == 0 ? NULL : proc_lookup(iso, s->pid[service]);
    if (s->pid[service] != 0) {
        if (p == NULL) set_ready(iso, service);
        return p;
    }
    Term cell[2] = {service_table[service].name, TERM_NIL};
    p = spawn_system(iso, AM_start, make_cons(cell));
    if (p == NULL) return NULL;
    s->pid[service] = p->pid;
    iso->starting++;
    // Elixir's Logger is to be there before the program logs anything.
    if (service == SERVICE_logger) (void)start_service(iso, SERVICE_Elixir_Logger);
    return p;
}

static Process *find_service(Isolate *iso, Term name, Process *registered)
{
    Services *s = services_of(iso);
    for (unsigned i = 0; i < SERVICE_COUNT; i++) {
        if (service_table[i].name != name ||
            (registered != NULL && (s->pid[i] == 0 || s->ready[i])))
            continue;
        Process *p = start_service(iso, i);
        // Whoever starts the process looks whether its name is free, and then uses it.
        int by = service_table[i].by;
        bool inside = p == NULL || descends_from(iso, iso->current, p->pid) ||
                      (service_table[i].by_controller && is_of_system(iso, iso->current)) ||
                      (by >= 0 && s->pid[by] != 0 && descends_from(iso, iso->current, s->pid[by]));
        return inside ? registered : p;
    }
    return registered;
}

// The table of logger is there for the system, which starts Elixir's Logger with its help; the
// program waits until that has taken over.
static bool must_wait_for_elixir(Isolate *iso, const Process *p, Term name)
{
    const Services *s = services_of(iso);
    if (name != AM_logger || !s->ready[SERVICE_logger] || s->ready[SERVICE_Elixir_Logger] ||
        s->pid[SERVICE_Elixir_Logger] == 0)
        return false;
    // One that has ended without a word has become ready by being asked for.
    return start_service(iso, SERVICE_Elixir_Logger) != NULL && !is_of_system(iso, p);
}

static bool find_table_service(Isolate *iso, const Process *p, Term name, Term owner)
{
    Services *s = services_of(iso);
    for (size_t i = 0; i < ARRAY_LEN(service_tables); i++) {
        unsigned service = service_tables[i].service;
        if (service_tables[i].table != name || s->ready[service]) continue;
        const Process *maker = owner == TERM_NONE ? NULL : proc_lookup(iso, owner);
        if (owner != TERM_NONE &&
            (s->pid[service] == 0 || !descends_from(iso, maker, s->pid[service]))) {
            // A table that a program has made is nothing to wait for. One that another service
            // has made, the application controller as a rule, may not be filled yet.
            if (!is_of_system(iso, maker) || is_of_system(iso, p)) return false;
        }
        const Process *starter = start_service(iso, service);
        return starter != NULL && !descends_from(iso, p, starter->pid);
    }
    return must_wait_for_elixir(iso, p, name);
}

// What the caller has been started for is ready.
Term bif_apex_host_service_ready_0(Process *p, Term *args)
{
    Services *s = services_of(p->iso);
    for (unsigned i = 0; i < SERVICE_COUNT; i++) {
        if (s->pid[i] == p->pid) set_ready(p->iso, i);
    }
    return AM_true;
}

// ---- reports that the emulator itself makes ------------------------------------------------
// Where the next process that reports is to be kept; NULL: as many as may be are under way, or
// there is no memory.
static Term *reporter_slot(Isolate *iso)
{
    Services *s = services_of(iso);
    if (s->reporters == NULL)
        s->reporters = arena_calloc(&iso->space.arena, REPORTS_MAX, sizeof(Term));
    if (s->reporters == NULL) return NULL;
    Term *slot = &s->reporters[s->next_reporter];
    if (*slot != 0 && proc_lookup(iso, *slot) != NULL) return NULL;
    s->next_reporter = (s->next_reporter + 1) % REPORTS_MAX;
    return slot;
}

// What `kind` reports of p with these arguments goes to logger.
static void report(Isolate *iso, const Process *p, Term kind, Term args)
{
    if (is_local_pid(iso->system_logger) && proc_lookup(iso, iso->system_logger) == NULL)
        iso->system_logger = AM_logger;
    if (p->is_system || iso->system_logger == AM_undefined) return;
    Term buf[8], *hp = buf;
    Term list = cons_at(&hp, iso->system_logger, TERM_NIL);
    list = cons_at(&hp, p->group_leader, list);
    list = cons_at(&hp, args, list);
    list = cons_at(&hp, kind, list);
    Term *slot = reporter_slot(iso);
    const Process *reporter = slot == NULL ? NULL : spawn_system(iso, AM_report, list);
    if (reporter != NULL) *slot = reporter->pid;
}

// A process ends with an error that nobody caught, unless the host waits for what becomes of it
// and will know.
static void report_crash(Isolate *iso, Process *p, Term reason)
{
    if (p->watched) return;
    Term buf[4], *hp = buf;
    Term list = cons_at(&hp, reason, TERM_NIL);
    report(iso, p, AM_crashed, cons_at(&hp, p->pid, list));
}

static void report_max_heap(Isolate *iso, Process *p)
{
    Term buf[14 + HEAP_INFO_WORDS], *hp = buf;
    const Heap *h = &p->heap;
    Term list = cons_at(&hp, heap_info_at(&hp, p), TERM_NIL);
    list = cons_at(&hp, make_small((int64_t)p->mailbox.count), list);
    list = cons_at(&hp, AM_true, list);
    list = cons_at(&hp, make_bool((p->max_heap_flags & MAX_HEAP_KILL) != 0), list);
    list = cons_at(&hp, make_small((int64_t)h->peak_words), list);
    list = cons_at(&hp, make_small((int64_t)h->max_words), list);
    list = cons_at(&hp, p->pid, list);
    report(iso, p, AM_max_heap_size, list);
}

Status services_init(Isolate *iso)
{
    Services *s = arena_calloc(&iso->space.arena, 1, sizeof *s);
    if (s == NULL) return ST_LIMIT;
    iso->tables[ISO_SERVICES] = s;
    iso->service = find_service;
    iso->table_service = find_table_service;
    iso->crashed = report_crash;
    iso->max_heap_reached = report_max_heap;
    return ST_OK;
}

void services_clear(Isolate *iso)
{
    iso->service = NULL;
    iso->table_service = NULL;
    iso->crashed = NULL;
    iso->max_heap_reached = NULL;
    iso->tables[ISO_SERVICES] = NULL;  // in the arena
}
