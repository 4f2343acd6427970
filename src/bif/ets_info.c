// SPDX-License-Identifier: Apache-2.0
// bif/ets_info.c - ets:info/1,2 and what erts_internal asks of tables.
#include "bif/build.h"
#include "bif/ets_bif.h"

static Term type_name(const EtsTable *t)
{
    static const Term names[] = {AM_set, AM_bag, AM_duplicate_bag, AM_ordered_set};
    return names[t->store.type];
}

static Term protection_name(const EtsTable *t)
{
    static const Term names[] = {AM_private, AM_protected, AM_public};
    return names[t->protection];
}

// [{Pid, Count}] of the processes that have fixed t.
static Term fixing_processes(Process *p, const EtsTable *t)
{
    Term list = TERM_NIL;
    for (const EtsFix *f = t->fixes; f != NULL; f = f->table_next) {
        Term count = bif_make_uint64(p, f->count);
        Term *hp = count == TERM_NONE ? NULL : bif_alloc(p, 5);
        if (hp == NULL) return TERM_NONE;
        Term pair = tuple2_at(&hp, f->pid, count);
        list = cons_at(&hp, pair, list);
        bif_charge(p, 1);
    }
    return list;
}

// {When, Processes}, or false when nobody has fixed the table. When is a time
// stamp or, monotonic, Erlang's monotonic time.
static Term fixed_info(Process *p, const EtsTable *t, bool monotonic)
{
    if (t->fix_count == 0) return AM_false;
    Term who = fixing_processes(p, t);
    if (who == TERM_NONE) return TERM_NONE;
    Term when = bif_make_int64(p, t->fixed_at);
    Term *hp = when == TERM_NONE ? NULL : bif_alloc(p, 7);
    if (hp == NULL) return TERM_NONE;
    if (!monotonic) {
        int64_t us = t->fixed_system / 1000;
        when = tuple3_at(&hp, make_small(us / 1000000000000), make_small(us / 1000000 % 1000000),
                         make_small(us % 1000000));
    }
    return tuple2_at(&hp, when, who);
}

// {Buckets, Average, Deviation, Expected deviation, Shortest, Longest, Dead objects, Locks}
// over the lengths of the buckets; false for an ordered_set. Reckoned in `float`, as by OTP. Objects
// that only wait to be freed do not count.
static Term chain_stats(Process *p, EtsTable *t)
{
    if (ets_is_tree(t)) return AM_false;
    EtsHash *h = &t->store.hash;
    int64_t sum = 0, squares = 0, dead = 0, gone = t->fix_count == 0;
    int64_t least = INT64_MAX, most = 0;
    for (uint64_t slot = 0; slot < h->active; slot++) {
        int64_t n = 0;
        for (EtsObject *o = hash_chain(h, slot); o != NULL; o = o->next, h->work++) {
            bool is_dead = hash_is_dead(h, o);
            dead += is_dead && !gone;
            n += !is_dead || !gone;
        }
        sum += n;
        squares += n * n;
        if (n < least) least = n;
        if (n > most) most = n;
        h->work++;
    }
    ets_bif_charge(p, t);
    float slots = (float)h->active, average = (float)sum / slots;
    float deviation = (float)__builtin_sqrt(((float)squares - average * (float)sum) / slots);
    float expected = (float)__builtin_sqrt((double)average * (1 - 1.0 / (double)h->active));
    Term *hp = bif_alloc(p, 3 * FLOAT_WORDS + 9);
    if (hp == NULL) return TERM_NONE;
    Term a = make_float(hp, average), d = make_float(hp + 2, deviation);
    Term e = make_float(hp + 4, expected);
    hp += 6;
    hp[0] = TUPLE_HEADER(8);
    hp[1] = make_small((int64_t)h->active), hp[2] = a, hp[3] = d, hp[4] = e;
    hp[5] = make_small(least), hp[6] = make_small(most);
    hp[7] = make_small(dead), hp[8] = make_small(h->stride);
    return make_boxed(hp);
}

