// SPDX-License-Identifier: Apache-2.0
// code/verify_flow.c - calls, frames, exceptions, receive.
#include "code/verify_int.h"

#define RULE(name) static Status name(Verifier *v, const Instr *in)
#define A(n)       (&in->args[n])

// ---- frames -------------------------------------------------------------------------
static Status need_frame(Verifier *v, const Instr *in)
{
    if (v->s.frame == FRAME_MIXED)
        return verify_refuse(v, in, "different frames or handlers meet here");
    return v->s.frame == FRAME_NONE ? verify_refuse(v, in, "there is no frame") : ST_OK;
}

static Status need_no_frame(Verifier *v, const Instr *in)
{
    if (v->s.frame == FRAME_MIXED)
        return verify_refuse(v, in, "different frames or handlers meet here");
    return v->s.frame != FRAME_NONE ? verify_refuse(v, in, "there is a frame of %u", v->s.frame)
                                    : ST_OK;
}

static Status drop_frame(Verifier *v, const Instr *in, uint64_t slots)
{
    TRY(need_frame(v, in));
    if (slots != v->s.frame)
        return verify_refuse(v, in, "drops %u slots of a frame of %u", (unsigned)slots, v->s.frame);
    if (v->s.num_handlers > 0) return verify_refuse(v, in, "a catch or try is active");
    v->s.frame = FRAME_NONE;
    v->s.slots = v->s.unset_y = 0;
    return ST_OK;
}

RULE(rule_allocate)  // slots, (heap,) live
{
    bool heap = in->argc == 3;
    TRY(need_no_frame(v, in));
    TRY(regs_collect(v, in, A(in->argc - 1)->u));
    uint64_t words = heap ? verify_heap_words(A(1)) : 0;
    if (words > 1u << 28) return verify_refuse(v, in, "reserves more than any term needs");
    bool nil = (in->info->effects & E_NIL_SLOTS) != 0;
    v->s.heap = (uint32_t)words;
    v->s.frame = v->s.slots = (uint32_t)A(0)->u;
    v->s.unset_y = nil ? 0 : v->s.frame;
    for (uint32_t i = 0; i < v->s.frame; i++) v->s.y[i] = nil ? T_NIL : T_UNSET;
    return ST_OK;
}

RULE(rule_deallocate) { return drop_frame(v, in, A(0)->u); }

RULE(rule_trim)  // dropped, remaining
{
    VState *s = &v->s;
    uint32_t n = (uint32_t)A(0)->u;
    TRY(need_frame(v, in));
    if (n > s->frame || A(1)->u != s->frame - n)
        return verify_refuse(v, in, "trims a frame of another size than %u", s->frame);
    if (s->num_handlers > 0) return verify_refuse(v, in, "a catch or try is active");
    for (uint32_t i = 0; i < n; i++) s->unset_y -= (s->y[i] & T_UNSET) != 0;
    s->slots = s->frame -= n;
    memmove(s->y, s->y + n, s->frame * sizeof *s->y);
    return ST_OK;
}

RULE(rule_init)
{
    TRY(need_frame(v, in));
    return regs_write(v, in, A(0), T_NIL);
}

RULE(rule_init_yregs)
{
    TRY(need_frame(v, in));
    TRY(verify_spend(v, in, A(0)->count));
    for (uint32_t i = 0; i < A(0)->count; i++) TRY(regs_write(v, in, &A(0)->items[i], T_NIL));
    return ST_OK;
}

// ---- calls ------------------------------------------------------------------------------
// What a call that returns here leaves, or nothing comes behind it.
static Status after_call(Verifier *v, const Instr *in, VType result)
{
    if (in->info->effects & E_END) {
        v->live = false;
        return ST_OK;
    }
    TRY(regs_slots_set(v, in));
    regs_clobber(v, result);
    v->paid = true;
    return ST_OK;
}

// The frame that a call needs, keeps or drops.
static Status call_frame(Verifier *v, const Instr *in)
{
    uint32_t fx = in->info->effects;
    if (fx & E_DROP) return drop_frame(v, in, A(in->argc - 1)->u);
    return fx & E_NO_FRAME ? need_no_frame(v, in) : need_frame(v, in);
}

RULE(rule_call)  // arity, label (, slots)
{
    uint32_t arity = (uint32_t)A(0)->u;
    uint64_t contexts = 0;
    TRY(regs_read_x(v, in, 0, arity, T_CONTEXT));
    for (uint32_t i = 0; i < arity; i++) {
        if (!(v->s.x[i] & T_CONTEXT)) continue;
        if (i >= 64) return verify_refuse(v, in, "x%u may hold a match context", i);
        contexts |= UINT64_C(1) << i;
    }
    TRY(call_frame(v, in));
    TRY(verify_call(v, in, (uint32_t)A(1)->u, arity, contexts));
    return after_call(v, in, T_ANY);
}

