// SPDX-License-Identifier: Apache-2.0
// apps/apex/terminal.h - what guests write, when it goes to a terminal.
//
// A terminal obeys control characters: escape sequences move the cursor over what others have
// written, change titles, type answers. On a terminal a guest gets lines, tabs and text alone;
// into files and pipes its bytes go unchanged.

#ifndef APPS_TERMINAL_H
#define APPS_TERMINAL_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

// Copies bytes to out, which has room for len: each control character but newline, tab and the
// return before a newline becomes '?', those of the range 0x80 to 0x9f too, as UTF-8 and as bytes
// that are no UTF-8. Returns how many bytes it has written. A character that is cut by the end of
// bytes is kept: *state (0 at first) says how many bytes of it are still to come.
size_t terminal_filter(uint8_t *out, const uint8_t *bytes, size_t len, unsigned *state);

// Writes to f, filtered if it is a terminal. One thread at a time.
void terminal_write(FILE *f, const uint8_t *bytes, size_t len);

#endif
