// SPDX-License-Identifier: Apache-2.0
// term/hash.c - phash2 and the internal hash; see hash.h.
//
// Both mix 32-bit words with Bob Jenkins' function. Marks on the stack say what
// to do when the term above them has been hashed; they are catch marks, which no
// guest value can be.

#include "term/hash.h"

#include "base/fiber.h"
#include "term/atom.h"
#include "term/fun.h"
#include "term/hash_int.h"

#define MARK(n) (((Term)(n) << 6) | IMM2_CATCH)
enum : uint64_t {
    MARK_WORDS = MARK(1),  // [object][index]: the words from index on
    MARK_FLAT = MARK(2),   // [map][index]: the pairs from index on
    MARK_NODE = MARK(3),   // [trie node][index]: the children from index down
    MARK_PAIR = MARK(4),   // a pair of a map has been hashed
    MARK_MAP = MARK(5),    // [pairs][hash]: a map has been hashed
    MARK_CDR = MARK(6),    // what follows is the tail of an improper list, or []
};

// The golden ratio times n, modulo 2^32.
#define GOLDEN   0x9e3779b9u
#define MULT(n)  ((uint32_t)(GOLDEN * (uint32_t)(n)))
#define NIL_HASH 3468870702u
#define NIL_KIND 2

static ALWAYS_INLINE void mix3(uint32_t *x, uint32_t *y, uint32_t *z)
{
    uint32_t a = *x, b = *y, c = *z;
    a -= b, a -= c, a ^= c >> 13;
    b -= c, b -= a, b ^= a << 8;
    c -= a, c -= b, c ^= b >> 13;
    a -= b, a -= c, a ^= c >> 12;
    b -= c, b -= a, b ^= a << 16;
    c -= a, c -= b, c ^= b >> 5;
    a -= b, a -= c, a ^= c >> 3;
    b -= c, b -= a, b ^= a << 10;
    c -= a, c -= b, c ^= b >> 15;
    *x = a, *y = b, *z = c;
}

static inline uint32_t mix(uint32_t a, uint32_t b, uint32_t c)
{
    mix3(&a, &b, &c);
    return c;
}

static inline uint32_t mix2(uint32_t hash, uint32_t x, uint32_t y, uint32_t k)
{
    return mix(k + x, k + y, hash);
}
static inline uint32_t mix1(uint32_t hash, uint32_t x, uint32_t k) { return mix2(hash, x, 0, k); }
static inline uint32_t mix64(uint32_t hash, uint64_t x, uint32_t k)
{
    return mix2(hash, (uint32_t)x, (uint32_t)(x >> 32), k);
}

// ---- leaves that both hashes treat alike ------------------------------------------
// mix of 12 bytes at a time, as many as there are whole bytes from bit `bit` on.
static uint32_t hash_bytes_at(const uint8_t *p, unsigned bit, uint32_t len, uint32_t start)
{
    uint32_t a = GOLDEN, b = GOLDEN, c = start, left = len;
    Pace work = PACE_START;
    for (;;) {
        (void)pace(&work, 2);
        uint8_t k[12] = {0};
        uint32_t n = left < 12 ? left : 12;
        if (bit == 0) memcpy(k, p, n);
        else
            for (uint32_t i = 0; i < n; i++) k[i] = (uint8_t)(p[i] << bit | p[i + 1] >> (8 - bit));
        a += k[0] + ((uint32_t)k[1] << 8) + ((uint32_t)k[2] << 16) + ((uint32_t)k[3] << 24);
        b += k[4] + ((uint32_t)k[5] << 8) + ((uint32_t)k[6] << 16) + ((uint32_t)k[7] << 24);
        if (n < 12) {
            // The lowest byte of c is the length.
            // A loop over keys of this size is to come to a pause point as well.
            if (len >= 4096) (void)pause_point();
            c += len + ((uint32_t)k[8] << 8) + ((uint32_t)k[9] << 16) + ((uint32_t)k[10] << 24);
            return mix(a, b, c);
        }
        c += k[8] + ((uint32_t)k[9] << 8) + ((uint32_t)k[10] << 16) + ((uint32_t)k[11] << 24);
        mix3(&a, &b, &c);
        p += 12;
        left -= 12;
    }
}

