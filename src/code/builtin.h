// SPDX-License-Identifier: Apache-2.0
// code/builtin.h - what the translator must know of builtins, which live above it.
#pragma once
#include "term/term.h"

struct Bif;
// The builtin that answers to M:F/A, or NULL. Defined by bif/.
const struct Bif *builtin_find(Term module, Term function, unsigned arity);
