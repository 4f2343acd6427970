// SPDX-License-Identifier: Apache-2.0

#include "beam/beam_file.h"
#include "beam/program_md5.h"

#include <zlib.h>

#include "tiny.h"

static void tiny_simple(Tiny *t)
{
    tiny_begin(t);
    Operand cases[] = {o_i(1), o_f(3), o_lit(0), o_f(4)};
    tiny_op(t, OP_select_val, OPS(o_x(0), o_f(4), o_list(cases, 4)));
    tiny_op(t, OP_label, OPS(o_u(3)));
    tiny_op(t, OP_move, OPS(o_i(-70000), o_x(0)));
    tiny_op(t, OP_label, OPS(o_u(4)));
    tiny_op(t, OP_return, NULL, 0);
    tiny_end(t);
}

static void test_tables(void **state)
{
    Tiny t;
    tiny_simple(&t);
    tiny_finish(&t);
    BeamFile f;
    assert_ok(beam_file_parse(&f, t.file.data, t.file.len, NULL, NULL, NULL));
    assert_int_equal(f.atom_count, A_COUNT - 1);
    assert_true(beam_file_atom_is(&f, 1, "m"));
    assert_false(beam_file_atom_is(&f, 1, "mm"));
    assert_int_equal(beam_file_find_atom(&f, (const uint8_t *)"skip", 4), A_SKIP);
    assert_int_equal(beam_file_find_atom(&f, (const uint8_t *)"none", 4), 0);
    assert_int_equal(f.import_count, 1);
    assert_int_equal(beam_file_import(&f, 0).arity, 2);
    assert_int_equal(f.export_count, 1);
    assert_int_equal(beam_file_export(&f, 0).label, 2);
    assert_int_equal(beam_file_lambda(&f, 0).old_uniq, 7);
    assert_int_equal(f.literal_count, 1);
    assert_memory_equal(beam_file_literal(&f, 0).data, "\x83\x68\x00", 3);
    assert_int_equal(f.strings.size, 4);
    assert_int_equal(beam_file_line(&f, 1).line, 0);
    beam_file_clear(&f);
    tiny_clear(&t);
}

static Status read_with(Tiny *t, Diag *d)
{
    tiny_finish(t);
    return tiny_read(t->file.data, t->file.len, d);
}

// Replaces a chunk by these bytes and expects a refusal that says this.
static void refused(const char *id, const void *bytes, size_t size, const char *text)
{
    Tiny t;
    tiny_simple(&t);
    Buf *b = beam_writer_chunk(&t.w, id);
    b->len = 0;
    assert_ok(buf_append(b, bytes, size));
    Diag d;
    diag_init(&d);
    assert_int_equal(read_with(&t, &d), ST_FORMAT);
    if (strstr(d.text, text) == NULL) print_error("%s\n", d.text);
    assert_non_null(strstr(d.text, text));
    tiny_clear(&t);
}

#define REFUSED(id, bytes, text) refused(id, bytes, sizeof(bytes) - 1, text)

static void test_lies_are_refused(void **state)
{
    REFUSED("AtU8", "\0\0\0\1\5ab", "chunk AtU8, offset 5: atom reaches");
    REFUSED("AtU8", "\0\0\0\0", "no atoms");
    REFUSED("AtU8", "\0\0\xff\0\1a", "cannot be in");
    REFUSED("AtU8", "\0\0\0\1\2\xc0\x80", "not UTF-8");
    REFUSED("AtU8", "\0\0\0\1\3\xed\xa0\x80", "not UTF-8");
    REFUSED("AtU8", "\0\0\0\1\1aXY", "too many");
    REFUSED("AtU8", "\x80\0\0\0\1a", "cannot be in");
    REFUSED("ImpT", "\0\0\0\1\0\0\0\1\0\0\0", "1 items cannot be");
    REFUSED("ImpT", "\0\0\0\1\0\0\0\1\0\0\0\0\0\0\0\0", "no such atom");
    REFUSED("ImpT", "\0\0\0\1\0\0\0\1\0\0\0\1\0\0\1\0", "arity 256");
    REFUSED("ExpT", "\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0\5", "no such label");
    REFUSED("ExpT", "\0\0\0\0X", "1 bytes too many");
    REFUSED("FunT", "\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0\2\0\0\0\0\0\0\0\2\0\0\0\0", "2 free variables");
    REFUSED("LitT", "\0\0\0\7xxxx", "does not decompress");
    REFUSED("LitT", "\0\xff\xff\xff\x78\x9c", "is a lie");
    REFUSED("LitT", "\0\0\0\0\0\0\0\1\0\0\0\3\x83h\1", "literal 0 is not a term");
    REFUSED("LitT", "\0\0\0\0\0\0\0\1\0\0\0\4\x83h\0x", "literal 0 is not a term");
    REFUSED("LitT", "\0\0\0\0\0\0\0\1\0\0\0\xff\x83h\0x", "reaches over the end");
    REFUSED("Line", "\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\2\0\0\0\0\x11", "2 lines and 0 names");
    REFUSED("Line", "\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0\0\x12", "malformed line 1");
    REFUSED("Line", "\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\1\0\5ab", "reaches over the end");
    REFUSED("Type", "\0\0\0\1\0\0\0\2\x1f\xff", "2 items cannot be");
    REFUSED("Type", "\0\0\0\2\0\0\0\1\x20\1", "truncated");
    REFUSED("Code", "\0\0\0\x10\0\0\0\0\0\0\0\1\0\0\0\3\0\0\0\0\1\x10\1\x20", "code ends without");
    REFUSED("Code", "\0\0\0\x10\0\0\0\0\0\0\0\1\xff\0\0\0\0\0\0\0\3", "cannot be in 1 bytes");
    REFUSED("Code", "\0\0\0\x40\0\0\0\0", "header of 64 bytes");
}

