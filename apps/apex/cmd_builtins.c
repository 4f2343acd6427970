// SPDX-License-Identifier: Apache-2.0
// apps/apex/cmd_builtins.c - "apex builtins": every builtin, its state and capability.

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bif/bif.h"
#include "cmd.h"

static const char *state_text(unsigned kind)
{
    switch (kind) {
    case BIF_KIND_GUARD: return "guard";
    case BIF_KIND_YIELDS: return "yields";
    case BIF_KIND_CONTROL: return "control";
    case BIF_KIND_ABSENT: return "absent";
    default: return "plain";
    }
}

static int by_name(const void *a, const void *b)
{
    const Bif *x = *(const Bif *const *)a, *y = *(const Bif *const *)b;
    int c = atom_compare(x->module, y->module);
    if (c == 0) c = strcmp(x->name, y->name);
    return c != 0 ? c : (int)x->arity - (int)y->arity;
}

static void print_rows(void)
{
    const Bif *rows[BIF_COUNT];
    size_t n = 0;
    for (size_t i = 0; i < BIF_COUNT; i++) {
        if (bif_table[i].kind != BIF_KIND_HIDDEN) rows[n++] = &bif_table[i];
    }
    qsort(rows, n, sizeof *rows, by_name);
    for (size_t i = 0; i < n; i++) {
        AtomText m = atom_text(rows[i]->module);
        char name[128];
        (void)snprintf(name, sizeof name, "%.*s:%s/%u", (int)m.len, m.bytes, rows[i]->name,
                       rows[i]->arity);
        printf("%-44s %-8s %-12s %s\n", name, state_text(rows[i]->kind),
               cap_text((Cap)rows[i]->cap), rows[i]->cost);
    }
    printf("%zu builtins\n", n);
}

int cmd_builtins(int argc, char **argv)
{
    const struct argp argp = {
        .doc = "Lists the builtin functions: name, state, the capability that a call needs, "
               "and what its cost grows with.\vplain: bounded work; guard: allowed in "
               "guards; yields: long work gives way; control: ends or replaces the caller; "
               "absent: answers as Erlang does when the facility is off."};
    argp_parse(&argp, argc, argv, 0, NULL, NULL);
    if (atom_table_init() != ST_OK || bif_init() != ST_OK) {
        report_failure("builtins", ST_NOMEM, NULL);
        return EXIT_USAGE;
    }
    print_rows();
    return EXIT_DONE;
}