// One item of ets:info/2. TERM_NONE with *known false: no such item; otherwise
// the exception is set.
static Term info_item(Process *p, EtsTable *t, Term item, bool *known)
{
    *known = true;
    if (item == AM_size) return bif_make_uint64(p, ets_size(t));
    if (item == AM_memory) return bif_make_uint64(p, ets_memory_words(t));
    if (item == AM_id) return ets_bif_tid(p, t);
    if (item == AM_type) return type_name(t);
    if (item == AM_keypos) return make_small(t->store.keypos);
    if (item == AM_protection) return protection_name(t);
    if (item == AM_owner) return t->owner;
    if (item == AM_heir) return t->heir;
    if (item == AM_name) return t->name;
    if (item == AM_node) return p->iso->space.node;
    if (item == AM_named_table) return make_bool(t->named);
    if (item == AM_compressed) return make_bool(t->compressed);
    if (item == AM_read_concurrency) return make_bool(t->read_concurrency);
    if (item == AM_write_concurrency) {
        if (!t->locks_given) return t->write_concurrency;
        return BUILD_TUPLE(p, AM_debug_hash_fixed_number_of_locks,
                           make_small(t->store.hash.stride));
    }
    if (item == AM_decentralized_counters) return make_bool(t->decentralized_counters);
    if (item == AM_fixed) return make_bool(t->fix_count != 0);
    if (item == AM_safe_fixed) return fixed_info(p, t, false);
    if (item == AM_safe_fixed_monotonic_time) return fixed_info(p, t, true);
    if (item == AM_stats) return chain_stats(p, t);
    *known = false;
    return TERM_NONE;
}

// The table to inform about, or AM_undefined, or TERM_NONE with the exception set.
static Term info_table(Process *p, Term *args, EtsTable **t)
{
    switch (ets_find(p->iso, p, args[0], ETS_INFO, t)) {
    case ETS_OK: return AM_true;
    case ETS_BUSY: return ets_bif_again(p, args);
    case ETS_BAD_TYPE: return bif_error_cause(p, AM_badarg, AM_type);
    default: return AM_undefined;
    }
}

Term bif_ets_info_1(Process *p, Term *args)
{
    static const Term items[] = {AM_protection,
                                 AM_keypos,
                                 AM_type,
                                 AM_named_table,
                                 AM_node,
                                 AM_size,
                                 AM_name,
                                 AM_heir,
                                 AM_owner,
                                 AM_memory,
                                 AM_compressed,
                                 AM_write_concurrency,
                                 AM_read_concurrency,
                                 AM_decentralized_counters,
                                 AM_id};
    EtsTable *t;
    Term found = info_table(p, args, &t);
    if (found != AM_true) return found;
    Term list = TERM_NIL;
    for (size_t i = 0; i < ARRAY_LEN(items); i++) {
        bool known;
        Term value = info_item(p, t, items[i], &known);
        Term *hp = value == TERM_NONE ? NULL : bif_alloc(p, 5);
        if (hp == NULL) return TERM_NONE;
        Term pair = tuple2_at(&hp, items[i], value);
        list = cons_at(&hp, pair, list);
    }
    return list;
}

Term bif_ets_info_2(Process *p, Term *args)
{
    // Which binaries a table refers to takes a scan, done in Erlang by OTP.
    if (args[1] == AM_binary)
        return bif_tail_call(p, AM_erts_internal, AM_ets_info_binary, 1, args[0]);
    EtsTable *t;
    Term found = info_table(p, args, &t);
    if (found != AM_true) return found;
    bool known;
    Term value = info_item(p, t, args[1], &known);
    return known ? value : bif_badarg(p);
}

// ---- erts_internal ----------------------------------------------------------------------
// Would see every table regardless of its protection; nobody here is that user.
Term bif_ets_super_user_1(Process *p, Term *args)
{
    return args[0] == AM_true || args[0] == AM_false ? AM_ok : bif_badarg(p);
}

Term bif_ets_raw_first_1(Process *p, Term *args) { return bif_ets_first_1(p, args); }

Term bif_ets_raw_next_2(Process *p, Term *args) { return bif_ets_next_2(p, args); }

// [{Address, Size, References}] of the counted binaries in the objects of a key.
// Addresses are of no use to a guest and would tell where things lie: the
// identity of a binary is its place in the list.
Term bif_ets_lookup_binary_info_2(Process *p, Term *args)
{
    EtsTable *t = ets_bif_table(p, args, ETS_READ);
    if (t == NULL) return TERM_NONE;
    Term list = TERM_NIL;
    int64_t place = 0;
    for (EtsObject *o = ets_get(t, args[1]); o != NULL; o = ets_next_same(t, o)) {
        for (Term *off = o->off; off != NULL; off = (Term *)off[4]) {
            if (header_kind(*off) != BOX_REFC_BIN) continue;
            const BinData *data = ((const RefcBin *)off)->data;
            Term size = bif_make_uint64(p, data->capacity), refs = bif_make_uint64(p, data->refs);
            Term *hp = bif_alloc(p, 6);
            if (size == TERM_NONE || refs == TERM_NONE || hp == NULL) return TERM_NONE;
            Term entry = tuple3_at(&hp, make_small(++place), size, refs);
            list = cons_at(&hp, entry, list);
            bif_charge(p, 1);
        }
    }
    ets_bif_charge(p, t);
    return list;
}
