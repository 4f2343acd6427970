// SPDX-License-Identifier: Apache-2.0
// base/os.c - see os.h.

#include "base/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"

size_t os_page_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

static Status status_of(int err)
{
    switch (err) {
    case ENOENT:
    case ENOTDIR: return ST_NOT_FOUND;
    case EACCES:
    case EPERM:
    case EROFS: return ST_DENIED;
    case ENOMEM: return ST_NOMEM;
    case EEXIST: return ST_EXISTS;
    default: return ST_IO;
    }
}

static Status fail(Diag *diag, int err, const char *verb, const char *path)
{
    diag_set_errno(diag, err, "cannot %s %s", verb, path);
    return status_of(err);
}

static Status read_all(int fd, const char *path, size_t max, Buf *out, Diag *diag)
{
    struct stat info;
    if (fstat(fd, &info) != 0) return fail(diag, errno, "read", path);
    if (S_ISDIR(info.st_mode)) return fail(diag, EISDIR, "read", path);
    // A hint only: files in /proc say 0, and a file may grow while it is read.
    if (info.st_size > 0 && (uint64_t)info.st_size <= max)
        TRY(buf_reserve(out, size_add((size_t)info.st_size, 1)));
    size_t start = out->len;
    for (;;) {
        if (out->cap == out->len) TRY(buf_reserve(out, 65536));
        ssize_t n = read(fd, out->data + out->len, out->cap - out->len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail(diag, errno, "read", path);
        if (n == 0) return ST_OK;
        out->len += (size_t)n;
        if (out->len - start > max) {
            diag_set(diag, "%s is larger than %zu bytes", path, max);
            return ST_LIMIT;
        }
    }
}

Status os_read_file(const char *path, size_t max, Buf *out, Diag *diag)
{
    cleanup_close int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail(diag, errno, "open", path);
    size_t start = out->len;
    Status st = read_all(fd, path, max, out, diag);
    if (st != ST_OK) out->len = start;
    return st;
}

Status os_write_file(const char *path, const void *bytes, size_t len, Diag *diag)
{
    cleanup_close int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) return fail(diag, errno, "create", path);
    for (const char *p = bytes; len > 0;) {
        ssize_t n = write(fd, p, len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail(diag, errno, "write", path);
        p += n;
        len -= (size_t)n;
    }
    return ST_OK;
}

Status os_map_file(const char *path, OsMapping *out, Diag *diag)
{
    *out = (OsMapping){NULL, 0};
    cleanup_close int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) != 0) return fail(diag, errno, "open", path);
    if (!S_ISREG(info.st_mode)) {
        diag_set(diag, "%s is not a regular file", path);
        return ST_INVALID;
    }
    if (info.st_size == 0) return ST_OK;
    void *p = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED) return fail(diag, errno, "map", path);
    *out = (OsMapping){p, (size_t)info.st_size};
    return ST_OK;
}

void os_unmap(OsMapping *m)
{
    if (m->data != NULL) munmap((void *)(uintptr_t)m->data, m->len);
    *m = (OsMapping){NULL, 0};
}

void *os_pages_alloc(size_t bytes)
{
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

void os_pages_free(void *p, size_t bytes)
{
    if (p != NULL) munmap(p, bytes);
}

void *os_space_reserve(size_t bytes)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void *p = mmap(NULL, bytes, PROT_NONE, flags, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

Status os_pages_commit(void *p, size_t bytes)
{
    return mprotect(p, bytes, PROT_READ | PROT_WRITE) == 0 ? ST_OK : ST_NOMEM;
}

bool os_is_directory(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

typedef Vec(char *) Names;

static void names_clear(Names *v)
{
    for (size_t i = 0; i < v->len; i++) free(v->items[i]);
    vec_clear(v);
}

// Descending, because the walk takes from the end.
static int by_name_descending(const void *a, const void *b)
{
    return strcmp(*(char *const *)b, *(char *const *)a);
}

static void close_dir_at(DIR **d)
{
    if (*d != NULL) closedir(*d);
}

// Pushes the full names of a directory's entries, last name first.
static Status push_entries(Names *todo, const char *dir, Diag *diag)
{
    cleanup_with(close_dir_at) DIR *d = opendir(dir);
    if (d == NULL) return fail(diag, errno, "list", dir);
    size_t first = todo->len;
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        char *full;
        if (asprintf(&full, "%s/%s", dir, e->d_name) < 0) return ST_NOMEM;
        Status st = vec_push(todo, full);
        if (st != ST_OK) {
            free(full);
            return st;
        }
    }
    if (todo->len > first)
        qsort(todo->items + first, todo->len - first, sizeof(char *), by_name_descending);
    return ST_OK;
}

// One entry of the walk: a directory is opened, a file is visited.
static Status walk_one(Names *todo, const char *path, OsVisit visit, void *ctx, Diag *diag)
{
    struct stat info;
    if (lstat(path, &info) != 0) return fail(diag, errno, "open", path);
    if (S_ISDIR(info.st_mode)) return push_entries(todo, path, diag);
    if (S_ISLNK(info.st_mode) && stat(path, &info) != 0) return ST_OK;  // leads nowhere
    return S_ISREG(info.st_mode) ? visit(ctx, path) : ST_OK;
}

Status os_walk(const char *path, OsVisit visit, void *ctx, Diag *diag)
{
    cleanup_with(names_clear) Names todo;
    vec_init(&todo, NULL);
    // The starting point may be a link; below it links to directories are not.
    if (os_is_directory(path)) TRY(push_entries(&todo, path, diag));
    else TRY(walk_one(&todo, path, visit, ctx, diag));
    while (todo.len > 0) {
        cleanup_free char *next = vec_pop(&todo);
        TRY(walk_one(&todo, next, visit, ctx, diag));
    }
    return ST_OK;
}

// Asked once a thread: for the first thread of a process the answer takes a look at its maps.
static uintptr_t lowest_of_stack(void)
{
    pthread_attr_t attributes;
    void *lowest = NULL;
    size_t size;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) return UINTPTR_MAX;
    if (pthread_attr_getstack(&attributes, &lowest, &size) != 0) lowest = (void *)UINTPTR_MAX;
    pthread_attr_destroy(&attributes);
    return (uintptr_t)lowest;
}

size_t os_stack_left(void)
{
    static _Thread_local uintptr_t lowest;
    if (lowest == 0) lowest = lowest_of_stack();
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    return here > lowest ? here - lowest : 0;
}

Status os_random(void *p, size_t len)
{
    for (uint8_t *at = p; len > 0;) {
        ssize_t n = getrandom(at, len, 0);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return ST_IO;
        at += n;
        len -= (size_t)n;
    }
    return ST_OK;
}
