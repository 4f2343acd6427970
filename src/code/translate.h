// SPDX-License-Identifier: Apache-2.0
// code/translate.h - from the instructions of a file to those of an image.
//
// One rule per generic instruction: a row of translate.c that names the
// instruction it becomes, or a function. Registers become offsets, literals
// words, labels distances; common forms and pairs become specialised
// instructions.
#pragma once
#include "base/bitset.h"
#include "base/vec.h"
#include "beam/beam_file.h"
#include "beam/code_reader.h"
#include "code/image.h"
#include "code/instr.h"

typedef struct LabelPatch {
    size_t start;   // word index of the instruction
    size_t half;    // index of the 32-bit operand (in halves from the start of code)
    uint32_t label;
} LabelPatch;

typedef struct Translator {
    const BeamFile *file;
    Image *image;
    Vec(Word) code;
    Vec(LabelPatch) patches;
    uint32_t *labels;       // label -> word index, UINT32_MAX: not seen
    Vec(ImageLine) lines;
    Vec(ImageFunction) functions;
    size_t start;           // word index of the instruction being emitted
    unsigned scratch;       // scratch registers in use by this instruction
    InstrIndex last;        // instruction emitted last, INSTR_COUNT: nothing to fuse with
    size_t last_start;
    InstrIndex before;      // the one before it, likewise
    size_t before_start;
    bool has_line;          // `line` was seen; it belongs to the next instruction
    uint32_t line_index;
    CodeReader reader;
    Term function;          // name atom of the function being translated
    const Bitset *checks;   // instructions that need a test before them (code/verify.h)
    bool unproven;          // the instruction being translated is one of them
    const struct Bif *stub_builtin;  // takes the place of the body about to be read
    Diag *diag;
} Translator;

// One operand of an instruction being emitted.
typedef struct Arg {
    enum { ARG_NUMBER, ARG_WORD, ARG_OPERAND, ARG_LABEL, ARG_XREG, ARG_REGISTER } kind;
    uint64_t value;
    const Operand *operand;
} Arg;
#define NUM(n)      ((Arg){ARG_NUMBER, (uint64_t)(n), NULL})
#define WORD(w)     ((Arg){ARG_WORD, (uint64_t)(w), NULL})
#define OPD(o)      ((Arg){ARG_OPERAND, 0, (o)})
#define LBL(n)      ((Arg){ARG_LABEL, (n), NULL})
#define XR(n)       ((Arg){ARG_XREG, (n), NULL})
#define REGISTER(r) ((Arg){ARG_REGISTER, (r), NULL})  // encoded already

// Emits instruction i. The arguments follow its layout: 'r' takes OPD or XR, 'f' OPD
// or LBL, 'u' OPD or NUM, 's' OPD or WORD or XR, 't' and 'p' WORD.
MUST_USE Status tr_emit(Translator *t, InstrIndex i, unsigned n, const Arg *args);
#define EMIT(t, i, ...) \
    tr_emit((t), INSTR_##i, sizeof((Arg[]){__VA_ARGS__}) / sizeof(Arg), (Arg[]){__VA_ARGS__})
#define EMIT0(t, i) tr_emit((t), INSTR_##i, 0, NULL)
// Further words of an instruction whose layout ends in '*'.
MUST_USE Status tr_word(Translator *t, Word w);
MUST_USE Status tr_source(Translator *t, const Operand *o);        // as an 's' word
MUST_USE Status tr_register(Translator *t, const Operand *o);      // register operand, one word
MUST_USE Status tr_target(Translator *t, const Operand *o);        // label distance, one word

// The term of a constant operand; TERM_NONE: it is a register.
Term tr_constant(Translator *t, const Operand *o);
bool tr_is_reg(const Operand *o);
uint32_t tr_reg(const Operand *o);
Status tr_refuse(Translator *t, const Instr *in, const char *why);

// Rules of the bit-syntax instructions: translate_bits.c. NULL: not one of them.
typedef Status (*TranslateRule)(Translator *t, const Instr *in);
TranslateRule tr_bits_rule(uint32_t op);
// The test before an instruction whose operand the verifier could not prove.
MUST_USE Status tr_check(Translator *t, const Instr *in);

// Fills image->code, functions, lines, on_load, fun entries' code and the exports'
// functions. The image's tables (literals, imports, funs, atoms) are there. checks:
// what verify_code says about the same code.
MUST_USE Status translate_code(const BeamFile *f, Image *image, const Bitset *checks, Diag *d);
