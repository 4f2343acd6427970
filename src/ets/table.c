// SPDX-License-Identifier: Apache-2.0
// ets/table.c - the books of a sandbox's tables: names, owners, fixations, ends.
#include "base/fiber.h"
#include "ets/ets.h"
#include "ets/object_int.h"
#include "proc/signal.h"

// What one process has to do with tables.
typedef struct EtsOwner {
    EtsTable *tables;  // that it owns
    EtsFix *fixes;     // that it has made, linked by owner_next
} EtsOwner;

// ---- identifiers ----------------------------------------------------------------------
static void tid_destroy(Space *s, NativeObject *o) { arena_free(&s->arena, o, sizeof(EtsTid)); }

static const NativeClass tid_class = {"ets table", tid_destroy};

Term ets_tid_at(EtsTable *t, Term **hp, Term **off)
{
    t->tid->object.refs++;
    Term ref = magic_ref_at(*hp, off, &t->tid->object);
    *hp += MAGIC_WORDS;
    return ref;
}

// The number behind the words of a local reference; see ref_ids01.
static uint64_t ref_number(Term ref)
{
    const LocalRef *r = (const LocalRef *)boxed_ptr(ref);
    return (r->id2 << 50) | ((r->ids01 >> 32) << 18) | (r->ids01 & 0x3FFFF);
}

static bool owner_exit(Isolate *iso, Process *p, int64_t *budget);

// ---- the books --------------------------------------------------------------------------
static EtsTables *books_of(Isolate *iso)
{
    if (iso->ets != NULL) return iso->ets;
    EtsTables *e = arena_calloc(&iso->space.arena, 1, sizeof *e);
    if (e == NULL) return NULL;
    hashmap_init(&e->names, &iso->space.arena, iso->space.hash_salt);
    hashmap_init(&e->numbers, &iso->space.arena, iso->space.hash_salt);
    hashmap_init(&e->owners, &iso->space.arena, iso->space.hash_salt);
    iso->ets = e;
    iso->owner_exit = owner_exit;
    return e;
}

EtsTable *ets_first_table(const Isolate *iso) { return iso->ets == NULL ? NULL : iso->ets->first; }

size_t ets_table_count(const Isolate *iso) { return iso->ets == NULL ? 0 : iso->ets->count; }

static EtsOwner *owner_of(EtsTables *e, Term pid) { return hashmap_get_ptr(&e->owners, pid); }

// The record of a process, made when it is not there. NULL: no memory.
static EtsOwner *owner_make(Isolate *iso, Term pid)
{
    EtsTables *e = iso->ets;
    EtsOwner *o = owner_of(e, pid);
    if (o != NULL) return o;
    o = arena_calloc(&iso->space.arena, 1, sizeof *o);
    if (o == NULL) return NULL;
    if (hashmap_put_ptr(&e->owners, pid, o) == ST_OK) return o;
    arena_free(&iso->space.arena, o, sizeof *o);
    return NULL;
}

static void owner_drop_if_empty(Isolate *iso, Term pid, EtsOwner *o)
{
    if (o->tables != NULL || o->fixes != NULL) return;
    (void)hashmap_remove(&iso->ets->owners, pid, NULL);
    arena_free(&iso->space.arena, o, sizeof *o);
}

static void owner_link(EtsOwner *o, EtsTable *t)
{
    t->owner_prev = NULL;
    t->owner_next = o->tables;
    if (o->tables != NULL) o->tables->owner_prev = t;
    o->tables = t;
}

static void owner_unlink(Isolate *iso, EtsTable *t)
{
    EtsOwner *o = owner_of(iso->ets, t->owner);
    if (t->owner_next != NULL) t->owner_next->owner_prev = t->owner_prev;
    if (t->owner_prev != NULL) t->owner_prev->owner_next = t->owner_next;
    else o->tables = t->owner_next;
    owner_drop_if_empty(iso, t->owner, o);
}

