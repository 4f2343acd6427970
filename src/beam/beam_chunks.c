// SPDX-License-Identifier: Apache-2.0
// beam/beam_chunks.c - the tables of a .beam file, one function a chunk.

#include <string.h>

#include <zlib.h>

#include "base/fiber.h"
#include "beam/beam_file_int.h"
#include "beam/compact.h"
#include "beam/etf.h"
#include "beam/ops.h"

#define CODE_HEADER    16u  // version, highest instruction, labels, functions
#define MAX_ATOM_CHARS 255u

size_t chunk_utf8_chars(const uint8_t *bytes, size_t size)
{
    size_t chars = 0;
    for (size_t i = 0; i < size; chars++) {
        uint8_t c = bytes[i];
        size_t more = c < 0x80                ? 0
                      : c >= 0xc2 && c < 0xe0 ? 1
                      : (c & 0xf0) == 0xe0    ? 2
                      : c >= 0xf0 && c < 0xf5 ? 3
                                              : SIZE_MAX;
        if (more >= size - i) return SIZE_MAX;
        for (size_t k = 1; k <= more; k++) {
            if ((bytes[i + k] & 0xc0) != 0x80) return SIZE_MAX;
        }
        uint8_t next = more != 0 ? bytes[i + 1] : 0;
        bool overlong = (c == 0xe0 && next < 0xa0) || (c == 0xf0 && next < 0x90);
        bool outside = (c == 0xed && next >= 0xa0) || (c == 0xf4 && next >= 0x90);
        if (overlong || outside) return SIZE_MAX;
        i += more + 1;
    }
    return chars;
}

// The length of the next atom: one byte, or a number when the count is negative
// (OTP 28).
static Status atom_size(ChunkReader *r, bool long_sizes, uint32_t *size)
{
    CompactNumber n = {.value = 0};
    if (!long_sizes) {
        if (r->at == r->end) return chunk_refuse(r, "truncated");
        n.value = *r->at++;
    } else if (!compact_read(&r->at, r->end, &n) || n.tag != TAG_U || n.big) {
        return chunk_refuse(r, "malformed length of an atom");
    }
    if (n.value > chunk_left(r)) return chunk_refuse(r, "atom reaches over the end");
    *size = (uint32_t)n.value;
    return ST_OK;
}

static Status latin1_atoms(BeamFile *f, ChunkReader *r)
{
    f->utf8_bytes_size = (size_t)chunk_left(r) * 2;
    f->utf8_bytes = arena_alloc(f->arena, f->utf8_bytes_size);
    if (f->utf8_bytes == NULL) return ST_NOMEM;
    f->atom_bytes = f->utf8_bytes;
    uint8_t *to = f->utf8_bytes;
    Pace work = PACE_START;
    for (uint32_t i = 1; i <= f->atom_count; i++, (void)pace(&work, 32)) {
        uint32_t size = 0;
        TRY(atom_size(r, false, &size));
        f->atoms[i].offset = (uint32_t)(to - f->utf8_bytes);
        for (uint32_t k = 0; k < size; k++) {
            uint8_t c = *r->at++;
            if (c >= 0x80) *to++ = (uint8_t)(0xc0 | c >> 6);
            *to++ = c < 0x80 ? c : (uint8_t)(0x80 | (c & 0x3f));
        }
        f->atoms[i].size = (uint32_t)(to - f->utf8_bytes) - f->atoms[i].offset;
    }
    return chunk_end(r);
}

static Status utf8_atoms(BeamFile *f, ChunkReader *r, bool long_sizes)
{
    f->atom_bytes = r->at;
    Pace work = PACE_START;
    for (uint32_t i = 1; i <= f->atom_count; i++, (void)pace(&work, 16)) {
        uint32_t size = 0;
        TRY(atom_size(r, long_sizes, &size));
        size_t chars = chunk_utf8_chars(r->at, size);
        if (chars > MAX_ATOM_CHARS) {
            return chunk_refuse(r,
                                chars == SIZE_MAX ? "atom %u is not UTF-8"
                                                  : "atom %u is longer than 255 characters",
                                i);
        }
        f->atoms[i].offset = (uint32_t)(r->at - f->atom_bytes);
        f->atoms[i].size = size;
        r->at += size;
    }
    return chunk_end(r);
}

