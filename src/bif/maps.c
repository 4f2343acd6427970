// SPDX-License-Identifier: Apache-2.0
// bif/maps.c - the native part of maps, and what maps.erl calls.
#include "base/fiber.h"
#include "bif/args.h"
#include "heap/map.h"
#include "term/big.h"
#include "term/compare.h"
#include "term/hash.h"

static Term bad_map(Process *p, Term t) { return bif_error_tagged(p, AM_badmap, t); }

static Term or_no_memory(Process *p, Term t) { return t != TERM_NONE ? t : bif_no_memory(p); }

// ---- one key -----------------------------------------------------------------------
Term bif_maps_find_2(Process *p, Term *args)
{
    if (!is_map(args[1])) return bad_map(p, args[1]);
    Term value = map_get(args[1], args[0]);
    if (value == TERM_NONE) return AM_error;
    Term *hp = bif_alloc(p, 3);
    return hp != NULL ? tuple2_at(&hp, AM_ok, value) : TERM_NONE;
}

Term bif_maps_get_2(Process *p, Term *args)
{
    if (!is_map(args[1])) return bad_map(p, args[1]);
    Term value = map_get(args[1], args[0]);
    return value != TERM_NONE ? value : bif_error_tagged(p, AM_badkey, args[0]);
}

Term bif_maps_is_key_2(Process *p, Term *args)
{
    if (!is_map(args[1])) return bad_map(p, args[1]);
    return make_bool(map_get(args[1], args[0]) != TERM_NONE);
}

Term bif_maps_put_3(Process *p, Term *args)
{
    if (!is_map(args[2])) return bad_map(p, args[2]);
    return or_no_memory(p, map_put(&p->heap, args[2], args[0], args[1]));
}

Term bif_maps_update_3(Process *p, Term *args)
{
    bool found;
    if (!is_map(args[2])) return bad_map(p, args[2]);
    Term map = map_update(&p->heap, args[2], args[0], args[1], &found);
    if (!found) return bif_error_tagged(p, AM_badkey, args[0]);
    return or_no_memory(p, map);
}

Term bif_maps_remove_2(Process *p, Term *args)
{
    if (!is_map(args[1])) return bad_map(p, args[1]);
    return or_no_memory(p, map_remove(&p->heap, args[1], args[0], NULL));
}

Term bif_maps_take_2(Process *p, Term *args)
{
    Term value;
    if (!is_map(args[1])) return bad_map(p, args[1]);
    Term map = map_remove(&p->heap, args[1], args[0], &value);
    if (map == TERM_NONE) return bif_no_memory(p);
    if (value == TERM_NONE) return AM_error;
    Term *hp = bif_alloc(p, 3);
    return hp != NULL ? tuple2_at(&hp, value, map) : TERM_NONE;
}

// ---- whole maps -----------------------------------------------------------------------
// Keys or values as a list: for a flat map in order, for a trie with the last
// one first, as OTP has it.
static Term pieces(Process *p, Term map, bool keys)
{
    if (!is_map(map)) return bad_map(p, map);
    size_t n = map_size(map);
    bif_charge(p, n / 32);
    Term *hp = bif_alloc(p, 2 * n);
    if (hp == NULL) return TERM_NONE;
    Term list = TERM_NIL;
    if (is_flat_map(map)) {
        const Term *from = keys ? tuple_elements(flat_map_keys(map)) : flat_map_values(map);
        while (n > 0) list = cons_at(&hp, from[--n], list);
        return list;
    }
    MapIter it;
    map_iter_init(&it, map);
    Pace work = PACE_START;
    for (Term key, value; map_iter_next(&it, &key, &value); (void)pace(&work, 4))
        list = cons_at(&hp, keys ? key : value, list);
    return list;
}

Term bif_maps_keys_1(Process *p, Term *args) { return pieces(p, args[0], true); }

Term bif_maps_values_1(Process *p, Term *args) { return pieces(p, args[0], false); }

Term bif_maps_merge_2(Process *p, Term *args)
{
    if (!is_map(args[0])) return bad_map(p, args[0]);
    if (!is_map(args[1])) return bad_map(p, args[1]);
    bif_charge(p, (map_size(args[0]) + map_size(args[1])) / 16);
    return or_no_memory(p, map_merge(&p->heap, args[0], args[1]));
}

// ---- from_list, from_keys ------------------------------------------------------------------
// A long list becomes a map in portions that are merged into the map so far.
// Arguments of the loop: the list as given, the value for all (from_keys) or
// itself, AM_from_list or AM_from_keys, the rest of the list, the map so far.
#define PORTION 4096

