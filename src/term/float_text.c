// SPDX-License-Identifier: Apache-2.0
// term/float_text.c - see float_text.h.

#include "term/float_text.h"

#include "base/fiber.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A host may have set a locale with another decimal point.
static locale_t c_locale;
static pthread_once_t c_locale_once = PTHREAD_ONCE_INIT;

static void make_c_locale(void) { c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0); }

static double read_double(const char *text)
{
    pthread_once(&c_locale_once, make_c_locale);
    return c_locale == (locale_t)0 ? strtod(text, NULL) : strtod_l(text, NULL, c_locale);
}

// printf with "%.*<form>", the decimal point always '.'. Returns the length.
static size_t print_double(char *out, size_t size, char form, unsigned digits, double d)
{
    char format[] = {'%', '.', '*', form, '\0'};
    pthread_once(&c_locale_once, make_c_locale);
    locale_t before = c_locale == (locale_t)0 ? (locale_t)0 : uselocale(c_locale);
    int n = snprintf(out, size, format, (int)digits, d);
    if (before != (locale_t)0) uselocale(before);
    return (size_t)n;
}

// ---- shortest -------------------------------------------------------------------------
// A decimal number 0.d1d2… * 10^point.
typedef struct Decimal {
    char digits[24];
    int count;
    int point;
} Decimal;

static bool reads_back(const Decimal *v, double d)
{
    char text[48];
    memcpy(text, v->digits, (size_t)v->count);
    sprintf(text + v->count, "e%d", v->point - v->count);
    return read_double(text) == d;
}

// The next larger number of as many digits.
static void increment(Decimal *v)
{
    int i = v->count - 1;
    for (; i >= 0 && v->digits[i] == '9'; i--) v->digits[i] = '0';
    if (i >= 0) {
        v->digits[i]++;
    } else {
        v->digits[0] = '1';
        v->point++;
    }
}

// Far more digits than decide how the first 17 are rounded: those behind them are
// all zero, or the number is no tie.
#define LONG_DIGITS 60

// The first n digits of `all`, rounded, halves to even as printf does.
static void round_to(Decimal *v, const char *all, int point, int n)
{
    memcpy(v->digits, all, (size_t)n);
    v->count = n;
    v->point = point;
    bool more = false;
    for (int i = n + 1; i < LONG_DIGITS && !more; i++) more = all[i] != '0';
    bool odd = (all[n - 1] & 1) != 0;
    if (all[n] > '5' || (all[n] == '5' && (more || odd))) increment(v);
}

