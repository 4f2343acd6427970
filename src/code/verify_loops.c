// SPDX-License-Identifier: Apache-2.0
// code/verify_loops.c - cycles that cost nothing (V7).
//
// Compiled code has no cycles but those of receive, which pay where they go back.
// Edges are recorded only up to the first instruction of a block that pays and
// gives way, so any cycle among them would run for ever unseen.
#include "code/verify_int.h"

enum { WHITE, GREY, BLACK };

typedef struct Visit {
    uint32_t label;
    uint32_t next;  // edge to follow
} Visit;
typedef Vec(Visit) Path;

static Status push(Verifier *v, Path *path, uint32_t label)
{
    v->labels[label].colour = GREY;
    return vec_push(path, ((Visit){label, v->labels[label].edge}));
}

static Status search(Verifier *v, const Instr *in, Path *path, uint32_t from)
{
    TRY(push(v, path, from));
    while (path->len > 0) {
        Visit *at = &vec_last(path);
        if (at->next >= v->edges.len || v->edges.items[at->next].from != at->label) {
            v->labels[at->label].colour = BLACK;
            path->len--;
            continue;
        }
        uint32_t to = v->edges.items[at->next++].to;
        if (v->labels[to].colour == GREY)
            return verify_refuse(v, in, "a loop to label %u never gives way", to);
        if (v->labels[to].colour == WHITE) TRY(push(v, path, to));
    }
    return ST_OK;
}

Status verify_loops(Verifier *v, const Instr *in)
{
    Path path;
    vec_init(&path, v->file->arena);
    Status st = ST_OK;
    for (size_t i = v->functions.items[v->function - 1].first; st == ST_OK && i < v->order.len;
         i++) {
        uint32_t label = v->order.items[i];
        if (v->labels[label].colour == WHITE && v->labels[label].walked)
            st = search(v, in, &path, label);
    }
    vec_clear(&path);
    return st;
}