static Term build_failed(Process *p, Term list, Term value, Term kind)
{
    if (kind == AM_from_list) return bif_error_as(p, BIF_maps_from_list_1, AM_badarg, 1, list);
    return bif_error_as(p, BIF_maps_from_keys_2, AM_badarg, 2, list, value);
}

// Copies pairs from the front of *rest to kv. Number of pairs; SIZE_MAX: one of
// the elements is no pair.
static size_t take_pairs(Term *rest, Term kind, Term value, Term *kv)
{
    size_t n = 0;
    Term t = *rest;
    for (; n < PORTION && is_cons(t); t = cons_tail(t), n++) {
        Term e = cons_head(t);
        if (kind == AM_from_keys) {
            kv[2 * n] = e, kv[2 * n + 1] = value;
        } else {
            if (!is_tuple_arity(e, 2)) return SIZE_MAX;
            kv[2 * n] = tuple_elements(e)[0], kv[2 * n + 1] = tuple_elements(e)[1];
        }
    }
    *rest = t;
    return n;
}

static Term build(Process *p, Term list, Term value, Term kind, Term rest, Term map)
{
    Term kv[2 * PORTION];
    do {
        size_t n = take_pairs(&rest, kind, value, kv);
        if (n == SIZE_MAX || (!is_cons(rest) && !is_nil(rest)))
            return build_failed(p, list, value, kind);
        Term portion = map_from_pairs(&p->heap, kv, n);
        if (portion != TERM_NONE)
            map = map == TERM_NIL ? portion : map_merge(&p->heap, map, portion);
        if (portion == TERM_NONE || map == TERM_NONE) return bif_no_memory(p);
        bif_charge(p, n / 4 + 1);
        if (is_cons(rest) && bif_budget(p) <= 0)
            return bif_yield(p, BIF_maps_build_loop, 5, list, value, kind, rest, map);
    } while (is_cons(rest));
    return map;
}

Term bif_maps_build_loop(Process *p, Term *args)
{
    return build(p, args[0], args[1], args[2], args[3], args[4]);
}

Term bif_maps_from_list_1(Process *p, Term *args)
{
    return build(p, args[0], TERM_NIL, AM_from_list, args[0], TERM_NIL);
}

Term bif_maps_from_keys_2(Process *p, Term *args)
{
    return build(p, args[0], args[1], AM_from_keys, args[0], TERM_NIL);
}

// ---- iteration ---------------------------------------------------------------------------------
// {K, V, {K2, V2, … Next}} in the order of the pairs.
static Term nested(Process *p, const Term *kv, size_t n, Term next)
{
    Term *hp = bif_alloc(p, 4 * n);
    if (hp == NULL) return TERM_NONE;
    while (n-- > 0) next = tuple3_at(&hp, kv[2 * n], kv[2 * n + 1], next);
    return next;
}

// The pairs as {K, V} in front of acc: in order, or (tries) one after the other.
static Term listed(Process *p, const Term *kv, size_t n, Term acc, bool in_order)
{
    Term *hp = bif_alloc(p, 5 * n);
    if (hp == NULL) return TERM_NONE;
    for (size_t i = 0; i < n; i++) {
        size_t k = in_order ? n - 1 - i : i;
        Term pair = tuple2_at(&hp, kv[2 * k], kv[2 * k + 1]);
        acc = cons_at(&hp, pair, acc);
    }
    return acc;
}

// A place in a trie is a number of four bits a level, the root's the lowest:
// which child to take. Below the last level that is not zero stand first children.
typedef struct Place {
    uint8_t index[HAMT_MAX_LEVEL + 1];
    const Term *children[HAMT_MAX_LEVEL + 1];
    unsigned count[HAMT_MAX_LEVEL + 1];
    unsigned depth;
} Place;

static bool is_inner(Term child) { return is_boxed(child); }

// Goes down to the leaf at the present indexes. False: there is none.
static bool descend(Place *at, Term node)
{
    for (;;) {
        const Term *p = boxed_ptr(node);
        bool head = map_header_shape(*p) == MAP_HEAD;
        at->children[at->depth] = p + (head ? 2 : 1);
        at->count[at->depth] = (unsigned)map_header_words(*p) - head;
        if (at->index[at->depth] >= at->count[at->depth]) return false;
        node = at->children[at->depth][at->index[at->depth]];
        if (!is_inner(node)) return true;
        if (++at->depth > HAMT_MAX_LEVEL) return false;
    }
}

