// SPDX-License-Identifier: Apache-2.0
// term/compare.h - Erlang's order of all terms, and equality.
//
//   number < atom < reference < fun < port < pid < tuple < map < [] < list < bitstring
//
// Integers and floats compare by their mathematical value (==, <). In the exact
// order (=:=, keys of maps) an integer is less than every float.
//
// The short forms take scratch memory for deep terms from the process and run to
// the end. If even that memory is refused they answer as if the two terms were
// in the order of their addresses. Where a guest decides how much work it is,
// use Comparison, which is charged and can be interrupted.
#pragma once
#include "term/stack.h"

typedef enum CompareMode { COMPARE_NUMERIC, COMPARE_EXACT } CompareMode;

int compare_slow(Term a, Term b, CompareMode mode, int64_t *reds);
bool equal_slow(Term a, Term b, CompareMode mode, int64_t *reds);

// Term order: <0, 0, >0.
static inline int compare(Term a, Term b)
{
    if (a == b) return 0;
    if (are_both_small(a, b)) return (int64_t)a < (int64_t)b ? -1 : 1;
    return compare_slow(a, b, COMPARE_NUMERIC, NULL);
}
// Order of map keys: 1 < 1.0.
static inline int compare_exact(Term a, Term b)
{
    if (a == b) return 0;
    if (are_both_small(a, b)) return (int64_t)a < (int64_t)b ? -1 : 1;
    return compare_slow(a, b, COMPARE_EXACT, NULL);
}
// ==
static inline bool equal(Term a, Term b)
{
    if (a == b) return true;
    if (is_immed(a) && is_immed(b)) return false;
    return equal_slow(a, b, COMPARE_NUMERIC, NULL);
}
// =:=
static inline bool equal_exact(Term a, Term b)
{
    if (a == b) return true;
    if (is_immed(a) || is_immed(b)) return false;
    return equal_slow(a, b, COMPARE_EXACT, NULL);
}

// The same, taking one reduction off *reds for every 64 values or 512 bytes
// looked at.
static inline int compare_charged(Term a, Term b, int64_t *reds)
{
    return a == b ? 0 : compare_slow(a, b, COMPARE_NUMERIC, reds);
}
static inline bool equal_charged(Term a, Term b, int64_t *reds)
{
    if (a == b) return true;
    if (is_immed(a) && is_immed(b)) return false;
    return equal_slow(a, b, COMPARE_NUMERIC, reds);
}
static inline bool equal_exact_charged(Term a, Term b, int64_t *reds)
{
    if (a == b) return true;
    if (is_immed(a) || is_immed(b)) return false;
    return equal_slow(a, b, COMPARE_EXACT, reds);
}

// ---- interruptible comparison -------------------------------------------------
// Between two runs a collection may happen if it treats stack.base[0..len) as
// roots (K1).
typedef struct Comparison {
    TermStack stack;
    bool equality;  // only whether they differ: result is 0 or 1
    int result;     // when comparison_run has said ST_OK
} Comparison;

// ST_NOMEM cannot happen here: the first frames fit in the stack's own array.
void comparison_init(Comparison *c, Arena *arena, Term a, Term b, CompareMode mode, bool equality);
void comparison_clear(Comparison *c);
// Works for about `steps` values; *steps gets what is left of them. ST_OK: done,
// see result. ST_BUSY: call again. ST_NOMEM: scratch refused, give up.
MUST_USE Status comparison_run(Comparison *c, uint64_t *steps);

// Order of an integer and a float, or of two integers, by value. a, b: is_number.
int compare_numbers(Term a, Term b);
