// SPDX-License-Identifier: Apache-2.0
// sandbox/sandbox.h - engines and sandboxes as the host side sees them.
//
// An engine owns worker threads and the base code table. A sandbox is run by one thread at a
// time: a worker, or a thread of the host that waits for it and finds nobody else in need of
// a thread (a visitor). Every wish of another thread is a command in its inbox, which the
// thread that runs it next carries out.
//
//   B1  only the thread that runs a sandbox touches its isolate and code table.
//   B2  a sandbox is in the engine's queue, running, or neither; never two of these.
//   B3  each command that was taken is completed exactly once, also when the sandbox ends
//       first.
//   B4  a Sandbox stays until its last reference is gone: the creator's, the engine's (until
//       nothing of the sandbox is left), one for each unanswered host request.
//
// Functions that wait for a sandbox are refused in callbacks (ST_BUSY): the thread might wait for
// itself.
#pragma once
#include "base/buf.h"
#include "base/diag.h"
#include "policy/caps.h"
#include "policy/limits.h"
#include "proc/isolate.h"

typedef struct Engine Engine;
typedef struct Sandbox Sandbox;

typedef struct EngineOptions {
    unsigned threads;          // 0: as many as there are processors
    const char *otp_root;      // directory that holds OTP's modules below it; NULL: found
    const char *elixir_root;   // the same for Elixir; NULL: found, or absent
    const char *const *paths;  // more directories of library modules, or NULL
    size_t num_paths;
    uint64_t memory;           // bytes that all sandboxes together may be allowed; 0: no bound
} EngineOptions;

// Threads are running and the base library is loaded afterwards. ST_NOT_FOUND: no OTP.
MUST_USE Status engine_new(const EngineOptions *o, Engine **out, Diag *d);
// Destroys what sandboxes are left, ends the threads. Not on a worker thread.
void engine_free(Engine *e);
// Does the calling thread run a sandbox, as a worker or a visitor: is this a callback?
bool engine_on_worker(void);
size_t engine_num_sandboxes(Engine *e);

// What a sandbox tells its host. Called on worker threads, for one sandbox never
// by two at a time.
typedef struct SandboxHost {
    void (*output)(void *context, int stream, const uint8_t *bytes, size_t len);
    void (*event)(void *context, const char *kind, const char *detail);
    void *context;
    void (*gone)(void *context);  // nothing of the sandbox is left; the last call of all
} SandboxHost;

struct FunctionSet;  // sandbox/functions.h

typedef struct SandboxConfig {
    const char *name;   // for people
    Limits limits;
    CapSet caps;
    uint64_t clock_resolution;  // ns of every clock that it can read; 0: as they are
    bool clock_frozen;          // its time stands at its creation; timers fire all the same
    SandboxHost host;
    struct FunctionSet *functions;  // of the host, sealed; retained. NULL: none
} SandboxConfig;
void sandbox_config_init(SandboxConfig *c);  // default limits; stdio, clock, load_code

// ST_LIMIT: the limits do not even hold an empty sandbox, or the engine's memory bound does
// not hold its memory limit. *out has one reference.
MUST_USE Status sandbox_new(Engine *e, const SandboxConfig *c, Sandbox **out, Diag *d);
// Asks for the end of the sandbox, whatever it is doing. From any thread, any number of times.
void sandbox_end(Sandbox *s);
// Waits until nothing of it is left. ST_BUSY: in a callback, where one cannot wait.
MUST_USE Status sandbox_join(Sandbox *s);
// The two together.
MUST_USE Status sandbox_destroy(Sandbox *s);
void sandbox_retain(Sandbox *s);
void sandbox_release(Sandbox *s);  // does not end it
// Ends the sandbox, waits if it can, and drops a reference. NULL does nothing.
void sandbox_free(Sandbox *s);

// After suspend has returned nothing of the sandbox runs until resume; commands are still
// taken, timers and its deadline are looked at when it goes on, deadlines of calls at once.
// ST_CLOSED. On a worker thread suspend does not wait for the turn under way.
MUST_USE Status sandbox_suspend(Sandbox *s);
void sandbox_resume(Sandbox *s);

// Changes a limit (0: unlimited). ST_LIMIT: the engine's memory bound does not hold it; ST_CLOSED.
// Waits until it holds; on a worker thread it waits for no other sandbox than the one whose turn
// that runs.
MUST_USE Status sandbox_set_limit(Sandbox *s, LimitKind k, uint64_t allowed);

