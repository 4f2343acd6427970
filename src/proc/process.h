// SPDX-License-Identifier: Apache-2.0
// proc/process.h - an Erlang process.
//
// Runs on one thread at a time, with its whole sandbox (A1): no field needs a
// lock, and a signal to another process of the sandbox takes effect at once.
//
//   P1  while the process executes, heap.hp, heap.sp and the reductions live in
//       machine registers; they are stored here before any C function is called
//       and loaded again after it.
//   P2  a process that is not executing has its live x registers in args.
#pragma once
#include "heap/heap.h"

struct Isolate;
struct Process;
typedef struct Process Process;

// What a builtin that returned TERM_NONE wants. ERROR, EXIT and THROW are
// Erlang's classes.
typedef enum ExcClass {
    EXC_NONE = 0,
    EXC_ERROR,
    EXC_EXIT,
    EXC_THROW,
    EXC_TRAP,   // go on with the function trap_code and the arguments trap_args
    EXC_WAIT,   // as EXC_TRAP, but sleep until something wakes the process
    EXC_YIELD,  // as EXC_TRAP, but let others run first
    EXC_KILLED, // the process is over: exit_reason says why; nothing is caught
} ExcClass;

#define TRAP_MAX_ARGS 8

typedef struct Exception {
    ExcClass class;
    Term value;    // reason; root
    Term trace;    // root. EXC with has_trace: the raw trace to use (erlang:raise)
    Term args;     // root. error/2,3: the argument list to show, or TERM_NONE
    Term info;     // root. the `cause` of error_info, or TERM_NONE
    bool has_trace;
    bool native;   // raised by a builtin: its M, F, args top the trace
} Exception;

// ---- messages -----------------------------------------------------------------
typedef struct Message {
    struct Message *next;
    Term body;     // root; lies on the receiver's heap or its fragments
    Term from;     // pid of the sender or TERM_NONE (system)
} Message;

typedef struct Mailbox {
    Message *first;
    Message **last;   // where the next message is linked
    Message **save;   // where receive goes on to look (loop_rec)
    Message **mark;   // receive marker: position at recv_marker_reserve
    uint64_t mark_ref; // reference number that the marker belongs to
    size_t count;
} Mailbox;

// ---- links and monitors: proc/link.h works on them ----------------------------
struct LinkSet;     // proc/link.h
struct MonitorSet;
struct TimerNode;
struct RunNode;

typedef enum Priority { PRIO_MAX, PRIO_HIGH, PRIO_NORMAL, PRIO_LOW, PRIO_COUNT } Priority;

typedef enum ProcState {
    PROC_RUNNABLE,   // in a run queue
    PROC_RUNNING,
    PROC_WAITING,    // in receive, or in a builtin that waits
    PROC_SUSPENDED,  // suspend_process
    PROC_EXITING,    // exit has begun
    PROC_FREE,
} ProcState;

// Process dictionary: open addressing over [key, value] pairs. proc/dict.h
typedef struct Dict {
    Term *pairs;      // capacity * 2 terms; TERM_NONE = empty; roots
    uint32_t capacity;
    uint32_t count;
} Dict;

struct Process {
    Heap heap;  // first: a Process * is a Heap *
    const uint64_t *ip;  // next instruction when not executing
    int64_t reds;        // reductions left of this slice
    struct Isolate *iso;
    Term *args;          // live x registers (P2); roots
    uint16_t num_args;
    uint16_t cap_args;
    Term inline_args[6];

    Term pid;
    Term group_leader;
    Term parent;         // pid of the spawner
    Term name;           // registered name atom or TERM_NONE
    Term initial_mod, initial_fun;  // for process_info and crash reports
    uint32_t initial_arity;
    uint8_t priority;
    uint8_t state;
    bool trap_exit;
    bool in_receive_timeout;  // a receive timer is set
    bool timed_out;           // it has fired
    bool hibernating;
    bool is_system;           // system process of the sandbox: hidden from limits
    bool pending_kill;        // exit signal `killed` or other fatal signal: see exit_reason
    uint32_t suspend_count;
    uint8_t catches;          // frames with a live catch, saturating

    Exception exc;
    Term exit_reason;         // root; set when pending_kill or exiting
    const uint64_t *trap_code;
    Term trap_args[TRAP_MAX_ARGS];  // roots while exc.class is a trap kind
    uint8_t trap_arity;
    const struct Bif *current_bif;  // builtin that is executing, for traces

    Mailbox mailbox;
    Dict dict;
    struct LinkSet *links;
    struct MonitorSet *monitors;
    struct TimerNode *receive_timer;
    Process *run_next, *run_prev;   // run queue of its priority
    uint64_t reductions;            // total, without the current slice
    uint64_t spawned_at;            // monotonic ns
    Term sensitive, save_calls, message_queue_data;  // process_flag values kept for the asking
    Term error_handler;             // module atom
    uint32_t max_heap_flags;        // kill, error_logger
};
