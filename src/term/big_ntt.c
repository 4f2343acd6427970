// SPDX-License-Identifier: Apache-2.0
// term/big_ntt.c - long products by number-theoretic transforms.
//
// The limbs of both operands are the coefficients of polynomials. Their product is computed
// modulo three primes just below 2^62, each with roots of unity of order 2^24: values at all
// powers of a root (a transform), products of these, and back. A coefficient of the result is
// less than 2^128 times the number of limbs, hence less than the product of the primes, which
// give it back (Garner); then carries are propagated.
//
// Factors of a transform are kept in Montgomery's form (times 2^64), data is not: so a product
// of both is plain data again.
#include "base/fiber.h"
#include "term/big_long.h"

typedef struct Prime {
    uint64_t p;
    uint64_t root;  // of order 2^ROOT_LOG
} Prime;

enum { ROOT_LOG = 24, PRIMES = 3, FLAT_LOG = 12 };

static const Prime primes[PRIMES] = {
    {0x3fffc00000000001, 0x3e722cd225a69de2},
    {0x3fffbe0000000001, 0x3f2f1ab6ed3979ee},
    {0x3fff840000000001, 0x38030fa85363aefa},
};

// ---- arithmetic modulo a prime -------------------------------------------------------
typedef struct Field {
    uint64_t p;
    uint64_t inverse;  // of p modulo 2^64
    uint64_t one, square;  // 2^64 and 2^128 modulo p
} Field;

static Field field_of(uint64_t p)
{
    Field f = {.p = p, .inverse = p};
    for (int i = 0; i < 5; i++) f.inverse *= 2 - p * f.inverse;  // bits that are right double
    f.one = (uint64_t)(((unsigned __int128)1 << 64) % p);
    f.square = (uint64_t)((unsigned __int128)f.one * f.one % p);
    return f;
}

// a * b / 2^64.
static ALWAYS_INLINE uint64_t mul(const Field *f, uint64_t a, uint64_t b)
{
    unsigned __int128 t = (unsigned __int128)a * b;
    uint64_t m = (uint64_t)t * f->inverse;
    uint64_t high = (uint64_t)(t >> 64), take = (uint64_t)((unsigned __int128)m * f->p >> 64);
    return high - take + (f->p & -(uint64_t)(high < take));  // a branch would be guessed wrong
}

static ALWAYS_INLINE uint64_t add(uint64_t p, uint64_t a, uint64_t b)
{
    uint64_t s = a + b - p;
    return s + (p & -(s >> 63));
}

static ALWAYS_INLINE uint64_t sub(uint64_t p, uint64_t a, uint64_t b)
{
    return a - b + (p & -(uint64_t)(a < b));
}

// Any limb; four times a prime is less than 2^64, five times is not.
static ALWAYS_INLINE uint64_t reduce(uint64_t p, uint64_t x)
{
    if (x >= 2 * p) x -= 2 * p;
    if (x >= 2 * p) x -= 2 * p;
    return x >= p ? x - p : x;
}

static uint64_t to_factor(const Field *f, uint64_t a) { return mul(f, a, f->square); }

// Of a factor.
static uint64_t power(const Field *f, uint64_t a, uint64_t e)
{
    uint64_t r = f->one;
    for (; e != 0; e >>= 1, a = mul(f, a, a))
        if ((e & 1) != 0) r = mul(f, r, a);
    return r;
}

static uint64_t inverse_of(const Field *f, uint64_t a) { return power(f, a, f->p - 2); }

// ---- transforms ---------------------------------------------------------------------------
// Of 2^log values. roots[len + j], j < len: the j-th power of a root of order 2 * len.
typedef struct Transform {
    Field field;
    unsigned log;
    uint64_t *roots;
    Pace work;
    bool wanted;  // false: abandoned
} Transform;

static void step_paced(Transform *t, size_t n) { t->wanted = pace(&t->work, n) && t->wanted; }

