// SPDX-License-Identifier: Apache-2.0
// tests/unit/beam/tiny.h - small .beam files made by hand.

#ifndef UNIT_BEAM_TINY_H
#define UNIT_BEAM_TINY_H

#include "beam/beam_writer.h"
#include "unit.h"

// Operands.
static inline Operand o_u(uint64_t v) { return (Operand){.kind = K_U, .u = v}; }
static inline Operand o_i(int64_t v) { return (Operand){.kind = K_INT, .i = v}; }
static inline Operand o_x(uint64_t v) { return (Operand){.kind = K_X, .u = v}; }
static inline Operand o_y(uint64_t v) { return (Operand){.kind = K_Y, .u = v}; }
static inline Operand o_f(uint64_t v) { return (Operand){.kind = v ? K_LABEL : K_RAISE, .u = v}; }
static inline Operand o_a(uint64_t v) { return (Operand){.kind = K_ATOM, .u = v}; }
static inline Operand o_fr(uint64_t v) { return (Operand){.kind = K_FR, .u = v}; }
static inline Operand o_lit(uint64_t v) { return (Operand){.kind = K_LITERAL, .u = v}; }
static inline Operand o_nil(void) { return (Operand){.kind = K_NIL}; }
static inline Operand o_list(const Operand *items, uint32_t count)
{
    return (Operand){.kind = K_LIST, .items = items, .count = count};
}

// The atoms of every tiny module, from 1 on.
enum {
    A_M = 1,
    A_F,
    A_INTEGER,
    A_BINARY,
    A_ENSURE_AT_LEAST,
    A_ENSURE_EXACTLY,
    A_SKIP,
    A_GET_TAIL,
    A_EQ,
    A_REUSE,
    A_STRING,
    A_ALL,
    A_LINE,
    A_NO_FAIL,
    A_COUNT
};

static const char *const tiny_atoms[A_COUNT] = {NULL,
                                                "m",
                                                "f",
                                                "integer",
                                                "binary",
                                                "ensure_at_least",
                                                "ensure_exactly",
                                                "skip",
                                                "get_tail",
                                                "=:=",
                                                "reuse",
                                                "string",
                                                "all",
                                                "line",
                                                "no_fail"};

// m:f/1 around some instructions: labels 1 and 2 are its own, 3 and 4 are free.
typedef struct Tiny {
    BeamWriter w;
    Buf code;
    Buf file;
} Tiny;

static inline void tiny_bytes(Tiny *t, const void *bytes, size_t size)
{
    assert_ok(buf_append(&t->code, bytes, size));
}

static inline void tiny_op(Tiny *t, uint32_t op, const Operand *args, uint32_t argc)
{
    Instr in = {.op = op, .argc = argc};
    for (uint32_t i = 0; i < argc; i++) in.args[i] = args[i];
    assert_ok(beam_write_instr(&t->code, &in));
}

#define OPS(...) ((Operand[]){__VA_ARGS__}), sizeof((Operand[]){__VA_ARGS__}) / sizeof(Operand)

static inline void tiny_atoms_of(Buf *b)
{
    BeamSpan texts[A_COUNT];
    for (int i = 1; i < A_COUNT; i++)
        texts[i - 1] = (BeamSpan){(const uint8_t *)tiny_atoms[i], (uint32_t)strlen(tiny_atoms[i])};
    assert_ok(beam_write_atoms(b, texts, A_COUNT - 1));
}

// Begins the function; the caller appends instructions to t->code.
static inline void tiny_begin(Tiny *t)
{
    beam_writer_init(&t->w, NULL, NULL);
    buf_init(&t->code);
    buf_init(&t->file);
    assert_ok(beam_write_code_header(&t->code, OP_COUNT - 1, 5, 1));
    tiny_op(t, OP_label, OPS(o_u(1)));
    tiny_op(t, OP_func_info, OPS(o_a(A_M), o_a(A_F), o_u(1)));
    tiny_op(t, OP_label, OPS(o_u(2)));
}

// Writes the file: one export, one import, one literal {}, strings "abcd".
static inline void tiny_end(Tiny *t)
{
    static const uint8_t empty_tuple[] = {131, 104, 0};
    tiny_bytes(t, "\x03", 1);  // int_code_end
    tiny_atoms_of(beam_writer_chunk(&t->w, "AtU8"));
    Buf *b = beam_writer_chunk(&t->w, "Code");
    assert_ok(buf_append(b, t->code.data, t->code.len));
    assert_ok(buf_append_str(beam_writer_chunk(&t->w, "StrT"), "abcd"));
    BeamImport import = {A_M, A_F, 2};
    assert_ok(beam_write_imports(beam_writer_chunk(&t->w, "ImpT"), &import, 1));
    BeamFunction export = {A_F, 1, 2};
    assert_ok(beam_write_functions(beam_writer_chunk(&t->w, "ExpT"), &export, 1));
    BeamLambda lambda = {A_F, 1, 2, 0, 0, 7};
    assert_ok(beam_write_lambdas(beam_writer_chunk(&t->w, "FunT"), &lambda, 1));
    BeamSpan literal = {empty_tuple, sizeof empty_tuple};
    assert_ok(beam_write_literals(beam_writer_chunk(&t->w, "LitT"), &literal, 1, true));
}

static inline void tiny_finish(Tiny *t)
{
    t->file.len = 0;
    assert_ok(beam_writer_finish(&t->w, &t->file));
}

static inline void tiny_clear(Tiny *t)
{
    beam_writer_clear(&t->w);
    buf_clear(&t->code);
    buf_clear(&t->file);
}

// Parses and decodes everything; the worst status and what was said of it.
static inline Status tiny_read(const uint8_t *bytes, size_t size, Diag *d)
{
    BeamFile f;
    Status st = beam_file_parse(&f, bytes, size, NULL, NULL, d);
    if (st != ST_OK) return st;
    CodeReader r;
    code_reader_init(&r, &f, NULL);
    Instr in;
    while (st == ST_OK && !r.done) st = code_reader_next(&r, &in, d);
    code_reader_clear(&r);
    beam_file_clear(&f);
    return st;
}

#endif
