// SPDX-License-Identifier: Apache-2.0
// base/pqueue.c - see pqueue.h.
#include "base/pqueue.h"

#include <stdlib.h>

static void put_at(PQueue *q, size_t i, PqItem *item)
{
    q->items[i] = item;
    item->place = i + 1;  // Q2
}

static void sift_up(PQueue *q, size_t i, PqItem *item)
{
    for (size_t parent; i > 0 && q->items[parent = (i - 1) / 2]->key > item->key; i = parent)
        put_at(q, i, q->items[parent]);
    put_at(q, i, item);
}

static void sift_down(PQueue *q, size_t i, PqItem *item)
{
    for (size_t child; (child = 2 * i + 1) < q->len; i = child) {
        if (child + 1 < q->len && q->items[child + 1]->key < q->items[child]->key) child++;
        if (q->items[child]->key >= item->key) break;
        put_at(q, i, q->items[child]);
    }
    put_at(q, i, item);
}

void pqueue_clear(PQueue *q)
{
    for (size_t i = 0; i < q->len; i++) q->items[i]->place = 0;
    free(q->items);
    *q = (PQueue){0};
}

Status pqueue_reserve(PQueue *q, size_t n)
{
    if (n <= q->cap) return ST_OK;
    size_t cap = q->cap < 8 ? 16 : q->cap * 2;
    if (cap < n) cap = n;
    if (cap > SIZE_MAX / sizeof *q->items) return ST_NOMEM;
    PqItem **grown = realloc(q->items, cap * sizeof(PqItem *));
    if (grown == NULL) return ST_NOMEM;
    q->items = grown;
    q->cap = cap;
    return ST_OK;
}

void pqueue_put(PQueue *q, PqItem *item, int64_t key)
{
    size_t i = item->place != 0 ? item->place - 1 : q->len;
    if (item->place == 0) {
        ASSERT(q->len < q->cap);
        q->len++;
    }
    bool later = item->place != 0 && key > item->key;
    item->key = key;
    if (later) sift_down(q, i, item);
    else sift_up(q, i, item);
}

void pqueue_remove(PQueue *q, PqItem *item)
{
    if (item->place == 0) return;
    size_t i = item->place - 1;
    item->place = 0;
    PqItem *last = q->items[--q->len];
    if (last == item) return;
    sift_down(q, i, last);
    sift_up(q, last->place - 1, last);
}
