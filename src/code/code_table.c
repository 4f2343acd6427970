// SPDX-License-Identifier: Apache-2.0
// code/code_table.c - modules and entry points of one sandbox.
#include "code/code_table.h"

#include <string.h>

#include "base/clock.h"
#include "term/atom.h"

enum { APPLY_CACHE = 256, FIRST_PAGES = 64 };

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
    if (t->apply_cache != NULL) memset(t->apply_cache, 0, APPLY_CACHE * sizeof *t->apply_cache);
}

// ---- life -----------------------------------------------------------------------------
Status code_table_init(CodeTable *t, Space *s, const CodeTable *base)
{
    *t = (CodeTable){.space = s, .base = base, .history = CODE_HISTORY_DEFAULT};
    hashmap_init(&t->modules, &s->arena, 0);
    vec_init(&t->zombies, &s->arena);
    if (base == NULL) return cover_page(t, 0);
    Arena *a = &s->arena;
    t->pages = arena_alloc(a, base->num_pages * sizeof *t->pages);
    t->owned = arena_calloc(a, base->num_pages, 1);
    if (t->pages == NULL || t->owned == NULL) return ST_LIMIT;
    memcpy(t->pages, base->pages, base->num_pages * sizeof *t->pages);
    t->num_pages = base->num_pages;
    return ST_OK;
}

static void free_module(CodeTable *t, Module *m)
{
    if (m->current != NULL) image_release(m->current);
    if (m->old != NULL) image_release(m->old);
    for (size_t i = 0; i < m->history.len; i++) image_release(m->history.items[i].image);
    vec_clear(&m->history);
    atom_release(m->name);
    arena_free(&t->space->arena, m, sizeof *m);
}

void code_table_clear(CodeTable *t)
{
    uint64_t name, v;
    for (size_t i = 0; hashmap_next(&t->modules, &i, &name, &v);) free_module(t, (Module *)(uintptr_t)v);
    hashmap_clear(&t->modules);
    for (size_t i = 0; i < t->zombies.len; i++) image_release(t->zombies.items[i]);
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

// Puts a version at the end of the history and drops the oldest beyond the bound.
static Status remember(CodeTable *t, Module *m, Image *image)
{
    Status st = vec_push(&m->history, ((ModuleVersion){image, m->version + 1, (uint64_t)clock_system_ns()}));
    if (st != ST_OK) return st;
    image_retain(image);
    while (m->history.len > t->history && m->history.len > 1) {
        image_release(m->history.items[0].image);
        memmove(m->history.items, m->history.items + 1, (m->history.len - 1) * sizeof *m->history.items);
        m->history.len--;
    }
    return ST_OK;
}

static void make_current(CodeTable *t, Module *m, Image *image)
{
    if (m->current != NULL) unlink_exports(t, m->current);
    m->old = m->current;
    m->current = image;
    link_exports(t, image);
    forget_cache(t);
}

Status code_table_load(CodeTable *t, Image *image, bool is_library)
{
    Module *m = own_module(t, image->module);
    if (m == NULL) return ST_LIMIT;
    if (m->old != NULL) return ST_EXISTS;
    Status st = prepare_pages(t, image);
    if (st == ST_OK && m->current != NULL) st = prepare_pages(t, m->current);
    if (st == ST_OK && !is_library) st = remember(t, m, image);
    if (st != ST_OK) return st;
    // Nothing below can fail.
    if (!is_library) t->code_bytes += image->memory_bytes;
    if (m->current != NULL) t->replaced++;
    t->loads++;
    m->version++;
    m->is_library = is_library;
    image_retain(image);
    make_current(t, m, image);
    return ST_OK;
}

Status code_table_delete(CodeTable *t, Term name)
{
    const Module *seen = code_table_find(t, name);
    if (seen == NULL || seen->current == NULL) return ST_NOT_FOUND;
    Module *m = own_module(t, name);
    if (m == NULL) return ST_LIMIT;
    if (m->old != NULL) return ST_EXISTS;
    Status st = prepare_pages(t, m->current);
    if (st != ST_OK) return st;
    unlink_exports(t, m->current);
    m->old = m->current;
    m->current = NULL;
    forget_cache(t);
    return ST_OK;
}

Status code_table_purge(CodeTable *t, Term name)
{
    Module *m = hashmap_get_ptr(&t->modules, name);
    if (m == NULL || m->old == NULL) return ST_NOT_FOUND;
    // Heaps may still hold its literals and funs: it stays until a sweep has
    // shown that none does (T3).
    Status st = vec_push(&t->zombies, m->old);
    if (st != ST_OK) return st;
    m->old = NULL;
    t->purges++;
    return ST_OK;
}

Status code_table_rollback(CodeTable *t, Term name, uint32_t number)
{
    Module *m = hashmap_get_ptr(&t->modules, name);
    if (m == NULL) return ST_NOT_FOUND;
    for (size_t i = 0; i < m->history.len; i++) {
        if (m->history.items[i].number == number) return code_table_load(t, m->history.items[i].image, false);
    }
    return ST_NOT_FOUND;
}

void code_table_sweep_zombies(CodeTable *t, bool (*referred)(void *context, const Image *m), void *context)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->zombies.len; i++) {
        Image *m = t->zombies.items[i];
        if (referred(context, m)) t->zombies.items[kept++] = m;
        else image_release(m);
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
    return &t->apply_cache[h >> 56];
}

