// SPDX-License-Identifier: Apache-2.0
// proc/name.h - registered names.
#pragma once
#include "proc/isolate.h"

// ST_EXISTS: the name or the process is taken. ST_LIMIT/ST_NOMEM.
MUST_USE Status name_register(Isolate *iso, Term name, Process *p);
void name_unregister(Isolate *iso, Process *p);  // the name that p has, if any
// NULL: nobody. May start a service of the sandbox (iso->service).
Process *name_whereis(Isolate *iso, Term name);
