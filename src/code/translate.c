// SPDX-License-Identifier: Apache-2.0
// code/translate.c - the rules, one per generic instruction, and the walk over a file.
#include "code/translate.h"

#include <stdlib.h>

#include "code/builtin.h"
#include "code/translate_emit.h"
#include "term/atom.h"

#define RULE(name) static Status name(Translator *t, const Instr *in)
#define A(n)       (&in->args[n])

static Term atom_of(Translator *t, uint32_t index) { return t->image->atoms[index - 1]; }

// ---- structure ----------------------------------------------------------------
RULE(rule_label)
{
    t->labels[A(0)->u] = (uint32_t)t->code.len;
    t->last = INSTR_COUNT;
    return ST_OK;
}

RULE(rule_line)
{
    t->has_line = true;
    t->line_index = (uint32_t)A(0)->u;
    return ST_OK;
}

RULE(rule_nothing) { return ST_OK; }

// The number of slots that remain is the verifier's.
RULE(rule_trim) { return EMIT(t, trim, OPD(A(0))); }

// Does the body of the function that the reader is about to enter raise nif_error?
static bool body_is_stub(Translator *t)
{
    CodeReader r = t->reader;
    vec_init(&r.items, t->file->arena);
    bool stub = false;
    Instr in;
    while (!r.done && code_reader_next(&r, &in, NULL) == ST_OK && in.op != OP_func_info) {
        if (in.op != OP_call_ext && in.op != OP_call_ext_only && in.op != OP_call_ext_last)
            continue;
        BeamImport im = beam_file_import(t->file, (uint32_t)in.args[1].u);
        if (beam_file_atom_is(t->file, im.module, "erlang") &&
            beam_file_atom_is(t->file, im.function, "nif_error")) {
            stub = true;
            break;
        }
    }
    vec_clear(&r.items);
    return stub;
}

RULE(rule_func_info)
{
    Term name = atom_of(t, (uint32_t)A(1)->u);
    unsigned arity = (unsigned)A(2)->u;
    t->function = name;
    Status st = EMIT(t, func_info, WORD(atom_of(t, (uint32_t)A(0)->u)), WORD(name), WORD(arity));
    if (st != ST_OK) return st;
    // The entry label follows at once (C5), so the next word is the entry.
    const struct Bif *b = builtin_find(t->image->module, name, arity);
    bool stub = b != NULL && body_is_stub(t);
    ImageFunction f = {.name = name,
                       .arity = arity,
                       .code = (const Word *)(uintptr_t)t->code.len,
                       .is_stub = stub};
    st = vec_push(&t->functions, f);
    if (st != ST_OK) return st;
    t->stub_builtin = stub ? b : NULL;
    return ST_OK;
}

// ---- funs ----------------------------------------------------------------------
RULE(rule_apply) { return EMIT(t, apply, OPD(A(0))); }
RULE(rule_apply_last) { return EMIT(t, apply_last, OPD(A(0)), OPD(A(1))); }

static Status make_fun(Translator *t, uint32_t index, Arg destination)
{
    const FunEntry *e = &t->image->funs[index];
    return EMIT(t, make_fun, destination, NUM(e->num_free), WORD((uintptr_t)e));
}

RULE(rule_make_fun2)
{
    uint32_t num_free = t->image->funs[A(0)->u].num_free;
    TRY(EMIT(t, test_heap, NUM(FUN_WORDS(num_free)), NUM(num_free)));
    Status st = make_fun(t, (uint32_t)A(0)->u, XR(0));
    for (uint32_t i = 0; st == ST_OK && i < num_free; i++) {
        st = tr_word(t, (Word)(i * 8) << 2);
    }
    return st;
}

RULE(rule_make_fun3)
{
    if (A(2)->count != t->image->funs[A(0)->u].num_free)
        return tr_refuse(t, in, "number of free variables");
    Status st = make_fun(t, (uint32_t)A(0)->u, OPD(A(1)));
    for (uint32_t i = 0; st == ST_OK && i < A(2)->count; i++) st = tr_source(t, &A(2)->items[i]);
    return st;
}

RULE(rule_on_load)
{
    t->image->on_load = (const Word *)(uintptr_t)t->functions.items[t->functions.len - 1].code;
    return ST_OK;
}

