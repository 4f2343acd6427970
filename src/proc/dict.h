// SPDX-License-Identifier: Apache-2.0
// proc/dict.h - the process dictionary.
//
// Pairs lie densely in the order in which their keys came (a removed pair is
// replaced by the last one), so they are one span of roots. Few pairs are searched
// one by one; many through an index by hash. Keys and values lie on the heap of
// the process.
#pragma once
#include "proc/process.h"

// TERM_NONE: no such key.
Term dict_get(const Process *p, Term key);
// *old is the value before, or TERM_NONE. ST_LIMIT/ST_NOMEM: unchanged.
MUST_USE Status dict_put(Process *p, Term key, Term value, Term *old);
Term dict_erase(Process *p, Term key);  // the value it had, or TERM_NONE
void dict_clear(Process *p);
