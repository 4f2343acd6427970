// SPDX-License-Identifier: Apache-2.0
// beam/beam_file.c - the container; what is in the chunks is beam_chunks.c's.

#include "beam/beam_file.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <zlib.h>

#include "base/fiber.h"
#include "beam/beam_file_int.h"
#include "beam/ops.h"

#define FORM_HEADER  12u  // "FOR1", size, "BEAM"
#define CHUNK_HEADER 8u   // name, size

void chunk_reader_init(ChunkReader *r, const BeamChunk *c, Diag *d)
{
    r->chunk = c;
    r->at = c->span.data;
    r->end = c->span.data + c->span.size;
    r->diag = d;
}

Status chunk_refuse(const ChunkReader *r, const char *fmt, ...)
{
    if (r->diag == NULL) return ST_FORMAT;
    va_list args;
    va_start(args, fmt);
    char why[256];
    (void)vsnprintf(why, sizeof why, fmt, args);
    va_end(args);
    uint32_t offset = (uint32_t)(r->at - r->chunk->span.data);
    diag_set_at(r->diag, r->chunk->offset + offset, "chunk %.4s, offset %u: %s",
                (const char *)r->chunk->id, offset, why);
    return ST_FORMAT;
}

Status chunk_u32(ChunkReader *r, uint32_t *out)
{
    if (chunk_left(r) < 4) return chunk_refuse(r, "truncated");
    *out = get_u32be(r->at);
    r->at += 4;
    return ST_OK;
}

Status chunk_count(ChunkReader *r, uint32_t item_size, uint32_t *out)
{
    TRY(chunk_u32(r, out));
    if (*out > chunk_left(r) / item_size)
        return chunk_refuse(r, "%u items cannot be in %u bytes", *out, chunk_left(r));
    return ST_OK;
}

Status chunk_end(const ChunkReader *r)
{
    return r->at == r->end ? ST_OK : chunk_refuse(r, "%u bytes too many", chunk_left(r));
}

// Inflates a gzip file of unknown size, at most max bytes.
static Status gunzip(BeamFile *f, const uint8_t *bytes, size_t size, size_t max, Diag *d)
{
    if (size > UINT32_MAX) {
        diag_set(d, "file larger than 4 GiB");
        return ST_LIMIT;
    }
    z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)size};
    if (inflateInit2(&z, 15 + 16) != Z_OK) return ST_NOMEM;
    Buf out;
    buf_init_in(&out, f->arena);
    Status st = ST_OK;
    int rc = Z_OK;
    while (st == ST_OK && rc == Z_OK) {
        size_t room = size_add(out.len, 64u << 10) <= max ? 64u << 10 : max - out.len;
        if (room == 0) {
            diag_set(d, "decompressed file larger than %zu bytes", max);
            st = ST_LIMIT;
        } else if ((st = buf_reserve(&out, room)) == ST_OK) {
            z.next_out = out.data + out.len;
            z.avail_out = (uInt)room;
            rc = inflate(&z, Z_NO_FLUSH);
            out.len += room - z.avail_out;
            (void)pause_point();
        }
    }
    (void)inflateEnd(&z);
    if (st == ST_OK && rc != Z_STREAM_END) {
        diag_set_at(d, size - z.avail_in, "gzip data malformed or truncated");
        st = ST_FORMAT;
    }
    if (st == ST_OK) {
        size_t len;
        f->owned = buf_take(&out, &len, &f->owned_size);
        f->bytes = f->owned;
        f->size = len;
    }
    buf_clear(&out);
    return st;
}

static Status refuse_form(Diag *d, size_t offset, const char *why)
{
    diag_set_at(d, offset, "%s", why);
    return ST_FORMAT;
}

static Status add_chunk(BeamFile *f, const uint8_t *header, uint32_t size, Diag *d)
{
    size_t offset = (size_t)(header - f->bytes);
    for (int i = 0; i < 4; i++) {
        if (header[i] < 0x20 || header[i] > 0x7e)
            return refuse_form(d, offset, "chunk whose name is not text");
    }
    char id[5] = {(char)header[0], (char)header[1], (char)header[2], (char)header[3], 0};
    if (beam_file_chunk(f, id) != NULL) {
        diag_set_at(d, offset, "chunk %s occurs twice", id);
        return ST_FORMAT;
    }
    if (f->chunk_count == BEAM_MAX_CHUNKS) return refuse_form(d, offset, "too many chunks");
    BeamChunk *c = &f->chunks[f->chunk_count++];
    memcpy(c->id, header, 4);
    c->offset = (uint32_t)(offset + CHUNK_HEADER);
    c->span = (BeamSpan){header + CHUNK_HEADER, size};
    return ST_OK;
}

