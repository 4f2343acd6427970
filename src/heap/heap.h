// SPDX-License-Identifier: Apache-2.0
// heap/heap.h - where the values of one process live.
//
// One block holds the young heap, growing up from `start`, and the stack,
// growing down from `end`. Values that survived a collection move to the old
// block. What does not fit while nothing may move goes into fragments, which
// the next collection empties.
//
//   H1  start <= high_water <= hp <= sp <= end. Below high_water are values that
//       have survived one minor collection; the next one moves them to old.
//   H2  nothing in old points into young; nothing in the frozen region points
//       into any heap.
//   H3  only heap_reserve and heap_collect move values. Whoever calls them
//       passes every root; after them every Term held in a C variable is stale.
//   H4  heap_alloc never moves anything. What it returns must be filled with
//       well-formed values before the next heap_reserve or heap_collect.
//   H5  every off-heap object (O1) on the heap is in `off` (or `old_off`), and
//       in no other list.
#pragma once
#include "heap/space.h"

typedef struct HeapFrag {
    struct HeapFrag *next;
    size_t words;  // capacity
    size_t used;
    Term data[];
} HeapFrag;

typedef struct Heap {
    Term *hp;
    Term *sp;
    Term *start;
    Term *end;
    Term *high_water;
    HeapFrag *frags;
    Term *off;       // off-heap objects in young and fragments
    Space *space;
    Term *old_start, *old_top, *old_end;
    Term *old_off;
    size_t frag_words;
    size_t min_words;        // smallest block (min_heap_size)
    size_t max_words;        // max_heap_size; 0 = no limit of its own
    uint32_t minor_count;    // minor collections since the last full one
    uint32_t fullsweep_after;
    uint64_t collections;    // minor and full together, for statistics
    uint64_t off_bytes;      // off-heap bytes referred to since the last collection
    uint64_t off_limit;      // virtual binary heap: collect when off_bytes passes it
    uint64_t old_off_bytes;  // off-heap bytes that old refers to
    uint64_t old_off_limit;  // beyond it the next collection is a full one
    uint32_t stress_turn;    // stress builds: reserves since the heap became large
    bool pinned;             // a builtin that goes on later holds pointers into the heap:
                             // collections do nothing until it clears this
    bool grow;               // the last collection left little room: take a larger block
    bool over_max;           // a collection needed more than max_words; whoever set
                             // max_words decides what that means and clears this
    size_t peak_words;       // what the last collection needed, its copy included
} Heap;

// A contiguous run of roots.
typedef struct RootSpan {
    Term *at;
    size_t count;
} RootSpan;

// All roots of a heap beside its stack [sp, end), which is always scanned.
typedef struct Roots {
    RootSpan *spans;
    size_t count;
} Roots;

#define HEAP_DEFAULT_WORDS   233
#define HEAP_FULLSWEEP_AFTER 65535
#define HEAP_OFF_MIN         ((uint64_t)256 << 10)  // smallest off_limit, bytes

// A block of at least min_words (rounded up to heap_block_size). ST_LIMIT.
MUST_USE Status heap_init(Heap *h, Space *s, size_t min_words);
void heap_clear(Heap *h);

// Room for `words` words that stay where they are: from the block while the
// stack leaves room, else from a fragment. NULL: the sandbox's memory limit (or
// the machine) refuses. [gc: no]
Term *heap_alloc_slow(Heap *h, size_t words);
static inline Term *heap_alloc(Heap *h, size_t words)
{
    Term *at = h->hp;
    if (LIKELY((size_t)(h->sp - at) >= words)) {
        h->hp = at + words;
        return at;
    }
    return heap_alloc_slow(h, words);
}
// Gives back the tail of the most recent heap_alloc: [used, at+words).
void heap_shrink(Heap *h, Term *at, size_t words, size_t used);

// Makes sure that `words` words fit between hp and sp, collecting if need be.
// ST_LIMIT: they cannot (or the heap is pinned and has no such room). [gc: may]
MUST_USE Status heap_reserve(Heap *h, size_t words, const Roots *roots);
// Collects; full: the old generation too. Leaves at least `words` free. [gc: may]
MUST_USE Status heap_collect(Heap *h, size_t words, bool full, const Roots *roots);
// Would a collection be due before the process goes on (fragments hang on the
// heap, or off-heap bytes passed their limit)?
static inline bool heap_wants_gc(const Heap *h)
{
    if (h->pinned) return false;
    return h->frags != NULL || h->off_bytes > h->off_limit;
}

// Collects everything into the smallest block that holds it, for a process that
// goes to sleep. [gc: may]
MUST_USE Status heap_compact(Heap *h, const Roots *roots);
// NULL, or which invariant (H1, H2, H5, T1..T5) the live values break. For
// tests and debug builds: slow, memory from malloc, uncharged. When there is none it
// says nothing.
const char *heap_check(const Heap *h, const Roots *roots);

// Puts an off-heap object into a list. off: &heap->off, or the list of an ETS
// object or another owner of copied terms.
static inline void off_link(Term **off, Term *object)
{
    object[4] = (Term)*off;
    *off = object;
}
// Releases every object of a list (the owner of its words is going away).
void off_release_all(Space *s, Term *off);
void off_release(Space *s, Term *object);  // of one object, which is in no list

size_t heap_words_used(const Heap *h);   // young + old + fragments + stack
size_t heap_words_held(const Heap *h);   // the blocks and fragments themselves
// The size of block that the growth sequence has for `words`: 12, 38, 51, … 233,
// 376, … each the sum of the two before it (plus one), from 833026 words on a
// fifth more.
size_t heap_block_size(size_t words);

// ---- for heap/ itself ---------------------------------------------------------
Term *heap_block_new(Space *s, size_t words);  // NULL: refused
void heap_block_free(Space *s, Term *block, size_t words);
void heap_free_frags(Heap *h);

// ---- lists, tuples: constructors that cannot fail ---------------------------
static inline Term cons_at(Term **hp, Term head, Term tail)
{
    Term *c = *hp;
    c[0] = head;
    c[1] = tail;
    *hp = c + 2;
    return make_cons(c);
}
static inline Term tuple2_at(Term **hp, Term a, Term b)
{
    Term *t = *hp;
    t[0] = TUPLE_HEADER(2), t[1] = a, t[2] = b;
    *hp = t + 3;
    return make_boxed(t);
}
static inline Term tuple3_at(Term **hp, Term a, Term b, Term c)
{
    Term *t = *hp;
    t[0] = TUPLE_HEADER(3), t[1] = a, t[2] = b, t[3] = c;
    *hp = t + 4;
    return make_boxed(t);
}