RULE(rule_call_ext)  // arity, import (, slots)
{
    uint32_t arity = (uint32_t)A(0)->u;
    const VImport *im = &v->imports[A(1)->u];
    if (im->arity != arity)
        return verify_refuse(v, in, "the imported function has %u arguments", im->arity);
    TRY(regs_read_x(v, in, 0, arity, 0));
    if (im->flags & IMPORT_RAISES) {
        v->live = false;
        return ST_OK;
    }
    VType result = im->result;
    if (im->flags & IMPORT_SETS) result = T_FRESH | type_narrow(v->s.x[1], T_TUPLE);
    TRY(call_frame(v, in));
    TRY(after_call(v, in, result));
    v->s.fresh = v->live && (result & T_FRESH);
    return ST_OK;
}

RULE(rule_call_fun)  // arity
{
    TRY(regs_read_x(v, in, 0, (uint32_t)A(0)->u + 1, 0));
    TRY(call_frame(v, in));
    return after_call(v, in, T_ANY);
}

RULE(rule_call_fun2)  // tag, arity, fun
{
    VType t;
    TRY(regs_read(v, in, A(2), 0, &t));
    TRY(regs_read_x(v, in, 0, (uint32_t)A(1)->u, 0));
    TRY(call_frame(v, in));
    return after_call(v, in, T_ANY);
}

RULE(rule_apply)  // arity (, slots)
{
    TRY(regs_read_x(v, in, 0, (uint32_t)A(0)->u + 2, 0));
    TRY(call_frame(v, in));
    return after_call(v, in, T_ANY);
}

RULE(rule_func_info)
{
    TRY(need_no_frame(v, in));
    TRY(regs_read_x(v, in, 0, (uint32_t)A(2)->u, 0));
    v->live = false;
    return ST_OK;
}

// ---- exceptions ----------------------------------------------------------------------------
static Status bad_slot(Verifier *v, const Instr *in)
{
    return verify_refuse(v, in, "y%u is outside of the frame of %u", (unsigned)A(0)->u, v->s.frame);
}

RULE(rule_try)  // slot, handler; catch too
{
    VState *s = &v->s;
    TRY(need_frame(v, in));
    if (A(0)->u >= s->frame) return bad_slot(v, in);
    if (s->num_handlers == MAX_HANDLERS)
        return verify_refuse(v, in, "too many handlers within each other");
    // An exception finds the mark in the lowest slot.
    if (s->num_handlers > 0 && A(0)->u >= s->handlers[s->num_handlers - 1].slot)
        return verify_refuse(v, in, "y%u is not below the slot of the handler around it",
                             (unsigned)A(0)->u);
    TRY(regs_write(v, in, A(0), T_MARK));
    s->handlers[s->num_handlers++] = (VHandler){(uint32_t)A(0)->u, (uint32_t)A(1)->u};
    v->y_changed = true;
    // Whatever raises from here on can lead there.
    bool paid = v->paid;
    TRY(verify_note_edge(v, (uint32_t)A(1)->u));
    v->paid = paid;
    return ST_OK;
}

static Status end_handler(Verifier *v, const Instr *in)
{
    VState *s = &v->s;
    TRY(need_frame(v, in));
    if (A(0)->u >= s->frame) return bad_slot(v, in);
    if (s->num_handlers == 0 || s->handlers[s->num_handlers - 1].slot != A(0)->u)
        return verify_refuse(v, in, "y%u is not the slot of the innermost handler",
                             (unsigned)A(0)->u);
    s->num_handlers--;
    s->y[A(0)->u] = T_NIL;
    v->y_changed = true;
    return ST_OK;
}

RULE(rule_try_end) { return end_handler(v, in); }

RULE(rule_catch_end)
{
    if (v->s.num_x == 0) return verify_refuse(v, in, "x0 is read before it is set");
    TRY(regs_read_x(v, in, 0, 1, T_RAISED));
    if (v->s.x[0] & T_UNSET) return verify_refuse(v, in, "x0 is read before it is set");
    TRY(end_handler(v, in));
    TRY(regs_slots_set(v, in));
    regs_clobber(v, T_ANY);
    return ST_OK;
}

