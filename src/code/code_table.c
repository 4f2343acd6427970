// SPDX-License-Identifier: Apache-2.0
// code/code_table.c - modules and entry points of one sandbox.
#include "code/code_table.h"

#include <string.h>

#include "base/clock.h"
#include "base/fiber.h"
#include "term/atom.h"

enum { APPLY_CACHE = 32, FIRST_PAGES = 64 };

// ---- pages of entry points --------------------------------------------------------
// Makes sure that page `page` has a slot in the page directory.
static Status cover_page(CodeTable *t, uint32_t page)
{
    if (page < t->num_pages) return ST_OK;
    uint32_t n = t->num_pages == 0 ? FIRST_PAGES : t->num_pages;
    while (n <= page) n *= 2;
    Arena *a = &t->space->arena;
    const ExportPage **pages = arena_alloc(a, n * sizeof *pages);
    uint8_t *owned = arena_alloc(a, n);
    if (pages == NULL || owned == NULL) {
        arena_free(a, pages, n * sizeof *pages);
        arena_free(a, owned, n);
        return ST_LIMIT;
    }
    for (uint32_t i = 0; i < n; i++) {
        pages[i] = i < t->num_pages ? t->pages[i] : export_default_page(i);
        owned[i] = i < t->num_pages ? t->owned[i] : 0;
    }
    if (t->pages != NULL) {
        arena_free(a, t->pages, t->num_pages * sizeof *pages);
        arena_free(a, t->owned, t->num_pages);
    }
    t->pages = pages, t->owned = owned, t->num_pages = n;
    return ST_OK;
}

// A page of the table that may be written.
static ExportPage *own_page(CodeTable *t, uint32_t page)
{
    if (t->owned[page]) return (ExportPage *)t->pages[page];
    ExportPage *copy = arena_alloc(&t->space->arena, sizeof *copy);
    if (copy == NULL) return NULL;
    *copy = *t->pages[page];
    t->pages[page] = copy;
    t->owned[page] = 1;
    return copy;
}

// Everything that can fail when an image is linked: pages for its imports, own
// pages for its exports.
static Status prepare_pages(CodeTable *t, const Image *m)
{
    for (size_t i = 0; i < m->num_imports; i++) {
        uint32_t page = m->imports[i] / EXPORT_PAGE;
        Status st = cover_page(t, page);
        if (st != ST_OK) return st;
        if (t->pages[page] == NULL) t->pages[page] = export_default_page(page);
    }
    for (size_t i = 0; i < m->num_exports; i++) {
        uint32_t page = m->exports[i].number / EXPORT_PAGE;
        Status st = cover_page(t, page);
        if (st != ST_OK) return st;
        if (t->pages[page] == NULL) t->pages[page] = export_default_page(page);
        if (own_page(t, page) == NULL) return ST_LIMIT;
    }
    return ST_OK;
}

static void set_entry(CodeTable *t, uint32_t number, const uint64_t *entry)
{
    ((ExportPage *)t->pages[number / EXPORT_PAGE])->entry[number % EXPORT_PAGE] = entry;
}

static void link_exports(CodeTable *t, const Image *m)
{
    for (size_t i = 0; i < m->num_exports; i++) {
        set_entry(t, m->exports[i].number, m->functions[m->exports[i].function].code);
    }
}

static void unlink_exports(CodeTable *t, const Image *m)
{
    for (size_t i = 0; i < m->num_exports; i++) {
        set_entry(t, m->exports[i].number, &export_record(m->exports[i].number)->stub[4]);
    }
}

static void forget_cache(CodeTable *t)
{
    t->found = NULL;
    if (t->apply_cache != NULL) memset(t->apply_cache, 0, APPLY_CACHE * sizeof *t->apply_cache);
}

// ---- life -----------------------------------------------------------------------------
Status code_table_init(CodeTable *t, Space *s, const CodeTable *base)
{
    *t = (CodeTable){.space = s, .base = base};
    hashmap_init(&t->modules, &s->arena, 0);
    vec_init(&t->zombies, &s->arena);
    if (base == NULL) return cover_page(t, 0);
    Arena *a = &s->arena;
    t->pages = arena_alloc(a, base->num_pages * sizeof *t->pages);
    if (t->pages == NULL) return ST_LIMIT;
    memcpy(t->pages, base->pages, base->num_pages * sizeof *t->pages);
    t->num_pages = base->num_pages;
    t->owned = arena_calloc(a, base->num_pages, 1);
    return t->owned != NULL ? ST_OK : ST_LIMIT;
}

