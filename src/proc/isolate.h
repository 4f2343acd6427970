// SPDX-License-Identifier: Apache-2.0
// proc/isolate.h - what the processes of one sandbox share.
//
// The isolate is the sandbox as its processes see it; sandbox/ owns it and adds
// its life cycle. One thread at a time touches it (A1), so nothing here is
// locked. Other threads leave their wishes in the inbox (sandbox/inbox.h).
#pragma once
#include "heap/space.h"
#include "policy/caps.h"
#include "policy/limits.h"
#include "proc/process.h"

struct CodeTable;        // code/code_table.h
struct EtsTables;        // ets/ets.h
struct PersistentTerms;  // bif/persistent_term.c
struct Timers;           // proc/timer.h
struct HostRequest;      // bif/request.h
struct Isolate;
typedef struct Isolate Isolate;

// Live processes by pid: the slot of pid n is n & (capacity - 1). Numbers grow
// for ever, so the order of pids is the order of creation.
typedef struct ProcTable {
    Process **slots;
    uint64_t capacity;  // a power of two
    uint64_t next_id;   // next pid id to try
    size_t count;
} ProcTable;

// A hash table from a 64-bit key (atom, reference number) to a Term or pointer;
// memory from the arena of the isolate.
typedef struct IsoMap {
    uint64_t *keys;    // 0 = empty, 1 = deleted: neither is ever a member
    uint64_t *values;
    size_t capacity;   // a power of two, or 0
    size_t count;      // members
    size_t used;       // members and deleted ones
} IsoMap;

// All links of the isolate, found by the pair of processes. proc/link.h
typedef struct LinkTable {
    struct Link **buckets;
    size_t size;       // a power of two, or 0
    size_t count;
} LinkTable;

typedef struct RunQueue {
    Process *first[PRIO_COUNT], *last[PRIO_COUNT];
    size_t count[PRIO_COUNT];
    uint32_t low_skipped;  // turns that normal took while low waited
} RunQueue;

// What spawn gives a process that asks for nothing else.
typedef struct ProcDefaults {
    size_t min_heap, max_heap;   // words; max_heap 0: no limit
    uint32_t max_heap_flags;
    uint32_t fullsweep_after;
    uint64_t min_bin_vheap;      // words
} ProcDefaults;

// How a sandbox came to its end.
typedef enum Verdict {
    VERDICT_RUNNING,
    VERDICT_DONE,      // destroyed by its host
    VERDICT_HALTED,    // erlang:halt
    VERDICT_LIMIT,     // a limit: iso->limit_hit
    VERDICT_DEADLINE,
} Verdict;

// What the isolate asks of its host. Functions may be NULL.
typedef struct IsolateHost {
    // Bytes that the sandbox writes: stream 1 = standard output, 2 = error.
    void (*output)(void *host, int stream, const uint8_t *bytes, size_t len);
    // Something for the audit trail: a refused capability, a limit, a load.
    void (*event)(void *host, const char *kind, const char *detail);
    // A watched process has returned from its first function: the value, on its heap.
    void (*returned)(void *host, Process *p, Term value);
    // A watched process is over (after `returned`, if it did): proc_exit_reason.
    void (*exited)(void *host, Process *p);
    void *host;
    // A process calls module:function/arity of the host, arguments in External Term Format:
    // r is answered now or later (bif/request.h). ST_NOT_FOUND, ST_LIMIT: it never is.
    Status (*request)(void *host, struct HostRequest *r, Term module, Term function, unsigned arity,
                      const uint8_t *args, size_t len);
} IsolateHost;

// What layers above proc/ hang on an isolate; memory from its arena.
enum {
    ISO_FOREIGN_FUNS,  // bif/etf_names.c: an IsoMap of funs without code
    ISO_ENVIRONMENT,   // bif/os.c: environment variables
    ISO_PREPARED,      // bif/code_load.c: modules that are prepared for loading
    ISO_SERVICES,      // bif/services.c: processes started on demand
    ISO_REGEX,         // bif/re_cache.c: compiled regular expressions
    ISO_TABLES = 8
};

struct Isolate {
    Space space;
    Limits limits;
    CapSet caps;
    CapSet denied;  // of those whose refusal is told once: told
    struct CodeTable *code;
    ProcTable procs;
    IsoMap names;        // registered name atom -> pid or port term
    IsoMap refs;         // reference number -> struct Monitor *: monitors, aliases
    LinkTable links;
    Process *exit_first, *exit_last;  // processes whose exit is under way. proc/exit.c
    RootSpan *root_spans;  // what process_roots hands out
    size_t root_spans_size;
    RunQueue run;
    struct Timers *timers;
    struct EtsTables *ets;
    struct PersistentTerms *persistent;
    Process *current;
    Term user;           // pid of the group leader of processes that the host starts
    IsolateHost host;
    unsigned trace_depth;        // entries of a stack trace: erlang:system_flag/2
    ProcDefaults defaults;       // of new processes: erlang:system_flag/2
    // Set by sandbox/: a process ends with an error that nobody caught.
    void (*crashed)(Isolate *iso, Process *p, Term reason);
    // p has more than max_heap_size allows, and such is to be reported. Keeps off p's heap. May
    // be NULL.
    void (*max_heap_reached)(Isolate *iso, Process *p);
    // System processes that start when their names or tables are first asked for; set by
    // bif/services.c, may be NULL. `starting` of them are not ready yet: until then others than
    // themselves find what they have registered only through these functions.
    // The process that answers to the name: registered (NULL: nobody is), or another one.
    Process *(*service)(Isolate *iso, Term name, Process *registered);
    // Must p wait for the table of this name? owner: of the one that there is, or TERM_NONE.
    bool (*table_service)(Isolate *iso, const Process *p, Term name, Term owner);
    uint32_t starting;
    // Set by ets/: releases what p owns of tables, at the cost of *budget
    // reductions. False: not finished, call again.
    bool (*owner_exit)(Isolate *iso, Process *p, int64_t *budget);

