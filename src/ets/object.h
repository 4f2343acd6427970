// SPDX-License-Identifier: Apache-2.0
// ets/object.h - one stored tuple: node of a bucket or of a tree.
//
//   O1  term is a tuple that lies in data, or in the frozen region (then words
//       is 0). It holds no pointer to anywhere else.
#pragma once
#include "heap/heap.h"

typedef struct EtsObject {
    union {
        struct {  // in a hash table
            struct EtsObject *next;
            uint32_t hash;
            uint32_t epoch;  // that of the table when it is alive, else ETS_DEAD
        };
        struct {  // in a tree
            struct EtsObject *left, *right;
        };
    };
    Term term;
    Term *off;       // off-heap objects of data
    uint32_t words;  // of data
    uint32_t count;  // nodes of this subtree, in a tree
    Term data[];
} EtsObject;

// Steps of a budget that freeing takes: what is large may go back to the system.
static inline int64_t ets_object_free_cost(const EtsObject *o) { return 1 + o->words / 64; }

#define ETS_DEAD UINT32_MAX
