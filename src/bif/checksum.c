// SPDX-License-Identifier: Apache-2.0
// bif/checksum.c - md5, crc32, adler32 over iodata.
//
// One walk serves all: its state between two slices is a binary (the context
// that md5_update shows to the guest too, or the sum as four bytes) and what is
// left of the data.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/md5.h>
#include <zlib.h>

#include "bif/args.h"
#include "bif/iodata.h"

// ---- MD5 contexts ------------------------------------------------------------------
// As OTP lays them out: four words of state, the number of bits as two words,
// the block that is not full yet; all little-endian.
typedef struct Md5 {
    uint32_t state[4];
    uint32_t bits[2];
    uint8_t block[64];
} Md5;
_Static_assert(sizeof(Md5) == 88, "the size is visible to guests");

static void md5_start(Md5 *m)
{
    *m = (Md5){.state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}};
}

static void md5_block(Md5 *m, const uint8_t *block)
{
    MD5_CTX c = {.A = m->state[0], .B = m->state[1], .C = m->state[2], .D = m->state[3]};
    MD5_Transform(&c, block);
    m->state[0] = c.A, m->state[1] = c.B, m->state[2] = c.C, m->state[3] = c.D;
}

static void md5_add(Md5 *m, const uint8_t *bytes, size_t n)
{
    uint64_t total = (uint64_t)m->bits[1] << 32 | m->bits[0];
    size_t held = (size_t)(total / 8 % 64);
    total += (uint64_t)n * 8;
    m->bits[0] = (uint32_t)total, m->bits[1] = (uint32_t)(total >> 32);
    if (held + n >= 64) {
        memcpy(m->block + held, bytes, 64 - held);
        md5_block(m, m->block);
        bytes += 64 - held, n -= 64 - held, held = 0;
        for (; n >= 64; bytes += 64, n -= 64) md5_block(m, bytes);
    }
    memcpy(m->block + held, bytes, n);
}

static void md5_end(Md5 *m, uint8_t digest[16])
{
    static const uint8_t padding[64] = {0x80};
    uint8_t length[8];
    memcpy(length, m->bits, 8);
    size_t held = m->bits[0] / 8 % 64;
    md5_add(m, padding, held < 56 ? 56 - held : 120 - held);
    md5_add(m, length, 8);
    memcpy(digest, m->state, 16);
}

// ---- the walk ------------------------------------------------------------------------
typedef enum SumKind {
    SUM_MD5,
    SUM_MD5_UPDATE,
    SUM_CRC32,
    SUM_CRC32_FROM,
    SUM_ADLER32,
    SUM_ADLER32_FROM
} SumKind;

typedef struct Sum {
    SumKind kind;
    union {
        Md5 md5;
        uint32_t word;
    };
    Term first;  // argument in front of the data, TERM_NONE: there is none
    Term data;
} Sum;

static bool sum_is_md5(SumKind kind) { return kind == SUM_MD5 || kind == SUM_MD5_UPDATE; }

static void sum_add(Sum *s, const uint8_t *bytes, size_t n)
{
    switch (s->kind) {
    case SUM_MD5:
    case SUM_MD5_UPDATE: md5_add(&s->md5, bytes, n); break;
    case SUM_CRC32:
    case SUM_CRC32_FROM: s->word = (uint32_t)crc32_z(s->word, bytes, n); break;
    case SUM_ADLER32:
    case SUM_ADLER32_FROM: s->word = (uint32_t)adler32_z(s->word, bytes, n); break;
    }
}

static Term sum_bad(Process *p, const Sum *s)
{
    static const BifIndex index[] = {
        [SUM_MD5] = BIF_erlang_md5_1,         [SUM_MD5_UPDATE] = BIF_erlang_md5_update_2,
        [SUM_CRC32] = BIF_erlang_crc32_1,     [SUM_CRC32_FROM] = BIF_erlang_crc32_2,
        [SUM_ADLER32] = BIF_erlang_adler32_1, [SUM_ADLER32_FROM] = BIF_erlang_adler32_2,
    };
    if (s->first == AM_undefined) return bif_error_as(p, index[s->kind], AM_badarg, 1, s->data);
    return bif_error_as(p, index[s->kind], AM_badarg, 2, s->first, s->data);
}

