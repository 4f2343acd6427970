// SPDX-License-Identifier: Apache-2.0
// beam/beam_writer.c - see beam_writer.h.

#include "beam/beam_writer.h"

#include <string.h>

#include <zlib.h>

#include "beam/compact.h"

void beam_writer_init(BeamWriter *w, const BeamFile *file, Arena *arena)
{
    *w = (BeamWriter){.file = file, .arena = arena};
}

void beam_writer_clear(BeamWriter *w)
{
    for (uint32_t i = 0; i < w->count; i++) buf_clear(&w->chunks[i].data);
    w->count = 0;
}

static const BeamNewChunk *find(const BeamWriter *w, const void *id)
{
    for (uint32_t i = 0; i < w->count; i++) {
        if (memcmp(w->chunks[i].id, id, 4) == 0) return &w->chunks[i];
    }
    return NULL;
}

static BeamNewChunk *at(BeamWriter *w, const char *id)
{
    BeamNewChunk *c = (BeamNewChunk *)(uintptr_t)find(w, id);
    if (c != NULL || w->count == BEAM_MAX_CHUNKS) return c;
    c = &w->chunks[w->count++];
    memcpy(c->id, id, 5);
    c->removed = false;
    buf_init_in(&c->data, w->arena);
    return c;
}

Buf *beam_writer_chunk(BeamWriter *w, const char *id)
{
    BeamNewChunk *c = at(w, id);
    if (c == NULL) return NULL;
    c->removed = false;
    return &c->data;
}

Status beam_writer_remove(BeamWriter *w, const char *id)
{
    if (w->file == NULL || beam_file_chunk(w->file, id) == NULL) {
        if (find(w, id) == NULL) return ST_OK;
    }
    BeamNewChunk *c = at(w, id);
    if (c == NULL) return ST_LIMIT;
    c->removed = true;
    buf_clear(&c->data);
    return ST_OK;
}

static Status append_chunk(Buf *out, const void *id, const uint8_t *data, size_t size)
{
    if (size > UINT32_MAX) return ST_LIMIT;
    TRY(buf_append(out, id, 4));
    TRY(buf_append_u32be(out, (uint32_t)size));
    TRY(buf_append(out, data, size));
    return buf_append_zeros(out, -size & 3);
}

Status beam_writer_finish(const BeamWriter *w, Buf *out)
{
    size_t start = out->len;
    TRY(buf_append(out, "FOR1\0\0\0\0BEAM", 12));
    for (uint32_t i = 0; w->file != NULL && i < w->file->chunk_count; i++) {
        const BeamChunk *c = &w->file->chunks[i];
        const BeamNewChunk *n = find(w, c->id);
        if (n == NULL) TRY(append_chunk(out, c->id, c->span.data, c->span.size));
        else if (!n->removed) TRY(append_chunk(out, n->id, n->data.data, n->data.len));
    }
    for (uint32_t i = 0; i < w->count; i++) {
        const BeamNewChunk *n = &w->chunks[i];
        bool old = w->file != NULL && beam_file_chunk(w->file, n->id) != NULL;
        if (!old && !n->removed) TRY(append_chunk(out, n->id, n->data.data, n->data.len));
    }
    size_t form = out->len - start - 8;
    if (form > UINT32_MAX) return ST_LIMIT;
    put_u32be(out->data + start + 4, (uint32_t)form);
    return ST_OK;
}

Status beam_write_atoms(Buf *out, const BeamSpan *texts, uint32_t count)
{
    bool long_sizes = false;
    for (uint32_t i = 0; i < count; i++) long_sizes |= texts[i].size > 255;
    TRY(buf_append_u32be(out, long_sizes ? -count : count));
    for (uint32_t i = 0; i < count; i++) {
        if (long_sizes) TRY(compact_write(out, TAG_U, texts[i].size));
        else TRY(buf_append_u8(out, (uint8_t)texts[i].size));
        TRY(buf_append(out, texts[i].data, texts[i].size));
    }
    return ST_OK;
}

static Status append_row(Buf *out, const uint32_t *words, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) TRY(buf_append_u32be(out, words[i]));
    return ST_OK;
}

Status beam_write_imports(Buf *out, const BeamImport *rows, uint32_t count)
{
    TRY(buf_append_u32be(out, count));
    for (uint32_t i = 0; i < count; i++)
        TRY(append_row(out, (uint32_t[]){rows[i].module, rows[i].function, rows[i].arity}, 3));
    return ST_OK;
}

Status beam_write_functions(Buf *out, const BeamFunction *rows, uint32_t count)
{
    TRY(buf_append_u32be(out, count));
    for (uint32_t i = 0; i < count; i++)
        TRY(append_row(out, (uint32_t[]){rows[i].name, rows[i].arity, rows[i].label}, 3));
    return ST_OK;
}

