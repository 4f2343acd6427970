// SPDX-License-Identifier: Apache-2.0
// heap/map.c - flat maps, and which kind of map answers; see map.h. Tries are in
// hamt.c.

#include "heap/map.h"

#include "heap/map_int.h"
#include "term/compare.h"

#define NOT_FOUND SIZE_MAX

// ---- flat maps ------------------------------------------------------------------
static size_t flat_find(Term map, Term key)
{
    const Term *p = boxed_ptr(map);
    size_t n = map_header_words(*p) - 1;
    const Term *keys = tuple_elements(p[1]);
    for (size_t i = 0; i < n; i++) {
        if (keys[i] == key) return i;
    }
    if (is_immed(key)) return NOT_FOUND;
    for (size_t i = 0; i < n; i++) {
        if (!is_immed(keys[i]) && equal_exact(keys[i], key)) return i;
    }
    return NOT_FOUND;
}

// Where key belongs behind its equal or its lessers; keys stand `stride` words
// apart.
static size_t flat_place(const Term *keys, size_t n, size_t stride, Term key)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (compare_exact(key, keys[stride * mid]) < 0) high = mid;
        else low = mid + 1;
    }
    return low;
}

// An unfilled flat map of n pairs, its keys tuple behind it; *keys and *values
// are the places to fill.
static Term flat_new(Heap *h, size_t n, Term **keys, Term **values)
{
    Term *at = heap_alloc(h, FLAT_MAP_WORDS(n) + 1 + n);
    if (at == NULL) return TERM_NONE;
    Term *tuple = at + FLAT_MAP_WORDS(n);
    at[0] = MAP_HEADER(MAP_FLAT, 0, 1 + n);
    at[1] = make_boxed(tuple);
    tuple[0] = TUPLE_HEADER(n);
    *keys = tuple + 1;
    *values = at + 2;
    return make_boxed(at);
}

// The same keys with other values, which the caller fills in.
static Term flat_with_keys(Heap *h, Term keys, Term **values)
{
    size_t n = tuple_arity(keys);
    Term *at = heap_alloc(h, FLAT_MAP_WORDS(n));
    if (at == NULL) return TERM_NONE;
    at[0] = MAP_HEADER(MAP_FLAT, 0, 1 + n);
    at[1] = keys;
    *values = at + 2;
    return make_boxed(at);
}

static Term flat_set(Heap *h, Term map, size_t i, Term value)
{
    const Term *old = flat_map_values(map);
    if (old[i] == value) return map;
    Term *values;
    Term result = flat_with_keys(h, flat_map_keys(map), &values);
    if (result == TERM_NONE) return result;
    memcpy(values, old, map_size(map) * sizeof(Term));
    values[i] = value;
    return result;
}

static Term flat_insert(Heap *h, Term map, Term key, Term value)
{
    size_t n = map_size(map);
    const Term *old_keys = tuple_elements(flat_map_keys(map)), *old_values = flat_map_values(map);
    if (n == FLAT_MAP_MAX) {
        Term kv[2 * (FLAT_MAP_MAX + 1)];
        for (size_t i = 0; i < n; i++) kv[2 * i] = old_keys[i], kv[2 * i + 1] = old_values[i];
        kv[2 * n] = key, kv[2 * n + 1] = value;
        return hamt_from_pairs(h, kv, n + 1, NULL);
    }
    Term *keys, *values;
    Term result = flat_new(h, n + 1, &keys, &values);
    if (result == TERM_NONE) return result;
    size_t at = flat_place(old_keys, n, 1, key);
    memcpy(keys, old_keys, at * sizeof(Term));
    memcpy(values, old_values, at * sizeof(Term));
    keys[at] = key, values[at] = value;
    memcpy(keys + at + 1, old_keys + at, (n - at) * sizeof(Term));
    memcpy(values + at + 1, old_values + at, (n - at) * sizeof(Term));
    return result;
}

