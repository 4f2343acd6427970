// SPDX-License-Identifier: Apache-2.0
// bif/zlib.c - the natives of the module zlib: streams that compress and inflate.
//
// A stream is a native object behind a reference. Input waits in a queue of binaries;
// each call takes a chunk of it and gives at most one chunk of output, so no call is
// long, and zlib.erl goes round until all is done. The memory of zlib itself comes from
// the sandbox's arena.
#include <zlib.h>

#include "base/vec.h"
#include "bif/bif.h"
#include "bif/build.h"
#include "bif/iodata.h"
#include "heap/copy.h"
#include "proc/held.h"
#include "proc/isolate.h"

enum { DICTIONARY_MAX = 32768, ENQUEUE_MAX = 256, CHUNK_MAX = 1 << 24 };

typedef enum StreamState { STREAM_NONE, STREAM_DEFLATE, STREAM_INFLATE, STREAM_CLOSED } StreamState;
// What comes behind the end of compressed data: an error, the next stream, nothing.
enum { AFTER_END_ERROR = 0, AFTER_END_RESET = 1, AFTER_END_CUT = 2 };

typedef struct Stream {
    NativeObject object;
    z_stream z;
    Space *space;
    Term owner;            // pid: the only process that may use it
    StreamState state;
    bool raw;              // without header and trailer: the checksum is kept here
    bool ended;            // the end of the compressed data has been seen
    int after_end;
    uint32_t crc;
    int64_t buffer_size;   // for zlib:getBufSize, no more
    Held *stash;
    Vec(Held *) input;     // binaries
    size_t first;          // of input: those before it are used up
    size_t offset;         // into the first one
    uint64_t waiting;      // bytes of input
} Stream;

// ---- memory --------------------------------------------------------------------------
// A block knows its size: zlib does not tell it again.
typedef struct Block {
    size_t size;
    size_t unused;  // keeps what follows 16-byte aligned
} Block;

static void *stream_alloc(void *opaque, unsigned n, unsigned size)
{
    Space *s = opaque;
    size_t bytes = sizeof(Block) + (size_t)n * size;
    Block *b = arena_calloc(&s->arena, 1, bytes);
    if (b == NULL) return NULL;
    b->size = bytes;
    return b + 1;
}

static void stream_free(void *opaque, void *at)
{
    Space *s = opaque;
    if (at == NULL) return;
    Block *b = (Block *)at - 1;
    arena_free(&s->arena, b, b->size);
}

static void drop_input(Stream *s)
{
    for (size_t i = s->first; i < s->input.len; i++) held_release(s->space, s->input.items[i]);
    s->input.len = 0;
    s->first = 0, s->offset = 0, s->waiting = 0;
}

static void drop_stash(Stream *s)
{
    held_release(s->space, s->stash);
    s->stash = NULL;
}

static void end_codec(Stream *s)
{
    if (s->state == STREAM_DEFLATE) (void)deflateEnd(&s->z);
    else if (s->state == STREAM_INFLATE) (void)inflateEnd(&s->z);
}

static void destroy_stream(Space *space, NativeObject *o)
{
    Stream *s = container_of(o, Stream, object);
    end_codec(s);
    drop_input(s);
    drop_stash(s);
    vec_clear(&s->input);
    arena_free(&space->arena, s, sizeof *s);
}

static const NativeClass stream_class = {"zlib", destroy_stream};

// ---- arguments ---------------------------------------------------------------------------
// The stream that t refers to, for its owner; NULL with the exception set.
static Stream *stream_of(Process *p, Term t)
{
    NativeObject *o = magic_object(t, &stream_class);
    if (o == NULL) {
        (void)bif_badarg(p);
        return NULL;
    }
    Stream *s = container_of(o, Stream, object);
    if (s->owner != p->pid) {
        (void)bif_error(p, AM_not_on_controlling_process);
        return NULL;
    }
    return s;
}

static Stream *stream_in(Process *p, Term t, StreamState state)
{
    Stream *s = stream_of(p, t);
    if (s != NULL && s->state != state) {
        (void)bif_error(p, AM_not_initialized);
        return NULL;
    }
    return s;
}

