// SPDX-License-Identifier: Apache-2.0
// bif/etf_encode.c - erlang:term_to_binary/1,2, term_to_iovec/1,2 and
// external_size/1,2.
//
// A first walk over the term finds the size, so that the bytes are written once,
// to where they stay. A third step may compress them.

#include <zlib.h>

#include "base/fiber.h"
#include "beam/etf.h"
#include "bif/etf_job.h"
#include "exec/exception.h"
#include "proc/isolate.h"

#define COMPRESSED_HEAD 6  // version, tag, size
// Of input: what is slowest to compress takes about a microsecond for each byte.
#define DEFLATE_STEP ((size_t)512)

typedef enum EncodeKind { TO_BINARY, TO_IOVEC, TO_SIZE } EncodeKind;

typedef struct EncodeOpts {
    EtfEncodeOpts etf;
    int level;  // of compression; 0: none
} EncodeOpts;

typedef struct EncodeJob {
    NativeObject object;
    Space *space;
    EncodeKind kind;
    int level;
    BifIndex shown;  // in stack traces
    enum { SIZING, WRITING, DEFLATING, DONE } phase;
    EtfEncoder encoder;
    uint64_t size;
    BinData *data;    // the encoding
    BinData *packed;  // compressed
    bool z_open;
    z_stream z;
} EncodeJob;

static void destroy(Space *s, NativeObject *o)
{
    EncodeJob *j = (EncodeJob *)o;
    etf_encoder_clear(&j->encoder);
    if (j->z_open) (void)deflateEnd(&j->z);
    if (j->data != NULL) bin_data_release(s, j->data);
    if (j->packed != NULL) bin_data_release(s, j->packed);
    arena_free(&s->arena, j, sizeof *j);
}

static const NativeClass encode_class = {"term_to_binary", destroy};

// ---- compression ---------------------------------------------------------------------

// zlib does not say sizes when it frees, so they stand in front of the blocks.
static void *z_alloc(void *arena, unsigned items, unsigned size)
{
    size_t bytes = size_add(size_mul(items, size), 16);
    size_t *at = arena_alloc(arena, bytes);
    if (at == NULL) return NULL;
    *at = bytes;
    return (char *)at + 16;
}

static void z_free(void *arena, void *p)
{
    size_t *at = (size_t *)((char *)p - 16);
    arena_free(arena, at, *at);
}

static Status deflate_begin(EncodeJob *j)
{
    // What would come out longer than it was stays as it is, so the room that
    // the encoding took is enough.
    j->packed = bin_data_new(j->space, j->size);
    if (j->packed == NULL) return ST_LIMIT;
    uint8_t *head = j->packed->bytes;
    head[0] = ETF_VERSION;
    head[1] = ETF_TAG_COMPRESSED;
    put_u32be(head + 2, (uint32_t)(j->size - 1));
    j->z.zalloc = z_alloc;
    j->z.zfree = z_free;
    j->z.opaque = &j->space->arena;
    if (deflateInit(&j->z, j->level) != Z_OK) return ST_LIMIT;
    j->z_open = true;
    j->z.next_in = j->data->bytes + 1;
    j->z.next_out = head + COMPRESSED_HEAD;
    return ST_OK;
}

// ST_OK: either packed holds the result, or it is gone: the encoding is better.
static Status deflate_run(EncodeJob *j, int64_t *left)
{
    for (;;) {
        if (*left < 0) return ST_BUSY;
        size_t in = j->size - 1 - j->z.total_in;
        size_t out = j->size - COMPRESSED_HEAD - j->z.total_out;
        bool last = in <= DEFLATE_STEP;
        j->z.avail_in = last ? (unsigned)in : DEFLATE_STEP;
        j->z.avail_out = out < UINT32_MAX ? (unsigned)out : UINT32_MAX;
        unsigned given = j->z.avail_in;
        int r = deflate(&j->z, last ? Z_FINISH : Z_NO_FLUSH);
        (void)pause_point();
        // Deflating a byte takes some ten times as long as copying it.
        *left -= 1 + given;
        if (r == Z_STREAM_END) break;
        if (j->z.avail_out == 0) {
            bin_data_release(j->space, j->packed);
            j->packed = NULL;
            return ST_OK;
        }
    }
    size_t total = COMPRESSED_HEAD + j->z.total_out;
    BinData *fitted = bin_data_resize(j->space, j->packed, total);
    if (fitted != NULL) j->packed = fitted;
    return ST_OK;
}

