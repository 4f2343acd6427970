// SPDX-License-Identifier: Apache-2.0
// bif/boot.c - what a sandbox needs from bif/ to begin and to end.
#include "bif/boot.h"

#include "bif/bif.h"
#include "bif/boot_modules.h"
#include "bif/code.h"
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

// ---- funs of code that the sandbox does not have ------------------------------------------
// One entry for each identity, kept until the sandbox ends.
typedef struct ForeignFun {
    FunEntry entry;
    struct ForeignFun *next;  // with the same hash
} ForeignFun;

typedef struct BootTables {
    HashMap foreign;  // hash of the identity -> ForeignFun *
} BootTables;

enum { BOOT_TABLES = 0 };  // its place in iso->tables
static BootTables *tables_of(const Isolate *iso) { return iso->tables[BOOT_TABLES]; }

static bool is_same_fun(const FunEntry *a, const FunEntry *b)
{
    return a->module == b->module && a->index == b->index && a->old_index == b->old_index &&
           a->old_uniq == b->old_uniq && a->arity == b->arity && a->num_free == b->num_free &&
           memcmp(a->uniq, b->uniq, sizeof a->uniq) == 0;
}

static const FunEntry *foreign_fun(Isolate *iso, const FunEntry *wanted)
{
    uint64_t hash = hash_bytes(wanted->uniq, sizeof wanted->uniq, wanted->module ^ wanted->index ^ iso->space.hash_salt);
    uint64_t *place = hashmap_at(&tables_of(iso)->foreign, hash, 0);
    if (place == NULL) return NULL;
    for (ForeignFun *f = (ForeignFun *)(uintptr_t)*place; f != NULL; f = f->next) {
        if (is_same_fun(&f->entry, wanted)) return &f->entry;
    }
    ForeignFun *f = arena_alloc(&iso->space.arena, sizeof *f);
    if (f == NULL) return NULL;
    *f = (ForeignFun){.entry = *wanted, .next = (ForeignFun *)(uintptr_t)*place};
    *place = (uint64_t)(uintptr_t)f;
    return &f->entry;
}

// ---- names in External Term Format --------------------------------------------------------
static Term name_atom(void *context, const char *utf8, size_t len, bool safe, EtfResult *why)
{
    Isolate *iso = context;
    Term out;
    Status st = safe ? atom_book_find(&iso->space.atoms, utf8, len, &out)
                     : atom_book_intern(&iso->space.atoms, utf8, len, &out);
    if (st == ST_OK) return out;
    *why = st == ST_LIMIT ? ETF_LIMIT : st == ST_NOMEM ? ETF_NOMEM : safe ? ETF_UNSAFE : ETF_BAD;
    return TERM_NONE;
}

static const FunEntry *name_fun(void *context, Term module, uint32_t index, const uint8_t uniq[16],
                                uint64_t old_uniq, uint32_t old_index, uint32_t arity, uint32_t num_free)
{
    Isolate *iso = context;
    const FunEntry *e = code_table_find_fun(iso->code, module, index, uniq, old_uniq, old_index);
    if (e != NULL && e->arity == arity && e->num_free == num_free) return e;
    FunEntry wanted = {.module = module, .name = TERM_NIL, .arity = arity, .num_free = num_free,
                       .index = index, .old_index = old_index, .old_uniq = old_uniq};
    memcpy(wanted.uniq, uniq, sizeof wanted.uniq);
    return foreign_fun(iso, &wanted);
}

static bool name_export_known(void *context, Term module, Term function, uint64_t arity)
{
    Isolate *iso = context;
    if (arity > 255) return false;
    return code_table_entry(iso->code, module, function, (unsigned)arity) != NULL ||
           bif_find(module, function, (unsigned)arity) != NULL;
}

EtfNames boot_etf_names(Isolate *iso)
{
    return (EtfNames){.context = iso, .atom = name_atom, .fun = name_fun, .node = iso->space.node,
                      .creation = iso->space.creation, .export_known = name_export_known};
}

// ---- life -------------------------------------------------------------------------------------
Status boot_isolate(Isolate *iso)
{
    BootTables *t = arena_calloc(&iso->space.arena, 1, sizeof *t);
    if (t == NULL) return ST_LIMIT;
    hashmap_init(&t->foreign, &iso->space.arena, iso->space.hash_salt);
    iso->tables[BOOT_TABLES] = t;
    return ST_OK;
}

void boot_clear(Isolate *iso)
{
    iso->tables[BOOT_TABLES] = NULL;  // in the arena, as all that it holds
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
    if (image->on_load == NULL) return code_table_load(iso->code, image, false);
    TRY(code_table_stage(iso->code, image));
    st = run_on_load(iso, image->module);
    if (st != ST_OK) TRY(code_table_settle(iso->code, image->module, false));
    return st;
}
