// SPDX-License-Identifier: Apache-2.0
// tests/unit/heap/mirror.h - random terms on a heap, each with a picture of it
// outside that no collector touches, and the comparison of both.
#pragma once
#include "heap/binary.h"
#include "heap/frozen.h"
#include "heap/heap.h"
#include "unit.h"

typedef enum MirrorKind {
    M_IMMED,
    M_CONS,
    M_TUPLE,
    M_FLOAT,
    M_BIG,
    M_FUN,
    M_HEAP_BIN,
    M_REFC_BIN,
    M_SUB,
    M_MATCH,
    M_FLAT_MAP,
    M_HAMT,
    M_NODE,
    M_MAGIC,
    M_EXT_PID,
    M_REF,
    M_KINDS
} MirrorKind;

typedef struct Mirror {
    MirrorKind kind;
    Term immed;             // M_IMMED, and frozen terms
    size_t n;               // children or bytes
    uint64_t a, b;          // raw contents
    struct Mirror **child;
    uint8_t *bytes;
    unsigned epoch;         // of the comparison that met it last, …
    Term term;              // … and where it was then
    struct Mirror *next;    // all of them
} Mirror;

typedef struct Native {
    NativeObject object;
} Native;
static size_t natives_alive;
static void native_destroy(Space *s, NativeObject *o)
{
    natives_alive--;
    arena_free(&s->arena, o, sizeof(Native));
}
static const NativeClass native_class = {"test", native_destroy};

static uint64_t rng_state = 88172645463325252u;
static uint64_t rng(void)
{
    rng_state ^= rng_state << 13;
    rng_state ^= rng_state >> 7;
    rng_state ^= rng_state << 17;
    return rng_state >> 5;
}

static Mirror *mirrors;
static Mirror *mirror_new(MirrorKind kind, size_t children, size_t bytes)
{
    Mirror *m = calloc(1, sizeof *m);
    m->kind = kind;
    m->n = children + bytes;
    if (children > 0) m->child = calloc(children, sizeof *m->child);
    if (bytes > 0) m->bytes = calloc(bytes, 1);
    for (size_t i = 0; i < bytes; i++) m->bytes[i] = (uint8_t)rng();
    m->next = mirrors;
    mirrors = m;
    return m;
}
static void mirrors_free(void)
{
    while (mirrors != NULL) {
        Mirror *next = mirrors->next;
        free(mirrors->child);
        free(mirrors->bytes);
        free(mirrors);
        mirrors = next;
    }
}
static Mirror *mirror_immed(Term t)
{
    Mirror *m = mirror_new(M_IMMED, 0, 0);
    m->immed = t;
    return m;
}

// A value to build from.
typedef struct Pair {
    Term t;
    Mirror *m;
} Pair;
typedef Pair (*PickFn)(void);

#define FAKE_ENTRY ((Term)0x7000)

