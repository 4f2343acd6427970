// SPDX-License-Identifier: Apache-2.0
// apps/apex/cmd_check.c - "apex check PATH...": does every .beam file load?

#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "base/os.h"
#include "cmd.h"
#include "code/image.h"
#include "progress.h"
#include "sandbox/sandbox.h"

#define FILE_MAX_BYTES ((size_t)64 << 20)

typedef struct CheckOptions {
    char **paths;
    int count;
} CheckOptions;

typedef struct Check {
    unsigned long loaded, refused;
    Progress progress;
} Check;

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    CheckOptions *o = state->input;
    switch (key) {
    case ARGP_KEY_ARGS:
        o->paths = state->argv + state->next;
        o->count = state->argc - state->next;
        return 0;
    case ARGP_KEY_NO_ARGS: argp_usage(state); return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

// Everything that loading does: parsing, verification, translation.
static Status check_file(void *context, const char *path)
{
    Check *c = context;
    size_t len = strlen(path);
    if (len < 5 || strcmp(path + len - 5, ".beam") != 0) return ST_OK;
    progress_step(&c->progress, path);
    Diag d;
    diag_init(&d);
    Buf bytes;
    buf_init(&bytes);
    Image *image = NULL;
    Status st = os_read_file(path, FILE_MAX_BYTES, &bytes, &d);
    if (st == ST_OK) st = image_build(bytes.data, bytes.len, NULL, NULL, &image, &d);
    if (st == ST_OK) {
        image_release(image);
        c->loaded++;
    } else {
        c->refused++;
        progress_wipe(&c->progress);
        printf("%s: %s\n", path, d.text[0] != '\0' ? d.text : status_text(st));
    }
    buf_clear(&bytes);
    return ST_OK;
}

int cmd_check(int argc, char **argv)
{
    const struct argp argp = {
        .parser = parse_option,
        .args_doc = "PATH...",
        .doc = "Loads every .beam file below the PATHs and reports those that are refused."};
    CheckOptions o = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &o);
    Diag d;
    diag_init(&d);
    Engine *e;
    EngineOptions eo = {.threads = 1};
    Status st = engine_new(&eo, &e, &d);
    if (st != ST_OK) {
        report_failure("engine", st, &d);
        return EXIT_USAGE;
    }
    Check c = {0};
    progress_init(&c.progress, "checking", 0);
    for (int i = 0; i < o.count && st == ST_OK; i++) {
        st = os_walk(o.paths[i], check_file, &c, &d);
        if (st != ST_OK) report_failure(o.paths[i], st, &d);
    }
    progress_wipe(&c.progress);
    printf("%lu loaded, %lu refused\n", c.loaded, c.refused);
    engine_free(e);
    return st != ST_OK || c.refused > 0 ? EXIT_USAGE : EXIT_DONE;
}
