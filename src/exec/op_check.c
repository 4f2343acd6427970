// SPDX-License-Identifier: Apache-2.0
// exec/op_check.c - tests of what the verifier could not prove.
//
// Compilers leave a test out where other functions of the module make sure of its
// outcome, so in compiled code these never fail.
#include "exec/bits_match.h"

#define CHECK(name, words, condition)                       \
    OP(name)                                                \
    {                                                       \
        Term v = REG(0);                                    \
        if (UNLIKELY(!(condition))) RAISE_ERROR(AM_badarg); \
        NEXT(words);                                        \
    }

CHECK(check_cons, 2, is_cons(v))
CHECK(check_tuple, 2, is_tuple(v) && tuple_arity(v) >= U(1))
CHECK(check_record, 3, is_boxed(v) && boxed_header(v) == W(2))
CHECK(check_context, 2, is_boxed(v) && boxed_header(v) == MATCH_HEADER)

// The error leads to the handler that follows, which then is entered by an exception.
OP(check_raised)
{
    if (UNLIKELY(x[0] != TERM_NONE)) RAISE_ERROR(AM_badarg);
    NEXT(1);
}
