// SPDX-License-Identifier: Apache-2.0
// base/fiber.c - see fiber.h.
#include "base/fiber.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/clock.h"
#include "base/os.h"

#if APEX_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#if APEX_TSAN
#include <sanitizer/tsan_interface.h>
#endif

// Address space, most of it never touched: sanitizers and functions of the host want more
// than the engine. More than valgrind takes for growth of one stack.
#define STACK_BYTES ((size_t)4 << 20)

struct Fiber {
    void *sp;       // where it stands, while it does not run
    void *back;     // where the thread stands that runs it
    uint8_t *stack;
    FiberFn fn;
    void *arg;
    int64_t until;  // monotonic: pause points behind it pause
    const atomic_bool *hurry;
    bool done, abandoned;
    // For sanitizers.
    void *fake, *back_fake, *tsan, *back_tsan;
    const void *back_bottom;
    size_t back_size;
};

// Saves what the C calling convention wants kept on the stack, writes where to *from, and
// goes on at `to`. A new stack begins as if it had been left in fiber_entry.
void fiber_switch(void **from, void *to);
void fiber_entry(void);
MAYBE_UNUSED NORETURN void fiber_main(Fiber *f);

#if defined(__x86_64__)
enum { SAVED_WORDS = 7, WORD_OF_ARG = 3, WORD_OF_PC = 6 };
__asm__(".text\n"
        ".hidden fiber_switch\n.globl fiber_switch\n.type fiber_switch, @function\n"
        "fiber_switch:\n"
        "    pushq %rbp\n    pushq %rbx\n    pushq %r12\n"
        "    pushq %r13\n    pushq %r14\n    pushq %r15\n"
        "    movq %rsp, (%rdi)\n"
        "    movq %rsi, %rsp\n"
        "    popq %r15\n    popq %r14\n    popq %r13\n"
        "    popq %r12\n    popq %rbx\n    popq %rbp\n"
        "    retq\n"
        ".size fiber_switch, .-fiber_switch\n"
        ".hidden fiber_entry\n.globl fiber_entry\n.type fiber_entry, @function\n"
        "fiber_entry:\n"
        "    .cfi_startproc\n    .cfi_undefined rip\n"
        "    movq %r12, %rdi\n"
        "    callq fiber_main\n"
        "    ud2\n"
        "    .cfi_endproc\n"
        ".size fiber_entry, .-fiber_entry\n");
#elif defined(__aarch64__)
enum { SAVED_WORDS = 20, WORD_OF_ARG = 0, WORD_OF_PC = 11 };
__asm__(".text\n"
        ".hidden fiber_switch\n.globl fiber_switch\n.type fiber_switch, %function\n"
        "fiber_switch:\n"
        "    sub sp, sp, #160\n"
        "    stp x19, x20, [sp]\n    stp x21, x22, [sp, #16]\n"
        "    stp x23, x24, [sp, #32]\n    stp x25, x26, [sp, #48]\n"
        "    stp x27, x28, [sp, #64]\n    stp x29, x30, [sp, #80]\n"
        "    stp d8, d9, [sp, #96]\n    stp d10, d11, [sp, #112]\n"
        "    stp d12, d13, [sp, #128]\n    stp d14, d15, [sp, #144]\n"
        "    mov x9, sp\n    str x9, [x0]\n    mov sp, x1\n"
        "    ldp x19, x20, [sp]\n    ldp x21, x22, [sp, #16]\n"
        "    ldp x23, x24, [sp, #32]\n    ldp x25, x26, [sp, #48]\n"
        "    ldp x27, x28, [sp, #64]\n    ldp x29, x30, [sp, #80]\n"
        "    ldp d8, d9, [sp, #96]\n    ldp d10, d11, [sp, #112]\n"
        "    ldp d12, d13, [sp, #128]\n    ldp d14, d15, [sp, #144]\n"
        "    add sp, sp, #160\n"
        "    ret\n"
        ".size fiber_switch, .-fiber_switch\n"
        ".hidden fiber_entry\n.globl fiber_entry\n.type fiber_entry, %function\n"
        "fiber_entry:\n"
        "    .cfi_startproc\n    .cfi_undefined x30\n"
        "    mov x0, x19\n"
        "    bl fiber_main\n"
        "    brk #1\n"
        "    .cfi_endproc\n"
        ".size fiber_entry, .-fiber_entry\n");
#else
#error "no stack switch for this processor"
#endif

// The fiber that the calling thread runs. Used in functions that are not inlined only: a
// caller that had its address in a register would find another thread's there (F2).
static _Thread_local Fiber *running;

static NOINLINE Fiber *running_fiber(void)
{
    __asm__ volatile("" ::: "memory");
    return running;
}

static NOINLINE void set_running(Fiber *f)
{
    running = f;
    __asm__ volatile("" ::: "memory");
}

// ---- switches --------------------------------------------------------------------
static void arrived_on_fiber(Fiber *f)
{
#if APEX_ASAN
    __sanitizer_finish_switch_fiber(f->fake, &f->back_bottom, &f->back_size);
#endif
}

static void leave_fiber(Fiber *f)
{
#if APEX_ASAN
    __sanitizer_start_switch_fiber(&f->fake, f->back_bottom, f->back_size);
#endif
#if APEX_TSAN
    __tsan_switch_to_fiber(f->back_tsan, 0);
#endif
    fiber_switch(&f->sp, f->back);
    arrived_on_fiber(f);
}

