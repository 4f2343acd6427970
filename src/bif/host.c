// SPDX-License-Identifier: Apache-2.0
// bif/host.c - what the engine's own Erlang modules ask of it.
#include <stdio.h>

#include "base/os.h"
#include "bif/bif.h"
#include "bif/boot.h"
#include "bif/build.h"
#include "bif/code.h"
#include "bif/etf_job.h"
#include "code/code_table.h"
#include "heap/etf.h"
#include "proc/isolate.h"

static Term error_pair(Process *p, Term reason) { return BUILD_TUPLE(p, AM_error, reason); }

// ---- output ---------------------------------------------------------------------------
// output(Stream, Bytes): ok or {error, eacces | enospc}.
Term bif_apex_host_output_2(Process *p, Term *args)
{
    if ((args[0] != make_small(1) && args[0] != make_small(2)) || !is_binary(args[1]))
        return bif_badarg(p);
    Isolate *iso = p->iso;
    if (!bif_may(p)) return error_pair(p, AM_eacces);
    CodeBytes bytes;
    if (code_bytes_open(p, args[1], &bytes) != ST_OK) return bif_no_memory(p);
    bool fits = limit_take(&iso->limits, LIMIT_OUTPUT, bytes.len);
    bif_charge(p, bytes.len / 64);
    if (fits && iso->host.output != NULL) {
        iso->host.output(iso->host.host, (int)small_value(args[0]), bytes.data, bytes.len);
    }
    code_bytes_close(&bytes);
    if (fits) return AM_ok;
    return error_pair(p, AM_enospc);
}

// ---- modules of the sandbox ---------------------------------------------------------------
// Is the module there to be called, if need be from the library?
Term bif_apex_host_link_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return bif_badarg(p);
    return make_bool(code_link_library(p->iso, args[0]) != NULL);
}

// absent, library, own, or {pending, Pid | none}: its on_load function has not returned.
Term bif_apex_host_module_state_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return bif_badarg(p);
    const Image *current = code_current(p->iso, args[0]);
    const Module *m = code_table_find(p->iso->code, args[0]);
    if (m != NULL && m->pending != NULL) {
        return BUILD_TUPLE(p, AM_pending,
                           m->on_load_runner == TERM_NONE ? AM_none : m->on_load_runner);
    }
    if (current == NULL || m == NULL) return AM_absent;
    return m->is_library ? AM_library : AM_own;
}

// What the loader noted with note_file, or undefined.
Term bif_apex_host_module_file_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return bif_badarg(p);
    const Module *m = code_table_find(p->iso->code, args[0]);
    if (m == NULL || m->file == NULL) return AM_undefined;
    EtfNames names = etf_guest_names(p->iso);
    Space *s = &p->iso->space;
    size_t words, used;
    EtfResult r =
        etf_decode_size(s, m->file, m->file_len, false, &names, SIZE_MAX / 16, &words, &used);
    if (r != ETF_OK) return bif_no_memory(p);
    Term *at = bif_alloc(p, words), *hp = at, out;
    if (at == NULL) return TERM_NONE;
    r = etf_decode(s, m->file, m->file_len, false, &names, &hp, &p->heap.off, &out);
    heap_shrink(&p->heap, at, words, r == ETF_OK ? (size_t)(hp - at) : 0);
    return r == ETF_OK ? out : bif_no_memory(p);
}

// note_file(Module, File): File is an atom or a string.
Term bif_apex_host_note_file_2(Process *p, Term *args)
{
    if (!is_atom(args[0]) || (!is_atom(args[1]) && bif_list_length(p, args[1]) < 0))
        return bif_badarg(p);
    const Module *m = code_table_find(p->iso->code, args[0]);
    if (m == NULL || m->current == NULL || m->is_library) return bif_badarg(p);
    static const EtfEncodeOpts opts = {.minor_version = 1};
    Buf encoded;
    buf_init_in(&encoded, &p->iso->space.arena);
    Status st = etf_encode(&p->iso->space, args[1], &opts, &encoded);
    if (st == ST_OK) st = code_table_note_file(p->iso->code, args[0], encoded.data, encoded.len);
    buf_clear(&encoded);
    return st == ST_OK ? AM_true : bif_no_memory(p);
}

static Term code_of(Process *p, const Image *m)
{
    return m->file_bytes == NULL ? AM_undefined : bif_make_binary(p, m->file_bytes, m->file_size);
}

// The bytes of the .beam file of a library module, or undefined.
Term bif_apex_host_library_code_1(Process *p, Term *args)
{
    Image *m;
    if (!is_atom(args[0])) return bif_badarg(p);
    if (library_image(args[0], &m, NULL) != ST_OK) return AM_undefined;
    Term code = code_of(p, m);
    image_release(m);
    return code;
}

// The bytes of the .beam file that the current code comes from, or else the library's; undefined.
Term bif_apex_host_object_code_1(Process *p, Term *args)
{
    const Image *current = is_atom(args[0]) ? code_current(p->iso, args[0]) : NULL;
    return current != NULL ? code_of(p, current) : bif_apex_host_library_code_1(p, args);
}

// ---- the library -----------------------------------------------------------------------------
Term bif_apex_host_library_path_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return bif_badarg(p);
    const char *path = library_path(args[0]);
    return path == NULL ? AM_non_existing : build_string(p, path);
}

// [{Name, Path}], both strings: the names need not be atoms of the sandbox.
Term bif_apex_host_library_modules_0(Process *p, Term *args)
{
    LibraryEntry e;
    Term list = TERM_NIL;
    for (size_t i = 0; library_next(&i, &e) && list != TERM_NONE;) {
        bif_charge(p, 4);
        Term name = build_string(p, e.name);
        list = build_cons(p, BUILD_TUPLE(p, name, build_string(p, e.path)), list);
    }
    return list;
}