static uint32_t hash_bitstring(uint32_t hash, Term t, uint64_t *work)
{
    Bits v = bits_of(t);
    uint32_t start = MULT(13) + hash;
    if (v.size == 0) return start;
    // OTP looks at the low 32 bits of the size only; so do equal values here.
    uint32_t len = (uint32_t)(v.size / 8);
    unsigned rest = (unsigned)(v.size % 8);
    *work += len / 64;
    hash = hash_bytes_at(v.byte, v.bit, len, start);
    if (rest > 0) hash = mix2(hash, rest, last_bits(v.byte + len, v.bit, rest), MULT(15));
    return hash;
}

static uint32_t hash_big(uint32_t hash, Term t, uint64_t *work)
{
    uint32_t k = big_is_negative(t) ? MULT(10) : MULT(11);
    size_t n = big_limbs(t);
    *work += n / 16;
    Pace rate = PACE_START;
    for (size_t i = 0; i < n && pace(&rate, 1); i++) hash = mix64(hash, big_digits(t)[i], k);
    if (n >= 512) (void)pause_point();  // as for long bytes
    return hash;
}

static uint64_t float_bits(Term t)
{
    double d = float_value(t);
    if (d == 0) d = 0;  // -0.0 equals 0.0
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    return bits;
}

// ---- the walk through containers ------------------------------------------------------
static inline void push2(TermStack *s, Term a, Term b)
{
    s->base[s->len++] = a;
    s->base[s->len++] = b;
}

#define ROOM 8  // words that one step may push

// Children stand behind the header, and the size in the head of the trie.
static inline size_t first_child(const Term *node)
{
    return map_header_shape(*node) == MAP_HEAD ? 2 : 1;
}

static void push_node(TermStack *s, Term node)
{
    term_stack_push3(s, node, make_small((int64_t)boxed_words(boxed_header(node)) - 1), MARK_NODE);
}

// The key of a pair; its value and, for phash2, MARK_PAIR stand below it.
static Term pair_of(TermStack *s, Term key, Term value, bool pairs)
{
    if (pairs) s->base[s->len++] = MARK_PAIR;
    s->base[s->len++] = value;
    return key;
}

// The next term that the WORDS, FLAT or NODE mark asks for, which was on top.
// TERM_NONE: another mark is on top now.
static Term next_of(TermStack *s, Term mark, bool pairs)
{
    size_t i = (size_t)small_value(s->base[s->len - 1]);
    Term object = s->base[s->len - 2];
    const Term *p = boxed_ptr(object);
    s->len -= 2;
    if (mark == MARK_WORDS) {
        if (i + 1 < boxed_words(*p)) term_stack_push3(s, object, make_small((int64_t)i + 1), mark);
        return p[i];
    }
    if (mark == MARK_FLAT) {
        if (i + 1 < map_size(object)) term_stack_push3(s, object, make_small((int64_t)i + 1), mark);
        return pair_of(s, tuple_elements(p[1])[i], p[2 + i], pairs);
    }
    // OTP goes through the children of a node from the last to the first.
    if (i > first_child(p)) term_stack_push3(s, object, make_small((int64_t)i - 1), mark);
    if (is_cons(p[i])) return pair_of(s, cons_head(p[i]), cons_tail(p[i]), pairs);
    push_node(s, p[i]);
    return TERM_NONE;
}

static void push_map(TermStack *s, Term map)
{
    if (is_flat_map(map)) term_stack_push3(s, map, make_small(0), MARK_FLAT);
    else push_node(s, map);
}

static inline bool is_byte(Term t) { return is_small(t) && (uint64_t)small_value(t) < 256; }

// ---- phash2 -----------------------------------------------------------------------------
static uint32_t phash2_small(uint32_t hash, int64_t v)
{
    if (v < -(1 << 27) || v >= 1 << 27) {
        return v < 0 ? mix64(hash, -(uint64_t)v, MULT(10)) : mix64(hash, (uint64_t)v, MULT(11));
    }
    if (v < 0) hash = mix1(hash, (uint32_t)-v, GOLDEN);
    return mix1(hash, (uint32_t)v, GOLDEN);
}

