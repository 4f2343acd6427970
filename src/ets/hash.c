// SPDX-License-Identifier: Apache-2.0
// ets/hash.c - linear hashing; see ets/hash.h.
#include "ets/hash.h"

#include "base/fiber.h"
#include "ets/object_int.h"
#include "term/hash.h"

// A step of growing or shrinking moves at most this many buckets, as in OTP.
#define RESIZE_STEPS 4

void hash_init(EtsHash *h, uint32_t stride)
{
    uint64_t slots = ETS_FIRST_SLOTS, mask = ETS_FIRST_SLOTS - 1;
    while (slots < stride) slots += ETS_SEGMENT_SLOTS;
    while (mask < slots - 1) mask = mask << 1 | 1;
    *h = (EtsHash){.active = slots, .slots = slots, .mask = mask, .stride = stride};
}

uint32_t hash_of_key(Term key)
{
    return (is_atom(key) ? atom_hash_value(key) : hash_internal(key)) & 0x7FFFFFFF;
}

uint64_t hash_next_slot(const EtsHash *h, uint64_t slot)
{
    if (slot + h->stride < h->active) return slot + h->stride;
    return (slot + 1) % h->stride;
}

static size_t segment_slots(size_t index)
{
    return index == 0 ? ETS_FIRST_SLOTS : ETS_SEGMENT_SLOTS;
}

// Appends one empty segment. False: no memory, nothing changed.
static bool add_segment(EtsHash *h, Space *s)
{
    if (h->num_segments == h->cap_segments) {
        size_t cap = h->cap_segments == 0 ? 2 : h->cap_segments * 2;
        EtsObject ***more = arena_realloc(&s->arena, h->segments, h->cap_segments * sizeof *more,
                                          cap * sizeof *more);
        if (more == NULL) return false;
        h->segments = more;
        h->cap_segments = cap;
    }
    EtsObject **segment =
        arena_calloc(&s->arena, segment_slots(h->num_segments), sizeof(EtsObject *));
    if (segment == NULL) return false;
    h->segments[h->num_segments++] = segment;
    return true;
}

bool hash_prepare(EtsHash *h, Space *s)
{
    if (h->num_segments != 0) return true;
    uint64_t slots = 0;
    while (slots < h->slots && add_segment(h, s)) slots += segment_slots(h->num_segments - 1);
    if (slots == h->slots) return true;
    while (h->num_segments > 0) {
        h->num_segments--;
        arena_free(&s->arena, h->segments[h->num_segments],
                   segment_slots(h->num_segments) * sizeof(EtsObject *));
    }
    // A segment table without segments would look like a table with buckets.
    arena_free(&s->arena, h->segments, h->cap_segments * sizeof *h->segments);
    h->segments = NULL;
    h->cap_segments = 0;
    return false;
}

// When half of the buckets would do without the last segment, join some; the
// second segment is kept once it is there, and as many buckets as one stride has.
static uint64_t shrink_limit(const EtsHash *h)
{
    if (h->slots < ETS_FIRST_SLOTS + 2 * ETS_SEGMENT_SLOTS) return 0;
    if (h->slots < h->stride + ETS_SEGMENT_SLOTS) return 0;
    return (h->slots - ETS_SEGMENT_SLOTS) / 2;
}

// Moves the objects of bucket `from` that now belong to the new bucket `to`,
// keeping their order in both. The dead are freed: no grave knows the new bucket.
static void split_bucket(EtsHash *h, Space *s, uint64_t from, uint64_t to)
{
    EtsObject **stay = hash_bucket(h, from);
    EtsObject **move = hash_bucket(h, to);
    EtsObject *o = *stay;
    Pace work = PACE_START;  // all objects of a bag may be in one bucket
    while (o != NULL) {
        (void)pace(&work, 64);
        EtsObject *next = o->next;
        if (hash_is_dead(h, o)) {
            h->words -= o->words;
            ets_object_free(s, o);
        } else if ((o->hash & h->mask) == from) {
            *stay = o;
            stay = &o->next;
        } else {
            *move = o;
            move = &o->next;
        }
        h->work++;
        o = next;
    }
    *stay = NULL;
    *move = NULL;
}

void hash_grow(EtsHash *h, Space *s)
{
    for (int i = 0; i <= RESIZE_STEPS && h->live > h->active; i++) {
        if (h->active == h->slots) {
            if (!add_segment(h, s)) return;  // fuller buckets are slower, not wrong
            h->slots += ETS_SEGMENT_SLOTS;
        }
        if (h->active > h->mask) h->mask = h->mask << 1 | 1;
        uint64_t to = h->active++;
        split_bucket(h, s, to & (h->mask >> 1), to);
    }
}

