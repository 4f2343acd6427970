// SPDX-License-Identifier: Apache-2.0
// apex.h - the embedding interface of Apex: Erlang and Elixir modules in sandboxes.
//
// An engine runs on threads of its own and holds sandboxes; a sandbox has its own modules,
// processes, names, tables, atoms, limits and capabilities. The host loads .beam files into a
// sandbox, calls their functions, sends messages to their processes and gives them functions of
// its own. Arguments and results are bytes in Erlang's External Term Format (what
// term_to_binary/1 writes, with its version byte); the builder and reader at the end of this
// file make and take them apart, and so does OTP's ei library.
//
//     ApexEngine *engine;
//     ApexSandbox *sandbox;
//     apex_engine_new(NULL, &engine, NULL);
//     apex_sandbox_new(engine, NULL, &sandbox, NULL);
//     apex_sandbox_load_path(sandbox, "greeter.beam", NULL);
//     apex_sandbox_call(sandbox, "greeter", "greet", args, args_len, NULL, &result);
//
// Errors. Every function that can fail returns an ApexStatus; APEX_OK is 0. Many take an
// ApexError * as their last parameter, which may be NULL and says more in words. What a guest
// does wrong is never a status: a call that ends with an exception is a result. No argument
// makes the library abort: NULL where a value is needed and handles that are recognisably wrong
// are APEX_EINVAL. (A handle that was freed before is an error that only debug builds look for.)
//
// Threads. Any function may be called from any thread at any time, also for one handle from
// several threads, unless it says otherwise. A sandbox is run by one thread at a time: by one of
// the engine's worker threads, or, as long as nobody else wants a thread, by the thread that
// waits for it in one of these functions, which saves two changes of threads. Callbacks run on
// the thread that runs the sandbox, for one sandbox never two at a time: they should be quick,
// because meanwhile it runs nothing. Functions that wait for a sandbox are refused in a callback
// (APEX_EBUSY); each says so with the word "waits". A thread with less than 256 KiB of stack
// left never runs a sandbox.
//
// Ownership. Handles are counted or freed by the function named with them. Bytes that a
// function takes are copied or used up before it returns; bytes that a callback receives are
// borrowed until it returns. An ApexBytes is freed with apex_bytes_free.
//
// A structure whose name ends in Options, when it is all zero, means the defaults, and so does
// a NULL pointer to it. Strings are UTF-8 and end in NUL. Times are nanoseconds, sizes bytes.

#ifndef APEX_H
#define APEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define APEX_API __attribute__((visibility("default")))
#else
#define APEX_API
#endif

#define APEX_VERSION_MAJOR 0
#define APEX_VERSION_MINOR 1
#define APEX_VERSION_PATCH 0

// "0.1.0": of the library that is linked, not of this header.
APEX_API const char *apex_version(void);

// ==== statuses ============================================================================
typedef enum ApexStatus {
    APEX_OK = 0,
    APEX_ENOMEM,        // the operating system has no memory
    APEX_ELIMIT,        // a limit of the sandbox or the engine
    APEX_EFORMAT,       // malformed bytes: a .beam file, a term
    APEX_ENOTFOUND,     // no such file, module, version or name
    APEX_EEXIST,        // there already, or old code is still in use
    APEX_EDENIED,       // the operating system does not permit it
    APEX_EIO,           // input or output failed
    APEX_EINVAL,        // an argument that makes no sense
    APEX_EUNSUPPORTED,  // this build or version cannot do it
    APEX_EBUSY,         // would wait where one cannot wait; or in use
    APEX_ETIMEOUT,      // a deadline came first
    APEX_ECLOSED        // the sandbox has ended, or is being destroyed
} ApexStatus;

// A short English text, static, never NULL.
APEX_API const char *apex_status_text(ApexStatus status);

// What happened, in words. Filled by functions that fail, left alone by those that succeed.
typedef struct ApexError {
    ApexStatus status;
    char text[512];
} ApexError;

