// SPDX-License-Identifier: Apache-2.0
// beam/beam_writer.h - a .beam file made from another one, and its tables.
//
//     BeamWriter w;
//     beam_writer_init(&w, &file, arena);
//     TRY(beam_write_atoms(beam_writer_chunk(&w, "AtU8"), atoms, count));
//     beam_writer_remove(&w, "Dbgi");
//     TRY(beam_writer_finish(&w, &out));
//     beam_writer_clear(&w);
//
// Chunks that are not mentioned are copied as they are. The order is that of
// the original; new chunks come last. Nothing is recomputed: the unique values
// of funs and the vsn attribute stay what they were.

#ifndef BEAM_BEAM_WRITER_H
#define BEAM_BEAM_WRITER_H

#include "base/vec.h"
#include "beam/beam_file.h"
#include "beam/code_reader.h"

typedef struct BeamNewChunk {
    char id[5];
    bool removed;
    Buf data;
} BeamNewChunk;

typedef struct BeamWriter {
    const BeamFile *file;  // NULL: from nothing
    Arena *arena;
    // At most BEAM_MAX_CHUNKS, so that the buffers given away do not move.
    BeamNewChunk chunks[BEAM_MAX_CHUNKS];
    uint32_t count;
} BeamWriter;

// file is borrowed until beam_writer_clear; NULL starts an empty container.
void beam_writer_init(BeamWriter *w, const BeamFile *file, Arena *arena);
void beam_writer_clear(BeamWriter *w);

// The contents of a chunk that replaces the one with this id or is new; empty
// when first asked for. Valid until beam_writer_clear. NULL: too many chunks.
MUST_USE Buf *beam_writer_chunk(BeamWriter *w, const char *id);

// Leaves the chunk out; nothing happens when there is none.
MUST_USE Status beam_writer_remove(BeamWriter *w, const char *id);

// Appends the file to out. ST_LIMIT: larger than 4 GiB.
MUST_USE Status beam_writer_finish(const BeamWriter *w, Buf *out);

// The contents of the tables. Indexes and lengths are the caller's to get right;
// beam_file_parse says so if they are not.

// AtU8: count texts, the first is atom 1. Texts longer than 255 bytes make it the
// form of OTP 28.
MUST_USE Status beam_write_atoms(Buf *out, const BeamSpan *texts, uint32_t count);
MUST_USE Status beam_write_imports(Buf *out, const BeamImport *rows, uint32_t count);
MUST_USE Status beam_write_functions(Buf *out, const BeamFunction *rows, uint32_t count);
MUST_USE Status beam_write_lambdas(Buf *out, const BeamLambda *rows, uint32_t count);

// LitT: terms with their version byte; compressed unless OTP 28's form is asked
// for.
MUST_USE Status beam_write_literals(Buf *out, const BeamSpan *terms, uint32_t count, bool compress);

// The header of Code; instructions follow.
MUST_USE Status beam_write_code_header(Buf *out, uint32_t max_opcode, uint32_t labels,
                                       uint32_t functions);

// One instruction or operand in the compiler's own, shortest form. A type hint
// is written as it is.
MUST_USE Status beam_write_instr(Buf *out, const Instr *in);
MUST_USE Status beam_write_operand(Buf *out, const Operand *o);

#endif