// ---- frames, memory -------------------------------------------------------------
uint64_t tr_heap_words(const Operand *o)
{
    if (o->kind == K_U) return o->u;
    return (uint64_t)o->alloc.words + (uint64_t)o->alloc.floats * FLOAT_WORDS +
           (uint64_t)o->alloc.funs * FUN_WORDS(0);
}

Status tr_check_words(Translator *t, const Instr *in, uint64_t words)
{
    return words > (1u << 28) ? tr_refuse(t, in, "heap need") : ST_OK;
}

RULE(rule_allocate) { return EMIT(t, allocate, OPD(A(0)), OPD(A(1))); }

RULE(rule_allocate_heap)
{
    uint64_t words = tr_heap_words(A(1));
    Status st = tr_check_words(t, in, words);
    return st != ST_OK ? st : EMIT(t, allocate_heap, OPD(A(0)), NUM(words), OPD(A(2)));
}

RULE(rule_test_heap)
{
    uint64_t words = tr_heap_words(A(0));
    Status st = tr_check_words(t, in, words);
    return st != ST_OK ? st : EMIT(t, test_heap, NUM(words), OPD(A(1)));
}

// Slots of a new frame hold nil.
RULE(rule_init_yregs)
{
    if (t->last == INSTR_allocate || t->last == INSTR_allocate_heap) return ST_OK;
    Status st = EMIT(t, init_yregs, NUM(A(0)->count));
    for (uint32_t i = 0; st == ST_OK && i < A(0)->count; i++) st = tr_register(t, &A(0)->items[i]);
    return st;
}

// The instruction for a move behind another one. second: 0 x to x, 1 x to y, 2 y to x.
static InstrIndex move_pair(InstrIndex first, unsigned second)
{
    switch (first) {
    case INSTR_move_xx: return (InstrIndex)(INSTR_move_xx_xx + second);
    case INSTR_move_xy: return (InstrIndex)(INSTR_move_xy_xx + second);
    case INSTR_move_yx: return (InstrIndex)(INSTR_move_yx_xx + second);
    default: return INSTR_COUNT;
    }
}

static Status move(Translator *t, const Operand *from, const Operand *to)
{
    bool y = to->kind == K_Y;
    if (!tr_is_reg(from)) {
        Term c = tr_constant(t, from);
        if (c == TERM_NONE) return ST_NOMEM;
        return y ? EMIT(t, move_cy, OPD(to), WORD(c)) : EMIT(t, move_cx, OPD(to), WORD(c));
    }
    if (from->kind == K_Y && y) return EMIT(t, move_yy, OPD(from), OPD(to));
    InstrIndex pair = move_pair(t->last, from->kind == K_Y ? 2 : y);
    if (pair != INSTR_COUNT) {
        Arg first = REGISTER(tr_last_half(t, 0)), second = REGISTER(tr_last_half(t, 1));
        tr_drop_last(t);
        return tr_emit(t, pair, 4, (Arg[]){first, second, OPD(from), OPD(to)});
    }
    if (t->last == INSTR_allocate && from->kind == K_X && y) {
        Arg slots = NUM(tr_last_half(t, 0)), live = NUM(tr_last_half(t, 1));
        tr_drop_last(t);
        return EMIT(t, allocate_move, slots, live, OPD(from), OPD(to));
    }
    if (from->kind == K_Y) return EMIT(t, move_yx, OPD(from), OPD(to));
    return y ? EMIT(t, move_xy, OPD(from), OPD(to)) : EMIT(t, move_xx, OPD(from), OPD(to));
}

RULE(rule_move) { return move(t, A(0), A(1)); }

// ---- tests ----------------------------------------------------------------------
RULE(rule_test_arity)
{
    if (A(2)->u > TUPLE_MAX_ARITY) return tr_refuse(t, in, "tuple size");
    Term header = TUPLE_HEADER(A(2)->u);
    if (t->last == INSTR_is_tuple && tr_is_reg(A(1)) && tr_last_test_is(t, A(0), tr_reg(A(1)))) {
        tr_drop_last(t);
        return EMIT(t, is_tuple_of_arity, OPD(A(0)), OPD(A(1)), WORD(header));
    }
    Arg no_tuple;
    if (t->last == INSTR_is_tuple && tr_is_reg(A(1)) && tr_last_half(t, 1) == tr_reg(A(1)) &&
        tr_last_target(t, &no_tuple)) {
        tr_drop_last(t);
        return EMIT(t, is_tuple_of_arity_or, no_tuple, OPD(A(0)), OPD(A(1)), WORD(header));
    }
    return EMIT(t, test_arity, OPD(A(0)), OPD(A(1)), WORD(header));
}

