// SPDX-License-Identifier: Apache-2.0
// bif/address_search.h - who is still referred to: a conservative search of memory.
//
// What no term leads to any more (old code, replaced persistent terms) is found by looking at
// every word that a sandbox has. A word that only looks like an address delays the end of what
// it seems to point into, no more.
#pragma once
#include "base/compiler.h"
#include "proc/isolate.h"

// Addresses [from, to) that belong to a thing.
typedef struct AddressRange {
    uintptr_t from, to;
    uint32_t thing;
} AddressRange;

typedef struct AddressSearch {
    AddressRange *ranges;
    size_t count, capacity;
    uintptr_t low, high;  // of all ranges
    uint32_t *found;      // things that something points into, in the order of finding
    size_t num_found;
    bool *is_found;       // by thing
    size_t things;
    Arena *arena;         // is charged for the search; its memory is none of the arena's, where
                          // it would be searched as well
} AddressSearch;

// For so many things and ranges. False: there is no memory.
MUST_USE bool address_search_init(AddressSearch *s, Arena *a, size_t things, size_t ranges);
void address_search_clear(AddressSearch *s);
void address_search_add(AddressSearch *s, uint32_t thing, const void *at, size_t bytes);
// All ranges are there.
void address_search_sort(AddressSearch *s);
// Looks at these words; context is the AddressSearch. An ArenaVisit.
void address_search_words(void *context, const uint64_t *words, size_t count);
// Looks at all that the isolate has: its arena and its persistent terms. Returns the number of
// words.
uint64_t address_search_isolate(AddressSearch *s, const Isolate *iso);
