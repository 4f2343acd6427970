// SPDX-License-Identifier: Apache-2.0
// tests/fuzz/beam_file_fuzz.c - libFuzzer: any bytes as a .beam file.
//
// Whatever parses is also decoded, encoded, printed and written back; what was
// written must parse again.

#include <stdlib.h>

#include "beam/beam_writer.h"
#include "beam/disasm.h"
#include "beam/etf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok) abort();
}

static void print_terms(const BeamFile *f, Buf *out)
{
    static const EtfPrintLimits limits = {.depth = 1000, .bytes = 10000};
    for (uint32_t i = 0; i < f->literal_count; i++) {
        BeamSpan s = beam_file_literal(f, i);
        out->len = 0;
        must(etf_print(out, s.data, s.size, &limits, NULL) != ST_FORMAT);
    }
    out->len = 0;
    (void)!etf_print(out, f->attributes.data, f->attributes.size, &limits, NULL);
}

// The code once more, as far as it is sound.
static bool encode(const BeamFile *f, Buf *code)
{
    must(beam_write_code_header(code, f->max_opcode, f->label_count, f->function_count) == ST_OK);
    CodeReader r;
    code_reader_init(&r, f, NULL);
    Status st = ST_OK;
    while (st == ST_OK && !r.done) {
        Instr in;
        st = code_reader_next(&r, &in, NULL);
        if (st == ST_OK) must(beam_write_instr(code, &in) == ST_OK);
    }
    code_reader_clear(&r);
    return st == ST_OK;
}

static void write_back(const BeamFile *f, Buf *out)
{
    static BeamWriter w;
    beam_writer_init(&w, f, NULL);
    BeamFile again;
    // Shorter code may not have room for the labels that were claimed.
    if (encode(f, beam_writer_chunk(&w, "Code")) &&
        beam_writer_chunk(&w, "Code")->len - 20 >= f->code.size) {
        out->len = 0;
        must(beam_writer_finish(&w, out) == ST_OK);
        must(beam_file_parse(&again, out->data, out->len, NULL, NULL, NULL) == ST_OK);
        must(again.atom_count == f->atom_count && again.literal_count == f->literal_count);
        beam_file_clear(&again);
    }
    beam_writer_clear(&w);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const BeamLimits limits = {.file_bytes = 1 << 20, .literal_bytes = 1 << 20};
    Diag d;
    BeamFile f;
    if (beam_file_parse(&f, data, size, &limits, NULL, &d) != ST_OK) return 0;
    Buf out;
    buf_init(&out);
    print_terms(&f, &out);
    out.len = 0;
    (void)!disasm_functions(&out, &f, NULL, 0, -1, &d);
    write_back(&f, &out);
    buf_clear(&out);
    beam_file_clear(&f);
    return 0;
}