Status beam_parse_atoms(BeamFile *f, const BeamChunk *c, bool latin1, Diag *d)
{
    ChunkReader r;
    chunk_reader_init(&r, c, d);
    uint32_t count;
    TRY(chunk_u32(&r, &count));
    bool long_sizes = !latin1 && count > INT32_MAX;
    if (long_sizes) count = -count;
    if (count == 0) return chunk_refuse(&r, "no atoms, so the module has no name");
    if (count > chunk_left(&r))
        return chunk_refuse(&r, "%u atoms cannot be in %u bytes", count, chunk_left(&r));
    f->atom_count = count;
    f->atoms = arena_calloc(f->arena, (size_t)count + 1, sizeof *f->atoms);
    if (f->atoms == NULL) return ST_NOMEM;
    return latin1 ? latin1_atoms(f, &r) : utf8_atoms(f, &r, long_sizes);
}

Status beam_parse_code(BeamFile *f, const BeamChunk *c, Diag *d)
{
    ChunkReader r;
    chunk_reader_init(&r, c, d);
    uint32_t header, version;
    TRY(chunk_u32(&r, &header));
    if (header < CODE_HEADER || header > chunk_left(&r))
        return chunk_refuse(&r, "header of %u bytes", header);
    const uint8_t *code = r.at + header;
    TRY(chunk_u32(&r, &version));
    if (version != 0) {
        (void)chunk_refuse(&r, "code format %u, known is 0", version);
        return ST_UNSUPPORTED;
    }
    TRY(chunk_u32(&r, &f->max_opcode));
    if (f->max_opcode >= OP_COUNT) {
        (void)chunk_refuse(&r, "uses instruction %u, known are those up to %u (%s)", f->max_opcode,
                           OP_COUNT - 1, op_table[OP_COUNT - 1].name);
        return ST_UNSUPPORTED;
    }
    TRY(chunk_u32(&r, &f->label_count));
    TRY(chunk_u32(&r, &f->function_count));
    f->code = (BeamSpan){code, (uint32_t)(r.end - code)};
    f->code_offset = c->offset + (uint32_t)(code - c->span.data);
    // A label takes two bytes, a function more.
    if (f->label_count > f->code.size || f->function_count > f->code.size) {
        return chunk_refuse(&r, "%u labels and %u functions cannot be in %u bytes", f->label_count,
                            f->function_count, f->code.size);
    }
    return ST_OK;
}

static bool is_atom(const BeamFile *f, uint32_t index)
{
    return index >= 1 && index <= f->atom_count;
}

static bool is_label(const BeamFile *f, uint32_t label)
{
    return label >= 1 && label < f->label_count;
}

Status beam_parse_imports(BeamFile *f, const BeamChunk *c, Diag *d)
{
    ChunkReader r;
    chunk_reader_init(&r, c, d);
    TRY(chunk_count(&r, 12, &f->import_count));
    f->import_rows = (BeamSpan){r.at, chunk_left(&r)};
    Pace work = PACE_START;
    for (uint32_t i = 0; i < f->import_count; i++, r.at += 12, (void)pace(&work, 2)) {
        BeamImport m = beam_file_import(f, i);
        if (!is_atom(f, m.module) || !is_atom(f, m.function))
            return chunk_refuse(&r, "import %u: no such atom", i);
        if (m.arity > BEAM_MAX_ARITY) return chunk_refuse(&r, "import %u: arity %u", i, m.arity);
    }
    return chunk_end(&r);
}

Status beam_parse_functions(BeamFile *f, const BeamChunk *c, BeamSpan *rows, uint32_t *count,
                            Diag *d)
{
    ChunkReader r;
    chunk_reader_init(&r, c, d);
    TRY(chunk_count(&r, 12, count));
    *rows = (BeamSpan){r.at, chunk_left(&r)};
    Pace work = PACE_START;
    for (uint32_t i = 0; i < *count; i++, r.at += 12, (void)pace(&work, 2)) {
        uint32_t arity = get_u32be(r.at + 4);
        if (!is_atom(f, get_u32be(r.at))) return chunk_refuse(&r, "function %u: no such atom", i);
        if (arity > BEAM_MAX_ARITY) return chunk_refuse(&r, "function %u: arity %u", i, arity);
        if (!is_label(f, get_u32be(r.at + 8)))
            return chunk_refuse(&r, "function %u: no such label", i);
    }
    return chunk_end(&r);
}