static bool get_int(Term t, int *out)
{
    if (!is_small(t) || small_value(t) < INT32_MIN || small_value(t) > INT32_MAX) return false;
    *out = (int)small_value(t);
    return true;
}

// What zlib said.
static Term outcome(Process *p, int code)
{
    switch (code) {
    case Z_OK: return AM_ok;
    case Z_STREAM_END: return AM_stream_end;
    case Z_STREAM_ERROR: return bif_error(p, AM_stream_error);
    case Z_DATA_ERROR: return bif_error(p, AM_data_error);
    case Z_MEM_ERROR: return AM_mem_error;
    case Z_BUF_ERROR: return AM_buf_error;
    case Z_VERSION_ERROR: return AM_version_error;
    default: return AM_unknown_error;
    }
}

// ---- life ----------------------------------------------------------------------------------
Term bif_zlib_open_0(Process *p, Term *args)
{
    Space *space = &p->iso->space;
    Stream *s = arena_calloc(&space->arena, 1, sizeof *s);
    Term *hp = s == NULL ? NULL : heap_alloc(&p->heap, MAGIC_WORDS);
    if (hp == NULL) {
        arena_free(&space->arena, s, sizeof *s);
        return bif_no_memory(p);
    }
    *s = (Stream){.object = {&stream_class, 1, space_next_ref(space)},
                  .space = space,
                  .owner = p->pid,
                  .after_end = AFTER_END_CUT,
                  .buffer_size = 4000};
    s->z.zalloc = stream_alloc, s->z.zfree = stream_free, s->z.opaque = space;
    vec_init(&s->input, &space->arena);
    return magic_ref_at(hp, &p->heap.off, &s->object);
}

Term bif_zlib_close_1(Process *p, Term *args)
{
    Stream *s = stream_of(p, args[0]);
    if (s == NULL) return TERM_NONE;
    if (s->state == STREAM_CLOSED) return bif_error(p, AM_not_initialized);
    end_codec(s);
    drop_input(s);
    drop_stash(s);
    s->state = STREAM_CLOSED;
    return AM_ok;
}

Term bif_zlib_set_controller_2(Process *p, Term *args)
{
    if (!is_local_pid(args[1])) return bif_badarg(p);
    Stream *s = stream_of(p, args[0]);
    if (s == NULL) return TERM_NONE;
    s->owner = args[1];
    return AM_ok;
}

static void begin(Stream *s, StreamState state, int window_bits)
{
    s->state = state;
    s->ended = false;
    s->raw = window_bits < 0;
    s->crc = 0;
}

Term bif_zlib_deflate_init_6(Process *p, Term *args)
{
    int level, method, bits, memory, strategy;
    if (!get_int(args[1], &level) || !get_int(args[2], &method) || !get_int(args[3], &bits) ||
        !get_int(args[4], &memory) || !get_int(args[5], &strategy)) {
        return bif_badarg(p);
    }
    Stream *s = stream_of(p, args[0]);
    if (s == NULL) return TERM_NONE;
    if (s->state != STREAM_NONE) return bif_error(p, AM_already_initialized);
    int code = deflateInit2(&s->z, level, method, bits, memory, strategy);
    if (code == Z_OK) begin(s, STREAM_DEFLATE, bits);
    return outcome(p, code);
}

Term bif_zlib_inflate_init_3(Process *p, Term *args)
{
    int bits, after_end;
    if (!get_int(args[1], &bits) || !get_int(args[2], &after_end)) return bif_badarg(p);
    Stream *s = stream_of(p, args[0]);
    if (s == NULL) return TERM_NONE;
    if (s->state != STREAM_NONE) return bif_error(p, AM_already_initialized);
    int code = inflateInit2(&s->z, bits);
    if (code == Z_OK) begin(s, STREAM_INFLATE, bits);
    s->after_end = after_end;
    return outcome(p, code);
}

static Term reset(Process *p, Term stream, StreamState state, int (*codec_reset)(z_streamp))
{
    Stream *s = stream_in(p, stream, state);
    if (s == NULL) return TERM_NONE;
    int code = codec_reset(&s->z);
    s->crc = 0;
    s->ended = false;
    drop_input(s);
    drop_stash(s);
    return outcome(p, code);
}