static void fill_roots(Transform *t, const Prime *prime)
{
    const Field *f = &t->field;
    uint64_t w = to_factor(f, prime->root);
    for (unsigned i = t->log; i < ROOT_LOG; i++) w = mul(f, w, w);
    size_t half = (size_t)1 << (t->log - 1);
    uint64_t x = f->one;
    for (size_t j = 0; j < half; j++, x = mul(f, x, w), step_paced(t, 1)) t->roots[half + j] = x;
    for (size_t i = half; i-- > 1; step_paced(t, 1)) {
        // i = len + j: every second one of the table above.
        size_t len = (size_t)1 << (63 - (unsigned)__builtin_clzll(i));
        t->roots[i] = t->roots[2 * len + 2 * (i - len)];
    }
}

// One pass over 2 * len values: sums to the front, differences times roots behind.
static void spread(Transform *t, uint64_t *x, size_t len)
{
    Field f = t->field;
    const uint64_t *roots = t->roots + len;
    for (size_t j = 0; j < len; j++) {
        uint64_t u = x[j], v = x[j + len];
        x[j] = add(f.p, u, v);
        x[j + len] = mul(&f, sub(f.p, u, v), roots[j]);
        if ((j & 1023) == 1023) step_paced(t, 1024);
    }
}

// The way back of spread, but for a factor 2. The inverse of the j-th power is the negative
// of the (len - j)-th.
static void gather(Transform *t, uint64_t *x, size_t len)
{
    Field f = t->field;
    const uint64_t *roots = t->roots + len;
    uint64_t first = x[0], middle = x[len];
    x[0] = add(f.p, first, middle);
    x[len] = sub(f.p, first, middle);
    for (size_t j = 1; j < len; j++) {
        uint64_t u = x[j], v = mul(&f, x[j + len], roots[len - j]);
        x[j] = sub(f.p, u, v);
        x[j + len] = add(f.p, u, v);
        if ((j & 1023) == 1023) step_paced(t, 1024);
    }
}

// Both of them for len 1, where the only root is 1, over n values.
static void spread_pairs(uint64_t p, uint64_t *x, size_t n)
{
    for (size_t i = 0; i < n; i += 2) {
        uint64_t u = x[i], v = x[i + 1];
        x[i] = add(p, u, v);
        x[i + 1] = sub(p, u, v);
    }
}

// Values at the powers of the root, in the order of reversed bits. Halves are finished one
// after the other, so that most of the work is on what the caches hold.
static void forward(Transform *t, uint64_t *x, unsigned log)
{
    size_t n = (size_t)1 << log;
    if (log <= FLAT_LOG) {
        for (size_t len = n / 2; len > 1; len /= 2)
            for (size_t at = 0; at < n; at += 2 * len) spread(t, x + at, len);
        spread_pairs(t->field.p, x, n);
        step_paced(t, n * log / 4);
        return;
    }
    spread(t, x, n / 2);
    forward(t, x, log - 1);
    forward(t, x + n / 2, log - 1);
}

static void backward(Transform *t, uint64_t *x, unsigned log)
{
    size_t n = (size_t)1 << log;
    if (log <= FLAT_LOG) {
        spread_pairs(t->field.p, x, n);
        for (size_t len = 2; len < n; len *= 2)
            for (size_t at = 0; at < n; at += 2 * len) gather(t, x + at, len);
        step_paced(t, n * log / 4);
        return;
    }
    backward(t, x, log - 1);
    backward(t, x + n / 2, log - 1);
    gather(t, x, n / 2);
}

static void load(Transform *t, uint64_t *x, const uint64_t *limbs, size_t n)
{
    size_t all = (size_t)1 << t->log;
    for (size_t i = 0; i < n; i++, step_paced(t, 1)) x[i] = reduce(t->field.p, limbs[i]);
    paced_fill(x + n, 0, (all - n) * sizeof *x);
}

// x: the product modulo one prime, 2^log coefficients. y: scratch of the same size, not
// needed for a square (b NULL).
static bool product_modulo(Transform *t, const Prime *prime, uint64_t *x, uint64_t *y,
                           const uint64_t *a, size_t an, const uint64_t *b, size_t bn)
{
    t->field = field_of(prime->p);
    const Field *f = &t->field;
    fill_roots(t, prime);
    load(t, x, a, an);
    forward(t, x, t->log);
    if (b != NULL) {
        load(t, y, b, bn);
        forward(t, y, t->log);
    }
    if (b == NULL) y = x;
    size_t n = (size_t)1 << t->log;
    for (size_t i = 0; i < n; i++, step_paced(t, 1)) x[i] = mul(f, x[i], y[i]);
    backward(t, x, t->log);
    // The products lack a factor of 2^64 and have one of n too much.
    uint64_t scale = mul(f, inverse_of(f, to_factor(f, n)), f->square);
    for (size_t i = 0; i < n; i++, step_paced(t, 1)) x[i] = mul(f, x[i], scale);
    return t->wanted;
}

