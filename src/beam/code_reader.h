// SPDX-License-Identifier: Apache-2.0
// beam/code_reader.h - the instructions of a .beam file, one after the other.
//
// The reader checks each instruction against its row of ops.def: it exists and
// is not obsolete, each operand is of a kind that its letter accepts, and each
// index is in range:
//
//   C1  label operands are below label_count, and only 'j' accepts 0 (K_RAISE);
//   C2  registers are below BEAM_MAX_REG, live counts at most that, arities at
//       most 255, units at most 256, floats' registers below BEAM_MAX_REG;
//   C3  atom, literal, import and fun indexes exist; so does the line, if the
//       file has a line table; strings lie within the string table;
//   C4  a list is the last operand and consists of whole groups of what its
//       letter says; a bs_match command has all of its arguments;
//   C5  each function begins with label, (line,) func_info, label, and there
//       are as many as the header says; int_code_end is last.
//
// Types, liveness and control flow are the verifier's.

#ifndef BEAM_CODE_READER_H
#define BEAM_CODE_READER_H

#include "base/fiber.h"
#include "base/vec.h"
#include "beam/beam_file.h"
#include "beam/ops.h"

typedef struct Operand Operand;
struct Operand {
    uint32_t kind;  // exactly one K_… bit
    uint32_t hint;  // K_X, K_Y: 1 + index of the type hint, 0: none. Any index when
                    // the file has no types that we can read (type_count 0)
    union {
        uint64_t u;  // K_U, K_ATOM, K_X, K_Y, K_LABEL, K_FR, K_LITERAL, K_CHAR.
                     // K_U of 2^63 and more (a size no binary has): UINT64_MAX
        int64_t i;   // K_INT
        double f;    // K_FLOAT
        struct {     // K_ALLOC: what heap is needed
            uint32_t words, floats, funs;
        } alloc;
    };
    union {
        const Operand *items;  // K_LIST: count operands, until the next instruction
        const uint8_t *bytes;  // K_BIG, and K_U when huge: count bytes of the file,
                               // big-endian two's complement
    };
    uint32_t count;
    bool negative;  // K_BIG
};

typedef struct Instr {
    const OpInfo *info;
    uint32_t op;      // Opcode
    uint32_t argc;    // info->arity
    uint32_t offset;  // of its first byte, in the file
    uint32_t size;    // bytes
    Operand args[OP_MAX_ARITY];  // argc of them are set
} Instr;

typedef struct CodeReader {
    const BeamFile *file;
    const uint8_t *at;
    const uint8_t *end;
    // The function that the last instruction belongs to: 0 before the first.
    uint32_t function;         // atom
    uint32_t arity;
    uint32_t functions;        // func_info seen so far
    uint32_t instructions;     // instructions read so far
    uint32_t in_function;      // instructions read since its func_info
    uint8_t header;            // where in label, func_info, label we are (C5)
    bool done;                 // int_code_end was read
    bool trusted;              // these bytes were read before: C1 to C4 are not checked again
    uint32_t below[16];        // what numbers of each sort must be below: see code_reader.c
    Pace work;
    Vec(Operand) items;        // elements of the last list
} CodeReader;

// Reads from the start of the code. f is borrowed until code_reader_clear. The
// elements of a list take 40 bytes each, an element at least one byte of code;
// they are charged to the arena.
void code_reader_init(CodeReader *r, const BeamFile *f, Arena *arena);
void code_reader_clear(CodeReader *r);

// The next instruction, with a pause point (base/fiber.h). The last one is int_code_end:
// r->done is true then and the function must not be called again. On a refusal (ST_FORMAT,
// ST_UNSUPPORTED for an obsolete or unknown instruction) d names function, instruction and
// offset in the file. ST_NOMEM, also when nobody wants the rest any more.
MUST_USE Status code_reader_next(CodeReader *r, Instr *out, Diag *d);

// The magnitude of a K_BIG: count bytes, big-endian, may begin with zeros.
void operand_magnitude(const Operand *o, uint8_t *out);

#endif
