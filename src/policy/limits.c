// SPDX-License-Identifier: Apache-2.0
// policy/limits.c - the table of limits.
#include "policy/limits.h"

typedef struct LimitRow {
    const char *text;
    uint64_t allowed;
    const char *unit;
} LimitRow;

static const LimitRow rows[] = {
#define LIMIT(name, text, def, unit, guest) [LIMIT_##name] = {text, def, unit},
#include "policy/limits.def"
#undef LIMIT
};

void limits_init(Limits *l)
{
    for (int k = 0; k < LIMIT_COUNT; k++) l->of[k] = (Limit){.allowed = rows[k].allowed};
}

const char *limit_text(LimitKind k) { return rows[k].text; }
const char *limit_unit(LimitKind k) { return rows[k].unit; }
