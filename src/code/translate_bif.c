// SPDX-License-Identifier: Apache-2.0
// code/translate_bif.c - guard builtins: those with an instruction of their own,
// and the general call.
#include "code/builtin.h"
#include "code/translate_emit.h"
#include "term/atom.h"

typedef struct GuardOp {
    Term name;
    unsigned arity;
    InstrIndex instr;
} GuardOp;

static const GuardOp arithmetic[] = {
    {AM_plus, 2, INSTR_plus},
    {AM_minus, 2, INSTR_minus},
    {AM_times, 2, INSTR_times},
    {AM_div, 2, INSTR_int_div},
    {AM_rem, 2, INSTR_int_rem},
    {AM_band, 2, INSTR_band},
    {AM_bor, 2, INSTR_bor},
    {AM_bxor, 2, INSTR_bxor},
    {AM_bsl, 2, INSTR_bsl},
    {AM_bsr, 2, INSTR_bsr},
    {AM_bnot, 1, INSTR_bnot},
    {AM_minus, 1, INSTR_neg},
    {AM_tuple_size, 1, INSTR_tuple_size},
};

static Term import_name(Translator *t, const Operand *o, unsigned *arity, const struct Bif **b)
{
    BeamImport im = beam_file_import(t->file, (uint32_t)o->u);
    Term name = t->image->atoms[im.function - 1];
    *arity = im.arity;
    *b = builtin_find(t->image->atoms[im.module - 1], name, im.arity);
    return beam_file_atom_is(t->file, im.module, "erlang") ? name : TERM_NONE;
}

// Two additions that follow each other, of x registers.
static Status emit_plus(Translator *t, InstrIndex i, const Arg *args)
{
    size_t before = t->last_start;
    bool follows = t->last == INSTR_plus_rr;
    TRY(tr_emit(t, i, 5, args));
    Word *code = t->code.items, x_form = instr_handler[INSTR_plus_rr_x];
    follows = follows && t->last_start == before + instr_words(INSTR_plus_rr);
    if (!follows || code[before] != x_form || code[t->last_start] != instr_handler[i + 1])
        return ST_OK;
    code[before] =
        instr_handler[i == INSTR_plus_rr ? INSTR_plus_rr_plus_rr : INSTR_plus_rr_plus_rc];
    return ST_OK;
}

// Addition and subtraction of a small constant, or of two registers.
static Status plus_minus(Translator *t, InstrIndex i, const Operand *fail, const Operand *live,
                         const Operand *a, const Operand *b, const Operand *d)
{
    bool plus = i == INSTR_plus;
    const Operand *in_order[2] = {a, b};
    if (plus && tr_is_reg(b) && !tr_is_reg(a)) {
        // The order shows nowhere: an error here does not name its operands.
        const Operand *swap = a;
        a = b, b = swap;
    }
    if (tr_is_reg(a) && tr_is_reg(b)) {
        Arg args[5] = {OPD(fail), OPD(d), OPD(live), OPD(a), OPD(b)};
        return plus ? emit_plus(t, INSTR_plus_rr, args) : tr_emit(t, INSTR_minus_rr, 5, args);
    }
    if (tr_is_reg(a)) {
        Term c = tr_constant(t, b);
        if (c == TERM_NONE) return ST_NOMEM;
        if (!is_small(c) && plus) {  // …but with a large constant it does
            return tr_emit(
                t, i, 5, (Arg[]){OPD(fail), OPD(d), OPD(live), OPD(in_order[0]), OPD(in_order[1])});
        }
        // X - C is X + -C: -0.0 - 0 is 0.0. (…as it does with X - -1, which stays what it is.)
        if (c == make_small(0)) plus = true;
        if (is_small(c) && (plus || small_value(c) > 0)) {
            Arg args[5] = {OPD(fail), OPD(d), OPD(live), OPD(a), WORD(c)};
            return plus ? emit_plus(t, INSTR_plus_rc, args) : tr_emit(t, INSTR_minus_rc, 5, args);
        }
    }
    return tr_emit(t, i, 5, (Arg[]){OPD(fail), OPD(d), OPD(live), OPD(a), OPD(b)});
}

// The forms for two registers, and for a register and a small constant, stand behind the
// general one.
static Status arithmetic_of(Translator *t, InstrIndex i, const Operand *fail, const Operand *live,
                            const Operand *s, unsigned n, const Operand *d)
{
    Arg args[5] = {OPD(fail), OPD(d), OPD(live), OPD(s), OPD(s + 1)};
    bool has_forms = i >= INSTR_times && i < INSTR_bnot;
    if (has_forms && tr_is_reg(s) && tr_is_reg(s + 1)) return tr_emit(t, i + 3, 5, args);
    if (has_forms && tr_is_reg(s) && (s + 1)->kind == K_INT && fits_small((s + 1)->i)) {
        args[4] = WORD(make_small((s + 1)->i));
        return tr_emit(t, i + 1, 5, args);
    }
    return tr_emit(t, i, 3 + n, args);
}