Status beam_parse_lambdas(BeamFile *f, const BeamChunk *c, Diag *d)
{
    ChunkReader r;
    chunk_reader_init(&r, c, d);
    TRY(chunk_count(&r, 24, &f->lambda_count));
    f->lambda_rows = (BeamSpan){r.at, chunk_left(&r)};
    Pace work = PACE_START;
    for (uint32_t i = 0; i < f->lambda_count; i++, r.at += 24, (void)pace(&work, 3)) {
        BeamLambda m = beam_file_lambda(f, i);
        if (!is_atom(f, m.name)) return chunk_refuse(&r, "fun %u: no such atom", i);
        if (m.arity > BEAM_MAX_ARITY) return chunk_refuse(&r, "fun %u: arity %u", i, m.arity);
        if (m.num_free > m.arity)
            return chunk_refuse(&r, "fun %u: %u free variables, arity %u", i, m.num_free, m.arity);
        if (!is_label(f, m.label)) return chunk_refuse(&r, "fun %u: no such label", i);
    }
    return chunk_end(&r);
}

// Inflates the literals into a block of exactly the size that the chunk claims.
static Status inflate_literals(BeamFile *f, ChunkReader *r, uint32_t size, size_t max)
{
    if (size > max) {
        (void)chunk_refuse(r, "literals of %u bytes, the limit is %zu", size, max);
        return ST_LIMIT;
    }
    // zlib cannot do better than 1 to 1032: refuse before taking the memory.
    if (size / 1040 > chunk_left(r)) return chunk_refuse(r, "size %u is a lie", size);
    f->literal_bytes_size = size;
    f->literal_bytes = arena_alloc(f->arena, size);
    if (f->literal_bytes == NULL) return ST_NOMEM;
    z_stream z = {.next_in = (Bytef *)(uintptr_t)r->at,
                  .avail_in = chunk_left(r),
                  .next_out = f->literal_bytes};
    if (inflateInit(&z) != Z_OK) return ST_NOMEM;
    int rc = Z_OK;
    uint32_t rest = size;
    do {
        uint32_t piece = rest < PACED_BYTES ? rest : (uint32_t)PACED_BYTES;
        z.avail_out += piece;
        rest -= piece;
        rc = inflate(&z, rest == 0 ? Z_FINISH : Z_NO_FLUSH);
        (void)pause_point();
    } while (rc == Z_OK && rest > 0);
    (void)inflateEnd(&z);
    r->at = r->end - z.avail_in;
    if (rc != Z_STREAM_END || z.avail_out != 0 || rest != 0)
        return chunk_refuse(r, "does not decompress to the %u bytes it claims", size);
    return chunk_end(r);
}

static Status literal_table(BeamFile *f, ChunkReader *r)
{
    TRY(chunk_count(r, 6, &f->literal_count));  // size, version byte, tag
    if (f->literal_count == 0) return chunk_end(r);
    f->literals = arena_alloc(f->arena, f->literal_count * sizeof *f->literals);
    if (f->literals == NULL) return ST_NOMEM;
    Pace work = PACE_START;
    for (uint32_t i = 0; i < f->literal_count; i++, (void)pace(&work, 8)) {
        uint32_t size = 0;
        TRY(chunk_u32(r, &size));
        if (size > chunk_left(r)) return chunk_refuse(r, "literal %u reaches over the end", i);
        size_t used;
        if (etf_skip(r->at, size, &used) != ST_OK || used != size)
            return chunk_refuse(r, "literal %u is not a term in external format", i);
        f->literals[i] = (BeamSpan){r->at, size};
        r->at += size;
    }
    return chunk_end(r);
}

Status beam_parse_literals(BeamFile *f, const BeamChunk *c, size_t max, Diag *d)
{
    if (c->span.size == 0) return ST_OK;
    ChunkReader r;
    chunk_reader_init(&r, c, d);
    uint32_t size;
    TRY(chunk_u32(&r, &size));
    if (size == 0) return literal_table(f, &r);  // not compressed (OTP 28)
    TRY(inflate_literals(f, &r, size, max));
    // Offsets in a refusal count in the decompressed bytes from here on.
    r.chunk = &(BeamChunk){
        .id = {'L', 'i', 't', 'T'}, .offset = c->offset, .span = {f->literal_bytes, size}};
    r.at = f->literal_bytes;
    r.end = r.at + size;
    return literal_table(f, &r);
}

static Status line_items(BeamFile *f, ChunkReader *r)
{
    uint32_t file = 0;
    Pace work = PACE_START;
    for (uint32_t i = 1; i < f->line_count; (void)pace(&work, 3)) {
        CompactNumber n;
        if (!compact_read(&r->at, r->end, &n)) return chunk_refuse(r, "truncated at line %u", i);
        if (n.tag == TAG_A && n.value < f->line_file_count) {
            file = (uint32_t)n.value;
        } else if (n.tag == TAG_I && !n.big && n.value <= INT32_MAX) {
            f->lines[i++] = (BeamLine){file, (uint32_t)n.value};
        } else {
            return chunk_refuse(r, "malformed line %u", i);
        }
    }
    return ST_OK;
}

