// SPDX-License-Identifier: Apache-2.0
// base/os.h - files and pages, for the host side: paths here come from the host,
// never from a guest.

#ifndef BASE_OS_H
#define BASE_OS_H

#include "base/buf.h"
#include "base/diag.h"

size_t os_page_size(void);

// Appends the whole file. ST_LIMIT when it holds more than max bytes,
// ST_NOT_FOUND, ST_DENIED or ST_IO as the system says; out is then as it was.
MUST_USE Status os_read_file(const char *path, size_t max, Buf *out, Diag *diag);

// Creates or truncates. Not atomic: a reader may see a part.
MUST_USE Status os_write_file(const char *path, const void *bytes, size_t len, Diag *diag);

typedef struct OsMapping {
    const uint8_t *data;  // NULL when the file is empty
    size_t len;
} OsMapping;

// Maps a regular file for reading, privately. os_unmap frees it.
MUST_USE Status os_map_file(const char *path, OsMapping *out, Diag *diag);
void os_unmap(OsMapping *m);

// Anonymous zeroed pages; bytes are rounded up to pages. NULL: no memory.
MUST_USE void *os_pages_alloc(size_t bytes);
void os_pages_free(void *p, size_t bytes);

// Address space without memory behind it; os_pages_commit makes a part of it
// readable and writable. NULL: refused.
MUST_USE void *os_space_reserve(size_t bytes);
MUST_USE Status os_pages_commit(void *p, size_t bytes);

typedef Status (*OsVisit)(void *ctx, const char *path);

// Calls visit for each regular file below path (path itself when it is a file),
// names in byte order, links to directories not followed. A status other than
// ST_OK ends the walk and is returned.
MUST_USE Status os_walk(const char *path, OsVisit visit, void *ctx, Diag *diag);

bool os_is_directory(const char *path);

// About how much of the calling thread's stack is left; 0 when the system does not say.
size_t os_stack_left(void);

// Bytes that nobody can guess, from the kernel.
MUST_USE Status os_random(void *p, size_t len);

#endif