static uint32_t phash2_immediate(uint32_t hash, Term t)
{
    if (is_small(t)) return phash2_small(hash, small_value(t));
    if (is_atom(t)) return hash == 0 ? atom_hash_value(t) : mix1(hash, atom_hash_value(t), MULT(3));
    if (is_nil(t)) return hash == 0 ? NIL_HASH : mix1(hash, NIL_KIND, MULT(2));
    if (is_local_pid(t)) return mix1(hash, (uint32_t)pid_id(t) & 0xFFFFFFF, MULT(5));
    return mix64(hash, port_id(t), MULT(6));
}

static uint32_t phash2_fun(uint32_t hash, Term t, TermStack *s)
{
    const Term *p = boxed_ptr(t);
    if (is_export_fun(t)) {
        hash = mix2(hash, (uint32_t)small_value(p[3]), atom_hash_value(p[1]), GOLDEN);
        return mix1(hash, atom_hash_value(p[2]), MULT(14));
    }
    const Fun *f = (const Fun *)p;
    size_t num_free = header_arity(f->header) - 2;
    hash = mix2(hash, (uint32_t)num_free, atom_hash_value(f->entry->module), GOLDEN);
    hash = mix2(hash, f->entry->index, (uint32_t)f->entry->old_uniq, GOLDEN);
    if (num_free > 0)
        term_stack_push3(s, t, make_small(offsetof(Fun, env) / sizeof(Term)), MARK_WORDS);
    return hash;
}

static uint32_t phash2_boxed(Hashing *h, Term t, uint64_t *work)
{
    TermStack *s = &h->stack;
    const Term *p = boxed_ptr(t);
    uint32_t hash = h->hash;
    switch (header_kind(*p)) {
    case BOX_TUPLE:
        if (header_arity(*p) > 0) term_stack_push3(s, t, make_small(1), MARK_WORDS);
        return mix1(hash, (uint32_t)header_arity(*p), MULT(9));
    case BOX_MAP:
        hash = mix1(hash, (uint32_t)map_size(t), MULT(16));
        if (map_size(t) == 0) return hash;
        term_stack_push3(s, make_small(h->pairs), make_small(hash), MARK_MAP);
        push_map(s, t);
        h->pairs = 0;
        return 0;
    case BOX_FUN:
    case BOX_EXPORT: return phash2_fun(hash, t, s);
    case BOX_REFC_BIN:
    case BOX_HEAP_BIN:
    case BOX_SUB_BITS: return hash_bitstring(hash, t, work);
    case BOX_POS_BIG:
    case BOX_NEG_BIG: return hash_big(hash, t, work);
    case BOX_FLOAT:
        return mix2(hash, (uint32_t)(float_bits(t) >> 32), (uint32_t)float_bits(t), MULT(12));
    case BOX_REF:
    case BOX_MAGIC: return mix1(hash, (uint32_t)p[1], MULT(7));
    case BOX_EXT_REF: return mix1(hash, (uint32_t)p[4], MULT(7));
    case BOX_EXT_PID: return mix1(hash, (uint32_t)p[3], MULT(5));
    case BOX_EXT_PORT: return mix64(hash, p[3], MULT(6));
    case BOX_MATCH: break;
    }
    return hash;
}

// Bytes at the head of a list are taken four at a time. Leaves the rest of the
// list on the stack.
static void phash2_list(Hashing *h, Term t, uint64_t *work)
{
    TermStack *s = &h->stack;
    uint32_t four = 0;
    unsigned n = 0, seen = 0;
    while (is_byte(cons_head(t))) {
        four = (four << 8) + (uint32_t)small_value(cons_head(t));
        if (++n == 4) {
            h->hash = mix1(h->hash, four, MULT(4));
            n = 0, four = 0;
        }
        t = cons_tail(t);
        seen++;
        if (!is_cons(t) || (n == 0 && seen >= 1024)) break;
    }
    *work += seen / 8;
    if (n > 0) h->hash = mix1(h->hash, four, MULT(4));
    // What was stopped at 1024 goes on as the same string.
    if (is_cons(t) && !is_byte(cons_head(t))) push2(s, cons_tail(t), cons_head(t));
    else s->base[s->len++] = t;
}

