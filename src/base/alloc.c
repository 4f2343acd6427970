// SPDX-License-Identifier: Apache-2.0
// base/alloc.c - see alloc.h.
//
// Classes: 16-byte steps up to 512 bytes, then four to a doubling, so at most a
// quarter of a block is lost to rounding. What is left of a chunk when the next
// one is needed is cut into free blocks, not lost.

#include "base/alloc.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/fiber.h"
#include "base/os.h"

#define CHUNK_MIN 4096u
#define CHUNK_MAX 65536u

struct ArenaChunk {
    ArenaChunk *next;
    size_t size;  // with this header
};

// The system takes a while to take back many pages, and the C library may decide to give back
// a lot at once. So blocks from HUGE_BYTES on are mapped one by one and unmapped a piece at a
// time. Fresh pages are dear as well: a few blocks wait to be used again, by whatever arena.
#define HUGE_BYTES  ((size_t)1 << 19)
#define PIECE_BYTES ((size_t)2 << 20)
#define SPARE_BYTES ((size_t)32 << 20)  // all that wait together
#define SPARE_MAX   16

struct ArenaLarge {
    ArenaLarge *next;
    ArenaLarge **link;  // what points to this one
    size_t size;        // with this header
    size_t mapped;      // of a huge one: bytes of pages
};

_Static_assert(sizeof(ArenaChunk) % 16 == 0, "blocks are 16-byte aligned");
_Static_assert(sizeof(ArenaLarge) % 16 == 0, "blocks are 16-byte aligned");

#ifndef NDEBUG
static _Atomic uint64_t fail_countdown;  // 0: off

void alloc_fail_after(uint64_t n) { atomic_store(&fail_countdown, n); }

static bool must_fail(void)
{
    uint64_t n = atomic_load_explicit(&fail_countdown, memory_order_relaxed);
    if (LIKELY(n == 0)) return false;
    if (n == 1) return true;
    atomic_compare_exchange_strong(&fail_countdown, &n, n - 1);
    return false;
}
#else
static bool must_fail(void) { return false; }
#endif

void arena_init(Arena *a, uint64_t limit)
{
    memset(a, 0, sizeof *a);
    a->limit = limit;
    a->next_chunk = CHUNK_MIN;
}

static bool is_huge(size_t total) { return !APEX_ASAN && total >= HUGE_BYTES; }

// What the system gives for a large block: whole pages when it is mapped. SIZE_MAX: it cannot.
static size_t large_bytes(size_t total)
{
    size_t page = os_page_size(), up;
    if (!is_huge(total)) return total;
    return add_overflows(total, page - 1, &up) ? SIZE_MAX : up / page * page;
}

static pthread_mutex_t spare_lock = PTHREAD_MUTEX_INITIALIZER;
static ArenaLarge *spare[SPARE_MAX];  // the one that waits longest first
static size_t num_spare, spare_bytes;

static size_t leaving_bytes;  // of blocks that are no arena's any more and not the system's yet

size_t arena_spare_bytes(void)
{
    return __atomic_load_n(&spare_bytes, __ATOMIC_RELAXED) +
           __atomic_load_n(&leaving_bytes, __ATOMIC_RELAXED);
}

// Under spare_lock.
static ArenaLarge *spare_remove(size_t i)
{
    ArenaLarge *l = spare[i];
    __atomic_store_n(&spare_bytes, spare_bytes - l->mapped, __ATOMIC_RELAXED);
    memmove(spare + i, spare + i + 1, (--num_spare - i) * sizeof *spare);
    return l;
}

// The smallest that is not much too large; NULL: there is none.
static ArenaLarge *spare_take(size_t bytes)
{
    ArenaLarge *l = NULL;
    pthread_mutex_lock(&spare_lock);
    size_t best = num_spare;
    for (size_t i = 0; i < num_spare; i++) {
        size_t n = spare[i]->mapped;
        if (n >= bytes && n - bytes <= bytes / 4 && (best == num_spare || n < spare[best]->mapped))
            best = i;
    }
    if (best < num_spare) l = spare_remove(best);
    pthread_mutex_unlock(&spare_lock);
    return l;
}

// Gives pages back from the first byte on that stays; they count as leaving. From behind, a piece
// at a time: the header is in the piece that goes last.
static void unmap_from(ArenaLarge *l, size_t stays)
{
    for (size_t left = l->mapped; left > stays; (void)pause_point()) {
        size_t at = (left - 1) / PIECE_BYTES * PIECE_BYTES;
        if (at < stays) at = stays;
        if (stays > 0) l->mapped = at;
        os_pages_free((uint8_t *)l + at, left - at);
        __atomic_fetch_sub(&leaving_bytes, left - at, __ATOMIC_RELAXED);
        left = at;
    }
}

