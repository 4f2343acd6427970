// SPDX-License-Identifier: Apache-2.0
// policy/limits.h - limits of one sandbox: used, peak, allowed. Data only.
//
// Most kinds are amounts: what is taken is given back. A few bound one thing at a time (a mailbox,
// a message, a term, an expression): of those `used` is the last one that was measured.
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef enum LimitKind {
#define LIMIT(name, text, def, unit, guest, host, live) LIMIT_##name,
#include "policy/limits.def"
#undef LIMIT
    LIMIT_COUNT
} LimitKind;

// What is used of a share or rate is not counted.
#define CPU_SHARE_MAX 10000
#define CPU_RATE_MAX  1000000

typedef struct Limit {
    uint64_t used, peak;
    uint64_t allowed;  // 0 = unlimited
    uint64_t hits;     // refusals
    bool told;         // the host knows of the first one
} Limit;

typedef struct Limits {
    Limit of[LIMIT_COUNT];
    // Called at the first refusal since the limit was set; NULL: nobody is told.
    void (*refused)(struct Limits *l, LimitKind k);
} Limits;

void limits_init(Limits *l);  // defaults of limits.def, nothing used
const char *limit_text(LimitKind k);
const char *limit_unit(LimitKind k);
const char *limit_guest(LimitKind k);  // what the guest sees at the limit
const char *limit_host(LimitKind k);   // what the host sees
const char *limit_live(LimitKind k);   // when a change counts
uint64_t limit_default(LimitKind k);   // 0 = unlimited
// The kind of this name, or LIMIT_COUNT.
LimitKind limit_named(const char *text);

// Something was refused because of kind k: counted, and told the first time (a guest may run
// into its limits as often as it likes).
void limit_refuse(Limits *l, LimitKind k);
// Sets what is allowed from now on, also below what is used. The next refusal is told again.
void limit_set(Limits *l, LimitKind k, uint64_t allowed);

static inline bool limit_allows(const Limit *m, uint64_t n)
{
    return m->allowed == 0 || (n <= m->allowed && m->used <= m->allowed - n);
}

// Takes n of kind k, or takes nothing and says false.
static inline bool limit_take(Limits *l, LimitKind k, uint64_t n)
{
    Limit *m = &l->of[k];
    if (!limit_allows(m, n)) {
        limit_refuse(l, k);
        return false;
    }
    m->used += n;
    if (m->used > m->peak) m->peak = m->used;
    return true;
}
static inline void limit_give(Limits *l, LimitKind k, uint64_t n) { l->of[k].used -= n; }

// May one thing of kind k be as large as n?
static inline bool limit_fits(Limits *l, LimitKind k, uint64_t n)
{
    Limit *m = &l->of[k];
    if (m->allowed != 0 && n > m->allowed) {
        limit_refuse(l, k);
        return false;
    }
    m->used = n;
    if (n > m->peak) m->peak = n;
    return true;
}
// The largest n that limit_fits takes.
static inline uint64_t limit_bound(const Limits *l, LimitKind k)
{
    return l->of[k].allowed == 0 ? UINT64_MAX : l->of[k].allowed;
}