// Bytes that belong to the host. All zero: none.
typedef struct ApexBytes {
    uint8_t *data;
    size_t len;
} ApexBytes;

// Frees the bytes and makes the structure all zero. NULL does nothing.
APEX_API void apex_bytes_free(ApexBytes *bytes);

// ==== handles =============================================================================
typedef struct ApexEngine ApexEngine;
typedef struct ApexSandbox ApexSandbox;
typedef struct ApexFunctions ApexFunctions;
typedef struct ApexReply ApexReply;
typedef struct ApexQueue ApexQueue;

// ==== the engine ==========================================================================
typedef struct ApexEngineOptions {
    unsigned threads;                 // worker threads; 0: as many as there are processors
    const char
        *otp_root;  // directory of OTP's applications; NULL: APEX_OTP_ROOT or the usual places
    const char *elixir_root;  // the same of Elixir: APEX_ELIXIR_ROOT; may be absent
    const char *const
        *library_paths;  // more directories with applications (*/ebin/*.beam) that every sandbox
                        // shares; guests see them as /usr/lib/apex/1, 2, ...
    size_t num_library_paths;
    uint64_t memory;  // bound on the sum of the memory limits of all sandboxes; 0: none
} ApexEngineOptions;

// Loads the library that all sandboxes share and starts the threads. Several engines may live
// in one process; they share modules and atoms. Library paths are process-wide.
// APEX_ENOTFOUND: no Erlang/OTP installation.
APEX_API ApexStatus apex_engine_new(const ApexEngineOptions *options, ApexEngine **engine,
                                    ApexError *error);

// Destroys the sandboxes that are left, waits until nothing of them runs, ends the threads.
// Handles of its sandboxes stay valid (everything answers APEX_ECLOSED) and are still to be
// released. No other thread may use the engine or its sandboxes meanwhile. Waits. NULL: nothing.
APEX_API ApexStatus apex_engine_free(ApexEngine *engine);

// How many sandboxes it has, those that are being destroyed included. 0 for NULL.
APEX_API size_t apex_engine_sandboxes(ApexEngine *engine);

// ==== sandboxes ===========================================================================
typedef enum ApexMode {
    APEX_MODE_HYBRID = 0,  // isolated, in this process
    APEX_MODE_PROCESS,  // isolated, in a jailed process of its own
    APEX_MODE_TRANSFORM,  // renamed modules in one namespace
    APEX_MODE_LEGACY  // one namespace, no isolation
} ApexMode;

// What a sandbox can use up. Each is a rule, not a request: apex_limit_guest says what the guest
// meets at the limit, apex_limit_host what the host does (docs/security.md has the whole table).
// Limits are set at creation, and changed at any time by apex_sandbox_set_limit. Those "of one"
// bound one thing at a time.
typedef enum ApexLimit {
    APEX_LIMIT_MEMORY,  // bytes of everything: heaps and their copies, stacks, binaries, tables, …
    APEX_LIMIT_PROCESSES,  // live processes
    APEX_LIMIT_HEAP,  // words of one process's heap, the copy during a collection included
    APEX_LIMIT_ATOMS,  // atoms beyond the library's
    APEX_LIMIT_MODULES,  // own modules
    APEX_LIMIT_CODE,  // bytes of own code, in all versions that are kept
    APEX_LIMIT_VERSIONS,  // versions kept of one module
    APEX_LIMIT_FILE,  // bytes of one .beam file
    APEX_LIMIT_CHUNKS,  // bytes that one compressed file or chunk inflates to
    APEX_LIMIT_TABLES,  // ETS tables
    APEX_LIMIT_TIMERS,  // timers
    APEX_LIMIT_LINKS,  // links, monitors and aliases
    APEX_LIMIT_NAMES,  // registered names
    APEX_LIMIT_PERSISTENT,  // persistent terms
    APEX_LIMIT_MAILBOX,  // messages in one mailbox
    APEX_LIMIT_MESSAGE,  // bytes of the copy of one message
    APEX_LIMIT_TERM_SIZE,  // bytes of one decoded term, and of what it inflates to
    APEX_LIMIT_TERM_DEPTH,  // levels of one decoded term
    APEX_LIMIT_REGEX_SIZE,  // bytes of one compiled regular expression and its source
    APEX_LIMIT_REGEX_NAMES,  // named groups of one regular expression
    APEX_LIMIT_REGEX_STEPS,  // steps of one try to match
    APEX_LIMIT_OUTPUT,  // bytes written
    APEX_LIMIT_CALLS,  // calls of the host that wait or are under way
    APEX_LIMIT_INBOX,  // calls, messages and loads of the host that wait for their turn
    APEX_LIMIT_REQUESTS,  // calls of host functions that are not answered
    APEX_LIMIT_EVENTS,  // events told, but those of limits and of the end
    APEX_LIMIT_DEADLINE,  // nanoseconds since creation
    APEX_LIMIT_CALL_TIME,  // nanoseconds of a call that has no timeout of its own
    APEX_LIMIT_REDUCTIONS,  // reductions of all processes
    APEX_LIMIT_BUILTIN_WORK,  // steps through terms between two turns of one process
    APEX_LIMIT_CPU_SHARE,  // CPU time under load in proportion to this: 1 to 10,000
    APEX_LIMIT_CPU_RATE,  // CPU time in permille of one processor, averaged over some 20 ms
    APEX_LIMIT_COUNT
} ApexLimit;

