// SPDX-License-Identifier: Apache-2.0
// code/translate_check.c - what comes before an instruction that the verifier marked: a test,
// or the result of a guard builtin for the way on which it fails (V10).
#include "code/translate.h"

#define A(n) (&in->args[n])

Status tr_check(Translator *t, const Instr *in)
{
    switch (in->op) {
    case OP_get_list:
    case OP_get_hd:
    case OP_get_tl: return EMIT(t, check_cons, OPD(A(0)));
    case OP_test_arity: return EMIT(t, check_tuple, OPD(A(1)), NUM(0));
    case OP_set_tuple_element: return EMIT(t, check_tuple, OPD(A(1)), NUM(A(2)->u + 1));
    case OP_update_record: return EMIT(t, check_record, OPD(A(2)), WORD(TUPLE_HEADER(A(1)->u)));
    case OP_get_tuple_element:
    case OP_get_map_elements:
    case OP_has_map_fields:
    case OP_fmove: return ST_OK;  // have forms that test
    case OP_try_case: return EMIT0(t, check_raised);
    case OP_bif1:
    case OP_bif2:
    case OP_gc_bif1:
    case OP_gc_bif2:
    case OP_gc_bif3: return EMIT(t, move_cx, OPD(A(in->argc - 1)), WORD(TERM_NIL));
    case OP_bs_get_tail:
    case OP_bs_get_position:
    case OP_bs_set_position: return EMIT(t, check_context, OPD(A(0)));
    default: return EMIT(t, check_context, OPD(A(1)));  // of all others that match
    }
}
