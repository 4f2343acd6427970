// SPDX-License-Identifier: Apache-2.0
// bif/numbers.c - numbers to text and back.
#include "base/fiber.h"
#include "bif/args.h"
#include "heap/arith.h"
#include "term/big_long.h"
#include "term/float_text.h"

// ---- integers to text --------------------------------------------------------------
static bool base_arg(Term t, unsigned *base)
{
    if (!is_small(t) || small_value(t) < 2 || small_value(t) > 36) return false;
    *base = (unsigned)small_value(t);
    return true;
}

static Term text_result(Process *p, const char *text, size_t n, bool list)
{
    if (list) return bif_make_byte_list(p, (const uint8_t *)text, n, TERM_NIL);
    return bif_make_binary(p, text, n);
}

// Reductions for the conversion of n limbs to or from text.
static uint64_t long_text_cost(uint64_t n)
{
    unsigned log = n < 2 ? 1 : 64 - (unsigned)__builtin_clzll(n);
    return log <= 9 ? n * n / 512 : n * (log - 8) * 4;
}

static Term long_to_text(Process *p, const IntView *v, unsigned base, bool list)
{
    static const char symbols[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    size_t size = big_text_size(v, base);
    char *text = bif_scratch(p, size);
    if (text == NULL) return TERM_NONE;
    bif_charge(p, long_text_cost(v->n));
    size_t sign = v->negative;
    text[0] = '-';
    uint8_t *digits = (uint8_t *)text + sign;
    size_t n = long_print(&p->heap.space->arena, digits, v->limbs, v->n, base);
    Term result = TERM_NIL;  // for nobody, if the work was abandoned
    if (n != SIZE_MAX) {
        Pace work = PACE_START;
        for (size_t i = 0; i < n; i++, (void)pace(&work, 1))
            digits[i] = (uint8_t)symbols[digits[i]];
        result = text_result(p, text, n + sign, list);
    } else if (pause_point()) {
        result = bif_no_memory(p);
    }
    bif_scratch_free(p, text, size);
    return result;
}

static Term integer_to_text(Process *p, Term t, unsigned base, bool list)
{
    if (!is_integer(t)) return bif_badarg(p);
    IntView v;
    int_view(&v, t);
    char few[72];
    if (v.n <= 1) return text_result(p, few, big_print(few, &v, base, NULL), list);
    if (v.n > LONG_TEXT_LIMBS) return long_to_text(p, &v, base, list);
    size_t size = big_text_size(&v, base), scratch_words = big_text_scratch(&v);
    size_t bytes = size_add(size_mul(scratch_words, 8), size);
    uint64_t *scratch = bif_scratch(p, bytes);
    if (scratch == NULL) return TERM_NONE;
    char *text = (char *)(scratch + scratch_words);
    bif_charge(p, v.n / 16 + v.n * v.n / 512);
    size_t n = big_print(text, &v, base, scratch);
    Term result = text_result(p, text, n, list);
    bif_scratch_free(p, scratch, bytes);
    return result;
}

static Term integer_to_text_base(Process *p, Term *args, bool list)
{
    unsigned base;
    return base_arg(args[1], &base) ? integer_to_text(p, args[0], base, list) : bif_badarg(p);
}

Term bif_erlang_integer_to_list_1(Process *p, Term *args)
{
    return integer_to_text(p, args[0], 10, true);
}

Term bif_erlang_integer_to_list_2(Process *p, Term *args)
{
    return integer_to_text_base(p, args, true);
}

Term bif_erlang_integer_to_binary_1(Process *p, Term *args)
{
    return integer_to_text(p, args[0], 10, false);
}

Term bif_erlang_integer_to_binary_2(Process *p, Term *args)
{
    return integer_to_text_base(p, args, false);
}

// ---- text to integers ----------------------------------------------------------------
// Digits of a text as values, in `few` or in scratch.
typedef struct Digits {
    uint8_t *at;
    size_t n, size;  // size: of the scratch block, 0: few
    bool negative;
    Term rest;       // lists: what follows the digits
    uint8_t few[64];
} Digits;

static void digits_free(Process *p, Digits *d)
{
    if (d->size != 0) bif_scratch_free(p, d->at, d->size);
}

// The integer of digits that are there. What is too long is system_limit before
// any work is done.
static Term digits_value(Process *p, Digits *d, unsigned base)
{
    if (d->n <= 11 || (d->n <= 18 && base <= 10)) {
        int64_t v = 0;
        for (size_t i = 0; i < d->n; i++) v = v * base + d->at[i];
        return bif_make_int64(p, d->negative ? -v : v);
    }
    bif_charge(p, d->n / 32 + long_text_cost(d->n / 20));
    ArithError e = ARITH_OK;
    Term t = arith_parse(&p->heap, d->at, d->n, base, d->negative, &e);
    if (t != TERM_NONE) return t;
    return e == ARITH_NO_MEMORY ? bif_no_memory(p) : bif_system_limit(p);
}

static bool digits_room(Process *p, Digits *d, size_t n)
{
    d->at = d->few;
    d->size = 0;
    if (n <= sizeof d->few) return true;
    d->at = bif_scratch(p, n);
    d->size = n;
    return d->at != NULL;
}

// Reads [+-]digits from the front of a list. False: refused, exception set.
static bool digits_of_list(Process *p, Digits *d, Term list, unsigned base)
{
    d->negative = false;
    if (is_cons(list) && (cons_head(list) == SMALL('-') || cons_head(list) == SMALL('+'))) {
        d->negative = cons_head(list) == SMALL('-');
        list = cons_tail(list);
    }
    size_t n = 0;
    Term t = list;
    Pace work = PACE_START;
    for (; is_cons(t) && is_small(cons_head(t)) && pace(&work, 1); t = cons_tail(t), n++) {
        int64_t c = small_value(cons_head(t));
        if (c < 0 || c > 127 || digit_value((uint8_t)c, base) == 255) break;
    }
    bif_charge(p, n / 32);
    if (!digits_room(p, d, n)) return false;
    d->n = n;
    d->rest = t;
    for (size_t i = 0; i < n; i++, list = cons_tail(list), (void)pace(&work, 1))
        d->at[i] = (uint8_t)digit_value((uint8_t)small_value(cons_head(list)), base);
    return true;
}

static Term list_to_integer(Process *p, Term list, unsigned base)
{
    Digits d;
    if (!is_cons(list)) return bif_badarg(p);
    if (!digits_of_list(p, &d, list, base)) return TERM_NONE;
    Term result = d.n > 0 && is_nil(d.rest) ? digits_value(p, &d, base) : bif_badarg(p);
    digits_free(p, &d);
    return result;
}

static Term binary_to_integer(Process *p, Term bin, unsigned base)
{
    if (!is_binary(bin)) return bif_badarg(p);
    Bits b = bits_of(bin);
    size_t n = b.size / 8;
    Digits d = {0};
    if (!digits_room(p, &d, n)) return TERM_NONE;
    bits_copy(d.at, 0, b.byte, b.bit, b.size);
    size_t from = n > 0 && (d.at[0] == '-' || d.at[0] == '+');
    d.negative = from > 0 && d.at[0] == '-';
    bool good = n > from;
    Pace work = PACE_START;
    for (size_t i = from; i < n && good; i++, (void)pace(&work, 1)) {
        unsigned v = digit_value(d.at[i], base);
        good = v != 255;
        d.at[i - from] = (uint8_t)v;
    }
    d.n = n - from;
    bif_charge(p, n / 64);
    Term result = good ? digits_value(p, &d, base) : bif_badarg(p);
    digits_free(p, &d);
    return result;
}

Term bif_erlang_list_to_integer_1(Process *p, Term *args)
{
    return list_to_integer(p, args[0], 10);
}

Term bif_erlang_list_to_integer_2(Process *p, Term *args)
{
    unsigned base;
    return base_arg(args[1], &base) ? list_to_integer(p, args[0], base) : bif_badarg(p);
}

Term bif_erlang_binary_to_integer_1(Process *p, Term *args)
{
    return binary_to_integer(p, args[0], 10);
}

Term bif_erlang_binary_to_integer_2(Process *p, Term *args)
{
    unsigned base;
    return base_arg(args[1], &base) ? binary_to_integer(p, args[0], base) : bif_badarg(p);
}

static Term pair(Process *p, Term a, Term b)
{
    if (a == TERM_NONE || b == TERM_NONE) return TERM_NONE;
    Term *hp = bif_alloc(p, 3);
    return hp != NULL ? tuple2_at(&hp, a, b) : TERM_NONE;
}

Term bif_string_list_to_integer_1(Process *p, Term *args)
{
    Digits d;
    if (!is_cons(args[0]))
        return pair(p, AM_error, is_nil(args[0]) ? AM_no_integer : AM_not_a_list);
    if (!digits_of_list(p, &d, args[0], 10)) return TERM_NONE;
    Term result =
        d.n > 0 ? pair(p, digits_value(p, &d, 10), d.rest) : pair(p, AM_error, AM_no_integer);
    digits_free(p, &d);
    return result;
}

// ---- floats to text --------------------------------------------------------------------
typedef struct FloatFormat {
    enum { FORM_SCIENTIFIC, FORM_DECIMALS, FORM_SHORT } form;
    unsigned digits;
    bool compact;
} FloatFormat;

#define DEFAULT_DIGITS 20
// What does not fit into OTP's buffer is badarg there.
#define SCIENTIFIC_TEXT_MAX 255

// The last of several forms counts.
static bool float_option(Term o, FloatFormat *f)
{
    if (o == AM_compact) return f->compact = true;
    if (o == AM_short) {
        f->form = FORM_SHORT;
        return true;
    }
    if (!is_tuple_arity(o, 2) || !is_small(tuple_elements(o)[1])) return false;
    int64_t n = small_value(tuple_elements(o)[1]);
    if (tuple_elements(o)[0] == AM_decimals) {
        if (n < 0 || n > FLOAT_MAX_DECIMALS) return false;
        f->form = FORM_DECIMALS;
    } else if (tuple_elements(o)[0] == AM_scientific) {
        if (n > FLOAT_MAX_SCIENTIFIC) return false;
        if (n < 0) n = 6;  // what C's printf makes of a negative precision
        f->form = FORM_SCIENTIFIC;
    } else {
        return false;
    }
    f->digits = (unsigned)n;
    return true;
}

static Term float_to_text(Process *p, Term t, Term options, bool list)
{
    FloatFormat f = {FORM_SCIENTIFIC, DEFAULT_DIGITS, false};
    if (!is_float(t)) return bif_badarg(p);
    for (Pace rate = PACE_START; is_cons(options); options = list_next(options, &rate))
        if (!float_option(cons_head(options), &f)) return bif_badarg(p);
    if (!is_nil(options)) return bif_badarg(p);
    char text[FLOAT_DECIMALS_MAX];
    size_t n = 0;
    double d = float_value(t);
    switch (f.form) {
    case FORM_SCIENTIFIC: n = float_scientific(text, d, f.digits); break;
    case FORM_DECIMALS: n = float_decimals(text, d, f.digits, f.compact); break;
    case FORM_SHORT: n = float_short(text, d); break;
    }
    bif_charge(p, n / 16);
    if (f.form == FORM_SCIENTIFIC && n > SCIENTIFIC_TEXT_MAX) n = 0;
    return n > 0 ? text_result(p, text, n, list) : bif_badarg(p);
}

Term bif_erlang_float_to_list_1(Process *p, Term *args)
{
    return float_to_text(p, args[0], TERM_NIL, true);
}

Term bif_erlang_float_to_list_2(Process *p, Term *args)
{
    return float_to_text(p, args[0], args[1], true);
}

Term bif_erlang_float_to_binary_1(Process *p, Term *args)
{
    return float_to_text(p, args[0], TERM_NIL, false);
}

Term bif_erlang_float_to_binary_2(Process *p, Term *args)
{
    return float_to_text(p, args[0], args[1], false);
}

// ---- text to floats ----------------------------------------------------------------------
// A comma may stand for the point between the digits.
static void read_comma(char *text, size_t n)
{
    size_t i = n > 0 && (text[0] == '-' || text[0] == '+');
    while (i < n && text[i] >= '0' && text[i] <= '9') i++;
    if (i < n && text[i] == ',') text[i] = '.';
}

static Term parsed_float(Process *p, char *text, size_t n)
{
    double d;
    read_comma(text, n);
    if (!float_parse(text, n, &d)) return bif_badarg(p);
    Term *hp = bif_alloc(p, FLOAT_WORDS);
    return hp != NULL ? make_float(hp, d) : TERM_NONE;
}

// Characters from the front of a list that a float may consist of. *rest: what
// follows them. NULL: refused, exception set.
static char *float_chars(Process *p, Term list, char *few, size_t few_size, size_t *n, Term *rest)
{
    *n = 0;
    Term t = list;
    Pace work = PACE_START;
    for (; is_cons(t) && is_small(cons_head(t)) && pace(&work, 1); t = cons_tail(t), ++*n) {
        int64_t c = small_value(cons_head(t));
        if (!(c >= '0' && c <= '9') && c != '.' && c != ',' && c != '+' && c != '-' && c != 'e' &&
            c != 'E')
            break;
    }
    bif_charge(p, *n / 32);
    char *text = *n <= few_size ? few : bif_scratch(p, *n);
    if (text == NULL) return NULL;
    *rest = t;
    for (size_t i = 0; i < *n; i++, list = cons_tail(list), (void)pace(&work, 1))
        text[i] = (char)small_value(cons_head(list));
    return text;
}

Term bif_erlang_list_to_float_1(Process *p, Term *args)
{
    char few[64];
    size_t n;
    Term rest;
    if (!is_cons(args[0])) return bif_badarg(p);
    char *text = float_chars(p, args[0], few, sizeof few, &n, &rest);
    if (text == NULL) return TERM_NONE;
    Term result = is_nil(rest) ? parsed_float(p, text, n) : bif_badarg(p);
    if (text != few) bif_scratch_free(p, text, n);
    return result;
}

Term bif_erlang_binary_to_float_1(Process *p, Term *args)
{
    if (!is_binary(args[0])) return bif_badarg(p);
    Bits b = bits_of(args[0]);
    size_t n = b.size / 8;
    char few[64], *text = n <= sizeof few ? few : bif_scratch(p, n);
    if (text == NULL) return TERM_NONE;
    bits_copy((uint8_t *)text, 0, b.byte, b.bit, b.size);
    bif_charge(p, n / 32);
    // As in OTP a zero byte ends the text.
    const char *zero = paced_find(text, 0, n);
    Term result = parsed_float(p, text, zero != NULL ? (size_t)(zero - text) : n);
    if (text != few) bif_scratch_free(p, text, n);
    return result;
}

// The list behind its first n elements.
static Term after(Term list, size_t n)
{
    while (n-- > 0) list = cons_tail(list);
    return list;
}

Term bif_string_list_to_float_1(Process *p, Term *args)
{
    char few[64];
    size_t n;
    Term rest, result;
    if (!is_cons(args[0])) return pair(p, AM_error, is_nil(args[0]) ? AM_no_float : AM_not_a_list);
    char *text = float_chars(p, args[0], few, sizeof few, &n, &rest);
    if (text == NULL) return TERM_NONE;
    read_comma(text, n);
    size_t len = float_prefix(text, n);
    double d;
    if (len == 0 || !float_parse(text, len, &d)) {
        result = pair(p, AM_error, AM_no_float);
    } else {
        Term *hp = bif_alloc(p, FLOAT_WORDS);
        result = hp != NULL ? pair(p, make_float(hp, d), after(args[0], len)) : TERM_NONE;
    }
    if (text != few) bif_scratch_free(p, text, n);
    return result;
}
