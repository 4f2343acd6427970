// SPDX-License-Identifier: Apache-2.0
// beam/ops.c - the tables of ops.h, made from ops.def and operands.def.

#include "beam/ops.h"

#include <string.h>

#define CURRENT  OP_CURRENT
#define OBSOLETE OP_OBSOLETE

const OpInfo op_table[OP_COUNT] = {
#define OP(number, name, arity, operands, effects, state, meaning) \
    [number] = {#name, operands, meaning, effects, arity, state},
#include "beam/ops.def"
};

// A row whose letters are not as many as its arity does not compile.
#define OP(number, name, arity, operands, effects, state, meaning)         \
    _Static_assert(sizeof(operands) == (arity) + 1, "operands of " #name); \
    _Static_assert((arity) <= OP_MAX_ARITY, "arity of " #name);
#include "beam/ops.def"

static const char elements_of[128][8] = {
#define LIST(letter, letters) [letter] = letters,
#include "beam/operands.def"
};

const OperandInfo operand_table[128] = {
#define OPERAND(letter, name, kinds, roles, meaning) \
    [letter] = {#name, meaning, (kinds) == K_LIST ? elements_of[letter] : NULL, kinds, roles},
#include "beam/operands.def"
};

const char *bs_command_operands(const uint8_t *name, size_t len)
{
    static const struct {
        const char *name;
        const char *letters;
    } commands[] = {
#define BS_COMMAND(name, letters) {name, letters},
#include "beam/operands.def"
    };
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        if (strlen(commands[i].name) == len && memcmp(commands[i].name, name, len) == 0)
            return commands[i].letters;
    }
    return NULL;
}
