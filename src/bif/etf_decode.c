// SPDX-License-Identifier: Apache-2.0
// bif/etf_decode.c - erlang:binary_to_term/1,2.

#include "bif/etf_job.h"
#include "exec/exception.h"
#include "proc/isolate.h"

typedef struct DecodeJob {
    NativeObject object;
    EtfDecoder *decoder;
    EtfNames names;
    void *scratch;  // a copy of a binary that does not begin at a byte
    size_t scratch_size;
    bool want_used, measured;
    BifIndex shown;  // in stack traces
    size_t words, used;
    Term *at;
} DecodeJob;

static void destroy(Space *s, NativeObject *o)
{
    DecodeJob *j = (DecodeJob *)o;
    etf_decoder_free(j->decoder);
    arena_free(&s->arena, j->scratch, j->scratch_size);
    arena_free(&s->arena, j, sizeof *j);
}

static const NativeClass decode_class = {"binary_to_term", destroy};

Term etf_job_keep(Process *p, NativeObject *job)
{
    Term *at = bif_alloc(p, MAGIC_WORDS);
    if (at == NULL) {
        native_release(&p->iso->space, job);
        return TERM_NONE;
    }
    job->ref_number = space_next_ref(&p->iso->space);
    p->heap.pinned = true;
    return magic_ref_at(at, &p->heap.off, job);
}

static DecodeJob *job_new(Process *p, Term binary, bool safe, bool want_used)
{
    Space *s = &p->iso->space;
    DecodeJob *j = arena_calloc(&s->arena, 1, sizeof *j);
    if (j == NULL) return NULL;
    j->object = (NativeObject){&decode_class, 1, 0};
    j->names = etf_guest_names(p->iso);
    j->want_used = want_used;
    size_t len, max = SIZE_MAX;
    if (s->arena.limit != ARENA_NO_LIMIT)
        max = s->arena.used < s->arena.limit ? (s->arena.limit - s->arena.used) / sizeof(Term) + 64
                                             : 64;
    const uint8_t *bytes = binary_flat_bytes(s, binary, &len, &j->scratch, &j->scratch_size);
    if (bytes != NULL) j->decoder = etf_decoder_new(s, bytes, len, safe, &j->names, max);
    if (j->decoder != NULL) {
        EtfBounds bounds = etf_guest_bounds(p->iso);
        etf_decoder_bound(j->decoder, &bounds);
        return j;
    }
    native_release(s, &j->object);
    return NULL;
}

// One turn. ETF_OK: *out is the term.
static EtfResult turn(Process *p, DecodeJob *j, Term *out)
{
    int64_t begun = etf_turn_begin(p), left = begun;
    EtfResult r = ETF_OK;
    if (!j->measured) {
        r = etf_decoder_measure(j->decoder, &left, &j->words, &j->used);
        if (r == ETF_LIMIT) r = ETF_NOMEM;  // there is no room for so many words
        if (r == ETF_OK) {
            etf_note_measured(p->iso, j->decoder, j->words);
            j->measured = true;
            j->at = heap_alloc(&p->heap, j->words);
            if (j->at == NULL) r = ETF_NOMEM;
        }
    }
    if (r == ETF_OK) {
        Term *end;
        r = etf_decoder_build(j->decoder, &left, j->at, &p->heap, &end, &p->heap.off, out);
        if (r == ETF_OK) heap_shrink(&p->heap, j->at, j->words, (size_t)(end - j->at));
    }
    if (r != ETF_OK && r != ETF_MORE && j->at != NULL) heap_shrink(&p->heap, j->at, j->words, 0);
    etf_turn_end(p, begun, left);
    return r;
}

static Term with_used(Process *p, const DecodeJob *j, Term t)
{
    if (!j->want_used) return t;
    Term *hp = bif_alloc(p, 3);
    return hp == NULL ? TERM_NONE : tuple2_at(&hp, t, make_small((int64_t)j->used));
}

static Term failure(Process *p, EtfResult r)
{
    switch (r) {
    case ETF_LARGE:
    case ETF_DEEP: etf_note_refused(p->iso, r); return bif_system_limit(p);
    case ETF_NOMEM: return bif_no_memory(p);
    case ETF_LIMIT: return bif_system_limit(p);
    default: return bif_badarg(p);
    }
}

static Term decode(Process *p, BifIndex shown, Term binary, bool safe, bool want_used, Term opts)
{
    if (!is_binary(binary)) return bif_badarg(p);
    DecodeJob *j = job_new(p, binary, safe, want_used);
    if (j == NULL) return bif_no_memory(p);
    j->shown = shown;
    Term out;
    EtfResult r = turn(p, j, &out);
    if (r == ETF_MORE) {
        Term magic = etf_job_keep(p, &j->object);
        if (magic == TERM_NONE) return TERM_NONE;
        return bif_yield(p, BIF_etf_decode_on, 3, magic, binary, opts);
    }
    Term result = r == ETF_OK ? with_used(p, j, out) : failure(p, r);
    native_release(&p->iso->space, &j->object);
    return result;
}

// Goes on: job, and the arguments of the call for its stack trace.
Term bif_etf_decode_on(Process *p, Term *args)
{
    DecodeJob *j = (DecodeJob *)magic_object(args[0], &decode_class);
    Term out;
    EtfResult r = turn(p, j, &out);
    if (r == ETF_MORE) return bif_yield(p, BIF_etf_decode_on, 3, args[0], args[1], args[2]);
    p->heap.pinned = false;
    Term result = r == ETF_OK ? with_used(p, j, out) : failure(p, r);
    if (result == TERM_NONE) exception_note_native(p, &bif_table[j->shown], args + 1);
    return result;
}

Term bif_erlang_binary_to_term_1(Process *p, Term *args)
{
    return decode(p, BIF_erlang_binary_to_term_1, args[0], false, false, TERM_NIL);
}

Term bif_erlang_binary_to_term_2(Process *p, Term *args)
{
    bool safe = false, used = false;
    Term opts = args[1];
    for (Pace rate = PACE_START; is_cons(opts); opts = list_next(opts, &rate)) {
        if (cons_head(opts) == AM_safe) safe = true;
        else if (cons_head(opts) == AM_used) used = true;
        else break;
    }
    if (!is_nil(opts)) return bif_error_cause(p, AM_badarg, AM_badopt);
    return decode(p, BIF_erlang_binary_to_term_2, args[0], safe, used, args[1]);
}
