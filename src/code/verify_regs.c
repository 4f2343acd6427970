// SPDX-License-Identifier: Apache-2.0
// code/verify_regs.c - reading, writing and losing registers; heap.
#include "code/verify_int.h"

// ---- reading -----------------------------------------------------------------------
static VType type_of_constant(const Verifier *v, const Operand *o)
{
    switch (o->kind) {
    case K_NIL: return T_NIL;
    case K_ATOM: return type_of_literal(v->image->atoms[o->u - 1]);
    case K_LITERAL: return type_of_literal(v->image->literals[o->u]);
    default: return T_INT;
    }
}

static Status slot_exists(Verifier *v, const Instr *in, uint64_t slot)
{
    if (LIKELY(slot < v->s.slots)) return ST_OK;
    if (v->s.frame == FRAME_NONE)
        return verify_refuse(v, in, "y%u is used without a frame", (unsigned)slot);
    return verify_refuse(v, in, "y%u is outside of the frame of %u", (unsigned)slot, v->s.slots);
}

static COLD Status refuse_type(Verifier *v, const Instr *in, char letter, uint64_t n, VType t)
{
    unsigned r = (unsigned)n;
    if (t & (T_UNSET | T_RAISED))
        return verify_refuse(v, in, "%c%u is read before it is set", letter, r);
    if (t & T_MARK) return verify_refuse(v, in, "%c%u holds a catch or try tag", letter, r);
    return verify_refuse(v, in, "%c%u may hold a match context", letter, r);
}

#define NO_TERM ((VType)(T_UNSET | T_RAISED | T_MARK | T_CONTEXT))

Status regs_read(Verifier *v, const Instr *in, const Operand *o, VType also, VType *t)
{
    if (o->kind == K_X) {
        *t = o->u < v->s.num_x ? v->s.x[o->u] : T_UNSET;
    } else if (o->kind == K_Y) {
        TRY(slot_exists(v, in, o->u));
        *t = v->s.y[o->u];
    } else {
        *t = type_of_constant(v, o);
        return ST_OK;
    }
    if (UNLIKELY(*t & NO_TERM & ~also))
        return refuse_type(v, in, o->kind == K_X ? 'x' : 'y', o->u, *t & ~also);
    return ST_OK;
}

Status regs_read_x(Verifier *v, const Instr *in, uint32_t first, uint32_t count, VType also)
{
    for (uint32_t i = first; i < first + count; i++) {
        VType t = i < v->s.num_x ? v->s.x[i] : T_UNSET;
        if (UNLIKELY(t & NO_TERM & ~also)) return refuse_type(v, in, 'x', i, t & ~also);
    }
    return ST_OK;
}

// ---- writing -------------------------------------------------------------------------
static void set_x(VState *s, uint32_t n, VType t)
{
    while (s->num_x <= n) s->x[s->num_x++] = T_UNSET;
    s->x[n] = t;
}

Status regs_write(Verifier *v, const Instr *in, const Operand *o, VType t)
{
    VState *s = &v->s;
    s->fresh |= (t & T_FRESH) != 0;
    if (o->kind == K_X) {
        set_x(s, (uint32_t)o->u, t);
        return ST_OK;
    }
    TRY(slot_exists(v, in, o->u));
    if (s->frame == FRAME_MIXED)
        return verify_refuse(v, in, "y%u is set where different frames or handlers meet",
                             (unsigned)o->u);
    VType *slot = &s->y[o->u];
    if (*slot & T_MARK)
        return verify_refuse(v, in, "y%u holds an active catch or try tag", (unsigned)o->u);
    s->unset_y -= (*slot & T_UNSET) != 0;
    if (*slot != t) v->y_changed = true;
    *slot = t;
    return ST_OK;
}

void regs_narrow(Verifier *v, const Operand *o, VType t)
{
    if (o->kind == K_X) v->s.x[o->u] = t;
    else if (o->kind == K_Y) v->s.y[o->u] = t;
}

void regs_clobber(Verifier *v, VType x0)
{
    v->s.num_x = x0 != 0;
    v->s.x[0] = x0;
    v->s.heap = 0;
    v->s.num_floats = 0;
    v->s.open = false;
}

void regs_forget_fresh(Verifier *v)
{
    VState *s = &v->s;
    for (uint32_t i = 0; i < s->num_x; i++) s->x[i] &= ~T_FRESH;
    for (uint32_t i = 0; i < s->slots; i++) s->y[i] &= ~T_FRESH;
    s->fresh = false;
}

// ---- heap ------------------------------------------------------------------------------
Status regs_slots_set(Verifier *v, const Instr *in)
{
    if (LIKELY(v->s.unset_y == 0 || v->s.frame >= FRAME_MIXED)) return ST_OK;
    uint32_t i = 0;
    while (i + 1 < v->s.frame && !(v->s.y[i] & T_UNSET)) i++;
    return verify_refuse(v, in, "y%u is not set when a collection may come", i);
}

Status regs_collect(Verifier *v, const Instr *in, uint64_t live)
{
    for (uint32_t i = 0; i < live; i++) {
        VType t = i < v->s.num_x ? v->s.x[i] : T_UNSET;
        if (UNLIKELY(t & (T_UNSET | T_RAISED)))
            return verify_refuse(v, in, "x%u is kept but not set", i);
    }
    if (v->s.num_x > live) v->s.num_x = (uint32_t)live;
    v->s.heap = 0;
    v->s.open = false;
    return regs_slots_set(v, in);
}

Status regs_build(Verifier *v, const Instr *in, uint64_t words)
{
    if (UNLIKELY(words > v->s.heap)) {
        return verify_refuse(v, in, "builds %llu words where %u are reserved",
                             (unsigned long long)words, v->s.heap);
    }
    v->s.heap -= (uint32_t)words;
    return ST_OK;
}

// ---- floats -----------------------------------------------------------------------------
Status regs_float_read(Verifier *v, const Instr *in, const Operand *o)
{
    uint32_t word = (uint32_t)o->u / 64;
    bool set = word < v->s.num_floats && v->s.floats[word] >> (o->u % 64) & 1;
    return set ? ST_OK : verify_refuse(v, in, "fr%u is read before it is set", (unsigned)o->u);
}

void regs_float_set(Verifier *v, const Operand *o)
{
    uint32_t word = (uint32_t)o->u / 64;
    while (v->s.num_floats <= word) v->s.floats[v->s.num_floats++] = 0;
    v->s.floats[word] |= UINT64_C(1) << (o->u % 64);
}

// ---- kinds ------------------------------------------------------------------------------
static bool is_proven(VType t, VType want)
{
    if (type_kinds(t) != type_kinds(want)) return false;
    if (!(want & T_TUPLE)) return true;
    return want & T_EXACT ? (t & T_EXACT) && type_size(t) == type_size(want)
                          : type_size(t) >= type_size(want);
}

Status regs_need(Verifier *v, const Instr *in, const Operand *o, VType want)
{
    VType t;
    TRY(regs_read(v, in, o, want & T_CONTEXT, &t));
    if (LIKELY(is_proven(t, want))) return ST_OK;
    verify_mark(v);
    VType known = want;
    if (want & T_TUPLE) {
        bool more = !(want & T_EXACT) && t & T_TUPLE && type_size(t) > type_size(want);
        known = (more ? type_narrow(t, T_TUPLE) : want) | (t & T_FRESH);
    }
    regs_narrow(v, o, known);
    return ST_OK;
}
