// SPDX-License-Identifier: Apache-2.0
// base/status.c - texts of the statuses.

#include "base/status.h"

static const char *const texts[] = {
#define STATUS(name, text) text,
#include "base/status.def"
#undef STATUS
};

static const char *const names[] = {
#define STATUS(name, text) #name,
#include "base/status.def"
#undef STATUS
};

const char *status_text(Status st)
{
    return (size_t)st < ARRAY_LEN(texts) ? texts[st] : "unknown status";
}

const char *status_name(Status st) { return (size_t)st < ARRAY_LEN(names) ? names[st] : "ST_?"; }
