// SPDX-License-Identifier: Apache-2.0
// code/verify_types.c - what a register may hold.
#include "code/verify_int.h"
#include "term/atom.h"

VType type_merge(VType a, VType b)
{
    if (a == b) return a;
    VType kinds = (a | b) & T_KINDS, size;
    if (!(a & T_TUPLE)) size = b & ~(VType)T_KINDS & ~T_FRESH;
    else if (!(b & T_TUPLE)) size = a & ~(VType)T_KINDS & ~T_FRESH;
    else if (type_size(a) == type_size(b)) size = (a & b & T_EXACT) | type_size(a) << T_SIZE_SHIFT;
    else size = (type_size(a) < type_size(b) ? type_size(a) : type_size(b)) << T_SIZE_SHIFT;
    return kinds | size | (a & b & T_FRESH);
}

VType type_narrow(VType t, VType kinds)
{
    VType left = t & kinds & T_KINDS;
    if (left == 0) left = kinds & T_ANY;  // no way leads here
    return left & T_TUPLE && t & T_TUPLE ? (t & ~(VType)T_KINDS) | left : left;
}

VType type_of_literal(Term t)
{
    if (is_cons(t)) return T_CONS;
    if (is_nil(t)) return T_NIL;
    if (is_atom(t)) return t == AM_error || t == AM_exit || t == AM_throw ? T_CLASS : T_ATOM;
    if (is_integer(t)) return T_INT;
    if (is_tuple(t)) return type_tuple(tuple_arity(t));
    if (is_map(t)) return T_MAP;
    if (is_float(t)) return T_FLOAT;
    if (is_bitstring(t)) return T_BITS;
    if (is_fun(t)) return T_FUN;
    return T_OTHER;
}
