// SPDX-License-Identifier: Apache-2.0
// tests/hostile/host/host_functions.h - functions of the host that hostile programs call:
//
//   host:echo/1    [Argument], at once
//   host:later/1   the same from another thread, a little later
//   host:never/1   no answer as long as the sandbox is there
#pragma once
#include "sandbox/functions.h"

FunctionSet *host_functions_new(void);
// Answers what was never answered; sandboxes that asked are gone.
void host_functions_answer_all(void);
// Answers what is still open, ends the thread, releases the set. Sandboxes are gone.
void host_functions_free(FunctionSet *f);
