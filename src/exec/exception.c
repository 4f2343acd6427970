// SPDX-License-Identifier: Apache-2.0
// exec/exception.c - raising, finding the handler, stack traces.
#include "exec/exception.h"

#include "base/fiber.h"
#include "base/hide.h"
#include "code/builtin.h"
#include "code/code_table.h"
#include "exec/handler.h"
#include "proc/isolate.h"
#include "term/atom.h"

// ---- setting ------------------------------------------------------------------
void exec_set_error(Process *p, Term reason)
{
    p->exc = (Exception){.class = EXC_ERROR,
                         .value = reason,
                         .trace = TERM_NONE,
                         .args = TERM_NONE,
                         .info = TERM_NONE};
}

void exec_set_error_tagged(Process *p, Term tag, Term value)
{
    Term *hp = heap_alloc(&p->heap, 3);
    exec_set_error(p, hp == NULL ? AM_system_limit : tuple2_at(&hp, tag, value));
}

void exception_note_native(Process *p, const Bif *bif, const Term *argv)
{
    if (p->exc.native) return;  // a continuation has named its builtin already
    Term *hp = heap_alloc(&p->heap, 2 * (size_t)bif->arity);
    p->exc.native = hp != NULL;
    if (hp == NULL) return;
    p->current_bif = bif;
    Term list = TERM_NIL;
    for (unsigned i = bif->arity; i-- > 0;) list = cons_at(&hp, argv[i], list);
    p->exc.args = list;
}

// ---- what error_info says about a builtin ----------------------------------------
// The module whose format_error/2 explains the errors of a builtin.
static Term format_module(Term module)
{
    switch (module) {
    case AM_atomics:
    case AM_counters:
    case AM_erlang:
    case AM_erts_internal:
    case AM_persistent_term: return AM_erl_erts_errors;
    case AM_code:
    case AM_os: return AM_erl_kernel_errors;
    case AM_binary:
    case AM_ets:
    case AM_lists:
    case AM_maps:
    case AM_math:
    case AM_re:
    case AM_unicode: return AM_erl_stdlib_errors;
    default: return TERM_NONE;
    }
}

// #{cause => C, module => M} or #{module => M} at *hp.
static Term error_info_map(Term **hp, Term cause, Term module)
{
    unsigned n = cause == TERM_NONE ? 1 : 2;
    Term *keys = *hp;
    keys[0] = TUPLE_HEADER(n);
    Term *map = keys + 1 + n;
    map[0] = MAP_HEADER(MAP_FLAT, 0, 1 + n);
    map[1] = make_boxed(keys);
    keys[n] = AM_module, map[1 + n] = module;
    if (n == 2) keys[1] = AM_cause, map[2] = cause;
    *hp = map + 2 + n;
    return make_boxed(map);
}

// [{error_info, Map}] or []. Room for 14 words is needed.
static Term info_list(Process *p, Term **hp)
{
    Term map = p->exc.info;
    if (p->exc.native) {
        Term module = format_module(p->current_bif->module);
        if (module == TERM_NONE) return TERM_NIL;
        map = error_info_map(hp, p->exc.info, module);
    } else if (map == TERM_NONE) {
        return TERM_NIL;
    }
    Term pair = tuple2_at(hp, AM_error_info, map);
    return cons_at(hp, pair, TERM_NIL);
}

// ---- saving ---------------------------------------------------------------------
// Return addresses, newest first, without immediate repetition. A function's
// frame begins with its return address; words with the header tag are addresses or unset.
// A deep recursion is one entry, however many words it has: they are paid for.
static unsigned gather(Process *p, uint64_t *out, unsigned max)
{
    unsigned n = 0;
    const Term *at = p->heap.sp;
    Pace work = PACE_START;
    for (; at < p->heap.end && n < max; at++, (void)pace(&work, 1)) {
        if (!is_header(*at) || *at == 0) continue;
        if (n > 0 && out[n - 1] == *at) continue;
        out[n++] = *at;
    }
    p->reds -= (at - p->heap.sp) / 16;
    return n;
}

static Term class_atom(ExcClass c)
{
    return c == EXC_ERROR ? AM_error : c == EXC_EXIT ? AM_exit : AM_throw;
}

// Addresses, the tuple, and [{error_info, #{cause => C, module => M}}].
enum { RAW_TRACE_WORDS = 1 + TRACE_MAX_DEPTH + 7 + 14 };

