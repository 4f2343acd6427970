// SPDX-License-Identifier: Apache-2.0
// term/hash_old.c - erlang:phash/2 and the keyed hash.

#include <pthread.h>
#include <sys/random.h>

#include "base/fiber.h"

#include "term/atom.h"
#include "term/fun.h"
#include "term/hash_int.h"

#define MARK(n) (((Term)(n) << 6) | IMM2_CATCH)
enum : uint64_t {
    MARK_WORDS = MARK(1),  // [object][index]: the words from index on
    MARK_TUPLE = MARK(2),  // [arity]: the elements of a tuple have been hashed
    MARK_TAIL = MARK(3),   // [tail]: the head of a list has been hashed
    MARK_END = MARK(4),    // the end of a list has been hashed
};
#define ROOM 8

// Primes just above 2^28, by their numbers in OTP.
enum : uint32_t {
    P1 = 268440163,
    P2 = 268439161,
    P3 = 268435459,
    P4 = 268436141,
    P5 = 268438633,
    P6 = 268437017,
    P8 = 268437511,
    P9 = 268439627,
    P10 = 268440479,
    P11 = 268440577,
    P12 = 268440581,
    P13 = 268440593,
    P14 = 268440611,
};

static uint32_t step4(uint32_t hash, uint32_t x, uint32_t prime)
{
    for (int i = 0; i < 4; i++, x >>= 8) hash = hash * prime + (x & 0xFF);
    return hash;
}

static uint32_t phash_limbs(uint32_t hash, const uint64_t *limbs, size_t n, bool negative)
{
    Pace work = PACE_START;
    for (size_t i = 0; i < n; i++, (void)pace(&work, 4)) {
        hash = step4(hash, (uint32_t)limbs[i], P2);
        if (i + 1 < n || limbs[i] >> 32 != 0) hash = step4(hash, (uint32_t)(limbs[i] >> 32), P2);
    }
    return hash * (negative ? P4 : P3);
}

static uint32_t phash_bitstring(uint32_t hash, Term t)
{
    Bits v = bits_of(t);
    uint64_t bytes = v.size / 8;
    unsigned rest = (unsigned)(v.size % 8);
    Pace work = PACE_START;
    for (uint64_t i = 0; i < bytes; i++, (void)pace(&work, 1)) {
        uint8_t b =
            v.bit == 0 ? v.byte[i] : (uint8_t)(v.byte[i] << v.bit | v.byte[i + 1] >> (8 - v.bit));
        hash = hash * P1 + b;
    }
    if (rest > 0) hash = (hash * P1 + last_bits(v.byte + bytes, v.bit, rest)) * P12 + rest;
    return hash * P4 + (uint32_t)bytes;
}

static uint32_t phash_fun(uint32_t hash, Term t, TermStack *s)
{
    const Term *p = boxed_ptr(t);
    if (is_export_fun(t)) {
        hash = hash * P11 + (uint32_t)small_value(p[3]);
        hash = hash * P1 + atom_hash_value(p[1]);
        return hash * P1 + atom_hash_value(p[2]);
    }
    const Fun *f = (const Fun *)p;
    size_t num_free = header_arity(f->header) - 2;
    hash = hash * P10 + (uint32_t)num_free;
    hash = hash * P1 + atom_hash_value(f->entry->module);
    hash = hash * P2 + f->entry->index;
    hash = hash * P2 + (uint32_t)f->entry->old_uniq;
    if (num_free > 0)
        term_stack_push3(s, t, make_small(offsetof(Fun, env) / sizeof(Term)), MARK_WORDS);
    return hash;
}

static uint32_t phash_port(uint32_t hash, uint64_t number)
{
    if (number >> 32 != 0) hash = step4(hash, (uint32_t)(number >> 32), P11);
    return step4(hash, (uint32_t)number, P9) * P10;
}

