// SPDX-License-Identifier: Apache-2.0
// bif/proc_code.c - which code a process runs.
#include "bif/proc_code.h"

#include "bif/bif.h"
#include "code/code_table.h"
#include "proc/isolate.h"

static bool is_within(const Image *m, const uint64_t *at)
{
    return at != NULL && image_contains(m, at);
}

// A return address may be the end of the code when a call is its last word.
static bool is_return_into(const Image *m, Term word)
{
    if (!is_header(word) || word == 0) return false;
    const Word *at = (const Word *)(uintptr_t)word;
    return at > m->code && at <= m->code + m->code_words;
}

bool proc_runs_old_code(Process *p, Process *of, Term module)
{
    const Module *m = code_table_find(p->iso->code, module);
    if (m == NULL || m->old == NULL) return false;
    if (is_within(m->old, of->ip)) return true;
    if (of->trap_arity > 0 && is_within(m->old, of->trap_code)) return true;
    bif_charge(p, (uint64_t)(of->heap.end - of->heap.sp) / 32);
    for (const Term *at = of->heap.sp; at < of->heap.end; at++) {
        if (is_return_into(m->old, *at)) return true;
        if (is_catch(*at) && is_within(m->old, catch_handler(*at))) return true;
    }
    return false;
}
