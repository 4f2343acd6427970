// SPDX-License-Identifier: Apache-2.0
// apps/apex/cmd_inspect.c - "apex inspect FILE...": what .beam files hold.

#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "base/os.h"
#include "beam/beam_file.h"
#include "beam/etf.h"
#include "beam/program_md5.h"
#include "cmd.h"

#define FILE_MAX_BYTES ((size_t)64 << 20)

typedef struct InspectOptions {
    char **files;
    int count;
} InspectOptions;

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    InspectOptions *o = state->input;
    switch (key) {
    case ARGP_KEY_ARGS:
        o->files = state->argv + state->next;
        o->count = state->argc - state->next;
        return 0;
    case ARGP_KEY_NO_ARGS: argp_usage(state); return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp inspect_argp = {
    .parser = parse_option,
    .args_doc = "FILE...",
    .doc = "Shows module, exports, imports, attributes, compiler and chunks of .beam files.",
};

MUST_USE static Status put_atom(const BeamFile *f, uint32_t atom, Buf *out)
{
    BeamSpan text = beam_file_atom(f, atom);
    return etf_print_atom(out, text.data, text.size, false);
}

MUST_USE static Status put_exports(const BeamFile *f, Buf *out)
{
    TRY(buf_printf(out, "exports: %u\n", f->export_count));
    for (uint32_t i = 0; i < f->export_count; i++) {
        BeamFunction e = beam_file_export(f, i);
        TRY(buf_append_str(out, "    "));
        TRY(put_atom(f, e.name, out));
        TRY(buf_printf(out, "/%u\n", e.arity));
    }
    return ST_OK;
}

MUST_USE static Status put_imports(const BeamFile *f, Buf *out)
{
    TRY(buf_printf(out, "imports: %u\n", f->import_count));
    for (uint32_t i = 0; i < f->import_count; i++) {
        BeamImport m = beam_file_import(f, i);
        TRY(buf_append_str(out, "    "));
        TRY(put_atom(f, m.module, out));
        TRY(buf_append_u8(out, ':'));
        TRY(put_atom(f, m.function, out));
        TRY(buf_printf(out, "/%u\n", m.arity));
    }
    return ST_OK;
}

// One term of a larger one, at [*at, end): etf_print wants a version byte.
MUST_USE static Status put_term(const uint8_t **at, const uint8_t *end, Buf *out, Diag *d)
{
    const uint8_t *start = *at;
    TRY(etf_skip_term(at, end));
    cleanup_with(buf_clear) Buf whole;
    buf_init(&whole);
    TRY(buf_append_u8(&whole, ETF_VERSION));
    TRY(buf_append(&whole, start, (size_t)(*at - start)));
    return etf_print(out, whole.data, whole.len, NULL, d);
}

// A chunk that should be a list of pairs, one pair a line. ST_FORMAT when it is
// something else.
MUST_USE static Status put_pairs(BeamSpan span, Buf *out, Diag *d)
{
    if (span.size == 0 || span.data[0] != ETF_VERSION) return ST_FORMAT;
    const uint8_t *at = span.data + 1, *end = span.data + span.size;
    EtfTerm list, pair;
    TRY(etf_head(&at, end, &list));
    if (list.kind == ETF_NIL) return ST_OK;
    if (list.kind != ETF_LIST) return ST_FORMAT;
    for (uint64_t i = 0; i + 1 < list.children; i++) {
        TRY(etf_head(&at, end, &pair));
        if (pair.kind != ETF_TUPLE || pair.children != 2) return ST_FORMAT;
        TRY(buf_append_str(out, "    "));
        TRY(put_term(&at, end, out, d));
        TRY(buf_append_str(out, ": "));
        TRY(put_term(&at, end, out, d));
        TRY(buf_append_u8(out, '\n'));
    }
    return ST_OK;
}

MUST_USE static Status put_table(const char *title, BeamSpan span, Buf *out, Diag *d)
{
    if (span.size == 0) return ST_OK;
    TRY(buf_printf(out, "%s:\n", title));
    Status st = put_pairs(span, out, d);
    // A table that makes no sense is worth saying, and no reason to stop.
    return st == ST_FORMAT ? buf_append_str(out, "    (malformed)\n") : st;
}

MUST_USE static Status put_chunks(const BeamFile *f, Buf *out)
{
    TRY(buf_printf(out, "chunks: %u\n", f->chunk_count));
    for (uint32_t i = 0; i < f->chunk_count; i++) {
        const BeamChunk *c = &f->chunks[i];
        TRY(buf_append_str(out, "    "));
        for (size_t k = 0; k < 4; k++) {
            bool shown = c->id[k] >= 32 && c->id[k] < 127;
            TRY(buf_append_u8(out, shown ? c->id[k] : '?'));
        }
        TRY(buf_printf(out, " %u\n", c->span.size));
    }
    return ST_OK;
}

MUST_USE static Status put_file(const BeamFile *f, const char *path, size_t size, Buf *out, Diag *d)
{
    uint8_t md5[16];
    ProgramMd5 program;
    program_md5_init(&program, f);
    (void)program_md5_get(&program, md5);
    TRY(buf_append_str(out, "module: "));
    TRY(put_atom(f, 1, out));
    TRY(buf_printf(out, "\nfile: %s, %zu bytes\nmd5: ", path, size));
    for (size_t i = 0; i < sizeof md5; i++) TRY(buf_printf(out, "%02x", md5[i]));
    TRY(buf_printf(out, "\natoms: %u\nfunctions: %u\nfuns: %u\nliterals: %u\n", f->atom_count,
                   f->function_count, f->lambda_count, f->literal_count));
    TRY(put_exports(f, out));
    TRY(put_imports(f, out));
    TRY(put_table("attributes", f->attributes, out, d));
    TRY(put_table("compiler", f->compile_info, out, d));
    return put_chunks(f, out);
}

MUST_USE static Status inspect(const char *path, Diag *d)
{
    cleanup_with(buf_clear) Buf bytes, out;
    buf_init(&bytes);
    buf_init(&out);
    TRY(os_read_file(path, FILE_MAX_BYTES, &bytes, d));
    BeamFile f;
    Status st = beam_file_parse(&f, bytes.data, bytes.len, NULL, NULL, d);
    if (st == ST_OK) {
        st = put_file(&f, path, bytes.len, &out, d);
        beam_file_clear(&f);
    }
    if (st != ST_OK) diag_prefix(d, "%s: ", path);
    if (st == ST_OK) (void)fwrite(out.data, 1, out.len, stdout);
    return st;
}

int cmd_inspect(int argc, char **argv)
{
    InspectOptions o = {0};
    error_t err = argp_parse(&inspect_argp, argc, argv, 0, NULL, &o);
    if (err != 0) return EXIT_USAGE;
    int status = EXIT_DONE;
    for (int i = 0; i < o.count; i++) {
        Diag d;
        diag_init(&d);
        if (i > 0) putchar('\n');
        Status st = inspect(o.files[i], &d);
        if (st == ST_OK) continue;
        report_failure(o.files[i], st, &d);
        status = EXIT_USAGE;
    }
    return status;
}
