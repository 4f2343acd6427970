// SPDX-License-Identifier: Apache-2.0
// sandbox/modules.c - commands of the host for the code of a sandbox.
#include <string.h>

#include "bif/boot.h"
#include "bif/code.h"
#include "code/image_store.h"
#include "sandbox/sandbox_int.h"

// The atom of a module that the sandbox may have; ST_NOT_FOUND if nobody knows the name.
static Status find_module(Sandbox *s, const char *name, Term *out)
{
    return atom_book_find(&s->iso.space.atoms, name, strlen(name), out);
}

// ---- loading --------------------------------------------------------------------------
static Status load_image(Sandbox *s, void *image)
{
    Status st = boot_load_image(&s->iso, image);
    return st == ST_NOMEM ? ST_LIMIT : st;  // of the arena
}

static Status note_refused(Sandbox *s, void *which)
{
    limit_refuse(&s->iso.limits, *(LimitKind *)which);
    sandbox_publish(s);
    return ST_OK;
}

// What a limit has left.
static uint64_t room_of(const Limit *l)
{
    if (l->allowed == 0) return ARENA_NO_LIMIT;
    return l->used < l->allowed ? l->allowed - l->used : 0;
}

Status sandbox_load(Sandbox *s, const uint8_t *bytes, size_t len, Diag *d)
{
    Image *image;
    LimitKind which;
    SandboxStatus now;
    sandbox_status(s, &now);
    // Verified and translated here: the sandbox goes on meanwhile.
    Arena scratch;
    arena_init(&scratch, room_of(&now.limits.of[LIMIT_MEMORY]));
    Status st = image_store_get_within(bytes, len, &now.limits, &scratch, &which, &image, d);
    arena_clear(&scratch);
    if (st == ST_LIMIT && which != LIMIT_COUNT) (void)!sandbox_control(s, note_refused, &which);
    if (st != ST_OK) return st;
    st = sandbox_invoke(s, load_image, image);
    AtomText t = atom_text(image->module);
    if (st != ST_OK) diag_set(d, "module %.*s: %s", (int)t.len, t.bytes, status_text(st));
    image_release(image);
    return st;
}

// ---- unloading ---------------------------------------------------------------------------
typedef struct UnloadJob {
    const char *module;
    bool kill;
} UnloadJob;

static Status unload(Sandbox *s, void *context)
{
    const UnloadJob *j = context;
    Term module;
    TRY(find_module(s, j->module, &module));
    return code_unload(&s->iso, module, j->kill);
}

Status sandbox_unload(Sandbox *s, const char *module, bool kill)
{
    return sandbox_invoke(s, unload, &(UnloadJob){module, kill});
}

// ---- versions ------------------------------------------------------------------------------
typedef struct VersionsJob {
    const char *module;
    uint32_t number;
    SandboxVersion *out;
    size_t max, count;
} VersionsJob;

static SandboxVersion describe(const Module *m, const ModuleVersion *v)
{
    SandboxVersion out = {.number = v->number,
                          .current = v->image == m->current,
                          .loaded_at = v->loaded_at,
                          .bytes = v->image->memory_bytes};
    (void)program_md5_get(&v->image->md5, out.md5);
    memcpy(out.sha256, v->image->sha256, sizeof out.sha256);
    return out;
}

static Status list_versions(Sandbox *s, void *context)
{
    VersionsJob *j = context;
    Term module;
    TRY(find_module(s, j->module, &module));
    const Module *m = code_table_find(&s->code, module);
    if (m == NULL) return ST_NOT_FOUND;
    j->count = m->history.len;
    for (size_t i = 0; i < j->count && i < j->max; i++)
        j->out[i] = describe(m, &m->history.items[i]);
    return ST_OK;
}

Status sandbox_versions(Sandbox *s, const char *module, SandboxVersion *out, size_t max,
                        size_t *count)
{
    VersionsJob j = {.module = module, .out = out, .max = max};
    Status st = sandbox_invoke(s, list_versions, &j);
    *count = j.count;
    return st;
}

static Status roll_back(Sandbox *s, void *context)
{
    const VersionsJob *j = context;
    Term module;
    TRY(find_module(s, j->module, &module));
    Status st = code_soft_purge(&s->iso, module);
    if (st != ST_OK && st != ST_NOT_FOUND) return st;
    st = code_table_rollback(&s->code, module, j->number);
    if (st == ST_OK) code_tell_loaded(&s->iso, module, true);
    return st;
}

Status sandbox_rollback(Sandbox *s, const char *module, uint32_t number)
{
    return sandbox_invoke(s, roll_back, &(VersionsJob){.module = module, .number = number});
}
