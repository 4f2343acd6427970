// SPDX-License-Identifier: Apache-2.0
// code/verify_ops.c - instructions one by one: what rows of ops.def say, tests,
// taking apart and building.
#include "code/verify_int.h"

#define RULE(name) static Status name(Verifier *v, const Instr *in)
#define A(n)       (&in->args[n])

uint64_t verify_heap_words(const Operand *o)
{
    if (o->kind == K_U) return o->u;
    return (uint64_t)o->alloc.words + (uint64_t)o->alloc.floats * FLOAT_WORDS +
           (uint64_t)o->alloc.funs * FUN_WORDS(0);
}

// ---- by the row -------------------------------------------------------------------
static Status check_frame(Verifier *v, const Instr *in, uint32_t effects)
{
    if (effects & E_NO_FRAME && v->s.frame != FRAME_NONE) {
        return verify_refuse(v, in,
                             v->s.frame == FRAME_MIXED ? "different frames or handlers meet here"
                                                       : "there is a frame of %u",
                             v->s.frame);
    }
    if (effects & E_FRAME && v->s.frame >= FRAME_MIXED) {
        return verify_refuse(v, in,
                             v->s.frame == FRAME_MIXED ? "different frames or handlers meet here"
                                                       : "there is no frame");
    }
    return ST_OK;
}

static Status read_operand(Verifier *v, const Instr *in, char letter, const Operand *o)
{
    VType t;
    uint32_t roles = operand_table[(uint8_t)letter].roles;
    if (roles & R_LIST) {
        const char *letters = operand_table[(uint8_t)letter].elements;
        TRY(verify_spend(v, in, o->count));
        for (uint32_t i = 0, k = 0; i < o->count; i++, k = letters[k + 1] != 0 ? k + 1 : 0) {
            if (operand_table[(uint8_t)letters[k]].roles & R_READ)
                TRY(read_operand(v, in, letters[k], &o->items[i]));
        }
        return ST_OK;
    }
    if (!(roles & R_READ) || o->kind == K_U) return ST_OK;
    if (o->kind == K_FR) return regs_float_read(v, in, o);
    if (roles & R_CTX) return regs_need(v, in, o, T_CONTEXT);
    return regs_read(v, in, o, 0, &t);
}

static Status read_operands(Verifier *v, const Instr *in)
{
    for (uint32_t i = 0; i < in->argc; i++) TRY(read_operand(v, in, in->info->operands[i], A(i)));
    uint32_t fx = in->info->effects;
    if (fx & E_READ_X0) TRY(regs_read_x(v, in, 0, 1, 0));
    if (fx & E_READ_X1) TRY(regs_read_x(v, in, 1, 1, 0));
    return ST_OK;
}

// What a collection, a jump or the loss of the registers mean, in this order.
static Status take_effects(Verifier *v, const Instr *in)
{
    uint32_t fx = in->info->effects;
    for (uint32_t i = 0; fx & E_GC && i < in->argc; i++) {
        if (in->info->operands[i] == OPERAND_LIVE) TRY(regs_collect(v, in, A(i)->u));
    }
    for (uint32_t i = 0; fx & (E_FAIL | E_JUMP) && i < in->argc; i++)
        TRY(verify_flow_to(v, in, A(i)));
    if (fx & E_CLOBBER_X) {
        TRY(regs_slots_set(v, in));
        regs_clobber(v, fx & E_WRITE_X0 ? T_ANY : 0);
    }
    return ST_OK;
}

static const VType results[OP_COUNT] = {
    [OP_put_list] = T_CONS,
    [OP_put_map_assoc] = T_MAP,
    [OP_put_map_exact] = T_MAP,
    [OP_make_fun3] = T_FUN,
    [OP_bs_get_integer2] = T_INT,
    [OP_bs_get_float2] = T_FLOAT,
    [OP_bs_get_binary2] = T_BITS,
    [OP_bs_get_tail] = T_BITS,
    [OP_bs_get_position] = T_INT,
    [OP_bs_get_utf8] = T_INT,
    [OP_bs_get_utf16] = T_INT,
    [OP_bs_get_utf32] = T_INT,
    [OP_bs_utf8_size] = T_INT,
    [OP_bs_utf16_size] = T_INT,
    [OP_bs_add] = T_INT,
    [OP_bs_start_match3] = T_CONTEXT,
    [OP_bs_start_match4] = T_CONTEXT,
};