static void release_charged(CodeTable *t, Image *image)
{
    t->found = NULL;
    arena_uncharge(&t->space->arena, image->memory_bytes);
    image_release(image);
}

static void forget_file(CodeTable *t, Module *m)
{
    if (m->file != NULL) arena_free(&t->space->arena, m->file, m->file_len);
    m->file = NULL, m->file_len = 0;
}

static void count_code(CodeTable *t, const Image *image, bool more)
{
    t->code_bytes += more ? image->memory_bytes : 0 - image->memory_bytes;
    if (!more && t->limits != NULL) limit_give(t->limits, LIMIT_CODE, image->memory_bytes);
}

static void forget_version(CodeTable *t, Image *image)
{
    count_code(t, image, false);
    release_charged(t, image);
}

// What is known of the module beside its code, and its place under the limit.
static void forget_history(CodeTable *t, Module *m)
{
    for (size_t i = 0; i < m->history.len; i++) forget_version(t, m->history.items[i].image);
    vec_clear(&m->history);
    forget_file(t, m);
    if (m->is_counted && t->limits != NULL) limit_give(t->limits, LIMIT_MODULES, 1);
    m->is_counted = false;
}

static void free_module(CodeTable *t, Module *m)
{
    if (m->current != NULL) image_release(m->current);
    if (m->old != NULL) image_release(m->old);
    if (m->pending != NULL) release_charged(t, m->pending);
    forget_history(t, m);
    atom_release(m->name);
    arena_free(&t->space->arena, m, sizeof *m);
}

void code_table_clear(CodeTable *t)
{
    uint64_t name, v;
    Pace work = PACE_START;
    for (size_t i = 0; hashmap_next(&t->modules, &i, &name, &v); (void)pace(&work, 256))
        free_module(t, (Module *)(uintptr_t)v);
    hashmap_clear(&t->modules);
    for (size_t i = 0; i < t->zombies.len; i++, (void)pace(&work, 256))
        release_charged(t, t->zombies.items[i]);
    vec_clear(&t->zombies);
    Arena *a = &t->space->arena;
    for (uint32_t i = 0; i < t->num_pages; i++) {
        if (t->owned != NULL && t->owned[i]) arena_free(a, (void *)t->pages[i], sizeof(ExportPage));
    }
    arena_free(a, t->pages, t->num_pages * sizeof *t->pages);
    arena_free(a, t->owned, t->num_pages);
    if (t->apply_cache != NULL) arena_free(a, t->apply_cache, APPLY_CACHE * sizeof *t->apply_cache);
    *t = (CodeTable){0};
}

// ---- modules -----------------------------------------------------------------------------
const Module *code_table_find(const CodeTable *t, Term name)
{
    for (; t != NULL; t = t->base) {
        Module *m = hashmap_get_ptr(&t->modules, name);
        if (m != NULL) return m;
    }
    return NULL;
}

// The sandbox's own record of a module. A base module gets a private record when it is first
// touched, so that the base's version can become its old code.
static Module *own_module(CodeTable *t, Term name)
{
    Module *m = hashmap_get_ptr(&t->modules, name);
    if (m != NULL) return m;
    m = arena_calloc(&t->space->arena, 1, sizeof *m);
    if (m == NULL) return NULL;
    m->name = name;
    vec_init(&m->history, &t->space->arena);
    if (hashmap_put_ptr(&t->modules, name, m) != ST_OK) {
        arena_free(&t->space->arena, m, sizeof *m);
        return NULL;
    }
    atom_retain(name);
    const Module *b = t->base == NULL ? NULL : code_table_find(t->base, name);
    if (b != NULL && b->current != NULL) {
        image_retain(b->current);
        m->current = b->current;
        m->is_library = true;
        m->version = b->version;
    }
    return m;
}

static ModuleVersion *version_of_image(Module *m, const Image *image)
{
    for (size_t i = 0; i < m->history.len; i++) {
        if (m->history.items[i].image == image) return &m->history.items[i];
    }
    return NULL;
}

