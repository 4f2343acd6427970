// SPDX-License-Identifier: Apache-2.0
// bif/ets_scan.h - one match specification on its way through one table.
#pragma once
#include "bif/ets_bif.h"

typedef enum ScanKind { SCAN_LIST, SCAN_COUNT, SCAN_DELETE, SCAN_REPLACE } ScanKind;

// `got` counts matches; `list` has the results, the last one first.
typedef struct Scan {
    Process *p;
    EtsTable *t;
    MatchProgram *m;
    ScanKind kind;
    bool reverse;    // select_reverse
    bool continued;  // by select/1
    bool fixed;      // the scan has fixed the table
    Term tid;        // the table as it was given
    Term ms;         // reference to m, or TERM_NONE while there is none
    Term list;
    uint64_t got;
    int64_t chunk;   // results that are wanted at once; 0: all
} Scan;

// Goes through the table from its beginning, or just through the objects that the
// keys of the specification name.
Term scan_begin(Scan *s);
// Goes on in the bucket `position` (a small integer, -1: at the end), or at the key
// `position`: with that object itself when inclusive, else behind it.
Term scan_continue(Scan *s, Term position, bool inclusive);

// ets_select.c: how a scan ends. at_end: the table is exhausted; else it goes on at
// `position` when the caller asks.
Term scan_finish(Scan *s, bool at_end, Term position);
// Nothing in the table can match.
Term scan_nothing(const Scan *s);
// Gives up the processor; the scan goes on at position.
Term scan_yield(Scan *s, Term position);