const uint64_t *code_table_entry(CodeTable *t, Term module, Term function, unsigned arity)
{
    struct ApplyCache *c = cache_slot(t, module, function, arity);
    if (c != NULL && c->module == module && c->function == function && c->arity == arity) return c->entry;
    uint32_t n;
    if (!export_find(module, function, arity, &n)) return NULL;
    if (n / EXPORT_PAGE >= t->num_pages || t->pages[n / EXPORT_PAGE] == NULL) return NULL;
    const uint64_t *entry = code_table_by_number(t, n);
    if (entry_is_undefined(entry, n)) return NULL;
    if (c != NULL) *c = (struct ApplyCache){module, function, arity, entry};
    return entry;
}

const Image *code_table_image_at(const CodeTable *t, const uint64_t *at)
{
    for (const CodeTable *s = t; s != NULL; s = s->base) {
        uint64_t name, v;
        for (size_t i = 0; hashmap_next(&s->modules, &i, &name, &v);) {
            const Module *m = (const Module *)(uintptr_t)v;
            if (m->current != NULL && image_contains(m->current, at)) return m->current;
            if (m->old != NULL && image_contains(m->old, at)) return m->old;
        }
    }
    for (size_t i = 0; i < t->zombies.len; i++) {
        if (image_contains(t->zombies.items[i], at)) return t->zombies.items[i];
    }
    return NULL;
}

static const FunEntry *fun_of(const Image *m, uint32_t index, const uint8_t uniq[16], uint64_t old_uniq)
{
    if (m == NULL || index >= m->num_funs) return NULL;
    const FunEntry *e = &m->funs[index];
    return memcmp(e->uniq, uniq, 16) == 0 && e->old_uniq == old_uniq ? e : NULL;
}

const FunEntry *code_table_find_fun(const CodeTable *t, Term module, uint32_t index, const uint8_t uniq[16],
                                    uint64_t old_uniq, uint32_t old_index)
{
    const Module *m = code_table_find(t, module);
    if (m == NULL) return NULL;
    const FunEntry *e = fun_of(m->current, index, uniq, old_uniq);
    return e != NULL ? e : fun_of(m->old, index, uniq, old_uniq);
}

bool code_table_fun_is_live(const CodeTable *t, const FunEntry *e)
{
    const Module *m = code_table_find(t, e->module);
    return m != NULL && e->image != NULL && (m->current == e->image || m->old == e->image);
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