Status tr_gc_bif(Translator *t, const Instr *in)
{
    // fail, live, builtin, sources…, destination
    unsigned n = in->argc - 4, arity;
    const struct Bif *b;
    const Operand *fail = &in->args[0], *live = &in->args[1], *s = &in->args[3],
                  *d = &in->args[in->argc - 1];
    Term name = import_name(t, &in->args[2], &arity, &b);
    if (arity != n) return tr_refuse(t, in, "arity of the builtin");
    for (size_t i = 0; name != TERM_NONE && i < ARRAY_LEN(arithmetic); i++) {
        const GuardOp *g = &arithmetic[i];
        if (g->name != name || g->arity != arity) continue;
        if (g->instr == INSTR_plus || g->instr == INSTR_minus)
            return plus_minus(t, g->instr, fail, live, s, s + 1, d);
        return arithmetic_of(t, g->instr, fail, live, s, n, d);
    }
    if (name == AM_plus && arity == 1) {
        // As in OTP, where +X is X + 0: +(-0.0) is 0.0, and an error says the same.
        static const Operand zero = {.kind = K_INT, .i = 0};
        return plus_minus(t, INSTR_plus, fail, live, s, &zero, d);
    }
    if (b == NULL) return tr_refuse(t, in, "not a builtin");
    Arg args[7] = {OPD(fail), OPD(d), OPD(live), WORD((uintptr_t)b)};
    for (unsigned i = 0; i < n; i++) args[4 + i] = OPD(s + i);
    return tr_emit(t, (InstrIndex)(INSTR_gc_bif1 + n - 1), 4 + n, args);
}

// A comparison whose outcome is a value. *done: it is one.
static Status comparison(Translator *t, Term name, const Operand *s, const Operand *d, bool *done)
{
    *done = true;
    switch (name) {
    case AM_Eq: return EMIT(t, value_eq_exact, OPD(d), OPD(s), OPD(s + 1));
    case AM_Neq: return EMIT(t, value_ne_exact, OPD(d), OPD(s), OPD(s + 1));
    case AM_eq: return EMIT(t, value_eq, OPD(d), OPD(s), OPD(s + 1));
    case AM_neq: return EMIT(t, value_ne, OPD(d), OPD(s), OPD(s + 1));
    case AM_lt: return EMIT(t, value_lt, OPD(d), OPD(s), OPD(s + 1));
    case AM_ge: return EMIT(t, value_ge, OPD(d), OPD(s), OPD(s + 1));
    case AM_gt: return EMIT(t, value_lt, OPD(d), OPD(s + 1), OPD(s));
    case AM_le: return EMIT(t, value_ge, OPD(d), OPD(s + 1), OPD(s));
    default: *done = false; return ST_OK;
    }
}

static Status special_bif(Translator *t, const Instr *in, Term name, unsigned n, bool *done)
{
    const Operand *fail = &in->args[0], *s = &in->args[2], *d = &in->args[in->argc - 1];
    *done = true;
    if (n == 0 && name == AM_self) return EMIT(t, self, OPD(d));
    if (n == 1 && name == AM_hd) return EMIT(t, hd_bif, OPD(fail), OPD(d), OPD(s));
    if (n == 1 && name == AM_tl) return EMIT(t, tl_bif, OPD(fail), OPD(d), OPD(s));
    if (n == 2 && name == AM_map_get)
        return EMIT(t, map_get_bif, OPD(fail), OPD(d), OPD(s), OPD(s + 1));
    if (n == 2 && name == AM_element) {
        if (s->kind == K_INT && s->i > 0 && s->i <= TUPLE_MAX_ARITY) {
            return EMIT(t, element_const, OPD(fail), OPD(d), OPD(s + 1), NUM(s->i));
        }
        return EMIT(t, element, OPD(fail), OPD(d), OPD(s), OPD(s + 1));
    }
    if (n == 2) return comparison(t, name, s, d, done);
    *done = false;
    return ST_OK;
}

Status tr_bif(Translator *t, const Instr *in)
{
    // [fail,] builtin, sources…, destination; bif0 has no fail label
    bool has_fail = in->op != OP_bif0;
    unsigned n = in->argc - 2 - has_fail, arity;
    const struct Bif *b;
    Term name = import_name(t, &in->args[has_fail], &arity, &b);
    if (arity != n) return tr_refuse(t, in, "arity of the builtin");
    bool done = false;
    Status st = name != TERM_NONE ? special_bif(t, in, name, n, &done) : ST_OK;
    if (done) return st;
    if (b == NULL) return tr_refuse(t, in, "not a builtin");
    const Operand *s = &in->args[2], *d = &in->args[in->argc - 1];
    if (n == 0) return EMIT(t, bif0, OPD(d), WORD((uintptr_t)b));
    Arg args[5] = {OPD(&in->args[0]), OPD(d), WORD((uintptr_t)b)};
    for (unsigned i = 0; i < n; i++) args[3 + i] = OPD(s + i);
    return tr_emit(t, (InstrIndex)(INSTR_bif1 + n - 1), 3 + n, args);
}