// "memory", "bytes": static; NULL for anything else than a limit.
APEX_API const char *apex_limit_name(ApexLimit limit);
APEX_API const char *apex_limit_unit(ApexLimit limit);
APEX_API const char *apex_limit_guest(ApexLimit limit);
APEX_API const char *apex_limit_host(ApexLimit limit);
// The limit of this name, or APEX_LIMIT_COUNT.
APEX_API ApexLimit apex_limit_named(const char *name);
// What holds unless the host says otherwise: a number or APEX_UNLIMITED. 0 for no limit at all.
APEX_API uint64_t apex_limit_default(ApexLimit limit);

#define APEX_UNLIMITED UINT64_MAX

// What a sandbox may do beyond computing. Granted unless said otherwise: STDIO, CLOCK, LOAD_CODE.
typedef enum ApexCap {
    APEX_CAP_FILE_READ = 1 << 1,
    APEX_CAP_FILE_WRITE = 1 << 2,
    APEX_CAP_NET_CONNECT = 1 << 3,
    APEX_CAP_NET_LISTEN = 1 << 4,
    APEX_CAP_ENV = 1 << 5,  // environment variables, its own
    APEX_CAP_OS = 1 << 6,  // operating-system commands; the host's identity
    APEX_CAP_CLOCK = 1 << 7,  // wall-clock time
    APEX_CAP_LOAD_CODE = 1 << 8,  // load and replace modules at run time
    APEX_CAP_STDIO = 1 << 10  // write to the output callback
} ApexCap;

// What a sandbox reads from all of its clocks: monotonic and system time, calendars, CPU time,
// what is left of timers, when versions were loaded. Timers, timeouts and deadlines themselves
// run on real time in any case; a timer for an absolute time waits for as long as the clock that
// is shown says when it is set.
typedef enum ApexClock {
    APEX_CLOCK_REAL = 0,
    APEX_CLOCK_COARSE,  // moves in steps of clock_resolution
    APEX_CLOCK_FROZEN  // all stand at the creation of the sandbox
} ApexClock;

typedef enum ApexEventKind {
    APEX_EVENT_LOADED,  // a module: its name
    APEX_EVENT_REPLACED,  // a module that was there: its name
    APEX_EVENT_REFUSED,  // a .beam file that a guest tried to load: why
    APEX_EVENT_DENIED,  // a capability that a guest lacks: "os: erts_internal:open_port/2"
    APEX_EVENT_LIMIT,  // a limit that was reached, for the first time since it was set: its name
    APEX_EVENT_CRASHED,  // a process ended with an error that nobody caught: pid and reason
    APEX_EVENT_EXITED,  // erlang:halt: the status. Nothing of the sandbox runs any more
    APEX_EVENT_DESTROYED,  // nothing of the sandbox is left: the last callback of all
    APEX_EVENT_OTHER
} ApexEventKind;