static void unmap(ArenaLarge *l) { unmap_from(l, 0); }

static ArenaLarge *spare_evict(size_t i)
{
    __atomic_fetch_add(&leaving_bytes, spare[i]->mapped, __ATOMIC_RELAXED);
    return spare_remove(i);
}

static ArenaLarge *large_get(size_t total)
{
    if (!is_huge(total)) return malloc(total);
    size_t bytes = large_bytes(total);
    ArenaLarge *l = spare_take(bytes);
    if (l != NULL) {
        // Nobody is charged for more.
        __atomic_fetch_add(&leaving_bytes, l->mapped - bytes, __ATOMIC_RELAXED);
        unmap_from(l, bytes);
        return l;
    }
    l = os_pages_alloc(bytes);
    if (l != NULL) l->mapped = bytes;
    return l;
}

static void large_put(ArenaLarge *l)
{
    if (!is_huge(l->size)) {
        free(l);
        return;
    }
    if (l->mapped > SPARE_BYTES) {
        __atomic_fetch_add(&leaving_bytes, l->mapped, __ATOMIC_RELAXED);
        unmap(l);
        return;
    }
    pthread_mutex_lock(&spare_lock);
    ArenaLarge *out[SPARE_MAX];
    size_t count = 0;
    while (num_spare == SPARE_MAX || (num_spare > 0 && spare_bytes + l->mapped > SPARE_BYTES))
        out[count++] = spare_evict(0);
    spare[num_spare++] = l;
    __atomic_store_n(&spare_bytes, spare_bytes + l->mapped, __ATOMIC_RELAXED);
    pthread_mutex_unlock(&spare_lock);
    while (count > 0) unmap(out[--count]);
}

void arena_free_spare(void)
{
    pthread_mutex_lock(&spare_lock);
    while (num_spare > 0) unmap(spare_evict(num_spare - 1));
    pthread_mutex_unlock(&spare_lock);
}

void arena_clear(Arena *a)
{
    Pace work = PACE_START;
    for (ArenaChunk *c = a->chunks, *next; c != NULL; c = next) {
        next = c->next;
        (void)pace(&work, c->size / 32);
        free(c);
    }
    for (ArenaLarge *l = a->large, *next; l != NULL; l = next) {
        next = l->next;
        (void)pace(&work, l->size / 32);
        large_put(l);
    }
    uint64_t peak = a->peak;
    arena_init(a, a->limit);
    a->peak = peak;
}

void arena_begin_scratch(Arena *scratch, const Arena *of)
{
    uint64_t limit = of == NULL ? ARENA_NO_LIMIT : of->limit;
    arena_init(scratch, of == NULL || limit == ARENA_NO_LIMIT ? limit
                        : of->used < limit                    ? limit - of->used
                                                              : 0);
}

void arena_end_scratch(Arena *scratch, Arena *of)
{
    if (of != NULL && of->used + scratch->peak > of->peak) of->peak = of->used + scratch->peak;
    arena_clear(scratch);
}

uint64_t arena_scan(const Arena *a, ArenaVisit visit, void *context)
{
    uint64_t total = 0;
    for (const ArenaChunk *c = a->chunks; c != NULL; c = c->next) {
        size_t n = (c->size - sizeof *c) / 8;
        visit(context, (const uint64_t *)(c + 1), n);
        total += n;
    }
    for (const ArenaLarge *l = a->large; l != NULL; l = l->next) {
        size_t n = (l->size - sizeof *l) / 8;
        visit(context, (const uint64_t *)(l + 1), n);
        total += n;
    }
    return total;
}

void arena_uncharge(Arena *a, uint64_t bytes)
{
    if (a == NULL) return;
    ASSERT(bytes <= a->used);
    a->used -= bytes;
}

// The class that serves size, which is at most ARENA_CLASS_MAX.
static unsigned class_of(size_t size)
{
    if (size <= ARENA_SMALL_MAX) return size == 0 ? 0 : (unsigned)((size - 1) / 16);
    unsigned top = 63 - (unsigned)__builtin_clzll((unsigned long long)(size - 1));  // 9..14
    unsigned quarter = (unsigned)((size - 1) >> (top - 2)) & 3;
    return ARENA_SMALL_MAX / 16 + (top - 9) * 4 + quarter;
}

static size_t class_size(unsigned cls)
{
    if (cls < ARENA_SMALL_MAX / 16) return ((size_t)cls + 1) * 16;
    unsigned i = cls - ARENA_SMALL_MAX / 16;
    return ((size_t)ARENA_SMALL_MAX << (i / 4)) / 4 * (4 + i % 4 + 1);
}

static bool is_large(size_t size) { return APEX_ASAN || size > ARENA_CLASS_MAX; }

static void push_free(Arena *a, unsigned cls, void *p)
{
    *(void **)p = a->free_lists[cls];
    a->free_lists[cls] = p;
}

