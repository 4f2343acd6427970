// SPDX-License-Identifier: Apache-2.0
// code/builtin.h - the row of a builtin, as the layers below bif/ see it.
#pragma once
#include <stdint.h>

#include "term/term.h"

struct Process;
typedef Term (*BifFn)(struct Process *p, Term *args);

typedef enum BifKind {
    BIF_KIND_PLAIN,   // bounded work
    BIF_KIND_GUARD,   // allowed in guards: bounded by its result or charged, never traps
    BIF_KIND_YIELDS,  // traps to itself or to a hidden builtin when the slice is used up
    BIF_KIND_CONTROL, // ends, replaces or suspends the calling process
    BIF_KIND_HIDDEN,  // not callable by name: continuation of another builtin
    BIF_KIND_ABSENT,  // known, answers as OTP does when the facility is off
} BifKind;

typedef struct Bif {
    Term module;
    Term function;
    uint8_t arity;
    uint8_t kind;
    uint8_t cap;
    BifFn fn;
    const char *name;  // of the function
    const char *cost;
    // Code that an export entry points to, laid out as a function of an image:
    // [func_info][module][function][arity] then, at stub + 4, [bif_stub][this].
    uint64_t stub[6];
} Bif;

// The builtin that answers to M:F/A, or NULL. Defined by bif/.
const Bif *builtin_find(Term module, Term function, unsigned arity);
