// SPDX-License-Identifier: Apache-2.0
// exec/op_frame.c - stack frames, heap reservation, moves.
#include "exec/handler.h"

// New slots hold nil: a collection or an exception may come before the code has set them. The
// first four words below the stack are filled whatever the size of the frame, for most frames
// have four slots or fewer and a loop that runs once or twice is predicted badly.
enum { FRAME_ROOM = 4 };  // beside the slots
static ALWAYS_INLINE Term *push_frame(Term *sp, uint32_t slots)
{
    for (unsigned i = 1; i <= 4; i++) sp[-(int)i] = TERM_NIL;
    if (UNLIKELY(slots > 4)) {
#pragma clang loop vectorize(disable) unroll(disable)
        for (uint32_t i = 5; i <= slots; i++) sp[-(int64_t)i] = TERM_NIL;
    }
    sp -= (size_t)slots + 1;
    sp[0] = 0;
    return sp;
}

// An instruction that needs `words` words. The way to the collector is a function of its own,
// so that the handler keeps nothing in memory.
#define NEEDS(name, words, live)                                                              \
    static PRESERVE_NONE NOINLINE void need_##name(STATE) { COLLECT_AND_RETRY(words, live); } \
    OP(name)
#define ENSURE(name, words) \
    if (lacks(x, sp, hp, (words))) TAIL_CALL(need_##name)

#define FRAME_WORDS(slots) ((size_t)(slots) + FRAME_ROOM)

NEEDS(allocate, FRAME_WORDS(U(0)), U(1))
{
    ENSURE(allocate, FRAME_WORDS(U(0)));
    sp = push_frame(sp, U(0));
    NEXT(2);
}

NEEDS(allocate_move, FRAME_WORDS(U(0)), U(1))
{
    ENSURE(allocate_move, FRAME_WORDS(U(0)));
    sp = push_frame(sp, U(0));
    YREG(3) = XREG(2);
    NEXT(3);
}

// An overlay: the move_xx_call behind it too.
OP(allocate_move_call)
{
    ENSURE(allocate_move, FRAME_WORDS(U(0)));
    sp = push_frame(sp, U(0));
    YREG(3) = XREG(2);
    ip += 3;
    XREG(1) = XREG(0);
    sp[0] = (Term)(uintptr_t)(ip + 3);
    ip += (int32_t)U(2);
    ENTER();
}

NEEDS(allocate_heap, FRAME_WORDS(U(0)) + U(1), U(2))
{
    ENSURE(allocate_heap, FRAME_WORDS(U(0)) + U(1));
    sp = push_frame(sp, U(0));
    NEXT(3);
}

// is_nonempty_list, allocate, get_list: target, slots, live, list, head, tail.
NEEDS(list_frame, FRAME_WORDS(U(1)), U(2))
{
    Term v = XREG(3);
    if (!is_cons(v)) GOTO(U(0));
    ENSURE(list_frame, FRAME_WORDS(U(1)));
    sp = push_frame(sp, U(1));
    Term head = cons_head(v), tail = cons_tail(v);
    REG(4) = head;
    REG(5) = tail;
    NEXT(4);
}

// The same with a move from x to y behind the allocation: source and destination come last.
NEEDS(list_frame_move, FRAME_WORDS(U(1)), U(2))
{
    Term v = XREG(3);
    if (!is_cons(v)) GOTO(U(0));
    ENSURE(list_frame_move, FRAME_WORDS(U(1)));
    sp = push_frame(sp, U(1));
    YREG(7) = XREG(6);
    Term head = cons_head(v), tail = cons_tail(v);
    REG(4) = head;
    REG(5) = tail;
    NEXT(5);
}

PRESERVE_NONE NOINLINE void exec_need(STATE) { COLLECT_AND_RETRY(U(0), U(1)); }

OP(test_heap)
{
    if (lacks(x, sp, hp, U(0))) TAIL_CALL(exec_need);
    NEXT(2);
}

OP(deallocate)
{
    sp += (size_t)U(0) + 1;
    NEXT(2);
}

// The return address slot moves up to its new place; it holds none that matters.
OP(trim)
{
    sp += U(0);
    sp[0] = 0;
    NEXT(2);
}

OP(init_y)
{
    YREG(0) = TERM_NIL;
    NEXT(2);
}

OP(init_yregs)
{
    uint32_t n = U(0);
    for (uint32_t i = 0; i < n; i++) *reg_at(x, sp, (uint32_t)W(2 + i)) = TERM_NIL;
    NEXT(2 + n);
}

OP(move_xx)
{
    XREG(1) = XREG(0);
    NEXT(2);
}

OP(move_xy)
{
    YREG(1) = XREG(0);
    NEXT(2);
}

OP(move_yx)
{
    XREG(1) = YREG(0);
    NEXT(2);
}

OP(move_yy)
{
    YREG(1) = YREG(0);
    NEXT(2);
}

#define MOVE_PAIR(a, b, from1, to1, from2, to2) \
    OP(move_##a##_##b)                          \
    {                                           \
        to1(1) = from1(0);                      \
        to2(3) = from2(2);                      \
        NEXT(3);                                \
    }
MOVE_PAIR(xx, xx, XREG, XREG, XREG, XREG)
MOVE_PAIR(xx, xy, XREG, XREG, XREG, YREG)
MOVE_PAIR(xx, yx, XREG, XREG, YREG, XREG)
MOVE_PAIR(xy, xx, XREG, YREG, XREG, XREG)
MOVE_PAIR(xy, xy, XREG, YREG, XREG, YREG)
MOVE_PAIR(xy, yx, XREG, YREG, YREG, XREG)
MOVE_PAIR(yx, xx, YREG, XREG, XREG, XREG)
MOVE_PAIR(yx, xy, YREG, XREG, XREG, YREG)
MOVE_PAIR(yx, yx, YREG, XREG, YREG, XREG)

OP(move_cx)
{
    XREG(0) = W(2);
    NEXT(3);
}

OP(move_cy)
{
    YREG(0) = W(2);
    NEXT(3);
}

// A value in x0, then the return.
OP(move_x0_return)
{
    x[0] = REG(0);
    ip = (const Word *)(uintptr_t)sp[0];
    sp[0] = 0;
    DISPATCH();
}

OP(move_c_return)
{
    x[0] = W(1);
    ip = (const Word *)(uintptr_t)sp[0];
    sp[0] = 0;
    DISPATCH();
}

OP(move_deallocate_return)
{
    x[0] = REG(0);
    sp += (size_t)U(1) + 1;
    LEAVE_FRAME();
}

OP(move_c_deallocate_return)
{
    x[0] = W(2);
    sp += (size_t)U(0) + 1;
    LEAVE_FRAME();
}

OP(swap)
{
    Term *a = reg_at(x, sp, U(0)), *b = reg_at(x, sp, U(1));
    Term t = *a;
    *a = *b;
    *b = t;
    NEXT(2);
}