static void test_container_lies(void **state)
{
    Tiny t;
    tiny_simple(&t);
    tiny_finish(&t);
    Diag d;
    diag_init(&d);
    Buf *b = &t.file;
    // The size of the form, and of a chunk.
    put_u32be(b->data + 4, (uint32_t)b->len - 7);
    assert_int_equal(tiny_read(b->data, b->len, &d), ST_FORMAT);
    put_u32be(b->data + 4, (uint32_t)b->len - 8);
    uint32_t size = get_u32be(b->data + 16);
    put_u32be(b->data + 16, UINT32_MAX);
    assert_int_equal(tiny_read(b->data, b->len, &d), ST_FORMAT);
    assert_non_null(strstr(d.text, "chunk AtU8: its size of 4294967295"));
    assert_int_equal(d.offset, 16);
    put_u32be(b->data + 16, size);
    assert_ok(tiny_read(b->data, b->len, &d));
    // Bytes behind the form do no harm; a second chunk of the same name does.
    assert_ok(buf_append_str(b, "junk"));
    assert_ok(tiny_read(b->data, b->len, &d));
    b->len -= 4;
    assert_ok(buf_append(b, "StrT\0\0\0\0", 8));
    put_u32be(b->data + 4, (uint32_t)b->len - 8);
    assert_int_equal(tiny_read(b->data, b->len, &d), ST_FORMAT);
    assert_non_null(strstr(d.text, "chunk StrT occurs twice"));
    // Missing chunks.
    assert_ok(beam_writer_remove(&t.w, "ImpT"));
    assert_int_equal(read_with(&t, &d), ST_FORMAT);
    assert_string_equal(d.text, "chunk ImpT is missing");
    assert_int_equal(tiny_read((const uint8_t *)"", 0, &d), ST_FORMAT);
    tiny_clear(&t);
}

static void test_newer_instruction_set(void **state)
{
    Tiny t;
    tiny_simple(&t);
    Buf *b = beam_writer_chunk(&t.w, "Code");
    put_u32be(b->data + 8, 250);
    Diag d;
    diag_init(&d);
    assert_int_equal(read_with(&t, &d), ST_UNSUPPORTED);
    assert_non_null(strstr(d.text, "uses instruction 250"));
    tiny_clear(&t);
}

// Negative count, lengths as compact numbers.
static void test_atoms_of_otp_28(void **state)
{
    Tiny t;
    tiny_simple(&t);
    Buf *b = beam_writer_chunk(&t.w, "AtU8");
    b->len = 0;
    char wide[128 * 4 + 1] = {0};
    for (int i = 0; i < 128; i++) memcpy(wide + 4 * i, "\xf0\x9f\x98\x80", 4);
    BeamSpan texts[A_COUNT];
    for (int i = 1; i < A_COUNT; i++)
        texts[i - 1] = (BeamSpan){(const uint8_t *)tiny_atoms[i], (uint32_t)strlen(tiny_atoms[i])};
    texts[A_REUSE - 1] = (BeamSpan){(const uint8_t *)wide, 512};
    assert_ok(beam_write_atoms(b, texts, A_COUNT - 1));
    assert_int_equal(get_u32be(b->data), (uint32_t)-(A_COUNT - 1));
    tiny_finish(&t);
    BeamFile f;
    assert_ok(beam_file_parse(&f, t.file.data, t.file.len, NULL, NULL, NULL));
    assert_true(beam_file_atom_is(&f, A_REUSE, wide));
    assert_true(beam_file_atom_is(&f, A_NO_FAIL, "no_fail"));
    beam_file_clear(&f);
    tiny_clear(&t);
}