    Verdict verdict;
    LimitKind limit_hit;  // of VERDICT_LIMIT and VERDICT_DEADLINE
    int halt_status;
    int64_t deadline;  // monotonic ns at which the sandbox is stopped; INT64_MAX: never
    bool memory_refused;  // somebody has died of it: is there enough now?
    bool stopping;  // the run loop ends this isolate at the next chance
    uint64_t reductions;  // executed by all processes
    uint64_t context_switches;
    uint64_t gc_count, gc_words;  // statistics(garbage_collection)
    uint64_t unique_counter;  // unique_integer, monotonic part
    uint64_t started_at;  // clock_monotonic_ns at the start
    int64_t started_system;  // clock_system_ns at the start
    int64_t now_last;  // what erlang:now/0 said last, us
    uint64_t cpu_ns;  // CPU time that its processes have taken
    struct {  // what statistics/1 said last
        uint64_t reductions, exact_reductions, runtime_ms, wall_ms;
    } told;
    bool wall_time_on;  // system_flag(scheduler_wall_time)
    bool accounting_on;  // system_flag(microstate_accounting), for the asking
    uint32_t trace_control_word;  // for the asking
    Term system_logger;  // who gets reports of crashes: AM_logger, AM_undefined (nobody) or a pid
    uint64_t clock_resolution;  // ns between two steps of its clocks; up to 1: real
    bool clock_frozen;  // its clocks stand at its start
    IsoMap env;  // unused while CAP_ENV is missing; see bif/os.c
    void *tables[ISO_TABLES];  // of later layers
};

// ---- life ------------------------------------------------------------------------
// Sets up every field. Limits are copied (memory becomes the arena's limit), caps
// as given; code, ets and host are the caller's to fill in afterwards.
MUST_USE Status isolate_init(Isolate *iso, const Limits *limits, CapSet caps);
// Frees all processes without telling anybody, then every byte of the arena.
// Whoever owns iso->code, iso->ets and iso->persistent has released them before.
void isolate_clear(Isolate *iso);

// Sets a limit from now on, where it is kept: iso->limits, the arena, the atoms, the deadline.
// On the thread that runs the sandbox.
void isolate_set_limit(Isolate *iso, LimitKind k, uint64_t allowed);

// Tells the host, as long as LIMIT_EVENTS allows it.
void isolate_tell(Isolate *iso, const char *kind, const char *detail);
// A capability is missing for what the current process does (event "refused"): the detail is
// the capability, ": " and the builtin that was called.
void isolate_deny(Isolate *iso, Cap cap);

// ---- tables ---------------------------------------------------------------------
Process *proc_lookup(const Isolate *iso, Term pid);  // NULL: no such live process
// Live processes in order of creation: uint64_t i = 0; while ((p = proc_next(iso, &i))).
Process *proc_next(const Isolate *iso, uint64_t *iterator);
bool iso_map_get(const IsoMap *m, uint64_t key, uint64_t *value);
MUST_USE Status iso_map_put(IsoMap *m, Space *s, uint64_t key, uint64_t value);
bool iso_map_remove(IsoMap *m, uint64_t key, uint64_t *value);
void iso_map_clear(IsoMap *m, Space *s);
// size_t i = 0; while (iso_map_next(m, &i, &key, &value)). No order.
bool iso_map_next(const IsoMap *m, size_t *iterator, uint64_t *key, uint64_t *value);

// ---- clocks as the sandbox may see them (capability and resolution applied) ------
// Do they go as the host's do? Timers run on the host's in any case.
static inline bool isolate_clock_is_real(const Isolate *iso)
{
    return !iso->clock_frozen && iso->clock_resolution <= 1;
}
// Nanoseconds since the start of the sandbox.
uint64_t isolate_monotonic_ns(const Isolate *iso);
// Erlang's monotonic time: the same, counted from where OTP begins.
#define ERL_MONOTONIC_START INT64_C(-576460752000000000)
int64_t isolate_erl_monotonic_ns(const Isolate *iso);
// Since 1970 (UTC); without the clock capability time began with the sandbox.
int64_t isolate_system_ns(const Isolate *iso);
// Erlang's time offset: system time minus monotonic time.
int64_t isolate_time_offset_ns(const Isolate *iso);
// A time of the host's system clock, and the CPU time of the sandbox, as it may see them.
int64_t isolate_shown_ns(const Isolate *iso, int64_t system_ns);
uint64_t isolate_cpu_ns(const Isolate *iso);

// ---- messages and signals: proc/signal.h ------------------------------------------
