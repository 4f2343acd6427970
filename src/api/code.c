// SPDX-License-Identifier: Apache-2.0
// api/code.c - modules of a sandbox.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/handle.h"
#include "base/os.h"

enum { BEAM_FILE_MAX = 64 << 20 };

ApexStatus apex_sandbox_load(ApexSandbox *sandbox, const void *bytes, size_t len, ApexError *error)
{
    if (!IS_HANDLE(sandbox, MAGIC_SANDBOX) || bytes == NULL)
        return api_fail(error, APEX_EINVAL, NULL);
    if (engine_on_worker()) return api_fail(error, APEX_EBUSY, NULL);
    Diag d;
    diag_init(&d);
    Status st = sandbox_load(sandbox->inner, bytes, len, &d);
    return api_fail_diag(error, st, &d);
}

typedef struct LoadWalk {
    Sandbox *sandbox;
    bool any;   // the path is a file: load it, whatever it is called
    Diag *diag;
} LoadWalk;

static Status load_file(void *context, const char *path)
{
    LoadWalk *w = context;
    size_t len = strlen(path);
    if (!w->any && (len < 5 || strcmp(path + len - 5, ".beam") != 0)) return ST_OK;
    cleanup_with(buf_clear) Buf bytes;
    buf_init(&bytes);
    TRY(os_read_file(path, BEAM_FILE_MAX, &bytes, w->diag));
    Status st = sandbox_load(w->sandbox, bytes.data, bytes.len, w->diag);
    if (st != ST_OK) diag_prefix(w->diag, "%s: ", path);
    return st;
}

ApexStatus apex_sandbox_load_path(ApexSandbox *sandbox, const char *path, ApexError *error)
{
    if (!IS_HANDLE(sandbox, MAGIC_SANDBOX) || path == NULL)
        return api_fail(error, APEX_EINVAL, NULL);
    if (engine_on_worker()) return api_fail(error, APEX_EBUSY, NULL);
    Diag d;
    diag_init(&d);
    LoadWalk w = {sandbox->inner, !os_is_directory(path), &d};
    Status st = w.any ? load_file(&w, path) : os_walk(path, load_file, &w, &d);
    return api_fail_diag(error, st, &d);
}

ApexStatus apex_sandbox_unload(ApexSandbox *sandbox, const char *module, bool kill)
{
    if (!IS_HANDLE(sandbox, MAGIC_SANDBOX) || module == NULL) return APEX_EINVAL;
    Status st = sandbox_unload(sandbox->inner, module, kill);
    return st == ST_EXISTS ? APEX_EBUSY : api_status(st);
}

ApexStatus apex_sandbox_versions(ApexSandbox *sandbox, const char *module, ApexVersion *versions,
                                 size_t max, size_t *count)
{
    if (!IS_HANDLE(sandbox, MAGIC_SANDBOX) || module == NULL || count == NULL ||
        (versions == NULL && max > 0))
        return APEX_EINVAL;
    *count = 0;
    SandboxVersion *list = max == 0 ? NULL : calloc(max, sizeof *list);
    if (max > 0 && list == NULL) return APEX_ENOMEM;
    Status st = sandbox_versions(sandbox->inner, module, list, max, count);
    for (size_t i = 0; st == ST_OK && i < *count && i < max; i++) {
        const SandboxVersion *v = &list[i];
        versions[i] = (ApexVersion){.number = v->number,
                                    .current = v->current,
                                    .loaded_at = v->loaded_at,
                                    .bytes = v->bytes};
        memcpy(versions[i].md5, v->md5, sizeof v->md5);
        memcpy(versions[i].sha256, v->sha256, sizeof v->sha256);
    }
    free(list);
    return api_status(st);
}

ApexStatus apex_sandbox_rollback(ApexSandbox *sandbox, const char *module, uint32_t number)
{
    if (!IS_HANDLE(sandbox, MAGIC_SANDBOX) || module == NULL) return APEX_EINVAL;
    return api_status(sandbox_rollback(sandbox->inner, module, number));
}
