// SPDX-License-Identifier: Apache-2.0
// bif/address_search.c - see address_search.h.
#include "bif/address_search.h"

#include <stdlib.h>

#include "base/fiber.h"
#include "bif/persistent_term.h"

static size_t bytes_of(const AddressSearch *s)
{
    return s->capacity * sizeof *s->ranges + s->things * (sizeof *s->found + sizeof *s->is_found);
}

bool address_search_init(AddressSearch *s, Arena *a, size_t things, size_t ranges)
{
    *s = (AddressSearch){.capacity = ranges, .things = things, .arena = a, .low = UINTPTR_MAX};
    if (!arena_charge(a, bytes_of(s))) {
        s->arena = NULL;
        return false;
    }
    s->ranges = malloc(ranges * sizeof *s->ranges);
    s->found = malloc(things * sizeof *s->found);
    s->is_found = calloc(things, sizeof *s->is_found);
    if (s->ranges != NULL && s->found != NULL && s->is_found != NULL) return true;
    address_search_clear(s);
    return false;
}

void address_search_clear(AddressSearch *s)
{
    free(s->ranges), free(s->found), free(s->is_found);
    if (s->arena != NULL) arena_uncharge(s->arena, bytes_of(s));
}

void address_search_add(AddressSearch *s, uint32_t thing, const void *at, size_t bytes)
{
    if (bytes == 0) return;
    ASSERT(s->count < s->capacity);
    s->ranges[s->count++] = (AddressRange){(uintptr_t)at, (uintptr_t)at + bytes, thing};
}

static int compare_ranges(const void *a, const void *b)
{
    uintptr_t x = ((const AddressRange *)a)->from, y = ((const AddressRange *)b)->from;
    return x < y ? -1 : x > y;
}

void address_search_sort(AddressSearch *s)
{
    qsort(s->ranges, s->count, sizeof *s->ranges, compare_ranges);
    for (size_t i = 0; i < s->count; i++) {
        if (s->ranges[i].from < s->low) s->low = s->ranges[i].from;
        if (s->ranges[i].to > s->high) s->high = s->ranges[i].to;
    }
}

static void note_address(AddressSearch *s, uintptr_t address)
{
    if (address < s->low || address >= s->high) return;
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (s->ranges[mid].from <= address) low = mid + 1;
        else high = mid;
    }
    // The end of one range may be the beginning of the next.
    for (size_t i = low; i > 0 && i + 2 > low; i--) {
        const AddressRange *r = &s->ranges[i - 1];
        if (address >= r->to || s->is_found[r->thing]) continue;
        s->is_found[r->thing] = true;
        s->found[s->num_found++] = r->thing;
    }
}

void address_search_words(void *context, const uint64_t *words, size_t count)
{
    AddressSearch *s = context;
    Pace work = PACE_START;
    for (size_t i = 0; i < count; i++, (void)pace(&work, 2)) {
        Term w = words[i];
        note_address(s, (uintptr_t)(w & ~(Term)TAG_MASK));
        if (UNLIKELY(is_catch(w))) note_address(s, (uintptr_t)catch_handler(w));
    }
}

uint64_t address_search_isolate(AddressSearch *s, const Isolate *iso)
{
    return arena_scan(&iso->space.arena, address_search_words, s) +
           persistent_terms_scan(iso, address_search_words, s);
}
