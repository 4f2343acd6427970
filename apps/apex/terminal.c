// SPDX-License-Identifier: Apache-2.0
// apps/apex/terminal.c - see terminal.h.

#include "terminal.h"

#include <stdbool.h>
#include <unistd.h>

// How many bytes follow this one in UTF-8; 0 for a byte that begins no longer character.
static unsigned followers(uint8_t c)
{
    return c >= 0xF0 && c <= 0xF4 ? 3 : c >= 0xE0 && c < 0xF0 ? 2 : c >= 0xC2 && c < 0xE0 ? 1 : 0;
}

static bool is_shown(const uint8_t *bytes, size_t len, size_t i)
{
    uint8_t c = bytes[i];
    if (c == '\r') return i + 1 < len && bytes[i + 1] == '\n';
    return c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7F);
}

size_t terminal_filter(uint8_t *out, const uint8_t *bytes, size_t len, unsigned *state)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        uint8_t c = bytes[i];
        if (*state > 0 && (c & 0xC0) == 0x80) {
            --*state;
            out[n++] = c;
            continue;
        }
        *state = followers(c);
        // 0x80 to 0x9f begin with 0xc2: nobody needs what else does so that badly.
        bool control = c == 0xC2 && (i + 1 == len || bytes[i + 1] < 0xA0);
        if (control) *state = 0;
        out[n++] = (*state > 0 || is_shown(bytes, len, i)) ? c : '?';
    }
    return n;
}

void terminal_write(FILE *f, const uint8_t *bytes, size_t len)
{
    static unsigned states[3];
    int fd = fileno(f);
    if (fd < 0 || fd > 2 || isatty(fd) == 0) {
        (void)fwrite(bytes, 1, len, f);
        return;
    }
    uint8_t part[4096];
    while (len > 0) {
        size_t n = len < sizeof part ? len : sizeof part;
        // A pair of bytes that is looked at together is not cut.
        if (n < len && (bytes[n - 1] == '\r' || bytes[n - 1] == 0xC2) && n > 1) n--;
        (void)fwrite(part, 1, terminal_filter(part, bytes, n, &states[fd]), f);
        bytes += n;
        len -= n;
    }
}