// ---- creation ---------------------------------------------------------------------------
static void table_free(Isolate *iso, EtsTable *t)
{
    Arena *a = &iso->space.arena;
    if (t->heir_data != NULL) ets_object_free(&iso->space, t->heir_data);
    if (t->tid != NULL) {
        t->tid->table = NULL;
        native_release(&iso->space, &t->tid->object);
    }
    if (t->spare != NULL) arena_free(a, t->spare, sizeof *t->spare);
    arena_free(a, t, sizeof *t);
}

static void store_init(EtsStore *s, EtsType type, uint32_t keypos, uint32_t stride)
{
    s->type = type;
    s->keypos = keypos;
    if (type == ETS_ORDERED_SET) s->tree = (EtsTree){0};
    else hash_init(&s->hash, stride);
}

static EtsTable *table_alloc(Isolate *iso, Process *p, Term name, const EtsOptions *o)
{
    Arena *a = &iso->space.arena;
    EtsTable *t = arena_calloc(a, 1, sizeof *t);
    if (t == NULL) return NULL;
    t->space = &iso->space;
    t->name = name;
    t->owner = p->pid;
    t->heir = AM_none;
    t->protection = o->protection;
    t->named = o->named;
    t->compressed = o->compressed;
    t->read_concurrency = o->read_concurrency;
    t->decentralized_counters = o->decentralized_counters;
    t->write_concurrency = o->write_concurrency;
    t->locks_given = o->locks != 0;
    uint32_t locks = o->locks != 0 ? o->locks : ETS_LOCKS;
    store_init(&t->store, o->type, o->keypos, o->write_concurrency != AM_false ? locks : 1);
    t->spare = arena_calloc(a, 1, sizeof *t->spare);
    t->tid = arena_calloc(a, 1, sizeof *t->tid);
    if (t->spare == NULL || t->tid == NULL) {
        if (t->tid != NULL) arena_free(a, t->tid, sizeof *t->tid);
        t->tid = NULL;
        table_free(iso, t);
        return NULL;
    }
    t->tid->object = (NativeObject){&tid_class, 1, space_next_ref(&iso->space)};
    t->tid->table = t;
    return t;
}

static Status enter_books(Isolate *iso, EtsTable *t)
{
    EtsTables *e = iso->ets;
    EtsOwner *owner = owner_make(iso, t->owner);
    if (owner == NULL) return ST_NOMEM;
    uint64_t number = t->tid->object.ref_number;
    if (hashmap_put_ptr(&e->numbers, number, t) != ST_OK) goto refused;
    if (t->named && hashmap_put_ptr(&e->names, t->name, t) != ST_OK) {
        (void)hashmap_remove(&e->numbers, number, NULL);
        goto refused;
    }
    owner_link(owner, t);
    t->all_prev = e->last;
    if (e->last != NULL) e->last->all_next = t;
    else e->first = t;
    e->last = t;
    e->count++;
    return ST_OK;
refused:
    owner_drop_if_empty(iso, t->owner, owner);
    return ST_NOMEM;
}

Status ets_table_new(Isolate *iso, Process *p, Term name, const EtsOptions *o, EtsTable **out)
{
    EtsTables *e = books_of(iso);
    if (e == NULL) return ST_NOMEM;
    if (o->named && hashmap_get(&e->names, name, NULL)) return ST_EXISTS;
    if (!limit_take(&iso->limits, LIMIT_TABLES, 1)) return ST_LIMIT;
    EtsTable *t = table_alloc(iso, p, name, o);
    Status st = ST_NOMEM;
    if (t != NULL) {
        st = ets_set_heir(iso, t, o->heir, o->heir_data);
        if (st == ST_OK) st = enter_books(iso, t);
        if (st != ST_OK) table_free(iso, t);
    }
    if (st != ST_OK) limit_give(&iso->limits, LIMIT_TABLES, 1);
    else *out = t;
    return st;
}

// Does p have to wait? A process that died over its list has left what it had
// inserted until then.
static bool is_busy_for(Isolate *iso, EtsTable *t, const Process *p)
{
    if (LIKELY(t->busy == TERM_NONE) || t->busy == p->pid) return false;
    if (proc_lookup(iso, t->busy) != NULL) return true;
    t->busy = TERM_NONE;
    return false;
}

