// SPDX-License-Identifier: Apache-2.0
// sandbox/sandbox.h - engines and sandboxes as the host side sees them.
//
// An engine owns worker threads and the base code table. A sandbox is run by one
// worker at a time; every wish of another thread is a command in its inbox, which
// the worker that runs it next carries out.
//
//   B1  only the worker that runs a sandbox touches its isolate and code table.
//   B2  a sandbox is in the engine's queue, running, or neither; never two of these.
//   B3  each command is completed exactly once, also when the sandbox ends first.
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
} EngineOptions;

// Threads are running and the base library is loaded afterwards. ST_NOT_FOUND: no OTP.
MUST_USE Status engine_new(const EngineOptions *o, Engine **out, Diag *d);
// Destroys what sandboxes are left, ends the threads.
void engine_free(Engine *e);

// What a sandbox tells its host. Called on worker threads, for one sandbox never
// by two at a time.
typedef struct SandboxHost {
    void (*output)(void *context, int stream, const uint8_t *bytes, size_t len);
    void (*event)(void *context, const char *kind, const char *detail);
    void *context;
} SandboxHost;

typedef struct SandboxConfig {
    const char *name;   // for people
    Limits limits;
    CapSet caps;
    SandboxHost host;
} SandboxConfig;
void sandbox_config_init(SandboxConfig *c);  // default limits; stdio, clock, load_code

// ST_LIMIT: the limits do not even hold an empty sandbox. *out has one reference.
MUST_USE Status sandbox_new(Engine *e, const SandboxConfig *c, Sandbox **out, Diag *d);
// Ends the sandbox, whatever it is doing, waits until nothing of it is left, and
// drops the reference.
void sandbox_free(Sandbox *s);

// ---- commands: each waits for the sandbox, except where it says otherwise ------------
// Loads a module. ST_FORMAT (d says why), ST_LIMIT, ST_EXISTS (old code still in
// use), ST_CLOSED (the sandbox has ended).
MUST_USE Status sandbox_load(Sandbox *s, const uint8_t *bytes, size_t len, Diag *d);

typedef enum CallOutcome {
    CALL_RETURNED,  // result: the value
    CALL_FAILED,    // result: the exit reason of the process
    CALL_STOPPED,   // the sandbox ended first: see sandbox_status
} CallOutcome;

typedef struct CallResult {
    CallOutcome outcome;
    Buf etf;         // External Term Format; empty when outcome is CALL_STOPPED
    uint8_t class;   // of a failure: ExcClass, 0 when an exit signal ended the process
} CallResult;
void call_result_clear(CallResult *r);

// Calls module:function(args…) in a new process. args: a list in External Term
// Format. ST_FORMAT: args are not; ST_LIMIT: no process or memory for it.
MUST_USE Status sandbox_call(Sandbox *s, const char *module, const char *function, const uint8_t *args,
                             size_t len, CallResult *out);

typedef struct SandboxStatus {
    Verdict verdict;
    LimitKind limit_hit;
    int halt_status;
    uint64_t modules;         // loaded by the sandbox itself
    uint64_t library_modules;
    uint64_t processes, processes_peak;
    uint64_t memory, memory_peak;   // bytes
    uint64_t reductions;
    uint64_t cpu_ns;
} SandboxStatus;
// Also of a sandbox that has ended.
void sandbox_status(Sandbox *s, SandboxStatus *out);
const char *sandbox_name(const Sandbox *s);