// ---- commands: each waits for the sandbox, except where it says otherwise ------------
// Loads a module. ST_FORMAT (d says why), ST_LIMIT, ST_EXISTS (old code still in
// use), ST_CLOSED (the sandbox has ended). All commands: ST_LIMIT at the limit of the inbox.
MUST_USE Status sandbox_load(Sandbox *s, const uint8_t *bytes, size_t len, Diag *d);
// Takes a module out, library modules included. kill: processes that run it are killed; else
// ST_EXISTS if there is one. ST_NOT_FOUND, ST_CLOSED.
MUST_USE Status sandbox_unload(Sandbox *s, const char *module, bool kill);
// Makes an earlier version of a module current again. ST_NOT_FOUND; else as sandbox_load.
MUST_USE Status sandbox_rollback(Sandbox *s, const char *module, uint32_t number);

typedef struct SandboxVersion {
    uint32_t number;     // counts from 1 for each module
    bool current;
    uint64_t loaded_at;  // system ns
    uint64_t bytes;      // of memory
    uint8_t md5[16], sha256[32];
} SandboxVersion;
// The versions of a module that are kept, oldest first; at most max of them are written.
// *count: how many there are. ST_NOT_FOUND.
MUST_USE Status sandbox_versions(Sandbox *s, const char *module, SandboxVersion *out, size_t max,
                                 size_t *count);

// Sends a term in External Term Format to the process of this name. ST_NOT_FOUND: there is
// none; ST_FORMAT, ST_LIMIT, ST_CLOSED. On a worker thread it does not wait, and what goes
// wrong after that is lost.
MUST_USE Status sandbox_send(Sandbox *s, const char *name, const uint8_t *etf, size_t len);

typedef enum CallOutcome {
    CALL_RETURNED,  // result: the value
    CALL_FAILED,    // result: the exit reason of the process
    CALL_STOPPED,   // the sandbox ended first: see sandbox_status
    CALL_TIMEOUT,   // its deadline came: the process was killed
    CALL_CANCELLED, // sandbox_call_cancel: the process was killed
} CallOutcome;

typedef struct CallResult {
    CallOutcome outcome;
    Buf etf;         // External Term Format; of a value or a reason, else empty
    uint8_t class;   // of a failure: ExcClass, 0 when an exit signal ended the process
    // Of a failure that was no error, in External Term Format: the stack trace of an exit, the pid
    // of a process that a signal ended. Empty when there was no memory for it.
    Buf where;
} CallResult;
void call_result_clear(CallResult *r);

// Calls module:function(args…) in a new process. args: a list in External Term
// Format. ST_FORMAT: args are not; ST_LIMIT: no process or memory for it.
MUST_USE Status sandbox_call(Sandbox *s, const char *module, const char *function,
                             const uint8_t *args, size_t len, CallResult *out);

typedef struct CallSpec {
    const char *module, *function;
    const uint8_t *args;  // a list in External Term Format
    size_t len;
    int64_t timeout;  // ns from now on; 0: none
    // Called once, on a worker thread, when the call is over: status as
    // of sandbox_call, and ST_OK otherwise. *result is done's to clear. Asynchronous calls only.
    void (*done)(void *context, Status status, CallResult *result);
    void *context;
} CallSpec;
// As sandbox_call, with a deadline.
MUST_USE Status sandbox_call_spec(Sandbox *s, const CallSpec *c, CallResult *out);
// Does not wait. spec and what it names are copied. *id (may be NULL) is for
// sandbox_call_cancel. Unless ST_OK (ST_CLOSED, ST_NOMEM) done is not called.
MUST_USE Status sandbox_call_async(Sandbox *s, const CallSpec *c, uint64_t *id);
// Ends an asynchronous call that is under way. Does not wait. ST_CLOSED, ST_NOMEM.
MUST_USE Status sandbox_call_cancel(Sandbox *s, uint64_t id);

typedef struct SandboxStatus {
    Verdict verdict;
    LimitKind limit_hit;
    int halt_status;
    uint64_t modules;  // loaded by the sandbox itself
    uint64_t library_modules;
    uint64_t processes, processes_peak;
    uint64_t memory, memory_peak;  // bytes
    uint64_t reductions;
    uint64_t cpu_ns;
    Limits limits;  // every limit with what is used of it, as of the last turn
    bool suspended, gone;
    uint64_t end_ns;  // of gone: from the decision that it ends until nothing was left
    uint64_t longest_turn_ns;  // CPU time without giving the thread to others
} SandboxStatus;
// Also of a sandbox that has ended.
void sandbox_status(Sandbox *s, SandboxStatus *out);
const char *sandbox_name(const Sandbox *s);