// Numbers of up to 15 digits and no extreme size: an integer below 10^15 and a
// power of ten up to 10^22 are exact doubles, so their quotient is what reading
// the text would give; and no other text so short gives it.
static bool shortest_of_few(Decimal *v, double d)
{
    static const double pow10[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    for (int k = 0; k < (int)ARRAY_LEN(pow10); k++) {
        double scaled = d * pow10[k];
        if (scaled >= 1e15) return false;
        double whole = nearbyint(scaled);
        if (whole / pow10[k] != d) continue;
        v->count = sprintf(v->digits, "%lld", (long long)whole);
        v->point = v->count - k;
        return true;
    }
    return false;
}

// Digits enough to read back are enough when there are more of them, so the least
// number is found by halving. Only below a power of two, where the doubles on one
// side are closer, may a number that is not the closest be the shorter one.
static void shortest(Decimal *v, double d)
{
    if (shortest_of_few(v, d)) return;
    char text[LONG_DIGITS + 16], *all = text + 1;
    print_double(text, sizeof text, 'e', LONG_DIGITS - 1, d);
    int point = atoi(text + LONG_DIGITS + 2) + 1, exponent;
    text[1] = text[0];  // over the decimal point
    int low = 1, high = 17;
    for (int n = 16; low < high; n = (low + high) / 2) {
        round_to(v, all, point, n);
        if (reads_back(v, d)) high = n;
        else low = n + 1;
    }
    if (low > 1 && frexp(d, &exponent) == 0.5) {
        round_to(v, all, point, low - 1);
        increment(v);
        if (reads_back(v, d)) return;
    }
    round_to(v, all, point, low);
}

static void drop_end_zeros(Decimal *v)
{
    while (v->count > 1 && v->digits[v->count - 1] == '0') v->count--;
}

static size_t exponent_length(int e)
{
    return (e < 0) + (abs(e) >= 100 ? 3u : abs(e) >= 10 ? 2u : 1u);
}

static size_t put_zeros(char *out, int n)
{
    if (n <= 0) return 0;
    memset(out, '0', (size_t)n);
    return (size_t)n;
}

static size_t put_plain(char *out, const Decimal *v)
{
    char *to = out;
    int whole = v->point <= 0 ? 0 : v->point < v->count ? v->point : v->count;
    memcpy(to, v->digits, (size_t)whole);
    to += whole;
    to += put_zeros(to, v->point - v->count);
    if (v->point <= 0) *to++ = '0';
    *to++ = '.';
    to += put_zeros(to, -v->point);
    memcpy(to, v->digits + whole, (size_t)(v->count - whole));
    to += v->count - whole;
    if (whole == v->count) *to++ = '0';
    return (size_t)(to - out);
}

static size_t put_scientific(char *out, const Decimal *v)
{
    char *to = out;
    *to++ = v->digits[0];
    *to++ = '.';
    if (v->count == 1) *to++ = '0';
    memcpy(to, v->digits + 1, (size_t)v->count - 1);
    to += v->count - 1;
    return (size_t)(to - out) + (size_t)sprintf(to, "e%d", v->point - 1);
}

size_t float_short(char *out, double d)
{
    size_t sign = 0;
    if (signbit(d)) out[sign++] = '-';
    if (d == 0) {
        out[sign++] = '0', out[sign++] = '.', out[sign++] = '0';
        return sign;
    }
    Decimal v;
    d = fabs(d);
    shortest(&v, d);
    drop_end_zeros(&v);
    // The shorter form; from 2^53 on, where not every integer is a double,
    // always the scientific one.
    size_t scientific = (size_t)v.count + (v.count == 1) + 2 + exponent_length(v.point - 1);
    size_t plain = v.point <= 0        ? 2 + (size_t)-v.point + (size_t)v.count
                   : v.point < v.count ? (size_t)v.count + 1
                                       : (size_t)v.point + 2;
    bool use_plain = plain <= scientific && d < 0x1p53;
    return sign + (use_plain ? put_plain(out + sign, &v) : put_scientific(out + sign, &v));
}

// ---- a given number of digits ---------------------------------------------------------------
size_t float_scientific(char *out, double d, unsigned digits)
{
    return print_double(out, FLOAT_TEXT_MAX, 'e', digits, d);
}

static size_t drop_zeros(const char *text, size_t n)
{
    while (text[n - 1] == '0') n--;
    return text[n - 1] == '.' ? n + 1 : n;
}

// What OTP's buffer for this form does not hold is refused.
#define OTP_TEXT_MAX 255

size_t float_decimals(char *out, double d, unsigned digits, bool compact)
{
    static const double pow10[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                   1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
    double size = fabs(d);
    if (size > 0x1p53 || digits >= ARRAY_LEN(pow10)) {
        size_t n = print_double(out, FLOAT_DECIMALS_MAX, 'f', digits, d);
        if (n > OTP_TEXT_MAX) return 0;
        return compact ? drop_zeros(out, n) : n;
    }
    // Not printf: OTP rounds halves of the fraction's product away from zero.
    size_t sign = 0;
    if (signbit(d)) out[sign++] = '-';
    if (digits == 0) return sign + (size_t)sprintf(out + sign, "%lld", llround(size));
    double whole = floor(size), part = round((size - whole) * pow10[digits]);
    uint64_t w = (uint64_t)whole, f = (uint64_t)part;
    if (part >= pow10[digits]) w++, f = 0;
    size_t n = sign + (size_t)sprintf(out + sign, "%llu.%0*llu", (unsigned long long)w, (int)digits,
                                      (unsigned long long)f);
    return compact ? drop_zeros(out, n) : n;
}

// ---- reading -------------------------------------------------------------------------------------
static size_t skip_digits(const char *text, size_t at, size_t n)
{
    Pace work = PACE_START;
    while (at < n && text[at] >= '0' && text[at] <= '9' && pace(&work, 1)) at++;
    return at;
}

size_t float_prefix(const char *text, size_t n)
{
    size_t start = n > 0 && (text[0] == '+' || text[0] == '-');
    size_t at = skip_digits(text, start, n);
    if (at == start || at == n || text[at] != '.') return 0;
    size_t fraction = at + 1;
    at = skip_digits(text, fraction, n);
    if (at == fraction) return 0;
    if (at < n && (text[at] == 'e' || text[at] == 'E')) {
        size_t exponent = at + 1;
        if (exponent < n && (text[exponent] == '+' || text[exponent] == '-')) exponent++;
        size_t end = skip_digits(text, exponent, n);
        if (end > exponent) at = end;
    }
    return at;
}

// More digits than this never change the result, if it is known that there are
// more and that one of them is not zero.
#define DIGITS_MAX 800

// A number of any length in the form 0.<digits>e<exponent>, within DIGITS_MAX
// digits and a few characters. text: a whole float_prefix.
static void condense(char *out, const char *text, size_t n)
{
    size_t at = text[0] == '+' || text[0] == '-', kept = 0;
    int64_t point = 0, exponent = 0;
    bool fraction = false, more = false;
    if (text[0] == '-') *out++ = '-';
    *out++ = '0', *out++ = '.';
    Pace work = PACE_START;
    for (; at < n && text[at] != 'e' && text[at] != 'E'; at++, (void)pace(&work, 1)) {
        if (text[at] == '.') {
            fraction = true;
            continue;
        }
        if (kept == 0 && text[at] == '0') {
            point -= fraction;
            continue;
        }
        point += !fraction;
        if (kept < DIGITS_MAX) out[kept++] = text[at];
        else more = more || text[at] != '0';
    }
    out += kept;
    if (more || kept == 0) *out++ = more ? '1' : '0';
    if (at < n) {
        at++;
        bool negative = text[at] == '-';
        if (text[at] == '-' || text[at] == '+') at++;
        for (; at < n; at++, (void)pace(&work, 1)) {
            if (exponent < INT64_MAX / 100) exponent = exponent * 10 + (text[at] - '0');
        }
        if (negative) exponent = -exponent;
    }
    int64_t sum = point + exponent;
    if (sum > 100000) sum = 100000;
    if (sum < -100000) sum = -100000;
    sprintf(out, "e%d", (int)sum);
}

bool float_parse(const char *text, size_t n, double *out)
{
    if (n == 0 || float_prefix(text, n) != n) return false;
    char copy[DIGITS_MAX + 32];
    if (n < sizeof copy) {
        memcpy(copy, text, n);
        copy[n] = '\0';
    } else {
        condense(copy, text, n);
    }
    *out = read_double(copy);
    return isfinite(*out);
}