Term bif_zlib_deflate_reset_1(Process *p, Term *args)
{
    return reset(p, args[0], STREAM_DEFLATE, deflateReset);
}
Term bif_zlib_inflate_reset_1(Process *p, Term *args)
{
    return reset(p, args[0], STREAM_INFLATE, inflateReset);
}

// Ending with input left over, or in the middle of compressed data, is an error.
static Term finish(Process *p, Term stream, StreamState state)
{
    Stream *s = stream_in(p, stream, state);
    if (s == NULL) return TERM_NONE;
    int code = state == STREAM_DEFLATE ? deflateEnd(&s->z) : inflateEnd(&s->z);
    if (code == Z_OK && (s->waiting > 0 || (state == STREAM_INFLATE && !s->ended)))
        code = Z_DATA_ERROR;
    drop_input(s);
    drop_stash(s);
    s->state = STREAM_NONE;
    return outcome(p, code);
}

Term bif_zlib_deflate_end_1(Process *p, Term *args) { return finish(p, args[0], STREAM_DEFLATE); }
Term bif_zlib_inflate_end_1(Process *p, Term *args) { return finish(p, args[0], STREAM_INFLATE); }

// zlib.erl has flushed the stream before: nothing is written here.
Term bif_zlib_deflate_params_3(Process *p, Term *args)
{
    int level, strategy;
    if (!get_int(args[1], &level) || !get_int(args[2], &strategy)) return bif_badarg(p);
    Stream *s = stream_in(p, args[0], STREAM_DEFLATE);
    if (s == NULL) return TERM_NONE;
    uint8_t byte;
    s->z.next_out = &byte;
    s->z.avail_out = 1;
    int code = deflateParams(&s->z, level, strategy);
    return outcome(p, s->z.avail_out == 0 ? Z_STREAM_ERROR : code);
}

// ---- dictionaries ----------------------------------------------------------------------------
static Term set_dictionary(Process *p, Term *args, StreamState state)
{
    Stream *s = stream_in(p, args[0], state);
    if (s == NULL) return TERM_NONE;
    IoBytes bytes;
    IoResult r = iodata_bytes(p, args[1], &bytes);
    if (r != IOBYTES_OK) return r == IOBYTES_BAD ? bif_badarg(p) : TERM_NONE;
    uInt len = bytes.len > UINT32_MAX ? UINT32_MAX : (uInt)bytes.len;
    Term value;
    if (state == STREAM_INFLATE) {
        value = outcome(p, inflateSetDictionary(&s->z, bytes.at, len));
    } else {
        int code = deflateSetDictionary(&s->z, bytes.at, len);
        uLong sum = s->raw ? adler32(0, bytes.at, len) : s->z.adler;
        value = code == Z_OK ? bif_make_uint64(p, sum) : outcome(p, code);
    }
    bif_charge(p, len / 256);
    iodata_bytes_free(p, &bytes);
    return value;
}

Term bif_zlib_deflate_set_dictionary_2(Process *p, Term *args)
{
    return set_dictionary(p, args, STREAM_DEFLATE);
}
Term bif_zlib_inflate_set_dictionary_2(Process *p, Term *args)
{
    return set_dictionary(p, args, STREAM_INFLATE);
}

Term bif_zlib_inflate_get_dictionary_1(Process *p, Term *args)
{
    Stream *s = stream_in(p, args[0], STREAM_INFLATE);
    if (s == NULL) return TERM_NONE;
    uint8_t *bytes = bif_scratch(p, DICTIONARY_MAX);
    if (bytes == NULL) return TERM_NONE;
    uInt len = 0;
    int code = inflateGetDictionary(&s->z, bytes, &len);
    Term value = code < 0 ? outcome(p, code) : bif_make_binary(p, bytes, len);
    bif_scratch_free(p, bytes, DICTIONARY_MAX);
    return value;
}

