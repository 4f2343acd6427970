// SPDX-License-Identifier: Apache-2.0
// sandbox/sandbox_int.h - layout of engines and sandboxes, for sandbox/ alone.
#pragma once
#include <pthread.h>
#include <stdatomic.h>

#include "code/code_table.h"
#include "exec/exec.h"
#include "sandbox/sandbox.h"

typedef struct Command Command;
struct Command {
    Command *next;
    // Carries it out on the worker; ended: the sandbox is over, only complete it.
    void (*run)(Sandbox *s, Command *c, bool ended);
};

// Where a sandbox stands with the engine (B2).
enum { TURN_IDLE, TURN_QUEUED, TURN_RUNNING, TURN_RERUN };

struct Sandbox {
    Isolate iso;
    CodeTable code;
    Engine *engine;
    char name[64];
    SandboxHost host;
    atomic_int sched;
    _Atomic(Command *) inbox;   // newest first
    atomic_bool ending;         // somebody wants it gone
    bool over;                  // nothing of it runs any more; worker only
    bool ended;                 // its isolate is gone; worker only
    Sandbox *queue_next;        // under the engine's lock
    Sandbox *all_next, *all_prev;
    int64_t timer_due;          // INT64_MAX: none. Under the engine's lock
    size_t timer_place;         // index in the engine's timer heap, SIZE_MAX: not in it
    struct CallCommand *calls;  // under way; worker only
    uint64_t cpu_ns;
    uint64_t status_loads;      // code.loads when status.modules was counted
    pthread_mutex_t lock;       // of `status` and `gone`
    pthread_cond_t changed;
    SandboxStatus status;       // as of the last turn
    bool gone;
};

struct Engine {
    pthread_mutex_t lock;
    pthread_cond_t work;
    Sandbox *first, *last;      // runnable
    Sandbox *all;
    size_t num_sandboxes;
    Sandbox **timers;           // heap by timer_due
    size_t num_timers, cap_timers;
    bool stopping;
    unsigned num_threads;
    pthread_t *threads;
    Space base_space;
    CodeTable base;
    bool has_base;
};

// Puts a command into the inbox and makes sure that a worker comes by. After the sandbox
// has gone the command is completed at once, on this thread.
void sandbox_post(Sandbox *s, Command *c);
// One turn on a worker thread. True: it wants another one soon.
bool sandbox_turn(Sandbox *s, Exec *e);
void engine_wake(Engine *e, Sandbox *s);
// Calls of s that are under way.
void call_returned(void *context, Process *p, Term value);
void call_exited(void *context, Process *p);
void calls_abandon(Sandbox *s);
