// SPDX-License-Identifier: Apache-2.0
// code/code_table.h - which module answers to which name inside one sandbox.
//
// The table maps module names to images and export numbers to entry points. A
// new table shares the pages of the base table (the library modules that every
// sandbox has from the start) until it writes one (A4). Library modules beyond
// the base are linked when they are called for the first time.
//
//   T1  pages[n] is the default page, a base page, or a page of this table; only
//       the last is written.
//   T2  every image that the table names, as current, old or in a history, is
//       retained by the table.
//   T3  a code address that a process of the sandbox can hold lies in an image
//       that is current, old, pending or zombie in its table.
//   T4  every image in a history and every zombie is charged to the space.
#pragma once
#include "base/hashmap.h"
#include "base/status.h"
#include "base/vec.h"
#include "code/export.h"
#include "code/image.h"
#include "heap/space.h"
#include "policy/limits.h"

enum { CODE_HISTORY_DEFAULT = 10 };  // of a table without limits

typedef struct ModuleVersion {
    Image *image;
    uint32_t number;     // counts from 1 for each module
    uint64_t loaded_at;  // system ns
} ModuleVersion;

typedef struct Module {
    Term name;
    Image *current;      // NULL: deleted
    Image *old;          // NULL: none
    Image *pending;      // waits for its on_load function to say ok; NULL: none
    Term on_load_runner; // pid of the process that runs it, or TERM_NONE
    bool is_library;     // current came from the shared library
    bool is_counted;     // takes one of LIMIT_MODULES
    uint32_t version;    // of current: a number of the history, 0 for a library module
    uint32_t last_version;  // the highest number given
    uint8_t *file;       // where current came from, as the loader said it (a term in
    size_t file_len;     // external format), or NULL
    Vec(ModuleVersion) history;  // oldest first, current included
} Module;

typedef struct CodeTable {
    const ExportPage **pages;
    uint32_t num_pages;
    uint8_t *owned;          // pages[i] is ours: written without copying
    HashMap modules;         // name -> Module *
    Vec(Image *) zombies;    // purged images that may still be referred to
    size_t sweep_at;         // so many of them are worth the next search (bif/code_purge.c)
    uint64_t code_bytes;     // of images loaded by the sandbox itself
    Space *space;
    Limits *limits;          // modules, code, versions; NULL: no limit
    const struct CodeTable *base;
    struct ApplyCache {      // M:F/A -> entry, for apply and external funs
        Term module, function;
        uint32_t arity;
        const uint64_t *entry;
    } *apply_cache;
    const Image *found;      // what code_table_image_at found last, or NULL
    uint64_t loads, replaced, purges;  // statistics
} CodeTable;

// An empty table on a base (NULL: none). base outlives the table and is not
// changed any more.
MUST_USE Status code_table_init(CodeTable *t, Space *s, const CodeTable *base);
void code_table_clear(CodeTable *t);

// The module of this name that the sandbox has (its own or from the base), or NULL.
const Module *code_table_find(const CodeTable *t, Term name);
// Links image under its name: current becomes old. The table retains it. Unless it is of the
// library the image joins the module's history; one that is there already gets no second
// version. ST_EXISTS: there is old code already (purge it first: `not_purged`). ST_LIMIT,
// ST_NOMEM: nothing changed.
MUST_USE Status code_table_load(CodeTable *t, Image *image, bool is_library);
// The same for a module with an on_load function: the image waits, what is current stays
// callable. ST_EXISTS: old code is there, or another image waits.
MUST_USE Status code_table_stage(CodeTable *t, Image *image);
// The process that runs the on_load function of what waits. Nothing waits: nothing happens.
void code_table_set_runner(CodeTable *t, Term name, Term pid);
// The on_load function has returned: what waits becomes current (keep), or is forgotten.
// ST_NOT_FOUND: nothing waits. Else as code_table_load; then it still waits.
MUST_USE Status code_table_settle(CodeTable *t, Term name, bool keep);
// Notes where the current code of the module came from.
MUST_USE Status code_table_note_file(CodeTable *t, Term name, const uint8_t *term, size_t len);
// Current code becomes old and its exports go. ST_NOT_FOUND, ST_EXISTS (old code is there).
MUST_USE Status code_table_delete(CodeTable *t, Term name);
// Old code goes; a module without current code loses its history. The caller has made sure
// that no process runs the old code.
MUST_USE Status code_table_purge(CodeTable *t, Term name);
// Makes version `number` of the module current again. ST_NOT_FOUND; else as code_table_load.
MUST_USE Status code_table_rollback(CodeTable *t, Term name, uint32_t number);
// Frees zombies that `referred` says no to.
void code_table_sweep_zombies(CodeTable *t, bool (*referred)(void *context, const Image *m),
                              void *context);

// Entry of M:F/A: the export's code, or NULL when the module does not export it.
const uint64_t *code_table_entry(CodeTable *t, Term module, Term function, unsigned arity);
static inline const uint64_t *code_table_by_number(const CodeTable *t, uint32_t n)
{
    return t->pages[n / EXPORT_PAGE]->entry[n % EXPORT_PAGE];
}
static inline bool entry_is_undefined(const uint64_t *entry, uint32_t number)
{
    return entry == &export_record(number)->stub[4];
}
// The image that a code address belongs to, or NULL.
const Image *code_table_image_at(CodeTable *t, const uint64_t *at);
// The lambda with this identity in current or old code, or NULL.
const FunEntry *code_table_find_fun(const CodeTable *t, Term module, uint32_t index,
                                    const uint8_t uniq[16], uint64_t old_uniq, uint32_t old_index);
// May code of e still be called (its image is current or old)?
bool code_table_fun_is_live(const CodeTable *t, const FunEntry *e);
// Each module once: size_t i = 0; while ((m = code_table_next(t, &i)) != NULL).
const Module *code_table_next(const CodeTable *t, size_t *iterator);

// ---- the shared library: code/library.c --------------------------------------------
// Finds and loads library modules by name. Process-wide, thread-safe.
// The directory is searched for .beam files. Guests see `shown` in its place, so that they do not
// learn where the host keeps its files.
MUST_USE Status library_add_root(const char *directory, const char *shown, Diag *d);
void library_clear(void);
// Path of the .beam file of a library module as guests see it, "" when it has none; NULL: no such
// module.
const char *library_path(Term module);
// The modules that stock Erlang has in itself ("preloaded"), in the order in which it names them.
// Stack traces show no lines of them.
enum { LIBRARY_PRELOADED = 21 };
extern const Term library_preloaded[LIBRARY_PRELOADED];
bool library_is_preloaded(Term module);
typedef struct LibraryEntry {
    const char *name, *path;  // path: as library_path
    const char *file;         // where it really is, for the host alone; "": nowhere
} LibraryEntry;
// Each module once: size_t i = 0; while (library_next(&i, &entry)). The texts stay until
// library_clear.
bool library_next(size_t *iterator, LibraryEntry *out);
// The image of a library module, retained for the caller; read and built once.
MUST_USE Status library_image(Term module, Image **out, Diag *d);
// The modules whose .beam bytes come with the engine and stand for the library's own.
MUST_USE Status library_add_builtin(const char *name, const uint8_t *bytes, size_t len);