EtsFault ets_find(Isolate *iso, const Process *p, Term id, EtsAccess access, EtsTable **out)
{
    EtsTables *e = iso->ets;
    EtsTable *t = NULL;
    if (is_atom(id)) {
        if (e != NULL) t = hashmap_get_ptr(&e->names, id);
    } else {
        NativeObject *o = magic_object(id, &tid_class);
        if (o != NULL) {
            t = ((EtsTid *)o)->table;
        } else {
            // A table identifier that went through the external format is a
            // plain reference; any other one never was a table.
            if (!is_box_of(id, BOX_REF) || e == NULL) return ETS_BAD_TYPE;
            t = hashmap_get_ptr(&e->numbers, ref_number(id));
            if (t == NULL) return ETS_BAD_TYPE;
        }
    }
    if (UNLIKELY(t == NULL || iso->starting != 0)) {
        Term owner = t == NULL ? TERM_NONE : t->owner;
        if (is_atom(id) && iso->table_service != NULL && iso->table_service(iso, p, id, owner))
            return ETS_BUSY;
        if (t == NULL) return ETS_BAD_ID;
    }
    if (t->owner != p->pid && (int)t->protection < (int)access) return ETS_BAD_ACCESS;
    if (is_busy_for(iso, t, p)) return ETS_BUSY;
    *out = t;
    return ETS_OK;
}

uint64_t ets_memory_words(const EtsTable *t)
{
    // The fixed part is what OTP's table takes; objects are what they take here.
    bool shared = t->protection != ETS_PRIVATE;
    uint64_t words = 49;
    bool locks = t->write_concurrency != AM_false && !ets_is_tree(t);
    if (shared && t->read_concurrency) words += 32 * (locks ? t->store.hash.stride : 1);
    if (ets_is_tree(t)) {
        words += 90 + t->store.tree.words + 5 * tree_count(&t->store.tree);
        return t->write_concurrency != AM_false ? words - 6 : words;
    }
    if (locks) words += 16 * t->store.hash.stride + (t->decentralized_counters ? 66 : 32);
    return words + hash_overhead_words(&t->store.hash) + t->store.hash.words +
           4 * t->store.hash.live;
}

// ---- names, heirs, transfers ----------------------------------------------------------------
Status ets_table_rename(Isolate *iso, EtsTable *t, Term name)
{
    EtsTables *e = iso->ets;
    if (t->named) {
        if (hashmap_get(&e->names, name, NULL)) return ST_EXISTS;
        TRY(hashmap_put_ptr(&e->names, name, t));
        (void)hashmap_remove(&e->names, t->name, NULL);
    }
    t->name = name;
    return ST_OK;
}

Status ets_set_heir(Isolate *iso, EtsTable *t, Term heir, Term data)
{
    EtsObject *copy = NULL;
    if (heir != AM_none && proc_lookup(iso, heir) == NULL) heir = AM_none;
    if (heir != AM_none) {
        Term wrapped[2] = {TUPLE_HEADER(1), data};
        copy = ets_object_new(iso, make_boxed(wrapped));
        if (copy == NULL) return ST_NOMEM;
    }
    if (t->heir_data != NULL) ets_object_free(&iso->space, t->heir_data);
    t->heir = heir;
    t->heir_data = copy;
    return ST_OK;
}

Status ets_transfer(Isolate *iso, Process *from, EtsTable *t, Process *to, Term data)
{
    EtsOwner *owner = owner_make(iso, to->pid);
    if (owner == NULL) return ST_NOMEM;

    Term words[MAGIC_WORDS + 5], *hp = words, *off = NULL;
    Term id = t->named ? t->name : ets_tid_at(t, &hp, &off);
    Term message = make_boxed(hp);
    hp[0] = TUPLE_HEADER(4);
    hp[1] = AM_ETS_TRANSFER, hp[2] = id, hp[3] = from->pid, hp[4] = data;
    Status st = proc_send(iso, to, message);
    if (off != NULL) off_release_all(&iso->space, off);
    if (st != ST_OK) {
        owner_drop_if_empty(iso, to->pid, owner);
        return st;
    }
    owner_unlink(iso, t);
    t->owner = to->pid;
    owner_link(owner, t);
    return ST_OK;
}

