// SPDX-License-Identifier: Apache-2.0
// code/translate_call.c - rules of calls and returns, and what they fuse with.
#include "code/builtin.h"
#include "code/translate_emit.h"
#include "term/atom.h"

#define RULE(name) Status name(Translator *t, const Instr *in)
#define A(n)       (&in->args[n])

static uint32_t import_number(Translator *t, const Operand *o) { return t->image->imports[o->u]; }
static Term atom_of(Translator *t, uint32_t index) { return t->image->atoms[index - 1]; }

// ---- calls --------------------------------------------------------------------
// The move to an x register that was emitted last, taken back to become part of a call.
typedef struct PriorMove {
    InstrIndex kind;   // move_xx, move_yx, move_cx
    uint32_t from, to;
    Word constant;     // of move_cx
} PriorMove;

static bool take_move(Translator *t, PriorMove *m)
{
    m->kind = t->last;
    switch (t->last) {
    case INSTR_move_xx:
    case INSTR_move_yx: m->from = tr_last_half(t, 0), m->to = tr_last_half(t, 1); break;
    case INSTR_move_cx:
        m->to = tr_last_half(t, 0), m->constant = t->code.items[t->last_start + 2];
        break;
    default: return false;
    }
    tr_drop_last(t);
    return true;
}

// Two moves, or a trim, become part of the call that follows.
static bool fuse_call(Translator *t, const Operand *label, Status *st)
{
    InstrIndex i = INSTR_COUNT;
    switch (t->last) {
    case INSTR_move_xx_xx: i = INSTR_move_xx_xx_call; break;
    case INSTR_move_xy_xx: i = INSTR_move_xy_xx_call; break;
    case INSTR_move_yx_xx: i = INSTR_move_yx_xx_call; break;
    case INSTR_move_yx_yx: i = INSTR_move_yx_yx_call; break;
    case INSTR_trim: i = INSTR_trim_call; break;
    default: return false;
    }
    if (i == INSTR_trim_call) {
        Arg slots = NUM(tr_last_half(t, 0));
        tr_drop_last(t);
        *st = EMIT(t, trim_call, slots, OPD(label));
        return true;
    }
    Arg r[4];
    for (unsigned k = 0; k < 4; k++) r[k] = REGISTER(tr_last_half(t, k));
    tr_drop_last(t);
    if (i == INSTR_move_xy_xx_call && t->last == INSTR_minus_rc)
        tr_overlay_last(t, INSTR_minus_rc_moves_call);
    *st = tr_emit(t, i, 5, (Arg[]){r[0], r[1], r[2], r[3], OPD(label)});
    return true;
}

RULE(tr_call)
{
    PriorMove m;
    Status st;
    if (fuse_call(t, A(1), &st)) return st;
    if (!take_move(t, &m)) return EMIT(t, call, OPD(A(1)));
    if (m.kind == INSTR_move_cx)
        return EMIT(t, move_cx_call, REGISTER(m.to), OPD(A(1)), WORD(m.constant));
    InstrIndex i = m.kind == INSTR_move_xx ? INSTR_move_xx_call : INSTR_move_yx_call;
    if (i == INSTR_move_xx_call && t->last == INSTR_allocate_move)
        tr_overlay_last(t, INSTR_allocate_move_call);
    return tr_emit(t, i, 3, (Arg[]){REGISTER(m.from), REGISTER(m.to), OPD(A(1))});
}

RULE(tr_call_only)
{
    PriorMove m;
    if (t->last == INSTR_new_list_rr) {
        Arg a[6] = {NUM(tr_last_half(t, 0)), NUM(tr_last_half(t, 1))};
        for (unsigned k = 2; k < 5; k++) a[k] = REGISTER(tr_last_half(t, k));
        a[5] = OPD(A(1));
        tr_drop_last(t);
        return tr_emit(t, INSTR_new_list_call_only, 6, a);
    }
    if (t->last == INSTR_move_yx || !take_move(t, &m)) return EMIT(t, call_only, OPD(A(1)));
    if (m.kind == INSTR_move_cx)
        return EMIT(t, move_cx_call_only, REGISTER(m.to), OPD(A(1)), WORD(m.constant));
    return EMIT(t, move_xx_call_only, REGISTER(m.from), REGISTER(m.to), OPD(A(1)));
}

static Status call_ext(Translator *t, uint32_t number)
{
    PriorMove m;
    if (!take_move(t, &m)) return EMIT(t, call_ext, NUM(number));
    if (m.kind == INSTR_move_cx)
        return EMIT(t, move_cx_call_ext, REGISTER(m.to), NUM(number), WORD(m.constant));
    InstrIndex i = m.kind == INSTR_move_xx ? INSTR_move_xx_call_ext : INSTR_move_yx_call_ext;
    return tr_emit(t, i, 3, (Arg[]){REGISTER(m.from), REGISTER(m.to), NUM(number)});
}

// A move from x or y, then a call in the place of the frame. target: label or export number.
static Status call_in_place(Translator *t, InstrIndex plain, InstrIndex move_xx, InstrIndex move_yx,
                            Arg target, const Operand *slots)
{
    PriorMove m;
    if (t->last == INSTR_move_cx || !take_move(t, &m))
        return tr_emit(t, plain, 2, (Arg[]){target, OPD(slots)});
    Arg a[4] = {REGISTER(m.from), REGISTER(m.to), target, OPD(slots)};
    return tr_emit(t, m.kind == INSTR_move_xx ? move_xx : move_yx, 4, a);
}

