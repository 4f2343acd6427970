// SPDX-License-Identifier: Apache-2.0
// bif/boot.c - what a sandbox needs from bif/ to begin and to end.
#include "bif/boot.h"

#include "bif/bif.h"
#include "bif/boot_modules.h"
#include "bif/code.h"
#include "bif/services.h"
#include "code/code_table.h"
#include "heap/etf.h"
#include "proc/signal.h"

Status boot_register(void)
{
    for (size_t i = 0; i < boot_modules_count; i++) {
        const BootModule *m = &boot_modules[i];
        TRY(library_add_builtin(m->name, m->bytes, m->len));
    }
    return ST_OK;
}

// ---- life -------------------------------------------------------------------------------------
Status boot_isolate(Isolate *iso)
{
    iso->code->limits = &iso->limits;
    return services_init(iso);
}

void boot_clear(Isolate *iso)
{
    services_clear(iso);
    code_clear_prepared(iso);
}

// ---- modules that the host brings ----------------------------------------------------------------
// A system process calls the on_load function; until it has returned ok, whoever calls the module
// waits for it (code:ensure_loaded/1).
static Status run_on_load(Isolate *iso, Term module)
{
    SpawnOpts o;
    spawn_opts_init(&o, iso);
    o.group_leader = iso->user;
    Term cell[2] = {module, TERM_NIL};
    Process *runner;
    TRY(proc_spawn(iso, NULL, AM_code, AM_run_on_load, make_cons(cell), &o, &runner, NULL));
    code_table_set_runner(iso->code, module, runner->pid);
    return ST_OK;
}

Status boot_load_image(Isolate *iso, Image *image)
{
    Status st = code_soft_purge(iso, image->module);
    if (st != ST_OK && st != ST_NOT_FOUND) return st;
    if (image->on_load == NULL) {
        const Module *m = code_table_find(iso->code, image->module);
        bool replaced = m != NULL && m->current != NULL;
        TRY(code_table_load(iso->code, image, false));
        code_tell_loaded(iso, image->module, replaced);
        return ST_OK;
    }
    TRY(code_table_stage(iso->code, image));
    st = run_on_load(iso, image->module);
    if (st != ST_OK) TRY(code_table_settle(iso->code, image->module, false));
    return st;
}
