// SPDX-License-Identifier: Apache-2.0
// bif/code_files.c - the one kind of file that every sandbox can read: the .beam files of the
// library and of its own modules, under the names that code:which/1 gives. Elixir and beam_lib look
// into them for clauses, types and documentation. The bytes are those that the modules were loaded
// from: no file of the host is touched.
#include "bif/code_files.h"

#include <string.h>

#include "bif/bif.h"
#include "bif/build.h"
#include "bif/code.h"
#include "code/code_table.h"
#include "code/image.h"
#include "heap/binary.h"
#include "proc/isolate.h"
#include "term/atom.h"

// An open one. It has a copy of the bytes, charged to the sandbox, so that a module that goes
// does not stay for the sake of its file.
typedef struct CodeFile {
    NativeObject object;
    uint64_t position;
    size_t size;
    bool closed;
    uint8_t bytes[];
} CodeFile;

static void destroy(Space *s, NativeObject *o)
{
    CodeFile *f = container_of(o, CodeFile, object);
    arena_free(&s->arena, f, sizeof *f + f->size);
}

static const NativeClass code_file_class = {"code_file", destroy};

// ---- which module a name belongs to --------------------------------------------------------
static const char suffix[] = ".beam";
enum { SUFFIX_LENGTH = sizeof suffix - 1, STRING_TAG = 107, STRING_HEADER = 4 };

typedef struct Name {
    const char *text;
    size_t length;
    Term module;
} Name;

// "dir/Module.beam", perhaps with a zero at the end. False: names no module that is known.
static bool parse_name(Name *name, const char *text, size_t length)
{
    if (length > 0 && text[length - 1] == '\0') length--;
    if (length <= SUFFIX_LENGTH ||
        memcmp(text + length - SUFFIX_LENGTH, suffix, SUFFIX_LENGTH) != 0)
        return false;
    const char *slash = memrchr(text, '/', length);
    const char *base = slash == NULL ? text : slash + 1;
    size_t base_length = (size_t)(text + length - SUFFIX_LENGTH - base);
    *name = (Name){text, length, TERM_NONE};
    return atom_find(base, base_length, &name->module) == ST_OK;
}

static bool is_name(const Name *name, const char *text, size_t length)
{
    return name->length == length && memcmp(name->text, text, length) == 0;
}

// Is this the file of a module of the sandbox's own? Without a note it has none but its name.
static bool is_own_file(const Name *name, const Module *m)
{
    if (m->file == NULL) return memchr(name->text, '/', name->length) == NULL;
    const uint8_t *etf = m->file;  // a version byte and a string of bytes, or something else
    return m->file_len > STRING_HEADER && etf[1] == STRING_TAG &&
           is_name(name, (const char *)etf + STRING_HEADER, m->file_len - STRING_HEADER);
}

// The image whose file has the name, retained for the caller, or NULL.
static Image *find_image(Isolate *iso, const char *text, size_t length)
{
    Name name;
    if (!parse_name(&name, text, length)) return NULL;
    const Module *m = code_table_find(iso->code, name.module);
    if (m != NULL && m->current != NULL && !m->is_library && is_own_file(&name, m)) {
        image_retain(m->current);
        return m->current;
    }
    const char *path = library_path(name.module);
    Image *image = NULL;
    if (path == NULL || !is_name(&name, path, strlen(path)) ||
        library_image(name.module, &image, NULL) != ST_OK)
        return NULL;
    return image;
}

// *image: of the module whose file the name in t is. False: no such file.
static bool find_file(Process *p, Term t, Image **image)
{
    size_t length, scratch_size;
    void *scratch;
    if (!is_binary(t)) return false;
    const uint8_t *text = binary_flat_bytes(p->heap.space, t, &length, &scratch, &scratch_size);
    if (text == NULL) return false;
    bif_charge(p, length / 32);
    *image = find_image(p->iso, (const char *)text, length);
    if (scratch != NULL) arena_free(&p->heap.space->arena, scratch, scratch_size);
    if (*image != NULL && (*image)->file_bytes == NULL) {
        image_release(*image);
        *image = NULL;
    }
    return *image != NULL;
}

// ---- whole files ---------------------------------------------------------------------------
Term code_file_read(Process *p, Term name)
{
    Image *image;
    if (!find_file(p, name, &image)) return TERM_NIL;
    bif_charge(p, image->file_size / 1024);
    Term bytes = bif_make_binary(p, image->file_bytes, image->file_size);
    image_release(image);
    return bytes == TERM_NONE ? TERM_NONE : BUILD_TUPLE(p, AM_ok, bytes);
}

// Nothing is known of such a file but its size: it has no times, no owner, no device.
static Term file_info(Process *p, size_t size)
{
    enum { MODE = 0100444 };  // a regular file that all may read
    Term zero = SMALL(0);
    return BUILD_TUPLE(p, AM_file_info, make_small((int64_t)size), AM_regular, AM_read, zero, zero,
                       zero, SMALL(MODE), SMALL(1), zero, zero, zero, zero, zero);
}

