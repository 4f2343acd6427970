// SPDX-License-Identifier: Apache-2.0
// exec/resolve.c - from what is to be called to where its code is.
#include "exec/resolve.h"

#include "code/builtin.h"
#include "exec/exception.h"
#include "exec/handler.h"
#include "exec/work.h"
#include "proc/isolate.h"
#include "term/atom.h"

// No function has more; a call with more can be attempted.
enum { MAX_FUNCTION_ARITY = 255 };

static Term list_of_args(Process *p, const Term *x, unsigned arity)
{
    Term *hp = heap_alloc(&p->heap, 2 * (size_t)arity), list = TERM_NIL;
    if (hp == NULL) return TERM_NONE;
    for (unsigned i = arity; i-- > 0;) list = cons_at(&hp, x[i], list);
    return list;
}

// error:undef, with the absent function and its arguments on top of the trace.
static const uint64_t *raise_undef(Process *p, const Term *x, Term m, Term f, unsigned arity)
{
    Term args = list_of_args(p, x, arity);
    exec_set_error(p, AM_undef);
    p->exc.undef_module = m, p->exc.undef_function = f;
    p->exc.args = args;
    p->exc.plain = true;
    return NULL;
}

// Links a library module that the sandbox has not met. False: the library has none of
// this name, or it cannot be linked.
static bool load_from_library(CodeTable *t, Term module)
{
    const Module *m = code_table_find(t, module);
    if (m != NULL && (m->current != NULL || m->pending != NULL))
        return false;  // only the function is absent
    Image *image;
    if (library_image(module, &image, NULL) != ST_OK) return false;
    Status st = code_table_load(t, image, true);
    image_release(image);
    return st == ST_OK;
}

static const uint64_t *builtin_entry(Term m, Term f, unsigned arity)
{
    const Bif *b = builtin_find(m, f, arity);
    return b == NULL ? NULL : &b->stub[4];
}

static const uint64_t *lookup(CodeTable *t, Term m, Term f, unsigned arity)
{
    const uint64_t *entry = code_table_entry(t, m, f, arity);
    if (entry == NULL && load_from_library(t, m)) entry = code_table_entry(t, m, f, arity);
    // A builtin of a module that has no file, or none that exports it.
    return entry != NULL ? entry : builtin_entry(m, f, arity);
}

const uint64_t *exec_resolve(Isolate *iso, Term module, Term function, unsigned arity)
{
    return lookup(iso->code, module, function, arity);
}

// An error handler module: Module:undefined_function(M, F, Args).
static const uint64_t *call_handler(Exec *e, Process *p, Term handler, Term name, Term m, Term f,
                                    unsigned arity)
{
    const uint64_t *entry = lookup((CodeTable *)e->code, handler, name, 3);
    if (entry == NULL) return NULL;
    Term args = list_of_args(p, e->x, arity);
    if (args == TERM_NONE) {
        exec_set_no_memory(p);
        return NULL;
    }
    e->x[0] = m, e->x[1] = f, e->x[2] = args;
    return entry;
}

// Module:'$handle_undefined_function'(F, Args), when the module exports it.
static const uint64_t *call_own_handler(Exec *e, Process *p, Term m, Term f, unsigned arity)
{
    const uint64_t *entry =
        code_table_entry((CodeTable *)e->code, m, AM_dollar_handle_undefined_function, 2);
    if (entry == NULL) return NULL;
    Term args = list_of_args(p, e->x, arity);
    if (args == TERM_NONE) return NULL;
    e->x[0] = f, e->x[1] = args;
    return entry;
}

// Elixir's Logger runs before it is first called. That is for Erlang code to see to (code.erl),
// which the library's error handler calls.
static bool links_in_erlang(const CodeTable *t, Term m)
{
    return m == AM_Elixir_Logger && code_table_find(t, m) == NULL;
}

const uint64_t *resolve_undefined(Exec *e, Process *p, Term m, Term f, unsigned arity)
{
    if (arity > MAX_FUNCTION_ARITY) return raise_undef(p, e->x, m, f, arity);
    bool in_erlang = links_in_erlang(e->code, m);
    const uint64_t *entry = in_erlang ? NULL : lookup((CodeTable *)e->code, m, f, arity);
    if (entry != NULL) return entry;
    const Module *module = code_table_find(e->code, m);
    if (in_erlang || (module != NULL && module->pending != NULL)) {
        // Its on_load function is running: the library's error handler waits for it.
        entry = call_handler(e, p, AM_error_handler, AM_undefined_function, m, f, arity);
    } else if (p->error_handler != AM_error_handler) {
        entry = call_handler(e, p, p->error_handler, AM_undefined_function, m, f, arity);
    } else {
        entry = call_own_handler(e, p, m, f, arity);
    }
    return entry != NULL ? entry : raise_undef(p, e->x, m, f, arity);
}

static bool is_apply3(Term m, Term f) { return m == AM_erlang && f == AM_apply; }

// apply(M, F, Args) with M or F no atom: badarg, as the builtin apply/3.
static const uint64_t *raise_bad_apply(Exec *e, Process *p, Term m, Term f, unsigned arity)
{
    Term args = list_of_args(p, e->x, arity);
    exec_set_error(p, AM_badarg);
    exception_note_native(p, e->apply3, (Term[]){m, f, args == TERM_NONE ? TERM_NIL : args});
    return NULL;
}

