// SPDX-License-Identifier: Apache-2.0
// bif/services.c - system processes that start when somebody asks for them.
//
// A node starts its application controller, its logger and many others before any
// program runs. A sandbox starts each of them when its name or its table is first
// asked for, and at most once.
#include "bif/services.h"

#include "proc/signal.h"
#include "term/atom.h"

enum {
#define SERVICE(name) SERVICE_##name,
#define TABLE(name, service)
#include "bif/services.def"
#undef SERVICE
#undef TABLE
    SERVICE_COUNT
};

typedef struct Services {
    Term pid[SERVICE_COUNT];  // 0: not started
} Services;

static const Term service_names[SERVICE_COUNT] = {
#define SERVICE(name) [SERVICE_##name] = AM_##name,
#define TABLE(name, service)
#include "bif/services.def"
#undef SERVICE
#undef TABLE
};

static const struct TableService {
    Term table;
    unsigned service;
} service_tables[] = {
#define SERVICE(name)
#define TABLE(name, service) {AM_##name, SERVICE_##service},
#include "bif/services.def"
#undef SERVICE
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
    return proc_spawn(iso, NULL, AM_apex_services, function, args, &o, &p, NULL) == ST_OK ? p : NULL;
}

// The process of a service, unless it is the one that asks. NULL also when it has ended.
static Process *service_process(Isolate *iso, unsigned service)
{
    Services *s = services_of(iso);
    if (s->pid[service] == 0) {
        Term cell[2] = {service_names[service], TERM_NIL};
        Process *p = spawn_system(iso, AM_start, make_cons(cell));
        if (p == NULL) return NULL;
        s->pid[service] = p->pid;
        return p;
    }
    Process *p = proc_lookup(iso, s->pid[service]);
    return p == iso->current ? NULL : p;
}

static Process *find_service(Isolate *iso, Term name)
{
    for (unsigned i = 0; i < SERVICE_COUNT; i++) {
        if (service_names[i] == name) return service_process(iso, i);
    }
    return NULL;
}

static bool find_table_service(Isolate *iso, const Process *p, Term name)
{
    for (size_t i = 0; i < ARRAY_LEN(service_tables); i++) {
        if (service_tables[i].table == name) return service_process(iso, service_tables[i].service) != NULL;
    }
    return false;
}

// A process ends with an error that nobody caught: a report for the logger. When there is no
// memory for it, there is no report.
static void report_crash(Isolate *iso, Process *p, Term reason)
{
    if (p->is_system) return;
    Term *hp = heap_alloc(&p->heap, 6);
    if (hp == NULL) return;
    Term list = cons_at(&hp, p->group_leader, TERM_NIL);
    list = cons_at(&hp, reason, list);
    list = cons_at(&hp, p->pid, list);
    (void)spawn_system(iso, AM_crashed, list);
}

Status services_init(Isolate *iso)
{
    Services *s = arena_calloc(&iso->space.arena, 1, sizeof *s);
    if (s == NULL) return ST_LIMIT;
    iso->tables[ISO_SERVICES] = s;
    iso->service = find_service;
    iso->table_service = find_table_service;
    iso->crashed = report_crash;
    return ST_OK;
}

void services_clear(Isolate *iso)
{
    iso->service = NULL;
    iso->table_service = NULL;
    iso->crashed = NULL;
    iso->tables[ISO_SERVICES] = NULL;  // in the arena
}
