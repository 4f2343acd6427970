// SPDX-License-Identifier: Apache-2.0
// ets/match_run.c - runs compiled match specifications.
#include "ets/match.h"
#include "heap/copy.h"
#include "heap/frozen.h"
#include "heap/map.h"
#include "term/compare.h"

typedef struct Run {
    MatchProgram *m;
    Process *p;
    Term object;
    Term *vars;
    Term *sp;  // one above the top of the stack
    bool in_body;
    bool refused;
    bool keep;     // the caller wants no copies
    Term message;  // trace
    MatchTrace *trace;
} Run;

// ---- heads --------------------------------------------------------------------------------
static bool same(Term a, Term b)
{
    return a == b || (is_pointer(a) && is_pointer(b) && equal_exact(a, b));
}

// Runs the operations of a head. The first operation behind it, or NULL when
// the object is not matched.
static const MatchOp *run_head(Run *r, const MatchOp *op)
{
    Term *sp = r->sp;
    for (;; op++) {
        Term t;
        switch ((MatchOpKind)op->kind) {
        case OP_SKIP:
        case OP_POP: sp--; break;
        case OP_BIND: r->vars[op->n] = *--sp; break;
        case OP_SAME:
            if (!same(r->vars[op->n], *--sp)) return NULL;
            break;
        case OP_WORD:
            if (*--sp != op->term) return NULL;
            break;
        case OP_EQUAL:
            if (!same(op->term, *--sp)) return NULL;
            break;
        case OP_TUPLE:
            t = *--sp;
            if (!is_tuple_arity(t, op->n)) return NULL;
            for (size_t i = op->n; i-- > 0;) *sp++ = tuple_elements(t)[i];
            break;
        case OP_CONS:
            t = *--sp;
            if (!is_cons(t)) return NULL;
            *sp++ = cons_tail(t);
            *sp++ = cons_head(t);
            break;
        case OP_MAP:
            if (!is_map(sp[-1])) return NULL;
            break;
        case OP_KEY:
            t = map_get(sp[-1], op->term);
            if (t == TERM_NONE) return NULL;
            *sp++ = t;
            break;
        default: r->sp = sp; return op;
        }
    }
}

// ---- values ---------------------------------------------------------------------------------
static Term *room(Run *r, size_t words)
{
    Term *hp = heap_alloc(&r->p->heap, words);
    if (hp == NULL) r->refused = true;
    return hp;
}

static void make_list(Run *r, uint32_t n)
{
    Term list = TERM_NIL;
    Term *hp = n == 0 ? NULL : room(r, 2 * (size_t)n);
    if (n != 0 && hp == NULL) return;
    for (uint32_t i = 0; i < n; i++) list = cons_at(&hp, *--r->sp, list);
    *r->sp++ = list;
}

static void make_tuple(Run *r, uint32_t n)
{
    Term *hp = room(r, 1 + (size_t)n);
    if (hp == NULL) return;
    r->sp -= n;
    hp[0] = TUPLE_HEADER(n);
    memcpy(hp + 1, r->sp, n * sizeof(Term));
    *r->sp++ = make_boxed(hp);
}

static void make_map(Run *r, uint32_t n)
{
    r->sp -= 2 * (size_t)n;
    Term map = map_from_pairs(&r->p->heap, r->sp, n);
    if (map == TERM_NONE) r->refused = true;
    *r->sp++ = map;
}

static void copy_top(Run *r)
{
    Term t = r->sp[-1];
    if (!is_pointer(t) || is_frozen(t) || r->keep) return;
    t = copy_term(&r->p->heap, t);
    if (t == TERM_NONE) r->refused = true;
    r->sp[-1] = t;
}

// Puts what failed: false says that the clause does not match.
static bool fail_with(Run *r)
{
    *r->sp++ = AM_EXIT;
    return r->in_body;
}

static bool call(Run *r, const MatchOp *op)
{
    r->sp -= op->n;
    Process *p = r->p;
    Term value = op->fn(p, r->sp);
    if (value == TERM_NONE) {
        if (p->exc.class != EXC_ERROR) {
            r->refused = true;
            return true;
        }
        p->exc = (Exception){.class = EXC_NONE};
        return fail_with(r);
    }
    *r->sp++ = value;
    return true;
}

static bool logic(Run *r, const MatchOp *op)
{
    bool all = true, any = false, wrong = false;
    for (uint32_t i = 0; i < op->n; i++) {
        Term t = *--r->sp;
        all &= t == AM_true;
        any |= t == AM_true;
        wrong |= t != AM_true && t != AM_false;
    }
    if (wrong) return fail_with(r);
    *r->sp++ = make_bool(op->kind == OP_AND ? all : any);
    return true;
}

