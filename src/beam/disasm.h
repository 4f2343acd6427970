// SPDX-License-Identifier: Apache-2.0
// beam/disasm.h - code as text, in the notation of erlc -S.

#ifndef BEAM_DISASM_H
#define BEAM_DISASM_H

#include "beam/code_reader.h"

// Appends one instruction without a line break: "{move,{x,0},{y,1}}."
MUST_USE Status disasm_instr(Buf *out, const BeamFile *f, const Instr *in);

// Appends the functions with this name (size bytes of UTF-8; NULL: all) and this
// arity (-1: any), an instruction a line. ST_NOT_FOUND: there is none. On other
// refusals what came before is in out.
MUST_USE Status disasm_functions(Buf *out, const BeamFile *f, const char *name, size_t size,
                                 int arity, Diag *d);

#endif
