// SPDX-License-Identifier: Apache-2.0
// sandbox/sandbox_int.h - layout of engines and sandboxes, for sandbox/ alone.
#pragma once
#include <pthread.h>
#include <stdatomic.h>

#include "base/pqueue.h"
#include "code/code_table.h"
#include "exec/exec.h"
#include "sandbox/sandbox.h"

typedef struct Command Command;
typedef struct Waiter Waiter;
struct Command {
    Command *next;
    bool counted;  // under LIMIT_INBOX, while it waits
    // Carries it out on the worker; ended: the sandbox is over, only complete it.
    void (*run)(Sandbox *s, Command *c, bool ended);
};

// Where a sandbox stands with the engine (B2). Whoever moves it out of TURN_IDLE owns it until
// it is queued, whoever takes it out of the queue until it is queued or idle again; RERUN is
// RUNNING with the wish for one more turn.
enum { TURN_IDLE, TURN_QUEUED, TURN_RUNNING, TURN_RERUN };

// An amount under a limit that other threads take from.
typedef struct SharedLimit {
    atomic_ullong used, peak;
    atomic_ullong allowed;  // 0 = unlimited
    atomic_ullong refused;  // since the sandbox last looked
} SharedLimit;

typedef struct Strand Strand;

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
    Sandbox *all_next, *all_prev;  // under the engine's lock
    PqItem turn;                // in the engine's `runnable`; under its lock
    PqItem timer;               // in the engine's `timers`; under its lock
    atomic_bool timed;          // timer is in there: only its owner puts it in
    bool throttled;  // queued, but in `timers` until its rate allows a turn; same lock
    int64_t vtime;  // CPU time by its share, virtual ns. The owner's. queue.c
    int64_t paid_until;  // monotonic ns: what its rate has paid for. The owner's
    int64_t stop_due;  // deadline of itself or a call, as of its last turn. The owner's
    int64_t turn_began;  // monotonic ns, of the turn under way. The owner's
    struct CallCommand *calls;  // under way; worker only
    int64_t call_due;           // the first deadline of a call or earlier; INT64_MAX: none
    atomic_ullong next_call;    // id of the next asynchronous call
    SharedLimit waiting;        // commands in the inbox: LIMIT_INBOX
    SharedLimit open_calls;     // posted and not told yet: LIMIT_CALLS
    _Atomic(int64_t) end_began; // monotonic ns of the decision that it ends; 0: none yet
    struct FunctionSet *functions;
    void (*report_crash)(Isolate *iso, Process *p, Term reason);
    Strand *strand;  // a turn that is put aside in the middle, or NULL. The owner's
    uint64_t longest_turn_ns;
    uint64_t status_loads;  // code.loads when status.modules was counted
    pthread_mutex_t lock;  // of `status` and `gone`
    pthread_cond_t changed;
    SandboxStatus status;  // as of the last turn
    bool gone;
};

struct Engine {
    pthread_mutex_t lock;  // of all that follows but the base
    pthread_cond_t work;  // idle workers wait for it
    pthread_cond_t starving;  // the watchdog waits: somebody is queued and no worker idle
    pthread_cond_t ended;  // a worker has ended
    PQueue runnable;  // by virtual time: who has had the least of its share is first
    PQueue timers;  // those that wait for a time, by that
    atomic_size_t num_runnable;  // runnable.len, for a look without the lock
    _Atomic int64_t vtime;  // virtual time of the engine: never goes back. queue.c
    Sandbox *all;
    size_t num_sandboxes;
    bool stopping;
    uint64_t memory, promised;  // bound, and memory limits of all sandboxes
    unsigned num_threads;  // workers that there should be, those held not counted
    unsigned num_workers, num_idle;
    struct Worker *workers;
    pthread_t watchdog;
    bool has_watchdog, watchdog_sleeps;
    Space base_space;
    CodeTable base;
    bool has_base;
};

// Puts a command into the inbox and makes sure that somebody carries it out: a worker, or, when
// the calling thread is going to wait for w (else NULL), that thread itself. False: the
// sandbox is gone, and the command is the caller's.
MUST_USE bool sandbox_post(Sandbox *s, Command *c, Waiter *w);
// The same under LIMIT_INBOX: ST_LIMIT, or ST_CLOSED.
MUST_USE Status sandbox_post_counted(Sandbox *s, Command *c, Waiter *w);
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
// One turn, or a part of it, on the calling thread, which owns s. True: it wants another one
// soon. x is used only when there is no memory for a stack and registers of its own.
bool sandbox_turn(Sandbox *s, Exec *x);
// The turn itself, to its end.
bool sandbox_whole_turn(Sandbox *s, Exec *e);
// Gives back the stacks of turns that are over.
void turn_free_idle(void);
// Renews the status that other threads see. The owner's.
void sandbox_publish(Sandbox *s);
// When it wants to be woken unless somebody does so before. The owner's.
int64_t sandbox_due(const Sandbox *s);
// Off the engine's list; under the engine's lock.
void sandbox_delist(Engine *e, Sandbox *s);

// ---- queue.c: who runs next. Under the engine's lock, except where it says otherwise ---------
// Room for n sandboxes.
MUST_USE Status queue_reserve(Engine *e, size_t n);
void queue_clear(Engine *e);
// Puts a sandbox into the queue (its state is TURN_QUEUED), or lets it wait for its rate.
void queue_put(Engine *e, Sandbox *s);
// Takes out the one that runs next, or NULL.
Sandbox *queue_take(Engine *e);
// Sandboxes whose time has come become runnable. Returns when the next one's comes.
int64_t queue_fire(Engine *e);
void queue_set_timer(Engine *e, Sandbox *s, int64_t due);  // INT64_MAX: none
// Lets an ending sandbox that is queued or waits for its rate run next.
void queue_hasten(Engine *e, Sandbox *s);
// The rest needs no lock but is the owner's. A sandbox that was idle comes back among others:
void queue_join(Engine *e, Sandbox *s);
// Has used up CPU time. now: monotonic ns.
void queue_charge(Engine *e, Sandbox *s, uint64_t ns, int64_t now);
// Must it wait before others, or for its rate?
bool queue_must_wait(const Engine *e, const Sandbox *s);
bool queue_over_rate(const Sandbox *s, int64_t now);

// ---- account.c: the CPU time of turns. The owner's ---------------------------------------------
void account_begin(Sandbox *s);
// Adds to the sandbox what the turn took, and returns it. now: monotonic ns.
uint64_t account_end(Sandbox *s, int64_t now);

// ---- workers.c: threads --------------------------------------------------------------------------
MUST_USE Status workers_start(Engine *e, unsigned n, Diag *d);
void workers_stop(Engine *e);  // waits until they have ended
void engine_wake(Engine *e, Sandbox *s);
// Runs s on the calling thread, which waits for w, as long as that makes sense. Afterwards w may
// be done or not.
void engine_visit(Engine *e, Sandbox *s, Waiter *w);
// The same for the end of a sandbox that is `ending`.
void engine_visit_end(Engine *e, Sandbox *s);
// The sandbox whose turn the calling thread runs, or NULL.
const Sandbox *engine_turning(void);

// Somebody waits for something that happens on a worker.
struct Waiter {
    pthread_mutex_t lock;
    pthread_cond_t done_cond;
    bool done;
};
void waiter_init(Waiter *w);
bool waiter_is_done(Waiter *w);
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
// In the middle of a turn: ends the call, if its time is over, whose process stands there. That
// is to die as soon as it gives way. now: monotonic ns.
bool calls_expire_current(Sandbox *s, int64_t now);
void calls_abandon(Sandbox *s);