// Builds a random value of the given kind out of what pick returns. t is
// TERM_NONE when memory was refused.
static Pair build(Heap *h, MirrorKind kind, PickFn pick)
{
    Pair none = {TERM_NONE, NULL};
    Mirror *m;
    Term *at;
    switch (kind) {
    case M_IMMED: {
        static const Term frozen_nil = TERM_NIL;
        Term t = rng() % 2 ? make_small((int64_t)rng() % 1000) : frozen_nil;
        return (Pair){t, mirror_immed(t)};
    }
    case M_CONS: {
        if ((at = heap_alloc(h, 2)) == NULL) return none;
        m = mirror_new(kind, 2, 0);
        for (int i = 0; i < 2; i++) {
            Pair c = pick();
            at[i] = c.t, m->child[i] = c.m;
        }
        return (Pair){make_cons(at), m};
    }
    case M_TUPLE:
    case M_FLAT_MAP: {
        size_t n = rng() % 8 + (kind == M_FLAT_MAP), extra = kind == M_FLAT_MAP ? n + 2 : 0;
        if (rng() % 500 == 0 && kind == M_TUPLE) n = 3000;
        if ((at = heap_alloc(h, 1 + n + extra)) == NULL) return none;
        m = mirror_new(kind, n, 0);
        Term *slots = at + 1;
        if (kind == M_FLAT_MAP) {
            at[0] = MAP_HEADER(MAP_FLAT, 0, n + 1);
            at[1] = make_boxed(at + 2 + n);
            slots = at + 2;
            at[2 + n] = TUPLE_HEADER(n);
            for (size_t i = 0; i < n; i++) at[3 + n + i] = make_small((int64_t)i);
        } else {
            at[0] = TUPLE_HEADER(n);
        }
        for (size_t i = 0; i < n; i++) {
            Pair c = pick();
            slots[i] = c.t, m->child[i] = c.m;
        }
        return (Pair){make_boxed(at), m};
    }
    case M_HAMT:
    case M_NODE: {
        unsigned bitmap = rng() & 0xFFFF;
        size_t n = (size_t)__builtin_popcount(bitmap), head = kind == M_HAMT;
        if ((at = heap_alloc(h, 1 + head + n)) == NULL) return none;
        m = mirror_new(kind, n, 0);
        at[0] = MAP_HEADER(head ? MAP_HEAD : MAP_NODE, bitmap, n + head);
        if (head) at[1] = make_small(100);
        for (size_t i = 0; i < n; i++) {
            Pair c = pick();
            at[1 + head + i] = c.t, m->child[i] = c.m;
        }
        return (Pair){make_boxed(at), m};
    }
    case M_FLOAT:
        if ((at = heap_alloc(h, FLOAT_WORDS)) == NULL) return none;
        m = mirror_new(kind, 0, 0);
        m->a = rng() << 2;
        at[0] = HEADER(BOX_FLOAT, 1), at[1] = m->a;
        return (Pair){make_boxed(at), m};
    case M_BIG: {
        size_t n = 1 + rng() % 4;
        if ((at = heap_alloc(h, 1 + n)) == NULL) return none;
        m = mirror_new(kind, 0, n * 8);
        at[0] = HEADER(rng() % 2 ? BOX_POS_BIG : BOX_NEG_BIG, n);
        m->a = at[0];
        m->bytes[n * 8 - 1] |= 0x80;
        memcpy(at + 1, m->bytes, n * 8);
        return (Pair){make_boxed(at), m};
    }
    case M_FUN: {
        size_t n = rng() % 4;
        if ((at = heap_alloc(h, FUN_WORDS(n))) == NULL) return none;
        m = mirror_new(kind, n, 0);
        at[0] = HEADER(BOX_FUN, 2 + n), at[1] = FAKE_ENTRY, at[2] = make_pid(7);
        for (size_t i = 0; i < n; i++) {
            Pair c = pick();
            at[3 + i] = c.t, m->child[i] = c.m;
        }
        return (Pair){make_boxed(at), m};
    }
    case M_HEAP_BIN:
    case M_REFC_BIN: {
        size_t n =
            kind == M_HEAP_BIN ? rng() % (HEAP_BIN_MAX + 1) : HEAP_BIN_MAX + 1 + rng() % 3000;
        m = mirror_new(kind, 0, n);
        return (Pair){binary_new(h, m->bytes, n), m};
    }
    case M_SUB: {
        Pair c = pick();
        if (!is_bitstring(c.t) || bitstring_bits(c.t) < 300) c = build(h, M_REFC_BIN, pick);
        if (c.t == TERM_NONE || bitstring_bits(c.t) < 300) return none;
        uint64_t start = rng() % 50, len = 201 + rng() % 10;
        Term t = binary_part(h, c.t, start, len);
        if (t == TERM_NONE) return none;
        m = mirror_new(kind, 0, (len + 7) / 8);
        m->a = len;
        m->bytes[m->n - 1] = 0;
        Bits b = bits_of(c.t);
        bits_copy(m->bytes, 0, b.byte, b.bit + start, len);
        return (Pair){t, m};
    }
    case M_MATCH: {
        Pair c = pick();
        if (!is_box_of(c.t, BOX_HEAP_BIN) && !is_box_of(c.t, BOX_REFC_BIN))
            c = build(h, rng() % 2 ? M_HEAP_BIN : M_REFC_BIN, pick);
        if (c.t == TERM_NONE || (at = heap_alloc(h, MATCH_WORDS)) == NULL) return none;
        m = mirror_new(kind, 1, 0);
        m->child[0] = c.m;
        m->a = bitstring_bits(c.t);
        *(MatchContext *)at = (MatchContext){HEADER(BOX_MATCH, 5), c.t, bin_bytes(c.t), 0, m->a, 0};
        return (Pair){make_boxed(at), m};
    }
    case M_MAGIC: {
        if ((at = heap_alloc(h, MAGIC_WORDS)) == NULL) return none;
        Native *o = arena_alloc(&h->space->arena, sizeof *o);
        if (o == NULL) return none;
        natives_alive++;
        o->object = (NativeObject){&native_class, 1, rng()};
        m = mirror_new(kind, 0, 0);
        m->a = (uint64_t)o;
        return (Pair){magic_ref_at(at, &h->off, &o->object), m};
    }
    case M_EXT_PID:
    default:
        if ((at = heap_alloc(h, 4)) == NULL) return none;
        m = mirror_new(M_EXT_PID, 0, 0);
        m->a = rng() * 4 + 1;  // raw words that look like pointers
        at[0] = HEADER(BOX_EXT_PID, 3), at[1] = TERM_NIL, at[2] = m->a, at[3] = m->a + 1;
        return (Pair){make_boxed(at), m};
    }
}

