// SPDX-License-Identifier: Apache-2.0
// proc/name.c - registered names.
#include "proc/name.h"

Status name_register(Isolate *iso, Term name, Process *p)
{
    if (p->name != TERM_NONE || iso_map_get(&iso->names, name, NULL)) return ST_EXISTS;
    if (!limit_take(&iso->limits, LIMIT_NAMES, 1)) return ST_LIMIT;
    Status st = iso_map_put(&iso->names, &iso->space, name, p->pid);
    if (st == ST_OK) p->name = name;
    else limit_give(&iso->limits, LIMIT_NAMES, 1);
    return st;
}

void name_unregister(Isolate *iso, Process *p)
{
    if (p->name == TERM_NONE) return;
    iso_map_remove(&iso->names, p->name, NULL);
    limit_give(&iso->limits, LIMIT_NAMES, 1);
    p->name = TERM_NONE;
}

Process *name_whereis(Isolate *iso, Term name)
{
    uint64_t pid;
    Process *p = iso_map_get(&iso->names, name, &pid) ? proc_lookup(iso, pid) : NULL;
    if (LIKELY(p != NULL && iso->starting == 0)) return p;
    return iso->service == NULL ? p : iso->service(iso, name, p);
}
