// SPDX-License-Identifier: Apache-2.0
// tests/fuzz/load_run_fuzz.c - libFuzzer: a .beam file is loaded and, when it is
// accepted, run: nothing that it does may break the engine.
//
// The seeds are .beam files. The mutator changes instructions as well as bytes.
#include <stdio.h>

#include "code/load_run.h"
#include "code/mutate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

static Engine *engine;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    EngineOptions o = {.threads = 1};
    Diag d;
    if (engine_new(&o, &engine, &d) == ST_OK) return 0;
    fprintf(stderr, "%s\n", d.text);
    exit(1);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    BeamFile f;
    if (seed % 8 == 0 || beam_file_parse(&f, data, size, NULL, NULL, NULL) != ST_OK)
        return LLVMFuzzerMutate(data, size, max_size);
    Buf out;
    buf_init(&out);
    bool ok = mutate_beam(&f, seed, 1 + seed / 8 % 3, &out) && out.len <= max_size;
    beam_file_clear(&f);
    if (ok) memcpy(data, out.data, size = out.len);
    else size = LLVMFuzzerMutate(data, size, max_size);
    buf_clear(&out);
    return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)load_run(engine, data, size);
    return 0;
}
