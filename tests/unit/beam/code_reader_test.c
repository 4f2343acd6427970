// SPDX-License-Identifier: Apache-2.0

#include "beam/code_reader.h"

#include "beam/disasm.h"
#include "tiny.h"

// A function with one instruction between its entry label and return.
static void around(Tiny *t, uint32_t op, const Operand *args, uint32_t argc)
{
    tiny_begin(t);
    tiny_op(t, op, args, argc);
    tiny_op(t, OP_label, OPS(o_u(3)));
    tiny_op(t, OP_return, NULL, 0);
    tiny_end(t);
    tiny_finish(t);
}

static void expect(Status want, const char *text, uint32_t op, const Operand *args, uint32_t argc)
{
    Tiny t;
    around(&t, op, args, argc);
    Diag d;
    diag_init(&d);
    Status st = tiny_read(t.file.data, t.file.len, &d);
    if (st != want || strstr(d.text, text) == NULL) print_error("%s\n", d.text);
    assert_int_equal(st, want);
    assert_non_null(strstr(d.text, text));
    tiny_clear(&t);
}

#define ACCEPTED(op, ...)      expect(ST_OK, "", op, OPS(__VA_ARGS__))
#define REFUSED(text, op, ...) expect(ST_FORMAT, text, op, OPS(__VA_ARGS__))

static void test_kinds(void **state)
{
    ACCEPTED(OP_move, o_i(1), o_x(1023));
    ACCEPTED(OP_move, o_nil(), o_y(0));
    ACCEPTED(OP_fmove, o_fr(1), o_x(0));
    REFUSED("function f/1, instruction 2 (move)", OP_move, o_i(1), o_i(2));
    REFUSED("wrong kind", OP_move, o_u(1), o_x(0));
    REFUSED("wrong kind", OP_move, o_fr(1), o_x(0));
    REFUSED("wrong kind", OP_get_list, o_lit(0), o_x(0), o_x(1));
    REFUSED("wrong kind", OP_is_lt, o_f(0), o_x(0), o_x(1));
    ACCEPTED(OP_bif1, o_f(0), o_u(0), o_x(0), o_x(1));
    REFUSED("wrong kind", OP_init, o_x(0));
    REFUSED("wrong kind", OP_put_tuple2, o_x(0), o_x(1));
}

static void test_ranges(void **state)
{
    REFUSED("no such register", OP_move, o_x(1024), o_x(0));
    REFUSED("no such register", OP_fadd, o_f(0), o_fr(1024), o_fr(0), o_fr(0));
    REFUSED("no such literal", OP_move, o_lit(1), o_x(0));
    REFUSED("no such atom", OP_move, o_a(A_COUNT), o_x(0));
    REFUSED("no such label", OP_jump, o_f(5));
    REFUSED("no such import", OP_call_ext, o_u(1), o_u(1));
    REFUSED("no such fun", OP_make_fun2, o_u(1));
    REFUSED("arity larger", OP_call, o_u(256), o_f(2));
    REFUSED("more live", OP_test_heap, o_u(1), o_u(1025));
    REFUSED("reservation", OP_test_heap, o_u(1 << 24), o_u(1));
    REFUSED("frame too", OP_allocate, o_u(1024), o_u(1));
    REFUSED("unit larger", OP_bs_test_unit, o_f(3), o_x(0), o_u(257));
    REFUSED("outside of the strings", OP_bs_put_string, o_u(3), o_u(2));
    ACCEPTED(OP_bs_put_string, o_u(2), o_u(2));
    REFUSED("outside of the strings", OP_bs_match_string, o_f(3), o_x(0), o_u(33), o_u(0));
    ACCEPTED(OP_bs_match_string, o_f(3), o_x(0), o_u(31), o_u(0));
    REFUSED("outside", OP_bs_match_string, o_f(3), o_x(0), o_u(INT64_MAX), o_u(0));
}

static void test_lists(void **state)
{
    Operand odd[] = {o_i(1), o_f(3), o_i(2)};
    REFUSED("groups", OP_select_val, o_x(0), o_f(3), o_list(odd, 3));
    Operand swapped[] = {o_f(3), o_i(1)};
    REFUSED("wrong kind", OP_select_val, o_x(0), o_f(3), o_list(swapped, 2));
    ACCEPTED(OP_put_tuple2, o_x(0), o_list(NULL, 0));
    ACCEPTED(OP_put_tuple2, o_x(0), o_list((Operand[]){o_i(1), o_lit(0)}, 2));
    Operand clears[] = {o_y(1), o_x(1)};
    REFUSED("wrong kind", OP_init_yregs, o_list(clears, 2));
}

