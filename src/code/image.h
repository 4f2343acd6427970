// SPDX-License-Identifier: Apache-2.0
// code/image.h - one translated module: immutable, counted, shared by content.
//
// The code of an image is an array of 64-bit words: handler addresses and their
// operands (exec/instr.def). Its literals lie in the frozen region. Nothing in
// it depends on a sandbox: functions of other modules, and its own exported
// ones when called by name, are named by export numbers (code/export.h).
//
//   I1  after image_build returns, nothing of the image is written but `refs`.
//   I2  a code address inside an image belongs to exactly one function of it:
//       functions are contiguous and sorted by address.
#pragma once
#include "base/diag.h"
#include "base/status.h"
#include "beam/program_md5.h"
#include "term/fun.h"
#include "term/term.h"

typedef uint64_t Word;

typedef struct Image Image;

// One function: [code, next function's code).
typedef struct ImageFunction {
    const Word *code;   // entry (behind func_info)
    Term name;          // atom
    uint32_t arity;
    uint32_t label;
    bool is_stub;       // the body only raises nif_error: a builtin may stand in
} ImageFunction;

typedef struct ImageExport {
    uint32_t number;    // export number of module:name/arity
    uint32_t function;  // index into functions
} ImageExport;

// Line of a code address: what line/1 said before it.
typedef struct ImageLine {
    uint32_t code_offset;  // words from the start of the code
    uint32_t line;         // 0 in file 0: unknown
    uint32_t file;         // index into files
} ImageLine;

struct Image {
    uint64_t refs;           // atomic
    bool stored;             // listed in the image store
    Image *store_next;
    uint8_t sha256[32];      // of the file's bytes: the key in the image store
    ProgramMd5 md5;          // as module_info(md5) shows it; its bytes are file_bytes
    Term module;
    Word *code;
    size_t code_words;
    ImageFunction *functions;
    size_t num_functions;
    ImageExport *exports;
    size_t num_exports;
    FunEntry *funs;
    size_t num_funs;
    Term *literals;
    size_t num_literals;
    void *literal_area;      // in the frozen region
    size_t literal_bytes;
    ImageLine *lines;
    size_t num_lines;
    Term *files;             // file names as frozen strings; 0: Module.erl
    size_t num_files;
    uint32_t *imports;       // export numbers that the code names (counted)
    size_t num_imports;
    Term *atoms;             // atoms that the file names (counted)
    size_t num_atoms;
    struct ImageExtra {      // frozen terms that the translator made: big integers
        void *block;
        size_t bytes;
    } *extra;
    size_t num_extra;
    size_t frozen_bytes;     // literals and extra
    size_t export_bytes;     // of export numbers that it was the first to name
    size_t atom_bytes;       // of atoms that it was the first to name: charged one by one
    Arena *scratch;          // while it is built: charged for all of this too
    Term attributes;         // frozen terms for module_info
    Term compile_info;
    const Word *on_load;     // entry of the on_load function or NULL
    uint8_t *file_bytes;     // the .beam itself, for get_object_code and chunks; may be NULL
    size_t file_size;
    size_t memory_bytes;     // all of the above but atom_bytes
    size_t inflated_bytes;   // the largest part of the file that had to be decompressed
};

// Parses, verifies and translates a .beam file. *out has one reference. limits of the file's
// parts, or NULL: BEAM_LIMITS_DEFAULT. scratch, or NULL: charged for all memory that this takes,
// the image included; the caller clears it. ST_NOMEM: it was not enough.
MUST_USE Status image_build(const uint8_t *bytes, size_t len, const BeamLimits *limits,
                            Arena *scratch, Image **out, Diag *d);
// For those who fill in an image while it is built: memory that image_release frees, set to zero.
void *image_alloc(Image *m, size_t count, size_t size);
void *image_take(Image *m, size_t bytes);  // the same, with anything in it
void image_retain(Image *m);
void image_release(Image *m);

// The function that a code address of m is in, or NULL.
const ImageFunction *image_function_at(const Image *m, const Word *at);
const ImageFunction *image_find_function(const Image *m, Term name, unsigned arity);
// File and line of the call that returns to (or failed at) `at`; false: unknown.
bool image_line_at(const Image *m, const Word *at, Term *file, uint32_t *line);
static inline bool image_contains(const Image *m, const Word *at)
{
    return at >= m->code && at < m->code + m->code_words;
}