// Cuts what is left of the newest chunk into free blocks, largest first.
static void retire_bump(Arena *a)
{
    size_t left = (size_t)(a->bump_end - a->bump);
    while (left >= 16) {
        unsigned cls = class_of(left < ARENA_CLASS_MAX ? left : ARENA_CLASS_MAX);
        if (cls > 0 && class_size(cls) > left) cls--;
        push_free(a, cls, a->bump);
        a->bump += class_size(cls);
        left -= class_size(cls);
    }
    a->bump = a->bump_end = NULL;
}

// A chunk while free ones are looked for.
typedef struct Candidate {
    ArenaChunk *chunk;
    size_t free;
} Candidate;

static int by_address(const void *x, const void *y)
{
    const char *a = (const char *)((const Candidate *)x)->chunk;
    const char *b = (const char *)((const Candidate *)y)->chunk;
    return a < b ? -1 : a > b;
}

// The chunk that holds p; all of them are there, sorted. near: where the one before was found,
// since neighbours are often freed one after the other.
static Candidate *chunk_of(Candidate *all, size_t count, const void *p, Candidate **near)
{
    const char *at = p, *from = (const char *)(*near)->chunk;
    if (at >= from && at < from + (*near)->chunk->size) return *near;
    size_t low = 0, high = count;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if ((const char *)all[mid].chunk <= at) low = mid;
        else high = mid;
    }
    return *near = &all[low];
}

static bool wholly_free(const Candidate *c)
{
    return c->free + sizeof(ArenaChunk) == c->chunk->size;
}

// Takes the blocks of free chunks off the lists, then frees the chunks.
static void drop_free_chunks(Arena *a, Candidate *all, size_t count)
{
    Pace work = PACE_START;
    Candidate *near = all;
    for (unsigned cls = 0; cls < ARENA_CLASS_COUNT; cls++) {
        void **link = &a->free_lists[cls];
        while (*link != NULL) {
            (void)pace(&work, 8);
            if (wholly_free(chunk_of(all, count, *link, &near))) *link = *(void **)*link;
            else link = *link;
        }
    }
    a->chunks = NULL;
    for (size_t i = 0; i < count; i++) {
        ArenaChunk *c = all[i].chunk;
        (void)pace(&work, 512 + (size_t)c->size / 512);
        if (wholly_free(&all[i])) {
            a->chunk_bytes -= c->size;
            arena_uncharge(a, c->size);
            free(c);
        } else {
            c->next = a->chunks;
            a->chunks = c;
        }
    }
}

// Gives chunks of which no block is in use back to the system. Walks all free
// blocks, so it is tried only when an eighth of the chunks' bytes has been freed
// since the last time: the cost stays in proportion to the freeing.
static void trim(Arena *a)
{
    if (a->freed == 0 || a->freed < a->chunk_bytes / 8) return;
    a->freed = 0;
    size_t count = 0;
    for (ArenaChunk *c = a->chunks; c != NULL; c = c->next) count++;
    // A few bytes a chunk, for this moment only: the host's, not the sandbox's.
    Candidate *all = count == 0 ? NULL : calloc(count, sizeof *all);
    if (all == NULL) return;

    size_t i = 0;
    for (ArenaChunk *c = a->chunks; c != NULL; c = c->next) all[i++].chunk = c;
    qsort(all, count, sizeof *all, by_address);
    retire_bump(a);
    Pace work = PACE_START;
    Candidate *near = all;
    bool wanted = true;  // else the sandbox goes as a whole
    for (unsigned cls = 0; cls < ARENA_CLASS_COUNT && wanted; cls++)
        for (void *p = a->free_lists[cls]; p != NULL && wanted; p = *(void **)p) {
            chunk_of(all, count, p, &near)->free += class_size(cls);
            wanted = pace(&work, 8);
        }
    if (wanted) drop_free_chunks(a, all, count);
    free(all);
}

void arena_trim(Arena *a)
{
    a->freed = a->chunk_bytes;
    trim(a);
}

bool arena_charge(Arena *a, uint64_t bytes)
{
    if (a == NULL) return true;
    if (a->used > a->limit || bytes > a->limit - a->used) {
        trim(a);
        if (a->used > a->limit || bytes > a->limit - a->used) return false;  // M1
    }
    a->used += bytes;
    if (a->used > a->peak) a->peak = a->used;
    return true;
}