Status beam_write_lambdas(Buf *out, const BeamLambda *rows, uint32_t count)
{
    TRY(buf_append_u32be(out, count));
    for (uint32_t i = 0; i < count; i++) {
        const BeamLambda *m = &rows[i];
        uint32_t words[] = {m->name, m->arity, m->label, m->index, m->num_free, m->old_uniq};
        TRY(append_row(out, words, 6));
    }
    return ST_OK;
}

static Status append_deflated(Buf *out, const Buf *plain)
{
    if (plain->len > UINT32_MAX) return ST_LIMIT;
    uLong bound = compressBound(plain->len);
    TRY(buf_append_u32be(out, (uint32_t)plain->len));
    TRY(buf_reserve(out, bound));
    int rc = compress(out->data + out->len, &bound, plain->data, plain->len);
    if (rc != Z_OK) return ST_NOMEM;
    out->len += bound;
    return ST_OK;
}

Status beam_write_literals(Buf *out, const BeamSpan *terms, uint32_t count, bool compress)
{
    cleanup_with(buf_clear) Buf plain;
    buf_init_in(&plain, out->arena);
    TRY(buf_append_u32be(&plain, count));
    for (uint32_t i = 0; i < count; i++) {
        TRY(buf_append_u32be(&plain, terms[i].size));
        TRY(buf_append(&plain, terms[i].data, terms[i].size));
    }
    if (compress) return append_deflated(out, &plain);
    TRY(buf_append_u32be(out, 0));
    return buf_append(out, plain.data, plain.len);
}

Status beam_write_code_header(Buf *out, uint32_t max_opcode, uint32_t labels, uint32_t functions)
{
    return append_row(out, (uint32_t[]){16, 0, max_opcode, labels, functions}, 5);
}

static Status write_register(Buf *out, CompactTag tag, const Operand *o)
{
    if (o->hint == 0) return compact_write(out, tag, o->u);
    TRY(compact_write(out, TAG_Z, EXT_TYPED));
    TRY(compact_write(out, tag, o->u));
    return compact_write(out, TAG_U, o->hint - 1);
}

static Status write_extended(Buf *out, CompactExt ext, uint64_t value)
{
    TRY(compact_write(out, TAG_Z, ext));
    return compact_write(out, TAG_U, value);
}

static Status write_float(Buf *out, double f)
{
    uint64_t bits;
    memcpy(&bits, &f, sizeof bits);
    TRY(compact_write(out, TAG_Z, EXT_FLOAT));
    return buf_append_u64be(out, bits);
}

// The compiler names all three, also those of which none are needed.
static Status write_alloc(Buf *out, const Operand *o)
{
    const uint32_t counts[] = {o->alloc.words, o->alloc.floats, o->alloc.funs};
    TRY(write_extended(out, EXT_ALLOC, ARRAY_LEN(counts)));
    for (uint32_t i = 0; i < ARRAY_LEN(counts); i++) {
        TRY(compact_write(out, TAG_U, i));
        TRY(compact_write(out, TAG_U, counts[i]));
    }
    return ST_OK;
}

static Status write_list(Buf *out, const Operand *o)
{
    TRY(write_extended(out, EXT_LIST, o->count));
    for (uint32_t i = 0; i < o->count; i++) {
        // The format has no list in a list, so this does not go deeper.
        if (o->items[i].kind == K_LIST) return ST_INVALID;
        TRY(beam_write_operand(out, &o->items[i]));
    }
    return ST_OK;
}

Status beam_write_operand(Buf *out, const Operand *o)
{
    switch (o->kind) {
    case K_U:
        if (o->u == UINT64_MAX && o->count > 0)
            return compact_write_big(out, TAG_U, o->bytes, o->count);
        return compact_write(out, TAG_U, o->u);
    case K_INT: return compact_write_int(out, o->i);
    case K_BIG: return compact_write_big(out, TAG_I, o->bytes, o->count);
    case K_NIL: return compact_write(out, TAG_A, 0);
    case K_ATOM: return compact_write(out, TAG_A, o->u);
    case K_X: return write_register(out, TAG_X, o);
    case K_Y: return write_register(out, TAG_Y, o);
    case K_RAISE: return compact_write(out, TAG_F, 0);
    case K_LABEL: return compact_write(out, TAG_F, o->u);
    case K_CHAR: return compact_write(out, TAG_H, o->u);
    case K_FLOAT: return write_float(out, o->f);
    case K_FR: return write_extended(out, EXT_FR, o->u);
    case K_LITERAL: return write_extended(out, EXT_LITERAL, o->u);
    case K_ALLOC: return write_alloc(out, o);
    case K_LIST: return write_list(out, o);
    default: return ST_INVALID;
    }
}

Status beam_write_instr(Buf *out, const Instr *in)
{
    TRY(buf_append_u8(out, (uint8_t)in->op));
    for (uint32_t i = 0; i < in->argc; i++) TRY(beam_write_operand(out, &in->args[i]));
    return ST_OK;
}
