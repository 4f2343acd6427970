// SPDX-License-Identifier: Apache-2.0
// tests/unit/code/verify_test.c - one small bad function for each rule of the verifier,
// and good ones beside them.
#include "code/verify.h"

#include <stdio.h>

#include "beam/beam_writer.h"
#include "sandbox/sandbox.h"
#include "unit.h"

// ---- a module: f/1 with the code of the test, g/2 that returns ----------------------
enum {
    A_M = 1,
    A_F,
    A_G,
    A_ERLANG,
    A_ERROR,
    A_SETELEMENT,
    A_PLUS,
    A_NODE,
    A_SPAWN,
    A_GET_TAIL,
    A_INTEGER,
    A_ALL,
    A_SEND,
    A_UNUSED,
    A_ATOMS
};
static const char *const atom_texts[A_ATOMS] = {NULL,       "m",          "f",   "g",    "erlang",
                                                "error",    "setelement", "+",   "node", "spawn",
                                                "get_tail", "integer",    "all", "send", "no_fail"};
enum { I_ERROR, I_SETELEMENT, I_PLUS, I_NODE, I_SPAWN, I_SEND, I_COUNT };
static const BeamImport imports[I_COUNT] = {{A_ERLANG, A_ERROR, 1}, {A_ERLANG, A_SETELEMENT, 3},
                                            {A_ERLANG, A_PLUS, 2},  {A_ERLANG, A_NODE, 0},
                                            {A_ERLANG, A_SPAWN, 1}, {A_ERLANG, A_SEND, 2}};
enum { L_INFO = 1, L_ENTRY, L_G_INFO, L_G, L_COUNT = 12 };  // 5 to 11 are free
enum { LIT_TUPLE, LIT_CONS, LIT_MAP, LIT_FLOAT, LIT_COUNT };

static Operand u(uint64_t v) { return (Operand){.kind = K_U, .u = v}; }
static Operand n(int64_t v) { return (Operand){.kind = K_INT, .i = v}; }
static Operand x(uint64_t v) { return (Operand){.kind = K_X, .u = v}; }
static Operand y(uint64_t v) { return (Operand){.kind = K_Y, .u = v}; }
static Operand f(uint64_t v) { return (Operand){.kind = v ? K_LABEL : K_RAISE, .u = v}; }
static Operand fr(uint64_t v) { return (Operand){.kind = K_FR, .u = v}; }
static Operand a(uint64_t v) { return (Operand){.kind = K_ATOM, .u = v}; }
static Operand lit(uint64_t v) { return (Operand){.kind = K_LITERAL, .u = v}; }
#define LIST(...)                                 \
    ((Operand){.kind = K_LIST,                    \
               .items = (Operand[]){__VA_ARGS__}, \
               .count = sizeof((Operand[]){__VA_ARGS__}) / sizeof(Operand)})
