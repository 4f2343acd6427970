// SPDX-License-Identifier: Apache-2.0
// apps/apex/cmd_run.c - "apex run PATH...": each PATH a tenant in its own sandbox.

#include <argp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "beam/beam_file.h"
#include "cmd.h"
#include "host.h"
#include "quantity.h"
#include "tenant.h"
#include "terminal.h"

enum { KEY_ENTRY = 0x100, KEY_ARG, KEY_JSON, KEY_THREADS };

typedef struct RunOptions {
    SandboxOptions sandbox;
    const char *entry;       // Module:function, or NULL
    const char *args[64];
    size_t num_args;
    bool json, quiet;
    unsigned threads;
    char **paths;
    int num_paths;
} RunOptions;

// A tenant on its way: one host thread each.
typedef struct Run {
    const RunOptions *options;
    Engine *engine;
    Tenant tenant;
    char module[256], function[256];
    pthread_t thread;
    bool threaded;
    bool prefixed;           // output lines carry the tenant's name
    Buf line;                // of standard output, not complete yet
    int status;
    char outcome[64];
    SandboxStatus result;
} Run;

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    RunOptions *o = state->input;
    uint64_t n;
    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &o->sandbox; return 0;
    case KEY_ENTRY:
        o->entry = arg;
        if (strrchr(arg, ':') == NULL) argp_error(state, "--entry takes Module:function");
        return 0;
    case KEY_ARG:
        if (o->num_args == ARRAY_LEN(o->args)) argp_error(state, "too many --arg");
        o->args[o->num_args++] = arg;
        return 0;
    case KEY_THREADS:
        if (!parse_count(arg, &n) || n == 0 || n > 1024)
            argp_error(state, "--threads takes 1 to 1024");
        o->threads = (unsigned)n;
        return 0;
    case KEY_JSON: o->json = true; return 0;
    case 'q': o->quiet = true; return 0;
    case ARGP_KEY_ARGS:
        o->paths = state->argv + state->next;
        o->num_paths = state->argc - state->next;
        return 0;
    case ARGP_KEY_NO_ARGS: argp_usage(state); return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option run_options[] = {
    {"entry", KEY_ENTRY, "MOD:FUN", 0,
     "start here (default: main/0 of the only module that exports it)", 0},
    {"arg", KEY_ARG, "TERM", 0, "an argument for the entry, an Erlang term; may be repeated", 0},
    {"json", KEY_JSON, NULL, 0, "print the table as JSON", 0},
    {"quiet", 'q', NULL, 0, "no table, no names before output lines", 0},
    {"threads", KEY_THREADS, "N", 0, "worker threads (default: one a processor)", 0},
    {0},
};

// ---- output -------------------------------------------------------------------------
static pthread_mutex_t output_lock = PTHREAD_MUTEX_INITIALIZER;

static void write_lines(Run *r, FILE *f)
{
    uint8_t *newline;
    while (r->line.len > 0 && (newline = memchr(r->line.data, '\n', r->line.len)) != NULL) {
        size_t len = (size_t)(newline - r->line.data) + 1;
        fprintf(f, "%s | ", r->tenant.name);
        terminal_write(f, r->line.data, len);
        memmove(r->line.data, r->line.data + len, r->line.len - len);
        r->line.len -= len;
    }
}

static void write_output(void *context, int stream, const uint8_t *bytes, size_t len)
{
    Run *r = context;
    FILE *f = stream == 2 ? stderr : stdout;
    pthread_mutex_lock(&output_lock);
    if (r->prefixed && buf_append(&r->line, bytes, len) == ST_OK) write_lines(r, f);
    else terminal_write(f, bytes, len);
    (void)fflush(f);
    pthread_mutex_unlock(&output_lock);
}

// ---- where to start --------------------------------------------------------------------
static bool exports_main(const TenantModule *m, unsigned arity, char *module, size_t size)
{
    BeamFile f;
    if (beam_file_parse(&f, m->bytes, m->size, NULL, NULL, NULL) != ST_OK) return false;
    bool found = false;
    for (uint32_t i = 0; i < f.export_count && !found; i++) {
        BeamFunction e = beam_file_export(&f, i);
        found = e.arity == arity && beam_file_atom_is(&f, e.name, "main");
    }
    BeamSpan name = beam_file_atom(&f, 1);
    if (found) (void)snprintf(module, size, "%.*s", (int)name.size, name.data);
    beam_file_clear(&f);
    return found;
}

