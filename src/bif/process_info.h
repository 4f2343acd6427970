// SPDX-License-Identifier: Apache-2.0
// bif/process_info.h - what other builtins show of a process.
#pragma once
#include "bif/bif.h"

// Prints the call stack of `of` to the sandbox's standard error. AM_true.
Term process_display(Process *p, Process *of);
