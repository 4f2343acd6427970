// SPDX-License-Identifier: Apache-2.0
// exec/op_message.c - send and receive.
#include "code/builtin.h"
#include "exec/exception.h"
#include "exec/work.h"
#include "proc/mailbox.h"
#include "proc/timer.h"

// x0 ! x1, as the builtin erlang:send/2 does it; x0 becomes the message.
OP(send)
{
    SAVE();
    const Bif *b = EXEC->send;
    p->current_bif = b;
    Term value = b->fn(p, x);
    LOAD();
    if (UNLIKELY(value == TERM_NONE)) {
        if (p->exc.class >= EXC_TRAP) sp[0] = (Term)(uintptr_t)(ip + 1);
        TAIL_CALL(exec_bif_returned_none);
    }
    x[0] = value;
    reds -= 1;
    NEXT(1);
}

OP(loop_rec)
{
    Term message = mailbox_peek(p);
    if (message == TERM_NONE) {
        if (LIKELY(p->mailbox.outer == NULL)) GOTO(U(0));
        SAVE();
        mailbox_fetch_slow(p);
        message = mailbox_peek(p);
        if (message == TERM_NONE) GOTO(U(0));
    }
    REG(1) = message;
    NEXT(2);
}

// Going back to the beginning of a receive costs a reduction, so that a scan of a long
// mailbox gives way. The position is kept, the x registers are not.
#define GO_BACK()                         \
    do {                                  \
        ip += (int32_t)U(0);              \
        if (UNLIKELY(--reds <= 0)) {      \
            SAVE();                       \
            p->num_args = 0;              \
            EXEC->outcome = EXEC_YIELDED; \
            TAIL_CALL(exec_leave);        \
        }                                 \
        DISPATCH();                       \
    } while (0)

OP(loop_rec_end)
{
    mailbox_next(p);
    GO_BACK();
}

OP(remove_message)
{
    mailbox_remove(p);
    if (UNLIKELY(p->in_receive_timeout)) timer_cancel_receive(p);
    NEXT(1);
}

OP(timeout)
{
    mailbox_rewind(p);
    timer_cancel_receive(p);
    NEXT(1);
}

OP(wait)
{
    ip += (int32_t)U(0);
    SAVE();
    p->num_args = 0;
    EXEC->outcome = EXEC_WAITING;
    TAIL_CALL(exec_leave);
}

// Milliseconds of a receive's after; false: not a time.
static bool timeout_ms(Term t, uint64_t *ms)
{
    if (!is_small(t) || small_value(t) < 0 || small_value(t) > UINT32_MAX) return false;
    *ms = (uint64_t)small_value(t);
    return true;
}

// Reached with all messages looked at, and again when something wakes the process: a
// message jumps, the end of the time falls through.
// The receive ends with an error: the next one begins with the first message again.
#define FAIL_RECEIVE(reason) \
    do {                     \
        mailbox_rewind(p);   \
        RAISE_ERROR(reason); \
    } while (0)

OP(wait_timeout)
{
    Term time = SRC(2);
    uint64_t ms = 0;
    if (p->timed_out) NEXT(3);
    // Woken by a message. A receive without clauses has itself for a target, and
    // sleeps on.
    if (U(0) != 0 && mailbox_peek(p) != TERM_NONE) GO_BACK();
    if (!p->in_receive_timeout && time != AM_infinity) {
        if (UNLIKELY(!timeout_ms(time, &ms))) FAIL_RECEIVE(AM_timeout_value);
        if (ms == 0) NEXT(3);
        SAVE();
        if (timer_set_receive(p, ms) != ST_OK) FAIL_RECEIVE(AM_system_limit);
    }
    // It goes on here, whatever wakes it.
    SAVE();
    // Its time may be in x0, which is then read again.
    if (process_save_args(p, x, U(0) == 0 && W(2) == 0 ? 1 : 0) != ST_OK)
        RAISE_ERROR(AM_system_limit);
    EXEC->outcome = EXEC_WAITING;
    TAIL_CALL(exec_leave);
}

OP(recv_marker_reserve)
{
    REG(0) = recv_marker_reserve(p);
    NEXT(2);
}

OP(recv_marker_bind)
{
    recv_marker_bind(p, REG(0), REG(1));
    NEXT(2);
}

OP(recv_marker_clear)
{
    recv_marker_clear(p, REG(0));
    NEXT(2);
}

OP(recv_marker_use)
{
    recv_marker_use(p, REG(0));
    NEXT(2);
}