// Length of the directory part of a path.
static size_t directory_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash - path);
}

static bool is_same_directory(const char *a, const char *b)
{
    size_t n = directory_length(a);
    return n == directory_length(b) && memcmp(a, b, n) == 0;
}

enum { LIBRARY_DIRS_MAX = 512 };

// The directories that hold library modules, each once, in no order.
Term bif_apex_host_library_dirs_0(Process *p, Term *args)
{
    const char *seen[LIBRARY_DIRS_MAX];
    LibraryEntry e;
    size_t n = 0;
    for (size_t i = 0; library_next(&i, &e) && n < LIBRARY_DIRS_MAX;) {
        size_t k = 0;
        while (k < n && !is_same_directory(seen[k], e.path)) k++;
        if (k == n && *e.path != '\0') seen[n++] = e.path;
    }
    bif_charge(p, 100 + n);
    Term list = TERM_NIL;
    for (size_t i = 0; i < n && list != TERM_NONE; i++) {
        Term dir =
            bif_make_byte_list(p, (const uint8_t *)seen[i], directory_length(seen[i]), TERM_NIL);
        list = build_cons(p, dir, list);
    }
    return list;
}

// Does path name an application file beside a library module: <directory of one>/<name>.app? Then
// file is its name for the host.
static bool is_library_file(const char *path, char *file, size_t size)
{
    LibraryEntry e;
    size_t len = strlen(path);
    if (len < 5 || strcmp(path + len - 4, ".app") != 0) return false;
    for (size_t i = 0; library_next(&i, &e);) {
        if (*e.path == '\0' || !is_same_directory(path, e.path)) continue;
        int n = snprintf(file, size, "%.*s%s", (int)directory_length(e.file), e.file,
                         path + directory_length(path));
        return n > 0 && (size_t)n < size;
    }
    return false;
}

// The text of a list of characters 1..127 as a C string.
static bool get_path(Process *p, Term list, char *out, size_t size)
{
    size_t n = 0;
    for (; is_cons(list) && n + 1 < size; list = cons_tail(list)) {
        Term c = cons_head(list);
        if (!is_small(c) || small_value(c) < 1 || small_value(c) > 127) return false;
        out[n++] = (char)small_value(c);
    }
    out[n] = '\0';
    return n > 0 && is_nil(list);
}

// library_file(Path): {ok, Bytes} for the .app files of the library, else {error, enoent}.
Term bif_apex_host_library_file_1(Process *p, Term *args)
{
    char path[1024], file[4096];
    if (!get_path(p, args[0], path, sizeof path) || !is_library_file(path, file, sizeof file)) {
        return error_pair(p, AM_enoent);
    }
    bif_charge(p, 100);
    Buf bytes;
    buf_init_in(&bytes, &p->iso->space.arena);
    Status st = os_read_file(file, 1 << 20, &bytes, NULL);
    Term t = st != ST_OK ? error_pair(p, AM_enoent)
                         : BUILD_TUPLE(p, AM_ok, bif_make_binary(p, bytes.data, bytes.len));
    buf_clear(&bytes);
    return t;
}

// ---- versions -----------------------------------------------------------------------------------
// [{Version, LoadedAt, Md5, Bytes, IsCurrent}], oldest first; LoadedAt in nanoseconds since 1970.
Term bif_apex_host_history_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return bif_badarg(p);
    const Module *m = code_table_find(p->iso->code, args[0]);
    Term list = TERM_NIL;
    for (size_t i = m == NULL ? 0 : m->history.len; i-- > 0 && list != TERM_NONE;) {
        const ModuleVersion *v = &m->history.items[i];
        Term row = BUILD_TUPLE(p, make_small(v->number),
                               bif_make_int64(p, isolate_shown_ns(p->iso, (int64_t)v->loaded_at)),
                               bif_program_md5(p, &v->image->md5),
                               bif_make_uint64(p, v->image->memory_bytes),
                               make_bool(v->image == m->current));
        list = build_cons(p, row, list);
    }
    return list;
}

// rollback(Module, Version): ok or {error, not_found | not_purged | not_allowed}.
Term bif_apex_host_rollback_2(Process *p, Term *args)
{
    uint64_t number;
    if (!is_atom(args[0]) || !bif_get_uint64(args[1], &number)) return bif_badarg(p);
    if (!bif_may(p)) return error_pair(p, AM_not_allowed);
    Status st = number > UINT32_MAX ? ST_NOT_FOUND
                                    : code_table_rollback(p->iso->code, args[0], (uint32_t)number);
    switch (st) {
    case ST_OK: return AM_ok;
    case ST_NOT_FOUND: return error_pair(p, AM_not_found);
    case ST_EXISTS: return error_pair(p, AM_not_purged);
    default: return bif_system_limit(p);
    }
}

// [{Name, Number}] with loads, replaced, purges, waiting, size: size in bytes of the code that the sandbox itself has
// loaded, waiting the purged modules that are still referred to.
Term bif_apex_host_statistics_0(Process *p, Term *args)
{
    const CodeTable *t = p->iso->code;
    return BUILD_LIST(p, BUILD_TUPLE(p, AM_loads, bif_make_uint64(p, t->loads)),
                      BUILD_TUPLE(p, AM_replaced, bif_make_uint64(p, t->replaced)),
                      BUILD_TUPLE(p, AM_purges, bif_make_uint64(p, t->purges)),
                      BUILD_TUPLE(p, AM_waiting, bif_make_uint64(p, t->zombies.len)),
                      BUILD_TUPLE(p, AM_size, bif_make_uint64(p, t->code_bytes)));
}
