// SPDX-License-Identifier: Apache-2.0
// apps/apex/main.c - finds the subcommand.

#include <argp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"

typedef struct Command {
    const char *name;
    const char *summary;
    int (*run)(int argc, char **argv);
} Command;

static const Command commands[] = {
#define COMMAND(name, summary) {#name, summary, cmd_##name},
#include "commands.def"
#undef COMMAND
};

const char *argp_program_version = "apex " APEX_VERSION;

static void print_help(FILE *out)
{
    fputs("Usage: apex COMMAND [OPTION...] ...\n"
          "Runs Erlang and Elixir modules in isolated sandboxes.\n\n",
          out);
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].summary);
    fputs("\n\"apex COMMAND --help\" tells the options of a command.\n"
          "Exit status: 0 done, 1 error in the program that was run, 2 wrong usage or\n"
          "something could not be loaded, 3 stopped by a limit.\n",
          out);
}

void report_failure(const char *what, Status st, const Diag *d)
{
    if (d != NULL && d->text[0] != '\0') fprintf(stderr, "apex: %s\n", d->text);
    else fprintf(stderr, "apex: %s: %s\n", what, status_text(st));
}

// Runs the command under the name that its help and its errors should show.
static int run_command(const Command *c, int argc, char **argv)
{
    char name[64];
    (void)snprintf(name, sizeof name, "apex %s", c->name);
    argv[0] = name;
    int status = c->run(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "apex: standard output: write error\n");
        return status == EXIT_DONE ? EXIT_USAGE : status;
    }
    return status;
}

int main(int argc, char **argv)
{
    argp_err_exit_status = EXIT_USAGE;
    signal(SIGPIPE, SIG_IGN);  // a closed reader is a write error, not a death
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        print_help(stdout);
        return EXIT_DONE;
    }
    if (strcmp(name, "--version") == 0) {
        puts(argp_program_version);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        if (strcmp(name, commands[i].name) == 0)
            return run_command(&commands[i], argc - 1, argv + 1);
    fprintf(stderr, "apex: no command \"%s\"; \"apex --help\" lists them\n", name);
    return EXIT_USAGE;
}
