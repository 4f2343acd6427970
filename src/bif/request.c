// SPDX-License-Identifier: Apache-2.0
// bif/request.c - see request.h.
#include "bif/request.h"

#include <stdlib.h>

#include "bif/build.h"
#include "bif/code.h"
#include "proc/isolate.h"
#include "proc/signal.h"

static void drop_answer(Space *s, HostRequest *r)
{
    if (r->bytes == NULL) return;
    free(r->bytes);
    r->bytes = NULL;
    arena_uncharge(&s->arena, r->len);
}

static void destroy_request(Space *s, NativeObject *o)
{
    HostRequest *r = container_of(o, HostRequest, object);
    if (r->host != NULL) r->forget(r);
    drop_answer(s, r);
    arena_free(&s->arena, r, sizeof *r);
}

static const NativeClass request_class = {"host request", destroy_request};

void request_answer(Isolate *iso, HostRequest *r, bool failed, uint8_t *bytes, size_t len)
{
    r->host = NULL;
    r->done = true;
    r->failed = failed;
    r->len = len;
    // A process that is suspended may let it wait for as long as it likes.
    if (arena_charge(&iso->space.arena, len)) r->bytes = bytes;
    else free(bytes);
    Process *p = proc_lookup(iso, r->pid);
    if (p != NULL && p != iso->current) proc_wake(iso, p);
}

static Term take_answer(Process *p, HostRequest *r)
{
    if (r->bytes == NULL) return bif_no_memory(p);
    Term bytes = bif_make_binary(p, r->bytes, r->len);
    drop_answer(&p->iso->space, r);
    if (bytes == TERM_NONE) return TERM_NONE;
    return BUILD_TUPLE(p, r->failed ? AM_error : AM_ok, bytes);
}

static Term new_request(Process *p, HostRequest **out)
{
    Space *s = &p->iso->space;
    HostRequest *r = arena_alloc(&s->arena, sizeof *r);
    Term *hp = r == NULL ? NULL : heap_alloc(&p->heap, MAGIC_WORDS);
    if (hp == NULL) {
        arena_free(&s->arena, r, sizeof *r);
        return bif_no_memory(p);
    }
    *r = (HostRequest){.object = {&request_class, 1, space_next_ref(s)}, .pid = p->pid};
    *out = r;
    return magic_ref_at(hp, &p->heap.off, &r->object);
}

// request(Module, Function, Arity, Args): Args is the list of arguments in External Term
// Format. {ok, Value} or {error, Reason}, both in it too.
Term bif_apex_host_request_4(Process *p, Term *args)
{
    Isolate *iso = p->iso;
    if (!is_atom(args[0]) || !is_atom(args[1]) || !is_small(args[2]) || !is_binary(args[3]))
        return bif_badarg(p);
    int64_t arity = small_value(args[2]);
    if (arity < 0 || arity > 255) return bif_badarg(p);
    if (iso->host.request == NULL) return bif_error(p, AM_undef);
    CodeBytes bytes;
    if (code_bytes_open(p, args[3], &bytes) != ST_OK) return bif_no_memory(p);
    HostRequest *r;
    Term ref = new_request(p, &r);
    Status st = ST_OK;
    if (ref != TERM_NONE) {
        bif_charge(p, 10 + bytes.len / 64);
        st = iso->host.request(iso->host.host, r, args[0], args[1], (unsigned)arity, bytes.data,
                               bytes.len);
    }
    code_bytes_close(&bytes);
    if (ref == TERM_NONE) return TERM_NONE;
    if (st == ST_NOT_FOUND) return bif_error(p, AM_undef);
    if (st != ST_OK) return bif_refused(p, st);
    return r->done ? take_answer(p, r) : bif_wait(p, BIF_apex_host_answer_1, 1, ref);
}

Term bif_apex_host_answer_1(Process *p, Term *args)
{
    NativeObject *o = magic_object(args[0], &request_class);
    if (o == NULL) return bif_badarg(p);
    HostRequest *r = container_of(o, HostRequest, object);
    // A message that came in meanwhile wakes the process too.
    return r->done ? take_answer(p, r) : bif_wait(p, BIF_apex_host_answer_1, 1, args[0]);
}