// Drops the oldest versions beyond the bound, but not the one that is current or old.
static void trim_history(CodeTable *t, Module *m)
{
    size_t i = 0;
    uint64_t most =
        t->limits != NULL ? limit_bound(t->limits, LIMIT_VERSIONS) : CODE_HISTORY_DEFAULT;
    while (m->history.len > most && i < m->history.len) {
        Image *image = m->history.items[i].image;
        if (image == m->current || image == m->old) {
            i++;
            continue;
        }
        forget_version(t, image);
        memmove(&m->history.items[i], &m->history.items[i + 1],
                (m->history.len - i - 1) * sizeof *m->history.items);
        m->history.len--;
    }
    if (t->limits == NULL) return;
    Limit *versions = &t->limits->of[LIMIT_VERSIONS];
    versions->used = m->history.len;
    if (versions->used > versions->peak) versions->peak = versions->used;
}

static void give_limits(CodeTable *t, const Module *m, const Image *image)
{
    if (t->limits == NULL) return;
    limit_give(t->limits, LIMIT_CODE, image->memory_bytes);
    if (!m->is_counted) limit_give(t->limits, LIMIT_MODULES, 1);
}

// Takes what a new version of m costs, or nothing. ST_LIMIT; ST_NOMEM: no memory for it.
static Status take_limits(CodeTable *t, const Module *m, const Image *image)
{
    bool count = !m->is_counted;
    if (t->limits != NULL) {
        if (count && !limit_take(t->limits, LIMIT_MODULES, 1)) return ST_LIMIT;
        if (!limit_take(t->limits, LIMIT_CODE, image->memory_bytes)) {
            if (count) limit_give(t->limits, LIMIT_MODULES, 1);
            return ST_LIMIT;
        }
    }
    if (arena_charge(&t->space->arena, image->memory_bytes)) return ST_OK;
    give_limits(t, m, image);
    return ST_NOMEM;
}

// Puts the image into the history unless it is there, and counts the module. *number: its version.
static Status remember(CodeTable *t, Module *m, Image *image, uint32_t *number)
{
    const ModuleVersion *known = version_of_image(m, image);
    if (known != NULL) {
        *number = known->number;
        return ST_OK;
    }
    TRY(take_limits(t, m, image));
    Status st = vec_push(
        &m->history, ((ModuleVersion){image, m->last_version + 1, (uint64_t)clock_system_ns()}));
    if (st != ST_OK) {
        arena_uncharge(&t->space->arena, image->memory_bytes);
        give_limits(t, m, image);
        return st;
    }
    if (t->limits != NULL) m->is_counted = true;
    image_retain(image);
    count_code(t, image, true);
    *number = ++m->last_version;
    return ST_OK;
}

// Takes over a reference to an image that is no longer code of its module. Heaps may still
// hold its literals and funs: it stays until a sweep has shown that none does (T3).
static Status bury(CodeTable *t, Image *image)
{
    if (!arena_charge(&t->space->arena, image->memory_bytes)) return ST_LIMIT;
    Status st = vec_push(&t->zombies, image);
    if (st != ST_OK) arena_uncharge(&t->space->arena, image->memory_bytes);
    return st;
}

// Current code would become old, and there is old code. After a deletion there is no current.
static bool has_no_place(const Module *m) { return m->current != NULL && m->old != NULL; }

static void make_current(CodeTable *t, Module *m, Image *image)
{
    if (m->current != NULL) {
        unlink_exports(t, m->current);
        m->old = m->current;
    }
    m->current = image;
    link_exports(t, image);
    forget_cache(t);
}

// The sandbox knows the atoms of code that it can run (A6).
static Status adopt_atoms(CodeTable *t, const Image *m)
{
    Pace work = PACE_START;
    for (size_t i = 0; i < m->num_atoms; i++, (void)pace(&work, 32)) {
        Status st = atom_book_add(&t->space->atoms, m->atoms[i]);
        if (st != ST_OK) return st;
    }
    return ST_OK;
}

// Links image, which the table has retained already.
static Status link_image(CodeTable *t, Module *m, Image *image, bool is_library)
{
    uint32_t number = 0;
    Status st = adopt_atoms(t, image);
    if (st == ST_OK) st = prepare_pages(t, image);
    if (st == ST_OK && m->current != NULL) st = prepare_pages(t, m->current);
    if (st == ST_OK && !is_library) st = remember(t, m, image, &number);
    if (st != ST_OK) return st;
    // Nothing below can fail.
    if (m->current != NULL) t->replaced++;
    t->loads++;
    m->version = number;
    m->is_library = is_library;
    forget_file(t, m);
    make_current(t, m, image);
    if (!is_library) trim_history(t, m);
    return ST_OK;
}

