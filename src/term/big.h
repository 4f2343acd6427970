// SPDX-License-Identifier: Apache-2.0
// term/big.h - integers of any size, over GMP's mpn layer.
//
// Operands are any integers (small or big) as IntView; results are written to
// memory of the caller, of at least the words that the matching big_..._words
// function says, and come back normalised: a small, or a big at that memory
// whose highest limb is not zero (T2, T3). Result memory may not overlap an
// operand.
#pragma once
#include "term/term.h"

// OTP's limit: an integer of more limbs raises system_limit.
#define BIG_MAX_LIMBS 524287

typedef struct IntView {
    const uint64_t *limbs;  // magnitude, least significant first
    size_t n;               // 0: the integer is zero
    bool negative;
    uint64_t one;           // room for the limb of a small
} IntView;

static inline void int_view(IntView *v, Term t)  // t: is_integer
{
    if (is_small(t)) {
        int64_t i = small_value(t);
        v->negative = i < 0;
        v->one = i < 0 ? -(uint64_t)i : (uint64_t)i;
        v->n = i != 0;
        v->limbs = &v->one;
    } else {
        v->negative = big_is_negative(t);
        v->n = big_limbs(t);
        v->limbs = big_digits(t);
    }
}

// A big or small of the n limbs that stand at at + 1.
Term big_normalise(Term *at, size_t n, bool negative);
// Words of the object that an operation returned: 0 for a small.
static inline size_t big_words(Term t) { return is_small(t) ? 0 : 1 + big_limbs(t); }

#define BIG_INT64_WORDS 2
Term big_from_int64(Term *at, int64_t v);
Term big_from_uint64(Term *at, uint64_t v);
// False: does not fit.
bool big_to_int64(Term t, int64_t *out);
bool big_to_uint64(Term t, uint64_t *out);

static inline size_t big_add_words(const IntView *a, const IntView *b)
{
    return 2 + (a->n > b->n ? a->n : b->n);
}
Term big_add(Term *at, const IntView *a, const IntView *b);
Term big_sub(Term *at, const IntView *a, const IntView *b);
static inline size_t big_mul_words(const IntView *a, const IntView *b) { return 1 + a->n + b->n; }
Term big_mul(Term *at, const IntView *a, const IntView *b);
// Quotient (rounded towards zero) or remainder (sign of a); b is not zero. The
// memory holds both while it works.
static inline size_t big_div_words(const IntView *a, const IntView *b) { return 4 + a->n + b->n; }
Term big_div(Term *at, const IntView *a, const IntView *b);
Term big_rem(Term *at, const IntView *a, const IntView *b);

typedef enum BitOp { BIT_AND, BIT_OR, BIT_XOR } BitOp;
static inline size_t big_bitop_words(const IntView *a, const IntView *b)
{
    return 3 + (a->n > b->n ? a->n : b->n);
}
// As if negative numbers were in two's complement without end.
Term big_bitop(Term *at, const IntView *a, const IntView *b, BitOp op);
// a * 2^bits, or a / 2^bits rounded down. big_shl_words: SIZE_MAX if the result
// is beyond BIG_MAX_LIMBS.
size_t big_shl_words(const IntView *a, uint64_t bits);
Term big_shl(Term *at, const IntView *a, uint64_t bits);
size_t big_shr_words(const IntView *a, uint64_t bits);
Term big_shr(Term *at, const IntView *a, uint64_t bits);

// <0, 0, >0 by value.
int big_compare(const IntView *a, const IntView *b);
// The integer as OTP converts it (from the top limb down, rounding at each);
// false: too large for a double. t: is_integer.
bool big_to_double(Term t, double *out);
// The integral part of d, which is finite. Words: big_double_words.
#define BIG_DOUBLE_WORDS 18
Term big_from_double(Term *at, double d);
// Order of an integer and a finite double by mathematical value.
int big_compare_double(const IntView *a, double d);

// ---- text ---------------------------------------------------------------------
// Most characters that the integer takes in this base, sign included.
size_t big_text_size(const IntView *a, unsigned base);
// Writes digits (upper case) without terminator; returns their number. scratch:
// big_text_scratch words (0 for a small) that are overwritten.
size_t big_text_scratch(const IntView *a);
size_t big_print(char *out, const IntView *a, unsigned base, uint64_t *scratch);
// Words for the integer of n digits; SIZE_MAX: beyond BIG_MAX_LIMBS for certain.
size_t big_parse_words(size_t n, unsigned base);
// text: n digits in base 2..36, all valid and n >= 1, as values 0..base-1 (the
// bytes themselves, not characters). TERM_NONE: beyond BIG_MAX_LIMBS.
Term big_parse(Term *at, const uint8_t *digits, size_t n, unsigned base, bool negative);
// Value of a digit character, or 255 if it is none in this base.
static inline unsigned digit_value(uint8_t c, unsigned base)
{
    unsigned v = c >= '0' && c <= '9'   ? c - '0'
                 : c >= 'a' && c <= 'z' ? c - 'a' + 10u
                 : c >= 'A' && c <= 'Z' ? c - 'A' + 10u
                                        : 255;
    return v < base ? v : 255;
}
