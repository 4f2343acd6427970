// SPDX-License-Identifier: Apache-2.0
// sandbox/functions_module.c - see functions_module.h.
#include "sandbox/functions_module.h"

#include "base/vec.h"
#include "beam/beam_writer.h"
#include "beam/ops.h"

// The first atoms and the imports of every such module.
enum {
    ATOM_MODULE = 1,
    ATOM_apex_call,
    ATOM_call,
    ATOM_erlang,
    ATOM_get_module_info,
    ATOM_module_info,
    ATOM_FIXED
};
enum { IMPORT_CALL, IMPORT_INFO_1, IMPORT_INFO_2, IMPORT_COUNT };

typedef struct Text {
    Buf *code;
    Status status;  // the first trouble
} Text;

static Operand number(uint64_t u) { return (Operand){.kind = K_U, .u = u}; }
static Operand atom(uint64_t n) { return (Operand){.kind = K_ATOM, .u = n}; }
static Operand x(uint64_t n) { return (Operand){.kind = K_X, .u = n}; }
static Operand nil(void) { return (Operand){.kind = K_NIL}; }

static void emit(Text *t, unsigned op, size_t n, const Operand *args)
{
    if (t->status == ST_OK) t->status = buf_append_u8(t->code, (uint8_t)op);
    for (size_t i = 0; i < n && t->status == ST_OK; i++)
        t->status = beam_write_operand(t->code, &args[i]);
}
#define EMIT(t, op, ...) \
    emit(t, op, sizeof((Operand[]){__VA_ARGS__}) / sizeof(Operand), (Operand[]){__VA_ARGS__})

static void move(Text *t, Operand from, unsigned to) { EMIT(t, OP_move, from, x(to)); }

static void begin(Text *t, unsigned index, unsigned name, unsigned arity)
{
    EMIT(t, OP_label, number(2 * index + 1));
    EMIT(t, OP_func_info, atom(ATOM_MODULE), atom(name), number(arity));
    EMIT(t, OP_label, number(2 * index + 2));
}

// apex_call:call(Module, Function, [X0, …])
static void write_function(Text *t, unsigned index, unsigned name, unsigned arity)
{
    begin(t, index, name, arity);
    if (arity > 0) EMIT(t, OP_test_heap, number(2 * arity), number(arity));
    move(t, nil(), arity);
    for (unsigned i = arity; i-- > 0;) EMIT(t, OP_put_list, x(i), x(arity), x(arity));
    if (arity != 2) move(t, x(arity), 2);
    move(t, atom(ATOM_MODULE), 0);
    move(t, atom(name), 1);
    EMIT(t, OP_call_ext_only, number(3), number(IMPORT_CALL));
}

// erlang:get_module_info(Module) or (Module, X0)
static void write_info(Text *t, unsigned index, unsigned arity)
{
    begin(t, index, ATOM_module_info, arity);
    if (arity > 0) move(t, x(0), 1);
    move(t, atom(ATOM_MODULE), 0);
    EMIT(t, OP_call_ext_only, number(arity + 1), number(IMPORT_INFO_1 + arity));
}

static BeamSpan span(Term name)
{
    AtomText t = atom_text(name);
    return (BeamSpan){(const uint8_t *)t.bytes, (uint32_t)t.len};
}

#define SPAN(text) ((BeamSpan){(const uint8_t *)(text), sizeof(text) - 1})

static Status write_atoms(Buf *out, Term module, const FunctionName *names, size_t count)
{
    Vec(BeamSpan) texts;
    vec_init(&texts, NULL);
    const BeamSpan fixed[] = {span(module),   SPAN("apex_call"),       SPAN("call"),
                              SPAN("erlang"), SPAN("get_module_info"), SPAN("module_info")};
    Status st = ST_OK;
    for (size_t i = 0; i < ARRAY_LEN(fixed) && st == ST_OK; i++) st = vec_push(&texts, fixed[i]);
    for (size_t i = 0; i < count && st == ST_OK; i++) st = vec_push(&texts, span(names[i].name));
    if (st == ST_OK) st = beam_write_atoms(out, texts.items, (uint32_t)texts.len);
    vec_clear(&texts);
    return st;
}

static Status write_exports(Buf *out, const FunctionName *names, size_t count)
{
    Vec(BeamFunction) rows;
    vec_init(&rows, NULL);
    Status st = ST_OK;
    uint32_t index = 0;
    for (; index < count && st == ST_OK; index++) {
        st = vec_push(&rows,
                      ((BeamFunction){ATOM_FIXED + index, names[index].arity, 2 * index + 2}));
    }
    for (uint32_t arity = 0; arity < 2 && st == ST_OK; arity++, index++) {
        st = vec_push(&rows, ((BeamFunction){ATOM_module_info, arity, 2 * index + 2}));
    }
    if (st == ST_OK) st = beam_write_functions(out, rows.items, (uint32_t)rows.len);
    vec_clear(&rows);
    return st;
}

static Status write_code(Buf *out, const FunctionName *names, size_t count)
{
    unsigned functions = (unsigned)count + 2;
    TRY(beam_write_code_header(out, OP_call_ext_only, 2 * functions + 1, functions));
    Text t = {out, ST_OK};
    for (unsigned i = 0; i < count; i++) write_function(&t, i, ATOM_FIXED + i, names[i].arity);
    for (unsigned arity = 0; arity < 2; arity++) write_info(&t, (unsigned)count + arity, arity);
    emit(&t, OP_int_code_end, 0, NULL);
    return t.status;
}

static Status write_chunks(BeamWriter *w, Term module, const FunctionName *names, size_t count)
{
    static const BeamImport imports[IMPORT_COUNT] = {
        [IMPORT_CALL] = {ATOM_apex_call, ATOM_call, 3},
        [IMPORT_INFO_1] = {ATOM_erlang, ATOM_get_module_info, 1},
        [IMPORT_INFO_2] = {ATOM_erlang, ATOM_get_module_info, 2},
    };
    TRY(write_atoms(beam_writer_chunk(w, "AtU8"), module, names, count));
    TRY(write_code(beam_writer_chunk(w, "Code"), names, count));
    (void)beam_writer_chunk(w, "StrT");
    TRY(beam_write_imports(beam_writer_chunk(w, "ImpT"), imports, IMPORT_COUNT));
    return write_exports(beam_writer_chunk(w, "ExpT"), names, count);
}

Status functions_module_write(Buf *out, Term module, const FunctionName *names, size_t count)
{
    BeamWriter *w = arena_alloc(NULL, sizeof *w);
    if (w == NULL) return ST_NOMEM;
    beam_writer_init(w, NULL, NULL);
    Status st = write_chunks(w, module, names, count);
    if (st == ST_OK) st = beam_writer_finish(w, out);
    beam_writer_clear(w);
    arena_free(NULL, w, sizeof *w);
    return st;
}