// ---- fixation ---------------------------------------------------------------------------------
// Where the owner's list names the fixation of t, or the end of that list.
static EtsFix **fix_link(EtsOwner *owner, const EtsTable *t)
{
    EtsFix **at = &owner->fixes;
    while (*at != NULL && (*at)->table != t) at = &(*at)->owner_next;
    return at;
}

static Status fix_new(Isolate *iso, EtsTable *t, Term pid)
{
    EtsOwner *owner = owner_make(iso, pid);
    if (owner == NULL) return ST_NOMEM;
    EtsFix *f = arena_alloc(&iso->space.arena, sizeof *f);
    if (f == NULL) {
        owner_drop_if_empty(iso, pid, owner);
        return ST_NOMEM;
    }
    *f = (EtsFix){NULL, t->fixes, owner->fixes, t, pid, 0};
    if (t->fixes != NULL) t->fixes->table_prev = f;
    t->fixes = f;
    owner->fixes = f;
    return ST_OK;
}

Status ets_fix(Isolate *iso, EtsTable *t, Term pid)
{
    EtsOwner *owner = owner_of(iso->ets, pid);
    if (owner == NULL || *fix_link(owner, t) == NULL) {
        TRY(fix_new(iso, t, pid));
        owner = owner_of(iso->ets, pid);
    }
    if (t->fix_count++ == 0) {
        t->fixed_at = isolate_erl_monotonic_ns(iso);
        t->fixed_system = isolate_system_ns(iso);
    }
    (*fix_link(owner, t))->count++;
    return ST_OK;
}

// Takes f out of the list of its process.
static void owner_forget_fix(Isolate *iso, EtsFix *f)
{
    EtsOwner *owner = owner_of(iso->ets, f->pid);
    *fix_link(owner, f->table) = f->owner_next;
    owner_drop_if_empty(iso, f->pid, owner);
}

// Takes f off its table and frees it; it is in no owner's list any more. What
// that cost.
static int64_t fix_end(Isolate *iso, EtsFix *f)
{
    EtsTable *t = f->table;
    if (f->table_next != NULL) f->table_next->table_prev = f->table_prev;
    if (f->table_prev != NULL) f->table_prev->table_next = f->table_next;
    else t->fixes = f->table_next;
    t->fix_count -= f->count;
    arena_free(&iso->space.arena, f, sizeof *f);
    if (t->fix_count != 0 || ets_is_tree(t)) return 1;
    EtsHash *h = &t->store.hash;
    uint64_t before = h->work;
    hash_bury(h, &iso->space, 1000);
    return (int64_t)(h->work - before) + 1;
}

void ets_unfix(Isolate *iso, EtsTable *t, Term pid)
{
    EtsOwner *owner = owner_of(iso->ets, pid);
    EtsFix *f = owner == NULL ? NULL : *fix_link(owner, t);
    if (f == NULL) return;
    if (f->count > 1) {
        f->count--;
        t->fix_count--;
        return;
    }
    owner_forget_fix(iso, f);
    (void)fix_end(iso, f);
}

// ---- the end of objects, tables and processes ---------------------------------------------------
// Makes a corpse of what the store holds; without memory for one it is freed now.
static void store_bury(Isolate *iso, EtsTable *t, EtsCorpse *corpse)
{
    if (corpse == NULL) corpse = arena_alloc(&iso->space.arena, sizeof *corpse);
    if (corpse == NULL) {
        int64_t all = INT64_MAX;
        if (ets_is_tree(t)) (void)tree_free_some(&t->store.tree, &iso->space, &all);
        else (void)hash_free_some(&t->store.hash, &iso->space, &all);
        return;
    }
    corpse->store = t->store;
    if (!ets_is_tree(t)) corpse->store.hash.sweep = 0;
    corpse->next = iso->ets->corpses;
    iso->ets->corpses = corpse;
}

