// SPDX-License-Identifier: Apache-2.0
// beam/beam_file.h - a .beam file taken apart, with nothing believed.
//
// beam_file_parse reads the container and every table of it that the loader,
// the tools or the transformer need. It checks all lengths, counts and indexes
// except those inside the code, which code_reader.h checks as it goes. What it
// cannot make sense of it refuses, naming chunk and offset. The file's rules
// are OTP's, with these differences: a chunk may occur only once, counts must
// be plausible for their chunk, literals must be well-formed terms to the last
// byte, a gzip-compressed file is accepted up to a limit, and so is the Latin-1
// atom table of OTP 19 and older.
//
//   B1  atoms are numbered 1 .. atom_count, and every atom index in the tables
//       is one of these. Atom 1 is the module's name.
//   B2  every label in the tables is 1 .. label_count - 1.
//   B3  the bytes of atoms are valid UTF-8 of at most 255 characters.
//   B4  every literal is one complete term in external format, version byte
//       included, not compressed.
//   B5  what a BeamFile holds beside the caller's bytes is at most twice the
//       decompressed file (if it was compressed), 12 times its size, and 4 times
//       the decompressed literals, plus 4 KiB; all of it charged to the arena.
//
// A BeamFile is never changed after parsing: any thread may read it.

#ifndef BEAM_BEAM_FILE_H
#define BEAM_BEAM_FILE_H

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/status.h"

typedef struct BeamLimits {
    size_t file_bytes;     // the container, after decompression
    size_t literal_bytes;  // the literals, after decompression
    bool *exceeded;  // set to true when one of them was; NULL: nobody asks
} BeamLimits;

#define BEAM_LIMITS_DEFAULT ((BeamLimits){.file_bytes = 64u << 20, .literal_bytes = 64u << 20})

#define BEAM_MAX_CHUNKS 64u

typedef struct BeamSpan {
    const uint8_t *data;  // NULL only if size is 0
    uint32_t size;
} BeamSpan;

typedef struct BeamChunk {
    uint8_t id[4];
    uint32_t offset;  // of the data, in bytes of the (decompressed) file
    BeamSpan span;
} BeamChunk;

typedef struct BeamImport {
    uint32_t module;    // atom
    uint32_t function;  // atom
    uint32_t arity;     // 0 .. 255
} BeamImport;

// An exported or a local function.
typedef struct BeamFunction {
    uint32_t name;   // atom
    uint32_t arity;  // 0 .. 255
    uint32_t label;  // where it is entered
} BeamFunction;

typedef struct BeamLambda {
    uint32_t name;      // atom, of the function that is its code
    uint32_t arity;     // of that function: the fun's own and num_free
    uint32_t label;
    uint32_t index;     // in the fun's identity
    uint32_t num_free;  // 0 .. arity
    uint32_t old_uniq;  // in the fun's identity
} BeamLambda;

// A source line: file 0 is "Module.erl", others are line_files[file].
typedef struct BeamLine {
    uint32_t file;
    uint32_t line;  // 0: unknown
} BeamLine;

// What the compiler claims to know about a register: a hint, never a fact.
typedef struct BeamType {
    uint16_t types;  // set of BEAM_TYPE_…
    uint16_t unit;   // of a bitstring's size, 1 when unknown
    bool has_min, has_max;
    int64_t min, max;  // of an integer
} BeamType;

#define BEAM_TYPE_ATOM      (1u << 0)
#define BEAM_TYPE_BITSTRING (1u << 1)
#define BEAM_TYPE_CONTEXT   (1u << 2)
#define BEAM_TYPE_CONS      (1u << 3)
#define BEAM_TYPE_FLOAT     (1u << 4)
#define BEAM_TYPE_FUN       (1u << 5)
#define BEAM_TYPE_INTEGER   (1u << 6)
#define BEAM_TYPE_MAP       (1u << 7)
#define BEAM_TYPE_NIL       (1u << 8)
#define BEAM_TYPE_PID       (1u << 9)
#define BEAM_TYPE_PORT      (1u << 10)
#define BEAM_TYPE_REFERENCE (1u << 11)
#define BEAM_TYPE_TUPLE     (1u << 12)
#define BEAM_TYPE_ANY       ((1u << 13) - 1)

