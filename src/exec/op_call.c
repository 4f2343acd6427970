// SPDX-License-Identifier: Apache-2.0
// exec/op_call.c - functions: entry, call, return, apply, funs.
#include "code/builtin.h"
#include "exec/exception.h"
#include "exec/handler.h"
#include "exec/resolve.h"

// ---- within the module ----------------------------------------------------------
OP(jump) { GOTO(U(0)); }

OP(call)
{
    sp[0] = (Term)(uintptr_t)(ip + 2);
    ip += (int32_t)U(0);
    ENTER();
}

OP(call_only)
{
    ip += (int32_t)U(0);
    ENTER();
}

OP(call_last)
{
    sp += (size_t)U(1) + 1;
    ip += (int32_t)U(0);
    ENTER();
}

// The slot is cleared: a return address stands on the stack only while a call is
// under way, which is what a stack trace shows.
OP(return)
{
    ip = (const Word *)(uintptr_t)sp[0];
    sp[0] = 0;
    DISPATCH();
}

OP(deallocate_return)
{
    sp += (size_t)U(0) + 1;
    LEAVE_FRAME();
}

// ---- through the export table ------------------------------------------------------
static ALWAYS_INLINE const Word *export_entry(Term *x, uint32_t number)
{
    return code_table_by_number(EXEC->code, number);
}

OP(call_ext)
{
    sp[0] = (Term)(uintptr_t)(ip + 2);
    ip = export_entry(x, U(0));
    ENTER();
}

OP(call_ext_only)
{
    ip = export_entry(x, U(0));
    ENTER();
}

OP(call_ext_last)
{
    sp += (size_t)U(1) + 1;
    ip = export_entry(x, U(0));
    ENTER();
}

// function_clause: the arguments are in the x registers.
OP(func_info)
{
    SAVE();
    exec_set_error(p, AM_function_clause);
    unsigned arity = (unsigned)W(3);
    Term *cell = heap_alloc(&p->heap, 2 * (size_t)arity), list = TERM_NIL;
    if (cell != NULL) {
        for (unsigned i = arity; i-- > 0;) list = cons_at(&cell, x[i], list);
        p->exc.args = list;
    }
    TAIL_CALL(exec_raise);
}

// The function is absent. The library is asked first; then the error handler of
// the process, which by default raises undef.
OP(undefined)
{
    SAVE();
    const ExportRecord *r = export_record((uint32_t)W(1));
    const Word *entry = resolve_undefined(EXEC, p, r->module, r->function, r->arity);
    LOAD();
    if (entry == NULL) TAIL_CALL(exec_raise);
    ip = entry;
    DISPATCH();
}

// Nothing leads here: it stands behind the last function of an image.
OP(native_missing) { RAISE_ERROR(AM_undef); }

// The bottom of the stack: the first function of the process has returned.
OP(process_end)
{
    SAVE();
    p->exc = (Exception){.class = EXC_KILLED, .value = AM_normal};
    EXEC->outcome = EXEC_EXITED;
    TAIL_CALL(exec_leave);
}

// ---- a move, then a call ---------------------------------------------------------------
#define MOVE_CALL(name, source, words, target)   \
    OP(name)                                     \
    {                                            \
        XREG(1) = (source);                      \
        sp[0] = (Term)(uintptr_t)(ip + (words)); \
        ip = (target);                           \
        ENTER();                                 \
    }
#define NEAR(n) (ip + (int32_t)U(n))
MOVE_CALL(move_xx_call, XREG(0), 3, NEAR(2))
MOVE_CALL(move_yx_call, YREG(0), 3, NEAR(2))
MOVE_CALL(move_xx_call_ext, XREG(0), 3, export_entry(x, U(2)))
MOVE_CALL(move_yx_call_ext, YREG(0), 3, export_entry(x, U(2)))

OP(move_cx_call)
{
    XREG(0) = W(2);
    sp[0] = (Term)(uintptr_t)(ip + 3);
    ip = NEAR(1);
    ENTER();
}

OP(move_cx_call_ext)
{
    XREG(0) = W(2);
    sp[0] = (Term)(uintptr_t)(ip + 3);
    ip = export_entry(x, U(1));
    ENTER();
}

OP(move_xx_call_only)
{
    XREG(1) = XREG(0);
    ip = NEAR(2);
    ENTER();
}

