// SPDX-License-Identifier: Apache-2.0
// policy/limits.h - limits of one sandbox: used, peak, allowed. Data only.
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef enum LimitKind {
#define LIMIT(name, text, def, unit, guest) LIMIT_##name,
#include "policy/limits.def"
#undef LIMIT
    LIMIT_COUNT
} LimitKind;

typedef struct Limit {
    uint64_t used, peak;
    uint64_t allowed;  // 0 = unlimited
    uint64_t hits;     // refusals
} Limit;

typedef struct Limits {
    Limit of[LIMIT_COUNT];
} Limits;

void limits_init(Limits *l);  // defaults of limits.def, nothing used
const char *limit_text(LimitKind k);
const char *limit_unit(LimitKind k);

// Takes n of kind k, or takes nothing and says false.
static inline bool limit_take(Limits *l, LimitKind k, uint64_t n)
{
    Limit *m = &l->of[k];
    if (m->allowed != 0 && (n > m->allowed || m->used > m->allowed - n)) {
        m->hits++;
        return false;
    }
    m->used += n;
    if (m->used > m->peak) m->peak = m->used;
    return true;
}
static inline void limit_give(Limits *l, LimitKind k, uint64_t n) { l->of[k].used -= n; }
