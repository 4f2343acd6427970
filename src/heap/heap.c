// SPDX-License-Identifier: Apache-2.0
// heap/heap.c - the block and its fragments; gc.c moves what lies in them.

#include "heap/heap.h"

#include "base/fiber.h"
#include "heap/binary.h"

#define FRAG_MIN_WORDS 64
// Beyond this no size in words is asked of the arena, so that no product below
// can overflow.
#define WORDS_MAX ((size_t)1 << 56)

#define HEAP_GENTLE_WORDS ((size_t)833026)  // a member of the sequence, as OTP's

size_t heap_block_size(size_t words)
{
    size_t before = 12, size = 38;
    if (words <= before) return before;
    while (size < words) {
        if (size > WORDS_MAX) return SIZE_MAX;
        // Steep while blocks are small; gentle when a step costs megabytes.
        size_t next = size < HEAP_GENTLE_WORDS ? size + before + 1 : size + size / 5;
        before = size;
        size = next;
    }
    return size;
}

Term *heap_block_new(Space *s, size_t words)
{
    if (words > WORDS_MAX) return NULL;
    return arena_alloc(&s->arena, words * sizeof(Term));
}

void heap_block_free(Space *s, Term *block, size_t words)
{
    if (block == NULL) return;
#if APEX_STRESS
    // A stale pointer must not find what looks like a term: 0x5D ends in 01.
    memset(block, 0x5D, words * sizeof(Term));
#endif
    arena_free(&s->arena, block, words * sizeof(Term));
}

Status heap_init(Heap *h, Space *s, size_t min_words)
{
    memset(h, 0, sizeof *h);
    size_t words = heap_block_size(min_words);
    h->start = heap_block_new(s, words);
    if (h->start == NULL) return ST_LIMIT;
    h->end = h->start + words;
    h->hp = h->high_water = h->start;
    h->sp = h->end;
    h->space = s;
    h->min_words = words;
    h->fullsweep_after = HEAP_FULLSWEEP_AFTER;
    h->off_limit = h->old_off_limit = HEAP_OFF_MIN;
    return ST_OK;
}

void heap_free_frags(Heap *h)
{
    Pace work = PACE_START;
    for (HeapFrag *f = h->frags, *next; f != NULL; f = next) {
        next = f->next;
        (void)pace(&work, 16 + f->words / 256);
#if APEX_STRESS
        memset(f->data, 0x5D, f->words * sizeof(Term));
#endif
        arena_free(&h->space->arena, f, sizeof *f + f->words * sizeof(Term));
    }
    h->frags = NULL;
    h->frag_words = 0;
}

void heap_clear(Heap *h)
{
    if (h->start == NULL) return;
    off_release_all(h->space, h->off);
    off_release_all(h->space, h->old_off);
    heap_free_frags(h);
    heap_block_free(h->space, h->start, (size_t)(h->end - h->start));
    heap_block_free(h->space, h->old_start, (size_t)(h->old_end - h->old_start));
    memset(h, 0, sizeof *h);
}

static HeapFrag *frag_new(Space *s, size_t words)
{
    if (words > WORDS_MAX) return NULL;
    HeapFrag *f = arena_alloc(&s->arena, sizeof *f + words * sizeof(Term));
    if (f == NULL) return NULL;
    f->words = words;
    f->used = 0;
    return f;
}

Term *heap_alloc_slow(Heap *h, size_t words)
{
    if ((size_t)(h->sp - h->hp) >= words) {
        Term *at = h->hp;
        h->hp += words;
        return at;
    }
    HeapFrag *f = h->frags;
    if (f == NULL || f->words - f->used < words) {
        // Half of what hangs there already, so that many small pieces make few
        // fragments; exactly what is asked for when memory is short.
        size_t want = h->frag_words / 2 > FRAG_MIN_WORDS ? h->frag_words / 2 : FRAG_MIN_WORDS;
        f = want > words ? frag_new(h->space, want) : NULL;
        if (f == NULL) f = frag_new(h->space, words);
        if (f == NULL) return NULL;
        f->next = h->frags;
        h->frags = f;
    }
    Term *at = f->data + f->used;
    f->used += words;
    h->frag_words += words;
    return at;
}

void heap_shrink(Heap *h, Term *at, size_t words, size_t used)
{
    ASSERT(used <= words);
    if (at + words == h->hp) {
        h->hp = at + used;
        return;
    }
    HeapFrag *f = h->frags;
    if (f != NULL && at + words == f->data + f->used) {
        f->used -= words - used;
        h->frag_words -= words - used;
    }
}

size_t heap_words_used(const Heap *h)
{
    return (size_t)(h->hp - h->start) + (size_t)(h->end - h->sp) +
           (size_t)(h->old_top - h->old_start) + h->frag_words;
}

size_t heap_words_held(const Heap *h)
{
    size_t words = (size_t)(h->end - h->start) + (size_t)(h->old_end - h->old_start);
    for (const HeapFrag *f = h->frags; f != NULL; f = f->next) words += f->words;
    return words;
}

void off_release(Space *s, Term *object)
{
    if (header_kind(object[0]) == BOX_REFC_BIN) bin_data_release(s, ((RefcBin *)object)->data);
    else native_release(s, ((MagicRef *)object)->object);
}

void off_release_all(Space *s, Term *off)
{
    Pace work = PACE_START;
    while (off != NULL) {
        Term *next = (Term *)off[4];
        (void)pace(&work, 16);
        off_release(s, off);
        off = next;
    }
}
