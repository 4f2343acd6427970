// SPDX-License-Identifier: Apache-2.0
// ets/match_expr.c - match specification to program: guards and bodies.
#include "ets/match_int.h"
#include "heap/frozen.h"

// ---- functions ----------------------------------------------------------------------------
typedef struct MatchFunction {
    Term name;
    uint8_t arity;
    bool trace_only;
} MatchFunction;

#define FN(name, arity) {AM_##name, arity, false}
static const MatchFunction functions[] = {
    FN(is_atom, 1),
    FN(is_float, 1),
    FN(is_integer, 1),
    FN(is_list, 1),
    FN(is_number, 1),
    FN(is_pid, 1),
    FN(is_port, 1),
    FN(is_reference, 1),
    FN(is_tuple, 1),
    FN(is_map, 1),
    FN(is_binary, 1),
    FN(is_function, 1),
    FN(is_record, 3),
    FN(is_map_key, 2),
    FN(abs, 1),
    FN(element, 2),
    FN(hd, 1),
    FN(tl, 1),
    FN(length, 1),
    FN(node, 0),
    FN(node, 1),
    FN(round, 1),
    FN(trunc, 1),
    FN(float, 1),
    FN(size, 1),
    FN(bit_size, 1),
    FN(byte_size, 1),
    FN(map_size, 1),
    FN(map_get, 2),
    FN(binary_part, 2),
    FN(binary_part, 3),
    FN(plus, 1),
    FN(minus, 1),
    FN(plus, 2),
    FN(minus, 2),
    FN(times, 2),
    FN(divide, 2),
    FN(div, 2),
    FN(rem, 2),
    FN(band, 2),
    FN(bor, 2),
    FN(bxor, 2),
    FN(bnot, 1),
    FN(bsl, 2),
    FN(bsr, 2),
    FN(gt, 2),
    FN(ge, 2),
    FN(lt, 2),
    FN(le, 2),
    FN(Eq, 2),
    FN(eq, 2),
    FN(Neq, 2),
    FN(neq, 2),
    FN(not, 1),
    FN(xor, 2),
    {AM_get_tcw, 0, true},
    {AM_set_tcw, 1, true},
};

static const MatchFunction *find_function(Term name, size_t arity)
{
    for (size_t i = 0; i < ARRAY_LEN(functions); i++)
        if (functions[i].name == name && functions[i].arity == arity) return &functions[i];
    return NULL;
}

// ---- special forms ------------------------------------------------------------------------
typedef enum SpecialKind {
    SPECIAL_CONST,
    SPECIAL_LOGIC,       // op: all arguments are evaluated
    SPECIAL_SHORT,       // op: from left to right, as far as needed
    SPECIAL_SELF,
    SPECIAL_MESSAGE,     // trace only from here on
    SPECIAL_FLAG,
    SPECIAL_VALUE,       // arguments are evaluated, the value is `value`
} SpecialKind;

typedef struct Special {
    Term name;
    Term shown;  // the name that messages show
    SpecialKind kind;
    uint8_t op;
    int8_t arity;  // -1: any
    bool body_only;
    Term value;
} Special;

static const Special specials[] = {
    {AM_const, AM_const, SPECIAL_CONST, 0, -1, false, TERM_NONE},
    {AM_and, AM_and, SPECIAL_LOGIC, OP_AND, -1, false, TERM_NONE},
    {AM_or, AM_or, SPECIAL_LOGIC, OP_OR, -1, false, TERM_NONE},
    {AM_andalso, AM_andalso, SPECIAL_SHORT, OP_ANDALSO, -1, false, TERM_NONE},
    {AM_andthen, AM_andthen, SPECIAL_SHORT, OP_ANDALSO, -1, false, TERM_NONE},
    {AM_orelse, AM_orelse, SPECIAL_SHORT, OP_ORELSE, -1, false, TERM_NONE},
    {AM_self, AM_self, SPECIAL_SELF, 0, 0, false, TERM_NONE},
    {AM_message, AM_message, SPECIAL_MESSAGE, 0, 1, true, TERM_NONE},
    {AM_return_trace, AM_return_trace, SPECIAL_FLAG, 0, 0, true, AM_return_trace},
    {AM_exception_trace, AM_exception_trace, SPECIAL_FLAG, 0, 0, true, AM_exception_trace},
    {AM_is_seq_trace, AM_is_seq_trace, SPECIAL_VALUE, 0, 0, false, AM_false},
    {AM_set_seq_token, AM_set_seq_trace, SPECIAL_VALUE, 0, 2, true, AM_true},
    {AM_get_seq_token, AM_get_seq_token, SPECIAL_VALUE, 0, 0, false, TERM_NIL},
    {AM_process_dump, AM_process_dump, SPECIAL_VALUE, 0, 0, true, AM_true},
    {AM_display, AM_display, SPECIAL_VALUE, 0, 1, true, AM_true},
    {AM_enable_trace, AM_enable_trace, SPECIAL_VALUE, 0, -1, true, AM_true},
    {AM_disable_trace, AM_disable_trace, SPECIAL_VALUE, 0, -1, true, AM_true},
    {AM_trace, AM_trace, SPECIAL_VALUE, 0, -1, true, AM_true},
    {AM_caller, AM_caller, SPECIAL_VALUE, 0, 0, false, AM_undefined},
    {AM_caller_line, AM_caller_line, SPECIAL_VALUE, 0, 0, false, AM_undefined},
    {AM_silent, AM_silent, SPECIAL_VALUE, 0, 1, true, AM_true},
};

