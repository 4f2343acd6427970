// SPDX-License-Identifier: Apache-2.0
// tests/unit/unit.h - cmocka with the headers that it wants before itself.

#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define assert_ok(expr) assert_int_equal((expr), 0)

#endif
