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
#include "base/status.h"
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
    Term undef_module, undef_function;  // an absent function (args: its arguments), or TERM_NONE
    bool plain;    // error/1,2,3: the builtin itself does not show
    bool native;   // raised by a builtin: its M, F, args top the trace
} Exception;

// ---- messages: proc/mailbox.h works on them -------------------------------------
struct MailSegment;
struct MailOuter;
struct RecvMarkers;
typedef struct Mailbox {
    struct MailSegment *first, *last;
    struct MailSegment *save;     // where receive goes on to look; NULL: at the first message
    uint32_t save_index;          // position in `save`
    uint32_t segments;
    uint64_t arrived;             // messages that ever came
    size_t count;                 // messages that are waiting
    struct RecvMarkers *markers;  // NULL: none in use
    struct MailOuter *outer;      // NULL: nothing waits outside (mailbox_fetch)
} Mailbox;

// ---- links and monitors: proc/link.h works on them ----------------------------
typedef struct LinkList {
    struct Link *first, *last;
    size_t count;
} LinkList;
typedef struct MonitorList {
    struct Monitor *first, *last;
    size_t count;
} MonitorList;
struct TimerNode;
struct Held;

typedef enum Priority { PRIO_MAX, PRIO_HIGH, PRIO_NORMAL, PRIO_LOW, PRIO_COUNT } Priority;

typedef enum ProcState {
    PROC_RUNNABLE,   // in a run queue
    PROC_RUNNING,
    PROC_WAITING,    // in receive, or in a builtin that waits
    PROC_SUSPENDED,  // suspend_process
    PROC_EXITING,    // exit has begun
    PROC_FREE,
} ProcState;

// Process dictionary, oldest key first. proc/dict.h
typedef struct Dict {
    Term *pairs;       // [key, value] * capacity; the first count are roots
    uint64_t *index;   // from hash to position + 1; NULL while there are few pairs
    uint32_t *hashes;  // of each key; NULL when index is
    uint32_t capacity;
    uint32_t count;
    uint32_t index_size;
} Dict;

enum { MAX_HEAP_KILL = 1, MAX_HEAP_LOG = 2 };

struct Process {
    Heap heap;  // first: a Process * is a Heap *
    // Next instruction when not executing. NULL: the process is new and begins
    // with initial_mod:initial_fun, arguments in args.
    const uint64_t *ip;
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
    bool hibernating;         // sleeps in hibernate/3, its heap compacted
    bool drop_stack;          // the trap that a builtin asks for begins on an empty stack
    bool is_system;           // system process of the sandbox: hidden from limits
    bool watched;             // the host wants to know the end: host.returned, host.exited
    void *watcher;            // for the host
    bool pending_kill;        // a fatal signal has come; the process ends at the next chance
    bool needs_gc;            // collect before going on (garbage_collect/0), fully if gc_full
    bool gc_full;
    bool tables_gone;         // exiting: owner_exit has finished
    bool was_waiting;         // suspended while it was waiting, and not woken since
    uint32_t suspend_count;
    uint8_t catches;          // frames with a live catch, saturating

    Exception exc;
    Term exit_reason;         // root; set when pending_kill or exiting, unless exit_held is
    struct Held *exit_held;   // the reason when another process gave it. proc/held.h
    uint8_t uncaught;         // ExcClass with which the process ended by itself, or 0
    const uint64_t *trap_code;
    Term trap_args[TRAP_MAX_ARGS];  // roots while exc.class is a trap kind
    uint8_t trap_arity;
    const struct Bif *current_bif;  // builtin that is executing, for traces

    Mailbox mailbox;
    Dict dict;
    LinkList links;
    MonitorList monitors;      // what this process watches, its aliases, whom it suspends
    MonitorList monitored_by;  // who watches or suspends it
    struct TimerNode *receive_timer;
    struct TimerNode *timers;  // timers whose destination is this process by pid
    Process *run_next, *run_prev;   // run queue of its priority
    uint64_t reductions;            // total; each installment counts as used (exec.h)
    uint64_t spawned_at;            // monotonic ns
    Term sensitive;                 // AM_true: process_info shows nothing of its data
    Term save_calls, message_queue_data;  // process_flag values kept for the asking
    Term error_handler;             // module atom
    uint32_t max_heap_flags;        // MAX_HEAP_KILL, MAX_HEAP_LOG
    uint64_t min_bin_vheap;         // words, for the asking
    uint32_t node_monitors;         // process_flag(monitor_nodes), for the asking
    uint8_t bound_scheduler;        // process_flag(scheduler), for the asking
};

// ---- proc/process.c ------------------------------------------------------------
// An empty process in the process table, state WAITING, of which the caller
// fills in the beginning. NULL: a limit refuses (of processes or memory); *why says
// which (may be NULL).
Process *process_new(struct Isolate *iso, size_t min_heap, Status *why);
// Takes p out of the process table and frees all its memory. p has no links,
// monitors, timers or name left (proc/exit.c).
void process_free(struct Isolate *iso, Process *p);
// p is no longer found by its pid.
void process_leave_table(struct Isolate *iso, Process *p);

// Keeps n x registers while p does not execute (P2). ST_LIMIT, ST_NOMEM: nothing
// is kept.
MUST_USE Status process_save_args(Process *p, const Term *x, unsigned n);

// All roots of p beside its stack. The spans belong to the isolate and are valid
// until the next call; ROOTS_SPARE more may be appended by the caller. Cannot
// fail, and allocates nothing. Live x registers of a process that executes are
// not in it, unless they are in args.
#define ROOTS_SPARE 4
#define ROOTS_FIXED 9
void process_roots(Process *p, Roots *out);

// Collects p while it does not execute, or from a place where no C variable holds
// one of its terms and its live registers are in args. full: old generation too.
// ST_LIMIT/ST_NOMEM: it stays as it was.
MUST_USE Status process_collect(Process *p, bool full);
// For statistics: a collection is over, before which the heap had `before` words in use.
void process_note_collection(Process *p, size_t before);
// To be asked after a collection of p: LIMIT_HEAP, and what max_heap_size wants.
// False: the process is to die, or is dead already unless it is executing.
bool process_obeys_max_heap(Process *p);
// Collects p into the smallest heap that holds it: it goes to sleep for long.
void process_compact(Process *p);
