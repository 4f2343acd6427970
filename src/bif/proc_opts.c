// SPDX-License-Identifier: Apache-2.0
// bif/proc_opts.c - values that spawn options and process flags share.
#include "bif/proc_opts.h"

#include "bif/build.h"
#include "heap/map.h"

static const Term priorities[PRIO_COUNT] = {
    [PRIO_MAX] = AM_max, [PRIO_HIGH] = AM_high, [PRIO_NORMAL] = AM_normal, [PRIO_LOW] = AM_low};

bool opt_priority(Term t, Priority *out)
{
    for (unsigned i = 0; i < PRIO_COUNT; i++) {
        if (t != priorities[i]) continue;
        *out = (Priority)i;
        return true;
    }
    return false;
}

Term opt_priority_atom(Priority priority) { return priorities[priority]; }

bool opt_heap_size(Term t, size_t *words)
{
    if (!is_small(t) || small_value(t) < 0 || small_value(t) > ((int64_t)1 << 40)) return false;
    size_t n = (size_t)small_value(t);
    *words = n == 0 ? HEAP_DEFAULT_WORDS : heap_block_size(n);
    return true;
}

bool opt_fullsweep(Term t, uint32_t *out)
{
    if (!is_small(t) || small_value(t) < 0) return false;
    int64_t n = small_value(t);
    *out = n > UINT16_MAX ? UINT16_MAX : (uint32_t)n;
    return true;
}

bool opt_message_queue_data(Term t) { return t == AM_on_heap || t == AM_off_heap; }

bool opt_scheduler(Term t) { return t == SMALL(0) || t == SMALL(1); }

static bool max_heap_flag(Term value, uint32_t bit, uint32_t *flags)
{
    bool on;
    if (value == TERM_NONE) return true;
    if (!get_bool(value, &on)) return false;
    *flags = on ? *flags | bit : *flags & ~bit;
    return true;
}

bool opt_max_heap(Term t, size_t min_heap, size_t *size, uint32_t *flags)
{
    uint32_t f = *flags;
    if (is_map(t)) {
        if (!max_heap_flag(map_get(t, AM_kill), MAX_HEAP_KILL, &f) ||
            !max_heap_flag(map_get(t, AM_error_logger), MAX_HEAP_LOG, &f))
            return false;
        t = map_get(t, AM_size);
        if (t == TERM_NONE) return false;
    }
    if (!is_small(t) || small_value(t) < 0) return false;
    size_t n = (size_t)small_value(t);
    if (n != 0 && n < min_heap) return false;
    *size = n;
    *flags = f;
    return true;
}

Term opt_max_heap_map(Process *p, size_t size, uint32_t flags)
{
    static const Term keys[] = {AM_error_logger, AM_kill, AM_size};
    return build_map(p, 3, keys,
                     (Term[]){make_bool((flags & MAX_HEAP_LOG) != 0),
                              make_bool((flags & MAX_HEAP_KILL) != 0), make_small((int64_t)size)});
}
