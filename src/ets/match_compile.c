// SPDX-License-Identifier: Apache-2.0
// ets/match_compile.c - match specification to program: clauses and heads.
//
// Guests nest terms as deep as they like, so nothing here recurses: a stack of
// items says what is still to be compiled.
#include "ets/match_int.h"
#include "heap/copy.h"
#include "term/compare.h"

// ---- variables --------------------------------------------------------------------------
int64_t match_variable(Term t)
{
    if (!is_atom(t)) return -1;
    AtomText text = atom_text(t);
    if (text.len < 2 || text.bytes[0] != '$' || text.len > 10) return -1;
    if (text.bytes[1] == '0' && text.len > 2) return -1;
    int64_t n = 0;
    for (uint32_t i = 1; i < text.len; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9') return -1;
        n = n * 10 + (text.bytes[i] - '0');
    }
    return n;
}

// The place of variable `number` among vars: its own, or where it belongs.
static size_t var_position(const Compiler *c, uint32_t number)
{
    size_t low = 0, high = c->vars.len;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c->vars.items[middle].number < number) low = middle + 1;
        else high = middle;
    }
    return low;
}

const MatchVar *compiler_find_var(const Compiler *c, uint32_t number)
{
    size_t at = var_position(c, number);
    return at < c->vars.len && c->vars.items[at].number == number ? &c->vars.items[at] : NULL;
}

static void bind_var(Compiler *c, uint32_t number)
{
    const MatchVar *known = compiler_find_var(c, number);
    if (known != NULL) {
        compiler_emit(c, OP_SAME, known->index, TERM_NONE);
        return;
    }
    size_t at = var_position(c, number);
    MatchVar var = {number, (uint32_t)c->vars.len};
    if (vec_push(&c->vars, var) != ST_OK) {
        c->status = ST_NOMEM;
        return;
    }
    c->work += c->vars.len - at;
    memmove(&c->vars.items[at + 1], &c->vars.items[at], (c->vars.len - 1 - at) * sizeof var);
    c->vars.items[at] = var;
    compiler_emit(c, OP_BIND, var.index, TERM_NONE);
}

// ---- emitting ---------------------------------------------------------------------------
// Change of the stack's depth.
static int64_t effect_of(MatchOpKind kind, uint32_t n)
{
    switch (kind) {
    case OP_SKIP:
    case OP_BIND:
    case OP_SAME:
    case OP_WORD:
    case OP_EQUAL:
    case OP_POP:
    case OP_MK_CONS:
    case OP_ANDALSO:
    case OP_ORELSE:
    case OP_REQUIRE:
    case OP_DROP: return -1;
    case OP_TUPLE: return (int64_t)n - 1;
    case OP_CONS:
    case OP_KEY:
    case OP_PUSH:
    case OP_VAR:
    case OP_WHOLE:
    case OP_SELF:
    case OP_FLAG: return 1;
    case OP_MK_LIST:
    case OP_MK_TUPLE:
    case OP_CALL:
    case OP_AND:
    case OP_OR:
    case OP_CONST_OF: return 1 - (int64_t)n;
    case OP_MK_MAP: return 1 - 2 * (int64_t)n;
    case OP_MAP:
    case OP_COPY:
    case OP_BODY:
    case OP_MESSAGE:
    case OP_RETURN: return 0;
    }
    return 0;
}

static void emit_op(Compiler *c, MatchOp op)
{
    if (c->status != ST_OK) return;
    c->status = vec_push(&c->m->ops, op);
    c->depth = (uint32_t)(c->depth + effect_of(op.kind, op.n));
    if (c->depth > c->m->stack_words) c->m->stack_words = c->depth;
}

void compiler_emit(Compiler *c, MatchOpKind kind, uint32_t n, Term term)
{
    emit_op(c, (MatchOp){.kind = kind, .n = n, .term = term});
}

void compiler_push(Compiler *c, Item item)
{
    if (c->status == ST_OK) c->status = vec_push(&c->items, item);
    c->work++;
}

void compiler_error(Compiler *c, MatchErrorKind kind, Term special, Term term, uint64_t n)
{
    c->bad = true;
    if (c->errors == NULL || c->status != ST_OK) return;
    c->status = vec_push(c->errors, ((MatchError){kind, n, special, term}));
}

