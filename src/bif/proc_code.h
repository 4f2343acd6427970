// SPDX-License-Identifier: Apache-2.0
// bif/proc_code.h - which code a process runs.
#pragma once
#include "proc/process.h"

// Does `of` have old code of the module among its return addresses, or is it about
// to run it? Charged to p. The process is not executing, or is p.
bool proc_runs_old_code(Process *p, Process *of, Term module);
