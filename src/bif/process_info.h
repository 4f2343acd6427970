// SPDX-License-Identifier: Apache-2.0
// bif/process_info.h - what other builtins show of a process.
#pragma once
#include "bif/bif.h"

// Prints the call stack of `of` to the sandbox's standard error. AM_true.
Term process_display(Process *p, Process *of);

// The blocks of the heap of `of` and what is in them, as process_info(garbage_collection_info)
// has it, in HEAP_INFO_WORDS words at *hp.
enum { HEAP_INFO_ITEMS = 11, HEAP_INFO_WORDS = HEAP_INFO_ITEMS * (3 + 2) };
Term heap_info_at(Term **hp, const Process *of);
