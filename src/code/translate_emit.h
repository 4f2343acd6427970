// SPDX-License-Identifier: Apache-2.0
// code/translate_emit.h - what the rules share: emitting, selecting, builtins, the end.
#pragma once
#include "code/translate.h"

// Is the instruction emitted last a register test with this target on this register?
bool tr_last_test_is(const Translator *t, const Operand *target, uint32_t reg);
// The target of the instruction emitted last, when it has exactly one.
bool tr_last_target(const Translator *t, Arg *target);
// Takes the last instruction back so that a fused one can replace it.
void tr_drop_last(Translator *t);
// The instruction emitted last gets the handler of an overlay (code/instr.def). The one that
// comes next must be what the overlay goes on with, and must not be taken back.
void tr_overlay_last(Translator *t, InstrIndex overlay);
// Its n-th 32-bit operand.
uint32_t tr_last_half(const Translator *t, unsigned n);

// Heap words of an allocation operand: floats and funs are given as counts.
uint64_t tr_heap_words(const Operand *o);
Status tr_check_words(Translator *t, const Instr *in, uint64_t words);  // refuses absurd needs

Status tr_select_val(Translator *t, const Instr *in);
Status tr_select_tuple_arity(Translator *t, const Instr *in);
Status tr_call(Translator *t, const Instr *in);
Status tr_call_only(Translator *t, const Instr *in);
Status tr_call_last(Translator *t, const Instr *in);
Status tr_call_ext(Translator *t, const Instr *in);
Status tr_call_ext_only(Translator *t, const Instr *in);
Status tr_call_ext_last(Translator *t, const Instr *in);
Status tr_call_fun(Translator *t, const Instr *in);
Status tr_call_fun2(Translator *t, const Instr *in);
Status tr_return(Translator *t, const Instr *in);
Status tr_bif(Translator *t, const Instr *in);
Status tr_gc_bif(Translator *t, const Instr *in);

// Resolves labels and hands code, functions and lines over to the image.
MUST_USE Status tr_finish(Translator *t);
