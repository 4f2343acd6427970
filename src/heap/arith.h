// SPDX-License-Identifier: Apache-2.0
// heap/arith.h - Erlang's arithmetic on terms.
//
// Operands may be any term. What is not a number, a division by zero and a float
// result that is not finite are badarith; an integer beyond OTP's size is
// system_limit. Results lie on the heap. [gc: no]
#pragma once
#include "heap/heap.h"
#include "term/big.h"

typedef enum ArithError {
    ARITH_OK,
    ARITH_BADARITH,
    ARITH_SYSTEM_LIMIT,
    ARITH_NO_MEMORY,
} ArithError;

// TERM_NONE: *e says why. *e is not written otherwise.
Term arith_add(Heap *h, Term a, Term b, ArithError *e);
Term arith_sub(Heap *h, Term a, Term b, ArithError *e);
Term arith_mul(Heap *h, Term a, Term b, ArithError *e);
Term arith_fdiv(Heap *h, Term a, Term b, ArithError *e);  // a / b
Term arith_div(Heap *h, Term a, Term b, ArithError *e);
Term arith_rem(Heap *h, Term a, Term b, ArithError *e);
Term arith_band(Heap *h, Term a, Term b, ArithError *e);
Term arith_bor(Heap *h, Term a, Term b, ArithError *e);
Term arith_bxor(Heap *h, Term a, Term b, ArithError *e);
Term arith_bsl(Heap *h, Term a, Term b, ArithError *e);
Term arith_bsr(Heap *h, Term a, Term b, ArithError *e);
Term arith_bnot(Heap *h, Term a, ArithError *e);
Term arith_neg(Heap *h, Term a, ArithError *e);
Term arith_abs(Heap *h, Term a, ArithError *e);

// Floats and integers on the heap. TERM_NONE: memory refused.
Term arith_float(Heap *h, double d);
Term arith_int64(Heap *h, int64_t v);
Term arith_uint64(Heap *h, uint64_t v);
// The integral part of a finite double.
Term arith_trunc(Heap *h, double d);
// Any number as a double; false: not a number or too large.
bool arith_to_double(Term t, double *out);
// Integer of n digit values (see big_parse). TERM_NONE: *e says why.
Term arith_parse(Heap *h, const uint8_t *digits, size_t n, unsigned base, bool negative,
                 ArithError *e);
