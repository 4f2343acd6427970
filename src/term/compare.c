// SPDX-License-Identifier: Apache-2.0
// term/compare.c - the order of terms; see compare.h.
//
// Both walks keep what is still to be compared in frames on a TermStack. A frame
// ends with its tag, a small integer: the kind in the lowest bits, above it the
// mode of number comparison, above that an index.
//
//   PAIR   [a][b][tag]           compare a with b
//   WORDS  [a][b][tag]           words index.. of two boxed objects of one shape
//   TRIES  see compare_hamt.c    two large maps whose keys may differ

#include "term/compare.h"

#include "base/fiber.h"

#include "term/atom.h"
#include "term/big.h"
#include "term/compare_int.h"
#include "term/fun.h"

// ---- leaves ---------------------------------------------------------------------
int compare_numbers(Term a, Term b)
{
    if (is_float(a) && is_float(b)) {
        double x = float_value(a), y = float_value(b);
        return x < y ? -1 : x > y;
    }
    IntView v;
    if (is_float(a)) {
        int_view(&v, b);
        return -big_compare_double(&v, float_value(a));
    }
    int_view(&v, a);
    if (is_float(b)) return big_compare_double(&v, float_value(b));
    IntView w;
    int_view(&w, b);
    return big_compare(&v, &w);
}

static int compare_leaf_numbers(Term a, Term b, CompareMode mode)
{
    if (mode == COMPARE_EXACT && is_float(a) != is_float(b)) return is_float(a) ? 1 : -1;
    return compare_numbers(a, b);
}

static int compare_bitstrings(Term a, Term b, uint64_t *work)
{
    Bits x = bits_of(a), y = bits_of(b);
    uint64_t common = x.size < y.size ? x.size : y.size;
    *work += common / 64;
    const uint8_t *p = x.byte, *q = y.byte;
    uint64_t whole = common / 8;
    if (x.bit == 0 && y.bit == 0) {
        int c = paced_compare(p, q, whole);
        if (c != 0) return sign_of(c);
    } else {
        Pace rate = PACE_START;
        for (uint64_t i = 0; i < whole; i++, (void)pace(&rate, 1)) {
            int c = (int)bits_byte(p + i, x.bit) - (int)bits_byte(q + i, y.bit);
            if (c != 0) return sign_of(c);
        }
    }
    for (uint64_t i = whole * 8; i < common; i++) {
        int c = (int)bits_bit(p, x.bit + i) - (int)bits_bit(q, y.bit + i);
        if (c != 0) return c;
    }
    return x.size < y.size ? -1 : x.size > y.size;
}

static int compare_u64(uint64_t a, uint64_t b) { return a < b ? -1 : a > b; }

static int compare_nodes(Term a, Term b)
{
    // External objects: [hdr][node][creation]…; the local node is first.
    const Term *p =
        is_boxed(a) && header_kind(boxed_header(a)) >= BOX_EXT_PID ? boxed_ptr(a) : NULL;
    const Term *q =
        is_boxed(b) && header_kind(boxed_header(b)) >= BOX_EXT_PID ? boxed_ptr(b) : NULL;
    if (p == NULL && q == NULL) return 0;
    int c = atom_compare(p == NULL ? AM_nonode_at_nohost : p[1],
                         q == NULL ? AM_nonode_at_nohost : q[1]);
    return c != 0 ? c : compare_u64(p == NULL ? 0 : p[2], q == NULL ? 0 : q[2]);
}

static int compare_pids(Term a, Term b)
{
    // A local pid shows 28 bits of number; what is above them is its serial.
    uint64_t x = is_local_pid(a) ? pid_id(a) : 0, y = is_local_pid(b) ? pid_id(b) : 0;
    if (!is_local_pid(a)) x = boxed_ptr(a)[3] >> 32 << 28 | (boxed_ptr(a)[3] & 0xFFFFFFFF);
    if (!is_local_pid(b)) y = boxed_ptr(b)[3] >> 32 << 28 | (boxed_ptr(b)[3] & 0xFFFFFFFF);
    int c = compare_u64(x, y);
    return c != 0 ? c : compare_nodes(a, b);
}

static int compare_ports(Term a, Term b)
{
    uint64_t x = is_local_port(a) ? port_id(a) : boxed_ptr(a)[3];
    uint64_t y = is_local_port(b) ? port_id(b) : boxed_ptr(b)[3];
    int c = compare_nodes(a, b);
    return c != 0 ? c : compare_u64(x, y);
}

static uint32_t ref_word(Term t, size_t i)
{
    const Term *p = boxed_ptr(t);
    if (header_kind(*p) != BOX_EXT_REF) return i == 2 ? (uint32_t)p[2] : (uint32_t)(p[1] >> 32 * i);
    return (uint32_t)(p[4 + i / 2] >> 32 * (i % 2));
}

