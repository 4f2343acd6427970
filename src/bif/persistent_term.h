// SPDX-License-Identifier: Apache-2.0
// bif/persistent_term.h - the persistent terms of one isolate.
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct Isolate;

// May a persistent term refer to [area, area + bytes), the literals of an image?
// Never says no wrongly.
bool persistent_terms_refer(const struct Isolate *iso, const void *area, size_t bytes);

// Frees every persistent term. No process of the isolate runs any more, and
// isolate_clear follows.
void persistent_terms_clear(struct Isolate *iso);