// stream: 1 standard output, 2 standard error.
typedef void (*ApexOutputFn)(void *context, ApexSandbox *sandbox, int stream, const uint8_t *bytes,
                             size_t len);
// detail: text as said at the kind, never NULL.
typedef void (*ApexEventFn)(void *context, ApexSandbox *sandbox, ApexEventKind kind,
                            const char *detail);

typedef struct ApexSandboxOptions {
    const char *name;  // for people; NULL: "sandbox". Cut at 63 bytes
    ApexMode mode;  // others than APEX_MODE_HYBRID are APEX_EUNSUPPORTED
    uint64_t limits[APEX_LIMIT_COUNT];  // 0: the default; APEX_UNLIMITED: none
    uint32_t allow, deny;  // ApexCap bits beyond, and of, what is granted by default
    ApexClock clock;
    uint64_t clock_resolution;  // ns, at most a day: of APEX_CLOCK_COARSE, else 0
    ApexFunctions *functions;  // of the host, that it may call; NULL: none
    ApexOutputFn output;  // NULL: output is dropped
    ApexEventFn event;  // NULL: nobody is told
    void *context;  // for callbacks
} ApexSandboxOptions;

// A sandbox without any module of its own, to be released with apex_sandbox_release. The
// options are copied; functions is retained. APEX_ELIMIT: the limits do not hold an empty
// sandbox, or the engine's memory bound does not hold one more.
APEX_API ApexStatus apex_sandbox_new(ApexEngine *engine, const ApexSandboxOptions *options,
                                     ApexSandbox **sandbox, ApexError *error);

// Ends the sandbox, whatever it is doing, and frees all that it holds: calls under way end with
// APEX_CALL_STOPPED. From any thread, any number of times; the handle stays valid until it is
// released. Returns when nothing of the sandbox is left, in a callback at once.
APEX_API ApexStatus apex_sandbox_destroy(ApexSandbox *sandbox);

// A handle is counted: one reference from apex_sandbox_new, one more for each retain. A thread
// that uses a sandbox which another thread may release holds a reference of its own. The last
// release destroys the sandbox. NULL does nothing.
APEX_API ApexStatus apex_sandbox_retain(ApexSandbox *sandbox);
APEX_API void apex_sandbox_release(ApexSandbox *sandbox);

// Borrowed until the handle is released. NULL when the handle is not one.
APEX_API const char *apex_sandbox_name(const ApexSandbox *sandbox);
APEX_API void *apex_sandbox_context(const ApexSandbox *sandbox);

// Changes a limit of a sandbox that runs: 0 is its default, APEX_UNLIMITED none. Below what is used
// nothing more is given; a sandbox that is above its memory limit ends. APEX_ELIMIT: the engine's
// memory bound does not hold it. Waits until the limit holds, on a worker thread only in a
// callback of this sandbox: for another one it asks.
APEX_API ApexStatus apex_sandbox_set_limit(ApexSandbox *sandbox, ApexLimit limit, uint64_t allowed);

// When suspend has returned nothing of the sandbox runs until it is resumed. It still takes
// calls, messages and modules; deadlines of calls hold. Suspend waits, but in a callback it
// only asks. Both are idempotent.
APEX_API ApexStatus apex_sandbox_suspend(ApexSandbox *sandbox);
APEX_API ApexStatus apex_sandbox_resume(ApexSandbox *sandbox);

// ==== code ================================================================================
// Loads a module from the bytes of a .beam file. One that is there is replaced: processes that
// run it go on in the old code. APEX_EFORMAT: refused, the error names function, instruction
// and rule. APEX_EEXIST: a process still runs the code that would be dropped. Waits.
APEX_API ApexStatus apex_sandbox_load(ApexSandbox *sandbox, const void *bytes, size_t len,
                                      ApexError *error);