static Status write_operand(Verifier *v, const Instr *in, char letter, const Operand *o, VType t)
{
    uint32_t roles = operand_table[(uint8_t)letter].roles;
    if (!(roles & R_WRITE)) return ST_OK;
    if (o->kind == K_FR) regs_float_set(v, o);
    else return regs_write(v, in, o, t);
    return ST_OK;
}

Status verify_default(Verifier *v, const Instr *in)
{
    TRY(check_frame(v, in, in->info->effects));
    TRY(read_operands(v, in));
    TRY(take_effects(v, in));
    VType t = results[in->op] != 0 ? results[in->op] : T_ANY;
    for (uint32_t i = 0; i < in->argc; i++)
        TRY(write_operand(v, in, in->info->operands[i], A(i), t));
    if (in->info->effects & E_END) v->live = false;
    return ST_OK;
}

// ---- tests --------------------------------------------------------------------------------
typedef struct TestKinds {
    VType yes;  // it is one of these when the test holds
    VType no;   // it is none of these when it does not
} TestKinds;

static const TestKinds test_kinds[OP_COUNT] = {
    [OP_is_integer] = {T_INT, T_INT},
    [OP_is_float] = {T_FLOAT, T_FLOAT},
    [OP_is_number] = {T_INT | T_FLOAT, T_INT | T_FLOAT},
    [OP_is_atom] = {T_ATOM | T_CLASS, T_ATOM | T_CLASS},
    [OP_is_boolean] = {T_ATOM, 0},
    [OP_is_pid] = {T_OTHER, 0},
    [OP_is_reference] = {T_OTHER, 0},
    [OP_is_port] = {T_OTHER, 0},
    [OP_is_nil] = {T_NIL, T_NIL},
    [OP_is_binary] = {T_BITS, 0},
    [OP_is_bitstr] = {T_BITS, T_BITS},
    [OP_is_list] = {T_NIL | T_CONS, T_NIL | T_CONS},
    [OP_is_nonempty_list] = {T_CONS, T_CONS},
    [OP_is_tuple] = {T_TUPLE, T_TUPLE},
    [OP_is_map] = {T_MAP, T_MAP},
    [OP_is_function] = {T_FUN, T_FUN},
    [OP_is_function2] = {T_FUN, 0},
};

RULE(rule_test)
{
    const TestKinds *k = &test_kinds[in->op];
    VType t;
    TRY(read_operands(v, in));
    if (!is_register(A(1))) return verify_flow_to(v, in, A(0));
    TRY(regs_read(v, in, A(1), 0, &t));
    VType other = type_kinds(t) & ~k->no;
    if (k->no != 0) regs_narrow(v, A(1), other != 0 ? type_narrow(t, other) : t);
    TRY(verify_flow_to(v, in, A(0)));
    regs_narrow(v, A(1), type_narrow(t, k->yes));
    return ST_OK;
}

RULE(rule_test_arity)
{
    TRY(regs_need(v, in, A(1), T_TUPLE));
    TRY(verify_flow_to(v, in, A(0)));
    regs_narrow(v, A(1), type_tuple(A(2)->u));
    return ST_OK;
}

RULE(rule_is_tagged_tuple)
{
    VType t;
    TRY(regs_read(v, in, A(1), 0, &t));
    TRY(verify_flow_to(v, in, A(0)));
    if (A(2)->u == 0) return verify_refuse(v, in, "a tuple of no elements has no tag");
    regs_narrow(v, A(1), type_tuple(A(2)->u));
    return ST_OK;
}

RULE(rule_select_val)
{
    VType t;
    TRY(regs_read(v, in, A(0), 0, &t));
    TRY(verify_spend(v, in, A(2)->count));
    for (uint32_t i = 0; i < A(2)->count; i += 2) {
        if (is_register(&A(2)->items[i])) return verify_refuse(v, in, "a choice is a register");
        TRY(verify_flow_to(v, in, &A(2)->items[i + 1]));
    }
    v->live = false;
    return verify_flow_to(v, in, A(1));
}

RULE(rule_select_tuple_arity)
{
    VType t;
    TRY(regs_read(v, in, A(0), 0, &t));
    TRY(verify_spend(v, in, A(2)->count));
    TRY(verify_flow_to(v, in, A(1)));
    for (uint32_t i = 0; i < A(2)->count; i += 2) {
        regs_narrow(v, A(0), type_tuple(A(2)->items[i].u));
        TRY(verify_flow_to(v, in, &A(2)->items[i + 1]));
    }
    v->live = false;
    return ST_OK;
}

// ---- moving ---------------------------------------------------------------------------------
RULE(rule_move)
{
    VType t;
    TRY(regs_read(v, in, A(0), T_CONTEXT, &t));
    return regs_write(v, in, A(1), t);
}

