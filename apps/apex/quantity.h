// SPDX-License-Identifier: Apache-2.0
// apps/apex/quantity.h - numbers with units, as people type and read them.

#ifndef APEX_QUANTITY_H
#define APEX_QUANTITY_H

#include "base/compiler.h"

// "64M", "4096", "1.5G": K, M, G, T are powers of 1024. False: not a size, or too
// large.
MUST_USE bool parse_bytes(const char *text, uint64_t *bytes);

// "250ms", "5s", "2m", "1h", "10us"; without a unit seconds. Fractions allowed.
MUST_USE bool parse_duration(const char *text, uint64_t *ns);

// Decimal digits, "_" between them allowed.
MUST_USE bool parse_count(const char *text, uint64_t *n);

// "12.3 MB" (powers of 1024, three digits or so); "1.25 s", "3.1 ms".
void format_bytes(char out[16], uint64_t bytes);
void format_duration(char out[16], uint64_t ns);

#endif
