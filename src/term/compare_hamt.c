// SPDX-License-Identifier: Apache-2.0
// term/compare_hamt.c - the order of two large maps of the same size.
//
// Erlang compares the keys in their order first, then the values in the order of
// their keys. The tries hold keys in another order, but sorting is not needed:
//
//   - if the keys differ, the smallest key that is in one map only decides: the
//     other map has a larger key at that place;
//   - if they do not, the smallest key with different values decides.
//
// Both tries are walked side by side once; parts that are the same words are
// left out. What remains are entries of a leaf of a, a leaf of b, or both, which
// stand in the frame together with the state of the search:
//
//   TRIES  [leaf a | []][leaf b | []] * capacity … [state] * STATES [tag]

#include "term/compare_int.h"
#include "term/hash.h"

typedef enum Phase {
    PHASE_KEYS,    // are the keys of an entry with two leaves equal?
    PHASE_LEAST,   // the least key of each side that the other has not
    PHASE_DECIDE,  // which of these two is less
    PHASE_VALUES,  // do the values of an entry differ?
    PHASE_BEST,    // is its key less than the best one so far?
} Phase;

enum {
    S_PHASE,
    S_AT,
    S_COUNT,
    S_LEAST_A,
    S_LEAST_B,
    S_BEST,
    S_BEST_RESULT,
    S_RESULT,
    S_PENDING,
    STATES
};

typedef struct Frame {
    Term *entries;
    Term *state;
} Frame;

static Frame frame_on_top(Comparison *c)
{
    Term *end = c->stack.base + c->stack.len;
    size_t capacity = frame_index(end[-1]);
    Term *state = end - 1 - STATES;
    return (Frame){state - 2 * capacity, state};
}

static inline int64_t get(Frame f, int i) { return small_value(f.state[i]); }
static inline void set(Frame f, int i, int64_t v) { f.state[i] = make_small(v); }

// ---- gathering -------------------------------------------------------------------
typedef struct Gather {
    TermStack *stack;
    size_t entries;  // index on the stack: growth moves it
    size_t count;
} Gather;

static void add_entry(Gather *g, Term leaf_a, Term leaf_b)
{
    Term *e = g->stack->base + g->entries + 2 * g->count++;
    e[0] = leaf_a, e[1] = leaf_b;
}

static const Term *children_of(Term node)
{
    const Term *p = boxed_ptr(node);
    return p + (map_header_shape(*p) == MAP_HEAD ? 2 : 1);
}

// Every leaf below node except `skip`, as entries of one side.
static bool add_leaves(Gather *g, Term node, bool side_a, Term skip)
{
    TermStack *s = g->stack;
    size_t base = s->len;
    for (;;) {
        if (is_cons(node)) {
            if (node != skip) add_entry(g, side_a ? node : TERM_NIL, side_a ? TERM_NIL : node);
        } else {
            const Term *p = children_of(node);
            size_t n = (size_t)__builtin_popcount(map_header_bitmap(boxed_header(node)));
            if (!term_stack_room(s, n)) return false;
            memcpy(s->base + s->len, p, n * sizeof(Term));
            s->len += n;
        }
        if (s->len == base) return true;
        node = s->base[--s->len];
    }
}

// The leaf below node whose place is that of key, or nil.
static Term leaf_at(Term node, Term key, unsigned level)
{
    uint32_t h = hash_hamt(key, level);
    for (;;) {
        unsigned bitmap = map_header_bitmap(boxed_header(node)), bit = 1u << (h & 15);
        if ((bitmap & bit) == 0) return TERM_NIL;
        Term child = children_of(node)[__builtin_popcount(bitmap & (bit - 1))];
        if (is_cons(child)) return child;
        node = child;
        level++;
        h = hash_hamt_down(h, key, level);
    }
}

