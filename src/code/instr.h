// SPDX-License-Identifier: Apache-2.0
// code/instr.h - the engine's own instructions: numbers, layouts, handlers.
#pragma once
#include <stdint.h>

typedef enum InstrIndex {
#define INSTR(name, layout) INSTR_##name,
#include "code/instr.def"
#undef INSTR
    INSTR_COUNT
} InstrIndex;

// Operand layout of each instruction, and its name, for translator and debugging.
extern const char *const instr_layout[INSTR_COUNT];
extern const char *const instr_name[INSTR_COUNT];

// Does instruction i have a second handler, numbered i + 1, for x registers alone?
extern const uint8_t instr_has_x[INSTR_COUNT];

// Address of each handler. Defined by exec/, which is above this layer; the
// translator stores these words in images.
extern const uint64_t instr_handler[INSTR_COUNT];

// Words of instruction i without what follows a '*'.
unsigned instr_words(InstrIndex i);

// Scratch registers of the translator, behind the x registers that code can name.
enum { X_REGS = 1024, X_SCRATCH = 1024, X_TOTAL = 1032 };