RULE(rule_is_tagged_tuple)
{
    if (A(2)->u > TUPLE_MAX_ARITY) return tr_refuse(t, in, "tuple size");
    return EMIT(t, is_tagged_tuple, OPD(A(0)), OPD(A(1)), WORD(TUPLE_HEADER(A(2)->u)),
                WORD(atom_of(t, (uint32_t)A(3)->u)));
}

// Comparison for equality: with an immediate it is one comparison of words.
static Status exact(Translator *t, const Instr *in, InstrIndex immed, InstrIndex general)
{
    const Operand *a = A(1), *b = A(2);
    if (tr_is_reg(b) && !tr_is_reg(a)) {
        const Operand *swap = a;
        a = b, b = swap;
    }
    if (tr_is_reg(a) && !tr_is_reg(b)) {
        Term c = tr_constant(t, b);
        if (c == TERM_NONE) return ST_NOMEM;
        if (is_immed(c)) return tr_emit(t, immed, 3, (Arg[]){OPD(A(0)), OPD(a), WORD(c)});
    }
    return tr_emit(t, general, 3, (Arg[]){OPD(A(0)), OPD(a), OPD(b)});
}

RULE(rule_is_eq_exact) { return exact(t, in, INSTR_is_eq_exact_immed, INSTR_is_eq_exact); }
RULE(rule_is_ne_exact) { return exact(t, in, INSTR_is_ne_exact_immed, INSTR_is_ne_exact); }

static Status order(Translator *t, const Instr *in, InstrIndex rr, InstrIndex rc, InstrIndex cr,
                    InstrIndex general)
{
    const Operand *a = A(1), *b = A(2);
    if (tr_is_reg(a) && tr_is_reg(b)) return tr_emit(t, rr, 3, (Arg[]){OPD(A(0)), OPD(a), OPD(b)});
    if (tr_is_reg(a) != tr_is_reg(b)) {
        const Operand *c = tr_is_reg(a) ? b : a;
        Term v = tr_constant(t, c);
        if (v == TERM_NONE) return ST_NOMEM;
        if (is_small(v)) {
            return tr_emit(t, c == b ? rc : cr, 3,
                           (Arg[]){OPD(A(0)), OPD(c == b ? a : b), WORD(v)});
        }
    }
    return tr_emit(t, general, 3, (Arg[]){OPD(A(0)), OPD(a), OPD(b)});
}

RULE(rule_is_lt)
{
    return order(t, in, INSTR_is_lt_rr, INSTR_is_lt_rc, INSTR_is_lt_cr, INSTR_is_lt);
}
RULE(rule_is_ge)
{
    return order(t, in, INSTR_is_ge_rr, INSTR_is_ge_rc, INSTR_is_ge_cr, INSTR_is_ge);
}

// ---- tuples, lists, maps ---------------------------------------------------------
RULE(rule_get_tuple_element)
{
    if (A(1)->u >= TUPLE_MAX_ARITY) return tr_refuse(t, in, "element");
    Arg offset = NUM((A(1)->u + 1) * 8);
    if (t->unproven)
        return EMIT(t, get_tuple_element_checked, OPD(A(0)), OPD(A(2)), offset, NUM(A(1)->u + 1));
    uint32_t tuple = tr_is_reg(A(0)) ? tr_reg(A(0)) : 0;
    if (t->last == INSTR_get_tuple_element && tr_is_reg(A(0)) && tr_last_half(t, 0) == tuple &&
        tr_last_half(t, 1) != tuple) {
        Arg first = REGISTER(tr_last_half(t, 1)), first_offset = NUM(tr_last_half(t, 2));
        tr_drop_last(t);
        return EMIT(t, get_tuple_elements, OPD(A(0)), first, OPD(A(2)), first_offset, offset);
    }
    return EMIT(t, get_tuple_element, OPD(A(0)), OPD(A(2)), offset);
}

