// SPDX-License-Identifier: Apache-2.0
// Every .beam file of the installed OTP and Elixir is read, printed and written
// back without a difference.

#include "corpus.h"

#include "beam/beam_writer.h"
#include "beam/disasm.h"
#include "beam/etf.h"
#include "beam/program_md5.h"

static size_t instructions, with_vsn, vsn_equal;

static void fail_at(const char *path, const Diag *d)
{
    print_error("%s: %s\n", path, d->text);
    fail();
}

// The bytes of the code, encoded again, are the bytes of the code.
static void code_again(const char *path, const BeamFile *f)
{
    Diag d;
    diag_init(&d);
    CodeReader r;
    code_reader_init(&r, f, NULL);
    Buf again;
    buf_init(&again);
    while (!r.done) {
        Instr in;
        if (code_reader_next(&r, &in, &d) != ST_OK) fail_at(path, &d);
        assert_ok(beam_write_instr(&again, &in));
        instructions++;
    }
    assert_int_equal(again.len, f->code.size);
    assert_memory_equal(again.data, f->code.data, again.len);
    buf_clear(&again);
    code_reader_clear(&r);
}

// All tables that can be written, from what was read.
static void write_tables(const BeamFile *f, BeamWriter *w)
{
    BeamSpan *texts = calloc(f->atom_count, sizeof *texts);
    for (uint32_t i = 0; i < f->atom_count; i++) texts[i] = beam_file_atom(f, i + 1);
    assert_ok(beam_write_atoms(beam_writer_chunk(w, "AtU8"), texts, f->atom_count));
    free(texts);

    BeamImport *imports = calloc(f->import_count + 1, sizeof *imports);
    for (uint32_t i = 0; i < f->import_count; i++) imports[i] = beam_file_import(f, i);
    assert_ok(beam_write_imports(beam_writer_chunk(w, "ImpT"), imports, f->import_count));
    free(imports);

    BeamFunction *exports = calloc(f->export_count + 1, sizeof *exports);
    for (uint32_t i = 0; i < f->export_count; i++) exports[i] = beam_file_export(f, i);
    assert_ok(beam_write_functions(beam_writer_chunk(w, "ExpT"), exports, f->export_count));
    free(exports);

    if (f->lambda_count == 0) return;
    BeamLambda *lambdas = calloc(f->lambda_count, sizeof *lambdas);
    for (uint32_t i = 0; i < f->lambda_count; i++) lambdas[i] = beam_file_lambda(f, i);
    assert_ok(beam_write_lambdas(beam_writer_chunk(w, "FunT"), lambdas, f->lambda_count));
    free(lambdas);
}

static void same_literals(const BeamFile *a, const BeamFile *b)
{
    assert_int_equal(a->literal_count, b->literal_count);
    for (uint32_t i = 0; i < a->literal_count; i++) {
        BeamSpan x = beam_file_literal(a, i), y = beam_file_literal(b, i);
        assert_int_equal(x.size, y.size);
        assert_memory_equal(x.data, y.data, x.size);
    }
}

// The tables written from what was read are the file's; the literals too once
// they are taken apart again.
static void file_again(const BeamFile *f)
{
    BeamWriter *w = malloc(sizeof *w);
    beam_writer_init(w, f, NULL);
    write_tables(f, w);
    Buf out;
    buf_init(&out);
    assert_ok(beam_writer_finish(w, &out));
    assert_int_equal(out.len, f->size);
    assert_memory_equal(out.data, f->bytes, out.len);
    if (f->literal_count > 0) {
        out.len = 0;
        assert_ok(beam_write_literals(beam_writer_chunk(w, "LitT"), f->literals, f->literal_count,
                                      f->literal_count % 2 == 0));
        assert_ok(beam_writer_finish(w, &out));
        BeamFile g;
        assert_ok(beam_file_parse(&g, out.data, out.len, NULL, NULL, NULL));
        same_literals(f, &g);
        beam_file_clear(&g);
    }
    buf_clear(&out);
    beam_writer_clear(w);
    free(w);
}

static void print_all(const char *path, const BeamFile *f)
{
    Diag d;
    diag_init(&d);
    Buf out;
    buf_init(&out);
    if (disasm_functions(&out, f, NULL, 0, -1, &d) != ST_OK) fail_at(path, &d);
    out.len = 0;
    for (uint32_t i = 0; i < f->literal_count; i++) {
        BeamSpan s = beam_file_literal(f, i);
        if (etf_print(&out, s.data, s.size, NULL, &d) != ST_OK) fail_at(path, &d);
        out.len = 0;
    }
    if (etf_print(&out, f->attributes.data, f->attributes.size, NULL, &d) != ST_OK)
        fail_at(path, &d);
    buf_clear(&out);
}

// The compiler stores the MD5 as the attribute vsn unless the source has one:
// [{vsn,[Number]}|…], and a module without a name of its own for it comes first.
static void compare_vsn(const BeamFile *f)
{
    uint8_t md5[16];
    ProgramMd5 program;
    program_md5_init(&program, f);
    assert_true(program_md5_get(&program, md5));
    const uint8_t *at = f->attributes.data + 1, *end = f->attributes.data + f->attributes.size;
    static const uint8_t kinds[] = {ETF_LIST, ETF_TUPLE, ETF_ATOM, ETF_LIST, ETF_BIG};
    EtfTerm t;
    for (size_t i = 0; i < sizeof kinds; i++) {
        if (etf_head(&at, end, &t) != ST_OK || t.kind != kinds[i]) return;
        if (i == 2 && (t.size != 3 || memcmp(t.data, "vsn", 3) != 0)) return;
    }
    if (t.size > 16) return;
    with_vsn++;
    uint8_t vsn[16] = {0};
    for (size_t i = 0; i < t.size; i++) vsn[15 - i] = t.data[i];
    vsn_equal += memcmp(vsn, md5, 16) == 0;
}

static void visit(const char *path, const uint8_t *bytes, size_t size)
{
    Diag d;
    diag_init(&d);
    BeamFile f;
    if (beam_file_parse(&f, bytes, size, NULL, NULL, &d) != ST_OK) fail_at(path, &d);
    code_again(path, &f);
    file_again(&f);
    print_all(path, &f);
    compare_vsn(&f);
    beam_file_clear(&f);
}

static void test_installed_files(void **state)
{
    size_t files = corpus_each(visit);
    print_message("%zu files, %zu instructions, md5 is the vsn of %zu in %zu\n", files,
                  instructions, vsn_equal, with_vsn);
    if (files == 0) skip();
    assert_true(instructions > files);
    assert_int_equal(vsn_equal, with_vsn);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_installed_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