// ---- input ---------------------------------------------------------------------------------------
// The queue owns a copy of the binary's term; the bytes of a large one are shared.
static bool enqueue(Process *p, Stream *s, Term binary)
{
    if (bitstring_bits(binary) == 0) return true;
    if (bits_of(binary).bit != 0) {
        IoBytes flat;
        if (iodata_bytes(p, binary, &flat) != IOBYTES_OK) return false;
        binary = bif_make_binary(p, flat.at, flat.len);
        iodata_bytes_free(p, &flat);
        if (binary == TERM_NONE) return false;
    }
    Held *h = held_new(s->space, binary);
    if (h == NULL || vec_push(&s->input, h) != ST_OK) {
        held_release(s->space, h);
        (void)bif_no_memory(p);
        return false;
    }
    s->waiting += bitstring_bits(binary) / 8;
    return true;
}

// ok, or {continue, Rest}.
Term bif_zlib_enqueue_2(Process *p, Term *args)
{
    Stream *s = stream_of(p, args[0]);
    if (s == NULL) return TERM_NONE;
    if (s->state != STREAM_DEFLATE && s->state != STREAM_INFLATE)
        return bif_error(p, AM_not_initialized);
    Term list = args[1];
    for (unsigned n = 0; is_cons(list) && n < ENQUEUE_MAX; list = cons_tail(list), n++) {
        if (!is_binary(cons_head(list))) return bif_badarg(p);
        if (!enqueue(p, s, cons_head(list))) return TERM_NONE;
        bif_charge(p, 1);
    }
    if (is_nil(list)) return AM_ok;
    return is_cons(list) ? BUILD_TUPLE(p, AM_continue, list) : bif_badarg(p);
}

static Bits first_input(const Stream *s)
{
    Bits b = bits_of(s->input.items[s->first]->value);
    b.byte += s->offset;
    b.size = b.size / 8 - s->offset;  // bytes
    return b;
}

static void consume(Stream *s, size_t n)
{
    s->waiting -= n;
    s->offset += n;
    if (s->offset < bitstring_bits(s->input.items[s->first]->value) / 8) return;
    held_release(s->space, s->input.items[s->first++]);
    s->offset = 0;
    if (s->first == s->input.len) s->first = s->input.len = 0;
}

// ---- one chunk -----------------------------------------------------------------------------------
typedef int (*Codec)(z_streamp, int);

// Feeds up to `limit` bytes of input; behind the last one, flushes. *taken: bytes of input.
static int feed(Stream *s, Codec codec, size_t limit, int flush, size_t *taken)
{
    int code = Z_OK;
    *taken = 0;
    while (code == Z_OK && s->waiting > 0 && *taken < limit && s->z.avail_out > 0) {
        Bits in = first_input(s);
        size_t n = in.size < limit ? in.size : limit;
        s->z.next_in = in.byte;
        s->z.avail_in = (uInt)n;
        code = codec(&s->z, Z_NO_FLUSH);
        n -= s->z.avail_in;
        if (s->raw && s->state == STREAM_DEFLATE)
            s->crc = (uint32_t)crc32(s->crc, in.byte, (uInt)n);
        *taken += n;
        if (n > 0) consume(s, n);
    }
    if (code == Z_OK && s->waiting == 0 && s->z.avail_out > 0) {
        s->z.next_in = NULL;
        s->z.avail_in = 0;
        code = codec(&s->z, flush);
    }
    return code;
}

// {continue | finished, [Output]} or {need_dictionary, Adler, [Output]}.
static Term chunk(Process *p, Stream *s, Codec codec, size_t in_size, size_t out_size, int flush)
{
    uint8_t *out = bif_scratch(p, out_size);
    if (out == NULL) return TERM_NONE;
    s->z.next_out = out;
    s->z.avail_out = (uInt)out_size;
    size_t taken, made;
    int code = feed(s, codec, in_size, flush, &taken);
    made = out_size - s->z.avail_out;
    bif_charge(p, 1 + taken / 32 + made / 64);
    Term value;
    if ((code < 0 && code != Z_BUF_ERROR) || (taken == 0 && made == 0 && s->waiting > 0)) {
        value = outcome(p, code < 0 && code != Z_BUF_ERROR ? code : Z_DATA_ERROR);
    } else {
        if (code == Z_STREAM_END) s->ended = true;
        if (s->raw && s->state == STREAM_INFLATE) s->crc = (uint32_t)crc32(s->crc, out, (uInt)made);
        Term list = made == 0 ? TERM_NIL : build_cons(p, bif_make_binary(p, out, made), TERM_NIL);
        if (s->waiting == 0 && made < out_size) value = BUILD_TUPLE(p, AM_finished, list);
        else if (code != Z_NEED_DICT) value = BUILD_TUPLE(p, AM_continue, list);
        else value = BUILD_TUPLE(p, AM_need_dictionary, bif_make_uint64(p, s->z.adler), list);
    }
    bif_scratch_free(p, out, out_size);
    return value;
}