static bool add_slot(Gather *g, Term a, Term b, unsigned level)
{
    if (a == b) return true;
    if (is_cons(a) && is_cons(b)) {
        add_entry(g, a, b);
        return true;
    }
    if (is_cons(a)) {
        Term twin = leaf_at(b, cons_head(a), level);
        add_entry(g, a, twin);
        return add_leaves(g, b, false, twin);
    }
    if (is_cons(b)) {
        Term twin = leaf_at(a, cons_head(b), level);
        add_entry(g, twin, b);
        return add_leaves(g, a, true, twin);
    }
    if (!term_stack_room(g->stack, 3)) return false;
    term_stack_push3(g->stack, a, b, make_small(level));
    return true;
}

static bool add_nodes(Gather *g, Term a, Term b, unsigned level)
{
    unsigned in_a = map_header_bitmap(boxed_header(a)), in_b = map_header_bitmap(boxed_header(b));
    const Term *p = children_of(a), *q = children_of(b);
    for (unsigned left = in_a | in_b; left != 0; left &= left - 1) {
        unsigned bit = left & -left;
        bool ok = true;
        if ((in_a & in_b & bit) != 0) ok = add_slot(g, *p++, *q++, level + 1);
        else if ((in_a & bit) != 0) ok = add_leaves(g, *p++, true, TERM_NIL);
        else ok = add_leaves(g, *q++, false, TERM_NIL);
        if (!ok) return false;
    }
    return true;
}

bool compare_hamt_begin(Comparison *c, Term a, Term b, CompareMode mode)
{
    TermStack *s = &c->stack;
    size_t capacity = 2 * map_size(a);
    if (!term_stack_room(s, 2 * capacity + STATES + 1 + 3)) return false;
    Gather g = {s, s->len, 0};
    // The room for entries is filled first: every word of the stack is a term.
    for (size_t i = 0; i < 2 * capacity + STATES; i++) s->base[s->len++] = make_small(0);
    s->base[s->len++] = frame_tag(FRAME_TRIES, mode, capacity);
    size_t base = s->len;
    term_stack_push3(s, a, b, make_small(0));
    while (s->len > base) {
        s->len -= 3;
        Term *top = s->base + s->len;
        if (!add_nodes(&g, top[0], top[1], (unsigned)small_value(top[2]))) return false;
    }
    Frame f = frame_on_top(c);
    set(f, S_PHASE, PHASE_KEYS);
    set(f, S_COUNT, (int64_t)g.count);
    set(f, S_LEAST_A, -1);
    set(f, S_LEAST_B, -1);
    set(f, S_BEST, -1);
    return true;
}

// ---- deciding ------------------------------------------------------------------------
void compare_hamt_result(Comparison *c, int r) { set(frame_on_top(c), S_RESULT, r); }

// Asks for the order of two terms; the answer is there at the next call.
static int ask(Comparison *c, Frame f, Term a, Term b, CompareMode mode)
{
    set(f, S_PENDING, 1);
    set(f, S_RESULT, 0);
    if (!term_stack_room(&c->stack, 3)) return STEP_REFUSED;
    term_stack_push3(&c->stack, a, b, frame_tag(FRAME_PAIR, mode, 0));
    return 0;
}

static int finish(Comparison *c, Frame f, int r)
{
    c->stack.len = (size_t)(f.entries - c->stack.base);
    return r;
}

static Term key_at(Frame f, int64_t i)
{
    Term leaf = f.entries[2 * i] == TERM_NIL ? f.entries[2 * i + 1] : f.entries[2 * i];
    return cons_head(leaf);
}

