// SPDX-License-Identifier: Apache-2.0
// base/diag.h - the words that go with a Status.
//
// Optional everywhere: a function takes a Diag * as its last parameter and the
// caller may pass NULL. A failing function fills it; a succeeding one leaves it
// alone.

#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/compiler.h"

#define DIAG_TEXT_MAX  512
#define DIAG_NO_OFFSET UINT64_MAX

typedef struct Diag {
    char text[DIAG_TEXT_MAX];  // UTF-8, NUL-terminated, cut when too long
    uint64_t offset;           // byte offset in the input, or DIAG_NO_OFFSET
    int os_errno;              // errno of the operating system call, or 0
} Diag;

// Empty text, no offset, no errno.
void diag_init(Diag *d);

// Sets the text; offset and errno are reset. d may be NULL.
void diag_set(Diag *d, const char *fmt, ...) PRINTF_LIKE(2, 3);

// The same with the offset in the input at which the trouble is.
void diag_set_at(Diag *d, uint64_t offset, const char *fmt, ...) PRINTF_LIKE(3, 4);

// The same with an errno, whose text is appended after ": ".
void diag_set_errno(Diag *d, int err, const char *fmt, ...) PRINTF_LIKE(3, 4);

// Puts context in front of the text: diag_prefix(d, "%s: ", path).
void diag_prefix(Diag *d, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