static void set_label(Compiler *c, uint32_t label)
{
    for (uint32_t jump = c->labels.items[label]; jump != 0;) {
        MatchOp *op = &c->m->ops.items[jump - 1];
        jump = op->n;
        op->n = (uint32_t)c->m->ops.len;
    }
}

static void emit_jump(Compiler *c, const Item *item)
{
    uint32_t last = c->labels.items[item->n];
    emit_op(c, (MatchOp){.kind = item->op, .n = last});
    c->labels.items[item->n] = (uint32_t)c->m->ops.len;
}

// ---- heads ------------------------------------------------------------------------------
void compile_map_slots(Compiler *c, Term map, ItemKind kind, bool copy)
{
    Term *p = boxed_ptr(map);
    unsigned shape = map_header_shape(*p);
    if (shape == MAP_FLAT) {
        Term *keys = tuple_elements(p[1]);
        for (size_t i = map_size(map); i-- > 0;) {
            Item value = {
                kind == ITEM_HEAD_MAP ? ITEM_HEAD : ITEM_EXPR, 0, copy, 0, p[2 + i], NULL};
            compiler_push(c, value);
            value.kind = kind == ITEM_HEAD_MAP ? ITEM_EMIT : ITEM_EXPR;
            value.op = OP_KEY;
            value.term = keys[i];
            compiler_push(c, value);
        }
        return;
    }
    size_t first = shape == MAP_HEAD ? 2 : 1, words = map_header_words(*p);
    for (size_t i = words; i >= first; i--) {
        Item child = {kind, 0, copy, 0, p[i], NULL};
        compiler_push(c, child);
    }
}

// A slot of a big map: a pair, or a node of more slots.
static void compile_slot(Compiler *c, const Item *item)
{
    if (is_boxed(item->term)) {
        compile_map_slots(c, item->term, item->kind, item->copy);
        return;
    }
    bool head = item->kind == ITEM_HEAD_MAP;
    Item part = {head ? ITEM_HEAD : ITEM_EXPR, 0, item->copy, 0, cons_tail(item->term), NULL};
    compiler_push(c, part);
    part.kind = head ? ITEM_EMIT : ITEM_EXPR;
    part.op = OP_KEY;
    part.term = cons_head(item->term);
    compiler_push(c, part);
}

static void push_heads(Compiler *c, const Term *elements, size_t n)
{
    while (n-- > 0) compiler_push(c, (Item){.kind = ITEM_HEAD, .term = elements[n]});
}

static void compile_head(Compiler *c, Term t)
{
    int64_t var = match_variable(t);
    if (var >= 0) {
        bind_var(c, (uint32_t)var);
    } else if (t == AM_underscore) {
        compiler_emit(c, OP_SKIP, 0, TERM_NONE);
    } else if (is_cons(t)) {
        compiler_emit(c, OP_CONS, 0, TERM_NONE);
        compiler_push(c, (Item){.kind = ITEM_HEAD, .term = cons_tail(t)});
        compiler_push(c, (Item){.kind = ITEM_HEAD, .term = cons_head(t)});
    } else if (is_tuple(t)) {
        size_t n = tuple_arity(t);
        compiler_emit(c, OP_TUPLE, (uint32_t)n, TERM_NONE);
        push_heads(c, tuple_elements(t), n);
    } else if (is_map(t)) {
        compiler_emit(c, OP_MAP, 0, TERM_NONE);
        compiler_push(c, (Item){.kind = ITEM_EMIT, .op = OP_POP});
        compile_map_slots(c, t, ITEM_HEAD_MAP, false);
    } else {
        compiler_emit(c, is_immed(t) ? OP_WORD : OP_EQUAL, 0, t);
    }
}

static void emit_item(Compiler *c, const Item *item)
{
    if (item->op == OP_KEY) {
        if (match_variable(item->term) >= 0) {
            compiler_error(c, MATCH_ERR_MAP_KEY_VARIABLE, TERM_NONE, TERM_NONE, 0);
        } else if (item->term == AM_underscore) {
            compiler_error(c, MATCH_ERR_MAP_KEY_UNDERSCORE, TERM_NONE, TERM_NONE, 0);
        }
    }
    compiler_emit(c, item->op, item->n, item->term);
}