// The list of chunks. Chunks cannot overlap: each begins where the one before
// it ends, rounded up to four bytes. Bytes behind the form are not looked at,
// as in OTP.
static Status parse_container(BeamFile *f, Diag *d)
{
    const uint8_t *b = f->bytes;
    if (f->size < FORM_HEADER || memcmp(b, "FOR1", 4) != 0 || memcmp(b + 8, "BEAM", 4) != 0)
        return refuse_form(d, 0, "not a BEAM file");
    uint32_t form = get_u32be(b + 4);
    if (form < 4 || form > f->size - 8)
        return refuse_form(d, 4, "size of the form is larger than the file: truncated?");
    const uint8_t *end = b + 8 + form;
    for (const uint8_t *at = b + FORM_HEADER; at < end;) {
        size_t left = (size_t)(end - at);
        if (left < CHUNK_HEADER) return refuse_form(d, (size_t)(at - b), "truncated chunk header");
        uint32_t size = get_u32be(at + 4);
        uint64_t padded = ((uint64_t)size + 3) & ~UINT64_C(3);
        if (padded > left - CHUNK_HEADER) {
            diag_set_at(d, (size_t)(at - b) + 4, "chunk %.4s: its size of %u reaches over the end",
                        (const char *)at, size);
            return ST_FORMAT;
        }
        TRY(add_chunk(f, at, size, d));
        at += CHUNK_HEADER + padded;
    }
    return ST_OK;
}

static Status need(const BeamFile *f, const char *id, const BeamChunk **out, Diag *d)
{
    *out = beam_file_chunk(f, id);
    if (*out != NULL) return ST_OK;
    diag_set(d, "chunk %s is missing", id);
    return ST_FORMAT;
}

static Status parse_atoms(BeamFile *f, Diag *d)
{
    const BeamChunk *c = beam_file_chunk(f, "AtU8");
    if (c != NULL) return beam_parse_atoms(f, c, false, d);
    c = beam_file_chunk(f, "Atom");
    if (c != NULL) return beam_parse_atoms(f, c, true, d);
    return need(f, "AtU8", &c, d);
}

static Status parse_tables(BeamFile *f, const BeamLimits *limits, Diag *d)
{
    const BeamChunk *c;
    TRY(parse_atoms(f, d));
    TRY(need(f, "Code", &c, d));
    TRY(beam_parse_code(f, c, d));
    TRY(need(f, "ImpT", &c, d));
    TRY(beam_parse_imports(f, c, d));
    TRY(need(f, "ExpT", &c, d));
    TRY(beam_parse_functions(f, c, &f->export_rows, &f->export_count, d));
    if ((c = beam_file_chunk(f, "LocT")) != NULL)
        TRY(beam_parse_functions(f, c, &f->local_rows, &f->local_count, d));
    if ((c = beam_file_chunk(f, "FunT")) != NULL) TRY(beam_parse_lambdas(f, c, d));
    if ((c = beam_file_chunk(f, "LitT")) != NULL)
        TRY(beam_parse_literals(f, c, limits->literal_bytes, d));
    if ((c = beam_file_chunk(f, "Line")) != NULL) TRY(beam_parse_lines(f, c, d));
    if ((c = beam_file_chunk(f, "Type")) != NULL) TRY(beam_parse_types(f, c, d));
    if ((c = beam_file_chunk(f, "StrT")) != NULL) f->strings = c->span;
    if ((c = beam_file_chunk(f, "Attr")) != NULL) f->attributes = c->span;
    if ((c = beam_file_chunk(f, "CInf")) != NULL) f->compile_info = c->span;
    return ST_OK;
}