typedef struct BeamFile {
    // The container, decompressed; the caller's bytes unless owned is set.
    const uint8_t *bytes;
    size_t size;

    BeamChunk chunks[BEAM_MAX_CHUNKS];  // in the order of the file
    uint32_t chunk_count;

    uint32_t atom_count;     // B1
    uint32_t label_count;    // labels are below it; at most the bytes of code
    uint32_t function_count; // as the header says; the code reader compares
    uint32_t max_opcode;     // as the header says
    uint32_t import_count;
    uint32_t export_count;
    uint32_t local_count;    // 0 when stripped
    uint32_t lambda_count;
    uint32_t literal_count;
    uint32_t line_count;     // 1 + items; 0 when the table is absent
    uint32_t line_file_count;// 1 + names
    uint32_t line_instructions;  // line instructions in the code, as the header says
    uint32_t line_flags;     // 1: executable_line counts, 2: every line counts
    uint32_t type_count;     // 0: no hints

    BeamSpan code;           // instructions, without the header
    uint32_t code_offset;    // of them in the file
    BeamSpan strings;        // StrT
    BeamSpan attributes;     // Attr: a term, not checked
    BeamSpan compile_info;   // CInf: a term, not checked

    // Through the accessors below.
    BeamSpan import_rows, export_rows, local_rows, lambda_rows;
    const uint8_t *atom_bytes;
    struct BeamAtomPlace {
        uint32_t offset;
        uint32_t size;
    } *atoms;                // [atom_count + 1], 0 unused
    BeamSpan *literals;      // [literal_count]
    BeamLine *lines;         // [line_count]
    BeamSpan *line_files;    // [line_file_count], 0 unused
    BeamType *types;         // [type_count]

    // Owned.
    Arena *arena;
    uint8_t *owned;          // the decompressed file
    size_t owned_size;
    uint8_t *literal_bytes;  // the decompressed literals
    size_t literal_bytes_size;
    uint8_t *utf8_bytes;     // the atoms of a Latin-1 table
    size_t utf8_bytes_size;
} BeamFile;

// Takes size bytes apart. They are borrowed until beam_file_clear unless they
// are gzip-compressed. limits NULL: the default. On ST_OK f must be cleared; on
// anything else it holds nothing. ST_FORMAT: malformed; ST_UNSUPPORTED: needs a
// newer Apex; ST_LIMIT: a limit of `limits`; ST_NOMEM.
MUST_USE Status beam_file_parse(BeamFile *f, const uint8_t *bytes, size_t size,
                                const BeamLimits *limits, Arena *arena, Diag *d);
void beam_file_clear(BeamFile *f);

// The chunk with this id of four characters, or NULL.
const BeamChunk *beam_file_chunk(const BeamFile *f, const char *id);

// The text of an atom, UTF-8, not terminated. index: 1 .. atom_count.
BeamSpan beam_file_atom(const BeamFile *f, uint32_t index);

// True when atom index is exactly this text.
bool beam_file_atom_is(const BeamFile *f, uint32_t index, const char *text);

// The index of the atom with this text, 0 when the file has none. Linear.
uint32_t beam_file_find_atom(const BeamFile *f, const uint8_t *text, size_t size);

// Rows: i is below the count.
BeamImport beam_file_import(const BeamFile *f, uint32_t i);
BeamFunction beam_file_export(const BeamFile *f, uint32_t i);
BeamFunction beam_file_local(const BeamFile *f, uint32_t i);
BeamLambda beam_file_lambda(const BeamFile *f, uint32_t i);

// A literal in external term format (B4).
static inline BeamSpan beam_file_literal(const BeamFile *f, uint32_t i)
{
    ASSERT(i < f->literal_count);
    return f->literals[i];
}

// Where location i is; {0, 0} for 0 and for a file without a line table.
static inline BeamLine beam_file_line(const BeamFile *f, uint32_t i)
{
    return i < f->line_count ? f->lines[i] : (BeamLine){0, 0};
}

// Appends the file name of a BeamLine: "Module.erl" for file 0.
MUST_USE Status beam_file_line_file(const BeamFile *f, uint32_t file, Buf *out);

#endif
