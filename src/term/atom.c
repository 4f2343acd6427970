// SPDX-License-Identifier: Apache-2.0
// term/atom.c - the process-wide atom table; see atom.h.
//
// Entries live in pages that are made once and never move, found by number
// without a lock. From text to number goes through one of SHARDS chained hash
// tables, each under its own lock. The well-known atoms are entries like others,
// but are not counted.
//
//   B1  an entry is linked in exactly one bucket while its refs > 0, and is
//       written only under the lock of its shard, refs apart.
//   B2  refs goes to 0 only under that lock: who finds an entry in its bucket
//       may raise its refs.

#include "term/atom.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/random.h>

#include "base/fiber.h"
#include "base/hashmap.h"
#include "term/utf8.h"

enum { SHARDS = 64, PAGE_BITS = 12, PAGE_SIZE_ATOMS = 1 << PAGE_BITS, PAGE_COUNT = 1 << 14 };
#define NO_ATOM UINT32_MAX

typedef struct Entry {
    const char *bytes;
    uint32_t len, chars;
    uint32_t otp_hash;
    _Atomic uint32_t refs;
    uint64_t hash;       // keyed: bucket and shard
    uint64_t text_hash;  // not keyed
    uint32_t next;       // in the bucket, or in the shard's list of free numbers
} Entry;

typedef struct Shard {
    pthread_mutex_t lock;
    uint32_t *buckets;
    uint32_t bucket_count;  // a power of two
    uint32_t used;
    uint32_t free;          // numbers whose atom is gone
} ALIGNED(CACHE_LINE) Shard;

static struct {
    _Atomic(Entry *) pages[PAGE_COUNT];
    _Atomic uint32_t next_index;
    _Atomic size_t live;
    pthread_mutex_t page_lock;
    uint64_t seed;
    Status status;
    Shard shards[SHARDS];
} table;

static pthread_once_t table_once = PTHREAD_ONCE_INIT;

static const struct {
    const char *text;
    uint32_t len;
} well_known[ATOM_IX_COUNT] = {
#define ATOM(name, text) {text, sizeof(text) - 1},
#include "term/atoms.def"
#undef ATOM
};

static inline Entry *entry_at(uint32_t index)
{
    Entry *page = atomic_load_explicit(&table.pages[index >> PAGE_BITS], memory_order_acquire);
    return page + (index & (PAGE_SIZE_ATOMS - 1));
}

static inline Shard *shard_of(uint64_t hash) { return &table.shards[hash >> 58]; }

// OTP's atom hash: hashpjw over the characters, those of Latin-1 as one byte and
// others as their UTF-8 bytes.
static uint32_t otp_hash(const uint8_t *p, size_t len)
{
    uint32_t h = 0;
    for (size_t i = 0; i < len; i++) {
        uint32_t v = p[i];
        if (i + 1 < len && (v & 0xFE) == 0xC2 && (p[i + 1] & 0xC0) == 0x80) {
            v = (v << 6 | (p[i + 1] & 0x3F)) & 0xFF;
            i++;
        }
        h = (h << 4) + v;
        uint32_t g = h & 0xF0000000;
        if (g != 0) h ^= g >> 24 ^ g;
    }
    return h;
}

static Status ensure_page(uint32_t index)
{
    uint32_t page = index >> PAGE_BITS;
    if (page >= PAGE_COUNT) return ST_LIMIT;
    if (atomic_load_explicit(&table.pages[page], memory_order_acquire) != NULL) return ST_OK;
    pthread_mutex_lock(&table.page_lock);
    Status st = ST_OK;
    if (atomic_load_explicit(&table.pages[page], memory_order_relaxed) == NULL) {
        Entry *entries = calloc(PAGE_SIZE_ATOMS, sizeof(Entry));
        if (entries == NULL) st = ST_NOMEM;
        else atomic_store_explicit(&table.pages[page], entries, memory_order_release);
    }
    pthread_mutex_unlock(&table.page_lock);
    return st;
}

