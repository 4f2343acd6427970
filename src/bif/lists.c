// SPDX-License-Identifier: Apache-2.0
// bif/lists.c - the native part of lists, and the list operators.
//
// A loop that runs out of budget goes on in a hidden builtin, whose arguments
// are what the guest called with and how far the loop has come.
#include "base/fiber.h"
#include "bif/args.h"
#include "term/compare.h"
#include "term/hash.h"

#define STEPS_PER_REDUCTION 32
// Elements looked at between two looks at the budget.
#define CHUNK 1024

// ---- member -----------------------------------------------------------------------
static Term find_member(Process *p, Term x, Term original, Term rest)
{
    bool immediate = is_immed(x);
    for (;;) {
        size_t n = 0;
        for (; n < CHUNK && is_cons(rest); n++, rest = cons_tail(rest)) {
            Term y = cons_head(rest);
            if (x == y) break;
            if (!immediate && equal_exact_charged(x, y, &p->reds)) break;
        }
        bif_charge(p, n / (immediate ? STEPS_PER_REDUCTION * 4 : STEPS_PER_REDUCTION) + 1);
        if (n < CHUNK) break;
        if (bif_budget(p) <= 0) return bif_yield(p, BIF_lists_member_loop, 3, x, original, rest);
    }
    if (is_cons(rest)) return AM_true;
    if (is_nil(rest)) return AM_false;
    return bif_error_as(p, BIF_lists_member_2, AM_badarg, 2, x, original);
}

Term bif_lists_member_2(Process *p, Term *args)
{
    return find_member(p, args[0], args[1], args[1]);
}

Term bif_lists_member_loop(Process *p, Term *args)
{
    return find_member(p, args[0], args[1], args[2]);
}

// ---- keyfind and its kin --------------------------------------------------------------
static Term key_result(Process *p, BifIndex kind, Term found)
{
    if (found == TERM_NONE) return AM_false;
    if (kind == BIF_lists_keymember_3) return AM_true;
    if (kind == BIF_lists_keyfind_3) return found;
    Term *hp = bif_alloc(p, 3);
    return hp != NULL ? tuple2_at(&hp, AM_value, found) : TERM_NONE;
}

static Term find_key(Process *p, BifIndex kind, Term key, Term position, Term original, Term rest)
{
    if (!is_integer(position) || (is_small(position) && small_value(position) < 1) ||
        (is_big(position) && big_is_negative(position)))
        return bif_error_as(p, kind, AM_badarg, 3, key, position, original);
    if (is_big(position)) return bif_error_as(p, kind, AM_badarg, 3, key, position, original);
    size_t i = (size_t)small_value(position);
    for (;;) {
        size_t n = 0;
        for (; n < CHUNK && is_cons(rest); n++, rest = cons_tail(rest)) {
            Term t = cons_head(rest);
            if (!is_tuple(t) || tuple_arity(t) < i) continue;
            Term y = tuple_elements(t)[i - 1];
            if (key == y || (!is_atom(key) && equal_charged(key, y, &p->reds))) {
                bif_charge(p, n / STEPS_PER_REDUCTION + 1);
                return key_result(p, kind, t);
            }
        }
        bif_charge(p, n / STEPS_PER_REDUCTION + 1);
        if (n < CHUNK) break;
        if (bif_budget(p) <= 0)
            return bif_yield(p, BIF_lists_key_loop, 5, SMALL(kind), key, position, original, rest);
    }
    if (is_nil(rest)) return key_result(p, kind, TERM_NONE);
    return bif_error_as(p, kind, AM_badarg, 3, key, position, original);
}

Term bif_lists_keyfind_3(Process *p, Term *args)
{
    return find_key(p, BIF_lists_keyfind_3, args[0], args[1], args[2], args[2]);
}

Term bif_lists_keymember_3(Process *p, Term *args)
{
    return find_key(p, BIF_lists_keymember_3, args[0], args[1], args[2], args[2]);
}