// The raw trace of what p->exc says; TERM_NIL when there is no memory for one.
static Term save_trace(Process *p)
{
    uint64_t address[TRACE_MAX_DEPTH];
    unsigned n = 0, depth = p->iso->trace_depth;
    Term module = TERM_NIL, function = TERM_NIL,
         args = p->exc.args == TERM_NONE ? AM_none : p->exc.args;
    if (p->exc.native) {
        module = p->current_bif->module, function = p->current_bif->function;
    } else if (p->exc.undef_module != TERM_NONE) {
        module = p->exc.undef_module, function = p->exc.undef_function;
    }
    // An instruction is shown by the word behind it, as a return address is.
    // What called an absent function is on the stack, and so is what called a builtin
    // by way of the export table.
    const uint64_t *at = p->ip;
    bool called = at != NULL && at[0] == instr_handler[INSTR_bif_stub];
    bool here = !called && (module == TERM_NIL || (p->exc.native && depth > 1));
    if (here && at != NULL && code_table_image_at(p->iso->code, at) != NULL)
        address[n++] = (uint64_t)(uintptr_t)(at + 1);
    unsigned shown = n + (module != TERM_NIL);
    if (shown < depth) n += gather(p, address + n, depth - shown);
    Term *hp = heap_alloc(&p->heap, RAW_TRACE_WORDS);
    if (hp == NULL) return TERM_NIL;
    Term *start = hp, *raw = hp;
    raw[0] = HEADER(BOX_POS_BIG, n == 0 ? 1 : n);
    raw[1] = 1;
    for (unsigned i = 0; i < n; i++) raw[1 + i] = hide_address((const void *)(uintptr_t)address[i]);
    hp += 1 + (n == 0 ? 1 : n);
    Term info = info_list(p, &hp);
    Term *t = hp;
    t[0] = TUPLE_HEADER(6);
    t[1] = make_boxed(raw), t[2] = module, t[3] = function, t[4] = args, t[5] = info,
    t[6] = class_atom(p->exc.class);
    hp += 7;
    heap_shrink(&p->heap, start, RAW_TRACE_WORDS, (size_t)(hp - start));
    return make_boxed(t);
}

// ---- showing ----------------------------------------------------------------------
// {M, F, Args, Location} for a code address, the arity for AM_none; false: it is nowhere.
static bool entry_at(Process *p, Heap *h, uint64_t address, Term args, Term info, Term *out)
{
    const Word *at = (const Word *)(uintptr_t)(address - sizeof(Word));
    const Image *m = code_table_image_at(p->iso->code, at);
    const ImageFunction *f = m == NULL ? NULL : image_function_at(m, at);
    if (f == NULL) return false;
    Term file;
    uint32_t line;
    // Stock Erlang holds no line numbers for the modules that are part of its emulator.
    bool located = !library_is_preloaded(m->module) && image_line_at(m, at, &file, &line);
    Term *hp = heap_alloc(h, 5 + 10);
    if (hp == NULL) return false;
    Term location = info;
    Term *start = hp;
    if (located) {
        Term l = tuple2_at(&hp, AM_line, make_small(line));
        Term fl = tuple2_at(&hp, AM_file, file);
        location = cons_at(&hp, l, location);
        location = cons_at(&hp, fl, location);
    }
    Term *t = hp;
    t[0] = TUPLE_HEADER(4);
    t[1] = m->module, t[2] = f->name, t[3] = args == AM_none ? make_small(f->arity) : args,
    t[4] = location;
    hp += 5;
    heap_shrink(h, start, 15, (size_t)(hp - start));
    *out = make_boxed(t);
    return true;
}

static Term list_of(Heap *h, const Term *items, unsigned n)
{
    Term *hp = heap_alloc(h, 2 * (size_t)n), list = TERM_NIL;
    if (hp == NULL) return TERM_NIL;
    for (unsigned i = n; i-- > 0;) list = cons_at(&hp, items[i], list);
    return list;
}

static bool is_raw_trace(Term t)
{
    return is_tuple_arity(t, 6) &&
           (is_big(tuple_elements(t)[0]) || tuple_elements(t)[0] == TERM_NIL);
}

Term exception_class(Term raw) { return is_raw_trace(raw) ? tuple_elements(raw)[5] : TERM_NONE; }

Term exception_raised_trace(Process *p, Term class, Term list)
{
    Term *t = heap_alloc(&p->heap, 7);
    if (t == NULL) return TERM_NONE;
    t[0] = TUPLE_HEADER(6);
    t[1] = t[2] = t[3] = t[5] = TERM_NIL;
    t[4] = list, t[6] = class;
    return make_boxed(t);
}

Term exception_with_class(Process *p, Term raw, Term class)
{
    if (!is_raw_trace(raw)) return exception_raised_trace(p, class, raw);
    if (exception_class(raw) == class) return raw;
    Term *t = heap_alloc(&p->heap, 7);
    if (t == NULL) return TERM_NONE;
    memcpy(t, boxed_ptr(raw), 7 * sizeof *t);
    t[6] = class;
    return make_boxed(t);
}

