// SPDX-License-Identifier: Apache-2.0
// base/bitset.c - see bitset.h. Bits behind the last number are always 0.

#include "base/bitset.h"

#include <string.h>

static size_t word_count(size_t bits) { return bits / 64 + (bits % 64 != 0); }

Status bitset_init(Bitset *s, Arena *arena, size_t bits)
{
    *s = (Bitset){.arena = arena};
    return bitset_grow(s, bits);
}

void bitset_clear(Bitset *s)
{
    arena_free(s->arena, s->words, word_count(s->bits) * 8);
    *s = (Bitset){.arena = s->arena};
}

Status bitset_grow(Bitset *s, size_t bits)
{
    size_t old = word_count(s->bits), need = word_count(bits);
    if (bits <= s->bits) return ST_OK;
    if (need > old) {
        uint64_t *words = arena_realloc(s->arena, s->words, old * 8, need * 8);
        if (words == NULL) return ST_NOMEM;
        memset(words + old, 0, (need - old) * 8);
        s->words = words;
    }
    s->bits = bits;
    return ST_OK;
}

void bitset_fill(Bitset *s, bool member)
{
    size_t n = word_count(s->bits);
    if (n == 0) return;
    memset(s->words, member ? 0xff : 0, n * 8);
    if (member && s->bits % 64 != 0) s->words[n - 1] = (UINT64_C(1) << (s->bits % 64)) - 1;
}

size_t bitset_count(const Bitset *s)
{
    size_t total = 0;
    for (size_t i = 0; i < word_count(s->bits); i++)
        total += (size_t)__builtin_popcountll(s->words[i]);
    return total;
}

// flip is 0 to look for members and all ones to look for absent numbers.
static size_t scan(const Bitset *s, size_t from, uint64_t flip)
{
    if (from >= s->bits) return BITSET_NONE;
    size_t i = from / 64, n = word_count(s->bits);
    uint64_t word = (s->words[i] ^ flip) & (~UINT64_C(0) << (from % 64));
    while (word == 0) {
        if (++i == n) return BITSET_NONE;
        word = s->words[i] ^ flip;
    }
    size_t found = i * 64 + (size_t)__builtin_ctzll(word);
    return found < s->bits ? found : BITSET_NONE;
}

size_t bitset_next(const Bitset *s, size_t from) { return scan(s, from, 0); }

size_t bitset_next_absent(const Bitset *s, size_t from) { return scan(s, from, ~UINT64_C(0)); }

bool bitset_unite(Bitset *a, const Bitset *b)
{
    ASSERT(a->bits == b->bits);
    uint64_t changed = 0;
    for (size_t i = 0; i < word_count(a->bits); i++) {
        changed |= b->words[i] & ~a->words[i];
        a->words[i] |= b->words[i];
    }
    return changed != 0;
}

bool bitset_intersect(Bitset *a, const Bitset *b)
{
    ASSERT(a->bits == b->bits);
    uint64_t changed = 0;
    for (size_t i = 0; i < word_count(a->bits); i++) {
        changed |= a->words[i] & ~b->words[i];
        a->words[i] &= b->words[i];
    }
    return changed != 0;
}
