// SPDX-License-Identifier: Apache-2.0
// ets/match_int.h - the compiler of match specifications, for its own files.
#pragma once
#include "base/fiber.h"
#include "ets/match.h"

typedef enum ItemKind {
    ITEM_HEAD,       // pattern `term`
    ITEM_HEAD_MAP,   // the pairs below map or node `term`
    ITEM_EXPR,       // expression `term`
    ITEM_EXPR_MAP,   // the pairs below map or node `term`, as expressions
    ITEM_EMIT,       // op n term
    ITEM_CALL,       // op n fn
    ITEM_JUMP,       // op, to label n
    ITEM_LABEL,      // label n is here
} ItemKind;

// Work to be done: what is pushed last is done first.
typedef struct Item {
    uint8_t kind;
    uint8_t op;
    bool copy;  // the value goes into the result
    uint32_t n;
    Term term;
    MatchFn fn;
} Item;

typedef struct MatchVar {
    uint32_t number;  // N of $N
    uint32_t index;   // slot in the order of appearance
} MatchVar;

typedef struct Compiler {
    Isolate *iso;
    MatchProgram *m;
    MatchResolve resolve;
    MatchErrors *errors;
    Vec(Item) items;
    Vec(MatchVar) vars;      // of this clause, by number
    Vec(uint32_t) labels;    // last jump to each label + 1, chained through op.n
    bool in_body;
    bool bad;                // an error has been found
    Status status;           // not ST_OK: memory refused
    uint32_t depth;
    uint64_t work;
    Pace pace;
} Compiler;

void compiler_emit(Compiler *c, MatchOpKind kind, uint32_t n, Term term);
void compiler_push(Compiler *c, Item item);
void compiler_error(Compiler *c, MatchErrorKind kind, Term special, Term term, uint64_t n);
// Does the items that lie above `floor` of them.
void compiler_run(Compiler *c);

// match_expr.c: pushes the items for one expression, or notes what is wrong.
void compile_expr(Compiler *c, Item item);
// Pushes an item of `kind` for what each slot of a map or node holds.
void compile_map_slots(Compiler *c, Term map, ItemKind kind, bool copy);
const MatchVar *compiler_find_var(const Compiler *c, uint32_t number);