static void note_flag(Run *r, Term flag)
{
    if (r->trace != NULL && flag == AM_return_trace) r->trace->return_trace = true;
    if (r->trace != NULL && flag == AM_exception_trace) r->trace->exception_trace = true;
    *r->sp++ = AM_true;
}

// One operation that pushes a value. False: the clause does not match.
static bool evaluate(Run *r, const MatchOp *op)
{
    switch ((MatchOpKind)op->kind) {
    case OP_PUSH: *r->sp++ = op->term; return true;
    case OP_VAR: *r->sp++ = r->vars[op->n]; return true;
    case OP_WHOLE: *r->sp++ = r->object; return true;
    case OP_SELF: *r->sp++ = r->p->pid; return true;
    case OP_COPY: copy_top(r); return true;
    case OP_MK_CONS: {
        Term *hp = room(r, 2);
        if (hp == NULL) return true;
        r->sp--;
        r->sp[-1] = cons_at(&hp, r->sp[-1], r->sp[0]);
        return true;
    }
    case OP_MK_LIST: make_list(r, op->n); return true;
    case OP_MK_TUPLE: make_tuple(r, op->n); return true;
    case OP_MK_MAP: make_map(r, op->n); return true;
    case OP_CALL: return call(r, op);
    case OP_AND:
    case OP_OR: return logic(r, op);
    case OP_REQUIRE: return *--r->sp == AM_true;
    case OP_DROP: r->sp--; return true;
    case OP_BODY: r->in_body = true; return true;
    case OP_MESSAGE:
        r->message = r->sp[-1];
        r->sp[-1] = AM_true;
        return true;
    case OP_FLAG: note_flag(r, op->term); return true;
    case OP_CONST_OF:
        r->sp -= op->n;
        *r->sp++ = op->term;
        return true;
    default: return false;
    }
}

// Runs guards and body. MATCH_YES: the value is on the stack.
static MatchResult run_code(Run *r, const MatchOp *op)
{
    const MatchOp *base = r->m->ops.items;
    for (;; op++) {
        if (op->kind == OP_RETURN) return MATCH_YES;
        if (op->kind == OP_ANDALSO || op->kind == OP_ORELSE) {
            Term t = r->sp[-1];
            if (t == make_bool(op->kind == OP_ANDALSO)) {
                r->sp--;
                continue;
            }
            if (t != AM_true && t != AM_false) {
                if (!r->in_body) return MATCH_NO;
                r->sp[-1] = AM_EXIT;
            }
            op = base + op->n - 1;
            continue;
        }
        if (!evaluate(r, op)) return MATCH_NO;
        if (UNLIKELY(r->refused)) return MATCH_REFUSED;
    }
}

MatchResult match_run(MatchProgram *m, Process *p, Term object, bool copy, Term *result)
{
    Run r = {.m = m, .p = p, .object = object, .vars = m->vars, .keep = !copy};
    Term *stack = m->vars + m->most_vars;
    for (size_t i = 0; i < m->clauses.len; i++) {
        r.sp = stack;
        r.in_body = false;
        *r.sp++ = object;
        const MatchOp *op = run_head(&r, m->ops.items + m->clauses.items[i].code);
        if (op == NULL) continue;
        r.sp = stack;
        MatchResult done = run_code(&r, op);
        if (done == MATCH_NO) continue;
        *result = done == MATCH_YES ? r.sp[-1] : TERM_NONE;
        return done;
    }
    return MATCH_NO;
}

MatchResult match_run_trace(MatchProgram *m, Process *p, Term list, const Term *args,
                            size_t num_args, MatchTrace *trace, Term *result)
{
    Run r = {.m = m, .p = p, .object = list, .vars = m->vars, .trace = trace};
    Term *stack = m->vars + m->most_vars;
    for (size_t i = 0; i < m->clauses.len; i++) {
        r.sp = stack;
        r.in_body = false;
        r.message = TERM_NONE;
        *trace = (MatchTrace){0};
        if (match_head_is_list(m->dialect, m->clauses.items[i].pattern)) {
            // S2 has room for the arguments that the head wants, no more.
            const MatchOp *count = &m->ops.items[m->clauses.items[i].code];
            if (count->term != make_small((int64_t)num_args)) continue;
            for (size_t a = num_args; a-- > 0;) *r.sp++ = args[a];
            *r.sp++ = make_small((int64_t)num_args);
        } else {
            *r.sp++ = list;
        }
        const MatchOp *op = run_head(&r, m->ops.items + m->clauses.items[i].code);
        if (op == NULL) continue;
        r.sp = stack;
        MatchResult done = run_code(&r, op);
        if (done == MATCH_NO) continue;
        *result = r.message != TERM_NONE ? r.message : AM_true;
        return done;
    }
    return MATCH_NO;
}
