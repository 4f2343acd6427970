// SPDX-License-Identifier: Apache-2.0
// tests/unit/proc/proc_fixture.h - an isolate with processes that do nothing.

#ifndef PROC_FIXTURE_H
#define PROC_FIXTURE_H

#include "heap/copy.h"
#include "proc/link.h"
#include "proc/mailbox.h"
#include "proc/name.h"
#include "proc/signal.h"
#include "proc/timer.h"
#include "unit.h"

static inline Isolate *isolate_new(void)
{
    Limits limits;
    limits_init(&limits);
    Isolate *iso = malloc(sizeof *iso);
    assert_ok(atom_table_init());
    assert_ok(isolate_init(iso, &limits, CAP_BIT(CAP_CLOCK)));
    return iso;
}

static inline void isolate_free(Isolate *iso)
{
    isolate_clear(iso);
    free(iso);
}

static inline Process *spawn_idle(Isolate *iso)
{
    Process *p = process_new(iso, HEAP_DEFAULT_WORDS, NULL);
    assert_non_null(p);
    return p;
}

// The next message of p, taken out; TERM_NONE: there is none.
static inline Term take(Process *p)
{
    mailbox_rewind(p);
    Term t = mailbox_peek(p);
    if (t != TERM_NONE) mailbox_remove(p);
    return t;
}

static inline Term element(Term tuple, unsigned n) { return tuple_elements(tuple)[n - 1]; }

#endif
