// SPDX-License-Identifier: Apache-2.0
// policy/caps.h - capabilities: data only, the checks are at the calls.
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef enum Cap {
#define CAP(name, text, meaning, without) CAP_##name,
#include "policy/caps.def"
#undef CAP
    CAP_COUNT
} Cap;

typedef uint32_t CapSet;  // bit c is set: capability c is granted
#define CAP_BIT(c) ((CapSet)1 << (c))
static inline bool cap_allowed(CapSet s, Cap c) { return c == CAP_NONE || (s & CAP_BIT(c)) != 0; }
const char *cap_text(Cap c);