static void test_latin1_atoms(void **state)
{
    Tiny t;
    tiny_simple(&t);
    assert_ok(beam_writer_remove(&t.w, "AtU8"));
    Buf *b = beam_writer_chunk(&t.w, "Atom");
    assert_ok(buf_append_u32be(b, A_COUNT - 1));
    assert_ok(buf_append(b, "\2m\xe9", 3));
    for (int i = 2; i < A_COUNT; i++) assert_ok(buf_append(b, "\1f", 2));
    tiny_finish(&t);
    BeamFile f;
    assert_ok(beam_file_parse(&f, t.file.data, t.file.len, NULL, NULL, NULL));
    assert_true(beam_file_atom_is(&f, 1, "m\xc3\xa9"));
    assert_true(beam_file_atom_is(&f, A_COUNT - 1, "f"));
    beam_file_clear(&f);
    tiny_clear(&t);
}

static void test_plain_literals(void **state)
{
    Tiny t;
    tiny_simple(&t);
    Buf *b = beam_writer_chunk(&t.w, "LitT");
    b->len = 0;
    BeamSpan terms[] = {{(const uint8_t *)"\x83j", 2}, {(const uint8_t *)"\x83h\1a\1", 5}};
    assert_ok(beam_write_literals(b, terms, 2, false));
    assert_int_equal(get_u32be(b->data), 0);
    tiny_finish(&t);
    BeamFile f;
    assert_ok(beam_file_parse(&f, t.file.data, t.file.len, NULL, NULL, NULL));
    assert_int_equal(f.literal_count, 2);
    assert_int_equal(beam_file_literal(&f, 1).size, 5);
    beam_file_clear(&f);
    tiny_clear(&t);
}

static void test_lines(void **state)
{
    Tiny t;
    tiny_simple(&t);
    static const char line[] = "\0\0\0\0\0\0\0\1\0\0\0\3\0\0\0\3\0\0\0\2"
                               "\x71\x22\x29\x2c\x02\x19\x10\x00\0\0\0\5b.hrl";
    // 7; file 2; 300; file 0; 4096. Names: "" and "b.hrl".
    Buf *b = beam_writer_chunk(&t.w, "Line");
    assert_ok(buf_append(b, line, sizeof line - 1));
    tiny_finish(&t);
    BeamFile f;
    assert_ok(beam_file_parse(&f, t.file.data, t.file.len, NULL, NULL, NULL));
    assert_int_equal(f.line_count, 4);
    assert_int_equal(f.line_flags, 1);
    assert_int_equal(f.line_instructions, 3);
    assert_int_equal(beam_file_line(&f, 1).line, 7);
    assert_int_equal(beam_file_line(&f, 2).file, 2);
    assert_int_equal(beam_file_line(&f, 2).line, 300);
    assert_int_equal(beam_file_line(&f, 3).line, 4096);
    Buf name;
    buf_init(&name);
    for (uint32_t i = 0; i < 3; i++) assert_ok(beam_file_line_file(&f, i, &name));
    assert_ok(buf_terminate(&name));
    assert_string_equal((char *)name.data, "m.erlm.erlb.hrl");
    buf_clear(&name);
    beam_file_clear(&f);
    tiny_clear(&t);
}

static void test_types(void **state)
{
    Tiny t;
    tiny_simple(&t);
    static const char types[] = "\0\0\0\2\0\0\0\2\x1f\xff\xe0\x42\0\0\0\0\0\0\0\1"
                                "\0\0\0\0\0\0\0\x09\x07";
    assert_ok(buf_append(beam_writer_chunk(&t.w, "Type"), types, sizeof types - 1));
    tiny_finish(&t);
    BeamFile f;
    assert_ok(beam_file_parse(&f, t.file.data, t.file.len, NULL, NULL, NULL));
    assert_int_equal(f.type_count, 2);
    assert_int_equal(f.types[0].types, BEAM_TYPE_ANY);
    assert_int_equal(f.types[1].types, BEAM_TYPE_INTEGER | BEAM_TYPE_BITSTRING);
    assert_true(f.types[1].has_min && f.types[1].has_max);
    assert_int_equal(f.types[1].min, 1);
    assert_int_equal(f.types[1].max, 9);
    assert_int_equal(f.types[1].unit, 8);
    beam_file_clear(&f);
    tiny_clear(&t);
}

static void gzip(const Buf *in, Buf *out)
{
    z_stream z = {.next_in = in->data, .avail_in = (uInt)in->len};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    assert_ok(buf_reserve(out, deflateBound(&z, in->len)));
    z.next_out = out->data;
    z.avail_out = (uInt)out->cap;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    out->len = z.total_out;
    deflateEnd(&z);
}

