// SPDX-License-Identifier: Apache-2.0
// bif/etf_job.h - how much of an encoding or decoding one turn does.
#pragma once
#include "bif/bif.h"
#include "heap/etf.h"

// One reduction is about ten units of the codec's budget.
#define ETF_UNITS 10
// A turn does something even when the slice is nearly used up.
#define ETF_UNITS_MIN 64

static inline int64_t etf_turn_begin(const Process *p)
{
    int64_t reds = bif_budget(p);
    return reds * ETF_UNITS < ETF_UNITS_MIN ? ETF_UNITS_MIN : reds * ETF_UNITS;
}
static inline void etf_turn_end(Process *p, int64_t begun, int64_t left)
{
    bif_charge(p, (uint64_t)(begun - left) / ETF_UNITS + 1);
}

// Keeps a job that is not done for the next turn: a MagicRef that takes over the
// one reference to it, and a heap that does not move meanwhile. TERM_NONE:
// refused (the exception is set) and the job released.
Term etf_job_keep(Process *p, NativeObject *job);

// What guests' encodings may name. context is the isolate; etf_names.c.
EtfNames etf_guest_names(struct Isolate *iso);
// How large and deep a term that is decoded for a guest may be.
EtfBounds etf_guest_bounds(const struct Isolate *iso);
// What was found, for the limits: a term that was measured, or one that was ETF_LARGE or ETF_DEEP.
void etf_note_measured(struct Isolate *iso, const EtfDecoder *d, size_t words);
void etf_note_refused(struct Isolate *iso, EtfResult r);
