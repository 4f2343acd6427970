// SPDX-License-Identifier: Apache-2.0
// ets/tree.h - the objects of an ordered_set: a weight-balanced tree.
//
// Each node knows the number of nodes below it, which balances the tree and
// finds the n-th object. Keys are equal when == holds, as in OTP.
//
//   W1  for every node, neither subtree has more than three times the weight
//       (nodes + 1) of the other.
//   W2  so no path is longer than TREE_MAX_DEPTH.
#pragma once
#include "ets/object.h"

#define TREE_MAX_DEPTH 96

// A place in the tree, valid until a node is added or removed.
typedef struct TreeIter {
    EtsObject *path[TREE_MAX_DEPTH];
    unsigned depth;
    bool descending;
} TreeIter;

typedef struct EtsTree {
    EtsObject *root;
    uint64_t words;    // of all objects
    uint64_t work;     // comparisons made (E4)
    TreeIter *cursor;  // where the last step from key to key led; depth 0: nowhere. NULL: none yet
} EtsTree;

static inline uint64_t tree_count(const EtsTree *t) { return t->root == NULL ? 0 : t->root->count; }

EtsObject *tree_find(EtsTree *t, uint32_t keypos, Term key);
EtsObject *tree_first(const EtsTree *t);
EtsObject *tree_last(const EtsTree *t);
// The nearest object whose key is greater (less) than key, or NULL. The cursor makes the next
// step in the same direction a short one; without memory for it there is none.
EtsObject *tree_after(EtsTree *t, Space *s, uint32_t keypos, Term key);
EtsObject *tree_before(EtsTree *t, Space *s, uint32_t keypos, Term key);
EtsObject *tree_nth(const EtsTree *t, uint64_t n);  // n from 0, n < tree_count
// Inserts o; *old: the object of the same key that it replaces, or NULL. False: comparisons
// have given up (K3), nothing has changed.
MUST_USE bool tree_put(EtsTree *t, uint32_t keypos, EtsObject *o, EtsObject **old);
// Removes and returns the object of this key; NULL: there is none, or comparisons have given up.
EtsObject *tree_remove(EtsTree *t, uint32_t keypos, Term key);
// Frees objects at the cost of *budget; true: none is left, and nothing else.
bool tree_free_some(EtsTree *t, Space *s, int64_t *budget);

// Where a bound lies beside a key: <0 before it, 0 at it, >0 behind it. Keys that
// are in order must be so for the bound too.
typedef int (*TreeOrder)(Term bound, Term key);
// At the first object beyond `bound` in this direction, or at it when inclusive;
// order NULL: no bound. NULL: there is none.
EtsObject *tree_iter_start(TreeIter *it, EtsTree *t, uint32_t keypos, Term bound, TreeOrder order,
                           bool inclusive, bool descending);
EtsObject *tree_iter_next(TreeIter *it);