static const Special *find_special(Term name)
{
    for (size_t i = 0; i < ARRAY_LEN(specials); i++)
        if (specials[i].name == name) return &specials[i];
    return NULL;
}

// ---- expressions ----------------------------------------------------------------------------
static Item expr_item(Term t, bool copy)
{
    return (Item){.kind = ITEM_EXPR, .copy = copy, .term = t};
}

static Item emit_item(MatchOpKind op, uint32_t n, Term t)
{
    return (Item){.kind = ITEM_EMIT, .op = op, .n = n, .term = t};
}

// n expressions, the first to be evaluated first.
static void push_exprs(Compiler *c, const Term *t, size_t n, bool copy)
{
    while (n-- > 0) compiler_push(c, expr_item(t[n], copy));
}

static void compile_constant(Compiler *c, Term t, bool copy)
{
    compiler_emit(c, OP_PUSH, 0, t);
    if (copy && is_pointer(t) && !is_frozen(t)) compiler_emit(c, OP_COPY, 0, TERM_NONE);
}

static void compile_short(Compiler *c, const Special *s, const Term *args, size_t n)
{
    uint32_t label = (uint32_t)c->labels.len;
    if (c->status == ST_OK) c->status = vec_push(&c->labels, 0);
    compiler_push(c, (Item){.kind = ITEM_LABEL, .n = label});
    for (size_t i = n; i-- > 0;) {
        if (i + 1 < n) compiler_push(c, (Item){.kind = ITEM_JUMP, .op = s->op, .n = label});
        compiler_push(c, expr_item(args[i], i + 1 == n));
    }
}

static void compile_special(Compiler *c, const Special *s, Term call, bool copy)
{
    const Term *args = tuple_elements(call) + 1;
    size_t n = tuple_arity(call) - 1;
    if (s->kind >= SPECIAL_MESSAGE && c->m->dialect != MATCH_TRACE) {
        compiler_error(c, MATCH_ERR_DIALECT, s->shown, TERM_NONE, 0);
        return;
    }
    if (s->body_only && !c->in_body) {
        compiler_error(c, MATCH_ERR_IN_GUARD, s->shown, TERM_NONE, 0);
        return;
    }
    if (s->arity >= 0 && n != (size_t)s->arity) {
        compiler_error(c, MATCH_ERR_ARGS, s->shown, call, 0);
        return;
    }
    if (n == 0 && (s->kind == SPECIAL_LOGIC || s->kind == SPECIAL_SHORT)) {
        compiler_error(c, MATCH_ERR_NO_ARGS, s->shown, call, 0);
        return;
    }
    switch (s->kind) {
    case SPECIAL_CONST:
        if (n != 1) compiler_error(c, MATCH_ERR_CONST_ARGS, TERM_NONE, call, 0);
        else compile_constant(c, args[0], copy);
        return;
    case SPECIAL_SELF: compiler_emit(c, OP_SELF, 0, TERM_NONE); return;
    case SPECIAL_FLAG: compiler_emit(c, OP_FLAG, 0, s->value); return;
    case SPECIAL_SHORT: compile_short(c, s, args, n); return;
    case SPECIAL_LOGIC: compiler_push(c, emit_item(s->op, (uint32_t)n, TERM_NONE)); break;
    case SPECIAL_MESSAGE: compiler_push(c, emit_item(OP_MESSAGE, 0, TERM_NONE)); break;
    case SPECIAL_VALUE:
        if (n == 0) {
            compiler_emit(c, OP_PUSH, 0, s->value);
            return;
        }
        compiler_push(c, emit_item(OP_CONST_OF, (uint32_t)n, s->value));
        break;
    }
    push_exprs(c, args, n, s->kind == SPECIAL_MESSAGE);
}

