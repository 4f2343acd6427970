// SPDX-License-Identifier: Apache-2.0
// base/pqueue.h - a priority queue of items that know their place: a binary heap.
//
// An item is a member of what it stands for (container_of gives that back) and is in one
// queue at a time. Putting, moving and removing take O(log n). Room is reserved beforehand, so
// that none of them can fail. Not thread-safe.
//
//   Q1  the key of an item is not below that of its parent.
//   Q2  items[i]->place == i + 1; the place of an item that is in no queue is 0.

#ifndef BASE_PQUEUE_H
#define BASE_PQUEUE_H

#include "base/status.h"

typedef struct PqItem {
    int64_t key;
    size_t place;  // Q2
} PqItem;

typedef struct PQueue {
    PqItem **items;
    size_t len, cap;
} PQueue;

// An all-zero PQueue is empty and usable.
void pqueue_clear(PQueue *q);  // forgets the items, which are then in no queue
// Room for n items in all.
MUST_USE Status pqueue_reserve(PQueue *q, size_t n);
// Puts the item in, or moves it when it is there already. Needs room.
void pqueue_put(PQueue *q, PqItem *item, int64_t key);
void pqueue_remove(PQueue *q, PqItem *item);  // nothing if it is not in it
// The item with the least key, or NULL.
static inline PqItem *pqueue_first(const PQueue *q) { return q->len == 0 ? NULL : q->items[0]; }

#endif
