// SPDX-License-Identifier: Apache-2.0
// exec/op_frame.c - stack frames, heap reservation, moves.
#include "exec/handler.h"

// New slots hold nil: a collection may come before the code has set them. Most frames are small.
static ALWAYS_INLINE Term *push_frame(Term *sp, uint32_t slots)
{
    sp -= slots + 1;
    sp[0] = 0;
    uint32_t i = 1;
#pragma clang loop vectorize(disable) unroll(disable)
    for (; i <= slots; i++) sp[i] = TERM_NIL;
    return sp;
}

static ALWAYS_INLINE bool lacks(const Term *sp, const Term *hp, size_t words)
{
    return (size_t)(sp - hp) < words || APEX_STRESS;
}

// An instruction that needs `words` words, and its slow form, which collects first: the fast
// one keeps nothing in memory.
#define NEEDS(name, words, live, ...)                                             \
    static PRESERVE_NONE NOINLINE void slow_##name(STATE)                         \
    {                                                                             \
        SAVE();                                                                   \
        if (!exec_reserve(p, x, (live), (words), NULL, 0)) TAIL_CALL(exec_raise); \
        LOAD();                                                                   \
        __VA_ARGS__                                                               \
    }                                                                             \
    OP(name)                                                                      \
    {                                                                             \
        if (UNLIKELY(lacks(sp, hp, (words)))) TAIL_CALL(slow_##name);             \
        __VA_ARGS__                                                               \
    }

NEEDS(allocate, (size_t)U(0) + 1, U(1), {
    sp = push_frame(sp, U(0));
    NEXT(2);
})

NEEDS(allocate_move, (size_t)U(0) + 1, U(1), {
    sp = push_frame(sp, U(0));
    YREG(3) = XREG(2);
    NEXT(3);
})

NEEDS(allocate_heap, (size_t)U(0) + 1 + U(1), U(2), {
    sp = push_frame(sp, U(0));
    NEXT(3);
})

NEEDS(test_heap, (size_t)U(0), U(1), { NEXT(2); })

OP(deallocate)
{
    sp += U(0) + 1;
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

OP(swap)
{
    Term *a = reg_at(x, sp, U(0)), *b = reg_at(x, sp, U(1));
    Term t = *a;
    *a = *b;
    *b = t;
    NEXT(2);
}