uint64_t ets_clear(Isolate *iso, EtsTable *t)
{
    uint64_t size = ets_size(t);
    EtsHash *h = &t->store.hash;
    if (!ets_is_tree(t) && t->fix_count > 0) {
        if (h->segments == NULL) return 0;
        h->epoch = (h->epoch + 1) % ETS_DEAD;
        h->live = 0;
        h->sweep = h->active;
        return size;
    }
    uint32_t stride = ets_is_tree(t) ? 1 : h->stride;
    store_bury(iso, t, t->spare);
    store_init(&t->store, t->store.type, t->store.keypos, stride);
    t->spare = arena_alloc(&iso->space.arena, sizeof *t->spare);
    return size;
}

void ets_table_delete(Isolate *iso, EtsTable *t)
{
    EtsTables *e = iso->ets;
    while (t->fixes != NULL) {
        EtsFix *f = t->fixes;
        t->fixes = f->table_next;
        owner_forget_fix(iso, f);
        arena_free(&iso->space.arena, f, sizeof *f);
    }
    if (t->named) (void)hashmap_remove(&e->names, t->name, NULL);
    (void)hashmap_remove(&e->numbers, t->tid->object.ref_number, NULL);
    owner_unlink(iso, t);
    if (t->all_prev != NULL) t->all_prev->all_next = t->all_next;
    else e->first = t->all_next;
    if (t->all_next != NULL) t->all_next->all_prev = t->all_prev;
    else e->last = t->all_prev;
    e->count--;
    limit_give(&iso->limits, LIMIT_TABLES, 1);
    store_bury(iso, t, t->spare);
    t->spare = NULL;
    table_free(iso, t);
}

bool ets_reap(Isolate *iso, int64_t *budget)
{
    EtsTables *e = iso->ets;
    while (e != NULL && e->corpses != NULL) {
        EtsCorpse *c = e->corpses;
        if ((*budget)-- <= 0) return false;
        bool done = c->store.type == ETS_ORDERED_SET
                        ? tree_free_some(&c->store.tree, &iso->space, budget)
                        : hash_free_some(&c->store.hash, &iso->space, budget);
        if (!done) return false;
        e->corpses = c->next;
        arena_free(&iso->space.arena, c, sizeof *c);
    }
    return true;
}

// The process that is to have t when its owner ends, or NULL.
static Process *living_heir(const Isolate *iso, const EtsTable *t, const Process *p)
{
    if (t->heir == AM_none || t->heir == p->pid) return NULL;
    Process *heir = proc_lookup(iso, t->heir);
    return heir == NULL || heir->state == PROC_EXITING || heir->state == PROC_FREE ? NULL : heir;
}

// The tables and fixations of a process that ends; see Isolate.owner_exit.
static bool owner_exit(Isolate *iso, Process *p, int64_t *budget)
{
    EtsOwner *owner;
    while ((owner = owner_of(iso->ets, p->pid)) != NULL && owner->tables != NULL) {
        if (*budget <= 0) return false;
        *budget -= 10;
        EtsTable *t = owner->tables;
        Process *heir = living_heir(iso, t, p);
        Term data = heir == NULL ? TERM_NONE : tuple_elements(t->heir_data->term)[0];
        if (heir == NULL || ets_transfer(iso, p, t, heir, data) != ST_OK) ets_table_delete(iso, t);
    }
    while ((owner = owner_of(iso->ets, p->pid)) != NULL) {
        if (*budget <= 0) return false;
        EtsFix *f = owner->fixes;
        owner->fixes = f->owner_next;
        owner_drop_if_empty(iso, p->pid, owner);
        *budget -= fix_end(iso, f);
    }
    return ets_reap(iso, budget);
}

// Objects between two pause points.
#define REAPED_AT_ONCE 256

void ets_close(Isolate *iso)
{
    EtsTables *e = iso->ets;
    if (e == NULL) return;
    Pace work = PACE_START;
    for (; e->first != NULL; (void)pace(&work, 64)) ets_table_delete(iso, e->first);
    for (int64_t some = REAPED_AT_ONCE; !ets_reap(iso, &some); some = REAPED_AT_ONCE)
        (void)pause_point();
    hashmap_clear(&e->names);
    hashmap_clear(&e->numbers);
    hashmap_clear(&e->owners);
    arena_free(&iso->space.arena, e, sizeof *e);
    iso->ets = NULL;
    iso->owner_exit = NULL;
}