static int compare_refs(Term a, Term b)
{
    size_t n = header_kind(boxed_header(a)) == BOX_EXT_REF ? boxed_ptr(a)[3] : 3;
    size_t m = header_kind(boxed_header(b)) == BOX_EXT_REF ? boxed_ptr(b)[3] : 3;
    int c = compare_nodes(a, b);
    if (c != 0) return c;
    for (; n > m; n--) {
        if (ref_word(a, n - 1) != 0) return 1;
    }
    for (; m > n; m--) {
        if (ref_word(b, m - 1) != 0) return -1;
    }
    for (size_t i = n; i-- > 0;) {
        if (ref_word(a, i) != ref_word(b, i)) return ref_word(a, i) < ref_word(b, i) ? -1 : 1;
    }
    return 0;
}

// Closures before export funs; the order of two closures before their variables.
static int compare_fun_heads(Term a, Term b)
{
    if (is_export_fun(a) != is_export_fun(b)) return is_export_fun(a) ? 1 : -1;
    if (is_export_fun(a)) {
        const Term *p = boxed_ptr(a), *q = boxed_ptr(b);
        int c = atom_compare(p[1], q[1]);
        if (c == 0) c = atom_compare(p[2], q[2]);
        return c != 0 ? c : compare_u64(p[3], q[3]);
    }
    const Fun *f = (const Fun *)boxed_ptr(a), *g = (const Fun *)boxed_ptr(b);
    int c = 0;
    if (f->entry != g->entry) {
        c = atom_compare(f->entry->module, g->entry->module);
        if (c == 0) c = compare_u64(f->entry->index, g->entry->index);
        if (c == 0) c = compare_u64(f->entry->old_uniq, g->entry->old_uniq);
    }
    return c != 0 ? c : compare_u64(f->header, g->header);
}

// ---- kinds ------------------------------------------------------------------------
typedef enum Rank {
    R_NUMBER,
    R_ATOM,
    R_REF,
    R_FUN,
    R_PORT,
    R_PID,
    R_TUPLE,
    R_MAP,
    R_NIL,
    R_LIST,
    R_BITS
} Rank;

static Rank rank_of(Term t)
{
    if (is_cons(t)) return R_LIST;
    if (is_immed(t)) {
        if (is_small(t)) return R_NUMBER;
        if (is_atom(t)) return R_ATOM;
        if (is_local_pid(t)) return R_PID;
        if (is_local_port(t)) return R_PORT;
        return R_NIL;
    }
    static const uint8_t ranks[16] = {
        [BOX_TUPLE] = R_TUPLE,    [BOX_MATCH] = R_BITS,    [BOX_POS_BIG] = R_NUMBER,
        [BOX_NEG_BIG] = R_NUMBER, [BOX_REF] = R_REF,       [BOX_FUN] = R_FUN,
        [BOX_FLOAT] = R_NUMBER,   [BOX_EXPORT] = R_FUN,    [BOX_REFC_BIN] = R_BITS,
        [BOX_HEAP_BIN] = R_BITS,  [BOX_SUB_BITS] = R_BITS, [BOX_MAGIC] = R_REF,
        [BOX_EXT_PID] = R_PID,    [BOX_EXT_PORT] = R_PORT, [BOX_EXT_REF] = R_REF,
        [BOX_MAP] = R_MAP,
    };
    return (Rank)ranks[header_kind(boxed_header(t))];
}

// ---- the walk ---------------------------------------------------------------------
// A step compares a and b as far as they are leaves; what is inside goes on the
// stack.
static int push_words(Comparison *c, Term a, Term b, CompareMode mode, size_t from)
{
    if (from >= boxed_words(boxed_header(a))) return 0;
    if (!term_stack_room(&c->stack, 3)) return STEP_REFUSED;
    term_stack_push3(&c->stack, a, b, frame_tag(FRAME_WORDS, mode, from));
    return 0;
}

static int compare_maps(Comparison *c, Term a, Term b, CompareMode mode)
{
    Term h = boxed_header(a), g = boxed_header(b);
    // Inner nodes are met in the equality walk only.
    if (map_header_shape(h) == MAP_NODE) return h == g ? push_words(c, a, b, mode, 1) : 1;
    size_t n = map_size(a), m = map_size(b);
    if (n != m) return n < m ? -1 : 1;
    if (map_header_shape(h) == MAP_HEAD) {
        if (c->equality) return h == g ? push_words(c, a, b, mode, 2) : 1;
        return compare_hamt_begin(c, a, b, mode) ? 0 : STEP_REFUSED;
    }
    if (n == 0) return 0;
    Term keys_a = flat_map_keys(a), keys_b = flat_map_keys(b);
    if (!term_stack_room(&c->stack, 6)) return STEP_REFUSED;
    term_stack_push3(&c->stack, a, b, frame_tag(FRAME_WORDS, mode, 2));
    if (keys_a != keys_b)
        term_stack_push3(&c->stack, keys_a, keys_b, frame_tag(FRAME_PAIR, COMPARE_EXACT, 0));
    return 0;
}