#define I(name, ...)                                                                         \
    ((Instr){.op = OP_##name,                                                                \
             .argc = sizeof((Operand[]){(Operand){0}, ##__VA_ARGS__}) / sizeof(Operand) - 1, \
             .args = {__VA_ARGS__}})
#define RETURN I(return)

static void op(Buf *code, Instr in) { assert_ok(beam_write_instr(code, &in)); }

static void write_tables(BeamWriter *w)
{
    BeamSpan texts[A_ATOMS];
    for (int i = 1; i < A_ATOMS; i++)
        texts[i - 1] = (BeamSpan){(const uint8_t *)atom_texts[i], (uint32_t)strlen(atom_texts[i])};
    assert_ok(beam_write_atoms(beam_writer_chunk(w, "AtU8"), texts, A_ATOMS - 1));
    assert_ok(buf_append_str(beam_writer_chunk(w, "StrT"), "abcd"));
    assert_ok(beam_write_imports(beam_writer_chunk(w, "ImpT"), imports, I_COUNT));
    BeamFunction exports[] = {{A_F, 1, L_ENTRY}};
    assert_ok(beam_write_functions(beam_writer_chunk(w, "ExpT"), exports, 1));
    BeamLambda lambda = {A_G, 2, L_G, 0, 1, 7};
    assert_ok(beam_write_lambdas(beam_writer_chunk(w, "FunT"), &lambda, 1));
    static const uint8_t tuple[] = {131, 104, 2, 97, 1, 97, 2}, cons[] = {131, 107, 0, 1, 1},
                         map[] = {131, 116, 0, 0, 0, 0},
                         number[] = {131, 70, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0};
    BeamSpan literals[LIT_COUNT] = {
        {tuple, sizeof tuple}, {cons, sizeof cons}, {map, sizeof map}, {number, sizeof number}};
    assert_ok(beam_write_literals(beam_writer_chunk(w, "LitT"), literals, LIT_COUNT, true));
}

static void write_module(const Instr *body, size_t count, Buf *out)
{
    static BeamWriter w;
    beam_writer_init(&w, NULL, NULL);
    Buf *code = beam_writer_chunk(&w, "Code");
    assert_ok(beam_write_code_header(code, OP_COUNT - 1, L_COUNT, 2));
    op(code, I(label, u(L_INFO)));
    op(code, I(func_info, a(A_M), a(A_F), u(1)));
    op(code, I(label, u(L_ENTRY)));
    for (size_t i = 0; i < count; i++) op(code, body[i]);
    op(code, I(label, u(L_G_INFO)));
    op(code, I(func_info, a(A_M), a(A_G), u(2)));
    op(code, I(label, u(L_G)));
    op(code, RETURN);
    op(code, I(int_code_end));
    write_tables(&w);
    assert_ok(beam_writer_finish(&w, out));
    beam_writer_clear(&w);
}

// The instructions that need a test, or -1: refused, and *d says why.
static int verify(const Instr *body, size_t count, Diag *d)
{
    Buf file;
    buf_init(&file);
    write_module(body, count, &file);
    Image *image = NULL;
    int marked = -1;
    diag_init(d);
    Status st = image_build(file.data, file.len, NULL, NULL, &image, d);
    if (st == ST_OK) {
        BeamFile parsed;
        Bitset checks;
        assert_ok(beam_file_parse(&parsed, file.data, file.len, NULL, NULL, d));
        assert_ok(verify_code(&parsed, image, &checks, d));
        marked = (int)bitset_count(&checks);
        bitset_clear(&checks);
        beam_file_clear(&parsed);
        image_release(image);
    } else {
        assert_int_equal(st, ST_FORMAT);
    }
    buf_clear(&file);
    return marked;
}

static void expect(int marks, const char *text, const Instr *body, size_t count)
{
    Diag d;
    int got = verify(body, count, &d);
    if (got != marks || (marks < 0 && strstr(d.text, text) == NULL))
        print_error("wanted \"%s\", got: %s\n", text, d.text);
    assert_int_equal(got, marks);
    if (marks < 0) assert_non_null(strstr(d.text, text));
    if (marks < 0) assert_non_null(strstr(d.text, "function "));
}
#define CODE(...)          (Instr[]){__VA_ARGS__}, sizeof((Instr[]){__VA_ARGS__}) / sizeof(Instr)
#define GOOD(...)          expect(0, "", CODE(__VA_ARGS__))
#define MARKED(count, ...) expect(count, "", CODE(__VA_ARGS__))
#define BAD(text, ...)     expect(-1, text, CODE(__VA_ARGS__))

// ---- registers (V1) -------------------------------------------------------------------
static void test_registers(void **state)
{
    GOOD(I(move, x(0), x(3)), I(move, x(3), x(0)), RETURN);
    BAD("x3 is read before it is set", I(move, x(3), x(0)), RETURN);
    BAD("x0 is read before it is set", I(allocate, u(0), u(0)), I(deallocate, u(0)), RETURN);
    BAD("x1 is kept but not set", I(test_heap, u(2), u(2)), RETURN);
    BAD("x1 is read before it is set",  // lost in the collection
        I(move, x(0), x(1)), I(test_heap, u(2), u(1)), I(move, x(1), x(0)), RETURN);
    BAD("x1 is read before it is set",  // set on one way only
        I(is_atom, f(5), x(0)), I(move, n(1), x(1)), I(label, u(5)), I(move, x(1), x(0)), RETURN);
    BAD("x1 is read before it is set", I(allocate, u(0), u(1)), I(move, x(0), x(1)),
        I(call_ext, u(1), u(I_SPAWN)), I(move, x(1), x(0)), I(deallocate, u(0)), RETURN);
    BAD("y0 is read before it is set", I(allocate, u(1), u(1)), I(move, y(0), x(0)),
        I(deallocate, u(1)), RETURN);
    BAD("y0 is not set when a collection may come", I(allocate, u(1), u(1)),
        I(test_heap, u(2), u(1)), I(deallocate, u(1)), RETURN);
    BAD("fr1 is read before", I(fmove, lit(LIT_FLOAT), fr(0)), I(fadd, f(0), fr(0), fr(1), fr(0)),
        RETURN);
    BAD("fr0 is read before", I(fmove, lit(LIT_FLOAT), fr(0)), I(allocate, u(0), u(1)),
        I(call_ext, u(1), u(I_SPAWN)), I(fadd, f(0), fr(0), fr(0), fr(0)), I(deallocate, u(0)),
        RETURN);
    BAD("moves between two", I(fmove, lit(LIT_FLOAT), x(1)), RETURN);
}

// ---- frames (V2) ------------------------------------------------------------------------
static void test_frames(void **state)
{
    GOOD(I(allocate, u(1), u(1)), I(move, x(0), y(0)), I(trim, u(1), u(0)), I(deallocate, u(0)),
         RETURN);
    BAD("y0 is used without a frame", I(move, x(0), y(0)), RETURN);
    BAD("y1 is outside of the frame of 1", I(allocate, u(1), u(1)), I(move, x(0), y(1)),
        I(deallocate, u(1)), RETURN);
    BAD("there is a frame of 1", I(allocate, u(1), u(1)), RETURN);
    BAD("there is a frame of 1", I(allocate, u(1), u(1)), I(init, y(0)), I(allocate, u(1), u(1)),
        I(deallocate, u(1)), RETURN);
    BAD("drops 2 slots of a frame of 1", I(allocate, u(1), u(1)), I(deallocate, u(2)), RETURN);
    BAD("there is no frame", I(deallocate, u(0)), RETURN);
    BAD("there is no frame", I(call_ext, u(1), u(I_SPAWN)), RETURN);
    BAD("trims a frame", I(allocate, u(2), u(1)), I(trim, u(1), u(2)), I(deallocate, u(2)), RETURN);
    BAD("different frames or handlers meet", I(is_atom, f(5), x(0)), I(allocate, u(1), u(1)),
        I(label, u(5)), RETURN);
    GOOD(I(is_atom, f(5), x(0)), I(allocate, u(1), u(1)), I(label, u(5)),
         I(call_ext_last, u(1), u(I_ERROR), u(7)));
    BAD("drops 3 slots", I(allocate, u(1), u(1)), I(move, x(0), x(1)),
        I(call_last, u(2), f(L_G), u(3)));
}

// ---- heap (V3) ----------------------------------------------------------------------------
static void test_heap(void **state)
{
    GOOD(I(test_heap, u(5), u(1)), I(put_list, x(0), x(0), x(1)),
         I(put_tuple2, x(0), LIST(x(0), x(1))), RETURN);
    BAD("builds 2 words where 0 are reserved", I(put_list, x(0), x(0), x(0)), RETURN);
    BAD("builds 3 words where 2 are reserved", I(test_heap, u(2), u(1)),
        I(put_tuple2, x(0), LIST(x(0), x(0))), RETURN);
    BAD("builds 2 words where 1 are reserved", I(test_heap, u(3), u(1)),
        I(put_list, x(0), x(0), x(0)), I(put_list, x(0), x(0), x(0)), RETURN);
    BAD("builds 2 words where 0 are reserved", I(test_heap, u(2), u(1)),
        I(gc_bif2, f(0), u(1), u(I_PLUS), x(0), x(0), x(1)), I(put_list, x(0), x(1), x(0)), RETURN);
    BAD("builds 2 words where 0", I(is_atom, f(5), x(0)), I(test_heap, u(2), u(1)), I(label, u(5)),
        I(put_list, x(0), x(0), x(0)), RETURN);
    BAD("builds 2 words", I(fmove, lit(LIT_FLOAT), fr(0)), I(fmove, fr(0), x(0)), RETURN);
    BAD("builds 4 words", I(make_fun3, u(0), x(0), LIST(x(0))), RETURN);
    BAD("number of free variables", I(test_heap, u(9), u(1)),
        I(make_fun3, u(0), x(0), LIST(x(0), x(0))), RETURN);
    GOOD(I(make_fun2, u(0)), RETURN);
}

// ---- handlers (V4) ---------------------------------------------------------------------------
#define TRY_CALL \
    I(allocate, u(1), u(1)), I(try, y(0), f(5)), I(call_ext, u(1), u(I_SPAWN)), I(try_end, y(0))
static void test_handlers(void **state)
{
    GOOD(TRY_CALL, I(jump, f(6)), I(label, u(5)), I(try_case, y(0)), I(label, u(6)),
         I(deallocate, u(1)), RETURN);
    GOOD(I(allocate, u(1), u(1)), I(catch, y(0), f(5)), I(call_ext, u(1), u(I_SPAWN)),
         I(label, u(5)), I(catch_end, y(0)), I(deallocate, u(1)), RETURN);
    MARKED(1, I(allocate, u(1), u(1)), I(try, y(0), f(5)), I(call_ext, u(1), u(I_SPAWN)),
           I(label, u(5)), I(try_case, y(0)), I(deallocate, u(1)), RETURN);
    BAD("does not begin with", TRY_CALL, I(jump, f(6)), I(label, u(5)), I(move, n(1), x(0)),
        I(label, u(6)), I(deallocate, u(1)), RETURN);
    BAD("y0 holds a catch or try tag", I(allocate, u(1), u(1)), I(try, y(0), f(5)),
        I(move, y(0), x(0)), I(try_end, y(0)), I(deallocate, u(1)), RETURN, I(label, u(5)),
        I(try_case, y(0)), I(deallocate, u(1)), RETURN);
    BAD("y0 holds an active", I(allocate, u(1), u(1)), I(try, y(0), f(5)), I(move, x(0), y(0)),
        I(deallocate, u(1)), RETURN, I(label, u(5)), I(try_case, y(0)), I(deallocate, u(1)),
        RETURN);
    BAD("a catch or try is active", I(allocate, u(1), u(1)), I(try, y(0), f(5)),
        I(deallocate, u(1)), RETURN, I(label, u(5)), I(try_case, y(0)), I(deallocate, u(1)),
        RETURN);
    BAD("is not the slot of the innermost handler", I(allocate, u(2), u(1)), I(try, y(1), f(5)),
        I(try, y(0), f(6)), I(try_end, y(1)), I(label, u(5)), I(try_case, y(1)), I(label, u(6)),
        I(try_case, y(0)), RETURN);
    BAD("is not below the slot", I(allocate, u(2), u(1)), I(try, y(0), f(5)), I(try, y(1), f(6)),
        I(label, u(5)), I(try_case, y(0)), I(label, u(6)), I(try_case, y(1)), RETURN);
    BAD("is reached without an exception", I(allocate, u(1), u(1)), I(try_case, y(0)),
        I(deallocate, u(1)), RETURN);
    BAD("x1 is read before it is set",  // x registers are gone in a handler
        I(allocate, u(1), u(1)), I(move, x(0), x(1)), I(catch, y(0), f(5)),
        I(call_ext, u(1), u(I_SPAWN)), I(label, u(5)), I(catch_end, y(0)), I(move, x(1), x(0)),
        I(deallocate, u(1)), RETURN);
    BAD("y0 is read before it is set",  // on the way through the handler
        I(allocate, u(2), u(1)), I(try, y(1), f(5)), I(move, x(0), y(0)), I(try_end, y(1)),
        I(jump, f(6)), I(label, u(5)), I(try_case, y(1)), I(label, u(6)), I(move, y(0), x(0)),
        I(deallocate, u(2)), RETURN);
    MARKED(1,  // a cons before, anything after: the handler knows neither
           I(allocate, u(2), u(1)), I(move, lit(LIT_CONS), y(0)), I(try, y(1), f(5)),
           I(move, x(0), y(0)), I(try_end, y(1)), I(jump, f(6)), I(label, u(5)), I(try_case, y(1)),
           I(get_hd, y(0), x(0)), I(label, u(6)), I(deallocate, u(2)), RETURN);
}

// ---- contexts (V5) -----------------------------------------------------------------------------
#define START I(bs_start_match4, a(A_UNUSED), u(1), x(0), x(1))
static void test_contexts(void **state)
{
    GOOD(START, I(bs_get_tail, x(1), x(0), u(2)), RETURN);
    MARKED(1, I(bs_get_tail, x(0), x(0), u(1)), RETURN);
    BAD("x1 may hold a match context", START, I(move, x(1), x(0)), I(move, n(1), x(2)),
        I(is_eq, f(L_INFO), x(1), x(2)), RETURN);
    BAD("x0 may hold a match context", START, I(move, x(1), x(0)), RETURN);
    BAD("may hold a match context", START, I(call_ext_only, u(2), u(I_SEND)));
    BAD("may hold a match context", START, I(test_heap, u(2), u(2)), I(put_list, x(1), x(1), x(0)),
        RETURN);
    BAD("may hold a match context",  // g/2 returns what it gets as first argument
        START, I(swap, x(0), x(1)), I(call_only, u(2), f(L_G)));
    GOOD(START, I(call_only, u(2), f(L_G)));
    BAD("unit 0", START, I(bs_test_unit, f(L_INFO), x(1), u(0)), RETURN);
}

// ---- jumps, calls (V6) ---------------------------------------------------------------------------
static void test_jumps(void **state)
{
    GOOD(I(is_atom, f(L_INFO), x(0)), RETURN);
    BAD("label 4 is jumped to and stands nowhere in the function", I(jump, f(L_G)));
    BAD("label 9 is jumped to and stands nowhere", I(jump, f(9)));
    BAD("stands in two places", I(label, u(5)), RETURN, I(label, u(5)), RETURN);
    BAD("a way leads past the end", I(move, x(0), x(1)));
    BAD("a way leads past the end", I(jump, f(5)), I(label, u(5)));
    GOOD(I(move, x(0), x(1)), I(call_only, u(2), f(L_G)));
    BAD("not the entry of a function", I(move, x(0), x(1)), I(call_only, u(2), f(L_G_INFO)));
    BAD("not the entry of a function", I(label, u(5)), I(call_only, u(1), f(5)));
    BAD("calls a label that stands nowhere", I(call_only, u(1), f(9)));
    BAD("a function of another arity", I(call_only, u(1), f(L_G)));
    BAD("x1 is read before it is set", I(call_only, u(2), f(L_G)));
    BAD("the imported function has 1 arguments", I(call_ext_only, u(0), u(I_SPAWN)));
    BAD("the builtin has 0 arguments", I(bif1, f(0), u(I_NODE), x(0), x(0)), RETURN);
    BAD("is not allowed in guards", I(bif1, f(0), u(I_SPAWN), x(0), x(0)), RETURN);
    BAD("a choice is a register", I(select_val, x(0), f(L_INFO), LIST(x(0), f(L_INFO))));
    BAD("on_load function with arguments", I(on_load), RETURN);
}

// ---- loops (V7) -------------------------------------------------------------------------------------
static void test_loops(void **state)
{
    BAD("never gives way", I(label, u(5)), I(jump, f(5)));
    BAD("never gives way", I(jump, f(L_ENTRY)));
    BAD("never gives way", I(label, u(5)), I(is_atom, f(6), x(0)), RETURN, I(label, u(6)),
        I(jump, f(5)));
    BAD("never gives way", I(allocate, u(1), u(1)), I(label, u(5)), I(move, n(1), x(0)),
        I(try, y(0), f(6)), I(badmatch, x(0)), I(label, u(6)), I(try_case, y(0)), I(jump, f(5)));
    GOOD(I(allocate, u(0), u(1)), I(label, u(5)), I(move, n(1), x(0)),
         I(call_ext, u(1), u(I_SPAWN)), I(jump, f(5)));
    GOOD(I(allocate, u(0), u(1)), I(label, u(5)), I(loop_rec, f(7), x(0)), I(is_atom, f(6), x(0)),
         I(remove_message), I(deallocate, u(0)), RETURN, I(label, u(6)), I(loop_rec_end, f(5)),
         I(label, u(7)), I(wait, f(5)));
    BAD("x1 is read before it is set",  // registers do not outlive a wait
        I(allocate, u(0), u(1)), I(move, n(1), x(1)), I(label, u(5)), I(loop_rec, f(7), x(0)),
        I(move, x(1), x(0)), I(deallocate, u(0)), RETURN, I(label, u(7)), I(wait, f(5)));
    GOOD(I(allocate, u(0), u(1)), I(label, u(5)), I(wait_timeout, f(5), x(0)), I(timeout),
         I(move, n(1), x(0)), I(deallocate, u(0)), RETURN);
    BAD("the time is not kept", I(allocate, u(0), u(1)), I(label, u(5)), I(loop_rec, f(7), x(1)),
        I(jump, f(5)), I(label, u(7)), I(wait_timeout, f(5), x(0)), I(timeout), I(move, n(1), x(0)),
        I(deallocate, u(0)), RETURN);
}

// ---- binaries under construction, tuples in place (V8, V9) ------------------------------------------
#define INIT I(bs_init2, f(0), u(2), u(0), u(1), u(0), x(1))
static void test_building_in_place(void **state)
{
    GOOD(INIT, I(bs_put_string, u(2), u(0)), I(move, x(1), x(0)), RETURN);
    BAD("no binary is under construction", I(bs_put_string, u(2), u(0)), RETURN);
    BAD("no binary is under construction", INIT, I(test_heap, u(2), u(2)),
        I(bs_put_string, u(2), u(0)), RETURN);
    BAD("no binary is under construction", I(is_atom, f(5), x(0)), INIT, I(label, u(5)),
        I(bs_put_string, u(2), u(0)), RETURN);
    BAD("x1 is read before it is set",  // it would not survive the collection
        I(move, x(0), x(1)),
        I(bs_create_bin, f(0), u(0), u(1), u(1), x(0),
          LIST(a(A_INTEGER), u(1), u(1), (Operand){.kind = K_NIL}, x(1), n(8))),
        RETURN);
#define SETELEMENT                                                                          \
    I(allocate, u(1), u(1)), I(move, x(0), y(0)), I(move, x(0), x(1)), I(move, x(0), x(2)), \
        I(move, n(1), x(0)), I(call_ext, u(3), u(I_SETELEMENT))
    MARKED(1, SETELEMENT, I(set_tuple_element, y(0), x(0), u(1)), I(deallocate, u(1)), RETURN);
    BAD("not one that setelement has just made", I(set_tuple_element, n(1), x(0), u(0)), RETURN);
    BAD("not one that setelement has just made", SETELEMENT, I(test_heap, u(2), u(1)),
        I(put_list, x(0), x(0), x(1)), I(set_tuple_element, x(1), x(0), u(1)), I(deallocate, u(1)),
        RETURN);
    BAD("the tuple may contain itself", SETELEMENT, I(move, x(0), x(1)),
        I(set_tuple_element, x(1), x(0), u(1)), I(deallocate, u(1)), RETURN);
}

// ---- kinds: proven, or tested -------------------------------------------------------------------------
static void test_kinds(void **state)
{
    GOOD(I(is_nonempty_list, f(L_INFO), x(0)), I(get_list, x(0), x(0), x(1)), RETURN);
    MARKED(1, I(get_list, x(0), x(1), x(2)), I(get_hd, x(0), x(0)), RETURN);  // once is enough
    GOOD(I(is_list, f(L_INFO), x(0)), I(is_nil, f(5), x(0)), RETURN, I(label, u(5)),
         I(get_tl, x(0), x(0)), RETURN);
    GOOD(I(is_tuple, f(L_INFO), x(0)), I(test_arity, f(L_INFO), x(0), u(2)),
         I(get_tuple_element, x(0), u(1), x(0)), RETURN);
    MARKED(1, I(test_arity, f(L_INFO), x(0), u(2)), RETURN);
    MARKED(1, I(is_tagged_tuple, f(L_INFO), x(0), u(2), a(A_M)),
           I(get_tuple_element, x(0), u(2), x(0)), RETURN);
    GOOD(I(move, lit(LIT_TUPLE), x(0)), I(get_tuple_element, x(0), u(1), x(0)), RETURN);
    MARKED(1, I(is_atom, f(5), x(0)), I(move, lit(LIT_TUPLE), x(0)), I(label, u(5)),
           I(get_tuple_element, x(0), u(1), x(0)), RETURN);
    GOOD(I(is_map, f(L_INFO), x(0)), I(get_map_elements, f(L_INFO), x(0), LIST(a(A_M), x(0))),
         RETURN);
    MARKED(1, I(has_map_fields, f(L_INFO), x(0), LIST(a(A_M))), RETURN);
    MARKED(1,  // the first key may have been fetched when the second is missing
           I(move, lit(LIT_CONS), x(1)), I(move, lit(LIT_MAP), x(2)),
           I(get_map_elements, f(5), x(2), LIST(a(A_M), x(1), a(A_F), x(3))), RETURN,
           I(label, u(5)), I(get_hd, x(1), x(0)), RETURN);
    MARKED(1, I(fmove, x(0), fr(0)), RETURN);
    GOOD(I(is_float, f(L_INFO), x(0)), I(fmove, x(0), fr(0)), RETURN);
    GOOD(I(select_tuple_arity, x(0), f(L_INFO), LIST(u(2), f(5))), I(label, u(5)),
         I(get_tuple_element, x(0), u(1), x(0)), RETURN);
    MARKED(1, I(test_heap, u(3), u(1)), I(is_tuple, f(L_INFO), x(0)),
           I(update_record, a(A_M), u(2), x(0), x(0), LIST(u(1), n(1))), RETURN);
    GOOD(I(test_heap, u(3), u(1)),
         I(update_record, a(A_M), u(2), lit(LIT_TUPLE), x(0), LIST(u(1), n(1))), RETURN);
}

// ---- words ------------------------------------------------------------------------------------------------
static void test_refusal_names_the_place(void **state)
{
    Diag d;
    assert_int_equal(verify(CODE(I(move, x(0), x(1)), I(move, x(3), x(0)), RETURN), &d), -1);
    assert_non_null(strstr(d.text, "module m: function f/1, instruction 3 (move), offset "));
    assert_true(d.offset != DIAG_NO_OFFSET);
}

static Engine *engine;
static int set_up(void **state)
{
    EngineOptions o = {.threads = 1};
    Diag d;
    return engine_new(&o, &engine, &d) == ST_OK ? 0 : -1;
}
static int tear_down(void **state)
{
    engine_free(engine);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_registers), cmocka_unit_test(test_frames),
        cmocka_unit_test(test_heap),      cmocka_unit_test(test_handlers),
        cmocka_unit_test(test_contexts),  cmocka_unit_test(test_jumps),
        cmocka_unit_test(test_loops),     cmocka_unit_test(test_building_in_place),
        cmocka_unit_test(test_kinds),     cmocka_unit_test(test_refusal_names_the_place),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
