// SPDX-License-Identifier: Apache-2.0
// sandbox/functions_module.h - a .beam file whose functions are the host's.
#pragma once
#include "base/buf.h"
#include "term/atom.h"

typedef struct FunctionName {
    Term name;
    unsigned arity;
} FunctionName;

// Appends a module that exports these functions, each of which calls
// apex_call:call(Module, Function, Args). The same names give the same bytes.
MUST_USE Status functions_module_write(Buf *out, Term module, const FunctionName *names,
                                       size_t count);