// The same for a .beam file, or for every .beam file below a directory. The first one that
// fails ends it. Waits.
APEX_API ApexStatus apex_sandbox_load_path(ApexSandbox *sandbox, const char *path,
                                           ApexError *error);

// Takes a module out, for this sandbox alone; one of the library too. APEX_EBUSY: a process
// runs it and kill is false. With kill such processes are killed. APEX_ENOTFOUND. Waits.
APEX_API ApexStatus apex_sandbox_unload(ApexSandbox *sandbox, const char *module, bool kill);

typedef struct ApexVersion {
    uint32_t number;  // counts from 1 for each module
    bool current;  // this one runs
    uint64_t loaded_at;  // ns since 1970
    uint64_t bytes;  // of memory, shared with other sandboxes that loaded the same file
    uint8_t md5[16];  // as Module:module_info(md5)
    uint8_t sha256[32];  // of the file
} ApexVersion;

// The versions of a module that are kept, oldest first. At most max are written to versions;
// *count is how many there are. APEX_ENOTFOUND. Waits.
APEX_API ApexStatus apex_sandbox_versions(ApexSandbox *sandbox, const char *module,
                                          ApexVersion *versions, size_t max, size_t *count);
// Makes an earlier version current again. APEX_ENOTFOUND; APEX_EEXIST as at load. Waits.
APEX_API ApexStatus apex_sandbox_rollback(ApexSandbox *sandbox, const char *module,
                                          uint32_t number);

// ==== calls ===============================================================================
typedef enum ApexOutcome {
    APEX_CALL_RETURNED,  // term: the value
    APEX_CALL_FAILED,  // term: the reason, as an exit signal has it: {Reason, Stacktrace} of errors
    APEX_CALL_STOPPED,  // the sandbox ended first: by its host, a limit or erlang:halt
    APEX_CALL_TIMEOUT,  // the deadline came first: the process was killed
    APEX_CALL_CANCELLED  // apex_sandbox_cancel
} ApexOutcome;

typedef enum ApexClass {
    APEX_CLASS_NONE = 0,  // an exit signal ended the process
    APEX_CLASS_ERROR,  // an error; a throw that nobody caught is error:{nocatch, Value}
    APEX_CLASS_EXIT
} ApexClass;

typedef struct ApexResult {
    ApexOutcome outcome;
    ApexClass failure;  // of APEX_CALL_FAILED
    ApexBytes term;  // of APEX_CALL_RETURNED and APEX_CALL_FAILED
} ApexResult;

// Frees the term and makes the structure all zero. NULL does nothing.
APEX_API void apex_result_clear(ApexResult *result);

typedef struct ApexCallOptions {
    uint64_t timeout;  // ns; 0: none. At the deadline the process of the call is killed
} ApexCallOptions;

// Calls module:function in a new process of the sandbox and waits for its end. args: a list of
// terms in External Term Format, args_len 0: no arguments. APEX_OK: the call is over, *result
// says how, and is to be cleared. APEX_EFORMAT: args is no list; APEX_ELIMIT: no room for the
// process or for the arguments; APEX_ECLOSED is not a status here but APEX_CALL_STOPPED.
APEX_API ApexStatus apex_sandbox_call(ApexSandbox *sandbox, const char *module,
                                      const char *function, const void *args, size_t args_len,
                                      const ApexCallOptions *options, ApexResult *result);

// status: APEX_OK, or why the call was not begun (APEX_EFORMAT, APEX_ELIMIT). *result is the
// library's; a callback that wants to keep result->term copies the structure and makes the
// original all zero. A callback.
typedef void (*ApexDoneFn)(void *context, ApexSandbox *sandbox, ApexStatus status,
                           ApexResult *result);

// As apex_sandbox_call, without waiting: done is called exactly once if this returns APEX_OK,
// and never else (APEX_ECLOSED, APEX_ENOMEM, APEX_EINVAL). *call (may be NULL) names the call
// for apex_sandbox_cancel. done may be called before this returns.
APEX_API ApexStatus apex_sandbox_call_async(ApexSandbox *sandbox, const char *module,
                                            const char *function, const void *args, size_t args_len,
                                            const ApexCallOptions *options, ApexDoneFn done,
                                            void *context, uint64_t *call);