// Are two small flat objects the same word for word? Most elements of equal lists
// and most equal keys are; no answer means that they must be looked at.
static inline bool same_words(Term a, Term b)
{
    if (!is_boxed(a) || !is_boxed(b)) return false;
    const Term *p = boxed_ptr(a), *q = boxed_ptr(b);
    static const uint16_t flat = 1 << BOX_TUPLE | 1 << BOX_POS_BIG | 1 << BOX_NEG_BIG |
                                 1 << BOX_REF | 1 << BOX_FLOAT | 1 << BOX_HEAP_BIN;
    if (*p != *q || (flat >> header_kind(*p) & 1) == 0 || header_arity(*p) > 16) return false;
    for (size_t i = header_arity(*p); i > 0; i--) {
        if (p[i] != q[i]) return false;
    }
    return true;
}

static int compare_lists(Comparison *c, Term a, Term b, CompareMode mode, uint64_t *work)
{
    // Equal immediate elements are passed by; the rest is left to the stack.
    for (;;) {
        ++*work;
        Term x = cons_head(a), y = cons_head(b);
        if (x != y && !same_words(x, y)) break;
        a = cons_tail(a), b = cons_tail(b);
        if (a == b) return 0;
        if (!is_cons(a) || !is_cons(b) || *work > 4096) {
            if (!term_stack_room(&c->stack, 3)) return STEP_REFUSED;
            term_stack_push3(&c->stack, a, b, frame_tag(FRAME_PAIR, mode, 0));
            return 0;
        }
    }
    if (!term_stack_room(&c->stack, 6)) return STEP_REFUSED;
    Term tail_a = cons_tail(a), tail_b = cons_tail(b);
    if (tail_a != tail_b)
        term_stack_push3(&c->stack, tail_a, tail_b, frame_tag(FRAME_PAIR, mode, 0));
    term_stack_push3(&c->stack, cons_head(a), cons_head(b), frame_tag(FRAME_PAIR, mode, 0));
    return 0;
}

static int step_same_rank(Comparison *c, Term a, Term b, CompareMode mode, Rank rank,
                          uint64_t *work)
{
    switch (rank) {
    case R_NUMBER:
        if (is_big(a) && is_big(b)) *work += big_limbs(a) / 8;
        return compare_leaf_numbers(a, b, mode);
    case R_ATOM: return c->equality ? 1 : atom_compare(a, b);
    case R_REF: return compare_refs(a, b);
    case R_PID: return compare_pids(a, b);
    case R_PORT: return compare_ports(a, b);
    case R_NIL: return 0;
    case R_BITS:
        if (c->equality && bitstring_bits(a) != bitstring_bits(b)) return 1;
        return compare_bitstrings(a, b, work);
    case R_FUN: {
        int r = compare_fun_heads(a, b);
        return r != 0 || is_export_fun(a)
                   ? r
                   : push_words(c, a, b, mode, offsetof(Fun, env) / sizeof(Term));
    }
    case R_TUPLE: {
        size_t n = tuple_arity(a), m = tuple_arity(b);
        return n != m ? (n < m ? -1 : 1) : push_words(c, a, b, mode, 1);
    }
    case R_MAP: return compare_maps(c, a, b, mode);
    case R_LIST: return compare_lists(c, a, b, mode, work);
    }
    return 0;
}

static int step(Comparison *c, Term a, Term b, CompareMode mode, uint64_t *work)
{
    if (a == b) return 0;
    if (are_both_small(a, b)) return (int64_t)a < (int64_t)b ? -1 : 1;
    Rank ra = rank_of(a), rb = rank_of(b);
    if (ra != rb) return ra < rb ? -1 : 1;
    return step_same_rank(c, a, b, mode, ra, work);
}