// The arguments of a first entry may be anything that a guest made of a raw trace by
// handing it around: only a list or a small integer is shown as such.
Term exception_stacktrace(Process *p, Term raw)
{
    if (!is_raw_trace(raw)) return raw;
    Term *e = tuple_elements(raw), items[TRACE_MAX_DEPTH + 1];
    if (e[0] == TERM_NIL) return e[3];
    const uint64_t *address = big_digits(e[0]);
    unsigned total = (unsigned)big_limbs(e[0]), n = 0;
    Term args = e[3], info = e[4];
    if (total > TRACE_MAX_DEPTH) total = TRACE_MAX_DEPTH;
    if (e[1] != TERM_NIL) {
        Term *t = heap_alloc(&p->heap, 5);
        if (t == NULL) return TERM_NONE;
        t[0] = TUPLE_HEADER(4);
        t[1] = e[1], t[2] = e[2], t[3] = args == AM_none ? TERM_NIL : args, t[4] = info;
        items[n++] = make_boxed(t);
        args = AM_none, info = TERM_NIL;
    }
    for (unsigned i = 0; i < total; i++) {
        uint64_t shown = (uint64_t)(uintptr_t)hide_undone(address[i]);
        if (!entry_at(p, &p->heap, shown, args, info, &items[n])) continue;
        n++;
        args = AM_none, info = TERM_NIL;
    }
    return list_of(&p->heap, items, n);
}

Term exception_current_stacktrace(Heap *into, Process *p, unsigned depth)
{
    uint64_t address[TRACE_MAX_DEPTH];
    Term items[TRACE_MAX_DEPTH];
    unsigned n = 0, shown = 0;
    if (depth > TRACE_MAX_DEPTH) depth = TRACE_MAX_DEPTH;
    const uint64_t *at = p->ip;
    // Who waits with a timeout is shown at the beginning of its receive.
    if (at != NULL && at[0] == instr_handler[INSTR_wait_timeout]) at += (int32_t)(uint32_t)at[1];
    if (at != NULL && depth > 0) address[n++] = (uint64_t)(uintptr_t)(at + 1);
    n += gather(p, address + n, depth - n);
    for (unsigned i = 0; i < n; i++) {
        if (entry_at(p, into, address[i], AM_none, TERM_NIL, &items[shown])) shown++;
    }
    return list_of(into, items, shown);
}

// ---- finding the handler -------------------------------------------------------------
// The innermost catch mark, and the frame that it is in. NULL: none.
static const uint64_t *find_catch(Heap *h, Term **frame)
{
    Term *start = h->sp;
    Pace work = PACE_START;
    for (Term *at = h->sp; at < h->end; at++, (void)pace(&work, 1)) {
        if (is_header(*at)) start = at;
        if (!is_catch(*at)) continue;
        *frame = start;
        return catch_handler(*at);
    }
    return NULL;
}

// {Value, Stacktrace}: the reason with which an uncaught error ends a process.
static Term with_stacktrace(Process *p, Term value, Term raw)
{
    Term trace = exception_stacktrace(p, raw);
    Term *hp = heap_alloc(&p->heap, 3);
    return hp == NULL || trace == TERM_NONE ? value : tuple2_at(&hp, value, trace);
}

static const uint64_t *uncaught(Process *p, Term value, Term trace)
{
    p->uncaught = p->exc.class;
    if (p->exc.class != EXC_EXIT) value = with_stacktrace(p, value, trace);
    bool show = p->watched && p->exc.class == EXC_EXIT;  // the reason does not hold it
    p->exc = (Exception){.class = EXC_KILLED, .value = value, .trace = trace, .has_trace = show};
    return NULL;
}

const uint64_t *exception_handle(Exec *e, Process *p)
{
    if (p->exc.class == EXC_KILLED) return NULL;
    Term value = p->exc.value;
    Term *frame = NULL;
    const uint64_t *handler = find_catch(&p->heap, &frame);
    if (handler == NULL && p->exc.class == EXC_THROW) {
        Term *hp = heap_alloc(&p->heap, 3);
        value = hp == NULL ? AM_nocatch : tuple2_at(&hp, AM_nocatch, value);
        p->exc.class = EXC_ERROR;
    }
    Term trace = p->exc.has_trace ? p->exc.trace : save_trace(p);
    if (handler == NULL) return uncaught(p, value, trace);
    e->x[0] = TERM_NONE;
    e->x[1] = class_atom(p->exc.class);
    e->x[2] = value;
    e->x[3] = trace;
    p->heap.sp = frame;
    frame[0] = 0;  // the call that raised is over
    p->exc = (Exception){.class = EXC_NONE};
    return handler;
}