static uint32_t phash_boxed(uint32_t hash, Term t, TermStack *s)
{
    const Term *p = boxed_ptr(t);
    switch (header_kind(*p)) {
    case BOX_TUPLE:
        s->base[s->len++] = make_small((int64_t)header_arity(*p));
        s->base[s->len++] = MARK_TUPLE;
        if (header_arity(*p) > 0) term_stack_push3(s, t, make_small(1), MARK_WORDS);
        return hash;
    case BOX_MAP: return hash * P13 + P14 + hash_phash2(t);
    case BOX_FUN:
    case BOX_EXPORT: return phash_fun(hash, t, s);
    case BOX_REFC_BIN:
    case BOX_HEAP_BIN:
    case BOX_SUB_BITS: return phash_bitstring(hash, t);
    case BOX_POS_BIG:
    case BOX_NEG_BIG: return phash_limbs(hash, big_digits(t), big_limbs(t), big_is_negative(t));
    case BOX_FLOAT: {
        double d = float_value(t);
        uint64_t bits;
        if (d == 0) d = 0;  // -0.0 equals 0.0
        memcpy(&bits, &d, sizeof bits);
        return hash * P6 + ((uint32_t)bits ^ (uint32_t)(bits >> 32));
    }
    case BOX_REF:
    case BOX_MAGIC: return step4(hash, (uint32_t)p[1], P9) * P10;
    case BOX_EXT_REF: return step4(hash, (uint32_t)p[4], P9) * P10;
    case BOX_EXT_PID: return step4(hash, (uint32_t)p[3], P5) * P6;
    case BOX_EXT_PORT: return phash_port(hash, p[3]);
    case BOX_MATCH: break;
    }
    return hash;
}

static uint32_t phash_immediate(uint32_t hash, Term t)
{
    if (is_small(t)) {
        int64_t v = small_value(t);
        uint64_t magnitude = v < 0 ? -(uint64_t)v : (uint64_t)v;
        return phash_limbs(hash, &magnitude, 1, v < 0);
    }
    if (is_atom(t)) return hash * P1 + atom_hash_value(t);
    if (is_nil(t)) return hash * P3 + 1;
    if (is_local_pid(t)) return step4(hash, (uint32_t)pid_id(t) & 0xFFFFFFF, P5) * P6;
    return phash_port(hash, port_id(t));
}

static uint32_t phash_list(uint32_t hash, Term t, TermStack *s, uint64_t *work)
{
    Pace rate = PACE_START;
    while (is_cons(t) && is_small(cons_head(t)) && (uint64_t)small_value(cons_head(t)) < 256) {
        hash = hash * P2 + (uint32_t)small_value(cons_head(t));
        t = cons_tail(t);
        ++*work;
        (void)pace(&rate, 1);
    }
    if (is_cons(t)) {
        s->base[s->len++] = cons_tail(t);
        s->base[s->len++] = MARK_TAIL;
        s->base[s->len++] = cons_head(t);
    } else {
        s->base[s->len++] = MARK_END;
        s->base[s->len++] = t;
    }
    return hash;
}

// Takes the next term off the stack; TERM_NONE: a mark has been dealt with.
static Term phash_next(TermStack *s, uint32_t *hash)
{
    Term t = s->base[--s->len];
    if (t == MARK_WORDS) {
        size_t i = (size_t)small_value(s->base[s->len - 1]);
        Term object = s->base[s->len - 2];
        s->len -= 2;
        if (i + 1 < boxed_words(boxed_header(object)))
            term_stack_push3(s, object, make_small((int64_t)i + 1), t);
        return boxed_ptr(object)[i];
    }
    if (t == MARK_TUPLE) {
        *hash = *hash * P9 + (uint32_t)small_value(s->base[--s->len]);
        return TERM_NONE;
    }
    if (t == MARK_TAIL) {
        t = s->base[--s->len];
        if (!is_cons(t)) {
            s->base[s->len++] = MARK_END;
        }
        return t;
    }
    if (t == MARK_END) {
        *hash *= P8;
        return TERM_NONE;
    }
    return t;
}

uint32_t hash_phash_charged(Term t, int64_t *reds)
{
    uint32_t hash = 0;
    uint64_t work = 0;
    TermStack stack, *s = &stack;
    term_stack_init(s, NULL);
    s->base[s->len++] = t;
    uint32_t done = 0;
    while (s->len > 0 && term_step(&done)) {
        if (!term_stack_room(s, ROOM)) {
            term_give_up();
            break;
        }
        work++;
        t = phash_next(s, &hash);
        if (t == TERM_NONE) continue;
        uint64_t before = work;
        if (is_cons(t)) hash = phash_list(hash, t, s, &work);
        else if (is_boxed(t)) hash = phash_boxed(hash, t, s);
        else hash = phash_immediate(hash, t);
        if (is_bitstring(t)) work += bitstring_bits(t) / 512;
        else if (is_big(t)) work += big_limbs(t) / 16;
        if (!term_long_step(work - before)) break;
    }
    term_stack_clear(s);
    if (reds != NULL) *reds -= (int64_t)(work / 64);
    return hash;
}