// As OTP does it: a small number is its 60 bits, whatever its sign, and what the path has beyond
// the leaf means nothing.
static bool place_from(Place *at, Term map, Term path)
{
    IntView v;
    Term bits;
    int_view(&v, path);
    *at = (Place){0};
    if (is_small(path)) {
        bits = path >> (64 - SMALL_BITS);
        v.limbs = &bits, v.n = 1;
    } else if (v.negative) {
        return false;
    }
    size_t n = v.n * 16 < sizeof at->index ? v.n * 16 : sizeof at->index;
    for (size_t i = 0; i < n; i++) at->index[i] = v.limbs[i / 16] >> (i % 16 * 4) & 15;
    if (!descend(at, map)) return false;
    memset(at->index + at->depth + 1, 0, sizeof at->index - at->depth - 1);
    return true;
}

// Moves to the next leaf; false: that was the last one.
static bool advance(Place *at)
{
    while (++at->index[at->depth] == at->count[at->depth]) {
        at->index[at->depth] = 0;
        if (at->depth-- == 0) return false;
    }
    Term child = at->children[at->depth][at->index[at->depth]];
    if (!is_inner(child)) return true;
    at->depth++;
    return descend(at, child);
}

static Term place_path(Process *p, const Place *at)
{
    enum { LIMBS = (HAMT_MAX_LEVEL + 1 + 15) / 16 };
    Term *hp = bif_alloc(p, 1 + LIMBS);
    if (hp == NULL) return TERM_NONE;
    memset(hp, 0, (1 + LIMBS) * sizeof(Term));
    for (unsigned i = 0; i <= at->depth; i++)
        hp[1 + i / 16] |= (uint64_t)at->index[i] << (i % 16 * 4);
    Term path = big_normalise(hp, LIMBS, false);
    heap_shrink(&p->heap, hp, 1 + LIMBS, big_words(path));
    return path;
}

static Term next_of_trie(Process *p, Term path, Term map, Term acc, bool iterator)
{
    enum { AT_ONCE = 32 };
    Term kv[2 * AT_ONCE], next = TERM_NIL;
    Place at;
    if (!place_from(&at, map, path)) return bif_badarg(p);
    size_t n = 0;
    bool more;
    do {
        Term leaf = at.children[at.depth][at.index[at.depth]];
        kv[2 * n] = cons_head(leaf), kv[2 * n + 1] = cons_tail(leaf);
        more = advance(&at);
    } while (++n < AT_ONCE && more);
    if (more && (next = place_path(p, &at)) == TERM_NONE) return TERM_NONE;
    Term *hp = bif_alloc(p, 4);
    if (hp == NULL) return TERM_NONE;
    hp[0] = hp[1] = hp[2] = hp[3] = TERM_NIL;
    if (iterator) return nested(p, kv, n, more ? cons_at(&hp, next, map) : AM_none);
    acc = listed(p, kv, n, acc, false);
    if (acc == TERM_NONE || !more) return acc;
    acc = cons_at(&hp, map, acc);
    return cons_at(&hp, next, acc);
}

Term bif_erts_internal_map_next_3(Process *p, Term *args)
{
    Term path = args[0], map = args[1], acc = args[2];
    if (!is_map(map) || !is_integer(path)) return bif_badarg(p);
    if (acc != AM_iterator && !is_cons(acc) && !is_nil(acc)) return bif_badarg(p);
    bif_charge(p, 2);
    if (!is_flat_map(map)) return next_of_trie(p, path, map, acc, acc == AM_iterator);
    Term kv[2 * FLAT_MAP_MAX];
    size_t n = map_size(map);
    // OTP takes any number up to the size for the beginning.
    if (!is_small(path) || small_value(path) < 0 || (uint64_t)small_value(path) > n)
        return bif_badarg(p);
    for (size_t i = 0; i < n; i++) {
        kv[2 * i] = tuple_elements(flat_map_keys(map))[i];
        kv[2 * i + 1] = flat_map_values(map)[i];
    }
    return acc == AM_iterator ? nested(p, kv, n, AM_none) : listed(p, kv, n, acc, true);
}

Term bif_erts_internal_map_to_tuple_keys_1(Process *p, Term *args)
{
    if (!is_map(args[0])) return bad_map(p, args[0]);
    return is_flat_map(args[0]) ? flat_map_keys(args[0]) : bif_badarg(p);
}

// The path from a trie's head to one of its nodes: the children that are still to come, and
// where they go.
typedef struct TriePath {
    struct {
        const Term *at, *end;
        Term *to;
    } level[HAMT_MAX_LEVEL + 1];
    unsigned depth;
} TriePath;