// The next pair of a WORDS frame on top of the stack, which is taken off or moved
// on. False: the words were identical to the end.
static bool next_word(Comparison *c, Term *a, Term *b, CompareMode *mode, uint64_t *work)
{
    Term *top = c->stack.base + c->stack.len - 3;
    const Term *p = boxed_ptr(top[0]), *q = boxed_ptr(top[1]);
    size_t i = frame_index(top[2]), n = boxed_words(*p), start = i;
    *mode = frame_mode(top[2]);
    size_t end = n - i > 65536 ? i + 65536 : n;
    while (i < end && p[i] == q[i]) i++;
    *work += (i - start) / 8;
    if (i == end && end < n) {
        top[2] = frame_tag(FRAME_WORDS, *mode, i);
        return false;
    }
    if (i == n) {
        c->stack.len -= 3;
        return false;
    }
    bool in_trie = header_kind(*p) == BOX_MAP && map_header_shape(*p) != MAP_FLAT;
    *a = p[i], *b = q[i];
    if (i + 1 == n) c->stack.len -= 3;
    else top[2] = frame_tag(FRAME_WORDS, *mode, i + 1);
    if (!in_trie || is_boxed(*a) || is_boxed(*b)) return true;
    // Two leaves [key|value] of a trie: the values wait. There is room: one frame
    // more was asked for before this one was looked at.
    Term leaf_a = *a, leaf_b = *b;
    term_stack_push3(&c->stack, cons_tail(leaf_a), cons_tail(leaf_b),
                     frame_tag(FRAME_PAIR, *mode, 0));
    *a = cons_head(leaf_a), *b = cons_head(leaf_b);
    *mode = COMPARE_EXACT;
    return true;
}

// Drops frames up to the two large maps that wait for this result, if any.
static void unwind(Comparison *c)
{
    TermStack *s = &c->stack;
    while (s->len > 0 && frame_kind(s->base[s->len - 1]) != FRAME_TRIES) s->len -= 3;
}

void comparison_init(Comparison *c, Arena *arena, Term a, Term b, CompareMode mode, bool equality)
{
    term_stack_init(&c->stack, arena);
    c->equality = equality;
    c->result = 0;
    term_stack_push3(&c->stack, a, b, frame_tag(FRAME_PAIR, mode, 0));
}

void comparison_clear(Comparison *c) { term_stack_clear(&c->stack); }

Status comparison_run(Comparison *c, uint64_t *steps)
{
    TermStack *s = &c->stack;
    int r = 0;
    while (s->len > 0) {
        if (*steps == 0) return ST_BUSY;
        uint64_t work = 1;
        Term *top = s->base + s->len - 3;
        Term a = top[0], b = top[1];
        CompareMode mode = frame_mode(top[2]);
        switch (frame_kind(top[2])) {
        case FRAME_PAIR:
            s->len -= 3;
            r = step(c, a, b, mode, &work);
            break;
        case FRAME_WORDS:
            if (!term_stack_room(s, 3)) return ST_NOMEM;
            if (next_word(c, &a, &b, &mode, &work)) r = step(c, a, b, mode, &work);
            break;
        case FRAME_TRIES: r = compare_hamt_next(c, &work); break;
        }
        if (r == STEP_REFUSED) return ST_NOMEM;
        if (r != 0) {
            if (c->equality) s->len = 0;
            else unwind(c);
            if (s->len > 0) {
                compare_hamt_result(c, r);
                r = 0;
            }
        }
        *steps = *steps > work ? *steps - work : 0;
        if (r != 0) break;
    }
    c->result = c->equality ? r != 0 : r;
    return ST_OK;
}

// ---- to the end ----------------------------------------------------------------------
static int run_to_end(Term a, Term b, CompareMode mode, bool equality, int64_t *reds)
{
    Comparison c;
    comparison_init(&c, NULL, a, b, mode, equality);
    Status st = ST_BUSY;
    uint64_t done = 0;
    bool goes_on = true;
    while (st == ST_BUSY && goes_on) {
        uint64_t left = TERM_STEPS_PAUSE;
        st = comparison_run(&c, &left);
        done += TERM_STEPS_PAUSE - left;
        goes_on = term_steps_take(TERM_STEPS_PAUSE - left);
    }
    int r = st == ST_OK ? c.result : a < b ? -1 : 1;  // K3
    if (st == ST_NOMEM) term_give_up();
    comparison_clear(&c);
    if (reds != NULL) *reds -= goes_on ? (int64_t)(done / 64) : TERM_STEPS_GIVEN_UP;
    return r;
}

int compare_slow(Term a, Term b, CompareMode mode, int64_t *reds)
{
    Rank ra = rank_of(a), rb = rank_of(b);
    if (ra != rb) return ra < rb ? -1 : 1;
    if (ra == R_ATOM) return atom_compare(a, b);
    if (ra == R_NUMBER && !is_big(a) && !is_big(b)) return compare_leaf_numbers(a, b, mode);
    return run_to_end(a, b, mode, false, reds);
}

bool equal_slow(Term a, Term b, CompareMode mode, int64_t *reds)
{
    if (same_words(a, b)) return true;
    if (mode == COMPARE_EXACT && is_boxed(a) && is_boxed(b)) {
        // Most comparisons of keys and patterns end here.
        Term h = boxed_header(a), g = boxed_header(b);
        if (h == HEADER(BOX_FLOAT, 1) && g == h) return float_value(a) == float_value(b);
        if (h != g && header_kind(h) == BOX_TUPLE) return false;
    }
    if (rank_of(a) != rank_of(b)) return false;
    return run_to_end(a, b, mode, true, reds) == 0;
}