RULE(rule_swap)
{
    VType a, b;
    TRY(regs_read(v, in, A(0), T_CONTEXT, &a));
    TRY(regs_read(v, in, A(1), T_CONTEXT, &b));
    TRY(regs_write(v, in, A(0), b));
    return regs_write(v, in, A(1), a);
}

// ---- taking apart ---------------------------------------------------------------------------
RULE(rule_cons)
{
    TRY(regs_need(v, in, A(0), T_CONS));
    TRY(regs_write(v, in, A(1), T_ANY));
    return in->op == OP_get_list ? regs_write(v, in, A(2), T_ANY) : ST_OK;
}

static Status need_element(Verifier *v, const Instr *in, const Operand *tuple, uint64_t i)
{
    if (i >= TUPLE_MAX_ARITY) return verify_refuse(v, in, "no tuple has such an element");
    if (i >= T_SIZE_MAX) verify_mark(v);  // types do not tell
    return regs_need(v, in, tuple, type_tuple_at_least(i + 1));
}

RULE(rule_get_tuple_element)
{
    TRY(need_element(v, in, A(0), A(1)->u));
    return regs_write(v, in, A(2), T_ANY);
}

RULE(rule_set_tuple_element)  // value, tuple, position
{
    VType value, tuple;
    TRY(regs_read(v, in, A(0), 0, &value));
    TRY(regs_read(v, in, A(1), 0, &tuple));
    if (!(tuple & T_FRESH))
        return verify_refuse(v, in, "the tuple is not one that setelement has just made");
    if (value & T_FRESH) return verify_refuse(v, in, "the tuple may contain itself");
    return need_element(v, in, A(1), A(2)->u);
}

RULE(rule_get_map_elements)  // fail, map, pairs of key and destination
{
    VType t;
    TRY(regs_need(v, in, A(1), T_MAP));
    TRY(verify_flow_to(v, in, A(0)));
    TRY(verify_spend(v, in, A(2)->count));
    for (uint32_t i = 0; i < A(2)->count; i += 2) {
        // A key that is missing leaves those before it fetched.
        if (i > 0) TRY(verify_flow_to(v, in, A(0)));
        TRY(regs_read(v, in, &A(2)->items[i], 0, &t));
        TRY(regs_write(v, in, &A(2)->items[i + 1], T_ANY));
    }
    return ST_OK;
}

RULE(rule_has_map_fields)
{
    TRY(read_operand(v, in, OPERAND_ELEMENTS, A(2)));
    TRY(regs_need(v, in, A(1), T_MAP));
    return verify_flow_to(v, in, A(0));
}

// ---- building ---------------------------------------------------------------------------------
RULE(rule_test_heap)
{
    TRY(regs_collect(v, in, A(1)->u));
    uint64_t words = verify_heap_words(A(0));
    if (words > 1u << 28) return verify_refuse(v, in, "reserves more than any term needs");
    v->s.heap = (uint32_t)words;
    return ST_OK;
}

RULE(rule_put_list)
{
    TRY(regs_build(v, in, 2));
    return verify_default(v, in);
}

RULE(rule_put_tuple2)
{
    TRY(read_operand(v, in, OPERAND_ELEMENTS, A(1)));
    TRY(regs_build(v, in, 1 + (uint64_t)A(1)->count));
    return regs_write(v, in, A(0), type_tuple(A(1)->count));
}

RULE(rule_update_record)  // hint, size, source, destination, updates
{
    if (A(1)->u > TUPLE_MAX_ARITY) return verify_refuse(v, in, "no tuple is so large");
    TRY(read_operand(v, in, OPERAND_UPDATES, A(4)));
    if (A(1)->u > T_SIZE_MAX) verify_mark(v);  // types do not tell
    TRY(regs_need(v, in, A(2), type_tuple(A(1)->u) | T_EXACT));
    TRY(regs_build(v, in, 1 + A(1)->u));
    return regs_write(v, in, A(3), type_tuple(A(1)->u));
}

RULE(rule_make_fun2)
{
    uint32_t num_free = beam_file_lambda(v->file, (uint32_t)A(0)->u).num_free;
    TRY(regs_read_x(v, in, 0, num_free, 0));
    TRY(regs_slots_set(v, in));
    regs_clobber(v, T_FUN);
    return ST_OK;
}

