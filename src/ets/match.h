// SPDX-License-Identifier: Apache-2.0
// ets/match.h - match specifications, compiled.
//
// A match specification is a list of {Head, Guards, Body}. Compiling copies it
// and makes one program out of it: for each clause the operations that take a
// term apart, those that evaluate the guards and those that build the result.
// The interpreter needs no memory but what the result takes.
//
//   S1  the terms that operations refer to lie in the program's own copy of the
//       specification, or in the frozen region.
//   S2  no operation makes the stack deeper than `stack_words`.
#pragma once
#include "base/vec.h"
#include "heap/binary.h"
#include "proc/isolate.h"

// A function that guards and bodies may call: a builtin.
typedef Term (*MatchFn)(Process *p, Term *args);
// The builtin erlang:name/arity, or NULL.
typedef MatchFn (*MatchResolve)(Term name, unsigned arity);

typedef enum MatchDialect { MATCH_TABLE, MATCH_TRACE } MatchDialect;

typedef enum MatchOpKind {
    // Heads: each takes a term off the stack.
    OP_SKIP,   // anything
    OP_BIND,   // becomes variable n
    OP_SAME,   // equals variable n
    OP_WORD,   // is this word
    OP_EQUAL,  // equals this term exactly
    OP_TUPLE,  // is a tuple of n elements; pushes them, the first on top
    OP_CONS,   // is a cons; pushes tail, then head
    OP_MAP,    // is a map, and stays on the stack
    OP_KEY,    // the map on top has this key; pushes its value
    OP_POP,    // anything (the map)
    // Guards and bodies: each pushes its value in the place of its operands.
    OP_PUSH,
    OP_VAR,
    OP_WHOLE,  // '$_'
    OP_SELF,
    OP_MK_CONS,   // head below tail
    OP_MK_LIST,   // n elements
    OP_MK_TUPLE,  // n elements
    OP_MK_MAP,    // n pairs
    OP_CALL,      // fn with n arguments
    OP_COPY,      // the value must not refer to the object
    OP_AND,       // n booleans
    OP_OR,
    OP_ANDALSO,  // false: jump to n, keeping it; true: drop it
    OP_ORELSE,
    OP_REQUIRE,  // the clause fails unless it is true
    OP_DROP,
    OP_BODY,     // from here on what fails becomes the atom 'EXIT'
    OP_MESSAGE,  // trace: the value is the result, whatever follows
    OP_FLAG,     // trace: note the flag in `term`; true
    OP_CONST_OF, // trace: drop n values, push `term`
    OP_RETURN,
} MatchOpKind;

typedef struct MatchOp {
    uint32_t kind;
    uint32_t n;
    union {
        Term term;
        MatchFn fn;
    };
} MatchOp;

typedef struct MatchClause {
    uint32_t code;      // first operation
    uint32_t num_vars;
    Term pattern;
} MatchClause;

typedef struct MatchProgram {
    NativeObject object;
    Vec(MatchOp) ops;
    Vec(MatchClause) clauses;
    Term *words;      // copy of the specification
    size_t num_words;
    Term *off;
    Term *vars;       // most_vars words, then stack_words
    uint32_t most_vars;
    uint32_t stack_words;
    MatchDialect dialect;
} MatchProgram;

// What is wrong with a specification, in the order in which it was found.
typedef enum MatchErrorKind {
    MATCH_ERR_NOT_LIST,          // the specification
    MATCH_ERR_NOT_PROPER,
    MATCH_ERR_NOT_TRIPLE,
    MATCH_ERR_EXPR_NOT_LIST,     // guards
    MATCH_ERR_EXPR_NOT_PROPER,
    MATCH_ERR_EMPTY_BODY,
    MATCH_ERR_UNBOUND,           // n: variable
    MATCH_ERR_NO_FUNCTION,       // term/n
    MATCH_ERR_CONTEXT,           // term/n
    MATCH_ERR_NOT_CALL,          // term
    MATCH_ERR_CONST_ARGS,        // term
    MATCH_ERR_NO_ARGS,           // special, term
    MATCH_ERR_ARGS,              // special, term
    MATCH_ERR_DIALECT,           // special
    MATCH_ERR_IN_GUARD,          // special
    MATCH_ERR_MAP_KEY_VARIABLE,
    MATCH_ERR_MAP_KEY_UNDERSCORE,
    MATCH_ERR_HEAD_NOT_LIST,     // trace
} MatchErrorKind;

typedef struct MatchError {
    MatchErrorKind kind;
    uint64_t n;
    Term special;  // atom
    Term term;     // in the program's copy of the specification
} MatchError;

typedef Vec(MatchError) MatchErrors;

// Compiles spec. *out has one reference. ST_INVALID: it is no match
// specification; when errors is not NULL it has the reasons, and *out then owns
// the terms that they name. ST_NOMEM, ST_LIMIT: memory refused. *work grows by
// the number of terms looked at.
MUST_USE Status match_compile(Isolate *iso, Term spec, MatchDialect dialect, MatchResolve resolve,
                              MatchErrors *errors, MatchProgram **out, uint64_t *work);

typedef enum MatchResult { MATCH_NO, MATCH_YES, MATCH_REFUSED } MatchResult;
// Flags that a trace specification turned on: atoms.
typedef struct MatchTrace {
    bool return_trace, exception_trace;
} MatchTrace;
// Applies the program to object. MATCH_YES: *result is the value of the body; on
// the heap of p when `copy`, else it may refer to the object and to the program.
// MATCH_REFUSED: memory. [gc: no]
MatchResult match_run(MatchProgram *m, Process *p, Term object, bool copy, Term *result);
// The same for the arguments of a call and a trace specification; list and args
// are the same terms.
MatchResult match_run_trace(MatchProgram *m, Process *p, Term list, const Term *args,
                            size_t num_args, MatchTrace *trace, Term *result);

// A magic reference to m at *hp, taking one reference more.
Term match_ref_at(MatchProgram *m, Term **hp, Term **off);
MatchProgram *match_of_ref(Term t);  // NULL: t is none
static inline void match_release(Space *s, MatchProgram *m) { native_release(s, &m->object); }

// Does the head of a clause match the arguments one by one (trace), or one term?
static inline bool match_head_is_list(MatchDialect dialect, Term head)
{
    return dialect == MATCH_TRACE && (is_cons(head) || is_nil(head));
}

// ---- questions about patterns ---------------------------------------------------------
// The number of a variable '$N'; -1: t is no variable.
int64_t match_variable(Term t);
// Does t contain '_' or a variable? Bounded: past `budget` terms it says yes.
bool match_has_variable(Term t, unsigned budget);
// What is known about the key of the objects that a pattern matches.
typedef enum MatchKey {
    MATCH_KEY_NONE,   // nothing can match
    MATCH_KEY_ANY,
    MATCH_KEY_BOUND,  // exactly *key
    MATCH_KEY_PART,   // *key has variables in it
} MatchKey;
MatchKey match_key_of(Term pattern, uint32_t keypos, Term *key);
// Order of a key beside a partly bound key pattern: 0 when the key may match, or
// nothing more can be said.
int match_compare_part(Term pattern, Term key);
// Would replacing what the clause matches by what its body returns keep the key
// (ets:select_replace)?
bool match_keeps_key(uint32_t keypos, Term pattern, Term body);
