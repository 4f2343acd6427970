// SPDX-License-Identifier: Apache-2.0
// apps/apex/cmd.h - what the subcommands share.

#ifndef APEX_CMD_H
#define APEX_CMD_H

#include "base/diag.h"
#include "base/status.h"

// Exit statuses of the command.
enum {
    EXIT_DONE = 0,
    EXIT_TENANT = 1,  // the tenant's own error
    EXIT_USAGE = 2,   // wrong usage, or something could not be loaded
    EXIT_LIMIT = 3,   // stopped by a limit
};

// Each takes the arguments from its own name on (argv[0] is "apex run") and gives
// the exit status.
#define COMMAND(name, summary) int cmd_##name(int argc, char **argv);
#include "commands.def"
#undef COMMAND

// One line on standard error: the diagnostic, which names what it is about, or
// what and the text of the status when there is none. d may be NULL.
void report_failure(const char *what, Status st, const Diag *d);

#endif
