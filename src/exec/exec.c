// SPDX-License-Identifier: Apache-2.0
// exec/exec.c - entering and leaving the handlers, and the slow paths they share.
#include "exec/exec.h"

#include <stdlib.h>

#include "base/fiber.h"
#include "code/builtin.h"
#include "exec/exception.h"
#include "exec/resolve.h"
#include "exec/work.h"
#include "proc/isolate.h"
#include "proc/signal.h"

#define INSTR(name, layout) PRESERVE_NONE void op_##name(STATE);
#include "code/instr.def"
#undef INSTR

// Not writable once the program is loaded; the linker fills in the addresses.
const uint64_t instr_handler[INSTR_COUNT] = {
#define INSTR(name, layout) [INSTR_##name] = (uint64_t)(uintptr_t)op_##name,
#include "code/instr.def"
#undef INSTR
};

// The bottom of every stack.
static const uint64_t process_end_code[2] = {(uint64_t)(uintptr_t)op_process_end, 0};

Exec *exec_new(void)
{
    Exec *e = aligned_alloc(64, (sizeof(Exec) + 63) / 64 * 64);
    if (e == NULL) return NULL;
    memset(e, 0, sizeof *e);
    e->send = builtin_find(AM_erlang, AM_send, 2);
    e->apply2 = builtin_find(AM_erlang, AM_apply, 2);
    e->apply3 = builtin_find(AM_erlang, AM_apply, 3);
    return e;
}

void exec_free(Exec *e) { free(e); }

Status exec_prepare(Process *p, const uint64_t *entry)
{
    Heap *h = &p->heap;
    if (h->sp - h->hp < 1) return ST_LIMIT;
    h->sp = h->end - 1;
    h->sp[0] = (Term)(uintptr_t)process_end_code;
    p->ip = entry;
    return ST_OK;
}

// ---- in and out -------------------------------------------------------------------
// Keeps nothing across the call (A5): the handlers use every register.
static NOINLINE void enter(const Word *ip, Term *x, Term *sp, Process *p, Term *hp, int64_t reds)
{
    ((Handler)ip[0])(ip, x, sp, p, hp, reds);
}

// The way out of the handlers: the caller finds the outcome in Exec.
PRESERVE_NONE void exec_leave(STATE) {}

// A new process: where its first function is. Its arguments are in x.
static bool start(Exec *e, Process *p, unsigned num_args)
{
    // They may fill its heap to the last word.
    if (p->heap.sp == p->heap.hp && !exec_reserve(p, e->x, num_args, 1, NULL, 0)) return false;
    if (exec_prepare(p, process_end_code) != ST_OK) {
        exec_set_no_memory(p);
        return false;
    }
    // spawn of a fun is that of erlang:apply/2, which is no frame of its own.
    bool is_fun =
        p->initial_mod == AM_erlang && p->initial_fun == AM_apply && p->initial_arity == 2;
    const uint64_t *entry =
        is_fun ? &e->apply2->stub[4]
               : resolve_apply(e, p, p->initial_mod, p->initial_fun, p->initial_arity);
    if (entry == NULL) {
        p->ip = process_end_code;
        return false;
    }
    p->ip = entry;
    return true;
}

ExecOutcome exec_run(Exec *e, Process *p, int64_t slice)
{
    e->iso = p->iso;
    e->code = p->iso->code;
    unsigned num_args = p->num_args;
    memcpy(e->x, p->args, num_args * sizeof(Term));
    p->num_args = 0;
    p->reds = slice < INSTALLMENT ? slice : INSTALLMENT;
    p->reductions += (uint64_t)p->reds;
    e->rest = slice - p->reds;
    if (p->ip == NULL && !start(e, p, num_args)) {
        const uint64_t *handler = exception_handle(e, p);
        if (handler == NULL) return EXEC_EXITED;
        p->ip = handler;
    }
    enter(p->ip, e->x, p->heap.sp, p, p->heap.hp, p->reds);
    return (ExecOutcome)e->outcome;
}

// ---- memory -------------------------------------------------------------------------
// Nobody can catch this.
static void set_killed(Process *p)
{
    exec_set_error(p, AM_system_limit);
    p->exc.class = EXC_KILLED;
    p->exc.value = AM_killed;
}

void exec_set_no_memory(Process *p)
{
    limit_refuse(&p->iso->limits, LIMIT_MEMORY);
    p->iso->memory_refused = true;
    set_killed(p);
}

