// SPDX-License-Identifier: Apache-2.0
// bif/ets_bif.h - what the files that hold the builtins of ets share.
#pragma once
#include "bif/bif.h"
#include "ets/ets.h"
#include "ets/match.h"

// The table that args[at] names, if p may use it so. NULL: the exception is set,
// with OTP's cause, or the builtin that executes is to be tried again with the
// same arguments (E5). [raises: badarg] [yields]
EtsTable *ets_bif_table_at(Process *p, Term *args, unsigned at, EtsAccess access);
static inline EtsTable *ets_bif_table(Process *p, Term *args, EtsAccess access)
{
    return ets_bif_table_at(p, args, 0, access);
}
// The same for a name or reference that stands inside of an argument.
EtsTable *ets_bif_table_of(Process *p, Term *args, Term id, EtsAccess access);
// Lets p call the builtin that executes again, after others had their turn.
Term ets_bif_again(Process *p, Term *args);

// Charges the work that t has counted since the last time.
void ets_bif_charge(Process *p, EtsTable *t);

// The identifier of t as a term of p. TERM_NONE: refused, exception set.
Term ets_bif_tid(Process *p, EtsTable *t);

// [copy | tail] on the heap of p. TERM_NONE: refused, exception set.
Term ets_bif_cons_copy(Process *p, Term t, Term tail);

// A copy of a term of a table. TERM_NONE: refused, exception set.
Term ets_bif_copy(Process *p, Term t);

// Frees what is dead while the slice lasts; what is left the caller's next trip
// or the run loop frees. True: nothing is left.
bool ets_bif_reap(Process *p);

// The builtin that a match specification may call as name/arity.
MatchFn ets_bif_resolve(Term name, unsigned arity);
