// SPDX-License-Identifier: Apache-2.0
// exec/exception.h - raising, finding the handler, stack traces.
//
// A raw trace is what an exception carries until someone asks for the list:
//
//     {Addresses, Module, Function, Args, Info, Class}
//
// Addresses is a big integer whose limbs are code addresses (the collector and
// guests see a number), the first of them where it happened. Module is [] when the first
// entry is the function at that address, else the builtin or absent function
// that comes before it. Args is the list of arguments of the first entry or its arity as
// a small integer, [] for "the arity that the function has". Info is the list that
// follows the location. A trace that erlang:raise/3 was given has [] for Addresses and the
// list itself for Args.
#pragma once
#include "exec/exec.h"
#include "proc/process.h"

// Entries of a trace: iso->trace_depth, at the most these.
enum { TRACE_MAX_DEPTH = 64 };

// p->exc says what is raised, p->ip and p->heap.sp where. Finds the handler, sets x0 (none)
// to x3 (class, value, raw trace) and the stack, and returns the handler's
// address. NULL: there is none (or nothing may be caught): p->exc.value is the reason to exit with. [gc: no]
const uint64_t *exception_handle(Exec *e, Process *p);

// A builtin failed: its arguments top the trace. argv: its arguments.
void exception_note_native(Process *p, const struct Bif *bif, const Term *argv);

// The list of {M, F, Arity | Args, Location} for a raw trace; a list is returned as it is.
// TERM_NONE: memory refused. [gc: no]
Term exception_stacktrace(Process *p, Term raw);

// The raw trace of an exception that carries this list (erlang:raise/3). TERM_NONE: no memory.
Term exception_raised_trace(Process *p, Term class, Term list);
// The class atom in a raw trace; TERM_NONE: it is none.
Term exception_class(Term raw);
// The same trace with another class. TERM_NONE: no memory.
Term exception_with_class(Process *p, Term raw, Term class);

// The present call stack of p as such a list (process_info(current_stacktrace)).
Term exception_current_stacktrace(Heap *into, Process *p, unsigned depth);