static Term sum_result(Process *p, Sum *s)
{
    uint8_t digest[16];
    switch (s->kind) {
    case SUM_MD5: md5_end(&s->md5, digest); return bif_make_binary(p, digest, 16);
    case SUM_MD5_UPDATE: return bif_make_binary(p, &s->md5, sizeof s->md5);
    default: return make_small(s->word);
    }
}

static Term sum_pause(Process *p, Sum *s, IoWalk *w)
{
    Term left = iodata_save(w);
    if (left == TERM_NONE) return TERM_NONE;
    Term state = sum_is_md5(s->kind) ? bif_make_binary(p, &s->md5, sizeof s->md5)
                                     : bif_make_binary(p, &s->word, sizeof s->word);
    Term *hp = state != TERM_NONE ? bif_alloc(p, 4) : NULL;
    if (hp == NULL) return TERM_NONE;
    Term how = tuple3_at(&hp, SMALL(s->kind), s->first, s->data);
    return bif_yield(p, BIF_erlang_checksum_loop, 3, how, state, left);
}

#define BYTES_AT_ONCE (256 * 1024)

// The bytes of w->bin; puts back what does not fit into the slice. False:
// refused, exception set.
static bool sum_binary(Process *p, Sum *s, IoWalk *w, uint64_t *bytes)
{
    Bits b = bits_of(w->bin);
    uint64_t n = b.size / 8, take = n < BYTES_AT_ONCE ? n : BYTES_AT_ONCE;
    if (b.bit == 0) {
        sum_add(s, b.byte, take);
    } else {
        uint8_t window[512];
        for (uint64_t at = 0, k; at < take; at += k) {
            k = take - at < sizeof window ? take - at : sizeof window;
            bits_copy(window, 0, b.byte + at, b.bit, k * 8);
            sum_add(s, window, k);
        }
    }
    *bytes += take;
    if (take == n) return true;
    Term rest = binary_part(&p->heap, w->bin, take * 8, (n - take) * 8);
    Term *hp = rest != TERM_NONE ? bif_alloc(p, 2) : NULL;
    if (hp == NULL) {
        (void)bif_no_memory(p);
        return false;
    }
    w->next = cons_at(&hp, rest, w->next);
    return true;
}

static Term sum_walk(Process *p, Sum *s, IoWalk *w)
{
    Term result = TERM_NONE;
    uint64_t bytes = 0;
    for (bool more = true; more;) {
        switch (iodata_next(w)) {
        case IO_BYTES:
            sum_add(s, w->run, w->run_len);
            bytes += w->run_len;
            break;
        case IO_BITS:
            if (bitstring_bits(w->bin) % 8 != 0) result = sum_bad(p, s), more = false;
            else more = sum_binary(p, s, w, &bytes);
            break;
        case IO_END: result = sum_result(p, s), more = false; break;
        case IO_BAD: result = sum_bad(p, s), more = false; break;
        case IO_REFUSED: more = false; break;
        }
        if (!more || w->cells + bytes / 16 < 4096) continue;
        bool pause = iodata_charge(w, bytes * 8);
        bytes = 0;
        if (pause) result = sum_pause(p, s, w), more = false;
    }
    (void)iodata_charge(w, bytes * 8);
    iodata_stop(w);
    return result;
}