// A clause for a list that is not empty begins with a test, perhaps a frame (with a move into
// it), and the list is taken apart: one instruction when they follow each other.
static bool is_test_of_list(Translator *t, InstrIndex i, size_t at, uint32_t list)
{
    return i == INSTR_is_nonempty_list && (uint32_t)(t->code.items[at + 1] >> 32) == list &&
           t->patches.len > 0 && vec_last(&t->patches).start == at;
}

RULE(rule_get_list)
{
    uint32_t list = tr_is_reg(A(0)) ? tr_reg(A(0)) : UINT32_MAX;
    if (is_test_of_list(t, t->last, t->last_start, list)) {
        Arg target = LBL(vec_last(&t->patches).label);
        tr_drop_last(t);
        return EMIT(t, take_list, target, OPD(A(0)), OPD(A(1)), OPD(A(2)));
    }
    bool frame = t->last == INSTR_allocate || t->last == INSTR_allocate_move;
    if (frame && A(0)->kind == K_X && is_test_of_list(t, t->before, t->before_start, list)) {
        Arg target = LBL(vec_last(&t->patches).label);
        Arg slots = NUM(tr_last_half(t, 0)), live = NUM(tr_last_half(t, 1));
        bool moves = t->last == INSTR_allocate_move;
        Arg from = REGISTER(moves ? tr_last_half(t, 2) : 0);
        Arg to = REGISTER(moves ? tr_last_half(t, 3) : 0);
        tr_drop_last(t);
        tr_drop_last(t);
        if (!moves)
            return EMIT(t, list_frame, target, slots, live, OPD(A(0)), OPD(A(1)), OPD(A(2)));
        return EMIT(t, list_frame_move, target, slots, live, OPD(A(0)), OPD(A(1)), OPD(A(2)), from,
                    to);
    }
    return EMIT(t, get_list, OPD(A(0)), OPD(A(1)), OPD(A(2)));
}

RULE(rule_set_tuple_element)
{
    if (A(2)->u >= TUPLE_MAX_ARITY) return tr_refuse(t, in, "element");
    return EMIT(t, set_tuple_element, OPD(A(1)), NUM((A(2)->u + 1) * 8), OPD(A(0)));
}

// Takes back a test_heap that was emitted last, to become part of what builds on that heap.
static bool take_need(Translator *t, Arg *words, Arg *live)
{
    if (t->last != INSTR_test_heap) return false;
    *words = NUM(tr_last_half(t, 0)), *live = NUM(tr_last_half(t, 1));
    tr_drop_last(t);
    return true;
}

RULE(rule_put_list)  // head, tail, destination
{
    Arg words, live;
    if (!tr_is_reg(A(0))) return EMIT(t, put_list, OPD(A(2)), OPD(A(0)), OPD(A(1)));
    if (tr_is_reg(A(1))) {
        if (take_need(t, &words, &live))
            return EMIT(t, new_list_rr, words, live, OPD(A(2)), OPD(A(0)), OPD(A(1)));
        return EMIT(t, put_list_rr, OPD(A(2)), OPD(A(0)), OPD(A(1)));
    }
    Term tail = tr_constant(t, A(1));
    if (tail == TERM_NONE) return ST_NOMEM;
    if (take_need(t, &words, &live))
        return EMIT(t, new_list_rc, words, live, OPD(A(2)), OPD(A(0)), WORD(tail));
    return EMIT(t, put_list_rc, OPD(A(2)), OPD(A(0)), WORD(tail));
}

static Status sources(Translator *t, const Operand *list)
{
    Status st = ST_OK;
    for (uint32_t i = 0; st == ST_OK && i < list->count; i++) st = tr_source(t, &list->items[i]);
    return st;
}

RULE(rule_put_tuple2)
{
    Arg words, live, size = NUM(A(1)->count), header = WORD(TUPLE_HEADER(A(1)->count));
    Status st = take_need(t, &words, &live)
                    ? EMIT(t, new_tuple, words, live, OPD(A(0)), size, header)
                    : EMIT(t, put_tuple2, OPD(A(0)), size, header);
    return st != ST_OK ? st : sources(t, A(1));
}

