// SPDX-License-Identifier: Apache-2.0
// beam/ops.h - the generic instructions as data: numbers, operands, effects.
//
// Everything here comes from ops.def and operands.def. All tables are constant.

#ifndef BEAM_OPS_H
#define BEAM_OPS_H

#include "base/compiler.h"

typedef enum Opcode {
    OP_NONE = 0,
#define OP(number, name, arity, operands, effects, state, meaning) OP_##name = number,
#include "beam/ops.def"
    OP_COUNT  // one more than the highest number
} Opcode;

#define OP_MAX_ARITY   8u
#define BEAM_MAX_REG   1024u  // x, y and floating-point registers are 0 .. 1023
#define BEAM_MAX_ARITY 255u

// The letters by name: OPERAND_SOURCE == 's'.
typedef enum OperandLetter {
#define OPERAND(letter, name, kinds, roles, meaning) OPERAND_##name = letter,
#include "beam/operands.def"
} OperandLetter;

// What an operand is in the file: a set of these is what a letter accepts.
#define K_U       (1u << 0)   // untagged number
#define K_INT     (1u << 1)   // integer term of up to 64 bits
#define K_BIG     (1u << 2)   // longer integer term
#define K_ATOM    (1u << 3)
#define K_NIL     (1u << 4)
#define K_X       (1u << 5)
#define K_Y       (1u << 6)
#define K_LABEL   (1u << 7)   // a label other than 0
#define K_RAISE   (1u << 8)   // label 0: no label, raise instead
#define K_CHAR    (1u << 9)   // a character; in no instruction of today
#define K_FLOAT   (1u << 10)  // an inline float; in no instruction since OTP R16
#define K_LIST    (1u << 11)  // extended list of operands
#define K_FR      (1u << 12)  // floating-point register
#define K_ALLOC   (1u << 13)  // allocation list
#define K_LITERAL (1u << 14)  // index into the literals
#define K_REG     (K_X | K_Y)
#define K_TERM    (K_REG | K_INT | K_BIG | K_ATOM | K_NIL | K_LITERAL)

// What is done with an operand.
#define R_READ  (1u << 0)  // a term (a float with R_FLOAT) is read from it
#define R_WRITE (1u << 1)  // a term (a float with R_FLOAT) is stored in it
#define R_JUMP  (1u << 2)  // control may go to this label
#define R_LIVE  (1u << 3)  // live x registers; matters to E_GC only
#define R_LIST  (1u << 4)  // a list: its elements have letters of their own
#define R_FLOAT (1u << 5)  // if it is a floating-point register
#define R_CTX   (1u << 6)  // a match context is read or written
#define R_TAG   (1u << 7)  // a catch or try tag, not a term

// What an instruction requires and does beyond its operands.
//
// E_GC     it may collect: all slots must be defined, and so must be the x
//          registers below live; those from live on are undefined afterwards,
//          whether it fails or not. bs_match collects in its commands, each with
//          a live count of its own.
// E_TRY    begins a handler: Y holds its tag until E_TRY_END. The label is
//          entered with x0, x1 and x2 set and all other x undefined.
// E_HEAP   reserves what the letter A says; what was reserved before is void.
#define E_META          (1u << 0)  // does nothing at run time
#define E_BLOCK         (1u << 1)  // control comes here from elsewhere
#define E_END           (1u << 2)  // control does not fall through
#define E_JUMP          (1u << 3)  // always or by choice goes to its label operands
#define E_FAIL          (1u << 4)  // goes to its label operand when it fails (j 0: raises)
#define E_RAISE         (1u << 5)  // may raise an exception
#define E_CALL          (1u << 6)  // reads x0 .. x(arity-1), arity is the letter c
#define E_FUN_AFTER     (1u << 7)  // with E_CALL: also reads x(arity), the fun
#define E_MOD_FUN_AFTER (1u << 8)  // with E_CALL: also reads x(arity) and x(arity+1)
#define E_CLOBBER_X     (1u << 9)  // x registers are undefined afterwards but those written
#define E_READ_X0       (1u << 10)
#define E_READ_X1       (1u << 11)
#define E_READ_X2       (1u << 12)
#define E_WRITE_X0      (1u << 13)
#define E_WRITE_X1      (1u << 14)
#define E_WRITE_X2      (1u << 15)
#define E_ENV_X         (1u << 16)  // reads x registers, one a free variable of the fun
#define E_GC            (1u << 17)
#define E_HEAP          (1u << 18)
#define E_BUILD         (1u << 19)  // uses heap that was reserved
#define E_FRAME         (1u << 20)  // needs a frame
#define E_NO_FRAME      (1u << 21)  // must not have a frame
#define E_NEW_FRAME     (1u << 22)  // makes a frame of N slots
#define E_NIL_SLOTS     (1u << 23)  // the new slots are nil, not undefined
#define E_DROP          (1u << 24)  // drops the frame, which must have N slots
#define E_TRIM          (1u << 25)  // drops the first N slots: y(N) becomes y(0)
#define E_TRY           (1u << 26)
#define E_TRY_END       (1u << 27)  // ends the innermost handler, which must be Y's
#define E_RECV          (1u << 28)  // part of a receive
#define E_SUSPEND       (1u << 29)  // the process may be put to sleep
#define E_OPEN_BIN      (1u << 30)  // begins a binary that E_BUILD_BIN appends to
#define E_BUILD_BIN     (1u << 31)  // appends to it

typedef enum OpState {
    OP_UNKNOWN,  // no such number
    OP_OBSOLETE,  // known, never run: the file is too old
    OP_CURRENT
} OpState;

typedef struct OpInfo {
    const char *name;  // NULL for a number that does not exist
    const char *operands;  // arity letters
    const char *meaning;
    uint32_t effects;
    uint8_t arity;
    uint8_t state;  // OpState
} OpInfo;

extern const OpInfo op_table[OP_COUNT];

typedef struct OperandInfo {
    const char *name;  // NULL for a character that is no letter
    const char *meaning;
    const char *elements;  // of a list: letters of its elements, repeated; else NULL
    uint32_t kinds;
    uint32_t roles;
} OperandInfo;

// By letter. The elements of COMMANDS are "": see bs_command_operands.
extern const OperandInfo operand_table[128];

// NULL for a number that does not exist.
static inline const OpInfo *op_info(uint32_t number)
{
    return number < OP_COUNT && op_table[number].name != NULL ? &op_table[number] : NULL;
}

// The letters of the arguments of a bs_match command, NULL if there is no such
// command. name need not be terminated.
const char *bs_command_operands(const uint8_t *name, size_t len);

#endif
