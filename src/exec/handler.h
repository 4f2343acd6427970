// SPDX-License-Identifier: Apache-2.0
// exec/handler.h - how an instruction handler is written.
//
// A handler is a function that ends in a jump to the next one (A5). The machine
// state travels in registers:
//
//   ip    the instruction being executed; ip[0] is this handler
//   x     the x registers (and, behind them, the rest of Exec)
//   sp    top of the stack: sp[0] is the return address slot of the frame,
//         sp[1 + n] is y register n
//   hp    next free heap word; hp <= sp
//   p     the process
//   reds  reductions left
//
// The order below puts ip, x, sp and p where calls to plain C functions keep
// them; hp and reds go to memory before such calls anyway (P1).
#pragma once
#include "code/code_table.h"
#include "code/image.h"
#include "code/instr.h"
#include "exec/exec.h"
#include "proc/isolate.h"
#include "proc/process.h"
#include "term/atom.h"
#include "term/term.h"

#define PRESERVE_NONE __attribute__((preserve_none))
#define STATE         const Word *ip, Term *x, Term *sp, Process *p, Term *hp, int64_t reds
#define PASS          ip, x, sp, p, hp, reds
typedef PRESERVE_NONE void (*Handler)(STATE);

#define OP(name)      PRESERVE_NONE void op_##name(STATE)
#define TAIL_CALL(fn) __attribute__((musttail)) return fn(PASS)
#define DISPATCH()    TAIL_CALL(((Handler)ip[0]))
#define NEXT(name_words)    \
    do {                    \
        ip += (name_words); \
        DISPATCH();         \
    } while (0)
#define GOTO(offset)             \
    do {                         \
        ip += (int32_t)(offset); \
        DISPATCH();              \
    } while (0)
#define EXEC ((Exec *)x)

// Operands: 32-bit ones by position, then 64-bit ones by word.
#define U(n) (((const uint32_t *)(ip + 1))[n])
#define W(n) (ip[n])

// State to memory and back, around calls into C.
#define SAVE() (p->heap.hp = hp, p->heap.sp = sp, p->reds = reds, p->ip = ip)
#define LOAD() (hp = p->heap.hp, sp = p->heap.sp, reds = p->reds)

static ALWAYS_INLINE Term *reg_at(Term *x, Term *sp, uint32_t r)
{
    char *base = (r & 1) ? (char *)sp - 1 : (char *)x;
    return (Term *)(base + r);
}
#define REG(n)  (*reg_at(x, sp, U(n)))
#define XREG(n) (*(Term *)((char *)x + U(n)))
#define YREG(n) (*(Term *)((char *)sp - 1 + U(n)))

static ALWAYS_INLINE Term src_value(Term *x, Term *sp, Word w)
{
    return (w & 3) != 0 ? w : *reg_at(x, sp, (uint32_t)(w >> 2));
}
#define SRC(n) src_value(x, sp, W(n))

// Slow ways out, all in exec/. Each continues with the next instruction, an
// exception handler of the guest, or leaves exec_run.
PRESERVE_NONE void exec_raise(STATE);          // p->exc is set; SAVE()d
PRESERVE_NONE void exec_yield_at_entry(STATE); // reds used up at a function's entry
PRESERVE_NONE void exec_yield_at_return(STATE);  // reds used up behind a call; its value is in x0
PRESERVE_NONE void exec_leave(STATE);  // EXEC->outcome is set; SAVE()d

PRESERVE_NONE void exec_yield_after_bif(STATE);  // reds used up behind a call_bif, x0 live

// A function is entered: ip is its first instruction. The arity is the word
// before it.
#define ENTER()                                                    \
    do {                                                           \
        if (UNLIKELY(--reds <= 0)) TAIL_CALL(exec_yield_at_entry); \
        DISPATCH();                                                \
    } while (0)

// A function with a frame returns; sp is at the return address. It pays as the call did:
// a recursion a million calls deep comes back as one piece otherwise.
#define LEAVE_FRAME()                                               \
    do {                                                            \
        ip = (const Word *)(uintptr_t)sp[0];                        \
        sp[0] = 0;                                                  \
        if (UNLIKELY(--reds <= 0)) TAIL_CALL(exec_yield_at_return); \
        DISPATCH();                                                 \
    } while (0)

// error:value (an instruction's own error: the current function tops the trace).
#define RAISE_ERROR(reason)          \
    do {                             \
        SAVE();                      \
        exec_set_error(p, (reason)); \
        TAIL_CALL(exec_raise);       \
    } while (0)
void exec_set_error(Process *p, Term reason);
// error:{tag, value}; the tuple is built on the heap.
void exec_set_error_tagged(Process *p, Term tag, Term value);

// Makes room for words beside the stack, x[0..live) and `extra` (may be NULL) are
// roots. State is SAVE()d before and LOAD()ed after. False: p->exc says how the
// process ends.
bool exec_reserve(Process *p, Term *x, unsigned live, size_t words, Term *extra,
                  unsigned num_extra);

#define NEED(words, live)                                                             \
    do {                                                                              \
        if (UNLIKELY((size_t)(sp - hp) < (size_t)(words) || APEX_STRESS)) {           \
            SAVE();                                                                   \
            if (!exec_reserve(p, x, (live), (words), NULL, 0)) TAIL_CALL(exec_raise); \
            LOAD();                                                                   \
        }                                                                             \
    } while (0)

// Room for `words` words between heap and stack? Stress builds say no once, so that each
// instruction that asks goes by way of a collection.
static ALWAYS_INLINE bool lacks(Term *x, const Term *sp, const Term *hp, size_t words)
{
#if APEX_STRESS
    if (!EXEC->has_reserved) return true;
    EXEC->has_reserved = false;
#endif
    return UNLIKELY((uintptr_t)hp + words * sizeof(Term) > (uintptr_t)sp);
}

// Collects for `words` words, then runs the instruction again, which finds them.
#define COLLECT_AND_RETRY(words, live)                                            \
    do {                                                                          \
        SAVE();                                                                   \
        if (!exec_reserve(p, x, (live), (words), NULL, 0)) TAIL_CALL(exec_raise); \
        LOAD();                                                                   \
        EXEC->has_reserved = true;                                                \
        DISPATCH();                                                               \
    } while (0)
// For instructions whose first operands are words and live.
PRESERVE_NONE void exec_need(STATE);

// What a builtin did when it returned TERM_NONE, as a tail call: raise, trap,
// yield, wait. State is SAVE()d.
PRESERVE_NONE void exec_bif_returned_none(STATE);