RULE(rule_update_record)  // hint, size, source, destination, updates
{
    Status st = EMIT(t, update_record, OPD(A(2)), OPD(A(3)), OPD(A(1)), NUM(A(4)->count / 2));
    for (uint32_t i = 0; st == ST_OK && i < A(4)->count; i += 2) {
        if (A(4)->items[i].u == 0 || A(4)->items[i].u > A(1)->u)
            return tr_refuse(t, in, "position");
        st = tr_word(t, A(4)->items[i].u);
        if (st == ST_OK) st = tr_source(t, &A(4)->items[i + 1]);
    }
    return st;
}

static Status put_map(Translator *t, const Instr *in,
                      InstrIndex i)  // fail, source, dest, live, pairs
{
    Status st =
        tr_emit(t, i, 5, (Arg[]){OPD(A(0)), OPD(A(2)), OPD(A(3)), NUM(A(4)->count / 2), OPD(A(1))});
    return st != ST_OK ? st : sources(t, A(4));
}
RULE(rule_put_map_assoc) { return put_map(t, in, INSTR_put_map_assoc); }
RULE(rule_put_map_exact) { return put_map(t, in, INSTR_put_map_exact); }

RULE(rule_get_map_elements)
{
    if (A(2)->count == 2 && !tr_is_reg(&A(2)->items[0])) {
        Term key = tr_constant(t, &A(2)->items[0]);
        if (key == TERM_NONE) return ST_NOMEM;
        if (is_immed(key)) {
            return EMIT(t, get_map_element, OPD(A(0)), OPD(A(1)), OPD(&A(2)->items[1]), WORD(key));
        }
    }
    Status st = EMIT(t, get_map_elements, OPD(A(0)), OPD(A(1)), NUM(A(2)->count / 2));
    for (uint32_t i = 0; st == ST_OK && i < A(2)->count; i += 2) {
        st = tr_source(t, &A(2)->items[i]);
        if (st == ST_OK) st = tr_register(t, &A(2)->items[i + 1]);
    }
    return st;
}

RULE(rule_has_map_fields)
{
    Status st = EMIT(t, has_map_fields, OPD(A(0)), OPD(A(1)), NUM(A(2)->count));
    return st != ST_OK ? st : sources(t, A(2));
}

// ---- exceptions, messages ---------------------------------------------------------
RULE(rule_raise) { return EMIT(t, raise, OPD(A(0)), OPD(A(1))); }

// A time in an x register belongs to a receive without clauses: the wait goes back to itself,
// if over a jump, and keeps x0 only.
RULE(rule_wait_timeout)
{
    if (A(1)->kind != K_X) return EMIT(t, wait_timeout, OPD(A(0)), OPD(A(1)));
    if (A(1)->u != 0) TRY(EMIT(t, move_xx, OPD(A(1)), XR(0)));
    return EMIT(t, wait_timeout, LBL(0), XR(0));
}

// ---- floats -----------------------------------------------------------------------
static Status float_out(Translator *t, const Operand *to, const Operand *from)
{
    Arg words, live;
    if (t->last == INSTR_fmove_out) {
        Arg first = REGISTER(tr_last_half(t, 0)), first_from = NUM(tr_last_half(t, 1));
        tr_drop_last(t);
        return EMIT(t, fmove_out_pair, first, first_from, OPD(to), OPD(from));
    }
    if (take_need(t, &words, &live)) return EMIT(t, new_float, words, live, OPD(to), OPD(from));
    return EMIT(t, fmove_out, OPD(to), OPD(from));
}

