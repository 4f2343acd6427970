// SPDX-License-Identifier: Apache-2.0
// bif/math.c - the module math.
#include <math.h>

#include "bif/bif.h"
#include "heap/arith.h"

// What is no number is badarg; a number too large for a float, and a result that
// is none (infinite, NaN), is badarith.
typedef enum Numeric { NUM_OK, NUM_NOT, NUM_HUGE } Numeric;

static Numeric to_double(Term t, double *out)
{
    if (arith_to_double(t, out)) return NUM_OK;
    return is_big(t) ? NUM_HUGE : NUM_NOT;
}

static Term float_result(Process *p, double d)
{
    if (!isfinite(d)) return bif_badarith(p);
    Term *hp = bif_alloc(p, FLOAT_WORDS);
    return hp != NULL ? make_float(hp, d) : TERM_NONE;
}

static Term unary(Process *p, Term *args, double (*f)(double))
{
    double x;
    switch (to_double(args[0], &x)) {
    case NUM_NOT: return bif_badarg(p);
    case NUM_HUGE: return bif_badarith(p);
    case NUM_OK: break;
    }
    return float_result(p, f(x));
}

static Term binary_call(Process *p, Term *args, double (*f)(double, double))
{
    double x, y;
    Numeric a = to_double(args[0], &x), b = a == NUM_OK ? to_double(args[1], &y) : a;
    if (a == NUM_NOT || b == NUM_NOT) return bif_badarg(p);
    if (a != NUM_OK || b != NUM_OK) return bif_badarith(p);
    return float_result(p, f(x, y));
}

#define UNARY(name) \
    Term bif_math_##name##_1(Process *p, Term *args) { return unary(p, args, name); }
#define BINARY(name) \
    Term bif_math_##name##_2(Process *p, Term *args) { return binary_call(p, args, name); }

UNARY(acos)
UNARY(acosh)
UNARY(asin)
UNARY(asinh)
UNARY(atan)
BINARY(atan2)
UNARY(atanh)
UNARY(ceil)
UNARY(cos)
UNARY(cosh)
UNARY(erf)
UNARY(erfc)
UNARY(exp)
UNARY(floor)
BINARY(fmod)
UNARY(log)
UNARY(log10)
UNARY(log2)
BINARY(pow)
UNARY(sin)
UNARY(sinh)
UNARY(sqrt)
UNARY(tan)
UNARY(tanh)
