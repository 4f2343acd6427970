// SPDX-License-Identifier: Apache-2.0
// exec/op_frame.c - stack frames, heap reservation, moves.
#include "exec/handler.h"

// New slots hold nil: a collection may come before the code has set them.
static ALWAYS_INLINE Term *push_frame(Term *sp, uint32_t slots)
{
    sp -= slots + 1;
    sp[0] = 0;
    for (uint32_t i = 1; i <= slots; i++) sp[i] = TERM_NIL;
    return sp;
}

OP(allocate)
{
    NEED((size_t)U(0) + 1, U(1));
    sp = push_frame(sp, U(0));
    NEXT(2);
}

OP(allocate_heap)
{
    NEED((size_t)U(0) + 1 + U(1), U(2));
    sp = push_frame(sp, U(0));
    NEXT(3);
}

OP(test_heap)
{
    NEED(U(0), U(1));
    NEXT(2);
}

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