// The same, but what would be told to a callback goes to a queue (below), with this tag.
APEX_API ApexStatus apex_sandbox_call_queued(ApexSandbox *sandbox, const char *module,
                                             const char *function, const void *args,
                                             size_t args_len, const ApexCallOptions *options,
                                             ApexQueue *queue, void *tag, uint64_t *call);
// Kills the process of an asynchronous call. Nothing happens when it is over. Does not wait.
APEX_API ApexStatus apex_sandbox_cancel(ApexSandbox *sandbox, uint64_t call);

// Sends a term to the process that is registered under this name. APEX_ENOTFOUND: nobody is;
// APEX_EFORMAT; APEX_ELIMIT. Waits until it is in the mailbox; in a callback it does not,
// and what goes wrong later is lost, as with Erlang's "!".
APEX_API ApexStatus apex_sandbox_send(ApexSandbox *sandbox, const char *name, const void *term,
                                      size_t len);

// ==== functions of the host ===============================================================
// Called when a guest calls module:function/arity. args: the list of arguments. reply is
// answered exactly once, in the callback or at any later time, by any thread; the process that
// called waits, the others of its sandbox go on. Unanswered replies hold memory, also when the
// sandbox is gone. A callback: on the thread that runs the sandbox.
typedef void (*ApexFunctionFn)(void *context, ApexSandbox *sandbox, ApexReply *reply,
                               const uint8_t *args, size_t len);

// A set of functions, to be given to any number of sandboxes. Counted: the sandboxes keep it.
APEX_API ApexStatus apex_functions_new(ApexFunctions **functions);
APEX_API void apex_functions_release(ApexFunctions *functions);
// arity: at most 250. APEX_EEXIST: there is such a function; APEX_EINVAL: no name for one;
// APEX_EBUSY: a sandbox has the set already.
APEX_API ApexStatus apex_functions_add(ApexFunctions *functions, const char *module,
                                       const char *function, unsigned arity, ApexFunctionFn call,
                                       void *context);
// The same, but the call goes to a queue, with this tag.
APEX_API ApexStatus apex_functions_add_queued(ApexFunctions *functions, const char *module,
                                              const char *function, unsigned arity,
                                              ApexQueue *queue, void *tag);

// The value of the call, or the reason of its error. The reply is gone afterwards, unless this
// fails: APEX_EFORMAT (not a term), APEX_ENOMEM. Also when nobody waits any more: APEX_OK.
APEX_API ApexStatus apex_reply(ApexReply *reply, const void *term, size_t len);
APEX_API ApexStatus apex_reply_error(ApexReply *reply, const void *reason, size_t len);

// ==== queues for event loops ================================================================
// Ended calls and calls of host functions, in the order in which they happened, for a thread
// that polls: its descriptor is readable while the queue is not empty.
APEX_API ApexStatus apex_queue_new(ApexQueue **queue);
// Drops the reference of the creator; calls and function sets keep theirs. What arrives later
// is dropped, requests answered with error:noproc. NULL does nothing.
APEX_API void apex_queue_free(ApexQueue *queue);
// An eventfd to wait on, not to be read or closed. -1 when the handle is not one.
APEX_API int apex_queue_fd(const ApexQueue *queue);

typedef enum ApexMessageKind {
    APEX_MESSAGE_CALL,  // an asynchronous call is over: status, result
    APEX_MESSAGE_REQUEST  // a guest calls a function of the host: reply, args
} ApexMessageKind;

typedef struct ApexMessage {
    ApexMessageKind kind;
    void *tag;
    ApexSandbox *sandbox;  // retained until apex_message_clear
    ApexStatus status;
    ApexResult result;
    ApexReply *reply;  // to be answered by whoever takes the message
    ApexBytes args;
} ApexMessage;

