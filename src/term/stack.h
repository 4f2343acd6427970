// SPDX-License-Identifier: Apache-2.0
// term/stack.h - the explicit stack of everything that walks through terms.
//
// Guest data nests as deep as it likes, so no walk recurses on the C stack. A
// TermStack begins in an array of its own and grows through an arena.
//
//   K1  every word on the stack is a Term (numbers are small integers), so a
//       walk that is interrupted can hand base[0..len) to the collector as roots.
//   K2  a TermStack is not copied or moved: base may point into it.
#pragma once
#include "base/alloc.h"
#include "base/status.h"
#include "term/term.h"

#define TERM_STACK_INLINE 96
// Steps between two pause points: some ten microseconds.
#define TERM_STEPS_PAUSE 8192
// Reductions of a walk that has given up: its process is to give way at once.
#define TERM_STEPS_GIVEN_UP ((int64_t)1 << 20)

// Sharing makes a term of a few words a tree without end. So a thread has a number of steps
// that walks may take until whoever runs guests on it sets it again; when it has sunk to
// zero every walk gives up at once, and the guest is killed before it can do much with that.
// (Functions, not a variable, since a walk may begin on one thread and end on another: F2.)
//
//   K3  what a walk that has given up says is any hash, and any order but "equal": that it
//       says when it has seen that it is so. The next walk, over the same terms, may say
//       something else. So whoever changes what others see (tables, persistent terms) asks
//       term_gave_up between the last walk and the change, and whoever measures and then
//       builds does not walk again.
#define TERM_STEPS_ENDLESS UINT64_MAX  // no guest runs here
uint64_t term_steps(void);
void term_steps_set(uint64_t n);
// Takes n steps, and is a pause point now and then. False: give up.
bool term_steps_take(uint64_t n);
// A walk had no memory to go on with: the guest is as good as out of steps.
void term_give_up(void);
// Is what walks have said since the steps were set not to be relied on?
static inline bool term_gave_up(void) { return term_steps() == 0; }
// For a loop, once each step: takes a thousand at a time and notes in *done.
static inline bool term_step(uint32_t *done)
{
    return LIKELY((++*done & 1023) != 0) || term_steps_take(1024);
}

// The same for what one of these steps came to, if it was more than a little: long binaries and
// strings, which a small term may show as often as it likes.
static inline bool term_long_step(uint64_t work)
{
    return LIKELY(work < 1024) || term_steps_take(work);
}

typedef struct TermStack {
    Term *base;
    size_t len, cap;
    Arena *arena;  // whom growth is charged to; NULL: the process
    Term first[TERM_STACK_INLINE];
} TermStack;

static inline void term_stack_init(TermStack *s, Arena *arena)
{
    s->base = s->first;
    s->len = 0;
    s->cap = TERM_STACK_INLINE;
    s->arena = arena;
}
static inline void term_stack_clear(TermStack *s)
{
    if (s->base != s->first) arena_free(s->arena, s->base, s->cap * sizeof(Term));
    term_stack_init(s, s->arena);
}
bool term_stack_grow(TermStack *s, size_t n);
// Room for n more words; false: memory is refused and the stack unchanged.
MUST_USE static inline bool term_stack_room(TermStack *s, size_t n)
{
    return LIKELY(s->cap - s->len >= n) || term_stack_grow(s, n);
}
static inline void term_stack_push3(TermStack *s, Term a, Term b, Term c)  // after term_stack_room
{
    Term *p = s->base + s->len;
    p[0] = a, p[1] = b, p[2] = c;
    s->len += 3;
}