Term bif_lists_keysearch_3(Process *p, Term *args)
{
    return find_key(p, BIF_lists_keysearch_3, args[0], args[1], args[2], args[2]);
}

Term bif_lists_key_loop(Process *p, Term *args)
{
    return find_key(p, (BifIndex)small_value(args[0]), args[1], args[2], args[3], args[4]);
}

// ---- reverse ------------------------------------------------------------------------------
// Moves up to CHUNK * 16 elements of *rest to the front of *acc. False: refused.
static bool reverse_some(Process *p, Term *rest, Term *acc)
{
    size_t n = 0;
    Pace work = PACE_START;
    for (Term t = *rest; n < CHUNK * 16 && is_cons(t); t = cons_tail(t), (void)pace(&work, 1)) n++;
    bif_charge(p, n / STEPS_PER_REDUCTION + 1);
    Term *hp = bif_alloc(p, 2 * n);
    if (hp == NULL) return false;
    Term t = *rest, a = *acc;
    for (; n > 0; n--, t = cons_tail(t), (void)pace(&work, 2)) a = cons_at(&hp, cons_head(t), a);
    *rest = t;
    *acc = a;
    return true;
}

static Term reverse(Process *p, Term list, Term tail, Term rest, Term acc)
{
    while (is_cons(rest)) {
        if (!reverse_some(p, &rest, &acc)) return TERM_NONE;
        if (is_cons(rest) && bif_budget(p) <= 0)
            return bif_yield(p, BIF_lists_reverse_loop, 4, list, tail, rest, acc);
    }
    if (is_nil(rest)) return acc;
    return bif_error_as(p, BIF_lists_reverse_2, AM_badarg, 2, list, tail);
}

Term bif_lists_reverse_2(Process *p, Term *args)
{
    return reverse(p, args[0], args[1], args[0], args[1]);
}

Term bif_lists_reverse_loop(Process *p, Term *args)
{
    return reverse(p, args[0], args[1], args[2], args[3]);
}

// ---- append ---------------------------------------------------------------------------------
// A short left side is copied in one go. A long one is turned around twice, each
// time in pieces that may yield: a cell that is older than a collection cannot
// be given a new tail.
#define APPEND_AT_ONCE 16384

static Term append_long(Process *p, Term left, Term right, Term rest, Term acc)
{
    while (is_cons(rest)) {
        if (!reverse_some(p, &rest, &acc)) return TERM_NONE;
        if (bif_budget(p) <= 0)
            return bif_yield(p, BIF_erlang_append_loop, 4, left, right, rest, acc);
    }
    if (is_nil(rest)) return reverse(p, acc, right, acc, right);
    return bif_error_as(p, BIF_erlang_append_op_2, AM_badarg, 2, left, right);
}

static Term append(Process *p, Term left, Term right)
{
    if (is_nil(left)) return right;
    size_t n = 0;
    Term t = left;
    for (; n < APPEND_AT_ONCE && is_cons(t); t = cons_tail(t)) n++;
    if (is_cons(t)) return append_long(p, left, right, left, TERM_NIL);
    if (!is_nil(t)) return bif_badarg(p);
    bif_charge(p, n / STEPS_PER_REDUCTION);
    Term *hp = bif_alloc(p, 2 * n);
    if (hp == NULL) return TERM_NONE;
    Term result = make_cons(hp);
    for (t = left; n > 0; n--, t = cons_tail(t), hp += 2) {
        hp[0] = cons_head(t);
        hp[1] = n > 1 ? make_cons(hp + 2) : right;
    }
    return result;
}

Term bif_erlang_append_op_2(Process *p, Term *args) { return append(p, args[0], args[1]); }

Term bif_erlang_append_2(Process *p, Term *args) { return append(p, args[0], args[1]); }

Term bif_erlang_append_loop(Process *p, Term *args)
{
    return append_long(p, args[0], args[1], args[2], args[3]);
}

// ---- subtract --------------------------------------------------------------------------------
// The elements of the right side are counted in a table, so that the work is
// proportional to both lengths together and not to their product. A few are
// simply looked through.
#define SCAN_MAX 12

