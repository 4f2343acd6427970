// SPDX-License-Identifier: Apache-2.0
// bif/prim_buffer.c - the natives of the module prim_buffer: a queue of bytes behind a reference.
// What waits is one run of bytes, so its head is all of it.
#include <string.h>

#include "base/buf.h"
#include "bif/bif.h"
#include "bif/build.h"
#include "heap/binary.h"
#include "proc/isolate.h"

typedef struct Queue {
    NativeObject object;
    Buf bytes;
    size_t first;  // of bytes: those before it have been read
    bool locked;
} Queue;

static void destroy(Space *s, NativeObject *o)
{
    Queue *q = container_of(o, Queue, object);
    buf_clear(&q->bytes);
    arena_free(&s->arena, q, sizeof *q);
}

static const NativeClass queue_class = {"prim_buffer", destroy};

static Queue *queue_of(Term t)
{
    NativeObject *o = magic_object(t, &queue_class);
    return o == NULL ? NULL : container_of(o, Queue, object);
}

static size_t waiting(const Queue *q) { return q->bytes.len - q->first; }

static const uint8_t *head(const Queue *q)
{
    return q->first == 0 ? q->bytes.data : q->bytes.data + q->first;  // data may be NULL
}

static void skip(Queue *q, size_t n)
{
    q->first += n;
    if (q->first == q->bytes.len) q->first = q->bytes.len = 0;
}

// A count of bytes that wait.
static bool is_within(const Queue *q, Term t)
{
    return is_small(t) && small_value(t) >= 0 && (uint64_t)small_value(t) <= waiting(q);
}

Term bif_prim_buffer_new_0(Process *p, Term *args)
{
    Space *space = &p->iso->space;
    Queue *q = arena_calloc(&space->arena, 1, sizeof *q);
    Term *hp = q == NULL ? NULL : heap_alloc(&p->heap, MAGIC_WORDS);
    if (hp == NULL) {
        if (q != NULL) arena_free(&space->arena, q, sizeof *q);
        return bif_no_memory(p);
    }
    q->object = (NativeObject){&queue_class, 1, space_next_ref(space)};
    buf_init_in(&q->bytes, &space->arena);
    return magic_ref_at(hp, &p->heap.off, &q->object);
}

Term bif_prim_buffer_size_1(Process *p, Term *args)
{
    const Queue *q = queue_of(args[0]);
    return q == NULL ? bif_badarg(p) : bif_make_int64(p, (int64_t)waiting(q));
}

Term bif_prim_buffer_peek_head_1(Process *p, Term *args)
{
    const Queue *q = queue_of(args[0]);
    if (q == NULL || waiting(q) == 0) return bif_badarg(p);
    bif_charge(p, waiting(q) / 1024);
    return bif_make_binary(p, head(q), waiting(q));
}

Term bif_prim_buffer_copying_read_2(Process *p, Term *args)
{
    Queue *q = queue_of(args[0]);
    if (q == NULL || !is_within(q, args[1])) return bif_badarg(p);
    size_t n = (size_t)small_value(args[1]);
    bif_charge(p, n / 1024);
    Term read = bif_make_binary(p, head(q), n);
    if (read != TERM_NONE) skip(q, n);
    return read;
}

Term bif_prim_buffer_skip_2(Process *p, Term *args)
{
    Queue *q = queue_of(args[0]);
    if (q == NULL || !is_within(q, args[1])) return bif_badarg(p);
    skip(q, (size_t)small_value(args[1]));
    return AM_ok;
}

// The bytes of one binary join the queue.
static Status append(Process *p, Queue *q, Term binary)
{
    size_t n, scratch_size;
    void *scratch;
    Space *space = p->heap.space;
    const uint8_t *bytes = binary_flat_bytes(space, binary, &n, &scratch, &scratch_size);
    if (bytes == NULL) return ST_LIMIT;
    bif_charge(p, n / 1024 + 1);
    Status st = buf_append(&q->bytes, bytes, n);
    if (scratch != NULL) arena_free(&space->arena, scratch, scratch_size);
    return st;
}

// write(Queue, ListOfBinaries). What has been read goes first, so that the queue does not grow
// with all that ever went through it.
Term bif_prim_buffer_write_2(Process *p, Term *args)
{
    Queue *q = queue_of(args[0]);
    Term list = args[1];
    if (q == NULL) return bif_badarg(p);
    if (q->first > 0) memmove(q->bytes.data, head(q), waiting(q));
    q->bytes.len = waiting(q), q->first = 0;
    size_t before = q->bytes.len;
    Status st = ST_OK;
    for (; st == ST_OK && is_cons(list) && is_binary(cons_head(list)); list = cons_tail(list))
        st = append(p, q, cons_head(list));
    if (st == ST_OK && list == TERM_NIL) return AM_ok;
    q->bytes.len = before;
    return st == ST_OK ? bif_badarg(p) : bif_no_memory(p);
}

Term bif_prim_buffer_find_byte_index_2(Process *p, Term *args)
{
    const Queue *q = queue_of(args[0]);
    if (q == NULL || !is_small(args[1]) || small_value(args[1]) < 0 || small_value(args[1]) > 255)
        return bif_badarg(p);
    bif_charge(p, waiting(q) / 4096);
    const uint8_t *at =
        waiting(q) == 0 ? NULL : memchr(head(q), (int)small_value(args[1]), waiting(q));
    if (at == NULL) return AM_not_found;
    return BUILD_TUPLE(p, AM_ok, bif_make_int64(p, at - head(q)));
}

Term bif_prim_buffer_try_lock_1(Process *p, Term *args)
{
    Queue *q = queue_of(args[0]);
    if (q == NULL) return bif_badarg(p);
    if (q->locked) return AM_busy;
    q->locked = true;
    return AM_acquired;
}

Term bif_prim_buffer_unlock_1(Process *p, Term *args)
{
    Queue *q = queue_of(args[0]);
    if (q == NULL || !q->locked) return bif_badarg(p);
    q->locked = false;
    return AM_ok;
}