void compiler_run(Compiler *c)
{
    while (c->items.len > 0 && c->status == ST_OK) {
        Item item = vec_pop(&c->items);
        c->work++;
        (void)pace(&c->pace, 32);
        switch ((ItemKind)item.kind) {
        case ITEM_HEAD: compile_head(c, item.term); break;
        case ITEM_EXPR: compile_expr(c, item); break;
        case ITEM_HEAD_MAP:
        case ITEM_EXPR_MAP: compile_slot(c, &item); break;
        case ITEM_EMIT: emit_item(c, &item); break;
        case ITEM_CALL: emit_op(c, (MatchOp){.kind = OP_CALL, .n = item.n, .fn = item.fn}); break;
        case ITEM_JUMP: emit_jump(c, &item); break;
        case ITEM_LABEL: set_label(c, item.n); break;
        }
    }
    c->items.len = 0;
}

// ---- clauses ------------------------------------------------------------------------------
// The head of a trace specification is a list of patterns for the arguments,
// which lie on the stack, the first on top and their number above it; or one
// pattern for the list of them.
static void compile_heads(Compiler *c, Term head)
{
    uint32_t n = 1;
    bool listed = match_head_is_list(c->m->dialect, head);
    if (listed) {
        Term t = head;
        for (; is_cons(t); t = cons_tail(t)) n++;
        if (!is_nil(t)) compiler_error(c, MATCH_ERR_HEAD_NOT_LIST, TERM_NONE, TERM_NONE, 0);
    }
    c->depth = n;
    if (n > c->m->stack_words) c->m->stack_words = n;
    if (listed) compiler_emit(c, OP_WORD, 0, make_small(n - 1));
    for (Term t = head; listed && is_cons(t); t = cons_tail(t)) {
        compiler_push(c, (Item){.kind = ITEM_HEAD, .term = cons_head(t)});
        compiler_run(c);
    }
    if (!listed) {
        compiler_push(c, (Item){.kind = ITEM_HEAD, .term = head});
        compiler_run(c);
    }
    c->depth = 0;
}

// Guards, or the expressions of a body: each is required to be true, or its
// value is dropped but for the last one's.
static void compile_list(Compiler *c, Term list, bool body)
{
    c->in_body = body;
    if (body && !is_cons(list)) {
        compiler_error(c, MATCH_ERR_EMPTY_BODY, TERM_NONE, TERM_NONE, 0);
        return;
    }
    if (!is_cons(list) && !is_nil(list)) {
        compiler_error(c, MATCH_ERR_EXPR_NOT_LIST, TERM_NONE, TERM_NONE, 0);
        return;
    }
    for (; is_cons(list) && c->status == ST_OK; list = cons_tail(list)) {
        bool last = is_nil(cons_tail(list));
        Item item = {.kind = ITEM_EXPR, .copy = body && last, .term = cons_head(list)};
        compiler_push(c, item);
        compiler_run(c);
        if (!body) compiler_emit(c, OP_REQUIRE, 0, TERM_NONE);
        else if (!last) compiler_emit(c, OP_DROP, 0, TERM_NONE);
    }
    if (!is_nil(list)) compiler_error(c, MATCH_ERR_EXPR_NOT_PROPER, TERM_NONE, TERM_NONE, 0);
}

static void compile_clause(Compiler *c, Term clause)
{
    Term *parts = tuple_elements(clause);
    MatchClause made = {.code = (uint32_t)c->m->ops.len, .pattern = parts[0]};
    c->vars.len = 0;
    c->labels.len = 0;
    compile_heads(c, parts[0]);
    compile_list(c, parts[1], false);
    compiler_emit(c, OP_BODY, 0, TERM_NONE);
    compile_list(c, parts[2], true);
    compiler_emit(c, OP_RETURN, 0, TERM_NONE);
    made.num_vars = (uint32_t)c->vars.len;
    if (made.num_vars > c->m->most_vars) c->m->most_vars = made.num_vars;
    if (c->status == ST_OK) c->status = vec_push(&c->m->clauses, made);
}