bool exec_reserve(Process *p, Term *x, unsigned live, size_t words, Term *extra, unsigned num_extra)
{
    Roots roots;
    process_roots(p, &roots);
    if (live > 0) roots.spans[roots.count++] = (RootSpan){x, live};
    if (num_extra > 0) roots.spans[roots.count++] = (RootSpan){extra, num_extra};
    int64_t before = (int64_t)heap_words_used(&p->heap);
    Status st = heap_wants_gc(&p->heap) ? heap_collect(&p->heap, words, false, &roots)
                                        : heap_reserve(&p->heap, words, &roots);
    if (st != ST_OK) {
        exec_set_no_memory(p);
        return false;
    }
    process_note_collection(p, (size_t)before);
    p->reds -= before / 64;  // copying costs about that much
    if (UNLIKELY(!process_obeys_max_heap(p))) {
        set_killed(p);
        return false;
    }
    return true;
}

// ---- exceptions, traps -----------------------------------------------------------------
static bool park(Exec *e, Process *p, unsigned live, ExecOutcome outcome);

// What a handler is entered with.
enum { HANDLER_LIVE = 4 };

PRESERVE_NONE void exec_raise(STATE)
{
    const Word *handler = exception_handle(EXEC, p);
    if (handler == NULL) {
        EXEC->outcome = EXEC_EXITED;
        TAIL_CALL(exec_leave);
    }
    LOAD();
    ip = handler;
    // A loop of exceptions is a loop: it pays and gives way, and not at the next call only,
    // which may not come before many handlers have been left.
    reds -= 4;
    if (LIKELY(reds > 0)) DISPATCH();
    SAVE();
    if (!park(EXEC, p, HANDLER_LIVE, EXEC_YIELDED)) TAIL_CALL(exec_raise);
    TAIL_CALL(exec_leave);
}

// Keeps x[0..live) and leaves; p->ip says where to go on.
static bool park(Exec *e, Process *p, unsigned live, ExecOutcome outcome)
{
    if (process_save_args(p, e->x, live) != ST_OK) {
        exec_set_no_memory(p);
        return false;
    }
    e->outcome = outcome;
    return true;
}

// The next installment. False: the slice is used up, or nothing is to go on.
static bool next_installment(Exec *e, Process *p)
{
    int64_t left = exec_left(e, p);
    if (left <= 0 || !pause_point() || p->pending_kill || p->iso->stopping) return false;
    p->reds = left < INSTALLMENT ? left : INSTALLMENT;
    p->reductions += (uint64_t)(e->rest - (left - p->reds));
    e->rest = left - p->reds;
    return true;
}

PRESERVE_NONE void exec_yield_at_entry(STATE)
{
    SAVE();
    if (next_installment(EXEC, p)) {
        LOAD();
        DISPATCH();
    }
    if (!park(EXEC, p, (unsigned)ip[-1], EXEC_YIELDED)) TAIL_CALL(exec_raise);
    TAIL_CALL(exec_leave);
}

PRESERVE_NONE void exec_yield_at_return(STATE)
{
    // What ends a process is not worth another turn.
    if (ip == process_end_code) DISPATCH();
    SAVE();
    if (next_installment(EXEC, p)) {
        LOAD();
        DISPATCH();
    }
    if (!park(EXEC, p, 1, EXEC_YIELDED)) TAIL_CALL(exec_raise);
    TAIL_CALL(exec_leave);
}

// ip is at the call_bif; x0 is its value.
PRESERVE_NONE void exec_yield_after_bif(STATE)
{
    ip += 2;
    TAIL_CALL(exec_yield_at_return);
}

PRESERVE_NONE void exec_bif_returned_none(STATE)
{
    SAVE();
    switch (p->exc.class) {
    case EXC_TRAP:
    case EXC_YIELD:
    case EXC_WAIT: {
        // The continuation is entered as a function whose return address is the
        // one that is on the stack: that of the builtin's own caller.
        ExcClass class = p->exc.class;
        p->exc.class = EXC_NONE;
        memcpy(x, p->trap_args, p->trap_arity * sizeof(Term));
        ip = p->trap_code;
        p->ip = ip;
        if (p->drop_stack) {
            p->drop_stack = false;
            p->heap.sp = sp = p->heap.end - 1;
            sp[0] = (Term)(uintptr_t)process_end_code;
        }
        // A builtin that goes on and on leaves garbage behind at each turn.
        if (UNLIKELY(heap_wants_gc(&p->heap))) {
            if (!exec_reserve(p, x, (unsigned)ip[-1], 0, NULL, 0)) TAIL_CALL(exec_raise);
            LOAD();
        }
        if (class == EXC_TRAP) ENTER();
        if (!park(EXEC, p, p->trap_arity, class == EXC_YIELD ? EXEC_YIELDED : EXEC_WAITING))
            TAIL_CALL(exec_raise);
        TAIL_CALL(exec_leave);
    }
    case EXC_ERROR:
        if (!p->exc.has_trace && !p->exc.plain && !p->exc.native)
            exception_note_native(p, p->current_bif, x);
        TAIL_CALL(exec_raise);
    default: TAIL_CALL(exec_raise);
    }
}