Status beam_file_parse(BeamFile *f, const uint8_t *bytes, size_t size, const BeamLimits *limits,
                       Arena *arena, Diag *d)
{
    BeamLimits lim = limits != NULL ? *limits : BEAM_LIMITS_DEFAULT;
    if (lim.file_bytes > UINT32_MAX) lim.file_bytes = UINT32_MAX;
    *f = (BeamFile){.bytes = bytes, .size = size, .arena = arena};
    Status st = ST_OK;
    if (size >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b) {
        st = gunzip(f, bytes, size, lim.file_bytes, d);
    } else if (size > lim.file_bytes) {
        diag_set(d, "file larger than %zu bytes", lim.file_bytes);
        st = ST_LIMIT;
    }
    if (st == ST_OK) st = parse_container(f, d);
    if (st == ST_OK) st = parse_tables(f, &lim, d);
    if (st == ST_LIMIT && lim.exceeded != NULL) *lim.exceeded = true;
    if (st != ST_OK) {
        if (st == ST_NOMEM) diag_set(d, "out of memory");
        beam_file_clear(f);
    }
    return st;
}

void beam_file_clear(BeamFile *f)
{
    Arena *a = f->arena;
    arena_free(a, f->owned, f->owned_size);
    arena_free(a, f->literal_bytes, f->literal_bytes_size);
    arena_free(a, f->utf8_bytes, f->utf8_bytes_size);
    if (f->atoms != NULL) arena_free(a, f->atoms, (f->atom_count + 1) * sizeof *f->atoms);
    if (f->literals != NULL) arena_free(a, f->literals, f->literal_count * sizeof *f->literals);
    if (f->lines != NULL) arena_free(a, f->lines, f->line_count * sizeof *f->lines);
    if (f->line_files != NULL)
        arena_free(a, f->line_files, f->line_file_count * sizeof *f->line_files);
    if (f->types != NULL) arena_free(a, f->types, f->type_count * sizeof *f->types);
    *f = (BeamFile){.arena = a};
}

const BeamChunk *beam_file_chunk(const BeamFile *f, const char *id)
{
    for (uint32_t i = 0; i < f->chunk_count; i++) {
        if (memcmp(f->chunks[i].id, id, 4) == 0) return &f->chunks[i];
    }
    return NULL;
}

BeamSpan beam_file_atom(const BeamFile *f, uint32_t index)
{
    ASSERT(index >= 1 && index <= f->atom_count);
    return (BeamSpan){f->atom_bytes + f->atoms[index].offset, f->atoms[index].size};
}

bool beam_file_atom_is(const BeamFile *f, uint32_t index, const char *text)
{
    BeamSpan s = beam_file_atom(f, index);
    return s.size == strlen(text) && memcmp(s.data, text, s.size) == 0;
}

uint32_t beam_file_find_atom(const BeamFile *f, const uint8_t *text, size_t size)
{
    for (uint32_t i = 1; i <= f->atom_count; i++) {
        BeamSpan s = beam_file_atom(f, i);
        if (s.size == size && (size == 0 || memcmp(s.data, text, size) == 0)) return i;
    }
    return 0;
}

BeamImport beam_file_import(const BeamFile *f, uint32_t i)
{
    ASSERT(i < f->import_count);
    const uint8_t *p = f->import_rows.data + (size_t)i * 12;
    return (BeamImport){get_u32be(p), get_u32be(p + 4), get_u32be(p + 8)};
}

static BeamFunction function_at(const BeamSpan *rows, uint32_t i)
{
    const uint8_t *p = rows->data + (size_t)i * 12;
    return (BeamFunction){get_u32be(p), get_u32be(p + 4), get_u32be(p + 8)};
}

BeamFunction beam_file_export(const BeamFile *f, uint32_t i)
{
    ASSERT(i < f->export_count);
    return function_at(&f->export_rows, i);
}

BeamFunction beam_file_local(const BeamFile *f, uint32_t i)
{
    ASSERT(i < f->local_count);
    return function_at(&f->local_rows, i);
}

BeamLambda beam_file_lambda(const BeamFile *f, uint32_t i)
{
    ASSERT(i < f->lambda_count);
    const uint8_t *p = f->lambda_rows.data + (size_t)i * 24;
    return (BeamLambda){.name = get_u32be(p),
                        .arity = get_u32be(p + 4),
                        .label = get_u32be(p + 8),
                        .index = get_u32be(p + 12),
                        .num_free = get_u32be(p + 16),
                        .old_uniq = get_u32be(p + 20)};
}

Status beam_file_line_file(const BeamFile *f, uint32_t file, Buf *out)
{
    // An empty name means the module's, as in OTP.
    if (file != 0 && file < f->line_file_count && f->line_files[file].size != 0)
        return buf_append(out, f->line_files[file].data, f->line_files[file].size);
    BeamSpan module = beam_file_atom(f, 1);
    TRY(buf_append(out, module.data, module.size));
    return buf_append_str(out, ".erl");
}