// A number for a new atom of the shard, whose lock is held.
static Status take_index(Shard *s, uint32_t *out)
{
    if (s->free != NO_ATOM) {
        *out = s->free;
        s->free = entry_at(*out)->next;
        return ST_OK;
    }
    uint32_t index = atomic_load_explicit(&table.next_index, memory_order_relaxed);
    do {
        if (index >= (uint32_t)PAGE_COUNT << PAGE_BITS) return ST_LIMIT;
        TRY(ensure_page(index));
    } while (!atomic_compare_exchange_weak_explicit(&table.next_index, &index, index + 1,
                                                    memory_order_relaxed, memory_order_relaxed));
    *out = index;
    return ST_OK;
}

static void grow_buckets(Shard *s)
{
    uint32_t count = s->bucket_count * 2;
    uint32_t *buckets = malloc(count * sizeof *buckets);
    if (buckets == NULL) return;  // longer chains then
    memset(buckets, 0xFF, count * sizeof *buckets);
    for (uint32_t b = 0; b < s->bucket_count; b++) {
        for (uint32_t i = s->buckets[b]; i != NO_ATOM;) {
            Entry *e = entry_at(i);
            uint32_t next = e->next;
            uint32_t *head = &buckets[e->hash & (count - 1)];
            e->next = *head;
            *head = i;
            i = next;
        }
    }
    free(s->buckets);
    s->buckets = buckets;
    s->bucket_count = count;
}

static uint32_t find_in(const Shard *s, uint64_t hash, const char *bytes, size_t len)
{
    for (uint32_t i = s->buckets[hash & (s->bucket_count - 1)]; i != NO_ATOM;) {
        const Entry *e = entry_at(i);
        if (e->hash == hash && e->len == len && memcmp(e->bytes, bytes, len) == 0) return i;
        i = e->next;
    }
    return NO_ATOM;
}

static void fill_and_link(Shard *s, uint32_t index, uint64_t hash, const char *bytes, size_t len,
                          size_t chars)
{
    Entry *e = entry_at(index);
    e->bytes = bytes;
    e->len = (uint32_t)len;
    e->chars = (uint32_t)chars;
    e->otp_hash = otp_hash((const uint8_t *)bytes, len);
    e->hash = hash;
    e->text_hash = hash_bytes(bytes, len, 0);
    atomic_store_explicit(&e->refs, 1, memory_order_relaxed);
    if (s->used >= s->bucket_count) grow_buckets(s);
    uint32_t *head = &s->buckets[hash & (s->bucket_count - 1)];
    e->next = *head;
    *head = index;
    s->used++;
    atomic_fetch_add_explicit(&table.live, 1, memory_order_relaxed);
}

static void table_init(void)
{
    pthread_mutex_init(&table.page_lock, NULL);
    if (getrandom(&table.seed, sizeof table.seed, 0) != (ssize_t)sizeof table.seed) {
        table.status = ST_IO;
        return;
    }
    for (size_t i = 0; i < SHARDS; i++) {
        Shard *s = &table.shards[i];
        pthread_mutex_init(&s->lock, NULL);
        s->free = NO_ATOM;
        s->bucket_count = 256;
        s->buckets = malloc(s->bucket_count * sizeof *s->buckets);
        if (s->buckets == NULL) {
            table.status = ST_NOMEM;
            return;
        }
        memset(s->buckets, 0xFF, s->bucket_count * sizeof *s->buckets);
    }
    for (uint32_t i = 0; i < ATOM_IX_COUNT; i++) {
        table.status = ensure_page(i);
        if (table.status != ST_OK) return;
        uint64_t hash = hash_bytes(well_known[i].text, well_known[i].len, table.seed);
        size_t chars = 0;
        bool valid = utf8_count((const uint8_t *)well_known[i].text, well_known[i].len, &chars);
        ASSERT(valid &&
               find_in(shard_of(hash), hash, well_known[i].text, well_known[i].len) == NO_ATOM);
        (void)valid;
        fill_and_link(shard_of(hash), i, hash, well_known[i].text, well_known[i].len, chars);
    }
    atomic_store(&table.next_index, ATOM_IX_COUNT);
    table.status = ST_OK;
}

Status atom_table_init(void)
{
    pthread_once(&table_once, table_init);
    return table.status;
}

static inline bool is_well_known(Term atom) { return atom_index(atom) < ATOM_IX_COUNT; }

// The caller has made sure that the entry does not go away, or holds its lock.
static void raise_refs(uint32_t index)
{
    if (index < ATOM_IX_COUNT) return;
    uint32_t before = atomic_fetch_add_explicit(&entry_at(index)->refs, 1, memory_order_relaxed);
    ASSERT(before > 0 && before < UINT32_MAX);
    (void)before;
}

