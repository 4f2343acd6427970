// SPDX-License-Identifier: Apache-2.0
// ets/ets.h - the tables of one sandbox.
//
// A table belongs to one process of the sandbox and holds copies of tuples. A
// set, bag or duplicate_bag is a hash table that grows and shrinks one bucket at
// a time (ets/hash.h), an ordered_set a balanced tree (ets/tree.h). One thread
// at a time runs the sandbox (A1), so nothing is locked and every operation is
// atomic unless its caller gives up the processor in the middle of a scan.
//
//   E1  a table that can be found by name, by reference or through its owner is
//       alive. A deleted table is found by none of them; what it held is on the
//       list of corpses until ets_reap has freed it.
//   E2  every byte of a table comes from the arena of the sandbox.
//   E3  while fix_count > 0 no bucket is split or joined and the last object of
//       a key that a hash table loses stays in its bucket, marked dead, so that
//       a traversal meets every object exactly once and may go on from a key
//       that has been deleted.
//   E4  work is counted in `work` by everything that walks over objects; the
//       builtin that called charges and clears it.
//   E5  while a process inserts a list that takes several slices, the table is
//       busy and everybody else waits: what is inserted is seen whole.
#pragma once
#include "base/hashmap.h"
#include "ets/hash.h"
#include "ets/tree.h"
#include "heap/binary.h"
#include "proc/isolate.h"

typedef enum EtsType { ETS_SET, ETS_BAG, ETS_DUPLICATE_BAG, ETS_ORDERED_SET } EtsType;
typedef enum EtsProtection { ETS_PRIVATE, ETS_PROTECTED, ETS_PUBLIC } EtsProtection;
typedef enum EtsAccess { ETS_INFO, ETS_READ, ETS_WRITE } EtsAccess;

typedef struct EtsTable EtsTable;

// What a table identifier refers to. Outlives the table as long as a term holds
// it; table is NULL then.
typedef struct EtsTid {
    NativeObject object;
    EtsTable *table;
} EtsTid;

// One process that has fixed one table, `count` times.
typedef struct EtsFix {
    struct EtsFix *table_prev, *table_next;
    struct EtsFix *owner_next;
    EtsTable *table;
    Term pid;
    uint64_t count;
} EtsFix;

// The objects of a table, apart from what the table is called and owned by.
typedef struct EtsStore {
    EtsType type;
    uint32_t keypos;
    union {
        EtsHash hash;
        EtsTree tree;
    };
} EtsStore;

// A store that nobody can reach any more.
typedef struct EtsCorpse {
    struct EtsCorpse *next;
    EtsStore store;
} EtsCorpse;

struct EtsTable {
    EtsStore store;
    EtsTid *tid;
    Space *space;
    Term name;
    Term owner;           // pid
    Term heir;            // pid or AM_none
    EtsObject *heir_data; // {Data}, or NULL
    uint8_t protection;   // EtsProtection
    bool named;
    bool compressed;      // accepted and reported; objects are stored as they are
    bool read_concurrency;
    bool decentralized_counters;
    bool locks_given;     // their number is shown
    Term write_concurrency;  // AM_true, AM_false or AM_auto
    EtsFix *fixes;
    uint64_t fix_count;
    int64_t fixed_at;     // Erlang's monotonic time of the first fixation
    int64_t fixed_system; // the same in system time
    Term busy;            // pid of the process for which others wait (E5), or TERM_NONE
    EtsCorpse *spare;     // so that giving up the objects needs no memory
    EtsTable *all_prev, *all_next;      // all tables, in order of creation
    EtsTable *owner_prev, *owner_next;  // of one owner, newest first
};

static inline bool ets_is_tree(const EtsTable *t) { return t->store.type == ETS_ORDERED_SET; }
static inline bool ets_is_any_bag(const EtsTable *t)
{
    return t->store.type == ETS_BAG || t->store.type == ETS_DUPLICATE_BAG;
}
static inline uint64_t ets_size(const EtsTable *t)
{
    return ets_is_tree(t) ? tree_count(&t->store.tree) : t->store.hash.live;
}
// Words that the table takes, as ets:info(T, memory) shows them.
uint64_t ets_memory_words(const EtsTable *t);

// ---- the tables of a sandbox ----------------------------------------------------
typedef struct EtsOptions {
    EtsType type;
    EtsProtection protection;
    uint32_t keypos;
    bool named, compressed, read_concurrency, decentralized_counters;
    Term write_concurrency;
    uint32_t locks;  // of OTP, a power of two; 0: not said
    Term heir;       // pid or AM_none
    Term heir_data;
} EtsOptions;

// A new empty table of process p. ST_EXISTS: the name is taken. ST_LIMIT: the
// sandbox has as many tables as it may. ST_NOMEM.
MUST_USE Status ets_table_new(Isolate *iso, Process *p, Term name, const EtsOptions *o,
                              EtsTable **out);
