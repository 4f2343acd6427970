// SPDX-License-Identifier: Apache-2.0
// ets/tree.c - a weight-balanced tree; see ets/tree.h.
#include "ets/tree.h"

#include "ets/object_int.h"
#include "term/compare.h"

// With these two a single or double rotation always restores W1 (Hirai and
// Yamamoto, "Balancing weight-balanced trees").
enum { DELTA = 3, GAMMA = 2 };

static uint64_t count_of(const EtsObject *n) { return n == NULL ? 0 : n->count; }

static uint64_t weight_of(const EtsObject *n) { return count_of(n) + 1; }

static void recount(EtsObject *n)
{
    n->count = (uint32_t)(count_of(n->left) + count_of(n->right) + 1);
}

static Term key_at(const EtsObject *n, uint32_t keypos)
{
    return tuple_elements(n->term)[keypos - 1];
}

static int compare_key(EtsTree *t, uint32_t keypos, Term key, const EtsObject *n)
{
    t->work++;
    Term other = key_at(n, keypos);
    if (are_both_small(key, other))
        return ((int64_t)key > (int64_t)other) - ((int64_t)key < (int64_t)other);
    return compare(key, other);
}

static EtsObject *rotate_left(EtsObject *n)
{
    EtsObject *r = n->right;
    n->right = r->left;
    r->left = n;
    recount(n);
    recount(r);
    return r;
}

static EtsObject *rotate_right(EtsObject *n)
{
    EtsObject *l = n->left;
    n->left = l->right;
    l->right = n;
    recount(n);
    recount(l);
    return l;
}

// Restores W1 at *link, whose subtrees obey it and differ by one node from when
// *link did.
static void rebalance(EtsObject **link)
{
    EtsObject *n = *link;
    uint64_t l = weight_of(n->left), r = weight_of(n->right);
    if (r > DELTA * l) {
        if (weight_of(n->right->left) >= GAMMA * weight_of(n->right->right))
            n->right = rotate_right(n->right);
        *link = rotate_left(n);
    } else if (l > DELTA * r) {
        if (weight_of(n->left->right) >= GAMMA * weight_of(n->left->left))
            n->left = rotate_left(n->left);
        *link = rotate_right(n);
    } else {
        recount(n);
    }
}

EtsObject *tree_find(EtsTree *t, uint32_t keypos, Term key)
{
    EtsObject *n = t->root;
    while (n != NULL) {
        int c = compare_key(t, keypos, key, n);
        if (c == 0) return n;
        n = c < 0 ? n->left : n->right;
    }
    return NULL;
}

EtsObject *tree_first(const EtsTree *t)
{
    EtsObject *n = t->root;
    while (n != NULL && n->left != NULL) n = n->left;
    return n;
}

EtsObject *tree_last(const EtsTree *t)
{
    EtsObject *n = t->root;
    while (n != NULL && n->right != NULL) n = n->right;
    return n;
}

EtsObject *tree_nth(const EtsTree *t, uint64_t n)
{
    EtsObject *o = t->root;
    for (;;) {
        uint64_t below = count_of(o->left);
        if (n == below) return o;
        if (n < below) {
            o = o->left;
        } else {
            n -= below + 1;
            o = o->right;
        }
    }
}

static void forget_cursor(EtsTree *t)
{
    if (t->cursor != NULL) t->cursor->depth = 0;
}

bool tree_put(EtsTree *t, uint32_t keypos, EtsObject *o, EtsObject **old)
{
    EtsObject **path[TREE_MAX_DEPTH];
    unsigned depth = 0;
    EtsObject **link = &t->root;
    Term key = key_at(o, keypos);
    forget_cursor(t);
    while (*link != NULL) {
        EtsObject *n = *link;
        int c = compare_key(t, keypos, key, n);
        if (c == 0) {
            o->left = n->left;
            o->right = n->right;
            o->count = n->count;
            *link = o;
            t->words += o->words;
            t->words -= n->words;
            *old = n;
            return true;
        }
        path[depth++] = link;  // W2
        link = c < 0 ? &n->left : &n->right;
    }
    if (term_gave_up()) return false;
    o->left = o->right = NULL;
    o->count = 1;
    *link = o;
    t->words += o->words;
    while (depth > 0) rebalance(path[--depth]);
    *old = NULL;
    return true;
}

