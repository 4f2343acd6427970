// SPDX-License-Identifier: Apache-2.0
// tests/unit/code/verify_fuzz_test.c - real modules with changed instructions: what the
// verifier accepts runs without harm. tests/fuzz/load_run_fuzz.c goes on without end.
//
// APEX_MUTANTS: so many of each module instead of a few. APEX_MUTANT_SEED: from there on.
// APEX_OTP_ROOT and APEX_MUTANT_ALL: of every module below a directory.
#include <stdio.h>

#include "beam/corpus.h"
#include "code/load_run.h"
#include "code/mutate.h"

static const char *const modules[] = {
    "lists",      "string",       "maps",     "binary",        "base64",        "queue",
    "gb_trees",   "orddict",      "ordsets",  "proplists",     "dict",          "sets",
    "array",      "unicode_util", "io_lib",   "io_lib_format", "io_lib_pretty", "erl_scan",
    "erl_parse",  "calendar",     "filename", "gen_server",    "gen",           "proc_lib",
    "uri_string", "rand",         "timer",    "digraph",       "sofs",          "zlib",
    "prim_file",  "re",
};

static Engine *engine;
static unsigned accepted, refused, wanted;
static uint64_t first_seed;

static bool is_chosen(const char *path)
{
    const char *name = strrchr(path, '/') + 1;
    if (getenv("APEX_MUTANT_ALL") != NULL) return true;
    for (size_t i = 0; i < ARRAY_LEN(modules); i++) {
        size_t n = strlen(modules[i]);
        if (strncmp(name, modules[i], n) == 0 && strcmp(name + n, ".beam") == 0) return true;
    }
    return false;
}

static void visit(const char *path, const uint8_t *bytes, size_t size)
{
    BeamFile f;
    if (!is_chosen(path)) return;
    assert_ok(beam_file_parse(&f, bytes, size, NULL, NULL, NULL));
    Buf out;
    buf_init(&out);
    for (uint64_t seed = first_seed; seed < first_seed + wanted; seed++) {
        out.len = 0;
        if (!mutate_beam(&f, seed, 1 + seed % 3, &out)) continue;
        if (getenv("APEX_MUTANTS") != NULL)
            fprintf(stderr, "%s %llu\n", path, (unsigned long long)seed);
        if (load_run(engine, out.data, out.len)) accepted++;
        else refused++;
    }
    buf_clear(&out);
    beam_file_clear(&f);
}

static uint64_t from_environment(const char *name, uint64_t usual)
{
    const char *text = getenv(name);
    return text != NULL ? strtoull(text, NULL, 10) : usual;
}

static void test_mutants(void **state)
{
    wanted = (unsigned)from_environment("APEX_MUTANTS", 3);
    first_seed = from_environment("APEX_MUTANT_SEED", 1);
    EngineOptions o = {.threads = 1,
                       .otp_root = getenv("APEX_MUTANT_ALL") != NULL ? "/usr/lib/erlang" : NULL};
    Diag d;
    assert_ok(engine_new(&o, &engine, &d));
    (void)corpus_each(visit);
    engine_free(engine);
    print_message("%u mutants accepted and run, %u refused\n", accepted, refused);
    assert_true(accepted > 0 && refused > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_mutants)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
