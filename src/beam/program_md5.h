// SPDX-License-Identifier: Apache-2.0
// beam/program_md5.h - the MD5 of the chunks that are the program, as erlang:module_md5/1 and
// beam_lib:md5/1 compute it, when somebody wants to know it.
//
// It identifies a module (module_info(md5)) and its funs; few programs ask for either, and to
// compute it takes a tenth of the time of loading.
#ifndef BEAM_PROGRAM_MD5_H
#define BEAM_PROGRAM_MD5_H

#include "beam/beam_file.h"

enum { PROGRAM_PARTS = 8 };

typedef struct ProgramMd5 {
    BeamSpan parts[PROGRAM_PARTS];  // borrowed; those that are absent are empty
    uint8_t value[16];              // once state says so
    uint32_t state;                 // atomic
} ProgramMd5;

// Nothing is computed yet: what f borrows must stay until program_md5_get is called no more, or
// until program_md5_move.
void program_md5_init(ProgramMd5 *m, const BeamFile *f);
// The bytes that f was parsed from are at `to` now. Before m is shared.
void program_md5_move(ProgramMd5 *m, const uint8_t *from, const uint8_t *to);
// From any thread. A pause point (base/fiber.h). False: nobody wants the value any more, and out is
// anything.
bool program_md5_get(const ProgramMd5 *m, uint8_t out[16]);

#endif