static Term run_codec(Process *p, Term *args, StreamState state, Codec codec)
{
    int in_size, out_size, flush;
    if (!get_int(args[1], &in_size) || !get_int(args[2], &out_size) || !get_int(args[3], &flush) ||
        in_size <= 0 || out_size <= 0 || in_size > CHUNK_MAX || out_size > CHUNK_MAX) {
        return bif_badarg(p);
    }
    Stream *s = stream_in(p, args[0], state);
    if (s == NULL) return TERM_NONE;
    if (state == STREAM_INFLATE && s->ended && s->waiting > 0) {
        if (s->after_end == AFTER_END_ERROR) return outcome(p, Z_DATA_ERROR);
        if (s->after_end == AFTER_END_RESET) {
            int code = inflateReset(&s->z);
            if (code != Z_OK) return outcome(p, code);
            s->ended = false;
        } else {
            drop_input(s);
            drop_stash(s);
        }
    }
    return chunk(p, s, codec, (size_t)in_size, (size_t)out_size, flush);
}

Term bif_zlib_deflate_4(Process *p, Term *args)
{
    return run_codec(p, args, STREAM_DEFLATE, deflate);
}
Term bif_zlib_inflate_4(Process *p, Term *args)
{
    return run_codec(p, args, STREAM_INFLATE, inflate);
}

// ---- the rest ------------------------------------------------------------------------------------
Term bif_zlib_crc32_1(Process *p, Term *args)
{
    Stream *s = stream_of(p, args[0]);
    if (s == NULL) return TERM_NONE;
    if (s->state != STREAM_DEFLATE && s->state != STREAM_INFLATE)
        return bif_error(p, AM_not_initialized);
    return bif_make_uint64(p, s->crc);
}

Term bif_zlib_set_buf_size_2(Process *p, Term *args)
{
    int size;
    if (!get_int(args[1], &size)) return bif_badarg(p);
    Stream *s = stream_of(p, args[0]);
    if (s == NULL) return TERM_NONE;
    s->buffer_size = size;
    return AM_ok;
}

Term bif_zlib_get_buf_size_1(Process *p, Term *args)
{
    Stream *s = stream_of(p, args[0]);
    return s == NULL ? TERM_NONE : make_small(s->buffer_size);
}

Term bif_zlib_set_stash_2(Process *p, Term *args)
{
    Stream *s = stream_of(p, args[0]);
    if (s == NULL) return TERM_NONE;
    if (s->stash != NULL) return bif_error(p, AM_error);
    s->stash = held_new(s->space, args[1]);
    return s->stash == NULL ? bif_no_memory(p) : AM_ok;
}

Term bif_zlib_clear_stash_1(Process *p, Term *args)
{
    Stream *s = stream_of(p, args[0]);
    if (s == NULL) return TERM_NONE;
    if (s->stash == NULL) return bif_error(p, AM_error);
    drop_stash(s);
    return AM_ok;
}

Term bif_zlib_get_stash_1(Process *p, Term *args)
{
    Stream *s = stream_of(p, args[0]);
    if (s == NULL) return TERM_NONE;
    if (s->stash == NULL) return AM_word_empty;
    Term copy = copy_term(&p->heap, s->stash->value);
    return copy == TERM_NONE ? bif_no_memory(p) : BUILD_TUPLE(p, AM_ok, copy);
}