RULE(rule_try_case)
{
    VType t = v->s.num_x == 0 ? 0 : v->s.x[0];
    if (!(t & T_RAISED) || t & T_UNSET)
        return verify_refuse(v, in, "is reached without an exception");
    // Behind a call of a function that never returns, say compilers, the handler may follow.
    if (t != T_RAISED) verify_mark(v);
    TRY(end_handler(v, in));
    regs_clobber(v, T_CLASS);
    v->s.x[1] = v->s.x[2] = T_ANY;
    v->s.num_x = 3;
    return ST_OK;
}

RULE(rule_raw_raise)
{
    TRY(need_frame(v, in));
    TRY(regs_read_x(v, in, 0, 3, 0));
    TRY(regs_slots_set(v, in));
    v->live = v->s.x[0] != T_CLASS;  // only another class does not raise
    regs_clobber(v, T_ANY);
    return ST_OK;
}

// ---- receive ---------------------------------------------------------------------------------
// They leave the process, or pay and give way: the registers are gone at the label.
RULE(rule_loop_rec_end)
{
    TRY(regs_slots_set(v, in));
    regs_clobber(v, 0);
    v->paid = true;
    v->live = false;
    return verify_flow_to(v, in, A(0));
}

RULE(rule_wait)
{
    TRY(need_frame(v, in));
    return rule_loop_rec_end(v, in);
}

// Is a jump to the block under way all that stands at the label?
static Status jumps_back(Verifier *v, const Instr *in, uint32_t label, bool *yes)
{
    CodeReader here = v->reader;
    Instr next;
    bool found = v->labels[label].at != NOWHERE;
    if (found) verify_move_reader(v, &v->labels[label]);
    Status st;
    do {
        st = verify_spend(v, in, 1);
        if (st == ST_OK) st = code_reader_next(&v->reader, &next, v->diag);
        if (st != ST_OK || found) break;
        found = next.op == OP_label && next.args[0].u == label;
    } while (next.op != OP_func_info && next.op != OP_int_code_end);
    *yes = st == ST_OK && next.op == OP_jump && next.args[0].u == v->block;
    here.items = v->reader.items;  // may have grown
    v->reader = here;
    return st;
}

// A time that the sleep would not keep, being in an x register, belongs to a receive without
// clauses: messages do not end the sleep, the wait is alone in its loop.
static Status need_loop_of_wait(Verifier *v, const Instr *in)
{
    bool yes = A(0)->u == v->block;
    bool first = v->reader.instructions == v->block_index + 1;
    if (first && !yes && A(0)->kind == K_LABEL) TRY(jumps_back(v, in, (uint32_t)A(0)->u, &yes));
    return first && yes ? ST_OK : verify_refuse(v, in, "the time is not kept over the sleep");
}

RULE(rule_wait_timeout)  // label, time
{
    VType t;
    TRY(need_frame(v, in));
    TRY(regs_read(v, in, A(1), 0, &t));
    TRY(regs_slots_set(v, in));
    if (A(1)->kind == K_X) TRY(need_loop_of_wait(v, in));
    bool paid = v->paid;
    regs_clobber(v, 0);
    if (A(1)->kind == K_X) TRY(regs_write(v, in, A(1), t));
    v->paid = true;
    TRY(verify_flow_to(v, in, A(0)));
    v->paid = paid;
    regs_clobber(v, 0);
    return ST_OK;
}

// ---- the table ---------------------------------------------------------------------------------
static const VRule rules[OP_COUNT] = {
    [OP_func_info] = rule_func_info,
    [OP_call] = rule_call,
    [OP_call_last] = rule_call,
    [OP_call_only] = rule_call,
    [OP_call_ext] = rule_call_ext,
    [OP_call_ext_last] = rule_call_ext,
    [OP_call_ext_only] = rule_call_ext,
    [OP_call_fun] = rule_call_fun,
    [OP_call_fun2] = rule_call_fun2,
    [OP_apply] = rule_apply,
    [OP_apply_last] = rule_apply,
    [OP_allocate] = rule_allocate,
    [OP_allocate_heap] = rule_allocate,
    [OP_allocate_zero] = rule_allocate,
    [OP_allocate_heap_zero] = rule_allocate,
    [OP_deallocate] = rule_deallocate,
    [OP_trim] = rule_trim,
    [OP_init] = rule_init,
    [OP_init_yregs] = rule_init_yregs,
    [OP_catch] = rule_try,
    [OP_try] = rule_try,
    [OP_try_end] = rule_try_end,
    [OP_catch_end] = rule_catch_end,
    [OP_try_case] = rule_try_case,
    [OP_raw_raise] = rule_raw_raise,
    [OP_loop_rec_end] = rule_loop_rec_end,
    [OP_wait] = rule_wait,
    [OP_wait_timeout] = rule_wait_timeout,
};

VRule verify_flow_rule(uint32_t op) { return rules[op]; }