static void test_compressed_file(void **state)
{
    Tiny t;
    tiny_simple(&t);
    assert_ok(buf_append_zeros(beam_writer_chunk(&t.w, "Junk"), 300000));
    tiny_finish(&t);
    Buf z;
    buf_init(&z);
    gzip(&t.file, &z);
    assert_true(z.len < t.file.len / 100);
    Diag d;
    diag_init(&d);
    BeamFile f;
    assert_ok(beam_file_parse(&f, z.data, z.len, NULL, NULL, &d));
    assert_int_equal(f.size, t.file.len);
    assert_non_null(beam_file_chunk(&f, "Junk"));
    beam_file_clear(&f);
    for (size_t cut = 2; cut < z.len; cut += 13) {
        assert_int_equal(beam_file_parse(&f, z.data, cut, NULL, NULL, &d), ST_FORMAT);
    }
    BeamLimits small = {.file_bytes = 200000, .literal_bytes = 100};
    assert_int_equal(beam_file_parse(&f, z.data, z.len, &small, NULL, &d), ST_LIMIT);
    assert_int_equal(beam_file_parse(&f, t.file.data, t.file.len, &small, NULL, &d), ST_LIMIT);
    buf_clear(&z);
    tiny_clear(&t);
}

static void test_limits(void **state)
{
    Tiny t;
    tiny_simple(&t);
    tiny_finish(&t);
    Diag d;
    diag_init(&d);
    BeamFile f;
    BeamLimits few = {.file_bytes = 1 << 20, .literal_bytes = 10};
    assert_int_equal(beam_file_parse(&f, t.file.data, t.file.len, &few, NULL, &d), ST_LIMIT);
    Arena a;
    for (uint64_t limit = 0; limit < 20000; limit += 500) {
        arena_init(&a, limit);
        Status st = beam_file_parse(&f, t.file.data, t.file.len, NULL, &a, &d);
        assert_true(st == ST_OK || st == ST_NOMEM);
        if (st == ST_OK) beam_file_clear(&f);
        assert_int_equal(a.in_use, 0);
        arena_clear(&a);
    }
    tiny_clear(&t);
}

// Whatever is cut off or changed: an answer, never a crash.
static void test_damage(void **state)
{
    Tiny t;
    tiny_simple(&t);
    tiny_finish(&t);
    Diag d;
    diag_init(&d);
    for (size_t cut = 0; cut < t.file.len; cut++) {
        uint8_t *copy = malloc(cut + 1);  // exactly as long, so that ASan sees
        memcpy(copy, t.file.data, cut);
        copy = realloc(copy, cut > 0 ? cut : 1);
        assert_int_not_equal(tiny_read(copy, cut, &d), ST_OK);
        // Cut, but with a form that does not claim more.
        if (cut >= 12) {
            put_u32be(copy + 4, (uint32_t)cut - 8);
            (void)tiny_read(copy, cut, &d);
        }
        free(copy);
    }
    static const uint8_t values[] = {0, 1, 0x7f, 0x80, 0xff, 0x0f, 0xf8, 0x17};
    for (size_t i = 0; i < t.file.len; i++) {
        uint8_t old = t.file.data[i];
        for (size_t k = 0; k < sizeof values; k++) {
            t.file.data[i] = values[k];
            (void)tiny_read(t.file.data, t.file.len, &d);
            t.file.data[i] = (uint8_t)(old ^ 1u << k);
            (void)tiny_read(t.file.data, t.file.len, &d);
        }
        t.file.data[i] = old;
    }
    tiny_clear(&t);
}

static void test_md5_ignores_old_uniq(void **state)
{
    Tiny t;
    tiny_simple(&t);
    uint8_t a[16], b[16];
    for (int i = 0; i < 2; i++) {
        Buf *funs = beam_writer_chunk(&t.w, "FunT");
        put_u32be(funs->data + 24, (uint32_t)i);
        tiny_finish(&t);
        BeamFile f;
        assert_ok(beam_file_parse(&f, t.file.data, t.file.len, NULL, NULL, NULL));
        ProgramMd5 program;
        program_md5_init(&program, &f);
        assert_true(program_md5_get(&program, i == 0 ? a : b));
        beam_file_clear(&f);
    }
    assert_memory_equal(a, b, 16);
    tiny_clear(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_lies_are_refused),
        cmocka_unit_test(test_container_lies),
        cmocka_unit_test(test_newer_instruction_set),
        cmocka_unit_test(test_atoms_of_otp_28),
        cmocka_unit_test(test_latin1_atoms),
        cmocka_unit_test(test_plain_literals),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_compressed_file),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_md5_ignores_old_uniq),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