void hashing_init(Hashing *h, Arena *arena, Term t)
{
    term_stack_init(&h->stack, arena);
    h->hash = h->pairs = 0;
    h->stack.base[h->stack.len++] = t;
}

void hashing_clear(Hashing *h) { term_stack_clear(&h->stack); }

Status hashing_run(Hashing *h, uint64_t *steps)
{
    TermStack *s = &h->stack;
    while (s->len > 0) {
        if (*steps == 0) return ST_BUSY;
        if (!term_stack_room(s, ROOM)) return ST_NOMEM;
        uint64_t work = 1;
        Term t = s->base[--s->len];
        if (t == MARK_WORDS || t == MARK_FLAT || t == MARK_NODE) t = next_of(s, t, true);
        if (t == TERM_NONE) {
            // a trie node was put on the stack
        } else if (t == MARK_PAIR) {
            h->pairs ^= h->hash;
            h->hash = 0;
        } else if (t == MARK_MAP) {
            h->hash = mix1((uint32_t)small_value(s->base[s->len - 1]), h->pairs, MULT(19));
            h->pairs = (uint32_t)small_value(s->base[s->len - 2]);
            s->len -= 2;
        } else if (is_cons(t)) {
            phash2_list(h, t, &work);
        } else if (is_boxed(t)) {
            h->hash = phash2_boxed(h, t, &work);
        } else {
            h->hash = phash2_immediate(h->hash, t);
        }
        *steps = *steps > work ? *steps - work : 0;
    }
    return ST_OK;
}

uint32_t hash_phash2_charged(Term t, int64_t *reds)
{
    if (is_immed(t)) return phash2_immediate(0, t);
    Hashing h;
    hashing_init(&h, NULL, t);
    Status st = ST_BUSY;
    uint64_t done = 0;
    while (st == ST_BUSY) {
        uint64_t left = TERM_STEPS_PAUSE;
        st = hashing_run(&h, &left);
        done += TERM_STEPS_PAUSE - left;
        if (!term_steps_take(TERM_STEPS_PAUSE - left)) break;
    }
    // Refused: the hash so far, as hash.h says.
    if (st == ST_NOMEM) term_give_up();
    hashing_clear(&h);
    if (reds != NULL) *reds -= (int64_t)(done / 64);
    return h.hash;
}

uint32_t hash_phash2(Term t) { return hash_phash2_charged(t, NULL); }

// ---- the internal hash --------------------------------------------------------------------
static inline uint32_t turn(uint32_t hash, uint32_t k)
{
    hash ^= k;
    return hash << 17 ^ hash >> 15;
}

static uint32_t internal_immediate(uint32_t hash, Term t)
{
    // An atom's number depends on what else the process has loaded.
    return mix64(hash, is_atom(t) ? atom_text_hash(t) : t, GOLDEN);
}

static uint32_t internal_external(uint32_t hash, const Term *p, uint32_t k)
{
    return mix1(mix64(hash, atom_text_hash(p[1]), k), (uint32_t)p[2], k);
}

static uint32_t internal_ext_ref(uint32_t hash, const Term *p)
{
    hash = internal_external(hash, p, MULT(7));
    for (size_t i = 0; i < (p[3] + 1) / 2; i++) hash = mix64(hash, p[4 + i], MULT(8));
    return hash;
}

static uint32_t internal_fun(uint32_t hash, Term t, TermStack *s)
{
    const Term *p = boxed_ptr(t);
    if (is_export_fun(t)) {
        hash = mix64(hash, atom_text_hash(p[1]), MULT(14));
        return mix2(mix64(hash, atom_text_hash(p[2]), MULT(14)), (uint32_t)small_value(p[3]), 0,
                    MULT(14));
    }
    const Fun *f = (const Fun *)p;
    size_t num_free = header_arity(f->header) - 2;
    hash = mix2(hash, (uint32_t)num_free, (uint32_t)atom_text_hash(f->entry->module), MULT(20));
    hash = mix2(hash, f->entry->index, (uint32_t)f->entry->old_uniq, MULT(21));
    if (num_free > 0)
        term_stack_push3(s, t, make_small(offsetof(Fun, env) / sizeof(Term)), MARK_WORDS);
    return hash;
}