RULE(rule_fmove)
{
    if (A(0)->kind == K_FR) return float_out(t, A(1), A(0));
    if (tr_is_reg(A(0)) && t->unproven) return EMIT(t, fmove_in_checked, OPD(A(0)), OPD(A(1)));
    if (tr_is_reg(A(0))) return EMIT(t, fmove_in, OPD(A(0)), OPD(A(1)));
    Term c = tr_constant(t, A(0));
    if (c == TERM_NONE || !is_float(c)) return tr_refuse(t, in, "not a float");
    return EMIT(t, fmove_lit, OPD(A(1)), WORD(boxed_ptr(c)[1]));
}
RULE(rule_fconv) { return EMIT(t, fconv, OPD(A(1)), OPD(A(0))); }
RULE(rule_fadd) { return EMIT(t, fadd, OPD(A(1)), OPD(A(2)), OPD(A(3))); }
RULE(rule_fsub) { return EMIT(t, fsub, OPD(A(1)), OPD(A(2)), OPD(A(3))); }
RULE(rule_fmul) { return EMIT(t, fmul, OPD(A(1)), OPD(A(2)), OPD(A(3))); }
RULE(rule_fdiv) { return EMIT(t, fdiv, OPD(A(1)), OPD(A(2)), OPD(A(3))); }
RULE(rule_fnegate) { return EMIT(t, fneg, OPD(A(1)), OPD(A(2))); }

// ---- the table ----------------------------------------------------------------------
static const TranslateRule rules[OP_COUNT] = {
    [OP_label] = rule_label,
    [OP_line] = rule_line,
    [OP_func_info] = rule_func_info,
    [OP_int_code_end] = rule_nothing,
    [OP_nif_start] = rule_nothing,
    [OP_executable_line] = rule_nothing,
    [OP_debug_line] = rule_nothing,
    [OP_fclearerror] = rule_nothing,
    [OP_fcheckerror] = rule_nothing,
    [OP_on_load] = rule_on_load,
    [OP_call] = tr_call,
    [OP_call_only] = tr_call_only,
    [OP_call_last] = tr_call_last,
    [OP_call_ext] = tr_call_ext,
    [OP_call_ext_only] = tr_call_ext_only,
    [OP_call_ext_last] = tr_call_ext_last,
    [OP_call_fun] = tr_call_fun,
    [OP_call_fun2] = tr_call_fun2,
    [OP_apply] = rule_apply,
    [OP_apply_last] = rule_apply_last,
    [OP_return] = tr_return,
    [OP_make_fun2] = rule_make_fun2,
    [OP_make_fun3] = rule_make_fun3,
    [OP_allocate] = rule_allocate,
    [OP_allocate_zero] = rule_allocate,
    [OP_allocate_heap] = rule_allocate_heap,
    [OP_allocate_heap_zero] = rule_allocate_heap,
    [OP_test_heap] = rule_test_heap,
    [OP_init_yregs] = rule_init_yregs,
    [OP_trim] = rule_trim,
    [OP_move] = rule_move,
    [OP_test_arity] = rule_test_arity,
    [OP_is_tagged_tuple] = rule_is_tagged_tuple,
    [OP_is_eq_exact] = rule_is_eq_exact,
    [OP_is_ne_exact] = rule_is_ne_exact,
    [OP_is_lt] = rule_is_lt,
    [OP_is_ge] = rule_is_ge,
    [OP_select_val] = tr_select_val,
    [OP_select_tuple_arity] = tr_select_tuple_arity,
    [OP_get_tuple_element] = rule_get_tuple_element,
    [OP_get_list] = rule_get_list,
    [OP_set_tuple_element] = rule_set_tuple_element,
    [OP_put_list] = rule_put_list,
    [OP_put_tuple2] = rule_put_tuple2,
    [OP_update_record] = rule_update_record,
    [OP_put_map_assoc] = rule_put_map_assoc,
    [OP_put_map_exact] = rule_put_map_exact,
    [OP_get_map_elements] = rule_get_map_elements,
    [OP_has_map_fields] = rule_has_map_fields,
    [OP_bif0] = tr_bif,
    [OP_bif1] = tr_bif,
    [OP_bif2] = tr_bif,
    [OP_gc_bif1] = tr_gc_bif,
    [OP_gc_bif2] = tr_gc_bif,
    [OP_gc_bif3] = tr_gc_bif,
    [OP_raise] = rule_raise,
    [OP_wait_timeout] = rule_wait_timeout,
    [OP_fmove] = rule_fmove,
    [OP_fconv] = rule_fconv,
    [OP_fadd] = rule_fadd,
    [OP_fsub] = rule_fsub,
    [OP_fmul] = rule_fmul,
    [OP_fdiv] = rule_fdiv,
    [OP_fnegate] = rule_fnegate,
};

