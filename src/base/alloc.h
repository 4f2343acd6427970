// SPDX-License-Identifier: Apache-2.0
// base/alloc.h - memory that is counted before it is taken, and freed at once.
//
// An Arena is the memory of one sandbox. Blocks up to 32 KiB come from size
// classes carved out of chunks; larger ones are taken from the system one by
// one and kept on a list. A fresh arena owns nothing; its first chunk is 4 KiB
// and each is half as large again as the one before, up to about 64 KiB. Chunks are kept when their blocks are freed;
// those that are free as a whole go back to the system when a charge would
// otherwise be refused.
//
//   M1  used <= limit: a byte is charged to `used` before it is taken from the
//       system, and a charge that does not fit is refused.
//   M2  in_use <= used. in_use counts what callers hold (rounded to classes),
//       used what the system gave plus what arena_charge added.
//   M3  a block keeps its class: the size passed to arena_free is the size it
//       was allocated or last reallocated with.
//   M4  an arena is used by one thread at a time, its counters included.
//
// Everywhere a NULL arena means the process's own memory: uncounted, from
// malloc. Under AddressSanitizer each block is an allocation of its own, so that
// misuse is seen.

#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include "base/compiler.h"

#define ARENA_SMALL_MAX   512u
#define ARENA_CLASS_MAX   32768u
#define ARENA_CLASS_COUNT (ARENA_SMALL_MAX / 16 + 6 * 4)
#define ARENA_NO_LIMIT    UINT64_MAX

typedef struct ArenaChunk ArenaChunk;
typedef struct ArenaLarge ArenaLarge;

typedef struct Arena {
    uint64_t limit;  // bytes; may be changed at any time, also below used
    uint64_t used;  // bytes taken from the system and charged by hand
    uint64_t peak;  // the highest used so far
    uint64_t in_use;  // bytes handed out by arena_alloc and not yet freed
    uint64_t chunk_bytes;  // part of used: all chunks
    uint64_t freed;  // into free lists since free chunks were last looked for
    ArenaChunk *chunks;
    ArenaLarge *large;
    uint8_t *bump;  // what is left of the newest chunk
    uint8_t *bump_end;
    size_t next_chunk;  // size of the next chunk
    void *free_lists[ARENA_CLASS_COUNT];
} Arena;

// Takes no memory. limit is in bytes or ARENA_NO_LIMIT.
void arena_init(Arena *a, uint64_t limit);

// Frees every block in time proportional to the number of chunks and large
// blocks. The arena is empty and usable afterwards; limit and peak stay, and
// what arena_charge added is forgotten.
void arena_clear(Arena *a);

// 16-byte aligned, uninitialised. NULL when the charge is refused or the system
// has no memory. size 0 gives a block that must be freed with size 0.
MUST_USE void *arena_alloc(Arena *a, size_t size);

// The same with n * size bytes set to zero; a product that overflows is refused.
MUST_USE void *arena_calloc(Arena *a, size_t n, size_t size);

// p may be NULL. size is what it was allocated with (M3).
void arena_free(Arena *a, void *p, size_t size);

// Like realloc: NULL leaves the old block as it was. p NULL allocates.
MUST_USE void *arena_realloc(Arena *a, void *p, size_t old_size, size_t new_size);

// Between the two, `scratch` is memory of its own that may take what `of` has left: together they
// stay within the limit of `of` (NULL: none), which nobody charges meanwhile, and whose peak
// counts both. The end frees all of it.
void arena_begin_scratch(Arena *scratch, const Arena *of);
void arena_end_scratch(Arena *scratch, Arena *of);

// Gives chunks of which no block is in use back to the system. O(free blocks).
void arena_trim(Arena *a);

// Gives back the pages that wait to be used again by some arena of the process, 32 MiB at the
// most. Not from within a turn.
void arena_free_spare(void);
size_t arena_spare_bytes(void);  // how many wait now, about

// Charges bytes that the sandbox causes outside of the arena; false when they do
// not fit under the limit (nothing is charged then). A NULL arena grants all.
MUST_USE bool arena_charge(Arena *a, uint64_t bytes);
void arena_uncharge(Arena *a, uint64_t bytes);

// Shows visit all memory that the arena holds, whether it is handed out or not, as runs of
// 64-bit words: for conservative searches. Returns the number of words.
typedef void (*ArenaVisit)(void *context, const uint64_t *words, size_t count);
uint64_t arena_scan(const Arena *a, ArenaVisit visit, void *context);

#ifndef NDEBUG
// For tests: the n-th allocation of the process from now on fails (1 is the
// next one), and so does every one after it until alloc_fail_after(0).
void alloc_fail_after(uint64_t n);
#endif

#endif
