// SPDX-License-Identifier: Apache-2.0
// bif/tuples.c - making and changing tuples.
//
// A tuple has at most some 16 million elements, so none of these runs for longer
// than a few milliseconds: they charge and do not yield.
#include "base/fiber.h"
#include "bif/bif.h"

#define ELEMENTS_PER_REDUCTION 128

// A tuple of n elements to be filled, *elements its first; TERM_NONE: refused.
static Term new_tuple(Process *p, size_t n, Term **elements)
{
    bif_charge(p, n / ELEMENTS_PER_REDUCTION);
    Term *hp = bif_alloc(p, n + 1);
    if (hp == NULL) return TERM_NONE;
    hp[0] = TUPLE_HEADER(n);
    *elements = hp + 1;
    return make_boxed(hp);
}

static void fill(Term *to, size_t n, Term value)
{
    Pace work = PACE_START;
    for (size_t i = 0; i < n; i++, (void)pace(&work, 1)) to[i] = value;
}

// Index term as 0-based position below n.
static bool position(Term index, size_t n, size_t *out)
{
    if (!is_small(index) || small_value(index) < 1 || (uint64_t)small_value(index) > n)
        return false;
    *out = (size_t)small_value(index) - 1;
    return true;
}

Term bif_erlang_setelement_3(Process *p, Term *args)
{
    size_t i;
    if (!is_tuple(args[1]) || !position(args[0], tuple_arity(args[1]), &i)) return bif_badarg(p);
    size_t n = tuple_arity(args[1]);
    Term *to, t = new_tuple(p, n, &to);
    if (t == TERM_NONE) return t;
    paced_copy(to, tuple_elements(args[1]), n * sizeof(Term));
    to[i] = args[2];
    return t;
}

static bool tuple_size_arg(Term t, size_t *n)
{
    return bif_get_size(t, n) && *n <= TUPLE_MAX_ARITY;
}

Term bif_erlang_make_tuple_2(Process *p, Term *args)
{
    size_t n;
    if (!tuple_size_arg(args[0], &n)) return bif_badarg(p);
    Term *to, t = new_tuple(p, n, &to);
    if (t == TERM_NONE) return t;
    fill(to, n, args[1]);
    return t;
}

Term bif_erlang_make_tuple_3(Process *p, Term *args)
{
    size_t n;
    if (!tuple_size_arg(args[0], &n)) return bif_badarg(p);
    if (!is_cons(args[2]) && !is_nil(args[2])) return bif_badarg(p);
    Term *to, t = new_tuple(p, n, &to);
    if (t == TERM_NONE) return t;
    fill(to, n, args[1]);
    Term list = args[2];
    uint64_t steps = 0;
    Pace work = PACE_START;
    for (; is_cons(list); list = cons_tail(list), steps++, (void)pace(&work, 2)) {
        Term pair = cons_head(list);
        size_t i;
        if (!is_tuple_arity(pair, 2) || !position(tuple_elements(pair)[0], n, &i)) break;
        to[i] = tuple_elements(pair)[1];
    }
    bif_charge(p, steps / 16);
    return is_nil(list) ? t : bif_badarg(p);
}

Term bif_erlang_append_element_2(Process *p, Term *args)
{
    if (!is_tuple(args[0])) return bif_badarg(p);
    size_t n = tuple_arity(args[0]);
    if (n >= TUPLE_MAX_ARITY) return bif_badarg(p);
    Term *to, t = new_tuple(p, n + 1, &to);
    if (t == TERM_NONE) return t;
    paced_copy(to, tuple_elements(args[0]), n * sizeof(Term));
    to[n] = args[1];
    return t;
}

Term bif_erlang_insert_element_3(Process *p, Term *args)
{
    size_t i;
    if (!is_tuple(args[1]) || !position(args[0], tuple_arity(args[1]) + 1, &i))
        return bif_badarg(p);
    size_t n = tuple_arity(args[1]);
    Term *to, t = new_tuple(p, n + 1, &to), *from = tuple_elements(args[1]);
    if (t == TERM_NONE) return t;
    paced_copy(to, from, i * sizeof(Term));
    to[i] = args[2];
    paced_copy(to + i + 1, from + i, (n - i) * sizeof(Term));
    return t;
}

Term bif_erlang_delete_element_2(Process *p, Term *args)
{
    size_t i;
    if (!is_tuple(args[1]) || !position(args[0], tuple_arity(args[1]), &i)) return bif_badarg(p);
    size_t n = tuple_arity(args[1]);
    Term *to, t = new_tuple(p, n - 1, &to), *from = tuple_elements(args[1]);
    if (t == TERM_NONE) return t;
    paced_copy(to, from, i * sizeof(Term));
    paced_copy(to + i, from + i + 1, (n - 1 - i) * sizeof(Term));
    return t;
}

Term bif_erlang_list_to_tuple_1(Process *p, Term *args)
{
    int64_t n = bif_list_length(p, args[0]);
    if (n < 0 || n > TUPLE_MAX_ARITY) return bif_badarg(p);
    Term *to, t = new_tuple(p, (size_t)n, &to);
    if (t == TERM_NONE) return t;
    Pace work = PACE_START;
    for (Term list = args[0]; is_cons(list); list = cons_tail(list), (void)pace(&work, 1))
        *to++ = cons_head(list);
    return t;
}

Term bif_erlang_tuple_to_list_1(Process *p, Term *args)
{
    if (!is_tuple(args[0])) return bif_badarg(p);
    size_t n = tuple_arity(args[0]);
    bif_charge(p, n / ELEMENTS_PER_REDUCTION);
    Term *hp = bif_alloc(p, 2 * n), *from = tuple_elements(args[0]);
    if (hp == NULL) return TERM_NONE;
    Term list = TERM_NIL;
    Pace work = PACE_START;
    for (; n > 0; (void)pace(&work, 2)) list = cons_at(&hp, from[--n], list);
    return list;
}
