// SPDX-License-Identifier: Apache-2.0
// code/instr.c - tables of code/instr.def.
#include "code/instr.h"

const char *const instr_layout[INSTR_COUNT] = {
#define INSTR(name, layout) [INSTR_##name] = layout,
#include "code/instr.def"
#undef INSTR
};

const char *const instr_name[INSTR_COUNT] = {
#define INSTR(name, layout) [INSTR_##name] = #name,
#include "code/instr.def"
#undef INSTR
};

const uint8_t instr_has_x[INSTR_COUNT] = {
#define INSTR(name, layout)   0,
#define INSTR_X(name, layout) 1, 0,
#include "code/instr.def"
#undef INSTR
};

unsigned instr_words(InstrIndex i)
{
    unsigned halves = 0, words = 1;
    for (const char *l = instr_layout[i]; *l != '\0'; l++) {
        if (*l == 'r' || *l == 'f' || *l == 'u') halves++;
        else if (*l != '*') words++;
    }
    return words + (halves + 1) / 2;
}
