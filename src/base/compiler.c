// SPDX-License-Identifier: Apache-2.0
// base/compiler.c - the few functions behind the macros of compiler.h.

#include "base/compiler.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void assert_failed(const char *what, const char *file, int line)
{
    fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, what);
    abort();
}

void cleanup_free_at(void *pointer_to_pointer) { free(*(void **)pointer_to_pointer); }

void cleanup_close_at(int *fd)
{
    int saved = errno;  // the error being returned is the caller's, not close's
    if (*fd >= 0) close(*fd);
    errno = saved;
}
