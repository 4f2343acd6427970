// SPDX-License-Identifier: Apache-2.0
// bif/persistent_term.h - the persistent terms of one isolate.
#pragma once
#include "base/alloc.h"

struct Isolate;

// Shows visit the words of all stored terms. Returns the number of words.
uint64_t persistent_terms_scan(const struct Isolate *iso, ArenaVisit visit, void *context);

// Frees every persistent term. No process of the isolate runs any more, and
// isolate_clear follows.
void persistent_terms_clear(struct Isolate *iso);