OP(move_cx_call_only)
{
    XREG(0) = W(2);
    ip = NEAR(1);
    ENTER();
}

// Two moves, then a call.
#define MOVES_CALL(a, b, from1, to1, from2, to2) \
    OP(move_##a##_##b##_call)                    \
    {                                            \
        to1(1) = from1(0);                       \
        to2(3) = from2(2);                       \
        sp[0] = (Term)(uintptr_t)(ip + 4);       \
        ip = NEAR(4);                            \
        ENTER();                                 \
    }
MOVES_CALL(xx, xx, XREG, XREG, XREG, XREG)
MOVES_CALL(xy, xx, XREG, YREG, XREG, XREG)
MOVES_CALL(yx, xx, YREG, XREG, XREG, XREG)
MOVES_CALL(yx, yx, YREG, XREG, YREG, XREG)

// A move, then a call that takes the place of the frame.
#define MOVE_CALL_LAST(name, source, target) \
    OP(name)                                 \
    {                                        \
        XREG(1) = (source);                  \
        sp += (size_t)U(3) + 1;              \
        ip = (target);                       \
        ENTER();                             \
    }
MOVE_CALL_LAST(move_xx_call_last, XREG(0), NEAR(2))
MOVE_CALL_LAST(move_yx_call_last, YREG(0), NEAR(2))
MOVE_CALL_LAST(move_xx_call_ext_last, XREG(0), export_entry(x, U(2)))
MOVE_CALL_LAST(move_yx_call_ext_last, YREG(0), export_entry(x, U(2)))

// The return address slot of the smaller frame is set by the call.
OP(trim_call)
{
    sp += U(0);
    sp[0] = (Term)(uintptr_t)(ip + 2);
    ip = NEAR(1);
    ENTER();
}

// ---- builtins ------------------------------------------------------------------------
// After a builtin that left fragments behind, before anything else is built.
static NOINLINE bool collect_after(Process *p, Term *x)
{
    return exec_reserve(p, x, 1, 0, NULL, 0);
}

#define CALL_BUILTIN(b, before_leaving)                      \
    do {                                                     \
        SAVE();                                              \
        p->current_bif = (b);                                \
        Term value = (b)->fn(p, x);                          \
        LOAD();                                              \
        if (UNLIKELY(value == TERM_NONE)) {                  \
            before_leaving;                                  \
            TAIL_CALL(exec_bif_returned_none);               \
        }                                                    \
        x[0] = value;                                        \
        if (UNLIKELY(heap_wants_gc(&p->heap))) {             \
            if (!collect_after(p, x)) TAIL_CALL(exec_raise); \
            LOAD();                                          \
        }                                                    \
    } while (0)

OP(call_bif)
{
    const Bif *b = (const Bif *)(uintptr_t)W(1);
    // A builtin that traps goes on in another function, which returns behind here.
    CALL_BUILTIN(b, if (p->exc.class >= EXC_TRAP) sp[0] = (Term)(uintptr_t)(ip + 2));
    if (UNLIKELY(--reds <= 0)) TAIL_CALL(exec_yield_after_bif);
    NEXT(2);
}

OP(bif_stub)
{
    const Bif *b = (const Bif *)(uintptr_t)W(1);
    CALL_BUILTIN(b, );
    ip = (const Word *)(uintptr_t)sp[0];
    sp[0] = 0;
    DISPATCH();
}

// ---- funs -----------------------------------------------------------------------------
static ALWAYS_INLINE bool is_fun_of_arity(Term f, uint32_t arity)
{
    return is_local_fun(f) && ((Fun *)boxed_ptr(f))->entry->arity == arity;
}

// Puts the free variables behind the arguments and says where the code is.
static ALWAYS_INLINE const Word *enter_fun(Term f, Term *x, uint32_t arity)
{
    const Fun *fun = (const Fun *)boxed_ptr(f);
    const FunEntry *e = fun->entry;
    for (uint32_t i = 0; i < e->num_free; i++) x[arity + i] = fun->env[i];
    return e->code;
}

// A call found nothing to enter. An absent function is shown as called from here: its
// caller's entry in the trace is the return address (or, in a tail call, that of the
// caller's caller). What is no fun, or one of another arity, shows its caller twice, as
// in OTP: as the place of the error, and as what the call would have returned to.
static void called_in_vain(Process *p, const Word *next)
{
    if (!p->exc.native) p->heap.sp[0] = (Term)(uintptr_t)next;
}

OP(call_fun)
{
    uint32_t arity = U(0);
    Term f = REG(1);
    if (LIKELY(is_fun_of_arity(f, arity))) {
        const FunEntry *e = ((Fun *)boxed_ptr(f))->entry;
        if (LIKELY(resolve_fun_is_live(EXEC, e))) {
            sp[0] = (Term)(uintptr_t)(ip + 2);
            ip = enter_fun(f, x, arity);
            ENTER();
        }
    }
    SAVE();
    const Word *entry = resolve_fun(EXEC, p, f, arity);
    LOAD();
    if (entry == NULL) {
        called_in_vain(p, ip + 2);
        TAIL_CALL(exec_raise);
    }
    sp[0] = (Term)(uintptr_t)(ip + 2);
    ip = entry;
    ENTER();
}

OP(call_fun_last)
{
    uint32_t arity = U(0);
    Term f = REG(1);
    const Word *entry = NULL;
    if (LIKELY(is_fun_of_arity(f, arity)) &&
        LIKELY(resolve_fun_is_live(EXEC, ((Fun *)boxed_ptr(f))->entry))) {
        entry = enter_fun(f, x, arity);
    } else {
        SAVE();
        entry = resolve_fun(EXEC, p, f, arity);
        LOAD();
        if (entry == NULL) {
            if (p->exc.undef_module != TERM_NONE) p->heap.sp = sp += (size_t)U(2) + 1;
            TAIL_CALL(exec_raise);
        }
    }
    sp += (size_t)U(2) + 1;
    ip = entry;
    ENTER();
}

OP(make_fun)
{
    uint32_t num_free = U(1);
    const FunEntry *e = (const FunEntry *)(uintptr_t)W(2);
    Fun *f = (Fun *)hp;
    f->header = HEADER(BOX_FUN, 2 + num_free);
    f->entry = e;
    f->creator = p->pid;
    for (uint32_t i = 0; i < num_free; i++) f->env[i] = SRC(3 + i);
    hp += FUN_WORDS(num_free);
    REG(0) = make_boxed((Term *)f);
    NEXT(3 + num_free);
}

// ---- apply ------------------------------------------------------------------------------
OP(apply_list)
{
    SAVE();
    const Word *entry = resolve_apply_list(EXEC, p, U(0));
    LOAD();
    if (entry == NULL) {
        called_in_vain(p, ip + 2);
        TAIL_CALL(exec_raise);
    }
    sp[0] = (Term)(uintptr_t)(ip + 2);
    ip = entry;
    ENTER();
}

OP(apply_list_only)
{
    SAVE();
    const Word *entry = resolve_tail(EXEC, p, resolve_apply_list(EXEC, p, U(0)));
    LOAD();
    if (entry == NULL) TAIL_CALL(exec_raise);
    ip = entry;
    ENTER();
}

OP(apply_list_last)
{
    SAVE();
    const Word *entry = resolve_tail(EXEC, p, resolve_apply_list(EXEC, p, U(0)));
    LOAD();
    if (entry == NULL) {
        if (p->exc.undef_module != TERM_NONE) p->heap.sp = sp += (size_t)U(1) + 1;
        TAIL_CALL(exec_raise);
    }
    sp += (size_t)U(1) + 1;
    ip = entry;
    ENTER();
}

OP(apply)
{
    uint32_t arity = U(0);
    SAVE();
    const Word *entry = resolve_apply(EXEC, p, x[arity], x[arity + 1], arity);
    LOAD();
    if (entry == NULL) {
        called_in_vain(p, ip + 2);
        TAIL_CALL(exec_raise);
    }
    sp[0] = (Term)(uintptr_t)(ip + 2);
    ip = entry;
    ENTER();
}

OP(apply_last)
{
    uint32_t arity = U(0);
    SAVE();
    const Word *entry = resolve_apply(EXEC, p, x[arity], x[arity + 1], arity);
    entry = resolve_tail(EXEC, p, entry);
    LOAD();
    if (entry == NULL) {
        if (p->exc.undef_module != TERM_NONE) p->heap.sp = sp += (size_t)U(1) + 1;
        TAIL_CALL(exec_raise);
    }
    sp += (size_t)U(1) + 1;
    ip = entry;
    ENTER();
}
