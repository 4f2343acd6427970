// SPDX-License-Identifier: Apache-2.0
// bif/guards.c - type tests, sizes and parts: what guards may call.
#include "bif/args.h"
#include "code/image.h"
#include "heap/map.h"

// ---- type tests -----------------------------------------------------------------
#define TYPE_TEST(name, test) \
    Term bif_erlang_##name(Process *p, Term *args) { return make_bool(test(args[0])); }

static bool is_boolean_atom(Term t) { return t == AM_true || t == AM_false; }

static bool is_any_list(Term t) { return is_cons(t) || is_nil(t); }

TYPE_TEST(is_atom_1, is_atom)
TYPE_TEST(is_binary_1, is_binary)
TYPE_TEST(is_bitstring_1, is_bitstring)
TYPE_TEST(is_boolean_1, is_boolean_atom)
TYPE_TEST(is_float_1, is_float)
TYPE_TEST(is_function_1, is_fun)
TYPE_TEST(is_integer_1, is_integer)
TYPE_TEST(is_list_1, is_any_list)
TYPE_TEST(is_map_1, is_map)
TYPE_TEST(is_number_1, is_number)
TYPE_TEST(is_pid_1, is_pid)
TYPE_TEST(is_port_1, is_port)
TYPE_TEST(is_reference_1, is_ref)
TYPE_TEST(is_tuple_1, is_tuple)

Term bif_erlang_is_function_2(Process *p, Term *args)
{
    Term arity = args[1];
    // An arity that is no non-negative integer is an error whatever the first
    // argument is; one that no fun can have is merely wrong.
    if (is_big(arity) && !big_is_negative(arity)) return AM_false;
    if (!is_small(arity) || small_value(arity) < 0) return bif_badarg(p);
    if (is_local_fun(args[0])) {
        const FunEntry *e = ((Fun *)boxed_ptr(args[0]))->entry;
        return make_bool(small_value(arity) == (int64_t)e->arity);
    }
    if (is_export_fun(args[0])) return make_bool(boxed_ptr(args[0])[3] == arity);
    return AM_false;
}

Term bif_erlang_is_record_2(Process *p, Term *args)
{
    if (!is_atom(args[1])) return bif_badarg(p);
    Term t = args[0];
    return make_bool(is_tuple(t) && tuple_arity(t) >= 1 && tuple_elements(t)[0] == args[1]);
}

Term bif_erlang_is_record_3(Process *p, Term *args)
{
    if (!is_atom(args[1]) || !is_small(args[2])) return bif_badarg(p);
    Term t = args[0];
    return make_bool(is_tuple(t) && tuple_arity(t) >= 1 && tuple_elements(t)[0] == args[1] &&
                     (int64_t)tuple_arity(t) == small_value(args[2]));
}

// ---- maps -------------------------------------------------------------------------
Term bif_erlang_is_map_key_2(Process *p, Term *args)
{
    if (!is_map(args[1])) return bif_error_tagged(p, AM_badmap, args[1]);
    return make_bool(map_get(args[1], args[0]) != TERM_NONE);
}

Term bif_erlang_map_get_2(Process *p, Term *args)
{
    if (!is_map(args[1])) return bif_error_tagged(p, AM_badmap, args[1]);
    Term value = map_get(args[1], args[0]);
    return value != TERM_NONE ? value : bif_error_tagged(p, AM_badkey, args[0]);
}

Term bif_erlang_map_size_1(Process *p, Term *args)
{
    if (!is_map(args[0])) return bif_error_tagged(p, AM_badmap, args[0]);
    return make_small((int64_t)map_size(args[0]));
}

// ---- tuples and lists ---------------------------------------------------------------
Term bif_erlang_element_2(Process *p, Term *args)
{
    Term i = args[0], t = args[1];
    if (!is_tuple(t) || !is_small(i) || small_value(i) < 1 ||
        (uint64_t)small_value(i) > tuple_arity(t))
        return bif_badarg(p);
    return tuple_elements(t)[small_value(i) - 1];
}

Term bif_erlang_hd_1(Process *p, Term *args)
{
    return is_cons(args[0]) ? cons_head(args[0]) : bif_badarg(p);
}

Term bif_erlang_tl_1(Process *p, Term *args)
{
    return is_cons(args[0]) ? cons_tail(args[0]) : bif_badarg(p);
}

Term bif_erlang_length_1(Process *p, Term *args)
{
    int64_t n = bif_list_length(p, args[0]);
    return n >= 0 ? make_small(n) : bif_badarg(p);
}

// ---- sizes ----------------------------------------------------------------------------
Term bif_erlang_size_1(Process *p, Term *args)
{
    if (is_tuple(args[0])) return make_small((int64_t)tuple_arity(args[0]));
    if (is_bitstring(args[0])) return make_small((int64_t)(bitstring_bits(args[0]) / 8));
    return bif_badarg(p);
}

Term bif_erlang_tuple_size_1(Process *p, Term *args)
{
    return is_tuple(args[0]) ? make_small((int64_t)tuple_arity(args[0])) : bif_badarg(p);
}

Term bif_erlang_byte_size_1(Process *p, Term *args)
{
    if (!is_bitstring(args[0])) return bif_badarg(p);
    return make_small((int64_t)((bitstring_bits(args[0]) + 7) / 8));
}

Term bif_erlang_bit_size_1(Process *p, Term *args)
{
    return is_bitstring(args[0]) ? make_small((int64_t)bitstring_bits(args[0])) : bif_badarg(p);
}

// ---- parts ----------------------------------------------------------------------------
Term bif_binary_part_of(Process *p, Term bin, Term pos, Term len)
{
    uint64_t start, count;  // of the whole bytes that a bitstring has
    if (!is_bitstring(bin) || !bif_part_range(pos, len, bitstring_bits(bin) / 8, &start, &count))
        return bif_badarg(p);
    Term part = binary_part(&p->heap, bin, start * 8, count * 8);
    return part != TERM_NONE ? part : bif_no_memory(p);
}

Term bif_erlang_binary_part_2(Process *p, Term *args)
{
    if (!is_tuple_arity(args[1], 2)) return bif_badarg(p);
    Term *e = tuple_elements(args[1]);
    return bif_binary_part_of(p, args[0], e[0], e[1]);
}

Term bif_erlang_binary_part_3(Process *p, Term *args)
{
    return bif_binary_part_of(p, args[0], args[1], args[2]);
}
