// SPDX-License-Identifier: Apache-2.0
// code/export.c - the table of export numbers.
#include "code/export.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/hashmap.h"
#include "base/os.h"
#include "code/instr.h"
#include "term/atom.h"

enum { MAX_PAGES = 1 << 16, NO_NUMBER = UINT32_MAX, FIRST_BUCKETS = 1 << 14 };

// A page of records and the page of entries that leads to their stubs.
typedef struct RecordPage {
    ExportRecord record[EXPORT_PAGE];
    ExportPage entries;
} RecordPage;

static struct {
    pthread_mutex_t lock;
    RecordPage *pages[MAX_PAGES];  // read without the lock: set once (E1)
    uint32_t num_pages;
    uint32_t *buckets;
    uint32_t num_buckets;
    uint32_t free_list;
    size_t live;
    uint64_t salt;  // numbers of atoms can be foreseen
} table = {.lock = PTHREAD_MUTEX_INITIALIZER, .free_list = NO_NUMBER};

static uint32_t mfa_hash(Term m, Term f, unsigned a)
{
    return (uint32_t)hash_u64(m ^ hash_u64(f << 8 ^ a, table.salt), table.salt);
}

static RecordPage *record_page(uint32_t page)
{
    return __atomic_load_n(&table.pages[page], __ATOMIC_ACQUIRE);
}

ExportRecord *export_record(uint32_t number)
{
    return &record_page(number / EXPORT_PAGE)->record[number % EXPORT_PAGE];
}

const ExportPage *export_default_page(uint32_t page)
{
    RecordPage *p = page < MAX_PAGES ? record_page(page) : NULL;
    return p == NULL ? NULL : &p->entries;
}

static Status add_page(void)
{
    if (table.num_pages == MAX_PAGES) return ST_LIMIT;
    RecordPage *p = calloc(1, sizeof *p);
    if (p == NULL) return ST_NOMEM;
    uint32_t base = table.num_pages * EXPORT_PAGE;
    for (uint32_t i = EXPORT_PAGE; i-- > 0;) {
        ExportRecord *r = &p->record[i];
        r->number = base + i;
        r->stub[0] = instr_handler[INSTR_func_info];
        r->stub[4] = instr_handler[INSTR_undefined];
        r->stub[5] = r->number;
        p->entries.entry[i] = &r->stub[4];
        r->next = table.free_list;
        table.free_list = r->number;
    }
    __atomic_store_n(&table.pages[table.num_pages], p, __ATOMIC_RELEASE);
    table.num_pages++;
    return ST_OK;
}

static Status grow_buckets(void)
{
    uint32_t n = table.num_buckets == 0 ? FIRST_BUCKETS : table.num_buckets * 2;
    uint32_t *b = malloc(n * sizeof *b);
    if (b == NULL) return ST_NOMEM;
    for (uint32_t i = 0; i < n; i++) b[i] = NO_NUMBER;
    for (uint32_t i = 0; i < table.num_buckets; i++) {
        for (uint32_t at = table.buckets[i], next; at != NO_NUMBER; at = next) {
            ExportRecord *r = export_record(at);
            next = r->next;
            r->next = b[r->hash & (n - 1)];
            b[r->hash & (n - 1)] = at;
        }
    }
    free(table.buckets);
    table.buckets = b;
    table.num_buckets = n;
    return ST_OK;
}

static ExportRecord *lookup(Term m, Term f, unsigned a, uint32_t h)
{
    if (table.num_buckets == 0) return NULL;
    for (uint32_t at = table.buckets[h & (table.num_buckets - 1)]; at != NO_NUMBER;) {
        ExportRecord *r = export_record(at);
        if (r->module == m && r->function == f && r->arity == a) return r;
        at = r->next;
    }
    return NULL;
}

static Status insert(Term m, Term f, unsigned a, uint32_t h, uint32_t *number)
{
    if (table.live >= table.num_buckets) {
        Status st = grow_buckets();
        if (st != ST_OK) return st;
    }
    if (table.free_list == NO_NUMBER) {
        Status st = add_page();
        if (st != ST_OK) return st;
    }
    ExportRecord *r = export_record(table.free_list);
    table.free_list = r->next;
    atom_retain(m);
    atom_retain(f);
    r->module = m, r->function = f, r->arity = a, r->hash = h, r->refs = 1;
    r->stub[1] = m, r->stub[2] = f, r->stub[3] = a;
    r->next = table.buckets[h & (table.num_buckets - 1)];
    table.buckets[h & (table.num_buckets - 1)] = r->number;
    table.live++;
    *number = r->number;
    return ST_OK;
}

Status export_init(void)
{
    pthread_mutex_lock(&table.lock);
    Status st = table.num_pages == 0 ? os_random(&table.salt, sizeof table.salt) : ST_OK;
    if (st == ST_OK && table.num_pages == 0) st = add_page();
    pthread_mutex_unlock(&table.lock);
    return st;
}

Status export_intern(Term module, Term function, unsigned arity, uint32_t *number, bool *is_new)
{
    uint32_t h = mfa_hash(module, function, arity);
    Status st = ST_OK;
    pthread_mutex_lock(&table.lock);
    ExportRecord *r = lookup(module, function, arity, h);
    *is_new = r == NULL;
    if (r != NULL) {
        r->refs++;
        *number = r->number;
    } else {
        st = insert(module, function, arity, h, number);
    }
    pthread_mutex_unlock(&table.lock);
    return st;
}

bool export_find(Term module, Term function, unsigned arity, uint32_t *number)
{
    uint32_t h = mfa_hash(module, function, arity);
    pthread_mutex_lock(&table.lock);
    ExportRecord *r = lookup(module, function, arity, h);
    if (r != NULL) *number = r->number;
    pthread_mutex_unlock(&table.lock);
    return r != NULL;
}

static void unlink_record(ExportRecord *r)
{
    uint32_t *at = &table.buckets[r->hash & (table.num_buckets - 1)];
    while (*at != r->number) at = &export_record(*at)->next;
    *at = r->next;
}

void export_release(uint32_t number)
{
    pthread_mutex_lock(&table.lock);
    ExportRecord *r = export_record(number);
    Term m = r->module, f = r->function;
    bool gone = --r->refs == 0;
    if (gone) {
        unlink_record(r);
        r->module = r->function = TERM_NONE;
        r->next = table.free_list;
        table.free_list = number;
        table.live--;
    }
    pthread_mutex_unlock(&table.lock);
    if (!gone) return;
    atom_release(m);
    atom_release(f);
}

size_t export_count(void)
{
    pthread_mutex_lock(&table.lock);
    size_t n = table.live;
    pthread_mutex_unlock(&table.lock);
    return n;
}
