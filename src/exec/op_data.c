// SPDX-License-Identifier: Apache-2.0
// exec/op_data.c - tuples, lists, maps.
#include "exec/handler.h"
#include "exec/work.h"
#include "heap/map.h"
#include "term/compare.h"

// ---- lists ----------------------------------------------------------------------
OP(put_list)
{
    Term head = SRC(2), tail = SRC(3);
    hp[0] = head;
    hp[1] = tail;
    REG(0) = make_cons(hp);
    hp += 2;
    NEXT(4);
}

// ---- tuples -----------------------------------------------------------------------
// Only on a tuple that this function has just made (the compiler sees to it): no
// old value can come to point into young ones.
OP(set_tuple_element)
{
    Term v = SRC(2);
    *(Term *)((char *)boxed_ptr(REG(0)) + U(1)) = v;
    NEXT(3);
}

OP(put_tuple2)
{
    uint32_t n = U(1);
    Term *t = hp;
    t[0] = W(2);
    for (uint32_t i = 0; i < n; i++) t[1 + i] = SRC(3 + i);
    hp += 1 + n;
    REG(0) = make_boxed(t);
    NEXT(3 + n);
}

OP(new_tuple)
{
    if (lacks(x, sp, hp, U(0))) TAIL_CALL(exec_need);
    uint32_t n = U(3);
    Term *t = hp;
    t[0] = W(3);
    for (uint32_t i = 0; i < n; i++) t[1 + i] = SRC(4 + i);
    hp += 1 + n;
    REG(2) = make_boxed(t);
    NEXT(4 + n);
}

OP(update_record)
{
    uint32_t size = U(2), n = U(3);
    Term *from = boxed_ptr(REG(0)), *t = hp;
    memcpy(t, from, (1 + (size_t)size) * sizeof *t);
    for (uint32_t i = 0; i < n; i += 1) t[W(3 + 2 * i)] = SRC(4 + 2 * i);
    hp += 1 + (size_t)size;
    REG(1) = make_boxed(t);
    NEXT(3 + 2 * n);
}

// ---- maps ---------------------------------------------------------------------------
OP(has_map_fields)
{
    Term m = REG(1);
    uint32_t n = U(2);
    if (UNLIKELY(!is_map(m))) RAISE_ERROR(AM_badarg);
    for (uint32_t i = 0; i < n; i++) {
        if (map_get(m, SRC(3 + i)) == TERM_NONE) GOTO(U(0));
    }
    NEXT(3 + n);
}

OP(get_map_elements)
{
    Term m = REG(1);
    uint32_t n = U(2);
    if (UNLIKELY(!is_map(m))) RAISE_ERROR(AM_badarg);
    for (uint32_t i = 0; i < n; i++) {
        Term v = map_get(m, SRC(3 + 2 * i));
        if (v == TERM_NONE) GOTO(U(0));
        *reg_at(x, sp, (uint32_t)W(4 + 2 * i)) = v;
    }
    NEXT(3 + 2 * n);
}

// The key that an exact update names in its error: the smallest of those that m lacks, as the
// pairs of one instruction are worked through in the order of their keys.
static Term smallest_missing(Term *x, Term *sp, const Word *pairs, uint32_t n, Term m)
{
    Term smallest = TERM_NONE;
    for (uint32_t i = 0; i < n; i++) {
        Term key = src_value(x, sp, pairs[2 * i]);
        if (map_get(m, key) != TERM_NONE) continue;
        if (smallest == TERM_NONE || compare_exact(key, smallest) < 0) smallest = key;
    }
    return smallest;
}

PRESERVE_NONE void slow_get_map_element(STATE)
{
    Term m = REG(1);
    if (UNLIKELY(!is_map(m))) RAISE_ERROR(AM_badarg);
    Term v = map_get(m, W(3));
    if (v == TERM_NONE) GOTO(U(0));
    REG(2) = v;
    NEXT(4);
}

// The pairs of a map update, one after the other. TERM_NONE: *missing is the absent key
// (exact), or TERM_NONE when memory was refused.
static NOINLINE Term update_map(Process *p, Term *x, Term *sp, const Word *pairs, uint32_t n,
                                Term m, bool exact, Term *missing)
{
    *missing = TERM_NONE;
    for (uint32_t i = 0; i < n; i++) {
        Term key = src_value(x, sp, pairs[2 * i]), value = src_value(x, sp, pairs[2 * i + 1]);
        if (exact && map_get(m, key) == TERM_NONE) {
            *missing = smallest_missing(x, sp, pairs + 2 * i, n - i, m);
            return TERM_NONE;
        }
        m = map_put(&p->heap, m, key, value);
        if (m == TERM_NONE) return TERM_NONE;
    }
    return m;
}

// Both update instructions. Layout: fail, destination, live, number of pairs, source.
#define PUT_MAP(exact)                                                          \
    Term m = SRC(3), missing;                                                   \
    SAVE();                                                                     \
    if (UNLIKELY(!is_map(m))) {                                                 \
        if (U(0) != 0) GOTO(U(0));                                              \
        exec_set_error_tagged(p, AM_badmap, m);                                 \
        TAIL_CALL(exec_raise);                                                  \
    }                                                                           \
    uint32_t n = U(3);                                                          \
    Term result = update_map(p, x, sp, ip + 4, n, m, exact, &missing);          \
    LOAD();                                                                     \
    if (UNLIKELY(result == TERM_NONE)) {                                        \
        if (missing != TERM_NONE && U(0) != 0) GOTO(U(0));                      \
        if (missing != TERM_NONE) exec_set_error_tagged(p, AM_badkey, missing); \
        else exec_set_no_memory(p);                                             \
        TAIL_CALL(exec_raise);                                                  \
    }                                                                           \
    COLLECT_WITH(result, U(2));                                                 \
    REG(1) = result;                                                            \
    reds -= n;                                                                  \
    NEXT(4 + 2 * n)

OP(put_map_assoc) { PUT_MAP(false); }
OP(put_map_exact) { PUT_MAP(true); }
