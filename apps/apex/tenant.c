// SPDX-License-Identifier: Apache-2.0
// apps/apex/tenant.c - see tenant.h.

#include "tenant.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/os.h"

#define MODULE_MAX_BYTES ((size_t)64 << 20)

extern char **environ;

typedef Vec(char *) Paths;

static void paths_clear(Paths *v)
{
    for (size_t i = 0; i < v->len; i++) free(v->items[i]);
    vec_clear(v);
}

MUST_USE static Status paths_add(Paths *v, const char *path)
{
    char *copy = strdup(path);
    if (copy == NULL) return ST_NOMEM;
    Status st = vec_push(v, copy);
    if (st != ST_OK) free(copy);
    return st;
}

// The files below a path by what has to be done with them.
typedef struct Sources {
    Paths beams, erlang, elixir;
} Sources;

static void sources_clear(Sources *s)
{
    paths_clear(&s->beams);
    paths_clear(&s->erlang);
    paths_clear(&s->elixir);
}

static bool has_suffix(const char *path, const char *suffix)
{
    size_t n = strlen(path), m = strlen(suffix);
    return n > m && strcmp(path + n - m, suffix) == 0;
}

static Status sort_file(void *ctx, const char *path)
{
    Sources *s = ctx;
    if (has_suffix(path, ".beam")) return paths_add(&s->beams, path);
    if (has_suffix(path, ".erl")) return paths_add(&s->erlang, path);
    if (has_suffix(path, ".ex")) return paths_add(&s->elixir, path);
    return ST_OK;
}

// The last part of a path, without suffix when it has it; malloc'ed.
static char *stem_of(const char *path, const char *suffix)
{
    size_t end = strlen(path);
    while (end > 1 && path[end - 1] == '/') end--;
    size_t start = end;
    while (start > 0 && path[start - 1] != '/') start--;
    size_t m = strlen(suffix);
    if (end - start > m && memcmp(path + end - m, suffix, m) == 0) end -= m;
    return strndup(path + start, end - start);
}

static void module_clear(TenantModule *m)
{
    free(m->name);
    free(m->path);
    free(m->bytes);
}

void tenant_clear(Tenant *t)
{
    for (size_t i = 0; i < t->modules.len; i++) module_clear(&t->modules.items[i]);
    vec_clear(&t->modules);
    free(t->name);
    free(t->path);
    t->name = t->path = NULL;
}

// Files a module; one of the same name is replaced.
MUST_USE static Status add_module(Tenant *t, TenantModule m)
{
    for (size_t i = 0; i < t->modules.len; i++) {
        if (strcmp(t->modules.items[i].name, m.name) != 0) continue;
        module_clear(&t->modules.items[i]);
        t->modules.items[i] = m;
        return ST_OK;
    }
    return vec_push(&t->modules, m);
}

typedef struct ReadContext {
    Tenant *tenant;
    Diag *diag;
} ReadContext;

static Status read_module(void *ctx, const char *path)
{
    ReadContext *r = ctx;
    if (!has_suffix(path, ".beam")) return ST_OK;
    cleanup_with(buf_clear) Buf bytes;
    buf_init(&bytes);
    TRY(os_read_file(path, MODULE_MAX_BYTES, &bytes, r->diag));
    TenantModule m = {.name = stem_of(path, ".beam"), .path = strdup(path)};
    m.bytes = buf_take(&bytes, &m.size, NULL);
    Status st = m.name != NULL && m.path != NULL ? add_module(r->tenant, m) : ST_NOMEM;
    if (st != ST_OK) module_clear(&m);
    return st;
}

// Runs a compiler with its messages on standard error.
MUST_USE static Status run_compiler(char **argv, Diag *d)
{
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) return ST_NOMEM;
    pid_t pid = -1;
    int err = posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    if (err == 0) err = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (err == ENOENT) {
        diag_set(d, "%s is not installed: install Erlang/OTP and Elixir, or compile to .beam",
                 argv[0]);
        return ST_NOT_FOUND;
    }
    if (err != 0) {
        diag_set_errno(d, err, "cannot start %s", argv[0]);
        return ST_IO;
    }
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return ST_IO;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return ST_OK;
    diag_set(d, "%s refused the source", argv[0]);
    return ST_INVALID;
}

// compiler -o out files..., so that modules may use each other at compile time.
MUST_USE static Status compile(const char *compiler, const Paths *files, const char *out, Diag *d)
{
    if (files->len == 0) return ST_OK;
    Vec(char *) argv;
    vec_init(&argv, NULL);
    const char *const fixed[] = {compiler, "-pa", out, "-o", out};
    Status st = ST_OK;
    for (size_t i = 0; i < ARRAY_LEN(fixed) && st == ST_OK; i++)
        st = vec_push(&argv, (char *)(uintptr_t)fixed[i]);
    for (size_t i = 0; i < files->len && st == ST_OK; i++) st = vec_push(&argv, files->items[i]);
    if (st == ST_OK) st = vec_push(&argv, NULL);
    if (st == ST_OK) st = run_compiler(argv.items, d);
    vec_clear(&argv);
    return st;
}

static Status remove_file(void *ctx, const char *path)
{
    (void)unlink(path);
    return ST_OK;
}

// Compilers write flat into the directory, so files and one rmdir are all.
static void remove_directory(char *path)
{
    if (os_walk(path, remove_file, NULL, NULL) == ST_OK) (void)rmdir(path);
}

MUST_USE static Status compile_and_read(Tenant *t, const Sources *s, Diag *d)
{
    const char *tmp = getenv("TMPDIR");
    char dir[512];
    int n = snprintf(dir, sizeof dir, "%s/apex-XXXXXX", tmp != NULL && *tmp ? tmp : "/tmp");
    if (n < 0 || (size_t)n >= sizeof dir) return ST_INVALID;
    if (mkdtemp(dir) == NULL) {
        diag_set_errno(d, errno, "cannot create %s", dir);
        return ST_IO;
    }
    ReadContext r = {t, d};
    Status st = compile("erlc", &s->erlang, dir, d);
    if (st == ST_OK) st = compile("elixirc", &s->elixir, dir, d);
    if (st == ST_OK) st = os_walk(dir, read_module, &r, d);
    remove_directory(dir);
    return st;
}

Status tenant_load(Tenant *t, const char *path, Diag *d)
{
    *t = (Tenant){.path = strdup(path)};
    vec_init(&t->modules, NULL);
    const char *dot = strrchr(path, '.');
    t->name = stem_of(path, os_is_directory(path) || dot == NULL ? "" : dot);
    if (t->path == NULL || t->name == NULL) return ST_NOMEM;

    cleanup_with(sources_clear) Sources s;
    memset(&s, 0, sizeof s);
    TRY(os_walk(path, sort_file, &s, d));
    ReadContext r = {t, d};
    for (size_t i = 0; i < s.beams.len; i++) TRY(read_module(&r, s.beams.items[i]));
    if (s.erlang.len + s.elixir.len > 0) TRY(compile_and_read(t, &s, d));
    if (t->modules.len == 0) {
        diag_set(d, "%s holds no .beam, .erl or .ex file", path);
        return ST_NOT_FOUND;
    }
    return ST_OK;
}