Status atom_intern(const char *utf8, size_t len, Term *out)
{
    size_t chars;
    if (len > ATOM_MAX_BYTES || !utf8_count((const uint8_t *)utf8, len, &chars) ||
        chars > ATOM_MAX_CHARS) {
        return ST_INVALID;
    }
    uint64_t hash = hash_bytes(utf8, len, table.seed);
    Shard *s = shard_of(hash);
    Status st = ST_OK;
    pthread_mutex_lock(&s->lock);
    uint32_t index = find_in(s, hash, utf8, len);
    if (index != NO_ATOM) {
        raise_refs(index);
    } else {
        char *bytes = malloc(len + 1);
        st = bytes == NULL ? ST_NOMEM : take_index(s, &index);
        if (st == ST_OK) {
            memcpy(bytes, utf8, len);
            bytes[len] = '\0';
            fill_and_link(s, index, hash, bytes, len, chars);
        } else {
            free(bytes);
        }
    }
    pthread_mutex_unlock(&s->lock);
    if (st == ST_OK) *out = make_atom(index);
    return st;
}

Status atom_find(const char *utf8, size_t len, Term *out)
{
    if (len > ATOM_MAX_BYTES) return ST_NOT_FOUND;
    uint64_t hash = hash_bytes(utf8, len, table.seed);
    Shard *s = shard_of(hash);
    pthread_mutex_lock(&s->lock);
    uint32_t index = find_in(s, hash, utf8, len);
    if (index != NO_ATOM) raise_refs(index);
    pthread_mutex_unlock(&s->lock);
    if (index == NO_ATOM) return ST_NOT_FOUND;
    *out = make_atom(index);
    return ST_OK;
}

void atom_retain(Term atom) { raise_refs(atom_index(atom)); }

bool atom_is_shared(Term atom)
{
    return is_well_known(atom) ||
           atomic_load_explicit(&entry_at(atom_index(atom))->refs, memory_order_relaxed) > 1;
}

static void unlink_entry(Shard *s, uint32_t index, Entry *e)
{
    uint32_t *at = &s->buckets[e->hash & (s->bucket_count - 1)];
    while (*at != index) at = &entry_at(*at)->next;
    *at = e->next;
    s->used--;
    free((char *)e->bytes);
    e->bytes = NULL;
    e->next = s->free;
    s->free = index;
    atomic_fetch_sub_explicit(&table.live, 1, memory_order_relaxed);
}

void atom_release(Term atom)
{
    if (is_well_known(atom)) return;
    uint32_t index = atom_index(atom);
    Entry *e = entry_at(index);
    uint32_t refs = atomic_load_explicit(&e->refs, memory_order_relaxed);
    while (refs > 1) {
        if (atomic_compare_exchange_weak_explicit(&e->refs, &refs, refs - 1, memory_order_release,
                                                  memory_order_relaxed)) {
            return;
        }
    }
    Shard *s = shard_of(e->hash);  // stays what it is: the caller still holds its reference
    pthread_mutex_lock(&s->lock);
    if (atomic_fetch_sub_explicit(&e->refs, 1, memory_order_acq_rel) == 1)
        unlink_entry(s, index, e);  // B2
    pthread_mutex_unlock(&s->lock);
}

AtomText atom_text(Term atom)
{
    const Entry *e = entry_at(atom_index(atom));
    return (AtomText){e->bytes, e->len, e->chars};
}

bool atom_is(Term atom, const char *text)
{
    AtomText t = atom_text(atom);
    size_t len = strlen(text);
    return t.len == len && memcmp(t.bytes, text, len) == 0;
}

int atom_compare(Term a, Term b)
{
    if (a == b) return 0;
    AtomText ta = atom_text(a), tb = atom_text(b);
    int c = memcmp(ta.bytes, tb.bytes, ta.len < tb.len ? ta.len : tb.len);
    if (c != 0) return c < 0 ? -1 : 1;
    return ta.len < tb.len ? -1 : ta.len > tb.len;
}

uint32_t atom_hash_value(Term atom) { return entry_at(atom_index(atom))->otp_hash; }
uint64_t atom_text_hash(Term atom) { return entry_at(atom_index(atom))->text_hash; }
size_t atom_count(void) { return atomic_load_explicit(&table.live, memory_order_relaxed); }

