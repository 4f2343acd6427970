// SPDX-License-Identifier: Apache-2.0
// code/verify_bits.c - matching and building bit strings.
#include "code/verify_int.h"
#include "term/atom.h"

#define RULE(name) static Status name(Verifier *v, const Instr *in)
#define A(n)       (&in->args[n])

// ---- matching ---------------------------------------------------------------------
// A bitstring, or a context to go on with. What is neither fails.
static Status start_match(Verifier *v, const Instr *in, const Operand *source, uint64_t live,
                          const Operand *context)
{
    VType t;
    TRY(regs_read(v, in, source, T_CONTEXT, &t));
    TRY(regs_collect(v, in, live));
    bool kept = is_register(source) && !(source->kind == K_X && source->u >= live);
    if (kept)
        regs_narrow(v, source,
                    type_kinds(t) & (T_ANY & ~T_BITS) ? type_narrow(t, T_ANY & ~T_BITS)
                                                      : t & ~(VType)T_CONTEXT);
    TRY(verify_flow_to(v, in, A(0)));
    if (kept) regs_narrow(v, source, t & (T_BITS | T_CONTEXT) ? t & (T_BITS | T_CONTEXT) : T_BITS);
    return regs_write(v, in, context, T_CONTEXT);
}

RULE(rule_start_match3) { return start_match(v, in, A(1), A(2)->u, A(3)); }
RULE(rule_start_match4) { return start_match(v, in, A(2), A(1)->u, A(3)); }

// One command whose arguments are c[0], c[1], …; more: others follow.
static Status match_command(Verifier *v, const Instr *in, Term name, const Operand *c, bool more)
{
    bool integer = name == AM_integer, binary = name == AM_binary, tail = name == AM_get_tail;
    if (!tail) TRY(verify_flow_to(v, in, A(0)));
    if (!integer && !binary && !tail) return ST_OK;
    const Operand *d = tail ? &c[2] : &c[4];
    VType t;
    if (!tail) TRY(regs_read(v, in, &c[2 - 1], 0, &t));
    TRY(regs_collect(v, in, c[0].u));
    if (!tail) TRY(verify_flow_to(v, in, A(0)));
    if (more && d->kind == A(1)->kind && d->u == A(1)->u)
        return verify_refuse(v, in, "a command overwrites the context of the next one");
    return regs_write(v, in, d, integer ? T_INT : T_BITS);
}

// The handlers keep the context itself over what each command collects.
RULE(rule_match)  // fail, context, commands
{
    const Operand *list = A(2);
    TRY(regs_need(v, in, A(1), T_CONTEXT));
    TRY(verify_spend(v, in, list->count));
    for (uint32_t i = 0; i < list->count;) {
        const Operand *c = &list->items[i];
        BeamSpan text = beam_file_atom(v->file, (uint32_t)c->u);
        i += 1 + (uint32_t)strlen(bs_command_operands(text.data, text.size));
        TRY(match_command(v, in, v->image->atoms[c->u - 1], c + 1, i < list->count));
    }
    return ST_OK;
}

// ---- building step by step -----------------------------------------------------------
static Status reserve(Verifier *v, const Instr *in, const Operand *need, uint64_t live)
{
    TRY(regs_collect(v, in, live));
    uint64_t words = verify_heap_words(need);
    if (words > 1u << 28) return verify_refuse(v, in, "reserves more than any term needs");
    v->s.heap = (uint32_t)words;
    return ST_OK;
}

static Status opened(Verifier *v, const Instr *in, const Operand *destination)
{
    TRY(regs_write(v, in, destination, T_BITS));
    v->s.open = true;
    return ST_OK;
}

static Status fail_without_heap(Verifier *v, const Instr *in)
{
    uint32_t heap = v->s.heap;
    v->s.heap = 0, v->s.open = false;
    TRY(verify_flow_to(v, in, A(0)));
    v->s.heap = heap;
    return ST_OK;
}

RULE(rule_init)  // fail, size, words, live, flags, destination
{
    VType t;
    if (A(1)->kind != K_U) TRY(regs_read(v, in, A(1), 0, &t));
    TRY(reserve(v, in, A(2), A(3)->u));
    TRY(fail_without_heap(v, in));
    return opened(v, in, A(5));
}

RULE(rule_append)  // fail, size, words, live, unit, binary, flags, destination
{
    VType t;
    TRY(regs_read(v, in, A(1), 0, &t));
    TRY(regs_read(v, in, A(5), 0, &t));
    TRY(reserve(v, in, A(2), A(3)->u));
    TRY(fail_without_heap(v, in));
    return opened(v, in, A(7));
}

// It takes heap that was not reserved for it.
RULE(rule_private_append)  // fail, size, unit, binary, flags, destination
{
    VType t;
    TRY(regs_read(v, in, A(1), 0, &t));
    TRY(regs_read(v, in, A(3), 0, &t));
    v->s.heap = 0;
    TRY(fail_without_heap(v, in));
    return opened(v, in, A(5));
}

RULE(rule_put)
{
    if (!v->s.open) return verify_refuse(v, in, "no binary is under construction");
    return verify_default(v, in);
}

RULE(rule_init_writable)
{
    TRY(verify_default(v, in));
    v->s.x[0] = T_BITS;
    return ST_OK;
}

// ---- building in one step ----------------------------------------------------------------
// The segments are put after the collection: what they name must survive it.
RULE(rule_create_bin)  // fail, words, live, unit, destination, segments
{
    enum { GROUP = 6, VALUE = 4, SIZE = 5 };
    const Operand *list = A(5);
    VType t;
    TRY(reserve(v, in, A(1), A(2)->u));
    TRY(verify_spend(v, in, list->count));
    for (uint32_t i = 0; i < list->count; i += GROUP) {
        const Operand *o = &list->items[i];
        if (o[VALUE].kind != K_U) TRY(regs_read(v, in, &o[VALUE], 0, &t));
        TRY(regs_read(v, in, &o[SIZE], 0, &t));
    }
    TRY(fail_without_heap(v, in));
    return regs_write(v, in, A(4), T_BITS);
}

// ---- the table ------------------------------------------------------------------------------
static const VRule rules[OP_COUNT] = {
    [OP_bs_start_match3] = rule_start_match3,
    [OP_bs_start_match4] = rule_start_match4,
    [OP_bs_match] = rule_match,
    [OP_bs_init2] = rule_init,
    [OP_bs_init_bits] = rule_init,
    [OP_bs_append] = rule_append,
    [OP_bs_private_append] = rule_private_append,
    [OP_bs_init_writable] = rule_init_writable,
    [OP_bs_put_integer] = rule_put,
    [OP_bs_put_binary] = rule_put,
    [OP_bs_put_float] = rule_put,
    [OP_bs_put_string] = rule_put,
    [OP_bs_put_utf8] = rule_put,
    [OP_bs_put_utf16] = rule_put,
    [OP_bs_put_utf32] = rule_put,
    [OP_bs_create_bin] = rule_create_bin,
};

VRule verify_bits_rule(uint32_t op) { return rules[op]; }
