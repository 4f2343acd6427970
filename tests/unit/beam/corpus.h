// SPDX-License-Identifier: Apache-2.0
// tests/unit/beam/corpus.h - every .beam file of the installed OTP and Elixir.

#ifndef UNIT_BEAM_CORPUS_H
#define UNIT_BEAM_CORPUS_H

#include <ftw.h>
#include <stdio.h>

#include "base/buf.h"
#include "unit.h"

// The root that the environment names, or the usual one.
static inline const char *corpus_root(const char *variable, const char *usual)
{
    const char *root = getenv(variable);
    return root != NULL && root[0] != 0 ? root : usual;
}

static inline bool corpus_read(const char *path, Buf *out)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    out->len = 0;
    size_t n = 1;
    while (n > 0 && buf_reserve(out, 65536) == ST_OK) {
        n = fread(out->data + out->len, 1, 65536, file);
        out->len += n;
    }
    fclose(file);
    return true;
}

typedef void (*CorpusVisit)(const char *path, const uint8_t *bytes, size_t size);

static CorpusVisit corpus_visit;
static size_t corpus_count;

static int corpus_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    size_t len = strlen(path);
    if (type != FTW_F || len < 5 || strcmp(path + len - 5, ".beam") != 0) return 0;
    Buf b;
    buf_init(&b);
    if (corpus_read(path, &b)) {
        corpus_count++;
        corpus_visit(path, b.data, b.len);
    }
    buf_clear(&b);
    return 0;
}

// Calls visit for each file; the number of files.
static inline size_t corpus_each(CorpusVisit visit)
{
    corpus_visit = visit;
    corpus_count = 0;
    (void)nftw(corpus_root("APEX_OTP_ROOT", "/usr/lib/erlang"), corpus_file, 32, FTW_PHYS);
    (void)nftw(corpus_root("APEX_ELIXIR_ROOT", "/usr/lib/elixir"), corpus_file, 32, FTW_PHYS);
    return corpus_count;
}

#endif