RULE(tr_call_last)
{
    return call_in_place(t, INSTR_call_last, INSTR_move_xx_call_last, INSTR_move_yx_call_last,
                         OPD(A(1)), A(2));
}

static const struct Bif *imported_builtin(Translator *t, const Operand *o)
{
    BeamImport im = beam_file_import(t->file, (uint32_t)o->u);
    return builtin_find(atom_of(t, im.module), atom_of(t, im.function), im.arity);
}

// Builtins of module erlang are called directly: nobody can load another erlang. Everything
// else goes through the export table.
static Status call_import(Translator *t, const Operand *o, const struct Bif *b)
{
    BeamImport im = beam_file_import(t->file, (uint32_t)o->u);
    bool direct = b != NULL && beam_file_atom_is(t->file, im.module, "erlang");
    return direct ? EMIT(t, call_bif, WORD((uintptr_t)b)) : call_ext(t, import_number(t, o));
}

// apply/2 and apply/3 are instructions: the call that they make can be a tail call.
static bool is_apply(Translator *t, const Operand *o)
{
    BeamImport im = beam_file_import(t->file, (uint32_t)o->u);
    return (im.arity == 2 || im.arity == 3) && beam_file_atom_is(t->file, im.module, "erlang") &&
           beam_file_atom_is(t->file, im.function, "apply");
}

RULE(tr_call_ext)
{
    if (is_apply(t, A(1))) return EMIT(t, apply_list, OPD(A(0)));
    return call_import(t, A(1), imported_builtin(t, A(1)));
}

// A builtin in tail position keeps the frame of its caller, which stack traces
// show; it returns at once.
RULE(tr_call_ext_only)
{
    if (is_apply(t, A(1))) return EMIT(t, apply_list_only, OPD(A(0)));
    const struct Bif *b = imported_builtin(t, A(1));
    if (b == NULL) return EMIT(t, call_ext_only, NUM(import_number(t, A(1))));
    TRY(EMIT(t, allocate, NUM(0), OPD(A(0))));
    TRY(call_import(t, A(1), b));
    return EMIT(t, deallocate_return, NUM(0));
}

RULE(tr_call_ext_last)
{
    if (is_apply(t, A(1))) return EMIT(t, apply_list_last, OPD(A(0)), OPD(A(2)));
    const struct Bif *b = imported_builtin(t, A(1));
    if (b == NULL) {
        return call_in_place(t, INSTR_call_ext_last, INSTR_move_xx_call_ext_last,
                             INSTR_move_yx_call_ext_last, NUM(import_number(t, A(1))), A(2));
    }
    TRY(call_import(t, A(1), b));
    return EMIT(t, deallocate_return, OPD(A(2)));
}

// The fun is taken from where a move has just got it: the register behind the arguments, where
// the move put it, is not looked at again.
static Status call_fun(Translator *t, uint64_t arity, Arg fun, uint32_t where)
{
    bool moved = t->last == INSTR_move_xx || t->last == INSTR_move_yx;
    if (moved && where == arity * 8 && tr_last_half(t, 1) == where) {
        fun = REGISTER(tr_last_half(t, 0));
        tr_drop_last(t);
    }
    return EMIT(t, call_fun, NUM(arity), fun);
}

RULE(tr_call_fun) { return call_fun(t, A(0)->u, XR(A(0)->u), (uint32_t)A(0)->u * 8); }
RULE(tr_call_fun2)
{
    return call_fun(t, A(1)->u, OPD(A(2)), tr_is_reg(A(2)) ? tr_reg(A(2)) : UINT32_MAX);
}

// What puts the value of a function into x0, with the frame that goes (slots) or without one.
static Status return_value(Translator *t, bool has_frame, Word slots)
{
    if (t->last == INSTR_new_list_rr && has_frame && tr_last_half(t, 2) == 0) {
        Arg a[5] = {NUM(tr_last_half(t, 0)), NUM(tr_last_half(t, 1)), REGISTER(tr_last_half(t, 3)),
                    REGISTER(tr_last_half(t, 4)), NUM(slots)};
        tr_drop_last(t);
        return tr_emit(t, INSTR_new_list_return, 5, a);
    }
    bool is_x0 =
        (t->last == INSTR_move_cx && tr_last_half(t, 0) == 0) ||
        ((t->last == INSTR_move_xx || t->last == INSTR_move_yx) && tr_last_half(t, 1) == 0);
    PriorMove m;
    if (!is_x0 || !take_move(t, &m))
        return has_frame ? EMIT(t, deallocate_return, NUM(slots)) : EMIT0(t, return);
    if (m.kind == INSTR_move_cx) {
        return has_frame ? EMIT(t, move_c_deallocate_return, NUM(slots), WORD(m.constant))
                         : EMIT(t, move_c_return, WORD(m.constant));
    }
    return has_frame ? EMIT(t, move_deallocate_return, REGISTER(m.from), NUM(slots))
                     : EMIT(t, move_x0_return, REGISTER(m.from), REGISTER(m.to));
}

RULE(tr_return)
{
    if (t->last != INSTR_deallocate) return return_value(t, false, 0);
    Word slots = t->code.items[t->last_start + 1];
    if (t->before == INSTR_call_fun) {
        // call_fun, deallocate, return: the frame goes before the call.
        t->code.items[t->before_start] = instr_handler[INSTR_call_fun_last];
        t->code.items[t->before_start + 2] = slots;
        t->code.len = t->before_start + 3;
        t->last = INSTR_COUNT;
        return ST_OK;
    }
    tr_drop_last(t);
    return return_value(t, true, slots);
}