// What is wrong with a table argument, as the `cause` of OTP's error_info;
// ETS_BUSY: nothing, but p must try again later (E5).
typedef enum EtsFault { ETS_OK, ETS_BAD_TYPE, ETS_BAD_ID, ETS_BAD_ACCESS, ETS_BUSY } EtsFault;
// The table that a name or reference stands for, if p may use it so.
EtsFault ets_find(Isolate *iso, const Process *p, Term id, EtsAccess access, EtsTable **out);
EtsTable *ets_first_table(const Isolate *iso);  // in order of creation
size_t ets_table_count(const Isolate *iso);
// The identifier of t at *hp (MAGIC_WORDS words).
Term ets_tid_at(EtsTable *t, Term **hp, Term **off);
// Takes the table away from everybody; its objects become a corpse.
void ets_table_delete(Isolate *iso, EtsTable *t);
// ST_EXISTS: another table has that name. ST_NOMEM.
MUST_USE Status ets_table_rename(Isolate *iso, EtsTable *t, Term name);
MUST_USE Status ets_set_heir(Isolate *iso, EtsTable *t, Term heir, Term data);
// Makes `to` the owner and sends it {'ETS-TRANSFER', Tid, From, data}. ST_LIMIT,
// ST_NOMEM: nothing has changed.
MUST_USE Status ets_transfer(Isolate *iso, Process *from, EtsTable *t, Process *to, Term data);
// Throws all objects away (marks them dead while the table is fixed). Bounded:
// the freeing is left to ets_reap. Number of objects that there were.
uint64_t ets_clear(Isolate *iso, EtsTable *t);

// ---- fixation (E3) ----------------------------------------------------------------
MUST_USE Status ets_fix(Isolate *iso, EtsTable *t, Term pid);
void ets_unfix(Isolate *iso, EtsTable *t, Term pid);  // does nothing when pid has not fixed t

// ---- the end -------------------------------------------------------------------------
// When a process ends its tables go to their heirs or are deleted, and its
// fixations end: the first table of a sandbox sets Isolate.owner_exit.
//
// Frees all tables and the books: the sandbox is being destroyed.
void ets_close(Isolate *iso);

// ---- freeing ----------------------------------------------------------------------
static inline bool ets_has_corpses(const Isolate *iso);
// Frees what deleted tables held, at most *budget objects' worth, which it takes
// off *budget. True: nothing is left to free. The run loop may call it at any
// time between slices.
bool ets_reap(Isolate *iso, int64_t *budget);

// ---- objects --------------------------------------------------------------------------
// A copy of tuple. NULL: memory refused.
EtsObject *ets_object_new(Isolate *iso, Term tuple);
void ets_object_free(Space *s, EtsObject *o);
static inline Term ets_key_of(const EtsTable *t, Term tuple)
{
    return tuple_elements(tuple)[t->store.keypos - 1];
}

// Is a key small enough to be one? A larger one is in no table.
bool ets_key_fits(Space *s, Term key);

// ---- operations on one table; the type of table decides ------------------------------
typedef enum EtsPut { ETS_PUT_OK, ETS_PUT_EXISTS, ETS_PUT_NOMEM, ETS_PUT_TOO_BIG } EtsPut;
// Inserts a copy of tuple. only_new: ETS_PUT_EXISTS when its key is there.
// ETS_PUT_TOO_BIG: no table takes such a key.
EtsPut ets_put(Isolate *iso, EtsTable *t, Term tuple, bool only_new);
// The first live object with this key, or NULL. More of a bag follow by
// ets_next_same.
EtsObject *ets_get(EtsTable *t, Term key);
EtsObject *ets_next_same(EtsTable *t, EtsObject *o);
// Puts `with` (an object of the same key) in the place of `old` and frees that. False:
// comparisons have given up (K3), and `with` is freed.
MUST_USE bool ets_replace(Isolate *iso, EtsTable *t, EtsObject *old, EtsObject *with);
// For whoever walks along a bucket: takes *link out for good, or, when it must go
// on marking the place of its key (E3), as a dead one. True: the link still leads
// to the object.
bool ets_unlink(Isolate *iso, EtsTable *t, EtsObject **link, bool keep);
// After unlinking: joins buckets that have become empty.
void ets_settle(Isolate *iso, EtsTable *t);
void ets_delete_key(Isolate *iso, EtsTable *t, Term key);
void ets_delete_equal(Isolate *iso, EtsTable *t, Term tuple);  // delete_object
// Next or previous key; AM_dollar_end_of_table at the end. False: key is not in
// the (hash) table.
Term ets_first_key(EtsTable *t);
Term ets_last_key(EtsTable *t);
bool ets_next_key(EtsTable *t, Term key, Term *out);
bool ets_prev_key(EtsTable *t, Term key, Term *out);

// All of it; opaque to everybody but ets/.
typedef struct EtsTables {
    HashMap names;    // atom -> EtsTable *
    HashMap numbers;  // reference number -> EtsTable *
    HashMap owners;   // pid -> EtsOwner *
    EtsTable *first, *last;
    EtsCorpse *corpses;
    size_t count;
} EtsTables;

static inline bool ets_has_corpses(const Isolate *iso)
{
    return iso->ets != NULL && iso->ets->corpses != NULL;
}