// Takes the next message. False: there is none. Does not wait.
APEX_API bool apex_queue_next(ApexQueue *queue, ApexMessage *message);
// Frees what it holds, but for the reply. To keep the result or args: copy and make them all zero.
APEX_API void apex_message_clear(ApexMessage *message);

// ==== statistics ============================================================================
typedef enum ApexState {
    APEX_STATE_RUNNING,
    APEX_STATE_SUSPENDED,
    APEX_STATE_HALTED,  // ended by erlang:halt
    APEX_STATE_LIMIT,  // ended by a limit: limit_hit says which
    APEX_STATE_DESTROYED  // ended by the host
} ApexState;

typedef struct ApexUsage {
    uint64_t used;  // of limits of one thing: the last one that was measured
    uint64_t peak;
    uint64_t allowed;  // APEX_UNLIMITED: no limit
    uint64_t hits;  // how often something was refused
} ApexUsage;

typedef struct ApexStats {
    ApexState state;
    ApexLimit limit_hit;  // of APEX_STATE_LIMIT
    int halt_status;  // of APEX_STATE_HALTED
    bool gone;  // it has ended and nothing of it is left
    uint64_t end_ns;  // of gone: how long that took from the decision that it ends
    ApexUsage limits[APEX_LIMIT_COUNT];
    uint64_t modules;  // own
    uint64_t library_modules;  // linked
    uint64_t processes;
    uint64_t reductions;
    uint64_t cpu_ns;
} ApexStats;

// As of the last time that the sandbox gave up its thread, a few milliseconds ago at most. Also
// of a sandbox that has ended. Does not wait.
APEX_API ApexStatus apex_sandbox_stats(ApexSandbox *sandbox, ApexStats *stats);

// ==== building terms ========================================================================
// A writer appends terms one after the other; the first trouble sticks to it and is seen at
// the end, so that calls need no check. One thread at a time.
//
//     ApexWriter w;
//     apex_writer_init(&w);
//     apex_put_list(&w, 2);              // [{hello, <<"world">>}, 42]
//     apex_put_tuple(&w, 2);
//     apex_put_atom(&w, "hello");
//     apex_put_text(&w, "world");
//     apex_put_int(&w, 42);
//     apex_put_nil(&w);
//     if (apex_writer_status(&w) == APEX_OK) use(w.data, w.len);
//     apex_writer_clear(&w);
typedef struct ApexWriter {
    uint8_t *data;  // the version byte and what was put
    size_t len, cap;
    ApexStatus status;
} ApexWriter;

APEX_API void apex_writer_init(ApexWriter *writer);
APEX_API void apex_writer_clear(ApexWriter *writer);
// APEX_OK, APEX_ENOMEM, APEX_EINVAL (a name that is no atom, not a number, …), APEX_ELIMIT
// (too long for the format). APEX_EFORMAT: what was put is not exactly one term.
APEX_API ApexStatus apex_writer_status(const ApexWriter *writer);

APEX_API void apex_put_int(ApexWriter *writer, int64_t value);
APEX_API void apex_put_uint(ApexWriter *writer, uint64_t value);
// An integer of any size: its magnitude in len bytes, the least one first.
APEX_API void apex_put_integer(ApexWriter *writer, bool negative, const void *magnitude,
                               size_t len);
APEX_API void apex_put_float(ApexWriter *writer, double value);  // finite
APEX_API void apex_put_atom(ApexWriter *writer, const char *text);
APEX_API void apex_put_bool(ApexWriter *writer, bool value);
APEX_API void apex_put_binary(ApexWriter *writer, const void *bytes, size_t len);
APEX_API void apex_put_text(ApexWriter *writer, const char *text);  // a binary
// bits: how many of the last byte count, from its top: 1 to 8.
APEX_API void apex_put_bitstring(ApexWriter *writer, const void *bytes, size_t len, unsigned bits);
// A list begins: count elements follow, then its tail, which is apex_put_nil as a rule.
APEX_API void apex_put_list(ApexWriter *writer, size_t count);
APEX_API void apex_put_nil(ApexWriter *writer);
APEX_API void apex_put_tuple(ApexWriter *writer, size_t count);  // count elements follow
APEX_API void apex_put_map(ApexWriter *writer, size_t count);  // count times key and value follow
// A term that is encoded already, with or without version byte.
APEX_API void apex_put_term(ApexWriter *writer, const void *term, size_t len);

