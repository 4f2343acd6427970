// SPDX-License-Identifier: Apache-2.0
// bif/atomics.c - arrays of 64-bit integers that processes share: the modules
// atomics and counters.
//
// All processes that can reach an array are in one sandbox, which one thread
// runs at a time (A1): plain reads and writes are atomic here.
#include "base/fiber.h"
#include "bif/args.h"

typedef struct Array {
    NativeObject object;
    uint64_t count;
    bool is_signed;
    uint64_t cells[];
} Array;

#define OPT_SIGNED 1
// What atomics:info/1 adds for the head of an array.
#define INFO_HEADER 40

static void array_destroy(Space *s, NativeObject *o)
{
    arena_free(&s->arena, o, sizeof(Array) + ((Array *)o)->count * 8);
}

static const NativeClass atomics_class = {"atomics", array_destroy};
static const NativeClass counters_class = {"counters", array_destroy};

// ---- arguments ---------------------------------------------------------------------
static uint64_t *cell_of(Term ref, Term index, const NativeClass *class, Array **array)
{
    Array *a = (Array *)magic_object(ref, class);
    if (a == NULL || !is_small(index) || small_value(index) < 1 ||
        (uint64_t)small_value(index) > a->count)
        return NULL;
    *array = a;
    return &a->cells[small_value(index) - 1];
}

// A value that a cell of the array can hold.
static bool value_arg(const Array *a, Term t, uint64_t *out)
{
    return a->is_signed ? bif_get_int64(t, (int64_t *)out) : bif_get_uint64(t, out);
}

// An increment: whatever fits in 64 bits with or without a sign; sums wrap.
static bool increment_arg(Term t, uint64_t *out)
{
    return bif_get_int64(t, (int64_t *)out) || bif_get_uint64(t, out);
}

static Term value_term(Process *p, const Array *a, uint64_t v)
{
    return a->is_signed ? bif_make_int64(p, (int64_t)v) : bif_make_uint64(p, v);
}

// ---- making ------------------------------------------------------------------------
static Term new_array(Process *p, Term size, const NativeClass *class, bool is_signed)
{
    uint64_t n, bytes;
    if (is_big(size) && !big_is_negative(size)) return bif_system_limit(p);
    if (!is_small(size) || small_value(size) < 1) return bif_badarg(p);
    n = (uint64_t)small_value(size);
    if (mul_overflows(n, 8, &bytes) || bytes > SIZE_MAX / 2) return bif_system_limit(p);
    Space *s = p->heap.space;
    Term *hp = bif_alloc(p, MAGIC_WORDS);
    if (hp == NULL) return TERM_NONE;
    Array *a = arena_alloc(&s->arena, sizeof *a + bytes);
    if (a == NULL) return bif_system_limit(p);
    *a = (Array){{class, 1, space_next_ref(s)}, n, is_signed};
    paced_fill(a->cells, 0, bytes);
    bif_charge(p, bytes / 1024);
    return magic_ref_at(hp, &p->heap.off, &a->object);
}

Term bif_erts_internal_atomics_new_2(Process *p, Term *args)
{
    if (!is_small(args[1])) return bif_badarg(p);
    return new_array(p, args[0], &atomics_class, (small_value(args[1]) & OPT_SIGNED) != 0);
}

Term bif_erts_internal_counters_new_1(Process *p, Term *args)
{
    return new_array(p, args[0], &counters_class, true);
}

// ---- reading and changing --------------------------------------------------------------
static Term put(Process *p, Term *args, const NativeClass *class)
{
    Array *a;
    uint64_t *cell = cell_of(args[0], args[1], class, &a), v;
    if (cell == NULL || !value_arg(a, args[2], &v)) return bif_badarg(p);
    *cell = v;
    return AM_ok;
}

static Term get(Process *p, Term *args, const NativeClass *class)
{
    Array *a;
    uint64_t *cell = cell_of(args[0], args[1], class, &a);
    return cell != NULL ? value_term(p, a, *cell) : bif_badarg(p);
}

static Term add(Process *p, Term *args, const NativeClass *class)
{
    Array *a;
    uint64_t *cell = cell_of(args[0], args[1], class, &a), v;
    if (cell == NULL || !increment_arg(args[2], &v)) return bif_badarg(p);
    *cell += v;
    return AM_ok;
}

Term bif_atomics_put_3(Process *p, Term *args) { return put(p, args, &atomics_class); }

Term bif_atomics_get_2(Process *p, Term *args) { return get(p, args, &atomics_class); }

Term bif_atomics_add_3(Process *p, Term *args) { return add(p, args, &atomics_class); }

Term bif_atomics_add_get_3(Process *p, Term *args)
{
    Array *a;
    uint64_t *cell = cell_of(args[0], args[1], &atomics_class, &a), v;
    if (cell == NULL || !increment_arg(args[2], &v)) return bif_badarg(p);
    return value_term(p, a, *cell += v);
}

Term bif_atomics_exchange_3(Process *p, Term *args)
{
    Array *a;
    uint64_t *cell = cell_of(args[0], args[1], &atomics_class, &a), v;
    if (cell == NULL || !value_arg(a, args[2], &v)) return bif_badarg(p);
    uint64_t old = *cell;
    *cell = v;
    return value_term(p, a, old);
}

Term bif_atomics_compare_exchange_4(Process *p, Term *args)
{
    Array *a;
    uint64_t *cell = cell_of(args[0], args[1], &atomics_class, &a), expected, desired;
    if (cell == NULL || !value_arg(a, args[2], &expected) || !value_arg(a, args[3], &desired))
        return bif_badarg(p);
    if (*cell != expected) return value_term(p, a, *cell);
    *cell = desired;
    return AM_ok;
}

Term bif_erts_internal_counters_get_2(Process *p, Term *args)
{
    return get(p, args, &counters_class);
}

Term bif_erts_internal_counters_add_3(Process *p, Term *args)
{
    return add(p, args, &counters_class);
}

Term bif_erts_internal_counters_put_3(Process *p, Term *args)
{
    return put(p, args, &counters_class);
}

// ---- info -----------------------------------------------------------------------------------
Term bif_atomics_info_1(Process *p, Term *args)
{
    Array *a = (Array *)magic_object(args[0], &atomics_class);
    if (a == NULL) return bif_badarg(p);
    Term max = a->is_signed ? bif_make_int64(p, INT64_MAX) : bif_make_uint64(p, UINT64_MAX);
    Term min = a->is_signed ? bif_make_int64(p, INT64_MIN) : SMALL(0);
    if (max == TERM_NONE || min == TERM_NONE) return TERM_NONE;
    Term pairs[] = {AM_max, max, AM_memory, make_small((int64_t)(a->count * 8 + INFO_HEADER)),
                    AM_min, min, AM_size,   make_small((int64_t)a->count)};
    return bif_make_map(p, pairs, ARRAY_LEN(pairs) / 2);
}

Term bif_erts_internal_counters_info_1(Process *p, Term *args)
{
    Array *a = (Array *)magic_object(args[0], &counters_class);
    if (a == NULL) return bif_badarg(p);
    Term pairs[] = {AM_memory, make_small((int64_t)(a->count * 8 + INFO_HEADER)), AM_size,
                    make_small((int64_t)a->count)};
    return bif_make_map(p, pairs, ARRAY_LEN(pairs) / 2);
}