RULE(rule_make_fun3)
{
    if (A(2)->count != beam_file_lambda(v->file, (uint32_t)A(0)->u).num_free)
        return verify_refuse(v, in, "number of free variables");
    TRY(read_operand(v, in, OPERAND_ELEMENTS, A(2)));
    TRY(regs_build(v, in, FUN_WORDS((uint64_t)A(2)->count)));
    return regs_write(v, in, A(1), T_FUN);
}

// ---- floats -------------------------------------------------------------------------------------
RULE(rule_fmove)
{
    if (A(0)->kind == K_FR) {
        if (A(1)->kind == K_FR)
            return verify_refuse(v, in, "moves between two floating-point registers");
        TRY(regs_float_read(v, in, A(0)));
        TRY(regs_build(v, in, FLOAT_WORDS));
        return regs_write(v, in, A(1), T_FLOAT);
    }
    if (A(1)->kind != K_FR) return verify_refuse(v, in, "moves between two registers of terms");
    TRY(regs_need(v, in, A(0), T_FLOAT));
    regs_float_set(v, A(1));
    return ST_OK;
}

// ---- the table ------------------------------------------------------------------------------------
static const VRule rules[OP_COUNT] = {
    [OP_is_integer] = rule_test,
    [OP_is_float] = rule_test,
    [OP_is_number] = rule_test,
    [OP_is_atom] = rule_test,
    [OP_is_boolean] = rule_test,
    [OP_is_pid] = rule_test,
    [OP_is_reference] = rule_test,
    [OP_is_port] = rule_test,
    [OP_is_nil] = rule_test,
    [OP_is_binary] = rule_test,
    [OP_is_bitstr] = rule_test,
    [OP_is_list] = rule_test,
    [OP_is_nonempty_list] = rule_test,
    [OP_is_tuple] = rule_test,
    [OP_is_map] = rule_test,
    [OP_is_function] = rule_test,
    [OP_is_function2] = rule_test,
    [OP_test_arity] = rule_test_arity,
    [OP_is_tagged_tuple] = rule_is_tagged_tuple,
    [OP_select_val] = rule_select_val,
    [OP_select_tuple_arity] = rule_select_tuple_arity,
    [OP_move] = rule_move,
    [OP_swap] = rule_swap,
    [OP_get_list] = rule_cons,
    [OP_get_hd] = rule_cons,
    [OP_get_tl] = rule_cons,
    [OP_get_tuple_element] = rule_get_tuple_element,
    [OP_set_tuple_element] = rule_set_tuple_element,
    [OP_get_map_elements] = rule_get_map_elements,
    [OP_has_map_fields] = rule_has_map_fields,
    [OP_test_heap] = rule_test_heap,
    [OP_put_list] = rule_put_list,
    [OP_put_tuple2] = rule_put_tuple2,
    [OP_update_record] = rule_update_record,
    [OP_make_fun2] = rule_make_fun2,
    [OP_make_fun3] = rule_make_fun3,
    [OP_fmove] = rule_fmove,
    [OP_bif0] = verify_bif,
    [OP_bif1] = verify_bif,
    [OP_bif2] = verify_bif,
    [OP_gc_bif1] = verify_bif,
    [OP_gc_bif2] = verify_bif,
    [OP_gc_bif3] = verify_bif,
};

// Neither builds nor collects nor gives anything away.
static bool keeps_fresh(uint32_t op)
{
    switch (op) {
    case OP_move:
    case OP_swap:
    case OP_init:
    case OP_init_yregs:
    case OP_get_list:
    case OP_get_hd:
    case OP_get_tl:
    case OP_get_tuple_element:
    case OP_set_tuple_element:
    case OP_test_arity:
    case OP_is_tagged_tuple: return true;
    default: return test_kinds[op].yes != 0;
    }
}

Status verify_step(Verifier *v, const Instr *in)
{
    if (in->info->effects & E_META) {
        if (in->op == OP_on_load && v->functions.items[v->function - 1].arity != 0)
            return verify_refuse(v, in, "on_load function with arguments");
        return ST_OK;
    }
    if (v->s.num_x > 0 && v->s.x[0] & T_RAISED && in->op != OP_try_case && in->op != OP_catch_end)
        return verify_refuse(v, in, "a handler does not begin with catch_end or try_case");
    if (UNLIKELY(v->s.fresh) && !keeps_fresh(in->op)) regs_forget_fresh(v);
    VRule rule = rules[in->op];
    if (rule == NULL) rule = verify_flow_rule(in->op);
    if (rule == NULL) rule = verify_bits_rule(in->op);
    return rule != NULL ? rule(v, in) : verify_default(v, in);
}