// ==== reading terms =========================================================================
// A reader stands before a term and moves behind it, or behind the head of a tuple, list or
// map, whose elements come next. When it meets something else than was asked for it stays where
// it is and says APEX_EINVAL; APEX_EFORMAT: the bytes are malformed. The bytes are borrowed as
// long as the reader and what it has handed out are used. One thread at a time.
typedef struct ApexReader {
    const uint8_t *at, *end;
    size_t string_left;  // elements of a list of bytes that are still to come
    bool in_string;
} ApexReader;

typedef enum ApexType {
    APEX_TYPE_END,  // nothing follows
    APEX_TYPE_BAD,  // malformed
    APEX_TYPE_INTEGER,
    APEX_TYPE_FLOAT,
    APEX_TYPE_ATOM,
    APEX_TYPE_BINARY,
    APEX_TYPE_BITSTRING,
    APEX_TYPE_LIST,
    APEX_TYPE_NIL,
    APEX_TYPE_TUPLE,
    APEX_TYPE_MAP,
    APEX_TYPE_PID,
    APEX_TYPE_PORT,
    APEX_TYPE_REFERENCE,
    APEX_TYPE_FUN
} ApexType;

#define APEX_ATOM_SIZE 1021  // bytes of the longest atom and its NUL

// APEX_EFORMAT: no version byte.
APEX_API ApexStatus apex_reader_init(ApexReader *reader, const void *term, size_t len);
APEX_API ApexType apex_peek(const ApexReader *reader);

APEX_API ApexStatus apex_get_int(ApexReader *reader, int64_t *value);  // APEX_ELIMIT: larger
APEX_API ApexStatus apex_get_uint(ApexReader *reader,
                                  uint64_t *value);  // APEX_ELIMIT: larger or negative
// *len: room for the magnitude before, its bytes afterwards, least one first, without leading
// zeros. APEX_ELIMIT: more room is needed, *len says how much.
APEX_API ApexStatus apex_get_integer(ApexReader *reader, bool *negative, uint8_t *magnitude,
                                     size_t *len);
APEX_API ApexStatus apex_get_float(ApexReader *reader, double *value);
APEX_API ApexStatus apex_get_atom(ApexReader *reader, char text[APEX_ATOM_SIZE]);
APEX_API ApexStatus apex_get_bool(ApexReader *reader, bool *value);
APEX_API ApexStatus apex_get_binary(ApexReader *reader, const uint8_t **bytes, size_t *len);
APEX_API ApexStatus apex_get_bitstring(ApexReader *reader, const uint8_t **bytes, size_t *len,
                                       unsigned *bits);
// *count elements follow, then the tail. An empty list: *count is 0, and apex_get_nil follows too.
APEX_API ApexStatus apex_get_list(ApexReader *reader, size_t *count);
APEX_API ApexStatus apex_get_nil(ApexReader *reader);
APEX_API ApexStatus apex_get_tuple(ApexReader *reader, size_t *count);
APEX_API ApexStatus apex_get_map(ApexReader *reader, size_t *count);
// The bytes of one whole term, without version byte. Not of an element of a list of bytes.
APEX_API ApexStatus apex_get_term(ApexReader *reader, const uint8_t **bytes, size_t *len);
APEX_API ApexStatus apex_skip(ApexReader *reader);
// Moves behind the atom and says true if that is what follows.
APEX_API bool apex_match_atom(ApexReader *reader, const char *text);

// The term as Erlang text on one line, NUL-terminated (not counted in len). APEX_EFORMAT.
APEX_API ApexStatus apex_term_text(const void *term, size_t len, ApexBytes *text);

#ifdef __cplusplus
}
#endif

#endif