static Term flat_delete(Heap *h, Term map, size_t at)
{
    size_t n = map_size(map) - 1;
    const Term *old_keys = tuple_elements(flat_map_keys(map)), *old_values = flat_map_values(map);
    Term *keys, *values;
    Term result = flat_new(h, n, &keys, &values);
    if (result == TERM_NONE) return result;
    memcpy(keys, old_keys, at * sizeof(Term));
    memcpy(values, old_values, at * sizeof(Term));
    memcpy(keys + at, old_keys + at + 1, (n - at) * sizeof(Term));
    memcpy(values + at, old_values + at + 1, (n - at) * sizeof(Term));
    return result;
}

Term flat_from_unsorted(Heap *h, Term *kv, size_t n)
{
    Term *keys, *values;
    Term result = flat_new(h, n, &keys, &values);
    if (result == TERM_NONE) return result;
    for (size_t i = 0; i < n; i++) {
        size_t at = flat_place(keys, i, 1, kv[2 * i]);
        memmove(keys + at + 1, keys + at, (i - at) * sizeof(Term));
        memmove(values + at + 1, values + at, (i - at) * sizeof(Term));
        keys[at] = kv[2 * i], values[at] = kv[2 * i + 1];
    }
    return result;
}

// Of n <= FLAT_MAP_MAX pairs whose keys may repeat.
static Term flat_from_pairs(Heap *h, const Term *kv, size_t n, bool *duplicates)
{
    Term kept[2 * FLAT_MAP_MAX];
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        size_t at = flat_place(kept, count, 2, kv[2 * i]);
        bool same = at > 0 && compare_exact(kept[2 * (at - 1)], kv[2 * i]) == 0;
        if (same) {
            kept[2 * (at - 1) + 1] = kv[2 * i + 1];
            if (duplicates != NULL) *duplicates = true;
            continue;
        }
        memmove(kept + 2 * (at + 1), kept + 2 * at, 2 * (count - at) * sizeof(Term));
        kept[2 * at] = kv[2 * i], kept[2 * at + 1] = kv[2 * i + 1];
        count++;
    }
    Term *keys, *values;
    Term result = flat_new(h, count, &keys, &values);
    if (result == TERM_NONE) return result;
    for (size_t i = 0; i < count; i++) keys[i] = kept[2 * i], values[i] = kept[2 * i + 1];
    return result;
}

// Both flat. The keys tuple of a or b is used again when it has all keys.
static Term flat_merge(Heap *h, Term a, Term b)
{
    size_t n = map_size(a), m = map_size(b), i = 0, j = 0, count = 0;
    const Term *ka = tuple_elements(flat_map_keys(a)), *kb = tuple_elements(flat_map_keys(b));
    const Term *va = flat_map_values(a), *vb = flat_map_values(b);
    Term kv[4 * FLAT_MAP_MAX];
    while (i < n || j < m) {
        int c = i == n ? 1 : j == m ? -1 : compare_exact(ka[i], kb[j]);
        kv[2 * count] = c < 0 ? ka[i] : kb[j];
        kv[2 * count + 1] = c < 0 ? va[i] : vb[j];
        count++;
        i += c <= 0;
        j += c >= 0;
    }
    if (count == m) return b;  // every key of a is in b
    if (count > FLAT_MAP_MAX) return hamt_from_pairs(h, kv, count, NULL);
    Term *keys = NULL, *values;
    Term result = count == n ? flat_with_keys(h, flat_map_keys(a), &values)
                             : flat_new(h, count, &keys, &values);
    if (result == TERM_NONE) return result;
    for (size_t k = 0; k < count; k++) {
        if (keys != NULL) keys[k] = kv[2 * k];
        values[k] = kv[2 * k + 1];
    }
    return result;
}

