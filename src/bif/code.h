// SPDX-License-Identifier: Apache-2.0
// bif/code.h - what the builtins for code share.
#pragma once
#include "bif/bif.h"
#include "code/image.h"
#include "proc/isolate.h"

// The current code of the module as stock Erlang would see it: a library module that stock loads
// while it boots counts as loaded and is linked. NULL: there is none.
const Image *code_current(Isolate *iso, Term module);
// The same for any module: one of the library is linked, as a call of it would.
const Image *code_link_library(Isolate *iso, Term module);

// The bytes of a binary as one run.
typedef struct CodeBytes {
    const uint8_t *data;
    size_t len;
    Space *space;
    void *scratch;
    size_t scratch_size;
} CodeBytes;
MUST_USE Status code_bytes_open(Process *p, Term binary, CodeBytes *out);  // ST_NOMEM
void code_bytes_close(CodeBytes *b);

// Does p go on in the image's code when it runs on? Funs do not count. Adds the words that were
// read to *words.
bool code_is_run_by(const Process *p, const Image *m, uint64_t *words);
// Lets go of what prepare_loading has built and nobody has finished: the sandbox ends.
void code_clear_prepared(Isolate *iso);
// Frees purged images that nothing refers to any more.
void code_sweep(Process *p);
// Purges old code when no process uses it. ST_EXISTS: one does; ST_NOT_FOUND.
MUST_USE Status code_soft_purge(Isolate *iso, Term module);
// Takes the module out: its current and old code. kill: processes that run it are killed, which
// may not be the caller's; else ST_EXISTS when there is one, and nothing changed.
// ST_NOT_FOUND: the sandbox has no such module. ST_LIMIT.
MUST_USE Status code_unload(Isolate *iso, Term module, bool kill);
// Tells the host that a module has got new code.
void code_tell_loaded(Isolate *iso, Term module, bool replaced);
// The MD5 as a binary of 16 bytes.
Term bif_program_md5(Process *p, const ProgramMd5 *program);
