// SPDX-License-Identifier: Apache-2.0
// exec/resolve.h - from what is to be called to where its code is.
//
// Each returns the entry, with the arguments in the x registers as the entry wants them, or
// NULL with p->exc set. State is SAVE()d; [gc: no].
#pragma once
#include "code/code_table.h"
#include "exec/exec.h"

// M:F/Arity, which is not in the export table; arguments in x.
const uint64_t *resolve_undefined(Exec *e, Process *p, Term m, Term f, unsigned arity);
// Applies M:F to the arguments in x.
const uint64_t *resolve_apply(Exec *e, Process *p, Term m, Term f, unsigned arity);
// Applies what apply/2 or apply/3 (arity) has in x: x[0..arity).
const uint64_t *resolve_apply_list(Exec *e, Process *p, unsigned arity);
// What a tail call by apply enters, for what the two above have returned. error/1,2,3, exit/1
// and throw/1 raise at once (NULL): the trace begins with the function that applies them,
// which is no longer on the stack once they have been entered.
const uint64_t *resolve_tail(Exec *e, Process *p, const uint64_t *entry);
// Any term that is called with `arity` arguments in x.
const uint64_t *resolve_fun(Exec *e, Process *p, Term fun, unsigned arity);

// May the code of a local fun be called? Not when it has been purged, nor when the
// fun came in as bytes and has none (term/fun.h).
static ALWAYS_INLINE bool resolve_fun_is_live(const Exec *e, const FunEntry *f)
{
    return LIKELY(f->code != NULL && e->code->zombies.len == 0) ||
           code_table_fun_is_live(e->code, f);
}