// ---- comparison --------------------------------------------------------------------

static Pair *todo;
static size_t todo_len, todo_cap;
static void todo_push(Mirror *m, Term t)
{
    if (todo_len == todo_cap) {
        todo_cap = todo_cap ? todo_cap * 2 : 1024;
        todo = realloc(todo, todo_cap * sizeof *todo);
    }
    todo[todo_len++] = (Pair){t, m};
}

static void compare_children(const Mirror *m, const Term *at)
{
    for (size_t i = 0; i < m->n; i++) todo_push(m->child[i], at[i]);
}

static void compare_one(const Mirror *m, Term t)
{
    const Term *p = is_pointer(t) ? term_ptr(t) : NULL;
    switch (m->kind) {
    case M_IMMED: assert_true(t == m->immed); break;
    case M_CONS:
        assert_true(is_cons(t));
        compare_children(m, p);
        break;
    case M_TUPLE:
        assert_true(is_tuple_arity(t, m->n));
        compare_children(m, p + 1);
        break;
    case M_FLAT_MAP:
        assert_true(is_flat_map(t) && map_size(t) == m->n);
        assert_int_equal(tuple_arity(flat_map_keys(t)), m->n);
        compare_children(m, p + 2);
        break;
    case M_HAMT:
    case M_NODE:
        assert_true(is_map(t));
        compare_children(m, p + 1 + (m->kind == M_HAMT));
        break;
    case M_FLOAT: assert_true(is_float(t) && p[1] == m->a); break;
    case M_BIG:
        assert_true(is_big(t) && p[0] == m->a);
        assert_memory_equal(p + 1, m->bytes, m->n);
        break;
    case M_FUN:
        assert_true(is_local_fun(t) && p[1] == FAKE_ENTRY && p[2] == make_pid(7));
        compare_children(m, p + 3);
        break;
    case M_HEAP_BIN:
    case M_REFC_BIN:
        assert_true(is_binary(t) && bitstring_bits(t) == m->n * 8);
        assert_int_equal(bits_compare(bits_of(t).byte, bits_of(t).bit, m->bytes, 0, m->n * 8), 0);
        break;
    case M_SUB:
        assert_true(is_bitstring(t) && bitstring_bits(t) == m->a);
        assert_int_equal(bits_compare(bits_of(t).byte, bits_of(t).bit, m->bytes, 0, m->a), 0);
        break;
    case M_MATCH:
        if (is_bitstring(t)) {  // a copy
            const Mirror *c = m->child[0];
            assert_true(bitstring_bits(t) == m->a);
            assert_int_equal(bits_compare(bits_of(t).byte, bits_of(t).bit, c->bytes, 0, m->a), 0);
            break;
        }
        assert_true(is_box_of(t, BOX_MATCH));
        assert_ptr_equal(((const MatchContext *)p)->base, bin_bytes(p[1]));
        todo_push(m->child[0], p[1]);
        break;
    case M_MAGIC: assert_ptr_equal(magic_object(t, &native_class), (void *)m->a); break;
    default: assert_true(is_box_of(t, BOX_EXT_PID) && p[2] == m->a && p[3] == m->a + 1); break;
    }
}

static unsigned epoch;
// Does t look as m says? shared: one mirror has been one term since the last
// change of epoch.
MAYBE_UNUSED static void mirror_compare(Mirror *root, Term t, bool shared)
{
    todo_push(root, t);
    while (todo_len > 0) {
        Pair one = todo[--todo_len];
        if (shared) {
            bool met = one.m->epoch == epoch;
            if (met && is_pointer(one.t) && one.m->term == one.t) continue;
            one.m->epoch = epoch;
            one.m->term = one.t;
        }
        compare_one(one.m, one.t);
    }
}