Term code_file_info(Process *p, Term name)
{
    Image *image;
    if (!find_file(p, name, &image)) return TERM_NIL;
    size_t size = image->file_size;
    image_release(image);
    return file_info(p, size);
}

Term code_file_open(Process *p, Term name)
{
    Image *image;
    if (!find_file(p, name, &image)) return TERM_NIL;
    Space *space = &p->iso->space;
    size_t size = image->file_size;
    CodeFile *f = arena_alloc(&space->arena, sizeof *f + size);
    Term *hp = f == NULL ? NULL : heap_alloc(&p->heap, MAGIC_WORDS);
    if (hp == NULL) {
        if (f != NULL) arena_free(&space->arena, f, sizeof *f + size);
        image_release(image);
        return bif_no_memory(p);
    }
    *f = (CodeFile){.object = {&code_file_class, 1, space_next_ref(space)}, .size = size};
    memcpy(f->bytes, image->file_bytes, size);
    bif_charge(p, size / 1024);
    image_release(image);
    return BUILD_TUPLE(p, AM_ok, magic_ref_at(hp, &p->heap.off, &f->object));
}

// ---- open files ------------------------------------------------------------------------------
// The file behind the first argument. NULL: there is none (*result has the exception), or it is
// closed (*result is the answer).
static CodeFile *file_of(Process *p, Term t, Term *result)
{
    NativeObject *o = magic_object(t, &code_file_class);
    CodeFile *f = o == NULL ? NULL : container_of(o, CodeFile, object);
    if (f != NULL && !f->closed) return f;
    *result = f == NULL ? bif_badarg(p) : BUILD_TUPLE(p, AM_error, AM_einval);
    return NULL;
}

// What the file has from `at` on, up to `count` bytes.
static Term part(Process *p, const CodeFile *f, uint64_t at, uint64_t count)
{
    uint64_t left = at < f->size ? f->size - at : 0;
    if (count > left) count = left;
    if (count == 0) return AM_eof;
    bif_charge(p, count / 1024);
    Term bytes = bif_make_binary(p, f->bytes + at, count);
    return bytes == TERM_NONE ? TERM_NONE : BUILD_TUPLE(p, AM_ok, bytes);
}

static bool is_count(Term t) { return is_small(t) && small_value(t) >= 0; }

Term bif_prim_file_read_2(Process *p, Term *args)
{
    Term result;
    CodeFile *f = file_of(p, args[0], &result);
    if (f == NULL) return result;
    if (!is_count(args[1])) {
        return is_number(args[1]) ? BUILD_TUPLE(p, AM_error, AM_einval) : bif_badarg(p);
    }
    uint64_t at = f->position, count = (uint64_t)small_value(args[1]);
    result = part(p, f, at, count);
    if (result != TERM_NONE && result != AM_eof)
        f->position = count > f->size - at ? f->size : at + count;
    return result;
}

Term bif_prim_file_pread_3(Process *p, Term *args)
{
    Term result;
    CodeFile *f = file_of(p, args[0], &result);
    if (f == NULL) return result;
    if (is_count(args[1]) && is_count(args[2]))
        return part(p, f, (uint64_t)small_value(args[1]), (uint64_t)small_value(args[2]));
    bool numbers = is_number(args[1]) && is_number(args[2]);
    return numbers ? BUILD_TUPLE(p, AM_error, AM_einval) : bif_badarg(p);
}

Term bif_prim_file_seek_3(Process *p, Term *args)
{
    Term result;
    CodeFile *f = file_of(p, args[0], &result);
    if (f == NULL) return result;
    if (!is_small(args[2])) return bif_badarg(p);
    int64_t to = small_value(args[2]);
    if (args[1] == AM_cur) to += (int64_t)f->position;
    else if (args[1] == AM_eof) to += (int64_t)f->size;
    else if (args[1] != AM_bof) return bif_badarg(p);
    if (to < 0) return BUILD_TUPLE(p, AM_error, AM_einval);
    f->position = (uint64_t)to;
    return BUILD_TUPLE(p, AM_ok, bif_make_int64(p, to));
}

Term bif_prim_file_close_1(Process *p, Term *args)
{
    Term result;
    CodeFile *f = file_of(p, args[0], &result);
    if (f == NULL) return result;
    f->closed = true;
    return AM_ok;
}

Term bif_prim_file_read_handle_info_1(Process *p, Term *args)
{
    Term result;
    const CodeFile *f = file_of(p, args[0], &result);
    return f == NULL ? result : file_info(p, f->size);
}

Term code_file_no_write(Process *p, Term handle)
{
    Term result;
    if (file_of(p, handle, &result) == NULL) return result;
    return BUILD_TUPLE(p, AM_error, AM_ebadf);
}
