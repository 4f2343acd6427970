// SPDX-License-Identifier: Apache-2.0
// proc/link.h - links, monitors, aliases, suspensions.
//
// All of them tie live processes of one isolate. A link is one record in the
// lists of both processes; a monitor is in the list of its origin and in that of
// its target. Every monitor and alias is found by its reference number (iso->refs),
// every link by its pair of processes (iso->links), so nothing here takes longer
// than constant time (finding a suspension looks at the shorter list), and the end of a process takes time by the number of its own ties.
//
//   L1  both ends of a link, origin and target of a monitor are live and not
//       exiting, or their exit has not come to this record yet.
#pragma once
#include "proc/held.h"
#include "proc/isolate.h"

typedef struct Link {
    struct Link *chain;  // bucket of iso->links
    Process *end[2];  // end[0]->pid < end[1]->pid
    struct Link *next[2], *prev[2];  // in the list of end[i]
} Link;

typedef enum MonitorKind {
    MONITOR_PROCESS,  // DOWN when target ends
    MONITOR_PORT,  // of a port: there are none, so DOWN comes at once
    MONITOR_ALIAS,  // no target: an alias of its own, or one that outlived its monitor
    MONITOR_SUSPEND,  // origin has suspended target `count` times; no reference
    MONITOR_TIME,  // time_offset: never fires
} MonitorKind;

typedef enum AliasMode {
    ALIAS_NONE,
    ALIAS_EXPLICIT,  // until unalias/1
    ALIAS_DEMONITOR,  // until the monitor is gone too
    ALIAS_REPLY,  // until the first message through it too
} AliasMode;

typedef struct Monitor {
    struct Monitor *next, *prev;  // origin->monitors
    struct Monitor *target_next, *target_prev;  // target->monitored_by
    Process *origin, *target;
    uint64_t number;  // of its reference
    Term name;  // name that was monitored, or TERM_NONE
    Held *tag;  // {tag, T}; NULL: 'DOWN'
    uint32_t count;  // MONITOR_SUSPEND
    uint8_t kind;
    uint8_t alias;  // AliasMode
} Monitor;

// The number of a local reference; 0: t is something else, or none of ours.
uint64_t ref_number(Term t);
// The reference of that number at `at` (REF_WORDS words).
Term ref_at(Term *at, uint64_t number);

// ---- links -----------------------------------------------------------------------
Link *link_find(const Isolate *iso, const Process *a, const Process *b);
// ST_OK also if they are linked already.
MUST_USE Status link_add(Isolate *iso, Process *a, Process *b);
void link_remove(Isolate *iso, Link *l);
static inline Process *link_peer(const Link *l, const Process *p) { return l->end[l->end[0] == p]; }
static inline Link *link_next(const Link *l, const Process *p) { return l->next[l->end[1] == p]; }

// ---- monitors and aliases -----------------------------------------------------------
// A new record of `origin` (and `target`, unless NULL) under a reference number.
// Takes over tag when it succeeds.
MUST_USE Status monitor_add(Isolate *iso, MonitorKind kind, Process *origin, Process *target,
                            uint64_t number, AliasMode alias, Term name, Held *tag, Monitor **out);
Monitor *monitor_find(const Isolate *iso, uint64_t number);  // any kind with a reference
// Frees the record, alias included.
void monitor_remove(Isolate *iso, Monitor *m);
// The watching ends (demonitor, DOWN); an explicit alias lives on.
void monitor_disarm(Isolate *iso, Monitor *m);
// The alias ends; the watching goes on. False: there was no alias.
bool monitor_unalias(Isolate *iso, Monitor *m);
// The target is gone (or was never there): DOWN to the origin, about the name that
// was monitored or else `object`; the watching ends. proc/exit.c
void monitor_fire(Isolate *iso, Monitor *m, Term object, Term reason);
Monitor *monitor_find_suspend(const Process *origin, const Process *target);
