// SPDX-License-Identifier: Apache-2.0
// exec/exec.h - running a process for a slice.
#pragma once
#include "code/instr.h"
#include "proc/process.h"

struct Isolate;

// Registers of one worker thread. The x registers come first: the pointer that
// handlers carry is both.
typedef struct Exec {
    Term x[X_TOTAL];
    double f[X_REGS];
    const struct CodeTable *code;           // of the running isolate
    struct Isolate *iso;
    int64_t rest;        // of the slice of the running process, beside its reds
    const struct Bif *send, *apply2, *apply3;  // builtins that instructions stand for
    unsigned outcome;    // ExecOutcome, set by the handler that leaves
    bool has_reserved;   // stress builds: the instruction under way has collected already
    uint8_t *build_base; // binary under construction (bs_init2, bs_append, …)
    uint64_t build_bit;  // next bit to write
    uint64_t build_end;  // bits that the construction has room for
    Term build_pid;      // whose it is
    uint64_t build_gcs;  // collections of that process when it began
} Exec;

typedef enum ExecOutcome {
    EXEC_YIELDED,   // slice used up: p goes back to its run queue
    EXEC_WAITING,   // p waits for a message, a timer or a wake-up
    EXEC_EXITED,    // p has ended: with pending_kill as that says, else with reason p->exc.value
} ExecOutcome;

Exec *exec_new(void);  // NULL: no memory
void exec_free(Exec *e);

// A slice is handed out in installments of so many reductions; between them a turn that has
// taken long is put aside (base/fiber.h).
#define INSTALLMENT 400

// Runs p for `slice` reductions at the most (a builtin may overdraw a little).
// p->ip and p->args say where it stands. [gc: may]
ExecOutcome exec_run(Exec *e, Process *p, int64_t slice);
// What p, which is running or has just run, has left of its slice; below 0: overdrawn.
static inline int64_t exec_left(const Exec *e, const Process *p) { return p->reds + e->rest; }

// Lets a fresh process start at module:function with its arguments in args.
// The process has an initialised heap; [gc: no].
MUST_USE Status exec_prepare(Process *p, const uint64_t *entry);

// The code that an apply of M:F/A reaches in this isolate, an absent function's
// own entry included. Loads a library module when it is asked for the first time.
const uint64_t *exec_resolve(struct Isolate *iso, Term module, Term function, unsigned arity);