// Uses the answer to what the phase has asked.
static void answer(Frame f, int r)
{
    int64_t at = get(f, S_AT), count = get(f, S_COUNT);
    set(f, S_PENDING, 0);
    switch ((Phase)get(f, S_PHASE)) {
    case PHASE_KEYS:
        if (r != 0) {
            f.entries[2 * count] = TERM_NIL;
            f.entries[2 * count + 1] = f.entries[2 * at + 1];
            f.entries[2 * at + 1] = TERM_NIL;
            set(f, S_COUNT, count + 1);
        }
        break;
    case PHASE_LEAST:
        if (r < 0) set(f, f.entries[2 * at] == TERM_NIL ? S_LEAST_B : S_LEAST_A, at);
        break;
    case PHASE_VALUES:
        if (r == 0) break;
        set(f, S_BEST_RESULT, get(f, S_BEST) < 0 ? r : get(f, S_BEST_RESULT));
        if (get(f, S_BEST) < 0) {
            set(f, S_BEST, at);
            break;
        }
        // Kept beside the phase until the keys have been compared.
        set(f, S_LEAST_A, r);
        set(f, S_PHASE, PHASE_BEST);
        return;
    case PHASE_BEST:
        if (r < 0) {
            set(f, S_BEST, at);
            set(f, S_BEST_RESULT, get(f, S_LEAST_A));
        }
        set(f, S_PHASE, PHASE_VALUES);
        break;
    case PHASE_DECIDE: return;
    }
    set(f, S_AT, at + 1);
}

static int next_of_least(Comparison *c, Frame f)
{
    int64_t at = get(f, S_AT);
    Term *e = f.entries + 2 * at;
    if (e[0] == TERM_NIL || e[1] == TERM_NIL) {
        int side = e[0] == TERM_NIL ? S_LEAST_B : S_LEAST_A;
        if (get(f, side) >= 0)
            return ask(c, f, key_at(f, at), key_at(f, get(f, side)), COMPARE_EXACT);
        set(f, side, at);
    }
    set(f, S_AT, at + 1);
    return 0;
}

static int next_entry(Comparison *c, Frame f, CompareMode mode)
{
    int64_t at = get(f, S_AT);
    Term *e = f.entries + 2 * at;
    switch ((Phase)get(f, S_PHASE)) {
    case PHASE_KEYS:
        if (e[0] == TERM_NIL || e[1] == TERM_NIL || cons_head(e[0]) == cons_head(e[1])) break;
        return ask(c, f, cons_head(e[0]), cons_head(e[1]), COMPARE_EXACT);
    case PHASE_LEAST: return next_of_least(c, f);
    case PHASE_VALUES:
        if (cons_tail(e[0]) == cons_tail(e[1])) break;
        return ask(c, f, cons_tail(e[0]), cons_tail(e[1]), mode);
    case PHASE_BEST: return ask(c, f, key_at(f, at), key_at(f, get(f, S_BEST)), COMPARE_EXACT);
    case PHASE_DECIDE: break;
    }
    set(f, S_AT, at + 1);
    return 0;
}

int compare_hamt_next(Comparison *c, uint64_t *work)
{
    for (;;) {
        Frame f = frame_on_top(c);
        CompareMode mode = frame_mode(f.state[STATES]);
        ++*work;
        if (get(f, S_PENDING)) {
            int r = (int)get(f, S_RESULT);
            if (get(f, S_PHASE) == PHASE_DECIDE) return finish(c, f, r);
            answer(f, r);
        } else if (get(f, S_AT) < get(f, S_COUNT)) {
            int r = next_entry(c, f, mode);
            if (r != 0) return r;
        } else if (get(f, S_PHASE) == PHASE_KEYS) {
            // Sides have the same number of leaves: one alone means one on each.
            bool alone = false;
            for (int64_t i = 0; i < get(f, S_COUNT) && !alone; i++) {
                alone = f.entries[2 * i] == TERM_NIL || f.entries[2 * i + 1] == TERM_NIL;
            }
            set(f, S_PHASE, alone ? PHASE_LEAST : PHASE_VALUES);
            set(f, S_AT, 0);
        } else if (get(f, S_PHASE) == PHASE_LEAST) {
            set(f, S_PHASE, PHASE_DECIDE);
            return ask(c, f, key_at(f, get(f, S_LEAST_A)), key_at(f, get(f, S_LEAST_B)),
                       COMPARE_EXACT);
        } else {
            return finish(c, f, (int)get(f, S_BEST_RESULT));
        }
        if (frame_kind(c->stack.base[c->stack.len - 1]) != FRAME_TRIES || *work > 1000) return 0;
    }
}
