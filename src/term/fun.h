// SPDX-License-Identifier: Apache-2.0
// term/fun.h - the lambda behind a fun, as far as values must know it: to
// compare, hash, print and encode funs.
#pragma once
#include "term/term.h"

struct Image;  // code/image.h

// A lambda of an image; funs on heaps point here. A fun that came in as bytes
// and belongs to no loaded code has an entry of its own, without image and code:
// calling it raises badfun.
typedef struct FunEntry {
    const struct Image *image;
    const uint64_t *code;
    Term module;
    Term name;          // '-f/1-fun-0-'; TERM_NIL: not known
    uint32_t arity;     // of the fun, without the free variables
    uint32_t num_free;
    uint32_t index;     // position in FunT
    uint32_t old_index;
    uint64_t old_uniq;
    const struct ProgramMd5 *program;  // its MD5 is the fun's unique value; NULL: uniq is
    uint8_t uniq[16];
} FunEntry;

// The unique value of the fun: the MD5 of the module that it was compiled in.
void fun_uniq(const FunEntry *e, uint8_t out[16]);
