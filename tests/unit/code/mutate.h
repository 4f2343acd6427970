// SPDX-License-Identifier: Apache-2.0
// tests/unit/code/mutate.h - a .beam file with a few instructions changed.
//
// The result has sound tables and operands that the code reader accepts more often
// than not: what is wrong with it is for the verifier to find.

#ifndef UNIT_CODE_MUTATE_H
#define UNIT_CODE_MUTATE_H

#include <stdlib.h>

#include "beam/beam_writer.h"

typedef struct Mutator {
    uint64_t seed;
    const BeamFile *file;
    Vec(Instr) instrs;  // lists are their own
} Mutator;

static inline uint64_t mutate_random(Mutator *m, uint64_t below)
{
    m->seed ^= m->seed << 13, m->seed ^= m->seed >> 7, m->seed ^= m->seed << 17;
    return below == 0 ? 0 : m->seed % below;
}

static inline bool mutate_own_lists(Instr *in)
{
    for (uint32_t i = 0; i < in->argc; i++) {
        Operand *o = &in->args[i];
        if (o->kind != K_LIST) continue;
        Operand *copy = malloc((o->count + 1) * sizeof *copy);
        if (copy == NULL) return false;
        if (o->count > 0) memcpy(copy, o->items, o->count * sizeof *copy);
        o->items = copy;
    }
    return true;
}

static inline bool mutate_read(Mutator *m)
{
    CodeReader r;
    code_reader_init(&r, m->file, NULL);
    Instr in;
    bool ok = true;
    while (ok && !r.done) {
        ok = code_reader_next(&r, &in, NULL) == ST_OK && mutate_own_lists(&in);
        ok = ok && vec_push(&m->instrs, in) == ST_OK;
    }
    code_reader_clear(&r);
    return ok;
}

static inline void mutate_operand(Mutator *m, Operand *o)
{
    static const uint64_t odd[] = {0, 1, 2, 7, 8, 255, 1023, 1024, 65535, UINT32_MAX};
    switch (mutate_random(m, 8)) {
    case 0: o->u = odd[mutate_random(m, sizeof odd / sizeof *odd)]; break;
    case 1: o->u++; break;
    case 2: o->u--; break;
    case 3: o->u = mutate_random(m, 6); break;
    case 4:
        if (o->kind == K_X) o->kind = K_Y;
        else if (o->kind == K_Y) o->kind = K_X;
        else o->u = mutate_random(m, 16);
        break;
    case 5:
        if (o->kind == K_LABEL) o->u = 1 + mutate_random(m, m->file->label_count);
        else if (o->kind & K_TERM) *o = (Operand){.kind = K_X, .u = mutate_random(m, 5)};
        break;
    case 6:
        if (o->kind & K_TERM)
            *o = (Operand){.kind = K_ATOM, .u = 1 + mutate_random(m, m->file->atom_count)};
        break;
    default:
        if (o->kind & K_TERM && m->file->literal_count > 0)
            *o = (Operand){.kind = K_LITERAL, .u = mutate_random(m, m->file->literal_count)};
    }
}

static inline void mutate_one(Mutator *m)
{
    size_t n = m->instrs.len, at = mutate_random(m, n), other = mutate_random(m, n);
    Instr *in = &m->instrs.items[at];
    Operand *o = &in->args[mutate_random(m, in->argc)];
    switch (mutate_random(m, 8)) {
    case 0:  // taken out: nothing in its place
        *in = (Instr){.op = OP_fclearerror, .info = op_info(OP_fclearerror)};
        break;
    case 1: *in = m->instrs.items[other]; break;  // lists are shared, and leak: tests end soon
    case 2: {
        size_t near = at + 1 < n ? at + 1 : at;
        Instr t = *in;
        *in = m->instrs.items[near], m->instrs.items[near] = t;
        break;
    }
    default:
        if (in->argc == 0) break;
        if (o->kind == K_LIST && o->count > 0) o = (Operand *)&o->items[mutate_random(m, o->count)];
        if (o->kind != K_ALLOC && o->kind != K_BIG && o->kind != K_LIST && in->op != OP_func_info)
            mutate_operand(m, o);
    }
}

// f with `count` changes, appended to out.
static inline bool mutate_beam(const BeamFile *f, uint64_t seed, unsigned count, Buf *out)
{
    static BeamWriter w;
    Mutator m = {.seed = seed * UINT64_C(0x9E3779B97F4A7C15) + 1, .file = f};
    vec_init(&m.instrs, NULL);
    bool ok = mutate_read(&m);
    Vec(const Operand *) lists;
    vec_init(&lists, NULL);
    for (size_t i = 0; i < m.instrs.len; i++) {
        for (uint32_t k = 0; k < m.instrs.items[i].argc; k++) {
            if (m.instrs.items[i].args[k].kind == K_LIST)
                ok = vec_push(&lists, m.instrs.items[i].args[k].items) == ST_OK && ok;
        }
    }
    for (unsigned i = 0; ok && i < count; i++) mutate_one(&m);
    beam_writer_init(&w, f, NULL);
    Buf *code = beam_writer_chunk(&w, "Code");
    ok = ok &&
         beam_write_code_header(code, f->max_opcode, f->label_count, f->function_count) == ST_OK;
    for (size_t i = 0; ok && i < m.instrs.len; i++)
        ok = beam_write_instr(code, &m.instrs.items[i]) == ST_OK;
    ok = ok && beam_writer_finish(&w, out) == ST_OK;
    beam_writer_clear(&w);
    for (size_t i = 0; i < lists.len; i++) free((void *)lists.items[i]);
    vec_clear(&lists);
    vec_clear(&m.instrs);
    return ok;
}

#endif