// ---- from residues to limbs -------------------------------------------------------------------
typedef struct Garner {
    Field second, third;
    uint64_t first_in_second, first_in_third, second_in_third;  // inverses, as factors
    uint64_t pair_low, pair_high;                               // first * second prime
} Garner;

static Garner garner(void)
{
    uint64_t p = primes[0].p, q = primes[1].p;
    Garner g = {.second = field_of(q), .third = field_of(primes[2].p)};
    g.first_in_second = inverse_of(&g.second, to_factor(&g.second, p % q));
    g.first_in_third = inverse_of(&g.third, to_factor(&g.third, p % g.third.p));
    g.second_in_third = inverse_of(&g.third, to_factor(&g.third, q % g.third.p));
    unsigned __int128 pair = (unsigned __int128)p * q;
    g.pair_low = (uint64_t)pair;
    g.pair_high = (uint64_t)(pair >> 64);
    return g;
}

// Adds the coefficient with these residues to the three limbs of sum.
static inline void add_coefficient(const Garner *g, uint64_t r0, uint64_t r1, uint64_t r2,
                                   uint64_t sum[3])
{
    uint64_t q = g->second.p, r = g->third.p;
    uint64_t v1 = mul(&g->second, sub(q, r1, reduce(q, r0)), g->first_in_second);
    uint64_t v2 = mul(&g->third, sub(r, r2, reduce(r, r0)), g->first_in_third);
    v2 = mul(&g->third, sub(r, v2, reduce(r, v1)), g->second_in_third);
    // r0 + v1 * first + v2 * (first * second)
    unsigned __int128 low = (unsigned __int128)v1 * primes[0].p + r0;
    unsigned __int128 x = (unsigned __int128)v2 * g->pair_low;
    unsigned __int128 y = (unsigned __int128)v2 * g->pair_high;
    unsigned __int128 carry = (unsigned __int128)sum[0] + (uint64_t)low + (uint64_t)x;
    sum[0] = (uint64_t)carry;
    carry = (carry >> 64) + sum[1] + (uint64_t)(low >> 64) + (uint64_t)(x >> 64) + (uint64_t)y;
    sum[1] = (uint64_t)carry;
    sum[2] += (uint64_t)(carry >> 64) + (uint64_t)(y >> 64);
}

static bool join(uint64_t *to, size_t n, uint64_t *const residues[PRIMES])
{
    Garner g = garner();
    uint64_t sum[3] = {0};
    Pace work = PACE_START;
    bool wanted = true;
    for (size_t i = 0; i < n && wanted; i++, wanted = pace(&work, 8)) {
        add_coefficient(&g, residues[0][i], residues[1][i], residues[2][i], sum);
        to[i] = sum[0];
        sum[0] = sum[1], sum[1] = sum[2], sum[2] = 0;
    }
    return wanted;
}

bool ntt_mul(Arena *arena, uint64_t *to, const uint64_t *a, size_t an, const uint64_t *b, size_t bn)
{
    if (a == b && an == bn) b = NULL;
    Transform t = {.log = 1, .work = PACE_START, .wanted = true};
    while ((size_t)1 << t.log < an + bn) t.log++;
    size_t n = (size_t)1 << t.log, blocks = b != NULL ? 5 : 4;
    uint64_t *scratch = arena_alloc(arena, blocks * n * sizeof *scratch);
    if (scratch == NULL) return false;
    uint64_t *residues[PRIMES] = {scratch, scratch + n, scratch + 2 * n}, *y = scratch + 4 * n;
    t.roots = scratch + 3 * n;
    bool ok = true;
    for (int i = 0; i < PRIMES && ok; i++)
        ok = product_modulo(&t, &primes[i], residues[i], y, a, an, b, bn);
    ok = ok && join(to, an + bn, residues);
    arena_free(arena, scratch, blocks * n * sizeof *scratch);
    return ok;
}