// ---- maps of either kind -----------------------------------------------------------
Term map_get_slow(Term map, Term key)
{
    if (!is_flat_map(map)) return hamt_get(map, key);
    size_t i = flat_find(map, key);
    return i == NOT_FOUND ? TERM_NONE : flat_map_values(map)[i];
}

Term map_put(Heap *h, Term map, Term key, Term value)
{
    Term old;
    if (!is_flat_map(map)) return hamt_put(h, map, key, value, false, &old);
    size_t i = flat_find(map, key);
    return i == NOT_FOUND ? flat_insert(h, map, key, value) : flat_set(h, map, i, value);
}

Term map_update(Heap *h, Term map, Term key, Term value, bool *found)
{
    if (!is_flat_map(map)) {
        Term old;
        Term result = hamt_put(h, map, key, value, true, &old);
        *found = old != TERM_NONE;
        return result;
    }
    size_t i = flat_find(map, key);
    *found = i != NOT_FOUND;
    return *found ? flat_set(h, map, i, value) : TERM_NONE;
}

Term map_remove(Heap *h, Term map, Term key, Term *value)
{
    Term unused;
    if (value == NULL) value = &unused;
    *value = TERM_NONE;
    if (!is_flat_map(map)) return hamt_remove(h, map, key, value);
    size_t i = flat_find(map, key);
    if (i == NOT_FOUND) return map;
    *value = flat_map_values(map)[i];
    return flat_delete(h, map, i);
}

Term map_merge(Heap *h, Term a, Term b)
{
    if (a == b || map_size(a) == 0) return b;
    if (map_size(b) == 0) return a;
    bool flat_a = is_flat_map(a), flat_b = is_flat_map(b);
    if (flat_a && flat_b) return flat_merge(h, a, b);
    if (!flat_a && !flat_b) return hamt_merge(h, a, b);
    Term result = flat_a ? b : a, few = flat_a ? a : b, old;
    const Term *keys = tuple_elements(flat_map_keys(few)), *values = flat_map_values(few);
    size_t n = map_size(few);
    for (size_t i = 0; i < n && result != TERM_NONE; i++) {
        if (flat_a && hamt_get(b, keys[i]) != TERM_NONE) continue;
        result = hamt_put(h, result, keys[i], values[i], false, &old);
    }
    return result;
}

Term map_from_pairs_checked(Heap *h, const Term *kv, size_t n, bool *duplicates)
{
    if (duplicates != NULL) *duplicates = false;
    if (n <= FLAT_MAP_MAX) return flat_from_pairs(h, kv, n, duplicates);
    return hamt_from_pairs(h, kv, n, duplicates);
}

Term map_from_pairs(Heap *h, const Term *kv, size_t n)
{
    return map_from_pairs_checked(h, kv, n, NULL);
}

// ---- iteration ------------------------------------------------------------------------
void map_iter_init(MapIter *it, Term map)
{
    const Term *p = boxed_ptr(map);
    it->depth = 0;
    it->left = map_size(map);
    if (map_header_shape(*p) == MAP_FLAT) {
        it->keys = tuple_elements(p[1]);
        it->values = p + 2;
    } else {
        it->keys = NULL;
        it->path[0].child = node_children(p);
        it->path[0].end = p + 1 + map_header_words(*p);
        it->depth = 1;
    }
}

bool map_iter_next(MapIter *it, Term *key, Term *value)
{
    if (it->left == 0) return false;
    it->left--;
    if (it->keys != NULL) {
        *key = *it->keys++;
        *value = *it->values++;
        return true;
    }
    for (;;) {
        while (it->path[it->depth - 1].child == it->path[it->depth - 1].end) it->depth--;
        Term child = *it->path[it->depth - 1].child++;
        if (is_cons(child)) {
            *key = cons_head(child);
            *value = cons_tail(child);
            return true;
        }
        const Term *p = boxed_ptr(child);
        it->path[it->depth].child = node_children(p);
        it->path[it->depth].end = p + 1 + map_header_words(*p);
        it->depth++;
    }
}
