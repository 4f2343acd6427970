// SPDX-License-Identifier: Apache-2.0
// code/library.c - OTP's and Elixir's own modules, found by name, built once.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fiber.h"
#include "base/os.h"
#include "code/code_table.h"
#include "code/image_store.h"
#include "term/atom.h"

typedef struct LibraryModule {
    char *name;
    char *path;            // NULL: there is no file
    const char *shown;     // behind the path in the same memory: how guests see it
    const uint8_t *bytes;  // of a built-in one: they stand for the file's
    size_t len;
    Image *image;          // once built; the library keeps it
    int64_t building;      // since when somebody builds it (monotonic), or 0
} LibraryModule;

static struct {
    pthread_mutex_t lock;
    StrMap by_name;  // name -> LibraryModule *
} library = {.lock = PTHREAD_MUTEX_INITIALIZER};

static LibraryModule *find(const char *name, size_t len)
{
    uint64_t v;
    return strmap_get(&library.by_name, name, len, &v) ? (LibraryModule *)(uintptr_t)v : NULL;
}

static void set_path(LibraryModule *m, char *path)
{
    m->path = path;
    m->shown = path == NULL ? "" : path + strlen(path) + 1;
}

static Status add(const char *name, size_t len, char *path, const uint8_t *bytes, size_t size)
{
    LibraryModule *m = calloc(1, sizeof *m);
    if (m == NULL) return ST_NOMEM;
    *m = (LibraryModule){.name = strndup(name, len), .bytes = bytes, .len = size};
    set_path(m, path);
    Status st = m->name == NULL
                    ? ST_NOMEM
                    : strmap_put(&library.by_name, m->name, len, (uint64_t)(uintptr_t)m);
    if (st != ST_OK) {
        free(m->name);
        free(m);
    }
    return st;
}

Status library_add_builtin(const char *name, const uint8_t *bytes, size_t len)
{
    pthread_mutex_lock(&library.lock);
    Status st =
        find(name, strlen(name)) != NULL ? ST_OK : add(name, strlen(name), NULL, bytes, len);
    pthread_mutex_unlock(&library.lock);
    return st;
}

// A directory of the host, and the name that guests see in its place.
typedef struct Root {
    const char *directory, *shown;
} Root;

// "application/ebin/module.beam" of a path in the root, or whatever it has below the root.
static const char *below_root(const Root *root, const char *path)
{
    const char *below = path + strlen(root->directory), *at = path + strlen(path);
    for (unsigned components = 0; at > below; at--) {
        if (at[-1] != '/') continue;
        if (++components == 2 && strncmp(at, "ebin/", 5) != 0) break;
        if (components == 3) return at;
    }
    while (*below == '/') below++;
    return below;
}

// The path, a zero, and the same as guests see it; NULL: no memory.
static char *both_paths(const Root *root, const char *path)
{
    const char *below = below_root(root, path);
    char *both = NULL;
    int n = asprintf(&both, "%s%c%s/%s", path, '\0', root->shown, below);
    return n < 0 ? NULL : both;
}

// The first of a name wins: built-in modules are added before the roots.
static Status add_file(void *context, const char *path)
{
    size_t len = strlen(path);
    if (len < 6 || strcmp(path + len - 5, ".beam") != 0) return ST_OK;
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    size_t name_len = (size_t)(path + len - 5 - name);
    LibraryModule *known = find(name, name_len);
    if (known != NULL && known->path != NULL) return ST_OK;
    char *copy = both_paths(context, path);
    if (copy == NULL) return ST_NOMEM;
    if (known != NULL) {
        set_path(known, copy);
        return ST_OK;
    }
    Status st = add(name, name_len, copy, NULL, 0);
    if (st != ST_OK) free(copy);
    return st;
}

Status library_add_root(const char *directory, const char *shown, Diag *d)
{
    Root root = {directory, shown};
    pthread_mutex_lock(&library.lock);
    Status st = os_walk(directory, add_file, &root, d);
    pthread_mutex_unlock(&library.lock);
    return st;
}