typedef struct Wanted {
    Term term;  // TERM_NONE: free
    uint32_t hash;
    uint64_t count;
} Wanted;

typedef struct WantedTable {
    Wanted *slots;
    size_t mask;
    bool hashed;
    uint64_t left;  // sum of counts
    uint32_t salt;
    int64_t *reds;
} WantedTable;

// The slot of t, or the free one where it belongs; NULL: not there (a scan only).
static Wanted *wanted_slot(const WantedTable *w, Term t, size_t used)
{
    if (!w->hashed) {
        for (size_t i = 0; i < used; i++)
            if (w->slots[i].count != 0 &&
                (w->slots[i].term == t || equal_exact_charged(w->slots[i].term, t, w->reds)))
                return &w->slots[i];
        return NULL;
    }
    uint32_t h = hash_internal_salted(t, w->salt);
    for (size_t i = h & w->mask;; i = (i + 1) & w->mask) {
        Wanted *s = &w->slots[i];
        if (s->term == TERM_NONE) {
            s->hash = h;
            return s;
        }
        if (s->hash == h && (s->term == t || equal_exact_charged(s->term, t, w->reds))) return s;
    }
}

static void count_wanted(WantedTable *w, Term right, size_t n)
{
    size_t used = 0;
    Pace work = PACE_START;
    for (; is_cons(right) && pace(&work, 8); right = cons_tail(right)) {
        Term t = cons_head(right);
        Wanted *s = w->hashed ? wanted_slot(w, t, 0) : &w->slots[used++];
        if (s->term == TERM_NONE) s->term = t;
        s->count++;
    }
    w->left = n;
}

static Term keep_unwanted(Process *p, WantedTable *w, Term left, int64_t n, size_t right_count)
{
    Term *hp = bif_alloc(p, 2 * (size_t)n);
    if (hp == NULL) return TERM_NONE;
    Term *at = hp, result = TERM_NIL, *link = &result;
    Pace work = PACE_START;
    while (is_cons(left) && w->left > 0 && pace(&work, 8)) {
        Term t = cons_head(left);
        left = cons_tail(left);
        Wanted *s = wanted_slot(w, t, right_count);
        if (s != NULL && s->count > 0) {
            s->count--;
            w->left--;
            continue;
        }
        at[0] = t;
        *link = make_cons(at);
        link = at + 1;
        at += 2;
    }
    *link = left;  // nothing more to take away: the rest stays as it is
    heap_shrink(&p->heap, hp, 2 * (size_t)n, (size_t)(at - hp));
    return result;
}

static Term subtract(Process *p, Term left, Term right)
{
    int64_t n = bif_list_length(p, left), m = bif_list_length(p, right);
    if (n < 0 || m < 0) return bif_badarg(p);
    if (n == 0 || m == 0) return left;
    bif_charge(p, (uint64_t)(n + m) / 4);
    WantedTable w = {.salt = p->heap.space->hash_salt, .reds = &p->reds};
    Wanted few[SCAN_MAX];
    if (m <= SCAN_MAX) {
        memset(few, 0, sizeof few);
        w.slots = few;
        count_wanted(&w, right, (size_t)m);
        return keep_unwanted(p, &w, left, n, (size_t)m);
    }
    size_t slots = 32;
    while (slots < (size_t)m * 2) slots *= 2;
    w.hashed = true;
    w.mask = slots - 1;
    w.slots = bif_scratch(p, slots * sizeof(Wanted));
    if (w.slots == NULL) return TERM_NONE;
    paced_fill(w.slots, 0, slots * sizeof(Wanted));
    count_wanted(&w, right, (size_t)m);
    Term result = keep_unwanted(p, &w, left, n, 0);
    bif_scratch_free(p, w.slots, slots * sizeof(Wanted));
    return result;
}

Term bif_erlang_subtract_op_2(Process *p, Term *args) { return subtract(p, args[0], args[1]); }

Term bif_erlang_subtract_2(Process *p, Term *args) { return subtract(p, args[0], args[1]); }