uint32_t hash_phash(Term t) { return hash_phash_charged(t, NULL); }

// ---- the keyed hash ---------------------------------------------------------------------
static uint64_t secret[2];
static pthread_once_t secret_once = PTHREAD_ONCE_INIT;

static void secret_init(void)
{
    if (getrandom(secret, sizeof secret, 0) != (ssize_t)sizeof secret) {
        secret[0] = (uint64_t)(uintptr_t)&secret_once ^ 0x9e3779b97f4a7c15u;
        secret[1] = secret[0] * 0xd1342543de82ef95u;
    }
    secret[1] |= 1;
}

static inline uint64_t fold(uint64_t state, uint64_t word)
{
    unsigned __int128 product =
        (unsigned __int128)(state ^ word ^ secret[0]) * (secret[1] + 2 * state);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t keyed_bits(uint64_t state, Term t)
{
    Bits v = bits_of(t);
    state = fold(state, v.size);
    uint64_t word = 0;
    Pace work = PACE_START;
    for (uint64_t i = 0; i < v.size; i++, (void)pace(&work, 1)) {
        uint64_t at = v.bit + i;
        word = word << 1 | (v.byte[at / 8] >> (7 - at % 8) & 1u);
        if (i % 64 == 63) state = fold(state, word), word = 0;
    }
    return fold(state, word);
}

static uint64_t keyed_boxed(uint64_t state, Term t, TermStack *s)
{
    const Term *p = boxed_ptr(t);
    BoxKind kind = header_kind(*p);
    size_t words = boxed_words(*p);
    switch (kind) {
    case BOX_REFC_BIN:
    case BOX_HEAP_BIN:
    case BOX_SUB_BITS: return keyed_bits(state, t);
    case BOX_FLOAT: return fold(state, float_value(t) == 0 ? 0 : p[1]);
    case BOX_REF:
    case BOX_MAGIC: return fold(fold(state, p[1]), p[2]);
    case BOX_POS_BIG:
    case BOX_NEG_BIG:
    case BOX_EXT_PID:
    case BOX_EXT_PORT:
    case BOX_EXT_REF:
    case BOX_EXPORT:
        for (size_t i = 0; i < words; i++) state = fold(state, p[i]);
        return state;
    case BOX_FUN: {
        const FunEntry *entry = ((const Fun *)p)->entry;
        state = fold(fold(state, entry->module), entry->index);
        state = fold(fold(state, entry->old_uniq), words);
        if (words > 3) term_stack_push3(s, t, make_small(3), MARK_WORDS);
        return state;
    }
    case BOX_TUPLE:
    case BOX_MAP:
        // Equal maps have equal shapes, so their words may be hashed in order.
        if (words > 1) term_stack_push3(s, t, make_small(1), MARK_WORDS);
        return fold(state, *p);
    case BOX_MATCH: break;
    }
    return state;
}

uint64_t hash_keyed(Term t, uint64_t salt)
{
    pthread_once(&secret_once, secret_init);
    uint64_t state = salt;
    uint32_t unused = 0;
    TermStack stack, *s = &stack;
    term_stack_init(s, NULL);
    s->base[s->len++] = t;
    uint32_t done = 0;
    while (s->len > 0 && term_step(&done)) {
        if (!term_stack_room(s, ROOM)) {
            term_give_up();
            break;
        }
        t = phash_next(s, &unused);
        if (t == TERM_NONE) continue;
        if (is_cons(t)) {
            state = fold(state, TAG_CONS);
            s->base[s->len++] = cons_tail(t);
            s->base[s->len++] = cons_head(t);
        } else {
            state = is_boxed(t) ? keyed_boxed(state, t, s) : fold(state, t);
            if (is_bitstring(t) && !term_long_step(bitstring_bits(t) / 8)) break;
            if (is_big(t) && !term_long_step(big_limbs(t) / 16)) break;
        }
    }
    term_stack_clear(s);
    (void)term_steps_take(done & 1023);
    return state;
}