// The shape of the whole, before any clause is looked into.
static bool check_shape(Compiler *c, Term spec)
{
    if (!is_cons(spec)) {
        compiler_error(c, MATCH_ERR_NOT_LIST, TERM_NONE, TERM_NONE, 0);
        return false;
    }
    Term t = spec;
    for (; is_cons(t); t = cons_tail(t), (void)pace(&c->pace, 4)) c->work++;
    if (!is_nil(t)) {
        compiler_error(c, MATCH_ERR_NOT_PROPER, TERM_NONE, TERM_NONE, 0);
        return false;
    }
    for (t = spec; is_cons(t); t = cons_tail(t), (void)pace(&c->pace, 16)) {
        if (is_tuple_arity(cons_head(t), 3)) continue;
        compiler_error(c, MATCH_ERR_NOT_TRIPLE, TERM_NONE, TERM_NONE, 0);
        return false;
    }
    return true;
}

// ---- programs -------------------------------------------------------------------------------
static void program_destroy(Space *s, NativeObject *o)
{
    MatchProgram *m = (MatchProgram *)o;
    vec_clear(&m->ops);
    vec_clear(&m->clauses);
    off_release_all(s, m->off);
    if (m->words != NULL) arena_free(&s->arena, m->words, m->num_words * sizeof(Term));
    if (m->vars != NULL) {
        size_t words = (size_t)m->most_vars + m->stack_words;
        arena_free(&s->arena, m->vars, words * sizeof(Term));
    }
    arena_free(&s->arena, m, sizeof *m);
}

static const NativeClass match_class = {"match specification", program_destroy};

static MatchProgram *program_new(Space *s, MatchDialect dialect)
{
    MatchProgram *m = arena_calloc(&s->arena, 1, sizeof *m);
    if (m == NULL) return NULL;
    m->object = (NativeObject){&match_class, 1, space_next_ref(s)};
    m->dialect = dialect;
    vec_init(&m->ops, &s->arena);
    vec_init(&m->clauses, &s->arena);
    return m;
}

// Copies the specification into the program (S1).
static Status keep_spec(Space *s, MatchProgram *m, Term *spec)
{
    TRY(copy_size(s, *spec, copy_room(s), &m->num_words));
    m->words = arena_alloc(&s->arena, m->num_words * sizeof(Term));
    if (m->words == NULL) return ST_NOMEM;
    Term *hp = m->words;
    return copy_term_at(s, *spec, &hp, &m->off, spec);
}

static Status compile_into(Compiler *c, Term spec)
{
    if (!check_shape(c, spec)) return c->status == ST_OK ? ST_INVALID : c->status;
    // Errors are to show terms of the caller: those of our copy end with it.
    TRY(keep_spec(&c->iso->space, c->m, &spec));
    for (; is_cons(spec) && !c->bad && c->status == ST_OK; spec = cons_tail(spec))
        compile_clause(c, cons_head(spec));
    if (c->status != ST_OK) return c->status;
    if (c->bad) return ST_INVALID;
    size_t words = (size_t)c->m->most_vars + c->m->stack_words;
    c->m->vars = arena_calloc(&c->iso->space.arena, words, sizeof(Term));
    return c->m->vars == NULL ? ST_NOMEM : ST_OK;
}

Status match_compile(Isolate *iso, Term spec, MatchDialect dialect, MatchResolve resolve,
                     MatchErrors *errors, MatchProgram **out, uint64_t *work)
{
    MatchProgram *m = program_new(&iso->space, dialect);
    if (m == NULL) return ST_NOMEM;
    Compiler c = {.iso = iso, .m = m, .resolve = resolve, .errors = errors, .status = ST_OK};
    c.pace = PACE_START;
    vec_init(&c.items, &iso->space.arena);
    vec_init(&c.vars, &iso->space.arena);
    vec_init(&c.labels, &iso->space.arena);
    Status st = compile_into(&c, spec);
    vec_clear(&c.items);
    vec_clear(&c.vars);
    vec_clear(&c.labels);
    *work += c.work + m->num_words;
    // With errors to show, the program lives on as the owner of their terms.
    if (st == ST_OK || (st == ST_INVALID && errors != NULL)) *out = m;
    else match_release(&iso->space, m);
    return st;
}

Term match_ref_at(MatchProgram *m, Term **hp, Term **off)
{
    m->object.refs++;
    Term ref = magic_ref_at(*hp, off, &m->object);
    *hp += MAGIC_WORDS;
    return ref;
}

MatchProgram *match_of_ref(Term t) { return (MatchProgram *)magic_object(t, &match_class); }
