// SPDX-License-Identifier: Apache-2.0
// bif/bif.h - all that a builtin sees of the virtual machine.
//
// A builtin is one row in a .def file that bif/bif.def includes, and one
// function:
//
//     BIF(lists, "reverse", 2, lists_reverse_2, YIELDS, NONE, "elements")
//     Term bif_lists_reverse_2(Process *p, Term *args)
//
// args holds exactly the arguments; a builtin does not write to it. It returns
// its value, or TERM_NONE after one of the bif_… functions below has said what
// happens instead: `return bif_badarg(p);`.
//
// A builtin never collects: heap_alloc places what it builds and nothing moves
// until it returns, so Terms may be kept in C variables. It may be refused
// memory: `Term *hp = bif_alloc(p, n); if (hp == NULL) return TERM_NONE;`
// (the exception is set already).
//
// Work that grows with the input is charged with bif_charge, one reduction for
// about 100 ns of work, and what may run for more than about 1 ms stops when
// bif_budget says so and goes on later: it returns bif_yield(p, BIF_…, args…)
// with the state of the work as Erlang terms (or in a MagicRef) among the
// arguments of a hidden builtin or of itself.
#pragma once
#include "base/fiber.h"
#include "code/builtin.h"
#include "heap/binary.h"
#include "heap/copy.h"
#include "heap/heap.h"
#include "policy/caps.h"
#include "proc/process.h"
#include "term/atom.h"
#include "term/term.h"

typedef enum BifIndex {
#define BIF(mod, fun, arity, cname, kind, cap, cost) BIF_##cname,
#include "bif/bif.def"
#undef BIF
    BIF_COUNT
} BifIndex;

extern Bif bif_table[BIF_COUNT];

#define BIF(mod, fun, arity, cname, kind, cap, cost) Term bif_##cname(Process *p, Term *args);
#include "bif/bif.def"
#undef BIF

// Once per OS process, before anything else; needs the atom table.
MUST_USE Status bif_init(void);

// The row of M:F/A that guests may call, or NULL.
const Bif *bif_find(Term module, Term function, unsigned arity);

// ---- memory -------------------------------------------------------------------
// `words` words that stay in place, or NULL with the exception set.
static inline Term *bif_alloc(Process *p, size_t words);
// Scratch from the sandbox's arena; the builtin frees it before it returns.
void *bif_scratch(Process *p, size_t bytes);  // NULL with the exception set
void bif_scratch_free(Process *p, void *at, size_t bytes);

// ---- capabilities ---------------------------------------------------------------
// Has the sandbox what the row of the builtin that is executing names? If not the host is told,
// and the builtin does what its contract has for it (policy/caps.def).
bool bif_may(Process *p);

// ---- ends of a builtin: each returns TERM_NONE ----------------------------------
Term bif_error(Process *p, Term reason);              // error:reason
static inline Term bif_badarg(Process *p) { return bif_error(p, AM_badarg); }
static inline Term bif_badarith(Process *p) { return bif_error(p, AM_badarith); }
static inline Term bif_system_limit(Process *p) { return bif_error(p, AM_system_limit); }
// badarg (or another reason) whose error_info map says #{cause => cause}.
Term bif_error_cause(Process *p, Term reason, Term cause);
// {badmap, T}, {badkey, K}, {badrecord, …}: error:{tag, term}.
Term bif_error_tagged(Process *p, Term tag, Term value);
Term bif_exit(Process *p, Term reason);
Term bif_throw(Process *p, Term reason);
// Memory was refused (heap_alloc, arena_alloc returned NULL).
Term bif_no_memory(Process *p);
// A status that is not ST_OK: system_limit for ST_LIMIT, else memory was refused.
Term bif_refused(Process *p, Status st);
// Calls builtin `index` next with these arguments, in the same slice.
Term bif_trap(Process *p, BifIndex index, unsigned arity, ...);
// The same after other processes have had their turn.
Term bif_yield(Process *p, BifIndex index, unsigned arity, ...);
// The same when something (a message, a timer, proc_wake) has woken the process.
Term bif_wait(Process *p, BifIndex index, unsigned arity, ...);
// Calls the exported Erlang function module:function/arity next; its value
// becomes the value of this builtin.
Term bif_tail_call(Process *p, Term module, Term function, unsigned arity, ...);

// ---- budget -------------------------------------------------------------------
static inline void bif_charge(Process *p, uint64_t reductions)
{
    p->reds -= reductions > (1u << 28) ? (1 << 28) : (int64_t)reductions;
}
// Reductions left in this slice; at or below 0 it is time to yield. Bounded to
// what keeps one builtin within about a millisecond.
static inline int64_t bif_budget(const Process *p) { return p->reds; }

// ---- arguments ------------------------------------------------------------------
// The next cell of a list that a guest has made as long as it likes, options too:
//     for (Pace rate = PACE_START; is_cons(list); list = list_next(list, &rate))
static inline Term list_next(Term list, Pace *rate)
{
    (void)pace(rate, 8);
    return cons_tail(list);
}
// Length of a proper list; -1: not a proper list. Charged.
int64_t bif_list_length(Process *p, Term list);
bool bif_get_uint64(Term t, uint64_t *out);  // small or big within range
bool bif_get_int64(Term t, int64_t *out);
bool bif_get_size(Term t, size_t *out);      // a non-negative integer
// Any integer as a term of heap p; TERM_NONE: refused.
Term bif_make_uint64(Process *p, uint64_t v);
Term bif_make_int64(Process *p, int64_t v);
// List of bytes/characters from memory.
Term bif_make_byte_list(Process *p, const uint8_t *bytes, size_t n, Term tail);
// A binary of these bytes; TERM_NONE: refused, exception set.
Term bif_make_binary(Process *p, const void *bytes, size_t n);
// The atom of this text in the sandbox's books; TERM_NONE with system_limit or
// badarg set.
Term bif_make_atom(Process *p, const char *utf8, size_t n);

static inline Term *bif_alloc(Process *p, size_t words)
{
    Term *at = heap_alloc(&p->heap, words);
    if (UNLIKELY(at == NULL)) (void)bif_no_memory(p);
    return at;
}