// Instructions that came with OTP 26, 27 and 28.
static void test_newer_instructions(void **state)
{
    Operand updates[] = {o_u(2), o_i(42), o_u(3), o_x(1)};
    ACCEPTED(OP_update_record, o_a(A_REUSE), o_u(6), o_lit(0), o_x(0), o_list(updates, 4));
    ACCEPTED(OP_executable_line, o_u(0), o_u(1));
    ACCEPTED(OP_debug_line, o_a(A_LINE), o_u(0), o_u(1), o_u(1));
    Operand commands[] = {
        o_a(A_ENSURE_AT_LEAST),
        o_u(16),
        o_u(8),
        o_a(A_INTEGER),
        o_u(1),
        o_nil(),
        o_u(8),
        o_u(1),
        o_x(1),
        o_a(A_EQ),
        o_nil(),
        o_u(8),
        o_u(255),
        o_a(A_SKIP),
        o_u(3),
        o_a(A_BINARY),
        o_u(2),
        o_lit(0),
        o_u(2),
        o_u(8),
        o_y(0),
        o_a(A_GET_TAIL),
        o_u(2),
        o_u(8),
        o_x(2),
        o_a(A_ENSURE_EXACTLY),
        o_u(0),
    };
    uint32_t n = sizeof commands / sizeof *commands;
    ACCEPTED(OP_bs_match, o_f(3), o_x(0), o_list(commands, n));
    REFUSED("without its arguments", OP_bs_match, o_f(3), o_x(0), o_list(commands, n - 1));
    commands[3] = o_a(A_M);
    REFUSED("unknown match command", OP_bs_match, o_f(3), o_x(0), o_list(commands, n));
}

static void test_create_bin(void **state)
{
    Operand s[] = {
        o_a(A_STRING),  o_u(0), o_u(8), o_nil(), o_u(1), o_i(3),
        o_a(A_INTEGER), o_u(1), o_u(1), o_nil(), o_x(0), o_i(8),
        o_a(A_BINARY),  o_u(2), o_u(8), o_nil(), o_x(1), o_a(A_ALL),
    };
    ACCEPTED(OP_bs_create_bin, o_f(0), o_u(0), o_u(2), o_u(1), o_x(0), o_list(s, 18));
    s[5] = o_i(4);
    REFUSED("outside", OP_bs_create_bin, o_f(0), o_u(0), o_u(2), o_u(1), o_x(0), o_list(s, 18));
    s[5] = o_i(-1);
    REFUSED("without a size", OP_bs_create_bin, o_f(0), o_u(0), o_u(2), o_u(1), o_x(0),
            o_list(s, 18));
    s[5] = o_i(3), s[10] = o_u(0);
    REFUSED("does not fit its type", OP_bs_create_bin, o_f(0), o_u(0), o_u(2), o_u(1), o_x(0),
            o_list(s, 18));
}

static void test_obsolete_and_unknown(void **state)
{
    expect(ST_UNSUPPORTED, "put_tuple/2 is obsolete: compile", OP_put_tuple, OPS(o_u(1), o_x(0)));
    expect(ST_UNSUPPORTED, "no such instruction: 185", 185, NULL, 0);
    expect(ST_UNSUPPORTED, "no such instruction: 0", 0, NULL, 0);
    for (uint32_t op = 1; op < OP_COUNT; op++) assert_non_null(op_info(op));
    assert_null(op_info(OP_COUNT));
    assert_null(op_info(0));
}

static Status read_code(const char *bytes, size_t size, Diag *d)
{
    Tiny t;
    tiny_begin(&t);
    tiny_bytes(&t, bytes, size);
    tiny_end(&t);
    tiny_finish(&t);
    Status st = tiny_read(t.file.data, t.file.len, d);
    tiny_clear(&t);
    return st;
}

#define RAW(bytes) read_code(bytes, sizeof(bytes) - 1, &d)