Status code_table_load(CodeTable *t, Image *image, bool is_library)
{
    Module *m = own_module(t, image->module);
    if (m == NULL) return ST_LIMIT;
    if (has_no_place(m)) return ST_EXISTS;
    image_retain(image);
    Status st = link_image(t, m, image, is_library);
    if (st != ST_OK) image_release(image);
    return st;
}

Status code_table_stage(CodeTable *t, Image *image)
{
    Module *m = own_module(t, image->module);
    if (m == NULL) return ST_LIMIT;
    if (has_no_place(m) || m->pending != NULL) return ST_EXISTS;
    Status st = adopt_atoms(t, image);
    if (st == ST_OK) st = prepare_pages(t, image);  // for the imports of the on_load function
    if (st == ST_OK && !arena_charge(&t->space->arena, image->memory_bytes)) st = ST_LIMIT;
    if (st != ST_OK) return st;
    image_retain(image);
    m->pending = image;
    m->on_load_runner = TERM_NONE;
    return ST_OK;
}

void code_table_set_runner(CodeTable *t, Term name, Term pid)
{
    Module *m = hashmap_get_ptr(&t->modules, name);
    if (m != NULL && m->pending != NULL) m->on_load_runner = pid;
}

Status code_table_settle(CodeTable *t, Term name, bool keep)
{
    Module *m = hashmap_get_ptr(&t->modules, name);
    if (m == NULL || m->pending == NULL) return ST_NOT_FOUND;
    Image *image = m->pending;
    if (keep) {
        if (has_no_place(m)) return ST_EXISTS;
        Status st = link_image(t, m, image, false);
        if (st != ST_OK) return st;
    } else {
        // Its on_load function may have left funs and literals behind.
        Status st = bury(t, image);
        if (st != ST_OK) return st;
    }
    arena_uncharge(&t->space->arena, image->memory_bytes);  // of pending code
    m->pending = NULL;
    m->on_load_runner = TERM_NONE;
    return ST_OK;
}

Status code_table_note_file(CodeTable *t, Term name, const uint8_t *term, size_t len)
{
    Module *m = own_module(t, name);
    if (m == NULL) return ST_LIMIT;
    uint8_t *copy = arena_alloc(&t->space->arena, len);
    if (copy == NULL) return ST_LIMIT;
    memcpy(copy, term, len);
    forget_file(t, m);
    m->file = copy, m->file_len = len;
    return ST_OK;
}

Status code_table_delete(CodeTable *t, Term name)
{
    const Module *seen = code_table_find(t, name);
    if (seen == NULL) return ST_NOT_FOUND;
    if (seen->old != NULL) return ST_EXISTS;
    if (seen->current == NULL) return ST_NOT_FOUND;
    Module *m = own_module(t, name);
    if (m == NULL) return ST_LIMIT;
    Status st = prepare_pages(t, m->current);
    if (st != ST_OK) return st;
    unlink_exports(t, m->current);
    m->old = m->current;
    m->current = NULL;
    forget_cache(t);
    return ST_OK;
}

// The history of a module without any code goes, and its place under the limit.
static void forget_module(CodeTable *t, Module *m)
{
    if (m->current != NULL || m->old != NULL || m->pending != NULL) return;
    forget_history(t, m);
}

Status code_table_purge(CodeTable *t, Term name)
{
    Module *m = hashmap_get_ptr(&t->modules, name);
    if (m == NULL || m->old == NULL) return ST_NOT_FOUND;
    Status st = bury(t, m->old);
    if (st != ST_OK) return st;
    m->old = NULL;
    t->purges++;
    forget_cache(t);
    trim_history(t, m);
    forget_module(t, m);
    return ST_OK;
}

Status code_table_rollback(CodeTable *t, Term name, uint32_t number)
{
    Module *m = hashmap_get_ptr(&t->modules, name);
    if (m == NULL) return ST_NOT_FOUND;
    for (size_t i = 0; i < m->history.len; i++) {
        if (m->history.items[i].number == number)
            return code_table_load(t, m->history.items[i].image, false);
    }
    return ST_NOT_FOUND;
}