static TriePath path_at_head(const Term *head)
{
    return (TriePath){.level[0] = {head + 2, head + 1 + map_header_words(*head), NULL}};
}

// The next child, or TERM_NONE at the end. False: it was another node's last one.
static bool next_child(TriePath *path, Term *child)
{
    *child = TERM_NONE;
    if (path->level[path->depth].at == path->level[path->depth].end) {
        if (path->depth == 0) return true;
        path->depth--;
        return false;
    }
    *child = *path->level[path->depth].at++;
    return true;
}

static void enter_node(TriePath *path, const Term *node, Term *to)
{
    path->depth++;
    path->level[path->depth].at = node + 1;
    path->level[path->depth].end = node + 1 + map_header_words(*node);
    path->level[path->depth].to = to;
}

// The words of tuples that stand for the nodes below the head. False: it has taken too many
// steps, and the run loop ends the process.
static bool measure_nodes(Process *p, const Term *head, size_t *words)
{
    uint32_t steps = 0;
    Term child;
    *words = 0;
    for (TriePath path = path_at_head(head);;) {
        if (!term_step(&steps)) return false;
        if ((steps & 1023) == 0) bif_charge(p, 16);
        if (!next_child(&path, &child)) continue;
        if (child == TERM_NONE) return true;
        if (is_cons(child)) continue;
        *words += 1 + map_header_words(*boxed_ptr(child));
        enter_node(&path, boxed_ptr(child), NULL);
    }
}

// Nodes are no terms, and nothing that takes a map would stand one: a tuple of its children
// is shown in the place of each, which erts_debug:size/1 counts the same.
Term bif_erts_internal_map_hashmap_children_1(Process *p, Term *args)
{
    if (!is_map(args[0])) return bad_map(p, args[0]);
    if (is_flat_map(args[0])) return bif_badarg(p);
    const Term *head = boxed_ptr(args[0]);
    size_t n = map_header_words(*head) - 1, words;
    if (!measure_nodes(p, head, &words)) return TERM_NIL;
    Term *cells = bif_alloc(p, 2 * n + words);
    if (cells == NULL) return TERM_NONE;
    Term *hp = cells + 2 * n, list = TERM_NIL, child;
    for (TriePath path = path_at_head(head);;) {
        if (!next_child(&path, &child)) continue;
        if (child == TERM_NONE) return list;
        unsigned depth = path.depth;
        if (!is_cons(child)) {
            const Term *node = boxed_ptr(child);
            child = make_boxed(hp);
            hp[0] = TUPLE_HEADER(map_header_words(*node));
            enter_node(&path, node, hp + 1);
            hp += 1 + map_header_words(*node);
        }
        if (depth == 0) list = cons_at(&cells, child, list);
        else *path.level[depth].to++ = child;
    }
}

// ---- terms -----------------------------------------------------------------------------------------
// The exact order: an integer is less than every float.
Term bif_erts_internal_cmp_term_2(Process *p, Term *args)
{
    int c = compare_slow(args[0], args[1], COMPARE_EXACT, &p->reds);
    return make_small(c < 0 ? -1 : c > 0);
}

static Term boxed_type(Term t)
{
    switch (header_kind(boxed_header(t))) {
    case BOX_TUPLE: return AM_tuple;
    case BOX_POS_BIG:
    case BOX_NEG_BIG: return AM_bignum;
    case BOX_REF:
    case BOX_MAGIC: return AM_reference;
    case BOX_FUN: return AM_fun;
    case BOX_FLOAT: return AM_hfloat;
    case BOX_EXPORT: return AM_export;
    case BOX_REFC_BIN: return AM_refc_binary;
    case BOX_HEAP_BIN: return AM_heap_binary;
    case BOX_SUB_BITS: return AM_sub_binary;
    case BOX_EXT_PID: return AM_external_pid;
    case BOX_EXT_PORT: return AM_external_port;
    case BOX_EXT_REF: return AM_external_reference;
    case BOX_MAP:
        switch (map_header_shape(boxed_header(t))) {
        case MAP_FLAT: return AM_flatmap;
        case MAP_HEAD: return AM_hashmap;
        default: return AM_hashmap_node;
        }
    case BOX_MATCH: break;
    }
    return AM_undefined;
}

Term bif_erts_internal_term_type_1(Process *p, Term *args)
{
    Term t = args[0];
    if (is_boxed(t)) return boxed_type(t);
    if (is_cons(t)) return AM_list;
    if (is_nil(t)) return AM_nil;
    if (is_small(t)) return AM_fixnum;
    if (is_atom(t)) return AM_atom;
    return is_local_pid(t) ? AM_pid : AM_port;
}
