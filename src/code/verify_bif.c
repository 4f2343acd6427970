// SPDX-License-Identifier: Apache-2.0
// code/verify_bif.c - what is known of imported builtins, and guard builtins.
#include <stdlib.h>

#include "code/builtin.h"
#include "code/verify_int.h"
#include "term/atom.h"

#define A(n) (&in->args[n])

// ---- builtins of module erlang that mean something to the verifier --------------------
typedef struct Known {
    Term name;
    uint8_t arity;
    uint8_t flags;
    VType result;   // 0: any
    VType proves;   // kind that its last argument has when it returned
} Known;

#define TEST(name, n)  {AM_##name, n, IMPORT_NO_HEAP, T_ATOM, 0}
#define ARITH(name, n) {AM_##name, n, 0, T_INT | T_FLOAT, 0}
#define WHOLE(name, n) {AM_##name, n, 0, T_INT, 0}

static const Known known[] = {
    {AM_error, 1, IMPORT_RAISES, 0, 0},
    {AM_error, 2, IMPORT_RAISES, 0, 0},
    {AM_error, 3, IMPORT_RAISES, 0, 0},
    {AM_exit, 1, IMPORT_RAISES, 0, 0},
    {AM_throw, 1, IMPORT_RAISES, 0, 0},
    {AM_setelement, 3, IMPORT_SETS, 0, 0},
    {AM_self, 0, IMPORT_GUARD | IMPORT_NO_HEAP, T_OTHER, 0},
    {AM_node, 0, IMPORT_GUARD | IMPORT_NO_HEAP, T_ATOM, 0},
    {AM_node, 1, IMPORT_GUARD, T_ATOM, 0},
    {AM_get, 1, IMPORT_GUARD | IMPORT_NO_HEAP, 0, 0},
    {AM_hd, 1, IMPORT_NO_HEAP, 0, T_CONS},
    {AM_tl, 1, IMPORT_NO_HEAP, 0, T_CONS},
    {AM_element, 2, IMPORT_NO_HEAP, 0, T_TUPLE},
    {AM_tuple_size, 1, IMPORT_NO_HEAP, T_INT, T_TUPLE},
    {AM_map_get, 2, IMPORT_NO_HEAP, 0, T_MAP},
    {AM_is_map_key, 2, IMPORT_NO_HEAP, T_ATOM, T_MAP},
    {AM_map_size, 1, 0, T_INT, T_MAP},
    {AM_length, 1, 0, T_INT, T_NIL | T_CONS},
    {AM_byte_size, 1, 0, T_INT, T_BITS},
    {AM_bit_size, 1, 0, T_INT, T_BITS},
    TEST(is_atom, 1),
    TEST(is_binary, 1),
    TEST(is_bitstring, 1),
    TEST(is_boolean, 1),
    TEST(is_float, 1),
    TEST(is_function, 1),
    TEST(is_function, 2),
    TEST(is_integer, 1),
    TEST(is_list, 1),
    TEST(is_map, 1),
    TEST(is_number, 1),
    TEST(is_pid, 1),
    TEST(is_port, 1),
    TEST(is_record, 2),
    TEST(is_record, 3),
    TEST(is_reference, 1),
    TEST(is_tuple, 1),
    TEST(eq, 2),
    TEST(neq, 2),
    TEST(Eq, 2),
    TEST(Neq, 2),
    TEST(lt, 2),
    TEST(gt, 2),
    TEST(le, 2),
    TEST(ge, 2),
    TEST(and, 2),
    TEST(or, 2),
    TEST(xor, 2),
    TEST(not, 1),
    ARITH(plus, 2),
    ARITH(minus, 1),
    ARITH(minus, 2),
    ARITH(times, 2),
    ARITH(abs, 1),
    WHOLE(div, 2),
    WHOLE(rem, 2),
    WHOLE(band, 2),
    WHOLE(bor, 2),
    WHOLE(bxor, 2),
    WHOLE(bnot, 1),
    WHOLE(bsl, 2),
    WHOLE(bsr, 2),
    WHOLE(round, 1),
    WHOLE(trunc, 1),
    WHOLE(floor, 1),
    WHOLE(ceil, 1),
    {AM_divide, 2, 0, T_FLOAT, 0},
    {AM_float, 1, 0, T_FLOAT, 0},
};

static VImport describe(const Verifier *v, BeamImport im)
{
    VImport d = {.result = T_ANY, .arity = (uint8_t)im.arity};
    if (!beam_file_atom_is(v->file, im.module, "erlang")) return d;
    Term name = v->image->atoms[im.function - 1];
    const Bif *b = builtin_find(AM_erlang, name, im.arity);
    if (b == NULL) return d;
    if (b->kind == BIF_KIND_GUARD) d.flags |= IMPORT_GUARD;
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        const Known *k = &known[i];
        if (k->name != name || k->arity != im.arity) continue;
        d.flags |= k->flags;
        d.proves = k->proves;
        if (k->result != 0) d.result = k->result;
        break;
    }
    return d;
}

size_t verify_imports_size(const BeamFile *f)
{
    return ((size_t)f->import_count + 1) * sizeof(VImport);
}

Status verify_imports(Verifier *v)
{
    v->imports = arena_alloc(v->file->arena, verify_imports_size(v->file));
    if (v->imports == NULL) return ST_NOMEM;
    for (uint32_t i = 0; i < v->file->import_count; i++)
        v->imports[i] = describe(v, beam_file_import(v->file, i));
    return ST_OK;
}

// The way on which the builtin failed.
static Status flow_to_failure(Verifier *v, const Instr *in, const Operand *to)
{
    VState *s = &v->s;
    bool unset = to->kind == K_X && (to->u >= s->num_x || s->x[to->u] & T_UNSET);
    if (unset && A(0)->kind == K_LABEL) {
        v->leaves_unset = true;
        if (v->preset) {
            verify_mark(v);
            TRY(regs_write(v, in, to, T_NIL));
        }
    }
    uint32_t heap = s->heap;
    s->heap = 0;  // an error may be built before it is found out that nobody wants it
    TRY(verify_flow_to(v, in, A(0)));
    s->heap = heap;
    return ST_OK;
}

// ---- bif and gc_bif -------------------------------------------------------------------
// [fail,] [live,] builtin, sources…, destination
Status verify_bif(Verifier *v, const Instr *in)
{
    bool gc = in->info->effects & E_GC, has_fail = in->op != OP_bif0;
    uint32_t import = has_fail + gc, first = import + 1, last = in->argc - 1;
    const VImport *im = &v->imports[A(import)->u];
    if (im->arity != last - first)
        return verify_refuse(v, in, "the builtin has %u arguments", im->arity);
    if (!(im->flags & IMPORT_GUARD)) return verify_refuse(v, in, "is not allowed in guards");
    VType t = 0;
    for (uint32_t i = first; i < last; i++) TRY(regs_read(v, in, A(i), 0, &t));
    if (gc) TRY(regs_collect(v, in, A(1)->u));
    if (!(im->flags & IMPORT_NO_HEAP)) v->s.heap = 0;
    // Its arguments survive the call when nothing is collected.
    const Operand *arg = A(last - 1);
    bool kept = first < last && is_register(arg) && !(arg->kind == K_X && arg->u >= v->s.num_x);
    if (has_fail) TRY(flow_to_failure(v, in, A(last)));
    if (kept && im->proves != 0) regs_narrow(v, arg, type_narrow(t, im->proves));
    return regs_write(v, in, A(last), im->result);
}