void library_clear(void)
{
    pthread_mutex_lock(&library.lock);
    const StrSlot *slot;
    for (size_t i = 0; strmap_next(&library.by_name, &i, &slot);) {
        LibraryModule *m = (LibraryModule *)(uintptr_t)slot->value;
        if (m->image != NULL) image_release(m->image);
        free(m->name), free(m->path), free(m);
    }
    strmap_clear(&library.by_name);
    pthread_mutex_unlock(&library.lock);
}

const char *library_path(Term module)
{
    AtomText t = atom_text(module);
    pthread_mutex_lock(&library.lock);
    LibraryModule *m = find(t.bytes, t.len);
    pthread_mutex_unlock(&library.lock);
    return m == NULL ? NULL : m->shown;
}

bool library_next(size_t *iterator, LibraryEntry *out)
{
    const StrSlot *slot;
    pthread_mutex_lock(&library.lock);
    bool found = strmap_next(&library.by_name, iterator, &slot);
    if (found) {
        const LibraryModule *m = (const LibraryModule *)(uintptr_t)slot->value;
        *out = (LibraryEntry){m->name, m->shown, m->path == NULL ? "" : m->path};
    }
    pthread_mutex_unlock(&library.lock);
    return found;
}

static Status build(const LibraryModule *m, const char *path, Image **out, Diag *d)
{
    if (m->bytes != NULL) return image_store_get(m->bytes, m->len, out, d);
    if (path == NULL) return ST_NOMEM;
    Buf bytes;
    buf_init(&bytes);
    Status st = os_read_file(path, (size_t)64 << 20, &bytes, d);
    if (st == ST_OK) st = image_store_get(bytes.data, bytes.len, out, d);
    buf_clear(&bytes);
    return st;
}

// Builds m without the lock, since building may be put aside.
static Status build_unlocked(LibraryModule *m, Diag *d)
{
    if (m->building == 0) m->building = clock_monotonic_ns();
    char *path = m->path != NULL ? strdup(m->path) : NULL;
    Image *image = NULL;
    pthread_mutex_unlock(&library.lock);
    Status st = build(m, path, &image, d);
    free(path);
    pthread_mutex_lock(&library.lock);
    m->building = 0;
    if (st != ST_OK) return st;
    if (m->image == NULL) m->image = image;
    else image_release(image);  // by two at once
    return ST_OK;
}

// Sandboxes that miss the same module let one of them build it and give way meanwhile; but
// not for ever, since that one may be allowed little CPU time.
#define BUILD_WAIT (50 * NS_PER_MS)

static bool wait_for_builder(const LibraryModule *m)
{
    if (m->building == 0 || clock_monotonic_ns() - m->building > BUILD_WAIT) return false;
    pthread_mutex_unlock(&library.lock);
    bool waited = pause_now();
    pthread_mutex_lock(&library.lock);
    return waited;
}

Status library_image(Term module, Image **out, Diag *d)
{
    AtomText t = atom_text(module);
    pthread_mutex_lock(&library.lock);
    LibraryModule *m = find(t.bytes, t.len);
    while (m != NULL && m->image == NULL && wait_for_builder(m)) {}
    Status st = m == NULL ? ST_NOT_FOUND : m->image != NULL ? ST_OK : build_unlocked(m, d);
    if (st == ST_OK && m->image->module != module) {
        diag_set(d, "%s holds another module", m->path == NULL ? m->name : m->path);
        st = ST_NOT_FOUND;
    }
    if (st == ST_OK) {
        image_retain(m->image);
        *out = m->image;
    }
    pthread_mutex_unlock(&library.lock);
    return st;
}

const Term library_preloaded[LIBRARY_PRELOADED] = {
    AM_persistent_term,
    AM_counters,
    AM_atomics,
    AM_erts_dirty_process_signal_handler,
    AM_erts_literal_area_collector,
    AM_erl_tracer,
    AM_erts_internal,
    AM_erlang,
    AM_erl_prim_loader,
    AM_prim_zip,
    AM_prim_net,
    AM_prim_socket,
    AM_socket_registry,
    AM_zlib,
    AM_prim_file,
    AM_prim_inet,
    AM_prim_eval,
    AM_prim_buffer,
    AM_init,
    AM_erl_init,
    AM_erts_code_purger,
};

bool library_is_preloaded(Term module)
{
    for (size_t i = 0; i < LIBRARY_PRELOADED; i++) {
        if (library_preloaded[i] == module) return true;
    }
    return false;
}
