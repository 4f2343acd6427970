// SPDX-License-Identifier: Apache-2.0
// bif/proc_opts.h - values that spawn options and process flags share.
#pragma once
#include "bif/bif.h"
#include "proc/signal.h"

bool opt_priority(Term t, Priority *out);
Term opt_priority_atom(Priority priority);
// A heap size in words, rounded up to one that heaps have.
bool opt_heap_size(Term t, size_t *words);
bool opt_fullsweep(Term t, uint32_t *out);
bool opt_message_queue_data(Term t);
bool opt_scheduler(Term t);  // 0 or the one scheduler that there is
// A number of words or a map of size, kill, error_logger; what the map does not
// say stays as it was in *size and *flags.
bool opt_max_heap(Term t, size_t min_heap, size_t *size, uint32_t *flags);
// The map of the same. TERM_NONE: refused.
Term opt_max_heap_map(Process *p, size_t size, uint32_t flags);
