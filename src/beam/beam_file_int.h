// SPDX-License-Identifier: Apache-2.0
// beam/beam_file_int.h - what the parts of the parser share.

#ifndef BEAM_BEAM_FILE_INT_H
#define BEAM_BEAM_FILE_INT_H

#include "beam/beam_file.h"

// A place in one chunk that is being read.
typedef struct ChunkReader {
    const BeamChunk *chunk;
    const uint8_t *at;
    const uint8_t *end;
    Diag *diag;
} ChunkReader;

void chunk_reader_init(ChunkReader *r, const BeamChunk *c, Diag *d);

// Refuses the chunk: "chunk ImpT, offset 8: …" and the offset in the file.
COLD Status chunk_refuse(const ChunkReader *r, const char *fmt, ...) PRINTF_LIKE(2, 3);

// Big-endian words; ST_FORMAT when the chunk ends before.
MUST_USE Status chunk_u32(ChunkReader *r, uint32_t *out);

// A count of items of at least item_size bytes each, which must be there.
MUST_USE Status chunk_count(ChunkReader *r, uint32_t item_size, uint32_t *out);

// ST_FORMAT unless the whole chunk has been read.
MUST_USE Status chunk_end(const ChunkReader *r);

static inline uint32_t chunk_left(const ChunkReader *r) { return (uint32_t)(r->end - r->at); }

// One chunk each; the atoms come first, then the code's header.
MUST_USE Status beam_parse_atoms(BeamFile *f, const BeamChunk *c, bool latin1, Diag *d);
MUST_USE Status beam_parse_code(BeamFile *f, const BeamChunk *c, Diag *d);
MUST_USE Status beam_parse_imports(BeamFile *f, const BeamChunk *c, Diag *d);
MUST_USE Status beam_parse_functions(BeamFile *f, const BeamChunk *c, BeamSpan *rows,
                                     uint32_t *count, Diag *d);
MUST_USE Status beam_parse_lambdas(BeamFile *f, const BeamChunk *c, Diag *d);
MUST_USE Status beam_parse_literals(BeamFile *f, const BeamChunk *c, size_t max, Diag *d);
MUST_USE Status beam_parse_lines(BeamFile *f, const BeamChunk *c, Diag *d);
MUST_USE Status beam_parse_types(BeamFile *f, const BeamChunk *c, Diag *d);

// The number of characters of valid UTF-8 (no surrogates, nothing overlong), or
// SIZE_MAX.
size_t chunk_utf8_chars(const uint8_t *bytes, size_t size);

#endif