static bool find_entry(Run *r)
{
    const RunOptions *o = r->options;
    if (o->entry != NULL) {
        const char *colon = strrchr(o->entry, ':');
        (void)snprintf(r->module, sizeof r->module, "%.*s", (int)(colon - o->entry), o->entry);
        (void)snprintf(r->function, sizeof r->function, "%s", colon + 1);
        return true;
    }
    unsigned found = 0;
    for (size_t i = 0; i < r->tenant.modules.len; i++) {
        char name[sizeof r->module];
        if (!exports_main(&r->tenant.modules.items[i], (unsigned)o->num_args, name, sizeof name))
            continue;
        memcpy(r->module, name, sizeof name);
        found++;
    }
    (void)snprintf(r->function, sizeof r->function, "main");
    if (found == 1) return true;
    fprintf(stderr, "apex: %s: %s main/%zu; name the start with --entry\n", r->tenant.path,
            found == 0 ? "no module exports" : "several modules export", o->num_args);
    return false;
}

// ---- one tenant --------------------------------------------------------------------------
static Status load_modules(Sandbox *s, Run *r, Diag *d)
{
    for (size_t i = 0; i < r->tenant.modules.len; i++) {
        const TenantModule *m = &r->tenant.modules.items[i];
        TRY(sandbox_load(s, m->bytes, m->size, d));
    }
    return ST_OK;
}

static void call_entry(Sandbox *s, Run *r)
{
    cleanup_with(buf_clear) Buf args;
    buf_init(&args);
    Status st = parse_terms(s, r->options->args, r->options->num_args, &args);
    CallResult result = {.outcome = CALL_FAILED};
    if (st == ST_OK) st = sandbox_call(s, r->module, r->function, args.data, args.len, &result);
    if (st != ST_OK) {
        report_failure(r->tenant.path, st, NULL);
        r->status = EXIT_USAGE;
        (void)snprintf(r->outcome, sizeof r->outcome, "not started");
        return;
    }
    sandbox_status(s, &r->result);
    r->status = exit_status_of(s, &result);
    describe_outcome(r->outcome, sizeof r->outcome, &r->result, &result);
    if (result.outcome == CALL_FAILED) r->status = show_failure(s, &result);
    if (result.outcome != CALL_STOPPED) r->status = finish_program(s, r->status);
    else if (r->status == EXIT_LIMIT)
        fprintf(stderr, "apex: %s: stopped: %s\n", r->tenant.path, r->outcome);
    call_result_clear(&result);
}

static void *run_tenant(void *arg)
{
    Run *r = arg;
    SandboxConfig c;
    sandbox_config_init(&c);
    c.name = r->tenant.name, c.limits = r->options->sandbox.limits,
    c.caps = r->options->sandbox.caps;
    c.clock_resolution = r->options->sandbox.clock_resolution;
    c.clock_frozen = r->options->sandbox.clock_frozen;
    c.host.output = write_output, c.host.context = r;
    Diag d;
    diag_init(&d);
    Sandbox *s;
    Status st = sandbox_new(r->engine, &c, &s, &d);
    if (st == ST_OK) {
        st = load_modules(s, r, &d);
        if (st == ST_OK) call_entry(s, r);
        sandbox_free(s);
    }
    if (st != ST_OK) {
        report_failure(r->tenant.path, st, &d);
        r->status = EXIT_USAGE;
        (void)snprintf(r->outcome, sizeof r->outcome, "not loaded");
    }
    return NULL;
}

// ---- the table ------------------------------------------------------------------------------
static void print_table(const Run *runs, int n)
{
    printf("\n%-16s %-16s %8s %10s %12s %12s %10s\n", "sandbox", "status", "modules", "processes",
           "reductions", "peak memory", "CPU time");
    for (int i = 0; i < n; i++) {
        const SandboxStatus *st = &runs[i].result;
        char memory[16], cpu[16];
        format_bytes(memory, st->memory_peak);
        format_duration(cpu, st->cpu_ns);
        printf("%-16s %-16s %8llu %10llu %12llu %12s %10s\n", runs[i].tenant.name, runs[i].outcome,
               (unsigned long long)st->modules, (unsigned long long)st->processes_peak,
               (unsigned long long)st->reductions, memory, cpu);
    }
}