const uint64_t *resolve_apply(Exec *e, Process *p, Term m, Term f, unsigned arity)
{
    if (UNLIKELY(!is_atom(m) || !is_atom(f))) return raise_bad_apply(e, p, m, f, arity);
    if (is_apply3(m, f) && arity == 3) return resolve_apply_list(e, p, 3);
    const uint64_t *entry =
        arity > MAX_FUNCTION_ARITY ? NULL : code_table_entry((CodeTable *)e->code, m, f, arity);
    return entry != NULL ? entry : resolve_undefined(e, p, m, f, arity);
}

// {badarity, {Fun, Args}}
static const uint64_t *raise_badarity(Process *p, const Term *x, Term fun, unsigned arity)
{
    Term args = list_of_args(p, x, arity);
    Term *hp = heap_alloc(&p->heap, 6);
    if (args == TERM_NONE || hp == NULL) {
        exec_set_no_memory(p);
        return NULL;
    }
    Term pair = tuple2_at(&hp, fun, args);
    exec_set_error(p, tuple2_at(&hp, AM_badarity, pair));
    p->exc.plain = true;
    return NULL;
}

static const uint64_t *raise_badfun(Process *p, Term fun)
{
    exec_set_error_tagged(p, AM_badfun, fun);
    p->exc.plain = true;
    return NULL;
}

// The module of a fun has no code: the error handler may load it, and tries again.
static const uint64_t *call_lambda_handler(Exec *e, Process *p, Term fun, unsigned arity)
{
    Term module = ((const Fun *)boxed_ptr(fun))->entry->module;
    const Module *m = code_table_find(e->code, module);
    if (m != NULL && m->current != NULL) return raise_badfun(p, fun);
    if (lookup((CodeTable *)e->code, p->error_handler, AM_undefined_lambda, 3) != NULL)
        return call_handler(e, p, p->error_handler, AM_undefined_lambda, module, fun, arity);
    exec_set_error(p, AM_undef);
    p->exc.plain = true;
    return NULL;
}

// The code of a fun has been purged: the module may have it again, under the same identity.
static const FunEntry *revive(Exec *e, const FunEntry *f)
{
    if (resolve_fun_is_live(e, f)) return f;
    return code_table_find_fun(e->code, f->module, f->index, f->uniq, f->old_uniq, f->old_index);
}

const uint64_t *resolve_fun(Exec *e, Process *p, Term fun, unsigned arity)
{
    if (is_export_fun(fun)) {
        const Term *x = boxed_ptr(fun);
        if (small_value(x[3]) != arity) return raise_badarity(p, e->x, fun, arity);
        return resolve_apply(e, p, x[1], x[2], arity);
    }
    if (!is_local_fun(fun)) return raise_badfun(p, fun);
    const Fun *f = (const Fun *)boxed_ptr(fun);
    if (f->entry->arity != arity) return raise_badarity(p, e->x, fun, arity);
    const FunEntry *live = revive(e, f->entry);
    if (live == NULL) return call_lambda_handler(e, p, fun, arity);
    if (live->num_free != f->entry->num_free) return raise_badfun(p, fun);
    for (uint32_t i = 0; i < live->num_free; i++) e->x[arity + i] = f->env[i];
    return live->code;
}

// Lays the elements of a list out as arguments. SIZE_MAX: more than OTP's registers hold;
// on return *tail is what the list ends in.
static size_t spread(Term *x, Term list, Term *tail)
{
    size_t n = 0;
    for (; is_cons(list); list = cons_tail(list)) {
        if (n == X_REGS - 1) return SIZE_MAX;
        x[n++] = cons_head(list);
    }
    *tail = list;
    return n;
}

// apply(erlang, apply, [M, F, Args]) is apply(M, F, Args), and so on inwards: whoever applies
// apply/3 is who applies M:F, also in the trace of an error. args are M, F and Args.
static void unwrap(Process *p, Term *args)
{
    for (; is_apply3(args[0], args[1]); p->reds--) {
        Term inner[3], list = args[2];
        for (int i = 0; i < 3; i++, list = cons_tail(list)) {
            if (!is_cons(list)) return;
            inner[i] = cons_head(list);
        }
        if (!is_nil(list)) return;
        memcpy(args, inner, sizeof inner);
    }
}

const uint64_t *resolve_apply_list(Exec *e, Process *p, unsigned arity)
{
    Term args[3] = {e->x[0], e->x[1], e->x[2]}, tail = TERM_NIL;
    if (arity == 3) unwrap(p, args);
    bool good = arity == 2 || (is_atom(args[0]) && is_atom(args[1]));
    size_t n = good ? spread(e->x, args[arity - 1], &tail) : 0;
    if (!good || n == SIZE_MAX || !is_nil(tail)) {
        exec_set_error(p, n == SIZE_MAX ? AM_system_limit : AM_badarg);
        exception_note_native(p, arity == 2 ? e->apply2 : e->apply3, args);
        return NULL;
    }
    if (arity == 2) return resolve_fun(e, p, args[0], (unsigned)n);
    return resolve_apply(e, p, args[0], args[1], (unsigned)n);
}

static bool is_raiser(const Bif *b)
{
    if (b->module != AM_erlang) return false;
    return b->function == AM_error ||
           (b->arity == 1 && (b->function == AM_exit || b->function == AM_throw));
}

const uint64_t *resolve_tail(Exec *e, Process *p, const uint64_t *entry)
{
    if (entry == NULL || entry[0] != instr_handler[INSTR_bif_stub]) return entry;
    const Bif *b = (const Bif *)(uintptr_t)entry[1];
    if (!is_raiser(b)) return entry;
    (void)b->fn(p, e->x);
    return NULL;
}