// ---- books ------------------------------------------------------------------------
// An entry of the table, its place in a bucket, and up to two slots of a book.
enum { ATOM_COST = sizeof(Entry) + 32 };

size_t atom_cost(Term atom) { return ATOM_COST + atom_text(atom).len; }

// Numbers are dense and not chosen by guests, so a multiplicative hash will do.
static uint32_t book_slot(const AtomBook *b, uint32_t index)
{
    uint32_t mask = b->count - 1;
    uint32_t i = (index * 2654435769u) & mask;
    while (b->slots[i] != 0 && b->slots[i] != (uint64_t)index + 1) i = (i + 1) & mask;
    return i;
}

void atom_book_init(AtomBook *b, uint32_t limit, const AtomBook *base)
{
    *b = (AtomBook){.limit = limit, .base = base};
}

void atom_book_clear(AtomBook *b)
{
    // Entries of neighbours in the book lie far apart: they are asked for in time.
    enum { AHEAD = 8 };
    Pace work = PACE_START;
    for (uint32_t i = 0; i < b->count; i++, (void)pace(&work, 4)) {
        if (i + AHEAD < b->count && b->slots[i + AHEAD] != 0)
            __builtin_prefetch(entry_at((uint32_t)(b->slots[i + AHEAD] - 1)), 1);
        if (b->slots[i] == 0) continue;
        atom_release(make_atom((uint32_t)(b->slots[i] - 1)));
        (void)pace(&work, 60);
    }
    free(b->slots);
    b->slots = NULL;
    b->count = b->used = 0;
}

bool atom_book_has(const AtomBook *b, Term atom)
{
    if (is_well_known(atom)) return true;
    for (; b != NULL; b = b->base) {
        if (b->count != 0 && b->slots[book_slot(b, atom_index(atom))] != 0) return true;
    }
    return false;
}

static Status book_grow(AtomBook *b)
{
    AtomBook bigger = *b;
    if (mul_overflows(b->count == 0 ? 32u : b->count, 2u, &bigger.count)) return ST_LIMIT;
    bigger.slots = calloc(bigger.count, sizeof *bigger.slots);
    if (bigger.slots == NULL) return ST_NOMEM;
    Pace work = PACE_START;
    for (uint32_t i = 0; i < b->count; i++, (void)pace(&work, 4)) {
        if (b->slots[i] != 0)
            bigger.slots[book_slot(&bigger, (uint32_t)(b->slots[i] - 1))] = b->slots[i];
    }
    free(b->slots);
    *b = bigger;
    return ST_OK;
}

// Notes an atom that b does not have; takes over one reference when ST_OK.
static Status book_insert(AtomBook *b, Term atom)
{
    if (b->limit != 0 && b->used >= b->limit) {
        if (b->refused != NULL) b->refused(b);
        return ST_LIMIT;
    }
    if (!arena_charge(b->arena, atom_cost(atom))) return ST_LIMIT;
    if ((uint64_t)(b->used + 1) * 4 > (uint64_t)b->count * 3) TRY(book_grow(b));
    b->slots[book_slot(b, atom_index(atom))] = (uint64_t)atom_index(atom) + 1;
    b->used++;
    return ST_OK;
}

Status atom_book_intern(AtomBook *b, const char *utf8, size_t len, Term *out)
{
    Term atom;
    TRY(atom_intern(utf8, len, &atom));
    if (atom_book_has(b, atom)) {
        atom_release(atom);  // the book's own reference keeps it
    } else {
        Status st = book_insert(b, atom);
        if (st != ST_OK) {
            atom_release(atom);
            return st;
        }
    }
    *out = atom;
    return ST_OK;
}

Status atom_book_add(AtomBook *b, Term atom)
{
    if (atom_book_has(b, atom)) return ST_OK;
    TRY(book_insert(b, atom));
    atom_retain(atom);
    return ST_OK;
}

Status atom_book_find(const AtomBook *b, const char *utf8, size_t len, Term *out)
{
    Term atom;
    TRY(atom_find(utf8, len, &atom));
    bool known = atom_book_has(b, atom);
    atom_release(atom);
    if (!known) return ST_NOT_FOUND;
    *out = atom;
    return ST_OK;
}