EtsObject *tree_remove(EtsTree *t, uint32_t keypos, Term key)
{
    EtsObject **path[TREE_MAX_DEPTH];
    unsigned depth = 0;
    EtsObject **link = &t->root;
    while (*link != NULL) {
        int c = compare_key(t, keypos, key, *link);
        if (c == 0) break;
        path[depth++] = link;
        link = c < 0 ? &(*link)->left : &(*link)->right;
    }
    EtsObject *gone = *link;
    if (gone == NULL) return NULL;
    forget_cursor(t);

    if (gone->left == NULL) {
        *link = gone->right;
    } else if (gone->right == NULL) {
        *link = gone->left;
    } else {
        // The smallest of the right side takes its place.
        unsigned place = depth;
        path[depth++] = link;
        EtsObject **least = &gone->right;
        while ((*least)->left != NULL) {
            path[depth++] = least;
            least = &(*least)->left;
        }
        EtsObject *heir = *least;
        *least = heir->right;
        heir->left = gone->left;
        heir->right = gone->right;
        *link = heir;
        // The path went through a field of the node that is gone.
        if (depth > place + 1) path[place + 1] = &heir->right;
    }
    t->words -= gone->words;
    while (depth > 0) rebalance(path[--depth]);
    return gone;
}

// Turns left children up until there is none, then frees: no stack, and it can
// stop anywhere.
bool tree_free_some(EtsTree *t, Space *s, int64_t *budget)
{
    EtsObject *n = t->root;
    while (n != NULL) {
        if (n->left != NULL) {
            EtsObject *l = n->left;
            n->left = l->right;
            l->right = n;
            n = l;
            continue;
        }
        if (*budget <= 0) break;
        EtsObject *next = n->right;
        *budget -= ets_object_free_cost(n);
        ets_object_free(s, n);
        n = next;
    }
    t->root = n;
    if (n != NULL) return false;
    if (t->cursor != NULL) arena_free(&s->arena, t->cursor, sizeof *t->cursor);
    t->cursor = NULL;
    return true;
}

// What follows n is read soon: it comes from memory meanwhile.
static void step_down(TreeIter *it, EtsObject *n)
{
    it->path[it->depth++] = n;
    __builtin_prefetch(it->descending ? n->left : n->right);
}

EtsObject *tree_iter_start(TreeIter *it, EtsTree *t, uint32_t keypos, Term bound, TreeOrder order,
                           bool inclusive, bool descending)
{
    it->depth = 0;
    it->descending = descending;
    EtsObject *n = t->root;
    while (n != NULL) {
        int c = -1;
        if (order != NULL) {
            t->work++;
            c = order(bound, key_at(n, keypos));
            if (c == 0) c = inclusive ? -1 : 1;
            else if (descending) c = -c;
        }
        if (c < 0) {  // n counts, but what precedes it may count too
            step_down(it, n);
            n = descending ? n->right : n->left;
        } else {
            n = descending ? n->left : n->right;
        }
    }
    return it->depth == 0 ? NULL : it->path[it->depth - 1];
}

EtsObject *tree_iter_next(TreeIter *it)
{
    EtsObject *n = it->path[--it->depth];
    n = it->descending ? n->left : n->right;
    while (n != NULL) {
        step_down(it, n);
        n = it->descending ? n->right : n->left;
    }
    return it->depth == 0 ? NULL : it->path[it->depth - 1];
}

static EtsObject *neighbour(EtsTree *t, Space *s, uint32_t keypos, Term key, bool descending)
{
    TreeIter here, *it = t->cursor;
    if (it == NULL) it = t->cursor = arena_calloc(&s->arena, 1, sizeof *it);
    if (it == NULL) it = &here;
    else if (it->depth > 0 && it->descending == descending &&
             compare_key(t, keypos, key, it->path[it->depth - 1]) == 0)
        return tree_iter_next(it);
    return tree_iter_start(it, t, keypos, key, compare, false, descending);
}

EtsObject *tree_after(EtsTree *t, Space *s, uint32_t keypos, Term key)
{
    return neighbour(t, s, keypos, key, false);
}

EtsObject *tree_before(EtsTree *t, Space *s, uint32_t keypos, Term key)
{
    return neighbour(t, s, keypos, key, true);
}