void code_table_sweep_zombies(CodeTable *t, bool (*referred)(void *context, const Image *m),
                              void *context)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->zombies.len; i++) {
        Image *m = t->zombies.items[i];
        if (referred(context, m)) t->zombies.items[kept++] = m;
        else release_charged(t, m);
    }
    t->zombies.len = kept;
}

// ---- finding code -----------------------------------------------------------------------
static struct ApplyCache *cache_slot(CodeTable *t, Term module, Term function, unsigned arity)
{
    if (t->apply_cache == NULL) {
        t->apply_cache = arena_calloc(&t->space->arena, APPLY_CACHE, sizeof *t->apply_cache);
        if (t->apply_cache == NULL) return NULL;
    }
    uint64_t h = (module ^ function * 31) * 0x9E3779B97F4A7C15u + arity * 0x9E3779B9u;
    return &t->apply_cache[h >> 59];
}

const uint64_t *code_table_entry(CodeTable *t, Term module, Term function, unsigned arity)
{
    struct ApplyCache *c = cache_slot(t, module, function, arity);
    if (c != NULL && c->module == module && c->function == function && c->arity == arity)
        return c->entry;
    uint32_t n;
    if (!export_find(module, function, arity, &n)) return NULL;
    if (n / EXPORT_PAGE >= t->num_pages || t->pages[n / EXPORT_PAGE] == NULL) return NULL;
    const uint64_t *entry = code_table_by_number(t, n);
    if (entry_is_undefined(entry, n)) return NULL;
    if (c != NULL) *c = (struct ApplyCache){module, function, arity, entry};
    return entry;
}

static const Image *search_image(const CodeTable *t, const uint64_t *at)
{
    for (const CodeTable *s = t; s != NULL; s = s->base) {
        uint64_t name, v;
        for (size_t i = 0; hashmap_next(&s->modules, &i, &name, &v);) {
            const Module *m = (const Module *)(uintptr_t)v;
            if (m->current != NULL && image_contains(m->current, at)) return m->current;
            if (m->old != NULL && image_contains(m->old, at)) return m->old;
            if (m->pending != NULL && image_contains(m->pending, at)) return m->pending;
        }
    }
    for (size_t i = 0; i < t->zombies.len; i++) {
        if (image_contains(t->zombies.items[i], at)) return t->zombies.items[i];
    }
    return NULL;
}

// A loop that raises asks about the same few places again and again.
const Image *code_table_image_at(CodeTable *t, const uint64_t *at)
{
    if (t->found == NULL || !image_contains(t->found, at)) t->found = search_image(t, at);
    return t->found;
}

static const FunEntry *fun_of(const Image *m, uint32_t index, const uint8_t uniq[16],
                              uint64_t old_uniq)
{
    if (m == NULL || index >= m->num_funs) return NULL;
    const FunEntry *e = &m->funs[index];
    if (e->old_uniq != old_uniq) return NULL;
    uint8_t own[16];
    fun_uniq(e, own);
    return memcmp(own, uniq, sizeof own) == 0 ? e : NULL;
}

const FunEntry *code_table_find_fun(const CodeTable *t, Term module, uint32_t index,
                                    const uint8_t uniq[16], uint64_t old_uniq, uint32_t old_index)
{
    const Module *m = code_table_find(t, module);
    if (m == NULL) return NULL;
    const FunEntry *e = fun_of(m->current, index, uniq, old_uniq);
    return e != NULL ? e : fun_of(m->old, index, uniq, old_uniq);
}

bool code_table_fun_is_live(const CodeTable *t, const FunEntry *e)
{
    const Module *m = code_table_find(t, e->module);
    if (m == NULL || e->image == NULL) return false;
    return m->current == e->image || m->old == e->image || m->pending == e->image;
}

const Module *code_table_next(const CodeTable *t, size_t *iterator)
{
    uint64_t name, v;
    // The sandbox's own first, then those of the base that it has not touched.
    size_t own = t->modules.count;
    while (*iterator < own) {
        if (!hashmap_next(&t->modules, iterator, &name, &v)) {
            *iterator = own;
            break;
        }
        return (const Module *)(uintptr_t)v;
    }
    if (t->base == NULL) return NULL;
    size_t at = *iterator - own;
    while (hashmap_next(&t->base->modules, &at, &name, &v)) {
        *iterator = own + at;
        if (!hashmap_get(&t->modules, name, NULL)) return (const Module *)(uintptr_t)v;
    }
    return NULL;
}
