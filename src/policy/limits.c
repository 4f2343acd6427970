// SPDX-License-Identifier: Apache-2.0
// policy/limits.c - the table of limits.
#include "policy/limits.h"

#include <string.h>

typedef struct LimitRow {
    const char *text;
    uint64_t allowed;
    const char *unit, *guest, *host, *live;
} LimitRow;

static const LimitRow rows[] = {
#define LIMIT(name, text, def, unit, guest, host, live) \
    [LIMIT_##name] = {text, def, unit, guest, host, live},
#include "policy/limits.def"
#undef LIMIT
};

void limits_init(Limits *l)
{
    *l = (Limits){0};
    for (int k = 0; k < LIMIT_COUNT; k++) l->of[k].allowed = rows[k].allowed;
}

const char *limit_text(LimitKind k) { return rows[k].text; }
const char *limit_unit(LimitKind k) { return rows[k].unit; }
const char *limit_guest(LimitKind k) { return rows[k].guest; }
const char *limit_host(LimitKind k) { return rows[k].host; }
const char *limit_live(LimitKind k) { return rows[k].live; }
uint64_t limit_default(LimitKind k) { return rows[k].allowed; }

LimitKind limit_named(const char *text)
{
    int k = 0;
    while (k < LIMIT_COUNT && strcmp(rows[k].text, text) != 0) k++;
    return (LimitKind)k;
}

void limit_refuse(Limits *l, LimitKind k)
{
    Limit *m = &l->of[k];
    m->hits++;
    if (m->told || l->refused == NULL) return;
    m->told = true;
    l->refused(l, k);
}

void limit_set(Limits *l, LimitKind k, uint64_t allowed)
{
    l->of[k].allowed = allowed;
    l->of[k].told = false;
}