static bool enter_fiber(Fiber *f, int64_t now)
{
    Fiber *outer = running_fiber();
    set_running(f);
    f->until = now + FIBER_TURN_NS;
#if APEX_ASAN
    __sanitizer_start_switch_fiber(&f->back_fake, f->stack, STACK_BYTES);
#endif
#if APEX_TSAN
    f->back_tsan = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(f->tsan, 0);
#endif
    fiber_switch(&f->back, f->sp);
#if APEX_ASAN
    __sanitizer_finish_switch_fiber(f->back_fake, NULL, NULL);
#endif
    set_running(outer);
    return f->done;
}

void fiber_main(Fiber *f)
{
    arrived_on_fiber(f);
    for (;;) {
        f->fn(f->arg);
        f->done = true;
        leave_fiber(f);
    }
}

// ---- life -------------------------------------------------------------------------
Fiber *fiber_new(void)
{
    Fiber *f = calloc(1, sizeof *f);
    if (f == NULL) return NULL;
    size_t guard = os_page_size();
    uint8_t *at = mmap(NULL, guard + STACK_BYTES, PROT_NONE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (at == MAP_FAILED) {
        free(f);
        return NULL;
    }
    if (mprotect(at + guard, STACK_BYTES, PROT_READ | PROT_WRITE) != 0) {
        (void)munmap(at, guard + STACK_BYTES);
        free(f);
        return NULL;
    }
    f->stack = at + guard;
#if APEX_TSAN
    f->tsan = __tsan_create_fiber(0);
#endif
    // Behind the saved words the stack is aligned as the convention wants it before a call;
    // two zero words there end every unwinding.
    uintptr_t *words = (uintptr_t *)(f->stack + STACK_BYTES) - SAVED_WORDS - 2;
    words[WORD_OF_ARG] = (uintptr_t)f;
    words[WORD_OF_PC] = (uintptr_t)fiber_entry;
    f->sp = words;
    f->done = true;
    return f;
}

void fiber_free(Fiber *f)
{
    if (f == NULL) return;
    ASSERT(f->done);
#if APEX_TSAN
    __tsan_destroy_fiber(f->tsan);
#endif
    size_t guard = os_page_size();
#if APEX_ASAN
    __asan_unpoison_memory_region(f->stack, STACK_BYTES);
#endif
    (void)munmap(f->stack - guard, guard + STACK_BYTES);
    free(f);
}

bool fiber_run(Fiber *f, FiberFn fn, void *arg, int64_t now)
{
    f->fn = fn;
    f->arg = arg;
    f->done = f->abandoned = false;
    return enter_fiber(f, now);
}

bool fiber_resume(Fiber *f, int64_t now) { return enter_fiber(f, now); }

void fiber_hurry(Fiber *f, const atomic_bool *hurry) { f->hurry = hurry; }

void fiber_abandon(Fiber *f) { f->abandoned = true; }

// ---- pause points -------------------------------------------------------------------
static bool is_hurried(const Fiber *f)
{
    return f->hurry != NULL && !f->abandoned &&
           atomic_load_explicit(f->hurry, memory_order_relaxed);
}

NOINLINE bool pause_point(void)
{
    Fiber *f = running_fiber();
    if (f == NULL) return true;
    if (APEX_STRESS || is_hurried(f) || clock_monotonic_ns() >= f->until) leave_fiber(f);
    return !f->abandoned;
}

NOINLINE bool fiber_is_abandoned(void)
{
    const Fiber *f = running_fiber();
    return f != NULL && f->abandoned;
}

NOINLINE bool pause_now(void)
{
    Fiber *f = running_fiber();
    if (f == NULL || f->abandoned) return false;
    leave_fiber(f);
    return !f->abandoned;
}

void paced_copy_long(void *to, const void *from, size_t n)
{
    uint8_t *d = to;
    const uint8_t *s = from;
    for (; n > PACED_BYTES; n -= PACED_BYTES, d += PACED_BYTES, s += PACED_BYTES) {
        memcpy(d, s, PACED_BYTES);
        (void)pause_point();
    }
    memcpy(d, s, n);
}

void paced_fill_long(void *to, int byte, size_t n)
{
    uint8_t *d = to;
    for (; n > PACED_BYTES; n -= PACED_BYTES, d += PACED_BYTES) {
        memset(d, byte, PACED_BYTES);
        (void)pause_point();
    }
    memset(d, byte, n);
}

const void *paced_find(const void *at, int byte, size_t n)
{
    const uint8_t *p = at;
    for (; n > PACED_BYTES; n -= PACED_BYTES, p += PACED_BYTES) {
        const void *found = memchr(p, byte, PACED_BYTES);
        if (found != NULL) return found;
        (void)pause_point();
    }
    return n > 0 ? memchr(p, byte, n) : NULL;
}

int paced_compare_long(const void *a, const void *b, size_t n)
{
    const uint8_t *x = a, *y = b;
    for (; n > PACED_BYTES; n -= PACED_BYTES, x += PACED_BYTES, y += PACED_BYTES) {
        int c = memcmp(x, y, PACED_BYTES);
        if (c != 0) return c;
        (void)pause_point();
    }
    return memcmp(x, y, n);
}
