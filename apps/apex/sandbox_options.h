// SPDX-License-Identifier: Apache-2.0
// apps/apex/sandbox_options.h - the options that say what a sandbox may have.
//
// One option for each row of limits.def ("--ets-tables N"), --timeout beside
// --deadline, and --allow and --deny for the rows of caps.def. A subcommand takes
// them in as an argp child whose input is a SandboxOptions.

#ifndef APEX_SANDBOX_OPTIONS_H
#define APEX_SANDBOX_OPTIONS_H

#include <argp.h>

#include "policy/caps.h"
#include "policy/limits.h"

typedef struct SandboxOptions {
    Limits limits;
    CapSet caps;
    uint64_t clock_resolution;
    bool clock_frozen;
} SandboxOptions;

// The defaults: limits of limits.def; output, clock and loading of code granted.
void sandbox_options_init(SandboxOptions *o);

// The parser, for the children of a command's argp. Built on first use.
const struct argp *sandbox_argp(void);

#endif