// ---- one turn ----------------------------------------------------------------------------

static bool wants_compression(const EncodeJob *j)
{
    return j->level > 0 && j->size > COMPRESSED_HEAD && j->size - 1 <= UINT32_MAX;
}

// ST_OK: finished; ST_BUSY: another turn is needed.
static Status turn(EncodeJob *j, int64_t *left)
{
    if (j->phase == SIZING) {
        TRY(etf_encoder_run(&j->encoder, left));
        j->size = j->encoder.size;
        j->phase = j->kind == TO_SIZE ? DONE : WRITING;
        if (j->phase == DONE) return ST_OK;
        j->data = bin_data_new(j->space, j->size);
        if (j->data == NULL) return ST_LIMIT;
        etf_encoder_restart(&j->encoder, j->data->bytes);
    }
    if (j->phase == WRITING) {
        TRY(etf_encoder_run(&j->encoder, left));
        j->phase = DONE;
        if (wants_compression(j)) {
            TRY(deflate_begin(j));
            j->phase = DEFLATING;
        }
    }
    if (j->phase == DEFLATING) {
        TRY(deflate_run(j, left));
        j->phase = DONE;
    }
    return ST_OK;
}

// ---- results -------------------------------------------------------------------------------

// The first len bytes of a block; takes the block over.
static Term binary_of(Process *p, BinData **block, size_t len)
{
    BinData *data = *block;
    *block = NULL;
    Term t;
    if (len > HEAP_BIN_MAX) {
        t = binary_from_data(&p->heap, data, len);
    } else {
        t = binary_new(&p->heap, data->bytes, len);
        bin_data_release(&p->iso->space, data);
    }
    return t == TERM_NONE ? bif_no_memory(p) : t;
}

// The encoding with the binaries that were left out, as a list, last part first.
static Term iovec_of(Process *p, EncodeJob *j)
{
    size_t size = (size_t)j->size;
    Term whole = binary_of(p, &j->data, size), list = TERM_NIL;
    if (whole == TERM_NONE) return TERM_NONE;
    size_t end = size;
    for (size_t i = j->encoder.cuts_len + 1; i > 0; i--) {
        size_t at = i == 1 ? 0 : (size_t)j->encoder.cuts[i - 2].at;
        if (end > at) {
            Term part = binary_part(&p->heap, whole, at * 8, (end - at) * 8);
            Term *hp = part == TERM_NONE ? NULL : heap_alloc(&p->heap, 2);
            if (hp == NULL) return bif_no_memory(p);
            list = cons_at(&hp, part, list);
        }
        if (i == 1) break;
        Term cut = j->encoder.cuts[i - 2].binary;
        cut = binary_part(&p->heap, cut, 0, bitstring_bits(cut) / 8 * 8);
        Term *hp = cut == TERM_NONE ? NULL : heap_alloc(&p->heap, 2);
        if (hp == NULL) return bif_no_memory(p);
        list = cons_at(&hp, cut, list);
        end = at;
    }
    return list;
}

static Term result_of(Process *p, EncodeJob *j)
{
    if (j->kind == TO_SIZE) return bif_make_uint64(p, j->size);
    if (j->packed != NULL) return binary_of(p, &j->packed, j->packed->capacity);
    // OTP answers with a binary when compression was asked for.
    if (j->kind == TO_IOVEC && j->level == 0) return iovec_of(p, j);
    return binary_of(p, &j->data, (size_t)j->size);
}

static Term failure(Process *p, Status st)
{
    return st == ST_UNSUPPORTED ? bif_system_limit(p) : bif_no_memory(p);
}

