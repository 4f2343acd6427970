// SPDX-License-Identifier: Apache-2.0
// term/float_text.h - floats as text, and back, as erlang:float_to_list/2 and
// erlang:list_to_float/1 have it. Independent of the locale.
#pragma once
#include "base/compiler.h"

// Room for every result of float_short and float_scientific.
#define FLOAT_TEXT_MAX 280
// Room for every result of float_decimals: sign, 309 digits, point, 253 digits.
#define FLOAT_DECIMALS_MAX 580

#define FLOAT_MAX_SCIENTIFIC 249
#define FLOAT_MAX_DECIMALS   253

// [short]: the fewest digits that read back as d; scientific where OTP 25 uses
// it. Returns the length; no terminator. d is finite in all of these.
size_t float_short(char *out, double d);
// float_to_list/1: 20 digits behind the point. digits: 0..FLOAT_MAX_SCIENTIFIC.
size_t float_scientific(char *out, double d, unsigned digits);
// [{decimals, digits}]: 0: OTP refuses (badarg): too large for this form. compact
// drops zeros at the end, keeping one behind the point.
size_t float_decimals(char *out, double d, unsigned digits, bool compact);

// Text of the form [+-]digits.digits[(e|E)[+-]digits], the whole of it.
// False: malformed, or beyond a double.
bool float_parse(const char *text, size_t n, double *out);
// Length of the longest prefix of that form (string:to_float/1), 0: none.
size_t float_prefix(const char *text, size_t n);