// Instructions whose operands go over in their own order.
static const uint16_t same[OP_COUNT] = {
#define SAME(name) [OP_##name] = INSTR_##name + 1
    SAME(jump),
    SAME(deallocate),
    SAME(swap),
    SAME(is_integer),
    SAME(is_float),
    SAME(is_number),
    SAME(is_atom),
    SAME(is_boolean),
    SAME(is_pid),
    SAME(is_reference),
    SAME(is_port),
    SAME(is_nil),
    SAME(is_binary),
    SAME(is_bitstr),
    SAME(is_list),
    SAME(is_nonempty_list),
    SAME(is_tuple),
    SAME(is_map),
    SAME(is_function),
    SAME(is_function2),
    SAME(is_eq),
    SAME(is_ne),
    SAME(get_hd),
    SAME(get_tl),
    SAME(catch),
    SAME(catch_end),
    SAME(try),
    SAME(try_end),
    SAME(try_case),
    SAME(try_case_end),
    SAME(raw_raise),
    SAME(build_stacktrace),
    SAME(badmatch),
    SAME(case_end),
    SAME(if_end),
    SAME(badrecord),
    SAME(send),
    SAME(loop_rec),
    SAME(loop_rec_end),
    SAME(remove_message),
    SAME(timeout),
    SAME(wait),
    SAME(recv_marker_bind),
    SAME(recv_marker_clear),
    SAME(recv_marker_reserve),
    SAME(recv_marker_use),
#undef SAME
    [OP_init] = INSTR_init_y + 1,
};

static Status translate_one(Translator *t, const Instr *in)
{
    if (t->stub_builtin != NULL && in->op != OP_label && in->op != OP_func_info &&
        in->op != OP_line) {
        const struct Bif *b = t->stub_builtin;
        t->stub_builtin = NULL;
        Status st = EMIT(t, bif_stub, WORD((uintptr_t)b));
        if (st != ST_OK) return st;
    }
    t->unproven = bitset_has(t->checks, t->reader.instructions);
    if (UNLIKELY(t->unproven)) TRY(tr_check(t, in));
    TranslateRule rule = rules[in->op];
    if (rule == NULL) rule = tr_bits_rule(in->op);
    if (rule != NULL) return rule(t, in);
    if (same[in->op] == 0) return tr_refuse(t, in, "no rule");
    // Operands that only the verifier needs come last: the instruction does without.
    Arg args[OP_MAX_ARITY];
    InstrIndex instr = same[in->op] - 1;
    uint32_t n = (uint32_t)strlen(instr_layout[instr]);
    if (n > in->argc) n = in->argc;
    for (uint32_t i = 0; i < n; i++) args[i] = OPD(&in->args[i]);
    return tr_emit(t, instr, n, args);
}

static Status walk(Translator *t)
{
    Instr in;
    while (!t->reader.done) {
        Status st = code_reader_next(&t->reader, &in, t->diag);
        if (st != ST_OK) return st;
        st = translate_one(t, &in);
        if (st != ST_OK) return st;
    }
    // A run past the last function meets an instruction that ends the process.
    return EMIT0(t, native_missing);
}

Status translate_code(const BeamFile *f, Image *image, const Bitset *checks, Diag *d)
{
    Translator t = {.file = f, .image = image, .checks = checks, .last = INSTR_COUNT, .diag = d};
    Arena *a = f->arena;
    vec_init(&t.code, a);
    vec_init(&t.patches, a);
    vec_init(&t.lines, a);
    vec_init(&t.functions, a);
    code_reader_init(&t.reader, f, a);
    t.reader.trusted = true;  // the verifier has read it all
    Status st = ST_NOMEM;
    size_t labels = ((size_t)f->label_count + 1) * sizeof *t.labels;
    t.labels = arena_alloc(a, labels);
    if (t.labels != NULL) {
        memset(t.labels, 0xFF, labels);
        st = walk(&t);
    }
    if (st == ST_OK) st = tr_finish(&t);
    arena_free(a, t.labels, labels);
    code_reader_clear(&t.reader);
    vec_clear(&t.code);
    vec_clear(&t.patches);
    vec_clear(&t.lines);
    vec_clear(&t.functions);
    return st;
}
