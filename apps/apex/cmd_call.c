// SPDX-License-Identifier: Apache-2.0
// apps/apex/cmd_call.c - "apex call [-pa DIR]... M F [ARG...]".

#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "host.h"
#include "tenant.h"
#include "terminal.h"

typedef struct CallOptions {
    SandboxOptions sandbox;
    const char *paths[64];
    size_t num_paths;
    char **words;  // M F ARG...
    int num_words;
} CallOptions;

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    CallOptions *o = state->input;
    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &o->sandbox; return 0;
    case 'p':
        // "-pa DIR" as erl has it: argp reads -p with the value "a".
        if (strcmp(arg, "a") == 0 && state->next < state->argc) arg = state->argv[state->next++];
        if (o->num_paths == ARRAY_LEN(o->paths)) argp_error(state, "too many -pa");
        o->paths[o->num_paths++] = arg;
        return 0;
    case ARGP_KEY_ARGS:
        o->words = state->argv + state->next;
        o->num_words = state->argc - state->next;
        if (o->num_words < 2) argp_usage(state);
        return 0;
    case ARGP_KEY_NO_ARGS: argp_usage(state); return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option call_options[] = {
    {"path", 'p', "DIR", 0, "load the modules below DIR first (also as -pa DIR)", 0},
    {0},
};

static void write_output(void *context, int stream, const uint8_t *bytes, size_t len)
{
    FILE *f = stream == 2 ? stderr : stdout;
    terminal_write(f, bytes, len);
    (void)fflush(f);
}

static int load_paths(Sandbox *s, const CallOptions *o)
{
    Diag d;
    for (size_t i = 0; i < o->num_paths; i++) {
        diag_init(&d);
        Tenant t;
        Status st = tenant_load(&t, o->paths[i], &d);
        for (size_t k = 0; st == ST_OK && k < t.modules.len; k++) {
            st = sandbox_load(s, t.modules.items[k].bytes, t.modules.items[k].size, &d);
        }
        tenant_clear(&t);
        if (st == ST_OK) continue;
        report_failure(o->paths[i], st, &d);
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

// apex_cli:call([M, F, Arg…] as texts) evaluates and prints.
static int evaluate(Sandbox *s, const CallOptions *o)
{
    cleanup_with(buf_clear) Buf list;
    buf_init(&list);
    Status st = etf_binary_list(&list, (const char *const *)o->words, (size_t)o->num_words);
    CallResult r;
    if (st == ST_OK) st = call_with_list(s, "apex_cli", "call", &list, &r);
    if (st != ST_OK) {
        report_failure("call", st, NULL);
        return EXIT_USAGE;
    }
    int status = exit_status_of(s, &r);
    if (r.outcome == CALL_FAILED) status = show_failure(s, &r);
    if (r.outcome == CALL_STOPPED && status == EXIT_LIMIT) {
        SandboxStatus now;
        char text[64];
        sandbox_status(s, &now);
        describe_outcome(text, sizeof text, &now, &r);
        fprintf(stderr, "apex: stopped: %s\n", text);
    }
    call_result_clear(&r);
    return status;
}

int cmd_call(int argc, char **argv)
{
    const struct argp_child children[] = {{sandbox_argp(), 0, "Limits and capabilities:", 1}, {0}};
    const struct argp argp = {
        .options = call_options,
        .parser = parse_option,
        .args_doc = "MODULE FUNCTION [ARG...]",
        .doc = "Evaluates MODULE:FUNCTION(ARG...) in a fresh sandbox and prints the result. "
               "ARGs are Erlang terms.",
        .children = children,
    };
    CallOptions o = {0};
    sandbox_options_init(&o.sandbox);
    argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &o);
    Diag d;
    diag_init(&d);
    Engine *e;
    EngineOptions eo = {.threads = 1};
    Status st = engine_new(&eo, &e, &d);
    if (st != ST_OK) {
        report_failure("engine", st, &d);
        return EXIT_USAGE;
    }
    SandboxConfig c;
    sandbox_config_init(&c);
    c.name = "call", c.limits = o.sandbox.limits, c.caps = o.sandbox.caps;
    c.clock_resolution = o.sandbox.clock_resolution;
    c.clock_frozen = o.sandbox.clock_frozen;
    c.host.output = write_output;
    Sandbox *s;
    st = sandbox_new(e, &c, &s, &d);
    int status = EXIT_USAGE;
    if (st != ST_OK) report_failure("sandbox", st, &d);
    else {
        status = load_paths(s, &o);
        if (status == EXIT_DONE) status = evaluate(s, &o);
        sandbox_free(s);
    }
    engine_free(e);
    return status;
}
