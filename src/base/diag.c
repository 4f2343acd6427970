// SPDX-License-Identifier: Apache-2.0
// base/diag.c - see diag.h.

#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void diag_init(Diag *d)
{
    if (d == NULL) return;
    d->text[0] = '\0';
    d->offset = DIAG_NO_OFFSET;
    d->os_errno = 0;
}

static void set_text(Diag *d, const char *fmt, va_list args)
{
    diag_init(d);
    // A cut text is better than none; vsnprintf terminates it.
    (void)vsnprintf(d->text, sizeof d->text, fmt, args);
}

void diag_set(Diag *d, const char *fmt, ...)
{
    if (d == NULL) return;
    va_list args;
    va_start(args, fmt);
    set_text(d, fmt, args);
    va_end(args);
}

void diag_set_at(Diag *d, uint64_t offset, const char *fmt, ...)
{
    if (d == NULL) return;
    va_list args;
    va_start(args, fmt);
    set_text(d, fmt, args);
    va_end(args);
    d->offset = offset;
}

void diag_set_errno(Diag *d, int err, const char *fmt, ...)
{
    if (d == NULL) return;
    va_list args;
    va_start(args, fmt);
    set_text(d, fmt, args);
    va_end(args);
    d->os_errno = err;
    size_t len = strlen(d->text);
    char why[128];
    (void)snprintf(d->text + len, sizeof d->text - len, ": %s", strerror_r(err, why, sizeof why));
}

void diag_prefix(Diag *d, const char *fmt, ...)
{
    if (d == NULL) return;
    char joined[DIAG_TEXT_MAX];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(joined, sizeof joined, fmt, args);
    va_end(args);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof joined ? (size_t)n : sizeof joined - 1;
    (void)snprintf(joined + len, sizeof joined - len, "%s", d->text);
    memcpy(d->text, joined, sizeof joined);
}