static bool add_chunk(Arena *a, size_t block)
{
    size_t size = a->next_chunk;
    while (size < block + sizeof(ArenaChunk)) size *= 2;
    if (!arena_charge(a, size)) {
        // Near the limit a chunk for this one block may still fit.
        size = block + sizeof(ArenaChunk);
        if (!arena_charge(a, size)) return false;
    }
    ArenaChunk *c = malloc(size);
    if (c == NULL) {
        arena_uncharge(a, size);
        return false;
    }
    retire_bump(a);
    c->next = a->chunks;
    c->size = size;
    a->chunks = c;
    a->chunk_bytes += size;
    a->bump = (uint8_t *)(c + 1);
    a->bump_end = (uint8_t *)c + size;
    if (a->next_chunk < CHUNK_MAX) a->next_chunk += a->next_chunk / 2 / 16 * 16;
    return true;
}

static void large_link(Arena *a, ArenaLarge *l)
{
    l->next = a->large;
    l->link = &a->large;
    if (l->next != NULL) l->next->link = &l->next;
    a->large = l;
}

static void large_unlink(ArenaLarge *l)
{
    *l->link = l->next;
    if (l->next != NULL) l->next->link = l->link;
}

static void *large_alloc(Arena *a, size_t size)
{
    size_t total;
    if (add_overflows(size, sizeof(ArenaLarge), &total)) return NULL;
    size_t bytes = large_bytes(total);
    if (bytes == SIZE_MAX || !arena_charge(a, bytes)) return NULL;
    ArenaLarge *l = large_get(total);
    if (l == NULL) {
        arena_uncharge(a, bytes);
        return NULL;
    }
    l->size = total;
    large_link(a, l);
    a->in_use += size;
    return l + 1;
}

static void large_free(Arena *a, void *p, size_t size)
{
    ArenaLarge *l = (ArenaLarge *)p - 1;
    ASSERT(l->size == size + sizeof(ArenaLarge));  // M3
    large_unlink(l);
    arena_uncharge(a, large_bytes(l->size));
    a->in_use -= size;
    large_put(l);
}

void *arena_alloc(Arena *a, size_t size)
{
    if (must_fail()) return NULL;
    if (a == NULL) return malloc(size == 0 ? 1 : size);
    if (is_large(size)) return large_alloc(a, size);

    unsigned cls = class_of(size);
    size_t block = class_size(cls);
    void *p = a->free_lists[cls];
    if (LIKELY(p != NULL)) {
        a->free_lists[cls] = *(void **)p;
    } else {
        if ((size_t)(a->bump_end - a->bump) < block && !add_chunk(a, block)) return NULL;
        p = a->bump;
        a->bump += block;
    }
    a->in_use += block;
    return p;
}

void *arena_calloc(Arena *a, size_t n, size_t size)
{
    size_t bytes;
    if (mul_overflows(n, size, &bytes)) return NULL;
    void *p = arena_alloc(a, bytes);
    if (p != NULL) paced_fill(p, 0, bytes);
    return p;
}

void arena_free(Arena *a, void *p, size_t size)
{
    if (p == NULL) return;
    if (a == NULL) {
        free(p);
    } else if (is_large(size)) {
        large_free(a, p, size);
    } else {
        unsigned cls = class_of(size);
        ASSERT(class_size(cls) <= a->in_use);
        a->in_use -= class_size(cls);
        a->freed += class_size(cls);
        push_free(a, cls, p);
    }
}

// Above this the C library's copying would take too long in one piece.
#define REALLOC_BYTES (HUGE_BYTES / 2)

// While the system moves a block both copies may exist, so both are charged.
static void *large_realloc(Arena *a, void *p, size_t old_size, size_t new_size)
{
    ArenaLarge *l = (ArenaLarge *)p - 1;
    size_t total, old_total = l->size;
    ASSERT(old_total == old_size + sizeof(ArenaLarge));  // M3
    if (add_overflows(new_size, sizeof(ArenaLarge), &total) || !arena_charge(a, total)) return NULL;
    large_unlink(l);
    ArenaLarge *moved = realloc(l, total);
    if (moved == NULL) {
        large_link(a, l);
        arena_uncharge(a, total);
        return NULL;
    }
    moved->size = total;
    large_link(a, moved);
    arena_uncharge(a, old_total);
    a->in_use += new_size - old_size;
    return moved + 1;
}

void *arena_realloc(Arena *a, void *p, size_t old_size, size_t new_size)
{
    if (p == NULL) return arena_alloc(a, new_size);
    if (must_fail()) return NULL;
    if (a == NULL) return realloc(p, new_size == 0 ? 1 : new_size);
    bool was_large = is_large(old_size), is_now_large = is_large(new_size);
    if (was_large && is_now_large && old_size < REALLOC_BYTES && new_size < REALLOC_BYTES)
        return large_realloc(a, p, old_size, new_size);
    if (!was_large && !is_now_large && class_of(old_size) == class_of(new_size)) return p;

    void *q = arena_alloc(a, new_size);
    if (q == NULL) return NULL;
    paced_copy(q, p, old_size < new_size ? old_size : new_size);
    arena_free(a, p, old_size);
    return q;
}