static uint32_t internal_boxed(uint32_t hash, Term t, TermStack *s, uint64_t *work)
{
    const Term *p = boxed_ptr(t);
    switch (header_kind(*p)) {
    case BOX_TUPLE:
        if (header_arity(*p) > 0) term_stack_push3(s, t, make_small(1), MARK_WORDS);
        return mix1(hash, (uint32_t)header_arity(*p), MULT(9));
    case BOX_MAP:
        if (map_size(t) > 0) push_map(s, t);
        return mix1(hash, (uint32_t)map_size(t), MULT(16));
    case BOX_FUN:
    case BOX_EXPORT: return internal_fun(hash, t, s);
    case BOX_REFC_BIN:
    case BOX_HEAP_BIN:
    case BOX_SUB_BITS: return hash_bitstring(hash, t, work);
    case BOX_POS_BIG:
    case BOX_NEG_BIG: return hash_big(hash, t, work);
    case BOX_FLOAT: return mix64(hash, float_bits(t), MULT(12));
    case BOX_REF:
    case BOX_MAGIC:
        return mix2(mix1(hash, (uint32_t)p[1], MULT(7)), (uint32_t)(p[1] >> 32), (uint32_t)p[2],
                    MULT(8));
    case BOX_EXT_REF: return internal_ext_ref(hash, p);
    case BOX_EXT_PID: return mix64(internal_external(hash, p, MULT(5)), p[3], MULT(5));
    case BOX_EXT_PORT: return mix64(internal_external(hash, p, MULT(6)), p[3], MULT(6));
    case BOX_MATCH: break;
    }
    return hash;
}

static uint32_t internal_list(uint32_t hash, Term t, TermStack *s, uint64_t *work)
{
    Pace rate = PACE_START;
    uint32_t four = 0, n = 0;
    uint64_t bytes = 0;
    while (is_byte(cons_head(t))) {
        four = (four << 8) + (uint32_t)small_value(cons_head(t));
        if (++n == 4) {
            hash = mix1(hash, four, MULT(4));
            n = 0, four = 0;
        }
        t = cons_tail(t);
        bytes++;
        (void)pace(&rate, 1);
        if (!is_cons(t)) break;
    }
    *work += bytes / 8;
    if (n > 0) hash = mix2(hash, four, n, MULT(22));
    if (is_cons(t)) {
        hash = turn(hash, MULT(17));
        push2(s, cons_tail(t), cons_head(t));
        if (!is_cons(cons_tail(t))) {  // the mark goes between
            s->base[s->len - 1] = MARK_CDR;
            s->base[s->len++] = cons_head(t);
        }
    } else {
        s->base[s->len++] = t;
    }
    return hash;
}

// Keeps the internal hash apart from phash2.
#define INTERNAL_HASH_START 3432918353u

uint32_t hash_internal_salted(Term t, uint32_t salt)
{
    uint32_t hash = salt ^ INTERNAL_HASH_START;
    if (is_immed(t)) return internal_immediate(hash, t);
    TermStack stack, *s = &stack;
    term_stack_init(s, NULL);
    s->base[s->len++] = t;
    uint32_t done = 0;
    while (s->len > 0 && term_step(&done)) {
        if (!term_stack_room(s, ROOM)) {
            term_give_up();
            break;
        }
        uint64_t work = 0;
        t = s->base[--s->len];
        if (t == MARK_WORDS || t == MARK_FLAT || t == MARK_NODE) t = next_of(s, t, false);
        if (t == TERM_NONE) continue;
        if (t == MARK_CDR) hash = turn(hash, MULT(18));
        else if (is_cons(t)) hash = internal_list(hash, t, s, &work);
        else if (is_boxed(t)) hash = internal_boxed(hash, t, s, &work);
        else hash = internal_immediate(hash, t);
        if (!term_long_step(work)) break;
    }
    term_stack_clear(s);
    (void)term_steps_take(done & 1023);
    return hash;
}

uint32_t hash_hamt(Term key, unsigned level)
{
    unsigned block = level >> 3;
    uint32_t hash;
    if (level < HAMT_KEYED_LEVEL)
        hash = hash_internal_salted(key, block == 0 ? 0 : mix2(0, block, 1, MULT(22)));
    else hash = (uint32_t)hash_keyed(key, block);
    return hash >> 4 * (level & 7);
}