static void print_json_string(const char *s)
{
    putchar('"');
    for (; *s != '\0'; s++) {
        if (*s == '"' || *s == '\\') printf("\\%c", *s);
        else if ((unsigned char)*s < ' ') printf("\\u%04x", *s);
        else putchar(*s);
    }
    putchar('"');
}

static void print_json(const Run *runs, int n)
{
    printf("[");
    for (int i = 0; i < n; i++) {
        const SandboxStatus *st = &runs[i].result;
        printf("%s\n  {\"sandbox\": ", i == 0 ? "" : ",");
        print_json_string(runs[i].tenant.name);
        printf(", \"status\": ");
        print_json_string(runs[i].outcome);
        printf(", \"exit\": %d, \"modules\": %llu, \"processes_peak\": %llu, \"reductions\": %llu, "
               "\"memory_peak_bytes\": %llu, \"cpu_ns\": %llu}",
               runs[i].status, (unsigned long long)st->modules,
               (unsigned long long)st->processes_peak, (unsigned long long)st->reductions,
               (unsigned long long)st->memory_peak, (unsigned long long)st->cpu_ns);
    }
    printf("\n]\n");
}

// ---- all tenants --------------------------------------------------------------------------------
static int prepare(Run *runs, const RunOptions *o, Engine *e)
{
    for (int i = 0; i < o->num_paths; i++) {
        Diag d;
        diag_init(&d);
        runs[i] = (Run){.options = o, .engine = e, .prefixed = o->num_paths > 1 && !o->quiet};
        buf_init(&runs[i].line);
        Status st = tenant_load(&runs[i].tenant, o->paths[i], &d);
        if (st != ST_OK) {
            report_failure(o->paths[i], st, &d);
            return EXIT_USAGE;
        }
        if (!find_entry(&runs[i])) return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static int run_all(Run *runs, const RunOptions *o)
{
    int worst = EXIT_DONE;
    for (int i = 0; i < o->num_paths; i++) {
        runs[i].threaded = pthread_create(&runs[i].thread, NULL, run_tenant, &runs[i]) == 0;
        if (!runs[i].threaded) run_tenant(&runs[i]);
    }
    for (int i = 0; i < o->num_paths; i++) {
        if (runs[i].threaded) pthread_join(runs[i].thread, NULL);
        if (runs[i].status > worst) worst = runs[i].status;
    }
    if (o->json) print_json(runs, o->num_paths);
    else if (!o->quiet) print_table(runs, o->num_paths);
    return worst;
}

int cmd_run(int argc, char **argv)
{
    const struct argp_child children[] = {{sandbox_argp(), 0, "Limits and capabilities:", 1}, {0}};
    const struct argp argp = {
        .options = run_options,
        .parser = parse_option,
        .args_doc = "PATH...",
        .doc = "Runs each PATH (a .beam, .erl or .ex file, or a directory of them) in a sandbox of "
               "its own, all "
               "at the same time.\vExit status: 0 done, 1 the program's own error, 2 usage or load "
               "error, 3 "
               "stopped by a limit.",
        .children = children,
    };
    RunOptions o = {0};
    sandbox_options_init(&o.sandbox);
    argp_parse(&argp, argc, argv, 0, NULL, &o);
    Diag d;
    diag_init(&d);
    Engine *e = NULL;
    EngineOptions eo = {.threads = o.threads};
    Status st = engine_new(&eo, &e, &d);
    Run *runs = st == ST_OK ? calloc((size_t)o.num_paths, sizeof *runs) : NULL;
    if (runs == NULL) {
        report_failure("engine", st == ST_OK ? ST_NOMEM : st, &d);
        engine_free(e);
        return EXIT_USAGE;
    }
    int status = prepare(runs, &o, e);
    if (status == EXIT_DONE) status = run_all(runs, &o);
    for (int i = 0; i < o.num_paths; i++) {
        tenant_clear(&runs[i].tenant);
        buf_clear(&runs[i].line);
    }
    free(runs);
    engine_free(e);
    return status;
}