static Status line_names(BeamFile *f, ChunkReader *r)
{
    Pace work = PACE_START;
    for (uint32_t i = 1; i < f->line_file_count; i++, (void)pace(&work, 64)) {
        if (chunk_left(r) < 2) return chunk_refuse(r, "truncated at file name %u", i);
        uint16_t size = get_u16be(r->at);
        if (size > chunk_left(r) - 2u)
            return chunk_refuse(r, "file name %u reaches over the end", i);
        if (chunk_utf8_chars(r->at + 2, size) == SIZE_MAX)
            return chunk_refuse(r, "file name %u is not UTF-8", i);
        f->line_files[i] = (BeamSpan){r->at + 2, size};
        r->at += 2u + size;
    }
    return chunk_end(r);
}

Status beam_parse_lines(BeamFile *f, const BeamChunk *c, Diag *d)
{
    ChunkReader r;
    chunk_reader_init(&r, c, d);
    uint32_t version, items, names;
    TRY(chunk_u32(&r, &version));
    if (version != 0) return ST_OK;  // as in OTP: no lines then
    TRY(chunk_u32(&r, &f->line_flags));
    TRY(chunk_u32(&r, &f->line_instructions));
    TRY(chunk_u32(&r, &items));
    TRY(chunk_u32(&r, &names));
    if (items > chunk_left(&r) || names > (chunk_left(&r) - items) / 2)
        return chunk_refuse(&r, "%u lines and %u names cannot be in %u bytes", items, names,
                            chunk_left(&r));
    f->lines = arena_calloc(f->arena, (size_t)items + 1, sizeof *f->lines);
    if (f->lines == NULL) return ST_NOMEM;
    f->line_count = items + 1;
    f->line_files = arena_calloc(f->arena, (size_t)names + 1, sizeof *f->line_files);
    if (f->line_files == NULL) return ST_NOMEM;
    f->line_file_count = names + 1;
    TRY(line_items(f, &r));
    return line_names(f, &r);
}

// Types of OTP 26: bits 13 to 15 say what follows the 16 bits.
static Status type_v2(ChunkReader *r, BeamType *t)
{
    uint16_t bits = get_u16be(r->at);
    r->at += 2;
    *t = (BeamType){.types = bits & BEAM_TYPE_ANY, .unit = 1};
    t->has_min = bits >> 13 & 1;
    t->has_max = bits >> 14 & 1;
    bool has_unit = bits >> 15;
    if (chunk_left(r) < 8u * t->has_min + 8u * t->has_max + has_unit)
        return chunk_refuse(r, "truncated");
    if (t->has_min) t->min = (int64_t)get_u64be(r->at), r->at += 8;
    if (t->has_max) t->max = (int64_t)get_u64be(r->at), r->at += 8;
    if (has_unit) t->unit = (uint16_t)(*r->at++ + 1);
    return ST_OK;
}

// Types of OTP 25: always a range, empty when unknown.
static Status type_v1(ChunkReader *r, BeamType *t)
{
    *t = (BeamType){.types = get_u16be(r->at) & BEAM_TYPE_ANY, .unit = 1};
    t->min = (int64_t)get_u64be(r->at + 2);
    t->max = (int64_t)get_u64be(r->at + 10);
    t->has_min = t->has_max = t->min <= t->max;
    r->at += 18;
    return ST_OK;
}

Status beam_parse_types(BeamFile *f, const BeamChunk *c, Diag *d)
{
    ChunkReader r;
    chunk_reader_init(&r, c, d);
    uint32_t version, count;
    TRY(chunk_u32(&r, &version));
    if (version != 1 && version != 2) return ST_OK;  // hints that we cannot read
    TRY(chunk_count(&r, version == 1 ? 18 : 2, &count));
    if (count == 0) return chunk_end(&r);
    f->types = arena_alloc(f->arena, count * sizeof *f->types);
    if (f->types == NULL) return ST_NOMEM;
    f->type_count = count;
    Pace work = PACE_START;
    for (uint32_t i = 0; i < count; i++, (void)pace(&work, 4)) {
        if (chunk_left(&r) < 2) return chunk_refuse(&r, "truncated at type %u", i);
        TRY(version == 1 ? type_v1(&r, &f->types[i]) : type_v2(&r, &f->types[i]));
    }
    return chunk_end(&r);
}
