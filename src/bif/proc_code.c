// SPDX-License-Identifier: Apache-2.0
// bif/proc_code.c - which code a process runs.
#include "bif/proc_code.h"

#include "bif/bif.h"
#include "bif/code.h"
#include "code/code_table.h"
#include "proc/isolate.h"

bool proc_runs_old_code(Process *p, Process *of, Term module)
{
    const Module *m = code_table_find(p->iso->code, module);
    uint64_t words = 0;
    bool runs = m != NULL && m->old != NULL && code_is_run_by(of, m->old, &words);
    bif_charge(p, words / 32);
    return runs;
}
