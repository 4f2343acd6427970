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
    bool counted;  // under LIMIT_INBOX, while it waits
    // Carries it out on the worker; ended: the sandbox is over, only complete it.
    void (*run)(Sandbox *s, Command *c, bool ended);
};

// Where a sandbox stands with the engine (B2).
enum { TURN_IDLE, TURN_QUEUED, TURN_RUNNING, TURN_RERUN };

// An amount under a limit that other threads take from.
typedef struct SharedLimit {
    atomic_ullong used, peak;
    atomic_ullong allowed;  // 0 = unlimited
    atomic_ullong refused;  // since the sandbox last looked
} SharedLimit;

struct Sandbox {
    Isolate iso;
    CodeTable code;
    Engine *engine;
    char name[64];
    SandboxHost host;
    atomic_int sched;
    _Atomic(Command *) inbox;   // newest first
    atomic_uint refs;           // B4
    atomic_bool ending;         // somebody wants it gone
    atomic_bool suspended;
    bool over;                  // nothing of it runs any more; worker only
    bool ended;                 // its isolate is gone; worker only
    Sandbox *queue_next;        // under the engine's lock
    Sandbox *all_next, *all_prev;
    int64_t timer_due;          // INT64_MAX: none. Under the engine's lock
    size_t timer_place;         // index in the engine's timer heap, SIZE_MAX: not in it
    struct CallCommand *calls;  // under way; worker only
    int64_t call_due;           // the first deadline of a call or earlier; INT64_MAX: none
    atomic_ullong next_call;    // id of the next asynchronous call
    SharedLimit waiting;        // commands in the inbox: LIMIT_INBOX
    SharedLimit open_calls;     // posted and not told yet: LIMIT_CALLS
    _Atomic(int64_t) end_began; // monotonic ns of the decision that it ends; 0: none yet
    struct FunctionSet *functions;
    void (*report_crash)(Isolate *iso, Process *p, Term reason);
    uint64_t cpu_ns;
    int64_t cpu_mark;           // of the thread's clock, when cpu_ns was added to
    uint64_t longest_turn_ns;
    uint64_t status_loads;      // code.loads when status.modules was counted
    pthread_mutex_t lock;       // of `status` and `gone`
    pthread_cond_t changed;
    SandboxStatus status;       // as of the last turn
    bool gone;
};

// A thread that runs sandboxes.
typedef struct Worker {
    struct Worker *next;
    Engine *engine;
    int64_t turn_start;  // monotonic ns; 0: between turns
} Worker;

enum { MAX_SPARE_WORKERS = 16 };
// A turn that takes longer holds its thread.
#define HELD_NS (2 * INT64_C(1000000))

struct Engine {
    pthread_mutex_t lock;       // of all that follows but the base
    pthread_cond_t work;        // idle workers wait for it
    pthread_cond_t starving;    // the watchdog waits: somebody is queued and no worker idle
    pthread_cond_t ended;       // a worker has ended
    Sandbox *first, *last;      // runnable
    Sandbox *all;
    size_t num_sandboxes;
    Sandbox **timers;           // heap by timer_due
    size_t num_timers, cap_timers;
    bool stopping;
    uint64_t memory, promised;  // bound, and memory limits of all sandboxes
    unsigned num_threads;       // workers that there should be, those held not counted
    unsigned num_workers, num_idle;
    Worker *workers;
    pthread_t watchdog;
    bool has_watchdog, watchdog_sleeps;
    Space base_space;
    CodeTable base;
    bool has_base;
};

// Puts a command into the inbox and makes sure that a worker comes by. False: the sandbox is
// gone, and the command is the caller's.
MUST_USE bool sandbox_post(Sandbox *s, Command *c);
// The same under LIMIT_INBOX: ST_LIMIT, or ST_CLOSED.
MUST_USE Status sandbox_post_counted(Sandbox *s, Command *c);
// sandbox/limits.c: one more, or ST_LIMIT.
MUST_USE Status shared_limit_take(SharedLimit *l);
void shared_limit_give(SharedLimit *l);
// From the limits of the isolate to the shared ones, and what was counted back.
void shared_limits_set(Sandbox *s);
void shared_limits_collect(Sandbox *s);
// Notes when the end of the sandbox was decided.
void sandbox_end_begins(Sandbox *s);
// Runs fn on the worker and waits. ST_CLOSED: the sandbox has ended; ST_BUSY: on a worker thread.
// ST_LIMIT: the inbox is full.
MUST_USE Status sandbox_invoke(Sandbox *s, Status (*fn)(Sandbox *s, void *context), void *context);
// The same for what controls the sandbox: a full inbox does not keep it away.
MUST_USE Status sandbox_control(Sandbox *s, Status (*fn)(Sandbox *s, void *context), void *context);
// One turn on a worker thread. True: it wants another one soon.
bool sandbox_turn(Sandbox *s, Exec *e);
// Renews the status that other threads see.
void sandbox_publish(Sandbox *s);
// When it wants to be woken unless somebody does so before.
int64_t sandbox_due(const Sandbox *s);
// Off the engine's list; under the engine's lock.
void sandbox_delist(Engine *e, Sandbox *s);
void engine_wake(Engine *e, Sandbox *s);
// The sandbox whose turn the calling thread runs, or NULL.
const Sandbox *engine_turning(void);

// Somebody waits for something that happens on a worker.
typedef struct Waiter {
    pthread_mutex_t lock;
    pthread_cond_t done_cond;
    bool done;
} Waiter;
void waiter_init(Waiter *w);
void waiter_done(Waiter *w);  // after this the waiting thread may free everything
void waiter_wait(Waiter *w);  // ends it too

// A term from the host, for as long as it is copied to where it belongs.
typedef struct HostTerm {
    Term value;
    Term *words;
    size_t bytes;
    Term *off;
} HostTerm;
MUST_USE Status host_term_decode(Isolate *iso, const uint8_t *etf, size_t len, HostTerm *out);
void host_term_free(Isolate *iso, HostTerm *t);

// Calls of s that are under way.
void call_returned(void *context, Process *p, Term value);
void call_exited(void *context, Process *p);
void calls_expire(Sandbox *s);
void calls_abandon(Sandbox *s);
