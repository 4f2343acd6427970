// SPDX-License-Identifier: Apache-2.0
// ets/match_key.c - what a pattern says about the key of the objects it matches.
//
// Patterns may be nested as deep as a guest likes; these walks keep a short
// stack of their own and take the careful answer when it is full.
#include "ets/match.h"
#include "term/compare.h"

#define WALK_DEPTH 64

// Puts on the stack what t is made of, if it is a list or a tuple. False: there is no room.
static bool push_parts(Term *stack, size_t *depth, Term t)
{
    if (is_cons(t)) {
        if (*depth + 2 > WALK_DEPTH) return false;
        stack[(*depth)++] = cons_tail(t);
        stack[(*depth)++] = cons_head(t);
    } else if (is_tuple(t)) {
        size_t n = tuple_arity(t);
        if (n > WALK_DEPTH - *depth) return false;
        for (size_t i = 0; i < n; i++) stack[(*depth)++] = tuple_elements(t)[i];
    }
    return true;
}

bool match_has_variable(Term t, unsigned budget)
{
    Term stack[WALK_DEPTH];
    size_t depth = 0;
    stack[depth++] = t;
    while (depth > 0) {
        t = stack[--depth];
        if (budget-- == 0) return true;
        if (t == AM_underscore || match_variable(t) >= 0) return true;
        if (!push_parts(stack, &depth, t)) return true;
        if (is_map(t)) {
            // OTP takes a map without variables for that very map when it is a
            // key, though elsewhere it matches every map that has its pairs.
            const Term *p = boxed_ptr(t);
            size_t n = map_header_words(*p);
            if (n > WALK_DEPTH - depth) return true;
            for (size_t i = 1; i <= n; i++) stack[depth++] = p[i];
        }
    }
    return false;
}

MatchKey match_key_of(Term pattern, uint32_t keypos, Term *key)
{
    if (pattern == AM_underscore || match_variable(pattern) >= 0) return MATCH_KEY_ANY;
    if (!is_tuple(pattern) || tuple_arity(pattern) < keypos) return MATCH_KEY_NONE;
    *key = tuple_elements(pattern)[keypos - 1];
    if (*key == AM_underscore || match_variable(*key) >= 0) return MATCH_KEY_ANY;
    if (!match_has_variable(*key, 100000)) return MATCH_KEY_BOUND;
    return is_tuple(*key) || is_cons(*key) ? MATCH_KEY_PART : MATCH_KEY_ANY;
}

int match_compare_part(Term pattern, Term key)
{
    Term stack[2 * WALK_DEPTH];
    size_t depth = 0;
    stack[depth++] = key;
    stack[depth++] = pattern;
    while (depth > 0) {
        pattern = stack[--depth];
        key = stack[--depth];
        if (pattern == AM_underscore || match_variable(pattern) >= 0 || is_map(pattern)) return 0;
        if (is_cons(pattern) && is_cons(key)) {
            if (depth + 4 > ARRAY_LEN(stack)) return 0;
            stack[depth++] = cons_tail(key), stack[depth++] = cons_tail(pattern);
            stack[depth++] = cons_head(key), stack[depth++] = cons_head(pattern);
        } else if (is_tuple(pattern) && is_tuple(key) && tuple_arity(pattern) == tuple_arity(key)) {
            size_t n = tuple_arity(pattern);
            if (2 * n > ARRAY_LEN(stack) - depth) return 0;
            for (size_t i = n; i-- > 0;) {
                stack[depth++] = tuple_elements(key)[i];
                stack[depth++] = tuple_elements(pattern)[i];
            }
        } else {
            int order = compare(pattern, key);
            if (order != 0) return order;
        }
    }
    return 0;
}

// Does t hold a map, of which a pattern says only a part, or what stands for more in a pattern?
static bool holds_more(Term t)
{
    Term stack[WALK_DEPTH];
    size_t depth = 0;
    stack[depth++] = t;
    while (depth > 0) {
        t = stack[--depth];
        if (is_map(t) || t == AM_dollar_dollar || t == AM_dollar_underscore) return true;
        if (!push_parts(stack, &depth, t)) return true;
    }
    return false;
}

// Does `pattern` match `value` alone?
static bool matches_only(Term pattern, Term value)
{
    // In this order: the last walk takes no more steps than the first one may.
    return !match_has_variable(pattern, 10000) && equal_exact(pattern, value) && !holds_more(value);
}

// Is the value of expression `e` always what `pattern` matched?
static bool keeps(Term pattern, Term e)
{
    Term stack[2 * WALK_DEPTH];
    size_t depth = 0;
    stack[depth++] = e;
    stack[depth++] = pattern;
    while (depth > 0) {
        pattern = stack[--depth];
        e = stack[--depth];
        if (is_tuple_arity(e, 2) && tuple_elements(e)[0] == AM_const) {
            if (!matches_only(pattern, tuple_elements(e)[1])) return false;
        } else if (is_tuple(pattern)) {
            if (!is_tuple_arity(e, 1)) return false;
            e = tuple_elements(e)[0];
            size_t n = tuple_arity(pattern);
            if (!is_tuple_arity(e, n) || 2 * n > ARRAY_LEN(stack) - depth) return false;
            for (size_t i = 0; i < n; i++) {
                stack[depth++] = tuple_elements(e)[i];
                stack[depth++] = tuple_elements(pattern)[i];
            }
        } else if (is_cons(pattern)) {
            if (!is_cons(e) || depth + 4 > ARRAY_LEN(stack)) return false;
            stack[depth++] = cons_tail(e), stack[depth++] = cons_tail(pattern);
            stack[depth++] = cons_head(e), stack[depth++] = cons_head(pattern);
        } else if (pattern == AM_underscore || pattern == AM_dollar_dollar ||
                   pattern == AM_dollar_underscore || is_map(pattern)) {
            return false;
        } else if (is_tuple(e) || !equal_exact(pattern, e)) {
            return false;
        }
    }
    return true;
}

// {element, KeyPos, '$_'}
static bool is_key_of_whole(Term e, uint32_t keypos)
{
    if (!is_tuple_arity(e, 3)) return false;
    const Term *parts = tuple_elements(e);
    return parts[0] == AM_element && parts[1] == make_small(keypos) &&
           parts[2] == AM_dollar_underscore;
}

bool match_keeps_key(uint32_t keypos, Term pattern, Term body)
{
    if (!is_cons(body) || !is_nil(cons_tail(body))) return false;
    Term e = cons_head(body);
    if (e == AM_dollar_underscore) return true;
    if (!is_tuple(e) || !is_tuple(pattern) || tuple_arity(pattern) < keypos) return false;
    Term key = tuple_elements(pattern)[keypos - 1];
    if (is_tuple_arity(e, 2) && tuple_elements(e)[0] == AM_const) {
        Term made = tuple_elements(e)[1];
        return is_tuple(made) && tuple_arity(made) >= keypos &&
               matches_only(key, tuple_elements(made)[keypos - 1]);
    }
    if (!is_tuple_arity(e, 1)) return false;
    Term made = tuple_elements(e)[0];
    if (!is_tuple(made) || tuple_arity(made) < keypos) return false;
    e = tuple_elements(made)[keypos - 1];
    return is_key_of_whole(e, keypos) || keeps(key, e);
}
