// SPDX-License-Identifier: Apache-2.0
// tests/fuzz/builtin_fuzz.c - libFuzzer: any builtins with any values, earlier results among
// them. An input is a sequence of steps: a number below 224 and another one choose a builtin,
// one byte for each argument follows; larger numbers push a number or bytes.
#include "bif/bif.h"
#include "guest.h"

typedef struct Input {
    const uint8_t *at, *end;
} Input;

static uint8_t next(Input *in) { return in->at < in->end ? *in->at++ : 0; }

static void put(Buf *b, const void *bytes, size_t n)
{
    guest_must(buf_append(b, bytes, n) == ST_OK, "no memory");
}

static void put_u8(Buf *b, uint8_t v) { put(b, &v, 1); }

static void put_binary(Buf *b, const uint8_t *bytes, size_t n)
{
    put(b, (uint8_t[]){109, 0, 0, (uint8_t)(n >> 8), (uint8_t)n}, 5);
    put(b, bytes, n);
}

static void put_atom(Buf *b, const char *text, size_t n)
{
    put(b, (uint8_t[]){119, (uint8_t)n}, 2);
    put(b, text, n);
}

// Those that end the sandbox or the call before anything can happen.
static bool is_dull(const Bif *b)
{
    return b->kind == BIF_KIND_HIDDEN || strcmp(b->name, "halt") == 0 ||
           strcmp(b->name, "hibernate") == 0 || strcmp(b->name, "request") == 0;
}

static void put_call(Buf *b, Input *in, uint8_t first)
{
    const Bif *row = &bif_table[(first * 256u + next(in)) % BIF_COUNT];
    while (is_dull(row)) row = row + 1 < bif_table + BIF_COUNT ? row + 1 : bif_table;
    AtomText module = atom_text(row->module);
    uint8_t selectors[256];
    for (unsigned i = 0; i < row->arity; i++) selectors[i] = next(in);
    put(b, (uint8_t[]){104, 3}, 2);
    put_atom(b, module.bytes, module.len);
    put_atom(b, row->name, strlen(row->name));
    put_binary(b, selectors, row->arity);
}

static void put_value(Buf *b, Input *in, uint8_t kind)
{
    size_t n = next(in);
    if (n > (size_t)(in->end - in->at)) n = (size_t)(in->end - in->at);
    if (kind & 1) put_binary(b, in->at, n);
    else put(b, (uint8_t[]){97, (uint8_t)n}, 2), n = 0;
    in->at += n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (guest_engine == NULL) guest_start();  // names of modules are known afterwards
    Input in = {data, data + size};
    Buf steps;
    buf_init(&steps);
    put(&steps, (uint8_t[]){108, 0, 0, 0, 0}, 5);
    uint32_t count = 0;
    for (; in.at < in.end && count < 100; count++) {
        uint8_t first = next(&in);
        if (first < 224) put_call(&steps, &in, first);
        else put_value(&steps, &in, first);
    }
    if (count == 0) steps.len = 0;
    else put_u32be(steps.data + 1, count);
    put_u8(&steps, 106);
    guest_call("calls", steps.data, steps.len, false);
    buf_clear(&steps);
    return 0;
}
