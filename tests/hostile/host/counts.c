// SPDX-License-Identifier: Apache-2.0
#include "counts.h"

#include <dirent.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/compiler.h"
#include "code/export.h"
#include "code/image_store.h"
#include "heap/frozen.h"
#include "term/atom.h"

// The allocator's own spare room, which comes and goes.
enum { MAX_LEFT_BYTES = 524288 };

static int64_t entries_of(const char *directory)
{
    DIR *d = opendir(directory);
    int64_t n = 0;
    while (d != NULL && readdir(d) != NULL) n++;
    if (d != NULL) closedir(d);
    return n;
}

int64_t resident_bytes(void)
{
    long long all = 0, pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f == NULL) return 0;
    if (fscanf(f, "%lld %lld", &all, &pages) != 2) pages = 0;
    fclose(f);
    return (int64_t)pages * 4096;
}

int64_t resident_peak_bytes(void)
{
    FILE *f = fopen("/proc/self/status", "r");
    char line[200];
    long long kilobytes = 0;
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        if (sscanf(line, "VmHWM: %lld", &kilobytes) == 1) break;
    }
    if (f != NULL) fclose(f);
    return (int64_t)kilobytes * 1024;
}

void resident_peak_reset(void)
{
    FILE *f = fopen("/proc/self/clear_refs", "w");
    if (f == NULL) return;
    (void)fputs("5", f);
    fclose(f);
}

Counts count_all(void)
{
    struct mallinfo2 m = mallinfo2();
    return (Counts){.atoms = (int64_t)atom_count(),
                    .images = (int64_t)image_store_count(),
                    .exports = (int64_t)export_count(),
                    .frozen = (int64_t)frozen_bytes_used(),
                    .descriptors = entries_of("/proc/self/fd"),
                    .threads = entries_of("/proc/self/task"),
                    .heap = APEX_ASAN ? 0 : (int64_t)(m.uordblks + m.hblkhd),
                    .resident = resident_bytes()};
}

void counts_show_growth(char *out, size_t size, const Counts *a, const Counts *b)
{
    const struct {
        const char *name;
        int64_t by, most;
    } rows[] = {
        {"atoms", b->atoms - a->atoms, 0},
        {"images", b->images - a->images, 0},
        {"exports", b->exports - a->exports, 0},
        {"bytes of literals", b->frozen - a->frozen, 0},
        {"descriptors", b->descriptors - a->descriptors, 0},
        {"threads", b->threads - a->threads, 0},
        {"bytes", b->heap - a->heap, MAX_LEFT_BYTES},
    };
    *out = '\0';
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        size_t n = strlen(out);
        if (rows[i].by <= rows[i].most) continue;
        (void)snprintf(out + n, size - n, "%s%lld %s", n > 0 ? ", " : "", (long long)rows[i].by,
                       rows[i].name);
    }
}

Counts counts_settle(const Counts *a, unsigned ms)
{
    char growth[200];
    for (unsigned i = 0;; i += 5) {
        Counts now = count_all();
        counts_show_growth(growth, sizeof growth, a, &now);
        if (*growth == '\0' || i >= ms) return now;
        struct timespec pause = {.tv_nsec = 5000000};
        nanosleep(&pause, NULL);
    }
}