static void compile_call(Compiler *c, Term call, bool copy)
{
    Term name = tuple_elements(call)[0];
    size_t n = tuple_arity(call) - 1;
    const MatchFunction *f = find_function(name, n);
    MatchFn fn = f == NULL ? NULL : c->resolve(name, (unsigned)n);
    if (f != NULL && f->trace_only && c->m->dialect != MATCH_TRACE) {
        compiler_error(c, MATCH_ERR_CONTEXT, TERM_NONE, name, n);
        return;
    }
    if (f != NULL && f->trace_only) {
        // There is no trace control word here: reading gives 0, writing is accepted.
        compiler_push(c, emit_item(OP_CONST_OF, (uint32_t)n, make_small(0)));
        push_exprs(c, tuple_elements(call) + 1, n, false);
        return;
    }
    if (fn == NULL) {
        compiler_error(c, MATCH_ERR_NO_FUNCTION, TERM_NONE, name, n);
        return;
    }
    if (copy) compiler_push(c, emit_item(OP_COPY, 0, TERM_NONE));
    compiler_push(c, (Item){.kind = ITEM_CALL, .n = (uint32_t)n, .fn = fn});
    push_exprs(c, tuple_elements(call) + 1, n, false);
}

static void compile_tuple(Compiler *c, Term t, bool copy)
{
    size_t n = tuple_arity(t);
    Term *elements = tuple_elements(t);
    if (n == 1 && is_tuple(elements[0])) {
        size_t inner = tuple_arity(elements[0]);
        compiler_push(c, emit_item(OP_MK_TUPLE, (uint32_t)inner, TERM_NONE));
        push_exprs(c, tuple_elements(elements[0]), inner, copy);
        return;
    }
    if (n == 0 || !is_atom(elements[0]) || match_variable(elements[0]) >= 0) {
        compiler_error(c, MATCH_ERR_NOT_CALL, TERM_NONE, t, 0);
        return;
    }
    const Special *s = find_special(elements[0]);
    if (s != NULL) compile_special(c, s, t, copy);
    else compile_call(c, t, copy);
}

// '$$': the values of all variables of the head, by number.
static void compile_all(Compiler *c, bool copy)
{
    for (size_t i = 0; i < c->vars.len; i++) {
        compiler_emit(c, OP_VAR, c->vars.items[i].index, TERM_NONE);
        if (copy) compiler_emit(c, OP_COPY, 0, TERM_NONE);
    }
    compiler_emit(c, OP_MK_LIST, (uint32_t)c->vars.len, TERM_NONE);
    c->work += c->vars.len;
}

void compile_expr(Compiler *c, Item item)
{
    Term t = item.term;
    int64_t var = match_variable(t);
    if (var >= 0) {
        const MatchVar *known = compiler_find_var(c, (uint32_t)var);
        if (known == NULL) {
            compiler_error(c, MATCH_ERR_UNBOUND, TERM_NONE, TERM_NONE, (uint64_t)var);
            return;
        }
        compiler_emit(c, OP_VAR, known->index, TERM_NONE);
        if (item.copy) compiler_emit(c, OP_COPY, 0, TERM_NONE);
    } else if (t == AM_dollar_underscore || t == AM_dollar_dollar) {
        if (t == AM_dollar_underscore) compiler_emit(c, OP_WHOLE, 0, TERM_NONE);
        else compile_all(c, item.copy);
        if (t == AM_dollar_underscore && item.copy) compiler_emit(c, OP_COPY, 0, TERM_NONE);
    } else if (is_cons(t)) {
        compiler_push(c, emit_item(OP_MK_CONS, 0, TERM_NONE));
        compiler_push(c, expr_item(cons_tail(t), item.copy));
        compiler_push(c, expr_item(cons_head(t), item.copy));
    } else if (is_tuple(t)) {
        compile_tuple(c, t, item.copy);
    } else if (is_map(t)) {
        compiler_push(c, emit_item(OP_MK_MAP, (uint32_t)map_size(t), TERM_NONE));
        compile_map_slots(c, t, ITEM_EXPR_MAP, item.copy);
    } else {
        compile_constant(c, t, item.copy);
    }
}