static Term encode(Process *p, EncodeKind kind, BifIndex shown, Term t, const EncodeOpts *o,
                   Term opts)
{
    Space *s = &p->iso->space;
    EncodeJob *j = arena_calloc(&s->arena, 1, sizeof *j);
    if (j == NULL) return bif_no_memory(p);
    uint64_t max = UINT64_MAX;
    if (kind != TO_SIZE && s->arena.limit != ARENA_NO_LIMIT) max = s->arena.limit;
    j->object = (NativeObject){&encode_class, 1, 0};
    j->space = s;
    j->kind = kind;
    j->level = o->level;
    j->shown = shown;
    etf_encoder_init(&j->encoder, s, t, &o->etf, max);
    j->encoder.estimate = kind == TO_SIZE;
    j->encoder.want_cuts = kind == TO_IOVEC && o->level == 0;

    int64_t begun = etf_turn_begin(p), left = begun;
    Status st = turn(j, &left);
    etf_turn_end(p, begun, left);
    if (st == ST_BUSY) {
        Term magic = etf_job_keep(p, &j->object);
        if (magic == TERM_NONE) return TERM_NONE;
        return bif_yield(p, BIF_etf_encode_on, 3, magic, t, opts);
    }
    Term result = st == ST_OK ? result_of(p, j) : failure(p, st);
    native_release(s, &j->object);
    return result;
}

// Goes on: job, and the arguments of the call, which keep the term alive.
Term bif_etf_encode_on(Process *p, Term *args)
{
    EncodeJob *j = (EncodeJob *)magic_object(args[0], &encode_class);
    int64_t begun = etf_turn_begin(p), left = begun;
    Status st = turn(j, &left);
    etf_turn_end(p, begun, left);
    if (st == ST_BUSY) return bif_yield(p, BIF_etf_encode_on, 3, args[0], args[1], args[2]);
    p->heap.pinned = false;
    Term result = st == ST_OK ? result_of(p, j) : failure(p, st);
    if (result == TERM_NONE) exception_note_native(p, &bif_table[j->shown], args + 1);
    return result;
}

// ---- options ---------------------------------------------------------------------------------

static bool small_option(Term value, int64_t max, int64_t *out)
{
    if (!is_small(value) || small_value(value) < 0 || small_value(value) > max) return false;
    *out = small_value(value);
    return true;
}

static bool one_option(Term option, bool only_size, EncodeOpts *o)
{
    int64_t n;
    if (is_tuple_arity(option, 2)) {
        Term *e = tuple_elements(option);
        if (e[0] == AM_minor_version && small_option(e[1], only_size ? 1 : 2, &n)) {
            o->etf.minor_version = (unsigned)n;
            return true;
        }
        if (e[0] != AM_compressed || only_size || !small_option(e[1], 9, &n)) return false;
        o->level = (int)n;
        return true;
    }
    if (only_size) return false;
    if (option == AM_compressed) o->level = 6;
    else if (option == AM_deterministic) o->etf.deterministic = true;
    else return false;
    return true;
}

static bool get_options(Term list, bool only_size, EncodeOpts *o)
{
    *o = (EncodeOpts){.etf.minor_version = 1};
    for (Pace rate = PACE_START; is_cons(list); list = list_next(list, &rate))
        if (!one_option(cons_head(list), only_size, o)) return false;
    return is_nil(list);
}

static Term encode_with(Process *p, EncodeKind kind, BifIndex shown, Term t, Term list)
{
    EncodeOpts o;
    if (!get_options(list, kind == TO_SIZE, &o)) return bif_badarg(p);
    return encode(p, kind, shown, t, &o, list);
}

Term bif_erlang_term_to_binary_1(Process *p, Term *args)
{
    return encode_with(p, TO_BINARY, BIF_erlang_term_to_binary_1, args[0], TERM_NIL);
}

Term bif_erlang_term_to_binary_2(Process *p, Term *args)
{
    return encode_with(p, TO_BINARY, BIF_erlang_term_to_binary_2, args[0], args[1]);
}

Term bif_erlang_term_to_iovec_1(Process *p, Term *args)
{
    return encode_with(p, TO_IOVEC, BIF_erlang_term_to_iovec_1, args[0], TERM_NIL);
}

Term bif_erlang_term_to_iovec_2(Process *p, Term *args)
{
    return encode_with(p, TO_IOVEC, BIF_erlang_term_to_iovec_2, args[0], args[1]);
}

Term bif_erlang_external_size_1(Process *p, Term *args)
{
    return encode_with(p, TO_SIZE, BIF_erlang_external_size_1, args[0], TERM_NIL);
}

Term bif_erlang_external_size_2(Process *p, Term *args)
{
    return encode_with(p, TO_SIZE, BIF_erlang_external_size_2, args[0], args[1]);
}