void hash_shrink(EtsHash *h, Space *s)
{
    for (int i = 0; i <= RESIZE_STEPS && h->live < shrink_limit(h); i++) {
        uint64_t from = h->active - 1, to = from & (h->mask >> 1);
        EtsObject **end = hash_bucket(h, to);
        Pace work = PACE_START;
        for (; *end != NULL; end = &(*end)->next, (void)pace(&work, 64)) h->work++;
        EtsObject **source = hash_bucket(h, from);
        *end = *source;
        *source = NULL;
        h->active = from;
        if (to == 0) h->mask >>= 1;
        if (h->slots - h->active >= ETS_SEGMENT_SLOTS) {
            h->num_segments--;
            arena_free(&s->arena, h->segments[h->num_segments],
                       ETS_SEGMENT_SLOTS * sizeof(EtsObject *));
            h->slots -= ETS_SEGMENT_SLOTS;
        }
    }
}

void hash_note_death(EtsHash *h, Space *s, uint64_t slot)
{
    if (h->sweep > slot) return;
    if (h->graves != NULL && h->graves->slot == slot) return;
    EtsGrave *grave = arena_alloc(&s->arena, sizeof *grave);
    if (grave == NULL) {
        h->sweep = h->active;  // no memory to remember where: look everywhere
        return;
    }
    *grave = (EtsGrave){h->graves, slot};
    h->graves = grave;
}

// Frees the dead of one bucket.
static uint64_t bury_bucket(EtsHash *h, Space *s, uint64_t slot)
{
    // A bucket that was joined meanwhile was emptied into one below it.
    slot &= h->mask;
    if (slot >= h->active) slot &= h->mask >> 1;
    uint64_t seen = 1;
    EtsObject **at = hash_bucket(h, slot);
    Pace work = PACE_START;
    while (*at != NULL) {
        (void)pace(&work, 64);
        EtsObject *o = *at;
        seen++;
        if (!hash_is_dead(h, o)) {
            at = &o->next;
            continue;
        }
        *at = o->next;
        h->words -= o->words;
        ets_object_free(s, o);
    }
    return seen;
}

void hash_bury(EtsHash *h, Space *s, uint64_t limit)
{
    if (h->segments == NULL) return;
    uint64_t done = 0;
    while (done < limit && h->graves != NULL) {
        EtsGrave *grave = h->graves;
        h->graves = grave->next;
        done += bury_bucket(h, s, grave->slot);
        arena_free(&s->arena, grave, sizeof *grave);
    }
    while (done < limit && h->sweep > 0) done += bury_bucket(h, s, --h->sweep);
    h->work += done;
}

bool hash_free_some(EtsHash *h, Space *s, int64_t *budget)
{
    while (h->graves != NULL) {
        if ((*budget)-- <= 0) return false;
        EtsGrave *grave = h->graves;
        h->graves = grave->next;
        arena_free(&s->arena, grave, sizeof *grave);
    }
    // `sweep` counts the buckets of the last segment that are still full.
    while (h->num_segments > 0) {
        size_t last = h->num_segments - 1, slots = segment_slots(last);
        EtsObject **segment = h->segments[last];
        if (h->sweep > slots || h->sweep == 0) h->sweep = slots;
        while (h->sweep > 0) {
            EtsObject *o = segment[h->sweep - 1];
            while (o != NULL) {
                if (*budget <= 0) {
                    segment[h->sweep - 1] = o;
                    return false;
                }
                EtsObject *next = o->next;
                *budget -= ets_object_free_cost(o);
                ets_object_free(s, o);
                o = next;
            }
            segment[h->sweep - 1] = NULL;
            h->sweep--;
        }
        *budget -= 16;
        arena_free(&s->arena, segment, slots * sizeof *segment);
        h->num_segments--;
        h->sweep = 0;
    }
    arena_free(&s->arena, h->segments, h->cap_segments * sizeof *h->segments);
    h->segments = NULL;
    h->cap_segments = 0;
    return true;
}

uint64_t hash_overhead_words(const EtsHash *h)
{
    // Of OTP: a table of segments for all but the first one, and further ones beside it.
    uint64_t words = h->slots, segments = 1 + (h->slots - ETS_FIRST_SLOTS) / ETS_SEGMENT_SLOTS;
    if (segments > 1) words += 262;
    for (uint64_t n = 256; n < segments;) {
        n += 128;
        words += 6 + n;
    }
    return words;
}