Term bif_erlang_checksum_loop(Process *p, Term *args)
{
    Term *how = tuple_elements(args[0]);
    Sum s = {.kind = (SumKind)small_value(how[0]), .first = how[1], .data = how[2]};
    Bits state = bits_of(args[1]);
    bits_copy((uint8_t *)(sum_is_md5(s.kind) ? (void *)&s.md5 : (void *)&s.word), 0, state.byte,
              state.bit, state.size);
    IoWalk w;
    iodata_resume(&w, p, args[2]);
    return sum_walk(p, &s, &w);
}

static Term sum_start(Process *p, Sum *s)
{
    IoWalk w;
    iodata_start(&w, p, s->data);
    return sum_walk(p, s, &w);
}

// ---- md5 -------------------------------------------------------------------------------
Term bif_erlang_md5_1(Process *p, Term *args)
{
    Sum s = {.kind = SUM_MD5, .first = AM_undefined, .data = args[0]};
    md5_start(&s.md5);
    return sum_start(p, &s);
}

Term bif_erlang_md5_init_0(Process *p, Term *args)
{
    Md5 m;
    md5_start(&m);
    return bif_make_binary(p, &m, sizeof m);
}

static bool md5_context(Term t, Md5 *m)
{
    if (!is_binary(t) || bitstring_bits(t) != sizeof *m * 8) return false;
    Bits b = bits_of(t);
    bits_copy((uint8_t *)m, 0, b.byte, b.bit, b.size);
    return true;
}

Term bif_erlang_md5_update_2(Process *p, Term *args)
{
    Sum s = {.kind = SUM_MD5_UPDATE, .first = args[0], .data = args[1]};
    return md5_context(args[0], &s.md5) ? sum_start(p, &s) : bif_badarg(p);
}

Term bif_erlang_md5_final_1(Process *p, Term *args)
{
    Md5 m;
    uint8_t digest[16];
    if (!md5_context(args[0], &m)) return bif_badarg(p);
    md5_end(&m, digest);
    return bif_make_binary(p, digest, sizeof digest);
}

// ---- crc32, adler32 ------------------------------------------------------------------------
static bool word_arg(Term t, uint32_t *out)
{
    if (!is_small(t) || small_value(t) < 0 || small_value(t) > UINT32_MAX) return false;
    *out = (uint32_t)small_value(t);
    return true;
}

static Term sum_one(Process *p, Term *args, SumKind kind, uint32_t initial)
{
    Sum s = {.kind = kind, .word = initial, .first = AM_undefined, .data = args[0]};
    return sum_start(p, &s);
}

static Term sum_from(Process *p, Term *args, SumKind kind)
{
    Sum s = {.kind = kind, .first = args[0], .data = args[1]};
    uint32_t word;
    if (!word_arg(args[0], &word)) return bif_badarg(p);
    s.word = word;
    return sum_start(p, &s);
}

Term bif_erlang_crc32_1(Process *p, Term *args) { return sum_one(p, args, SUM_CRC32, 0); }

Term bif_erlang_crc32_2(Process *p, Term *args) { return sum_from(p, args, SUM_CRC32_FROM); }

Term bif_erlang_adler32_1(Process *p, Term *args) { return sum_one(p, args, SUM_ADLER32, 1); }

Term bif_erlang_adler32_2(Process *p, Term *args) { return sum_from(p, args, SUM_ADLER32_FROM); }

static Term combine(Process *p, Term *args, uLong (*f)(uLong, uLong, z_off_t))
{
    uint32_t a, b, n;
    if (!word_arg(args[0], &a) || !word_arg(args[1], &b) || !word_arg(args[2], &n))
        return bif_badarg(p);
    if (n == 0 && f == adler32_combine) return args[0];  // as OTP's zlib has it
    return make_small((int64_t)(f(a, b, (z_off_t)n) & UINT32_MAX));
}

Term bif_erlang_crc32_combine_3(Process *p, Term *args) { return combine(p, args, crc32_combine); }

Term bif_erlang_adler32_combine_3(Process *p, Term *args)
{
    return combine(p, args, adler32_combine);
}