static void test_raw_operands(void **state)
{
    Diag d;
    diag_init(&d);
    assert_ok(RAW("\x40\x57\x03\x00\x03"));  // move {tr,{x,0},0} x0, no types
    assert_ok(RAW("\x10\x37\x30\x00\x20\x10\x10\x20\x30\x10"));  // test_heap with all three
    assert_int_equal(RAW("\x10\x37\x10\x30\x20\x10"), ST_FORMAT);  // a fourth kind
    assert_int_equal(RAW("\x10\x37\x40\x30\x20\x10"), ST_FORMAT);  // four pairs
    assert_int_equal(RAW("\x40\x67\x03\x03"), ST_FORMAT);          // unknown extension
    assert_int_equal(RAW("\x40\x57\x02\x00\x03"), ST_FORMAT);      // type of an atom
    assert_int_equal(RAW("\x40\x16\x03"), ST_FORMAT);              // character
    assert_int_equal(RAW("\x40\x07\0\0\0\0\0\0\0\0\x03"), ST_FORMAT);  // inline float
    assert_int_equal(RAW("\xa4\x03\x17\xf8\x7f"), ST_FORMAT);      // list of a huge length
    assert_int_equal(RAW("\xa4\x03\x17\x10\x17\x00"), ST_FORMAT);  // list in a list
    // A tail of 2^64 bits or more cannot be, but compilers say so.
    assert_ok(RAW("\x79\x35\x03\xf8\x00\x01\0\0\0\0\0\0\0\0"));
}

static void test_big_integers(void **state)
{
    Tiny t;
    tiny_begin(&t);
    static const uint8_t minus[] = {0xff, 0, 0, 0, 0, 0, 0, 0, 0};  // -2^64
    static const uint8_t plus[] = {0x00, 0xff, 0, 0, 0, 0, 0, 0, 1};
    tiny_op(&t, OP_move, OPS((Operand){.kind = K_BIG, .bytes = minus, .count = 9}, o_x(0)));
    tiny_op(&t, OP_move, OPS((Operand){.kind = K_BIG, .bytes = plus, .count = 9}, o_x(0)));
    tiny_op(&t, OP_move, OPS(o_i(INT64_MIN), o_x(0)));
    tiny_end(&t);
    tiny_finish(&t);
    BeamFile f;
    assert_ok(beam_file_parse(&f, t.file.data, t.file.len, NULL, NULL, NULL));
    CodeReader r;
    code_reader_init(&r, &f, NULL);
    Instr in;
    for (int i = 0; i < 4; i++) assert_ok(code_reader_next(&r, &in, NULL));
    uint8_t magnitude[9];
    assert_int_equal(in.args[0].kind, K_BIG);
    assert_true(in.args[0].negative);
    operand_magnitude(&in.args[0], magnitude);
    assert_memory_equal(magnitude, "\x01\0\0\0\0\0\0\0\0", 9);
    assert_ok(code_reader_next(&r, &in, NULL));
    assert_false(in.args[0].negative);
    operand_magnitude(&in.args[0], magnitude);
    assert_memory_equal(magnitude, plus, 9);
    assert_ok(code_reader_next(&r, &in, NULL));
    assert_int_equal(in.args[0].kind, K_INT);
    assert_true(in.args[0].i == INT64_MIN);
    code_reader_clear(&r);
    Buf out;
    buf_init(&out);
    assert_ok(disasm_functions(&out, &f, "f", 1, 1, NULL));
    assert_ok(buf_terminate(&out));
    assert_string_equal((char *)out.data, "\n{function, f, 1}.\n"
                                          "  {label,1}.\n"
                                          "    {func_info,{atom,m},{atom,f},1}.\n"
                                          "  {label,2}.\n"
                                          "    {move,{integer,-18446744073709551616},{x,0}}.\n"
                                          "    {move,{integer,18374686479671623681},{x,0}}.\n"
                                          "    {move,{integer,-9223372036854775808},{x,0}}.\n");
    assert_int_equal(disasm_functions(&out, &f, "f", 1, 2, NULL), ST_NOT_FOUND);
    buf_clear(&out);
    beam_file_clear(&f);
    tiny_clear(&t);
}

static void test_function_headers(void **state)
{
    Diag d;
    diag_init(&d);
    // func_info without a label before it; without one behind it; a second one
    // that the header does not know of; nothing behind the last.
    assert_int_equal(RAW("\x13\x02\x12\x22\x10"), ST_FORMAT);
    assert_non_null(strstr(d.text, "func_info that no label precedes"));
    assert_int_equal(RAW("\x01\x30\x02\x12\x22\x10\x13"), ST_FORMAT);
    assert_non_null(strstr(d.text, "func_info without its entry label"));
    assert_int_equal(RAW("\x01\x30\x02\x12\x22\x10\x01\x40\x13"), ST_FORMAT);
    assert_non_null(strstr(d.text, "not as many functions"));
    assert_int_equal(RAW("\x03"), ST_FORMAT);
    assert_non_null(strstr(d.text, "bytes behind the end"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_newer_instructions),
        cmocka_unit_test(test_create_bin),
        cmocka_unit_test(test_obsolete_and_unknown),
        cmocka_unit_test(test_raw_operands),
        cmocka_unit_test(test_big_integers),
        cmocka_unit_test(test_function_headers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
